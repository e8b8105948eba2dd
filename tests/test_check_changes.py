"""``sphinx-revguide check`` of unsaved text and of what a change touches, and for programs."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest

from sphinxext_revguide.cli import main
from tests.conftest import CONF, TERMINAL, Book
from tests.ferry import RST_CLAIM
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


def test_a_comment_has_its_line_in_unsaved_text(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "# Harbour\n\nA word.\n\n% revguide: allow nowhere -- quoted\n\nMore.\n")
    assert main(["check", "-", "--stdin-filename", "harbour.md"]) == 1
    assert capsys.readouterr().out.startswith("harbour.md:5: ")


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


def test_what_is_next_to_a_change_is_not_reported(book: Book) -> None:
    harbour = book.srcdir / "harbour.md"
    table = TERMINAL.partition("readiness\n\n")[2]
    text = f"# Harbour\n\nText.\n\n{table}"
    harbour.write_text(text)
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "Start")
    harbour.write_text(text.replace("Text.\n", "Other text.\nMore.\n"))
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 0
    harbour.write_text(text.replace("Text.\n\n", "Text.\n<!-- Note. -->\n"))
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 0
    assert main(["check", "harbour.md"]) == 1


def test_a_mistake_on_the_first_line_is_reported_there(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.srcdir / "harbour.md").write_text("```{revision-guide}\n```\n\n# Harbour\n")
    assert main(["check", "harbour.md"]) == 1
    assert capsys.readouterr().out.startswith("harbour.md:1: ")


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


@pytest.fixture
def committed(book: Book) -> Book:
    """A book whose chapter has a finding that its first commit contains."""
    (book.srcdir / "harbour.md").write_text(TERMINAL.lstrip())
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "Start")
    return book


@pytest.mark.parametrize("attribute", ["binary", "-diff", "diff=upside-down"])
def test_attributes_of_a_file_hide_no_change(
    committed: Book, capsys: pytest.CaptureFixture[str], attribute: str
) -> None:
    git(committed, "config", "diff.upside-down.textconv", "tail -n 2")
    committed.write(".gitattributes", f"*.md {attribute}\n")
    committed.write("harbour.md", TERMINAL.lstrip().replace("74 s", "73 s"))
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 1
    assert "harbour.md:5: Readiness" in capsys.readouterr().out


def test_lines_between_two_changes_have_not_changed(committed: Book) -> None:
    git(committed, "config", "diff.interHunkContext", "99")
    text = TERMINAL.lstrip()
    table = text[text.index("|") : text.rindex("|") + 2]
    committed.write("harbour.md", f"# Title\n\n{table}\nA line.\n")
    git(committed, "commit", "-qam", "Another text")
    committed.write("harbour.md", f"# Changed\n\n{table}\nA later line.\n")
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 0
    committed.write("harbour.md", f"# Changed\n\n{table.replace('74 s', '73 s')}\nA line.\n")
    assert main(["check", "harbour.md", "--diff-base", "HEAD"]) == 1


def test_the_name_of_a_page_is_no_pattern(
    committed: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "harbour[1].md"
    committed.write(name, TERMINAL.lstrip())
    committed.write("harbour1.md", TERMINAL.lstrip())
    git(committed, "add", ".")
    git(committed, "commit", "-q", "-m", "More pages")
    committed.write("harbour1.md", TERMINAL.lstrip().replace("74 s", "73 s"))
    assert main(["check", name, "--diff-base", "HEAD"]) == 0, capsys.readouterr().out
    committed.write(name, TERMINAL.lstrip().replace("74 s", "73 s"))
    assert main(["check", name, "--diff-base", "HEAD"]) == 1


def test_a_hook_below_the_root_of_a_linked_worktree(
    committed: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Git names its folder to a hook, as it does here, but not the root of the working tree."""
    folder = committed.srcdir / "part"
    folder.mkdir()
    committed.write("part/docks.md", TERMINAL.lstrip())
    git(committed, "add", ".")
    git(committed, "commit", "-q", "-m", "A part")
    monkeypatch.setenv("GIT_DIR", str(committed.srcdir / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(committed.srcdir / ".git" / "index"))
    assert main(["check", "part/docks.md", "--diff-base", "HEAD"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (TERMINAL.lstrip(), 0),
        ("New.\n\n" * 9 + TERMINAL.lstrip(), 0),
        (TERMINAL.lstrip() + "\nMore.\n", 0),
        (TERMINAL.lstrip().replace("74 s", "73 s"), 1),
        ("New.\n\n" * 9 + TERMINAL.lstrip().replace("74 s", "73 s"), 1),
    ],
)
def test_unsaved_text_is_compared_with_the_revision(
    committed: Book, monkeypatch: pytest.MonkeyPatch, text: str, status: int
) -> None:
    (committed.srcdir / "harbour.md").write_text(CLEAN)
    typed(monkeypatch, text)
    command = ["check", "-", "--stdin-filename", "harbour.md", "--diff-base", "HEAD"]
    assert main(command) == status


def test_removed_lines_of_unsaved_text_count_on_both_sides(
    committed: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = TERMINAL.lstrip().splitlines(keepends=True)
    row = next(number for number, line in enumerate(lines) if "74 s" in line)
    committed.write("harbour.md", "".join([*lines[: row + 1], lines[row], *lines[row + 1 :]]))
    git(committed, "commit", "-qam", "One row more")
    typed(monkeypatch, TERMINAL.lstrip())
    command = ["check", "-", "--stdin-filename", "harbour.md", "--diff-base", "HEAD"]
    assert main(command) == 1


def test_unsaved_text_of_a_page_that_the_revision_lacks_is_all_new(
    committed: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed.write("docks.md", CLEAN)
    git(committed, "add", ".")
    typed(monkeypatch, TERMINAL.lstrip())
    command = ["check", "-", "--stdin-filename", "docks.md", "--diff-base"]
    assert main([*command, "HEAD"]) == 1
    typed(monkeypatch, TERMINAL.lstrip())
    assert main([*command, "nowhere"]) == 2


def test_what_is_typed_has_the_lines_that_git_counts(
    committed: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TERMINAL.lstrip().replace("# Terminal", "# Terminal\n\nOld \x0c\x0c\x0c\x0c page.")
    committed.write("harbour.md", text)
    git(committed, "commit", "-qam", "An old page")
    command = ["check", "-", "--stdin-filename", "harbour.md", "--diff-base", "HEAD"]
    typed(monkeypatch, text.replace("74 s", "73 s"))
    assert main(command) == 1


@pytest.mark.parametrize("suffix", [".md", ".rst"])
def test_unsaved_text_of_an_included_file_is_checked(
    book: Book,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    suffix: str,
) -> None:
    include = "```{include} part.txt\n```" if suffix == ".md" else ".. include:: part.txt"
    text = TERMINAL.lstrip() if suffix == ".md" else RST_CLAIM
    (book.srcdir / "harbour.md").unlink()
    (book.srcdir / f"harbour{suffix}").write_text(f"Harbour\n=======\n\n{include}\n")
    (book.srcdir / "part.txt").write_text("Nobody knows why.\n")
    command = ["check", "-", "--stdin-filename", "part.txt"]
    for _first_without_a_cache in range(2):
        typed(monkeypatch, text)
        assert main(command) == 1
        assert capsys.readouterr().out.startswith("part.txt:")
        assert main(["check", "part.txt"]) == 0, "what was typed is not kept"
    (book.srcdir / "part.txt").write_text(text)
    typed(monkeypatch, "Nobody knows why.\n")
    assert main(command) == 0
