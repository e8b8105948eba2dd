"""Chapters that are exported with marks, and imported after an editor changed them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from tests.conftest import Book
from tests.exporting import run
from tests.test_apply import AFTER, BEFORE, CHAPTER, book_with

NewBook = Callable[..., Book]


@pytest.fixture
def book(new_book: NewBook) -> Book:
    return book_with(new_book, CHAPTER)


def test_a_chapter_is_marked_in_criticmarkup(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "--to", "critic") == 0
    marked = capsys.readouterr().out
    after = AFTER.replace("\n\n", "\n\n  ")
    assert f"- {{~~{BEFORE}~>{after}~~}}{{>>g-1: Gates<<}}\n" in marked


def test_chapters_in_which_nothing_can_be_marked_are_not_written(
    new_book: NewBook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER.replace("and close at ten, every", "each"))
    path = tmp_path / "chapters.md"
    assert run(book, "--to", "critic", "--output", str(path)) == 2
    said = capsys.readouterr().err
    assert "g-1: not marked: harbour.md:6: only " in said
    assert "--best" not in said
    assert not path.exists()


@pytest.fixture
def marked(book: Book, tmp_path: Path) -> Path:
    """The chapters of the guide as an editor gets them, marked."""
    path = tmp_path / "chapters.md"
    assert run(book, "--to", "critic", "--output", str(path)) == 0
    return path


def update(book: Book, path: Path) -> str:
    """Import the chapters again, and return the guide's page."""
    guide = book.srcdir / "guide.md"
    assert main(["import", str(path), "--output", str(guide), "--update"]) == 0
    return guide.read_text(encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_marked_chapters_that_nobody_changed_change_nothing(book: Book, marked: Path) -> None:
    page = (book.srcdir / "guide.md").read_text(encoding="utf-8")
    assert update(book, marked) == page


def test_an_after_that_the_editor_changed_is_replaced(
    book: Book, marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (book.srcdir / "guide.md").read_text(encoding="utf-8")
    change(marked, "Gate 7 sticks.", "Gate 8 sticks.")
    changed = update(book, marked)
    assert changed == page.replace("Gate 7 sticks.", "Gate 8 sticks.")
    assert "g-1: AFTER replaced" in capsys.readouterr().err


def test_another_mark_becomes_an_issue(book: Book, marked: Path) -> None:
    with marked.open("a", encoding="utf-8") as file:
        file.write("\nThe {++old ++}winch groans{-- at night--}.{>>Who says so?<<}\n")
    page = update(book, marked)
    assert "{revision-issue} Who says so?\n" in page
    assert "The winch groans at night.\n\n+++\n\nThe old winch groans.\n" in page


def test_a_comment_on_a_known_change_is_kept(book: Book, marked: Path) -> None:
    change(marked, "{>>g-1: Gates<<}", "{>>g-1: Gates. Which of them?<<}")
    assert "Which of them?" in update(book, marked)


def test_a_comment_behind_that_of_a_known_change_is_kept(book: Book, marked: Path) -> None:
    change(marked, "{>>g-1: Gates<<}", "{>>g-1: Gates<<}{>>Which of them?<<}{>>And when?<<}")
    page = update(book, marked)
    assert page.count("{revision-issue}") == 1
    assert "Which of them?\n\nAnd when?\n" in page


def test_chapters_with_the_issues_of_another_guide_are_refused(
    book: Book, marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = book.srcdir / "guide.md"
    guide.write_text(guide.read_text().replace("{revision-guide} g\n", "{revision-guide} h\n"))
    old = guide.read_text()
    assert main(["import", str(marked), "--output", str(guide), "--update"]) == 2
    assert "such as 'g-1', but this page contains the guide 'h'" in capsys.readouterr().err
    assert guide.read_text() == old


def test_chapters_without_the_page_of_their_guide_are_refused(
    marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(marked)]) == 2
    assert "with '--output PAGE --update'" in capsys.readouterr().err


def test_a_mark_that_was_left_open_is_reported_at_its_line(
    book: Book, marked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (book.srcdir / "guide.md").read_text(encoding="utf-8")
    line = marked.read_text().partition("{~~")[0].count("\n") + 1
    change(marked, "~~}", "~}")
    with marked.open("a", encoding="utf-8") as file:
        file.write("\nThe {~~winch~>old winch~~} groans.\n")
    changed = update(book, marked)
    assert f"line {line}: '{{~~' is not closed; write '~~}}' where" in capsys.readouterr().err
    assert "The old winch groans." in changed
    assert changed.startswith(page.rstrip())


def test_a_comment_alone_becomes_an_issue_without_an_after(book: Book, marked: Path) -> None:
    with marked.open("a", encoding="utf-8") as file:
        file.write("\nThe winch groans.{>>Since when?<<}\n")
    page = update(book, marked)
    assert "{revision-issue} Since when?\n" in page
    assert ":missing: the editor commented on it\n" in page


def test_an_open_mark_is_text(book: Book, marked: Path) -> None:
    page = (book.srcdir / "guide.md").read_text(encoding="utf-8")
    with marked.open("a", encoding="utf-8") as file:
        file.write("\nA {~~ that nothing closes.\n")
    assert update(book, marked) == page


@pytest.mark.parametrize(
    ("form", "status"), [(r"\2", "accepted"), (r"\1", "rejected"), (r"\g<0>", "")]
)
def test_what_an_editor_accepts_or_rejects_in_a_chapter_is_a_decision(
    book: Book, tmp_path: Path, form: str, status: str
) -> None:
    path, guide = tmp_path / "chapters.md", book.srcdir / "guide.md"
    old = guide.read_text()
    assert run(book, "--to", "critic", "--output", str(path)) == 0
    mark = re.compile(r"\{~~(.*?)~>(.*?)~~\}\{>>.*?<<\}", re.DOTALL)
    path.write_text(mark.sub(form, path.read_text()))
    assert main(["import", str(path), "--output", str(guide), "--update"]) == 0
    expected = old.replace(":impact: high\n", f":impact: high\n:status: {status}\n")
    assert guide.read_text() == (expected if status else old)
