"""``sphinx-revguide apply``: a BEFORE in a chapter is replaced, and nothing else changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.replacement import SourceText, replace
from tests.conftest import Book

NewBook = Callable[..., Book]

CHAPTER = """\
# Harbour

Before the season opens, every gangway is checked twice by the warden.

- A first point.
- The ticket gates open at nine and close at ten, every day of the season.

The end of the chapter, which has some more words to read.
"""
GUIDE = """\
# Guide

```{{revision-guide}} g
:chapters: harbour
```

````{{revision-issue}} Gates
:impact: high

Problem.

```{{before-after}}
{before}
+++
{after}
```
````
"""
BEFORE = "The ticket gates open at nine and close at ten, every day of the season."
AFTER = "Gate 7 sticks.\n\nThe others open at nine."


def book_with(new_book: NewBook, chapter: str, before: str = BEFORE, after: str = AFTER) -> Book:
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n"
    book = new_book({"index.md": index})
    # Not by `write`, which takes indentation off.
    (book.srcdir / "guide.md").write_text(GUIDE.format(before=before, after=after))
    (book.srcdir / "harbour.md").write_bytes(chapter.encode())
    return book


def run(book: Book, *options: str) -> int:
    return main(["apply", *options, "--source", str(book.srcdir)])


def test_the_before_is_replaced_and_every_other_byte_stays(new_book: NewBook) -> None:
    chapter = CHAPTER.replace("\n", "\r\n").rstrip()
    book = book_with(new_book, chapter)
    assert run(book, "g-1", "--yes") == 0
    after = AFTER.replace("\n\n", "\r\n\r\n  ")
    assert (book.srcdir / "harbour.md").read_bytes().decode() == chapter.replace(BEFORE, after)


def test_the_issue_is_applied_and_the_next_build_agrees(new_book: NewBook) -> None:
    book = book_with(new_book, CHAPTER)
    assert run(book, "g-1", "--yes") == 0
    assert ":status: applied\n" in (book.srcdir / "guide.md").read_text()
    built = book.build("dummy")
    assert "still" not in built.output
    assert run(book, "g-1", "--check") == 1, "an applied issue is refused, with a reason"


@pytest.mark.parametrize(
    ("chapter", "after", "applied"),
    [
        (BEFORE, "Gate 7 sticks.", True),
        (BEFORE, "Gate 7 *sticks*.", False),
        (BEFORE, "- Gate 7 sticks.", False),
        (BEFORE.replace("nine", "*nine*"), "Gate 7 sticks.", False),
    ],
)
def test_plain_text_is_applied_across_markup_languages(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], chapter: str, after: str, applied: bool
) -> None:
    book = book_with(new_book, "", after=after)
    (book.srcdir / "harbour.md").unlink()
    page = f"Harbour\n=======\n\n* A point.\n* {chapter}\n"
    book.write("harbour.rst", page)
    assert run(book, "g-1", "--yes") == (0 if applied else 1)
    assert ("different markup languages" in capsys.readouterr().err) is not applied
    written = (book.srcdir / "harbour.rst").read_text()
    assert written.strip() == (page.replace(BEFORE, after) if applied else page).strip()


@pytest.mark.parametrize(("reason", "shown"), [("yes", ""), ("Ann did it", " (Ann did it)")])
def test_a_withdrawn_issue_is_applied_only_if_asked_for(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], reason: str, shown: str
) -> None:
    book = book_with(new_book, CHAPTER)
    guide, chapter = book.srcdir / "guide.md", book.srcdir / "harbour.md"
    guide.write_text(guide.read_text().replace(":impact:", f":withdrawn: {reason}\n:impact:"))
    assert run(book, "g-1", "--yes") == 1
    assert (
        f"g-1: not applied: guide.md:7: the editor has withdrawn this issue{shown}; "
        "to apply it anyway, add --withdrawn" in capsys.readouterr().err
    )
    assert chapter.read_text() == CHAPTER
    findings = json.loads(book.build("revguide").read("revguide.json"))["findings"]
    assert "revguide.standing" in {warning.type for warning in book.build("dummy").warnings}
    assert {finding["replacement"] for finding in findings} == {None}
    assert run(book, "g-1", "--yes", "--withdrawn") == 0
    assert "Gate 7 sticks." in chapter.read_text()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("1", "; the ids are: g-1\n"), ("g-7", "; the ids are: g-1\n"),
     ("G-1", "; did you mean 'g-1'?"), ("crane", "; the ids are: g-1\n")],
)  # fmt: skip
def test_the_ids_that_were_meant_are_named(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], name: str, remedy: str
) -> None:
    assert run(book_with(new_book, CHAPTER), name) == 1
    assert f"{name}: not applied: no guide has this issue{remedy}" in capsys.readouterr().err


def test_an_issue_that_cannot_be_applied_is_named_with_its_line(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    guide = book.srcdir / "guide.md"
    page = guide.read_text()
    guide.write_text(page.replace(":impact: high", ":status: rejected"))
    assert run(book, "g-1") == 1
    assert "g-1: not applied: guide.md:7: its status is rejected" in capsys.readouterr().err
    guide.write_text(page[: page.index("```{before-after}")] + "````\n")
    assert run(book, "g-1") == 1
    assert "g-1: not applied: guide.md:7: it has neither BEFORE nor" in capsys.readouterr().err


def test_nothing_is_written_without_an_answer(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    assert run(book, "g-1") == 0
    assert (book.srcdir / "harbour.md").read_text() == CHAPTER
    out, err = capsys.readouterr()
    assert out.startswith("--- a/harbour.md\n+++ b/harbour.md\n@@ ")
    assert "\x1b" not in out
    assert "--yes" in err


def test_a_lost_fact_is_reported(new_book: NewBook, capsys: pytest.CaptureFixture[str]) -> None:
    book = book_with(
        new_book, CHAPTER.replace("at nine", "at 09:15"), BEFORE.replace("at nine", "at 09:15")
    )
    run(book, "g-1", "--diff")
    assert (
        "harbour.md:6: g-1: the AFTER does not contain the numbers '09:15', 'ten'"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("label", ["Instruction", "Instruction: for the author"])
def test_an_instruction_is_not_written_into_a_chapter(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], label: str
) -> None:
    book = book_with(new_book, CHAPTER, f":after: {label}\n\n{BEFORE}", "Delete all of it.")
    assert run(book, "g-1", "--best", "--yes") == 1
    assert "its AFTER is an instruction, not text" in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_bytes() == CHAPTER.encode()


@pytest.mark.parametrize(
    ("chapter", "before", "after", "reason"),
    [
        (CHAPTER + "\n" + BEFORE + "\n", BEFORE, AFTER, "occurs 2 times (harbour.md:6, "),
        (
            CHAPTER.replace("and close at ten, every", "each"),
            BEFORE,
            AFTER,
            "--best writes both versions",
        ),
        ("# Harbour\n\nNothing of it.\n", BEFORE, AFTER, "is not in the chapters of its guide"),
        (CHAPTER, "twice", "once", "harbour.md:3: its BEFORE is too short, or only in text"),
        (CHAPTER, BEFORE, "", "g-1: not applied: guide.md:12: its AFTER is missing"),
        (
            CHAPTER,
            f'"{BEFORE}"',
            AFTER,
            "are there, but with different markup",
        ),
    ],
)
def test_a_change_that_is_not_certain_is_refused(
    new_book: NewBook,
    capsys: pytest.CaptureFixture[str],
    chapter: str,
    before: str,
    after: str,
    reason: str,
) -> None:
    book = book_with(new_book, chapter, before, after)
    assert run(book, "g-1", "--yes") == 1
    assert reason in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_text() == chapter


@pytest.mark.parametrize(
    ("name", "suggestion"), [("g1", "did you mean 'g-1'?"), ("harbour", "the ids are: g-1")]
)
def test_an_unknown_issue_is_answered_with_ids(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], name: str, suggestion: str
) -> None:
    assert run(book_with(new_book, CHAPTER), name, "--diff") == 1
    assert f"{name}: not applied: no guide has this issue; {suggestion}" in capsys.readouterr().err


def test_best_writes_conflict_markers(new_book: NewBook) -> None:
    chapter = CHAPTER.replace("and close at ten, every", "each")
    book = book_with(new_book, chapter)
    assert run(book, "g-1", "--yes", "--best") == 0
    text = (book.srcdir / "harbour.md").read_text()
    assert [line[:7] for line in text.splitlines() if line[:7] in ("<<<<<<<", "=======", ">>>>>>>")]
    assert ":status:" not in (book.srcdir / "guide.md").read_text()


@pytest.mark.parametrize("sign", ["\x0c", "\u2028"])
def test_only_line_ends_count_for_conflict_markers(new_book: NewBook, sign: str) -> None:
    old = BEFORE.replace("and close at ten, every", "each")
    book = book_with(new_book, CHAPTER.replace("rst p", f"rst{sign}p").replace(BEFORE, old))
    assert run(book, "g-1", "--yes", "--best") == 0
    text = (book.srcdir / "harbour.md").read_text()
    assert f"<<<<<<< harbour.md\n- {old}\n=======\n" in text


def test_a_conflict_is_resolved_before_another_is_written(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER.replace("and close at ten, every", "each"))
    assert run(book, "g-1", "--yes", "--best") == 0
    once = (book.srcdir / "harbour.md").read_text()
    assert run(book, "g-1", "--yes", "--best") == 1
    assert "harbour.md:12: its conflict is still there; resolve it first" in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_text() == once


def test_a_locked_phrase_is_not_taken_away(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    guide = book.srcdir / "guide.md"
    guide.write_text(
        guide.read_text() + "\n```{locked-preserve}\n- The hours: `close at ten`\n```\n"
    )
    assert run(book, "g-1", "--yes") == 1
    assert "'close at ten', which is locked" in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_text() == CHAPTER


def test_a_locked_passage_is_not_changed(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = CHAPTER.replace(f"- {BEFORE}", f"```{{locked-passage}} hours\n{BEFORE}\n```")
    book = book_with(new_book, locked)
    assert run(book, "g-1", "--yes") == 1
    assert "the passage 'hours' is locked" in capsys.readouterr().err


def test_two_issues_that_change_one_text_are_reported(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    guide = book.srcdir / "guide.md"
    second = guide.read_text().partition("````{revision-issue}")[2].replace(" Gates", " Hours", 1)
    guide.write_text(guide.read_text() + "\n````{revision-issue}" + second)
    assert run(book, "g-1", "g-2", "--diff") == 1
    assert "g-2: not applied: it changes the same text as g-1" in capsys.readouterr().err


def test_an_alternative_is_chosen(new_book: NewBook, capsys: pytest.CaptureFixture[str]) -> None:
    pair = f"```\n\n```{{before-after}}\n{BEFORE}\n+++\nThe other one.\n"
    book = book_with(new_book, CHAPTER, after=AFTER + "\n" + pair)
    assert run(book, "g-1", "--yes") == 1
    assert "choose one with --after 1 to 2" in capsys.readouterr().err
    assert run(book, "g-1", "--yes", "--after", "2") == 0
    assert "- The other one.\n" in (book.srcdir / "harbour.md").read_text()


@pytest.mark.parametrize(
    ("number", "status", "reason"),
    [
        ("2", 1, "guide.md:12: its BEFORE has only one AFTER, not 2"),
        ("0", 2, "positive whole number"),
    ],
)
def test_an_after_that_is_not_there_is_not_chosen(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], number: str, status: int, reason: str
) -> None:
    book = book_with(new_book, CHAPTER)
    try:
        code = run(book, "g-1", "--yes", "--after", number)
    except SystemExit as error:
        code = int(error.code or 0)
    assert code == status
    assert reason in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_text() == CHAPTER


def test_a_program_reads_what_would_be_done(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    assert run(book, "g-1", "nothing-9", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert [change["line"] for change in said["changes"]] == [6]
    assert [refusal["issue"] for refusal in said["refused"]] == ["nothing-9"]


@pytest.mark.parametrize(
    ("source", "sample", "after", "expected"),
    [
        ("> The gate\n> opens.\n", "The gate opens.", "A\n\nB", "> A\n>\n> B\n"),
        ("1. The gate\n   opens.\n", "The gate opens.", "A\nB", "1. A\n   B\n"),
        ("* - The gate opens.\n", "The gate opens.", "A\nB", "* - A\n    B\n"),
        ("| a   | b |\n|---|:--|\n", "| a | b |\n|--|--|", "Text.", "Text.\n"),
        ("See the “gate” now.\n", 'the "gate"', "it", "See it now.\n"),
        ("See the *gate* now.\n", "the gate", "it", "See it now.\n"),
        (
            ".. note::\n\n   The gate opens.\n",
            "The gate opens.",
            "A\nB",
            ".. note::\n\n   A\n   B\n",
        ),
        ("a gate (open).\n", "open", "shut", "a gate (shut).\n"),
        ("---\n\nA gate.\n\n***\n", "A gate.", "---\n\nB\n\n---", "---\n\nB\n\n***\n"),
        ("X\n\n---\nA gate.\n---\n", "A gate.", "B\n\n---", "X\n\n---\nB\n\n---\n"),
        ("X\n---\n\nA gate.\n", "A gate.", "---\n\nB", "X\n---\n\n---\n\nB\n"),
        ("A gate.\n\nX\n", "A gate.", "---\n\nB\n\n---", "---\n\nB\n\n---\n\nX\n"),
    ],
)
def test_a_text_takes_the_indentation_of_its_place(
    source: str, sample: str, after: str, expected: str
) -> None:
    places = SourceText(source).find(sample)
    assert len(places) == 1
    assert replace(source, [(places[0], after)]) == expected


def test_part_of_a_word_is_not_a_place() -> None:
    assert SourceText("The gatekeeper sleeps.").find("gate") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "the end"])
def test_git_applies_the_difference(
    new_book: NewBook,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    end: str,
    last: str,
) -> None:
    chapter = CHAPTER.partition("\nThe end")[0] + last
    book = book_with(new_book, chapter.replace("\n", end))
    assert run(book, "g-1", "--diff") == 0
    patch = tmp_path / "change.diff"
    patch.write_bytes(capsysbinary.readouterr().out)
    copy = tmp_path / "copy"
    shutil.copytree(book.srcdir, copy)
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "apply", str(patch)], cwd=copy, check=True)
    assert run(book, "g-1", "--yes") == 0
    assert (copy / "harbour.md").read_bytes() == (book.srcdir / "harbour.md").read_bytes()


def test_a_page_that_sphinx_cannot_read_is_named(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, CHAPTER)
    book.write("index.rst", "Book\n====\n\n|a|\n\n.. |a| replace:: x |b|\n")
    (book.srcdir / "index.md").unlink()
    assert run(book, "g-1", "--diff") == 2
    reported = capsys.readouterr().err
    assert "index.rst: Sphinx cannot read it: " in reported
    assert "Error(" not in reported
