"""Several reviews of one guide: what they agree on, and what decides where they do not."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sphinxext_revguide.markup.review_file import Decision
from sphinxext_revguide.model import Review, Status, Verdict
from tests.conftest import Book
from tests.review_texts import MYST, by, issues, review, run, run_all

NewBook = Callable[..., Book]


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
    assert "index.md:6: g-1: its status stays open because reviewers disagree" in reported.err
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
    assert (
        "its status does not change: the guide has a later verdict by Ann" in capfd.readouterr().err
    )
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
    assert "g-1: its status changes from applied to change-requested" in capfd.readouterr().err
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
    assert "review (1).json: left out because it is the same review as " in err
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
