"""A review taken from the built pages is written into the guide, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.review_file import Decision, ReviewError, read_review
from sphinxext_revguide.markup.review_merge import (
    StaleDecisionError,
    apply,
    set_options,
    settle,
    strictest,
)
from sphinxext_revguide.model import Issue
from tests.conftest import Book, needs
from tests.host_books import ipynb
from tests.review_texts import MYST, by, issues, review, run

NewBook = Callable[..., Book]


RST = """\
Guide
=====

.. revision-guide:: g

.. revision-issue:: A title that goes
   on here
   :impact: high
   :note: what was said
     before

   Problem.

.. revision-issue:: Two

   Problem.
"""


def test_decisions_become_options_and_every_other_byte_stays(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    path = book.srcdir / "index.md"
    path.write_bytes(MYST.replace("\n", "\r\n").encode())
    known = issues(book)
    text = review(
        Decision("g-1", known["g-1"].digest, "accept", "Good.\nDo it."),
        Decision("g-2", known["g-2"].digest, "reject", ""),
    )
    before = path.read_bytes()
    assert run(book, text) == 0
    assert path.read_bytes() == before
    shown = capfd.readouterr().out
    assert "-:status: open\r\n+:status: accepted\r\n+:note: Good. Do it.\r\n" in shown
    assert run(book, text, "--write") == 0
    wanted = MYST.replace(":status: open", ":status: accepted\n:note: Good. Do it.")
    wanted = wanted.replace("} Two\n", "} Two\n:status: rejected\n")
    assert path.read_bytes() == wanted.replace("\n", "\r\n").encode()
    again = issues(book)
    assert [issue.status.value for issue in again.values()] == ["accepted", "rejected"]
    assert again["g-1"].note == "Good. Do it."
    # What a reviewer says about an issue does not change it: the review still fits.
    assert run(book, text) == 0


def test_rst_with_titles_and_notes_of_several_lines(new_book: NewBook) -> None:
    book = new_book({"index.rst": RST})
    known = issues(book)
    assert known["g-1"].note == "what was said before"
    text = review(
        Decision("g-1", known["g-1"].digest, "change", "Shorter."),
        Decision("g-2", known["g-2"].digest, "accept", "Yes."),
    )
    assert run(book, text, "--write") == 0
    wanted = RST.replace(
        ":note: what was said\n     before\n",
        ":note: what was said before ¶ Shorter.\n   :status: change-requested\n",
    ).replace(":: Two\n", ":: Two\n   :status: accepted\n   :note: Yes.\n")
    assert (book.srcdir / "index.rst").read_text(encoding="utf-8") == wanted
    again = issues(book)
    assert [again["g-1"].note, again["g-2"].note] == ["what was said before ¶ Shorter.", "Yes."]


def test_options_in_yaml(new_book: NewBook) -> None:
    page = MYST.replace(":impact: high\n:status: open", "---\nimpact: high\nstatus: open\n---")
    book = new_book({"index.md": page})
    digest = issues(book)["g-1"].digest
    assert run(book, review(Decision("g-1", digest, "reject", "No.")), "--write") == 0
    wanted = page.replace("status: open\n", "status: rejected\nnote: No.\n")
    assert (book.srcdir / "index.md").read_text(encoding="utf-8") == wanted
    assert issues(book)["g-1"].note == "No."


def test_what_no_longer_fits_is_refused(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    digest = issues(book)["g-1"].digest
    book.write("index.md", MYST.replace("Problem.\n\n```{before", "Another.\n\n```{before"))
    changed = (book.srcdir / "index.md").read_bytes()
    text = review(Decision("g-1", digest, "accept", ""), Decision("g-9", "x", "accept", ""))
    assert run(book, text, "--write") == 1
    reported = capfd.readouterr().err
    assert "index.md:6: g-1: refused: it has changed since the review" in reported
    assert "g-9: refused: no guide has this issue" in reported
    assert (book.srcdir / "index.md").read_bytes() == changed


def test_the_note_is_shown_as_text(new_book: NewBook) -> None:
    page = MYST.replace(":status: open", ":note: Too *long*, <b>says</b> the editor")
    html = new_book({"index.md": page}).build().read("index.html")
    assert "Too *long*, &lt;b&gt;says&lt;/b&gt; the editor" in html


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("[]", "not a review downloaded"),
        ("{", r"not a review downloaded from a guide's page \(Expecting"),
        ("{}", r"not a review downloaded from a guide's page \(it lacks 'format'"),
        ('{"format": "x"}', "'format' is 'x'"),
        ('{"format": "revguide-review", "version": 9}', "version 9"),
        (review(Decision("a", "b", "burn", "")), "'burn' is not a decision"),
    ],
)
def test_a_file_that_is_not_a_review(text: str, reported: str) -> None:
    with pytest.raises(ReviewError, match=reported):
        read_review(text)


def test_an_issue_of_an_included_file_is_refused() -> None:
    issue = Issue("g", 1, "One", line=1, digest="d")
    with pytest.raises(StaleDecisionError, match="included file"):
        apply("# Guide\n", settle(issue, [Decision("g-1", "d", "accept", "")], strictest))


def test_the_program_says_what_is_not_a_review(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.json"
    file.write_text("no")
    assert main(["review", "apply", str(file), str(tmp_path)]) == 2
    assert "x.json: it is not a review" in capfd.readouterr().err


@pytest.mark.parametrize("named", [[], ["--source", "."], ["."]])
def test_the_book_of_a_review_is_found(
    new_book: Callable[..., Book],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: list[str],
) -> None:
    book = new_book({"index.md": "# Harbour\n"})
    file = tmp_path / "empty.json"
    file.write_text(review())
    monkeypatch.chdir(book.srcdir)
    assert main(["review", "apply", str(file), *named]) == 0


def test_a_refused_decision_is_repeated(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    assert run(book, by("Ann", Decision("g-1", "old", "accept", "Long words."))) == 1
    reported = capfd.readouterr().err
    assert "review its card again (Ann: accept, “Long words.”)" in reported


def test_a_decision_on_a_page_that_is_not_written_is_repeated(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    needs("myst_nb")
    cells = ["# Guide", "```{revision-guide} g\n```", "```{revision-issue} One\n\nWhy.\n```"]
    book = new_book(
        {"index.ipynb": ipynb(*cells)}, conf='extensions = ["myst_nb", "sphinxext_revguide"]'
    )
    digest = issues(book)["g-1"].digest
    capfd.readouterr()
    assert run(book, by("Ann", Decision("g-1", digest, "accept", "Long words."))) == 1
    reported = capfd.readouterr().err
    assert "g-1: refused: its page is a notebook" in reported
    assert "set by hand: :status: accepted :note: Ann: Long words. :reviews: Ann: acc" in reported


@pytest.mark.parametrize("value", ["Ann", "Ann: burn", "Ann: accept yesterday", ":", ";"])
def test_an_option_that_is_not_a_verdict_is_reported(new_book: NewBook, value: str) -> None:
    page = MYST.replace(":status: open", f":reviews: {value}")
    [reported] = [
        build_warning
        for build_warning in new_book({"index.md": page}).build("dummy").warnings
        if build_warning.line == 8
    ]
    assert reported.path == "index.md"
    assert "option ':reviews:' is ignored" in reported.text
    assert "write 'Ann: accept 2026-05-01'" in reported.text


def test_a_verdict_does_not_change_what_the_issue_says(new_book: NewBook) -> None:
    plain = issues(new_book({"index.md": MYST}))["g-1"].digest
    page = MYST.replace(":status: open", ":reviews: Ann: accept")
    assert issues(new_book({"index.md": page}))["g-1"].digest == plain


def test_an_issue_below_the_end_of_its_page_is_refused() -> None:
    for line in (0, 2, 3):
        with pytest.raises(StaleDecisionError, match="does not open it"):
            set_options("# Guide\n", Issue("g", 1, "T", line=line), {})


def test_an_issue_on_the_first_line_of_its_page_is_settled() -> None:
    page = "```{revision-issue} T\n\nText.\n```\n"
    settled = set_options(page, Issue("g", 1, "T", line=1), {"status": "accepted"})
    assert settled.startswith("```{revision-issue} T\n:status: accepted\n")
