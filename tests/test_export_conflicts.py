"""An author and an editor change a guide at the same time: nobody's words are lost in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer.export_record import split_record, with_record
from tests.conftest import Book
from tests.exporting import run
from tests.test_apply import CHAPTER
from tests.word_documents import with_text_replaced

NewBook = Callable[..., Book]

PAGE = """\
# Guide

```{revision-guide} g
:chapters: harbour
```

````{revision-issue} Gates
:impact: high

The gates are promised to open without a word of the gate that sticks.

```{before-after}
The ticket gates open at nine and close at ten, every day of the season.

+++

Gate 7 sticks.
```
````
"""
AUTHOR = PAGE.replace("Gate 7 sticks.", "Gate 12 sticks.")
FORMS = pytest.mark.parametrize("form", ["md", "docx", "critic"])


@pytest.fixture
def book(new_book: NewBook) -> Book:
    book = new_book({"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n"})
    (book.srcdir / "harbour.md").write_text(CHAPTER)
    (book.srcdir / "guide.md").write_text(PAGE)
    return book


def exported(book: Book, folder: Path, form: str) -> Path:
    path = folder / ("out.docx" if form == "docx" else "out.md")
    assert run(book, "--to", form, "--output", str(path)) == 0
    return path


def edit(path: Path, old: str, new: str) -> None:
    if path.suffix == ".docx":
        path.write_bytes(with_text_replaced(path, old, new))
    else:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def update(book: Book, path: Path, page: str, *more: str) -> str:
    """Import an export into the page as its author has it, and return the page."""
    guide = book.srcdir / "guide.md"
    guide.write_text(page, encoding="utf-8")
    options = ["--guide-id", "g", "--output", str(guide), "--update", *more]
    assert main(["import", str(path), *options]) == 0
    return guide.read_text(encoding="utf-8")


@FORMS
def test_what_only_the_author_changed_since_the_export_stays(
    book: Book, tmp_path: Path, form: str
) -> None:
    path = exported(book, tmp_path, form)
    page = AUTHOR.replace("without a word of", "and nothing is said of")
    page = page.replace("high", "low").replace("issue} Gates", "issue} The gates of the pier")
    assert update(book, path, page) == page


@FORMS
def test_what_only_the_editor_changed_is_taken_over(book: Book, tmp_path: Path, form: str) -> None:
    path = exported(book, tmp_path, form)
    edit(path, "Gate 7 sticks.", "Gate 8 sticks.")
    assert update(book, path, PAGE) == PAGE.replace("Gate 7 sticks.", "Gate 8 sticks.")


@FORMS
def test_an_after_that_both_changed_is_there_twice(
    book: Book, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(book, tmp_path, form)
    edit(path, "Gate 7 sticks.", "Gate 8 sticks.")
    page = update(book, path, AUTHOR)
    assert re.findall("Gate .* sticks", page) == ["Gate 12 sticks", "Gate 8 sticks"]
    assert page.count("{before-after}") == page.count("The ticket gates open") == 2
    out, err = capsys.readouterr()
    assert "both" in out + err
    assert "keep one" in out + err
    assert update(book, path, page) == page


def test_an_after_that_begins_and_ends_in_a_rule_stays_as_it_is(
    new_book: NewBook, tmp_path: Path
) -> None:
    before = "The ticket gates open at nine and close at ten, every day of the season."
    chapter = f"# Harbour\n\nText.\n\n---\n\n{before}\n\n---\n\nMore.\n"
    page = PAGE.replace("Gate 7 sticks.", "---\n\nGate 7 sticks.\n\n---")
    book = new_book({"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n"})
    (book.srcdir / "harbour.md").write_text(chapter)
    (book.srcdir / "guide.md").write_text(page)
    path = exported(book, tmp_path, "critic")
    assert "~>Gate 7 sticks.~~}" in path.read_text()
    assert update(book, path, page) == page


def test_an_author_is_told_that_the_after_is_newer(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update(book, exported(book, tmp_path, "critic"), AUTHOR)
    said = "line 6: g-1: the AFTER in the guide has changed since the export; it was kept"
    assert said in capsys.readouterr().err


def test_an_export_without_its_last_line_says_what_it_replaces(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(book, tmp_path, "critic")
    path.write_text(split_record(path.read_text())[0])
    assert update(book, path, AUTHOR) == PAGE
    assert "AFTER replaced without a check for your own edits" in (told := capsys.readouterr().err)
    assert "it was: Gate 12 sticks." in told


def without_record(path: Path) -> Path:
    text = path.read_text(encoding="utf-8")
    assert split_record(text)[1]
    path.write_text(split_record(text)[0], encoding="utf-8")
    return path


LOCKS = "\n```{locked-preserve}\n- Pilots\n```\n"


def test_an_export_without_its_record_that_nobody_changed_changes_nothing(
    book: Book, tmp_path: Path
) -> None:
    (book.srcdir / "guide.md").write_text(PAGE + LOCKS)
    path = without_record(exported(book, tmp_path, "md"))
    assert update(book, path, PAGE + LOCKS) == PAGE + LOCKS
    mine = PAGE.replace("Gate 7 sticks.", "Gate 7 sticks.\n\nIt is the old one.") + LOCKS
    assert update(book, path, mine) == mine


def test_an_export_without_its_record_replaces_no_words_of_the_author(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.srcdir / "guide.md").write_text(PAGE + LOCKS)
    path = without_record(exported(book, tmp_path, "md"))
    edit(path, "Gate 7 sticks.", "The locks freeze.")
    mine = PAGE.replace("without a word of", "and nothing is said of") + LOCKS
    page = update(book, path, mine)
    assert page.count("{before-after}") == 2
    for words in ("Gate 7 sticks", "The locks freeze", "without a word", "nothing is said"):
        assert page.count(words) == 1
    assert capsys.readouterr().out.count("keep one") == 2
    assert update(book, path, page) == page


def test_the_export_as_it_was_sent_shows_who_changed_what(book: Book, tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    (book.srcdir / "guide.md").write_text(PAGE + LOCKS)
    sent = exported(book, tmp_path / "sent", "md")
    path = without_record(exported(book, tmp_path, "md"))
    edit(path, "Gate 7 sticks.", "The locks freeze.")
    mine = PAGE.replace("without a word of", "and nothing is said of") + LOCKS
    page = update(book, path, mine, "--base", str(sent))
    assert page == mine.replace("Gate 7 sticks.", "The locks freeze.")


@pytest.mark.parametrize("form", ["md", "docx"])
def test_an_issue_that_the_author_added_since_the_export_is_not_withdrawn(
    book: Book, tmp_path: Path, form: str
) -> None:
    page = f"{PAGE}\n````{{revision-issue}} Dues\nNobody says who pays them.\n````\n"
    assert update(book, exported(book, tmp_path, form), page) == page


@pytest.mark.parametrize("form", ["md", "docx"])
def test_an_issue_that_the_author_removed_since_the_export_stays_away(
    book: Book, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    issue = PAGE[PAGE.index("````{revision-issue}") :]
    other = issue.replace("Gates", "Dues").replace("ticket gates", "harbour dues")
    (book.srcdir / "guide.md").write_text(f"{PAGE}\n{other}")
    assert update(book, exported(book, tmp_path, form), PAGE) == PAGE
    assert "issue 2: left out, as it was removed from the page" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_pair_without_an_after_stays_as_it_is(
    book: Book, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = "the file ends at line 99"
    sample = "Before the season opens, every gangway is checked twice by the warden."
    page = (
        f"{PAGE}\n````{{revision-issue}} Gangways\n:impact: high\n\nAll of them.\n\n"
        f"```{{before-after}}\n:missing: {missing}\n\n{sample}\n```\n````\n"
    )
    (book.srcdir / "guide.md").write_text(page)
    path = exported(book, tmp_path, form)
    edit(path, "Gate 7 sticks.", "Gate 8 sticks.")
    assert update(book, path, page) == page.replace("Gate 7", "Gate 8")
    assert "Gangways" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_withdrawn_issue_is_still_so_after_an_export(
    book: Book, tmp_path: Path, form: str
) -> None:
    page = PAGE.replace(":impact:", ":withdrawn: yes\n:impact:")
    (book.srcdir / "guide.md").write_text(page)
    path = exported(book, tmp_path, form)
    assert update(book, path, page) == page
    edit(path, "Gate 7 sticks.", "Gate 8 sticks.")
    assert update(book, path, page) == page.replace("Gate 7", "Gate 8")


def test_a_record_is_no_part_of_the_text() -> None:
    text, record = split_record(with_record("One.\n\nTwo.\n", [["a", "b"], ["c"]]))
    assert text.rstrip() == "One.\n\nTwo."
    assert record.has(["a", "b"])
    assert record.has(["c"])
    assert not record.has(["ab"])
    assert not split_record("One.\n")[1]


@FORMS
def test_an_export_that_was_imported_before_changes_nothing(
    book: Book, tmp_path: Path, form: str
) -> None:
    path = exported(book, tmp_path, form)
    edit(path, "Gate 7 sticks.", "Gate 8 sticks.")
    page = update(book, path, PAGE)
    assert update(book, path, page) == page


def test_marks_and_comments_that_were_imported_before_are_not_added_again(
    book: Book, tmp_path: Path
) -> None:
    path = exported(book, tmp_path, "critic")
    edit(path, "{>>g-1: Gates<<}", "{>>g-1: Gates. Which of *them*?<<}")
    with path.open("a", encoding="utf-8") as file:
        file.write("\nThe {++old ++}winch groans.{>>Who says so?<<}\n\nThe {>>dull<<}end.\n")
    page = update(book, path, PAGE)
    assert re.findall(r":number: (\d+)", page) == ["2", "3"]
    assert update(book, path, page) == page


@FORMS
def test_a_further_version_of_an_export_replaces_the_one_that_was_imported(
    book: Book, tmp_path: Path, form: str
) -> None:
    (tmp_path / "first").mkdir()
    first, second = exported(book, tmp_path / "first", form), exported(book, tmp_path, form)
    edit(first, "Gate 7 sticks.", "Gate 8 sticks.")
    edit(second, "Gate 7 sticks.", "Gate 9 sticks.")
    page = update(book, first, PAGE)
    base = ["--base", str(first)]
    assert update(book, second, page, *base) == page.replace("Gate 8", "Gate 9")
    mine = page.replace("Gate 8", "Gate 12")
    assert update(book, first, mine, *base) == mine
