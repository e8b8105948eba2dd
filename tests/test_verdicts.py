"""Verdicts: what somebody judged to be no finding stays silent, and the record survives people."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sphinxext_revguide.book.derived.verdicts import (
    VERDICT_FILE,
    VerdictError,
    VerdictFile,
    read_verdicts,
    record_verdicts,
    verdict_on,
    verdict_state,
)
from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.read_book import read_book
from sphinxext_revguide.model import Finding
from tests.baselines import CHANGES, CRANE, FLAG, GANGWAY, INDEX, KIND
from tests.conftest import CONF, Book
from tests.judging import verdict

NewBook = Callable[..., Book]
REASON = "The three marshals wrote it themselves"


def dismiss(book: Book, docname: str, verdict: str = "no-finding") -> Finding:
    """Record a verdict on the finding of a page."""
    read = read_book(book.srcdir, book.srcdir)
    [finding] = [finding for finding in read.findings if finding.docname == docname]
    one = verdict_on(finding, verdict, REASON, by="Ada", date="2027-01-31")
    record_verdicts(book.srcdir / VERDICT_FILE, [one], read.verdict_state)
    return finding


def findings(book: Book) -> dict[str, dict[str, Any]]:
    report = json.loads(book.build("revguide").read("revguide.json"))
    return {entry["docname"]: entry for entry in report["findings"]}


@pytest.fixture
def book(new_book: NewBook) -> Book:
    """A book with two findings, of which that of the harbour is dismissed."""
    book = new_book({
        "index.md": INDEX, "harbour.md": f"# Harbour\n\nText.\n\n{GANGWAY}",
        "docks.md": f"# Docks\n\nText.\n\n{CRANE}",
    })  # fmt: skip
    book.write("conf.py", FLAG)
    assert book.build().types() == [KIND, KIND]
    dismiss(book, "harbour")
    return book


def test_what_is_dismissed_gives_no_warning_and_stays_in_the_report(book: Book) -> None:
    [reported] = book.build().warnings
    assert (reported.path, reported.type) == ("docks.md", KIND)
    found = findings(book)
    assert found["harbour"]["flagged"] is False
    assert found["harbour"]["verdict"] == {
        "verdict": "no-finding", "reason": REASON, "by": "Ada", "date": "2027-01-31",
    }  # fmt: skip
    assert found["docks"]["flagged"] is True
    assert found["docks"]["verdict"] is None


def test_a_page_shows_no_mark_any_more(book: Book) -> None:
    (book.srcdir / VERDICT_FILE).rename(book.srcdir / "aside")
    report = json.loads(book.build("revguide").read("revguide.json"))
    mark, other = (f'id="revguide-{entry["fingerprint"]}"' for entry in report["findings"][::-1])
    assert mark in book.build().read("harbour.html")
    (book.srcdir / "aside").rename(book.srcdir / VERDICT_FILE)
    built = book.build()
    assert mark not in built.read("harbour.html")
    assert other in built.read("docks.html")


def test_sarif_keeps_it_as_suppressed(book: Book) -> None:
    sarif = book.build("revguide", revguide_reports=["sarif"]).read("revguide.sarif")
    suppressed = {
        load["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: load["suppressions"]
        for load in json.loads(sarif)["runs"][0]["results"]
    }
    assert suppressed == {
        "harbour.md": [{"kind": "external", "status": "accepted", "justification": REASON}],
        "docks.md": [],
    }


@pytest.mark.parametrize("change", CHANGES)
def test_a_verdict_survives_small_edits(book: Book, change: str) -> None:
    CHANGES[change](book)
    [reported] = book.build().warnings
    assert (reported.path, reported.type) == ("docks.md", KIND)


def test_a_verdict_that_it_is_a_finding_keeps_the_warning(book: Book) -> None:
    dismiss(book, "harbour", "finding")
    assert book.build().types() == [KIND, KIND]
    assert findings(book)["harbour"]["verdict"]["verdict"] == "finding"


def test_a_new_verdict_replaces_the_one_on_the_words_of_before(book: Book) -> None:
    CHANGES["words of the passage"](book)
    dismiss(book, "harbour", "finding")
    [one] = read_verdicts(book.srcdir / VERDICT_FILE).verdicts
    assert one.verdict == "finding"


def test_a_verdict_that_fits_nothing_is_reported(book: Book) -> None:
    book.write("harbour.md", "# Harbour\n\nText.\n")
    name = read_verdicts(book.srcdir / VERDICT_FILE).verdicts[0].fingerprint
    reported = [
        build_warning
        for build_warning in book.build().warnings
        if build_warning.type == "revguide.verdict"
    ]
    assert [(build_warning.path, build_warning.line) for build_warning in reported] == [
        (VERDICT_FILE, 2)
    ]
    assert "readiness-checklist in harbour, under “Opening readiness”" in reported[0].text
    assert f"verdict --remove {name}" in reported[0].text


def test_parallel_builds_say_the_same(book: Book) -> None:
    assert book.build(freshenv=True, parallel=4).warnings == book.build(freshenv=True).warnings


@pytest.mark.parametrize(
    ("value", "reported"),
    [
        ("../elsewhere.json", "outside the source directory"),
        ("elsewhere.json", "which does not exist"),
    ],
)
def test_another_file_is_one_inside_that_exists(
    new_book: NewBook, value: str, reported: str
) -> None:
    book = new_book({"index.md": "# Book\n"}, conf=f"revguide_verdicts = {value!r}\n")
    [one] = book.build().warnings
    assert reported in one.text
    assert one.type == "revguide.verdict"


def test_verdicts_can_be_switched_off(book: Book) -> None:
    assert book.build(revguide_verdicts="").types() == [KIND, KIND]


def test_an_entry_written_by_hand_needs_no_more_than_three_fields(book: Book) -> None:
    [one] = read_verdicts(book.srcdir / VERDICT_FILE).verdicts
    entry = {"fingerprint": one.fingerprint, "verdict": "no-finding", "reason": "x"}
    (book.srcdir / VERDICT_FILE).write_text(json.dumps([entry]), "utf-8")
    assert [reported.path for reported in book.build().warnings] == ["docks.md"]


@pytest.mark.parametrize("name", ["missing", "folder"])
def test_a_file_that_cannot_be_read_ends_no_build(new_book: NewBook, name: str) -> None:
    book = new_book({"index.md": "# Book\n"})
    book.write("conf.py", CONF)
    if name == "folder":
        (book.srcdir / VERDICT_FILE).mkdir()
    reported = [(warning.type, warning.line) for warning in book.build().warnings]
    assert reported == ([] if name == "missing" else [("revguide.verdict", 1)])


@pytest.mark.parametrize(("judged", "reason"), [("maybe", "x"), ("no-finding", " \n")])
def test_a_verdict_is_one_of_two_and_has_a_reason(judged: str, reason: str) -> None:
    with pytest.raises(VerdictError):
        verdict_on(Finding("p", "d", fingerprint="aa"), judged, reason)


def test_a_verdict_on_earlier_words_takes_no_finding_from_another() -> None:
    fields: dict[str, Any] = {"pattern": "p", "section": "Pier", "content": "c"}
    here = Finding(docname="harbour", fingerprint="aa", **fields)
    own, earlier = (verdict("aa", verdict="finding", **fields), verdict("bb", **fields))
    state = verdict_state(VerdictFile(verdicts=(own, earlier)), [here], ["harbour"], bool)
    assert (state.fitting, state.unused) == ({"aa": own}, (earlier,))
    state = verdict_state(VerdictFile(verdicts=(earlier,)), [here], ["harbour"], bool)
    assert (state.fitting, state.unused) == ({"aa": earlier}, ())


@pytest.fixture
def copied(new_book: NewBook) -> Book:
    """A book with a passage that two pages contain; that of the docks is dismissed."""
    book = new_book({
        "index.md": INDEX, "docks.md": f"# Docks\n\nText.\n\n{GANGWAY}",
        "harbour.md": f"# Harbour\n\nText.\n\n{GANGWAY.replace('Opening', 'Final')}",
    })  # fmt: skip
    book.write("conf.py", FLAG)
    dismiss(book, "docks")
    return book


def reported_in(book: Book) -> list[str]:
    return [reported.path for reported in book.build().warnings]


def test_a_verdict_stays_with_its_passage_if_an_equal_one_is_added_before_it(copied: Book) -> None:
    assert reported_in(copied) == ["harbour.md"]
    copied.write("basin.md", f"# Basin\n\nText.\n\n{GANGWAY.replace('Opening', 'First')}")
    assert reported_in(copied) == ["basin.md", "harbour.md"]


def test_a_new_verdict_replaces_none_on_an_equal_passage(copied: Book) -> None:
    copied.write("basin.md", f"# Basin\n\nText.\n\n{GANGWAY.replace('Opening', 'First')}")
    dismiss(copied, "basin")
    assert reported_in(copied) == ["harbour.md"]
    dismiss(copied, "harbour")
    assert reported_in(copied) == []


def test_each_of_two_equal_passages_keeps_its_verdict_if_the_other_is_removed(copied: Book) -> None:
    dismiss(copied, "harbour", "finding")
    assert reported_in(copied) == ["harbour.md"]
    copied.write("docks.md", "# Docks\n\nText.\n")
    harbour, verdict = copied.build().warnings
    assert harbour.path == "harbour.md"
    assert (verdict.path, verdict.line) == (VERDICT_FILE, 2)
    assert "verdict on readiness-checklist in docks" in verdict.text
    assert verdict.text.endswith("'sphinx-revguide verdict --prune'")
    assert main(["verdict", "--prune", "--source", str(copied.srcdir)]) == 0
    assert reported_in(copied) == ["harbour.md"]


def test_each_of_two_equal_passages_of_a_page_keeps_its_verdict(copied: Book) -> None:
    two = f"{GANGWAY}\n{GANGWAY.replace('Opening', 'Final')}"
    copied.write("docks.md", f"# Docks\n\nText.\n\n{two}")
    read = read_book(copied.srcdir, copied.srcdir)
    second = next(one for one in read.findings if "Final" in one.section and one.docname == "docks")
    record_verdicts(
        copied.srcdir / VERDICT_FILE, [verdict_on(second, "finding", REASON)], read.verdict_state
    )
    copied.write("docks.md", f"# Docks\n\nText.\n\n## Final{two.partition('## Final')[2]}")
    assert [path for path in reported_in(copied) if path == "docks.md"] == ["docks.md"]
    copied.write("docks.md", f"# Docks\n\nText.\n\n{two.replace('Final', 'Last')}")
    [line] = [reported.line for reported in copied.build().warnings if reported.path == "docks.md"]
    assert line > len(GANGWAY.splitlines())


def test_only_the_verdict_on_the_named_one_of_two_equal_passages_is_removed(
    copied: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    copied.write("basin.md", f"# Basin\n\nText.\n\n{GANGWAY.replace('Opening', 'First')}")
    names = {docname: entry["fingerprint"] for docname, entry in findings(copied).items()}
    command = ["verdict", "--remove", "--source", str(copied.srcdir)]
    assert main([*command, names["basin"]]) == 2
    assert "no verdict is recorded for this finding" in capsys.readouterr().err
    assert main([*command, names["docks"]]) == 0
    assert reported_in(copied) == ["basin.md", "docks.md", "harbour.md"]


def test_a_reason_of_blanks_is_none(book: Book) -> None:
    path = book.srcdir / VERDICT_FILE
    path.write_text(path.read_text("utf-8").replace(REASON, "  "), "utf-8")
    assert book.build().types() == [KIND, KIND, "revguide.verdict"]
