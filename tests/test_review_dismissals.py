"""What of a review is refused: decisions, dismissed findings and comments, without a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sphinxext_revguide.book.derived.verdicts import Verdict, VerdictState, read_verdicts
from sphinxext_revguide.book.view import Book
from sphinxext_revguide.cli.review import _fitting
from sphinxext_revguide.cli.review_passages import list_comments, record_dismissals
from sphinxext_revguide.markup.review_file import Decision, Dismissal, PassageComment
from sphinxext_revguide.model import Finding, Issue
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.word_index import Source

FINDING = Finding("hedging", "pier", path="pier.md", line=7, message="It hedges", fingerprint="f1")
OTHER = Finding("hedging", "pier", path="pier.md", line=9, message="Again", fingerprint="f2")


def book_with(folder: Path, **recorded: Verdict) -> Book:
    """Return a book with two findings and some verdicts."""
    stub: dict[str, Any] = {
        "findings": [FINDING, OTHER],
        "verdict_path": folder / "verdicts.json",
        "verdict_state": VerdictState(fitting=recorded),
        "sources": {"pier": (Source("pier.md", "# Pier\n\nThe lamp was lit at dusk.\n"),)},
    }
    return cast("Book", SimpleNamespace(**stub))


def dismissal(finding: str, reason: str, reviewer: str = "Ann", date: str = "") -> Dismissal:
    return Dismissal(finding, "pier", reason, reviewer, date)


def recorded_in(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    return {
        one.fingerprint: (one.verdict, one.reason, one.by, one.date)
        for one in read_verdicts(folder / "verdicts.json").verdicts
    }


def test_a_dismissal_is_recorded_only_with_write(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_with(tmp_path)
    said = [dismissal("f1", "It is a form.", date="2027-01-31T09:15:00Z")]
    assert record_dismissals(book, said, write=False) is False
    out, err = capfd.readouterr()
    assert out == "pier.md:7: It hedges: dismissed by Ann: “It is a form.”\n"
    assert err == "1 verdict would be recorded\n"
    assert not list(tmp_path.iterdir())
    assert record_dismissals(book, said, write=True) is False
    assert capfd.readouterr().err == "1 verdict recorded\n"
    assert recorded_in(tmp_path) == {"f1": ("no-finding", "It is a form.", "Ann", "2027-01-31")}


def test_without_a_dismissal_nothing_is_said_or_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert record_dismissals(book_with(tmp_path), [], write=True) is False
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())


def test_reasons_of_two_reviewers_are_recorded_together(tmp_path: Path) -> None:
    said = [
        dismissal("f1", "It is a form."), dismissal("f2", "Quoted.", ""),
        dismissal("f1", "The law wants it.", "Ben"), dismissal("f1", "It is a form.", "Ann"),
    ]  # fmt: skip
    assert record_dismissals(book_with(tmp_path), said, write=True) is False
    assert {name: entry[1:3] for name, entry in recorded_in(tmp_path).items()} == {
        "f1": ("It is a form.; The law wants it.", "Ann, Ben"),
        "f2": ("Quoted.", ""),
    }


def test_a_finding_that_is_gone_is_not_dismissed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = [dismissal("f9", "It is a form.", ""), dismissal("f1", "Quoted.")]
    assert record_dismissals(book_with(tmp_path), said, write=True) is True
    assert (
        "pier: refused: this finding is no longer there (the reviewer: “It is a form.”)\n"
        in capfd.readouterr().err
    )
    assert recorded_in(tmp_path).keys() == {"f1"}, "the others are recorded"


@pytest.mark.parametrize("by", ["Ben", ""])
def test_a_finding_that_somebody_confirmed_is_not_dismissed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], by: str
) -> None:
    book = book_with(tmp_path, f1=Verdict("f1", "finding", "It does hedge.", by))
    assert record_dismissals(book, [dismissal("f1", "It is a form.")], write=True) is True
    assert capfd.readouterr().err == (
        f"pier.md:7: refused: {by or 'somebody'} recorded that this is a finding: "
        "“It does hedge.” (Ann: “It is a form.”)\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_finding_that_was_dismissed_before_is_left(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_with(tmp_path, f1=Verdict("f1", "no-finding", "Known.", "Ben"))
    assert record_dismissals(book, [dismissal("f1", "It is a form.")], write=True) is False
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("exact", "reviewer", "said"),
    [
        ("The lamp was lit", "Ann", "pier.md:3: Ann on “The lamp was lit”: “When?”\n"),
        (
            "The lamp was lit at dawn", "",
            "pier.md:3: the reviewer on “The lamp was lit at dawn” (changed since): “When?”\n",
        ),
        ("Nobody came", "Ann", "pier: Ann on “Nobody came” (no longer there): “When?”\n"),
    ],
)  # fmt: skip
def test_a_comment_is_listed_with_its_place(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], exact: str, reviewer: str, said: str
) -> None:
    list_comments(book_with(tmp_path), [PassageComment("pier", exact, "", "", "When?", reviewer)])
    assert capfd.readouterr().out == said


def test_decisions_that_no_longer_fit_are_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    issue = Issue("port", 1, "T", docname="guide", path="guide.md", line=5)
    outside = Issue("port", 2, "T", docname="guide", path="../part.md", line=9)
    book = cast(
        "Book", SimpleNamespace(issues=[issue, outside], host=SimpleNamespace(srcdir=tmp_path))
    )
    fits, other = (Decision("port-1", issue.digest, "accept", "", by) for by in ("Ann", "Ben"))
    changed = Decision("port-1", "0", "accept", "Now.", "Ann")
    decisions = [fits, Decision("port-2", outside.digest, "reject", "", ""), changed, other]
    found, refused = _fitting(book, [*decisions, Decision("port-3", "0", "", "Why?", "Ann")])
    assert found == [(issue, [fits, other])]
    assert refused
    assert capfd.readouterr().err.splitlines() == [
        "../part.md:9: port-2: refused: outside the source directory (the reviewer: reject)",
        "guide.md:5: port-1: refused: it has changed since the review; review its card again "
        "(Ann: accept, “Now.”)",
        "port-3: refused: no guide has this issue (Ann: “Why?”)",
    ]
    assert _fitting(book, [fits]) == ([(issue, [fits])], False)


@pytest.mark.parametrize("was_first", [False, True])
def test_of_equal_passages_the_one_on_the_page_of_the_reviewer_is_dismissed(
    tmp_path: Path, was_first: bool
) -> None:
    """The plain fingerprint goes to the first page in the book, which may change."""
    plain, second = "c1", digest("c1", "pier")
    pier = replace(FINDING, content=plain, fingerprint=second if was_first else plain)
    other = replace(OTHER, content=plain, docname="basin", fingerprint=plain)
    book = book_with(tmp_path)
    book.findings[:] = [other, pier] if was_first else [pier]
    said = [dismissal(plain if was_first else second, "It is a form.")]
    assert record_dismissals(book, said, write=True) is False
    [verdict] = read_verdicts(tmp_path / "verdicts.json").verdicts
    assert (verdict.docname, verdict.fingerprint) == ("pier", pier.fingerprint)
