"""The overview draws how many old texts are left from the history of the book."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sphinxext_revguide.book.history_file import HISTORY_FILE
from tests.conftest import Book

NewBook = Callable[..., Book]

OVERVIEW = "```{revision-overview}\n```\n"


def numbers(date: str, present: int) -> dict[str, object]:
    guide = {
        "words": 1200, "samples": 12, "present": present, "low": 2.0, "high": 3.0, "findings": {},
    }  # fmt: skip
    return {"commit": date, "date": date, "guides": {"ferry": guide}}


def history(book: Book, *commits: dict[str, object]) -> None:
    text = json.dumps({"version": 1, "commits": commits})
    (book.srcdir / HISTORY_FILE).write_text(text, encoding="utf-8")


def book_with_overview(new_book: NewBook) -> Book:
    return new_book({"index.md": f"# Book\n\n{OVERVIEW}"})


def test_the_overview_draws_and_lists_the_history(new_book: NewBook) -> None:
    book = book_with_overview(new_book)
    history(book, numbers("2027-01-05", 11), numbers("2027-02-01", 3))
    page = book.build().read("index.html")
    assert "Old texts still in the book: 11 on 2027-01-05, 3 on 2027-02-01" in page
    assert "3 of 12" in page


def test_a_changed_history_is_shown_by_the_next_build(new_book: NewBook) -> None:
    book = book_with_overview(new_book)
    history(book, numbers("2027-01-05", 11), numbers("2027-02-01", 3))
    book.build()
    history(book, numbers("2027-01-05", 11), numbers("2027-03-01", 2))
    assert "2 on 2027-03-01" in book.build().read("index.html")


def test_many_commits_are_listed_from_the_first_to_the_last(new_book: NewBook) -> None:
    book = book_with_overview(new_book)
    history(book, *(numbers(f"2027-01-{day:02}", 30 - day) for day in range(1, 31)))
    page = book.build().read("index.html")
    listed = [day for day in range(1, 31) if f">2027-01-{day:02}<" in page]
    assert listed[0] == 1
    assert listed[-1] == 30
    assert len(listed) == 8


def test_without_a_history_nothing_is_drawn(new_book: NewBook) -> None:
    assert "Progress over time" not in book_with_overview(new_book).build().read("index.html")


@pytest.mark.parametrize("text", ["no json", '{"version": 99, "commits": []}', "[]"])
def test_a_broken_history_is_reported(new_book: NewBook, text: str) -> None:
    book = book_with_overview(new_book)
    (book.srcdir / HISTORY_FILE).write_text(text, encoding="utf-8")
    [warning] = book.build().warnings
    assert (warning.type, warning.line) == ("revguide.history", 1)


def test_the_length_is_that_of_all_chapters(new_book: NewBook) -> None:
    """Not the sum of the guides, which may share chapters; older files have only the guides."""
    book = book_with_overview(new_book)
    history(book, numbers("2027-01-05", 11), numbers("2027-02-01", 3) | {"words": 777})
    page = book.build().read("index.html")
    assert [length for length in ("1,200 words", "777 words") if length not in page] == []
