"""``sphinx-revguide draft``: a guide from what the patterns found."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sphinxext_revguide.cli import main
from tests.conftest import TERMINAL, Book, counts_late

NewBook = Callable[..., Book]


@pytest.fixture
def book(new_book: NewBook) -> Book:
    names = "\n\nThe warden of Port Ellery wrote to Port Ellery, and Port Ellery wrote back.\n"
    return new_book({
        "index.md": "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n",
        "terminal.md": TERMINAL.rstrip() + names, "calm.md": "# Calm\n\nNothing of note.\n",
    })  # fmt: skip


def run(book: Book, *options: str) -> int:
    return main(["draft", *options, "--source", str(book.srcdir)])


def test_a_draft_builds_and_is_flagged_where_the_chapter_is(book: Book) -> None:
    assert run(book, "terminal", "--into", str(book.srcdir)) == 0
    built = book.build("html")
    assert {reported.type for reported in built.warnings} == {
        "revguide.readiness-checklist",
        "revguide.standing",
    }
    assert {reported.path for reported in built.warnings} == {"terminal.md"}
    (issue,) = built.domain.book.issues
    assert issue.patterns == ("readiness-checklist",)
    before = issue.pairs[0].before
    assert before is not None
    assert before.text.startswith("| Check | Required |")
    assert issue.pairs[0].after is None


def test_a_draft_quotes_the_lines_below_a_form_feed(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write(
        "terminal.md", TERMINAL.replace("# Terminal", "# Terminal\n\nOld \x0c\x0c\x0c page.")
    )
    assert run(book, "terminal") == 0
    assert "```{before-after}\n:missing: " in (page := capsys.readouterr().out)
    assert page.partition("{before-after}")[2].partition("\n\n")[2].startswith("| Check |")


def test_a_draft_says_that_it_is_one(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "terminal") == 0
    page = capsys.readouterr().out
    assert "**This guide is a draft.**" in page
    assert ":missing: not written yet" in page


def test_a_draft_names_included_files_and_quotes_no_whole_chapter(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    table = TERMINAL[TERMINAL.index("| Check") :]
    book.write("part.inc", f"Nothing.\n\n{table}")
    figures = "\n\n".join(
        f"Berth {n} has {n}.37 % of them, and {n}.41 metres." for n in range(1, 99)
    )
    book.write("calm.md", f"# Calm\n\n```{{include}} part.inc\n```\n\n## Berths\n\n{figures}\n")
    assert run(book, "calm", "--json") == 0
    issues = {
        issue["patterns"][0]: issue for issue in json.loads(capsys.readouterr().out)["issues"]
    }
    line = 3 + counts_late("md")
    checklist, precision = issues["readiness-checklist"], issues["false-precision"]
    assert f"- line {line} of part.inc: Readiness checklist" in checklist["problem"]
    assert "- line 8: False precision" in precision["problem"]
    assert (checklist["samples"], precision["samples"]) == ([], [])


def test_a_draft_is_not_warned_about(book: Book) -> None:
    """A passage shows its pattern below its heading, and not always when it is quoted alone."""
    rows = "".join(f"| {step} | {step} minutes | Desk |\n" for step in (5, 10, 15))
    book.write(
        "calm.md",
        f"# Calm\n\n## Incident response\n\n| Step | Time | Owner |\n|---|---|---|\n{rows}",
    )
    assert run(book, "calm", "--into", str(book.srcdir)) == 0
    draft = (book.srcdir / "draft-calm.md").read_text(encoding="utf-8")
    assert ":untested: clinical-incident-response" in draft
    types = {warning.type for warning in book.build("dummy").warnings}
    assert types == {"revguide.clinical-incident-response", "revguide.standing"}


def test_what_a_chapter_repeats_is_proposed_as_a_lock(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "terminal") == 0
    assert "- Names and terms that occur 3 times or more: `Port Ellery`" in capsys.readouterr().out


def test_a_label_that_a_chapter_repeats_is_not_proposed_as_a_lock(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (
        "The log of the table says (Accessed 14 May 2024) that the Table of the week is full.\n\n"
    )
    weeks = "".join(f"By Week {number} of the week it was. " for number in "789")
    book.write("terminal.md", f"{TERMINAL}\n## Log\n\n{said * 3}{weeks}\n")
    assert run(book, "terminal") == 0
    assert "Names and terms" not in capsys.readouterr().out


def test_a_program_reads_the_draft(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, str(book.srcdir / "terminal.md"), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["guides"][0]["id"] == "draft-terminal"


@pytest.mark.parametrize(
    ("chapter", "status", "reason"),
    [
        ("calm", 1, "nothing to draft"),
        ("nowhere", 2, "is not a page of this book"),
        ("../etc/passwd", 2, "is not a page of this book"),
        ("termnal", 2, "is not a page of this book; did you mean 'terminal'?"),
    ],
)
def test_what_cannot_be_drafted_is_refused(
    book: Book, chapter: str, status: int, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, chapter) == status
    assert reason in capsys.readouterr().err


def test_nothing_is_written_outside_the_book_or_over_a_page(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "terminal", "--into", str(book.srcdir.parent / "out")) == 2
    assert run(book, "terminal", "--into", str(book.srcdir)) == 0
    assert run(book, "terminal", "--into", str(book.srcdir)) == 2
    assert "--force" in capsys.readouterr().err


def test_drafts_of_several_chapters_do_not_replace_each_other(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("quay/gate.md", TERMINAL)
    book.write("quay-gate.md", TERMINAL)
    into = ("--into", str(book.srcdir), "--force")
    assert run(book, "quay/gate", "quay-gate", *into) == 2
    assert "quay/gate and quay-gate would both get the id" in capsys.readouterr().err
    assert not (book.srcdir / "draft-quay-gate.md").exists()


def test_a_chapter_that_is_named_twice_is_drafted_once(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "terminal", str(book.srcdir / "terminal.md")) == 0
    assert capsys.readouterr().out.count("# Draft guide") == 1
