"""``sphinx-revguide check`` of unsaved text and of what a change touches, and for programs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest

from sphinxext_revguide.cli import main
from tests.conftest import CONF, TERMINAL, Book
from tests.versioned import git

NewBook = Callable[..., Book]

CLEAN = "# Harbour\n\nThe gate sticks, and nobody knows why.\n"


@pytest.fixture
def book(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> Book:
    book = new_book({"index.md": "# Index\n\n```{toctree}\nharbour\n```\n"})
    book.write("conf.py", CONF + 'revguide_flag = ["*"]\n')
    (book.srcdir / "harbour.md").write_text(CLEAN)
    monkeypatch.chdir(book.srcdir)
    return book


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_unsaved_text_is_checked_in_place_of_the_file(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, TERMINAL.lstrip())
    assert main(["check", "-", "--stdin-filename", "harbour.md"]) == 1
    assert capsys.readouterr().out.startswith("harbour.md:5: Readiness checklist")
    assert main(["check", "harbour.md"]) == 0, "what was typed is not kept"


def test_unsaved_text_needs_a_name(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, TERMINAL)
    assert main(["check", "-"]) == 2
    assert "--stdin-filename" in capsys.readouterr().err


def test_a_program_reads_a_list_of_objects(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (book.srcdir / "harbour.md").write_text(TERMINAL.lstrip())
    assert main(["check", "harbour.md", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["path"], found["line"]) == ("harbour.md", 5)
    assert found["end_line"] >= 9
    assert found["type"] == "revguide.readiness-checklist"


def test_only_what_a_change_touches_is_reported(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    harbour = book.srcdir / "harbour.md"
    harbour.write_text(TERMINAL.lstrip())
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "Start")
    harbour.write_text(TERMINAL.lstrip() + "\n## Later\n\nMore to say.\n")
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 0
    harbour.write_text(TERMINAL.lstrip().replace("74 s", "73 s"))
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 1
    assert "harbour.md:5: Readiness" in capsys.readouterr().out


def test_a_file_that_git_does_not_track_is_all_new(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    git(book, "init", "-q")
    git(book, "commit", "-q", "--allow-empty", "-m", "Start")
    (book.srcdir / "harbour.md").write_text(TERMINAL.lstrip())
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_an_unknown_revision_is_refused(
    book: Book, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    git(book, "init", "-q")
    git(book, "add", ".")
    assert main(["check", "harbour.md", f"--diff-base={revision}"]) == (2 if revision else 0)
    assert not (book.srcdir / "x").exists()
    reported = capsys.readouterr().err
    assert ("Git says" in reported) == bool(revision)
    assert ("or fetch it first" in reported) == bool(revision)
