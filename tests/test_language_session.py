"""The book that the language server keeps: what it says after edits, and what it leaves behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli.language_server.session import Session, open_session
from sphinxext_revguide.cli.read_book import read_book, read_pages
from tests.conftest import RST_CHECKLIST, TERMINAL, Book
from tests.test_apply import AFTER, BEFORE, CHAPTER, book_with
from tests.test_budgets import book as book_of_boards

NewBook = Callable[..., Book]

FLAGGED = 'revguide_flag = ["*"]\n'
RST = f"Berth\n=====\n\nOpening readiness\n-----------------\n\n{RST_CHECKLIST}"


def said(session: Session, name: str) -> list[str]:
    found = [repr(flagged.finding) for flagged in session.flagged(name)]
    return [*found, *map(repr, session.problems(name))]


@pytest.mark.parametrize(("name", "text"), [("page.md", TERMINAL.lstrip()), ("page.rst", RST)])
def test_a_text_that_was_edited_says_what_it_says_when_it_is_read_first(
    new_book: NewBook, name: str, text: str
) -> None:
    book = new_book({"index.md": "# Book\n\n```{toctree}\npage\n```\n"}, FLAGGED)
    path = book.srcdir / name
    path.write_text("Nothing\n=======\n\nA word.\n", encoding="utf-8")
    steps = [
        text,
        text.replace("Gangway", "Gangways of the pier"),
        text.replace("Opening readiness", "Opening").replace("All checks are satisfied.", ""),
        text.replace("Passed", "Failed"),
        text + "\nNobody counted gate 7, and the ferry left an hour late on 3 May.\n",
        text,
    ]
    with open_session(book.srcdir, book.srcdir) as session:
        edited = []
        for step in steps:
            session.open(path, step)
            edited.append(said(session, name))
            session.rest()
    assert edited[0]
    assert len({tuple(entry) for entry in edited}) > 2
    for step, found in zip(steps, edited, strict=True):
        with open_session(book.srcdir, book.srcdir) as session:
            session.open(path, step)
            assert said(session, name) == found


FENCES = 'myst_enable_extensions = ["colon_fence"]\n'
UNSAVED = {
    "comment.md": "% revguide: allow nowhere -- quoted\n\nA word.\n",
    "comment.rst": "A word.\n\n.. revguide: allow nowhere -- quoted\n\nA word.\n",
    "fences.md": "::::{note}\n:::{revision-allow} table-density\n:x: y\n\nA word.\n:::\n::::\n",
    "single.rst": ".. revision-allow: table-density\n   in one\n   comment\n",
}
"""Pages with mistakes whose lines are looked up in the text of the page."""


@pytest.mark.parametrize("name", UNSAVED)
def test_a_mistake_has_its_line_in_a_text_that_is_not_saved(new_book: NewBook, name: str) -> None:
    book = new_book({"index.md": "# Book\n", name: "Page\n====\n"}, FENCES)
    text = f"Page\n====\n\nA word.\n\n{UNSAVED[name]}"
    with open_session(book.srcdir, book.srcdir) as session:
        session.open(book.srcdir / name, text)
        (problem,) = session.problems(name)
    marks = ("allow nowhere", ":x:", "revision-allow:")
    lines = text.split("\n")
    assert any(mark in lines[problem.line - 1] for mark in marks)


def test_samples_are_looked_for_in_the_text_of_the_editor(new_book: NewBook) -> None:
    book = book_with(new_book, CHAPTER)
    path = book.srcdir / "harbour.md"
    with open_session(book.srcdir, book.srcdir) as session:
        session.open(path, CHAPTER.replace(BEFORE, AFTER))
        assert said(session, "harbour.md") == []
        session.open(path, CHAPTER)
        assert len(said(session, "harbour.md")) == 1


def test_terms_are_counted_in_the_text_of_the_editor(new_book: NewBook) -> None:
    book = book_of_boards(new_book, "TideBoard™ 4")
    path = book.srcdir / "chapter.md"
    text = path.read_text("utf-8")
    with open_session(book.srcdir, book.srcdir) as session:
        assert said(session, "chapter.md") == []
        session.open(path, text + "\nThe TideBoard™ again.\n")
        assert "occurs 5 times" in said(session, "chapter.md")[0]
        session.open(path, text + "\nThe TideBoard™ and the TideBoard™ again.\n")
        assert "occurs 6 times" in said(session, "chapter.md")[0]


def test_a_check_does_not_count_what_was_never_saved(new_book: NewBook) -> None:
    book = book_of_boards(new_book, "Depth 9")
    path, guide = book.srcdir / "chapter.md", book.srcdir / "guide.md"
    with open_session(book.srcdir, book.srcdir) as session:
        session.open(path, path.read_text("utf-8") + "\nThe TideBoard™, the TideBoard™.\n")
    guide.write_text(guide.read_text("utf-8").replace("Depth 9", "TideBoard™ 4"))
    domain = read_pages(book.srcdir, book.srcdir, set[Path](), None)
    assert domain.book.flagged == []


def test_memory_is_looked_after_as_before_when_the_server_ends(new_book: NewBook) -> None:
    book = book_with(new_book, CHAPTER)
    with open_session(book.srcdir, book.srcdir) as session:
        assert not gc.isenabled()
        session.open(book.srcdir / "harbour.md", CHAPTER)
        session.rest()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert read_book(book.srcdir, book.srcdir).flagged


LOCKED = "# Page\n\n```{locked-passage} depths\nNine point five metres.\n```\n"


def test_a_renamed_page_is_known_by_its_new_name_alone(new_book: NewBook) -> None:
    book = new_book({"index.md": "# Book\n", "old.md": LOCKED}, FLAGGED)
    old, new = book.srcdir / "old.md", book.srcdir / "new.md"
    with open_session(book.srcdir, book.srcdir) as session:
        session.open(old, LOCKED)
        old.rename(new)
        session.open(new, LOCKED)
        (problem,) = session.problems("new.md")
        assert problem.subtype == "passage"
        assert session.problems("old.md") == []
        new.unlink()
        session.close(new)
        assert set(session.book.pages) == {"index"}


def test_an_included_file_has_the_findings_of_its_unsaved_text(new_book: NewBook) -> None:
    files = {
        "index.md": "# Book\n\n```{include} parts/terminal.md\n```\n",
        "page.rst": "Page\n====\n\n.. include:: parts/berth.txt\n",
        "parts/terminal.md": "Nothing.\n",
        "parts/berth.txt": "Nothing.\n",
    }
    book = new_book(files, f'{FLAGGED}exclude_patterns = ["parts"]\n')
    texts = {"parts/terminal.md": TERMINAL.lstrip(), "parts/berth.txt": RST}
    with open_session(book.srcdir, book.srcdir) as session:
        for name, text in texts.items():
            lines = []
            for above in ("", "A word.\n\n"):
                assert session.open(book.srcdir / name, above + text)
                (flagged,) = session.flagged(name)
                lines.append(flagged.finding.line)
            assert lines == [lines[0], lines[0] + 2]
            session.close(book.srcdir / name)
            assert session.flagged(name) == []


def test_files_that_other_programs_change_are_read_again(new_book: NewBook) -> None:
    text = TERMINAL.lstrip()
    files = {"index.md": "# Book\n", "part.inc": text, "own.md": text, "gone.md": text}
    book = new_book(files | {"page.md": "```{include} part.inc\n```\n"}, FLAGGED)
    with open_session(book.srcdir, book.srcdir) as session:
        for name in ("part.inc", "own.md", "gone.md"):
            assert session.flagged(name)
        for name in ("part.inc", "own.md"):
            path = book.srcdir / name
            path.write_text("# Page\n\nA word.\n", encoding="utf-8")
            later = path.stat().st_mtime + 60
            os.utime(path, (later, later))
        (book.srcdir / "gone.md").unlink()
        session.follow_files()
        for name in ("part.inc", "own.md", "gone.md"):
            assert session.flagged(name) == []
