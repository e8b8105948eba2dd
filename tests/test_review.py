"""A review taken from the built pages is written into the guide, and nothing else is."""

from __future__ import annotations

import json
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
from sphinxext_revguide.model import Issue, Review, Status, Verdict
from tests.conftest import Book

NewBook = Callable[..., Book]

MYST = """\
# Guide

```{revision-guide} g
```

````{revision-issue} One
:impact: high
:status: open

Problem.

```{before-after}
a
+++
b
```
````

````{revision-issue} Two

Problem.
````
"""

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


def review(*decisions: Decision) -> str:
    fields = ("issue", "digest", "decision", "comment")
    said = [{name: getattr(decision, name) for name in fields} for decision in decisions]
    return json.dumps({"format": "revguide-review", "version": 1, "decisions": said})


def issues(book: Book) -> dict[str, Issue]:
    return {issue.id: issue for issue in book.build("dummy").domain.book.issues}


def run(book: Book, text: str, *options: str) -> int:
    file = book.srcdir.parent / "review.json"
    file.write_text(text, encoding="utf-8")
    return main(["review", "apply", str(file), str(book.srcdir), *options])


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


def by(name: str, *decisions: Decision) -> str:
    """Return a review of the present format."""
    said = [
        {
            "issue": decision.issue,
            "digest": decision.digest,
            "decision": decision.decision,
            "comment": decision.comment,
            "date": decision.date,
        }
        for decision in decisions
    ]
    return json.dumps(
        {"format": "revguide-review", "version": 2, "reviewer": name, "decisions": said}
    )


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


def run_all(book: Book, reviews: dict[str, str], *options: str) -> int:
    files = []
    for name, text in reviews.items():
        file = book.srcdir.parent / name
        file.write_text(text, encoding="utf-8")
        files.append(str(file))
    return main(["review", "apply", *files, str(book.srcdir), *options])


@pytest.fixture
def both(new_book: NewBook) -> tuple[Book, dict[str, str]]:
    """A book, and two reviews that agree on one issue and differ on the other."""
    book = new_book({"index.md": MYST})
    one, two = (issues(book)[name].digest for name in ("g-1", "g-2"))
    ann = by(
        "Ann",
        Decision("g-1", one, "accept", "Good.", date="2026-05-02T10:00:00Z"),
        Decision("g-2", two, "change", "", date="2026-05-02T10:01:00Z"),
    )
    ben = by(
        "Ben",
        Decision("g-1", one, "reject", "Not so.", date="2026-05-01T09:00:00.123Z"),
        Decision("g-2", two, "change", "Shorter.", date="2026-05-01T09:01:00Z"),
    )
    return book, {"ann.json": ann, "ben.json": ben}


def test_reviewers_who_disagree_leave_the_status_and_lose_no_word(
    both: tuple[Book, dict[str, str]], capfd: pytest.CaptureFixture[str]
) -> None:
    book, reviews = both
    assert run_all(book, reviews, "--write") == 1
    reported = capfd.readouterr()
    assert "Reviewers disagree on 1 issue:\nissue  Ben     Ann     taken\n" in reported.out
    assert "g-1    reject  accept  none\n" in reported.out
    assert "index.md:6: g-1: its status stays open, because reviewers disagree" in reported.err
    first, second = issues(book).values()
    assert first.status is Status.OPEN
    assert first.note == "Ben: Not so. ¶ Ann: Good."
    assert [str(entry.verdict) for entry in first.reviews] == ["reject", "accept"]
    assert second.status is Status.CHANGE_REQUESTED
    assert second.note == "Ben: Shorter."
    assert second.reviews == (
        Review("Ben", Verdict.CHANGE, "2026-05-01"),
        Review("Ann", Verdict.CHANGE, "2026-05-02"),
    )


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (["--prefer", "ann"], "accepted"),
        (["--prefer", "Cid", "--prefer", "Ben"], "rejected"),
        (["--strict"], "rejected"),
    ],
)
def test_a_rule_decides(
    both: tuple[Book, dict[str, str]],
    capfd: pytest.CaptureFixture[str],
    rule: list[str],
    status: str,
) -> None:
    book, reviews = both
    assert run_all(book, reviews, *rule, "--write") == 0
    reported = capfd.readouterr()
    assert ("--prefer Cid: none of these reviews is by Cid" in reported.err) == ("Cid" in rule)
    assert issues(book)["g-1"].status.value == status
    written = (book.srcdir / "index.md").read_bytes()
    # Applied once more, the same reviews change nothing.
    assert run_all(book, reviews, *rule, "--write") == 0
    assert (book.srcdir / "index.md").read_bytes() == written


def test_a_later_review_overwrites_nothing_in_silence(
    both: tuple[Book, dict[str, str]], capfd: pytest.CaptureFixture[str]
) -> None:
    book, reviews = both
    digest = issues(book)["g-1"].digest
    assert run_all(book, {"ann.json": reviews["ann.json"]}, "--write") == 0
    assert issues(book)["g-1"].status is Status.ACCEPTED
    # Ben's review comes alone, later: what Ann said is in the guide.
    capfd.readouterr()
    assert run_all(book, {"ben.json": reviews["ben.json"]}, "--write") == 1
    assert "g-1    accept  reject  none" in capfd.readouterr().out
    assert issues(book)["g-1"].status is Status.ACCEPTED
    # An old file of Ann's does not bring her old verdict back.
    old = by("Ann", Decision("g-1", digest, "reject", "Hm.", date="2026-04-01"))
    assert run_all(book, {"old.json": old}, "--prefer", "Ann", "--write") == 0
    assert "its status is kept: the guide has a later verdict by Ann" in capfd.readouterr().err
    kept = issues(book)["g-1"]
    assert kept.status is Status.ACCEPTED
    assert kept.note == "Ann: Good. ¶ Ben: Not so. ¶ Ann: Hm."


def test_a_status_that_changes_back_is_reported(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST.replace("status: open", "status: applied")})
    digest = issues(book)["g-1"].digest
    assert run(book, by("Ann", Decision("g-1", digest, "accept", "")), "--write") == 0
    assert issues(book)["g-1"].status is Status.APPLIED
    assert run(book, by("Ann", Decision("g-1", digest, "change", "")), "--write") == 0
    assert "g-1: its status applied becomes change-requested" in capfd.readouterr().err
    assert issues(book)["g-1"].status is Status.CHANGE_REQUESTED


def test_of_several_files_each_has_a_name(new_book: NewBook) -> None:
    book = new_book({"index.md": MYST})
    digest = issues(book)["g-1"].digest
    one = review(Decision("g-1", digest, "accept", "Good."))
    assert run_all(book, {"a: b.json": one, "carla.json": one}, "--write") == 0
    assert issues(book)["g-1"].note == "a b: Good. ¶ carla: Good."
    assert [entry.reviewer for entry in issues(book)["g-1"].reviews] == ["a b", "carla"]


@pytest.mark.parametrize("reviewer", ["Ann", ""])
def test_a_review_that_is_given_twice_is_read_once(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], reviewer: str
) -> None:
    book = new_book({"index.md": MYST})
    one = issues(book)["g-1"]
    quote = {"exact": "Problem.", "prefix": "", "suffix": ""}
    text = json.dumps({
        "format": "revguide-review", "version": 2, "reviewer": reviewer,
        "decisions": [
            {"issue": "g-1", "digest": one.digest, "decision": "accept", "comment": "Good."},
            {"issue": "g-9", "digest": "", "decision": "accept", "comment": "Which?"},
        ],
        "passages": [{"docname": "index", "quote": quote, "comment": "Really?"}],
        "findings": [{"fingerprint": "0" * 16, "docname": "index", "reason": "Quoted."}],
    })  # fmt: skip
    run_all(book, {"review.json": text, "review (1).json": text}, "--write")
    out, err = capsys.readouterr()
    assert "review (1).json: left out, as it is the same review as " in err
    said = out + err
    assert [said.count(words) for words in ("Really?", "Which?", "Quoted.")] == [1, 1, 1]
    assert "reviewers disagree" not in said
    assert f":note: {'Ann: ' * bool(reviewer)}Good.\n" in (book.srcdir / "index.md").read_text()


def test_what_two_versions_of_a_review_say_alike_is_listed_once(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    quote = {"exact": "Problem.", "prefix": "", "suffix": ""}
    first = {
        "format": "revguide-review", "version": 2, "reviewer": "Ann", "decisions": [],
        "passages": [{"docname": "index", "quote": quote, "comment": "Really?"}],
    }  # fmt: skip
    more = [{"docname": "index", "quote": quote, "comment": "And why?"}]
    second = first | {"passages": [*first["passages"], *more]}  # type: ignore[misc]
    run_all(book, {"one.json": json.dumps(first), "two.json": json.dumps(second)})
    out = capsys.readouterr().out
    assert (out.count("Really?"), out.count("And why?")) == (1, 1)


def test_a_preferred_name_that_nobody_has_is_reported_with_those_there_are(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    assert run(book, by("Ann"), "--prefer", "Anne", "--prefer", "Cid") == 0
    err = capsys.readouterr().err
    assert "--prefer Anne: none of these reviews is by Anne; did you mean 'Ann'?\n" in err
    assert "--prefer Cid: none of these reviews is by Cid; they are by Ann\n" in err
    assert err.endswith("0 pages would change\n")


def test_a_refused_decision_is_repeated(
    new_book: NewBook, capfd: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": MYST})
    assert run(book, by("Ann", Decision("g-1", "old", "accept", "Long words."))) == 1
    reported = capfd.readouterr().err
    assert "review its card again (Ann: accept, “Long words.”)" in reported


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
