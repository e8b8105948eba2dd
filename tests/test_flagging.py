"""Which findings are flagged, in which order, and under which fingerprints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxext_revguide.book.derived.budgets import overused
from sphinxext_revguide.book.derived.flagging import (
    flagged,
    once_a_term,
    requested_patterns,
    with_unique_fingerprints,
)
from sphinxext_revguide.model import Finding, Issue, Limit, Status


def finding(path: str, line: int, pattern: str = "vague", fingerprint: str = "") -> Finding:
    name = fingerprint or f"{path}-{line}-{pattern}"
    return Finding(pattern, path.removesuffix(".md"), path, line, fingerprint=name)


def test_flagged_findings_are_in_the_order_of_paths_lines_and_patterns() -> None:
    found = [
        finding("quay.md", 9),
        finding("quay.md", 3, "vague"),
        finding("quay.md", 3, "loud"),
        finding("pier.md", 5),
    ]
    shown = flagged([(one, ()) for one in found], lambda _finding: None)
    assert [(entry.finding.path, entry.finding.line, entry.finding.pattern) for entry in shown] == [
        ("pier.md", 5, "vague"),
        ("quay.md", 3, "loud"),
        ("quay.md", 3, "vague"),
        ("quay.md", 9, "vague"),
    ]


def test_a_finding_that_is_given_twice_is_flagged_once_for_the_last_issues() -> None:
    one = finding("quay.md", 3)
    first, last = Issue("g", 1, "First"), Issue("g", 2, "Last")
    [entry] = flagged([(one, (first,)), (one, (first, last))], lambda _finding: None)
    assert entry.issues == (first, last)


def test_the_first_page_by_name_keeps_the_fingerprint_of_a_repeated_text() -> None:
    same = {
        "quay": [finding("quay.md", 3, fingerprint="f")],
        "pier": [finding("pier.md", 5, fingerprint="f")],
    }
    unique = with_unique_fingerprints(same)
    assert list(unique) == ["pier", "quay"]
    assert unique["pier"][0] is same["pier"][0]
    assert unique["quay"][0].fingerprint not in ("f", "")


def test_overuse_is_reported_at_the_first_use_too_many() -> None:
    issue = Issue("g", 1, "Too often", budget=(("tide", 2),))
    titles = ("Overused term", "Quay")
    places = [("quay.md", 1), ("a.txt", 40), ("quay.md", 4), ("a.txt", 80), ("quay.md", 12)]
    [found] = overused(issue, "quay", titles, {"tide": tuple(places)})
    assert (found.path, found.line, found.end_line) == ("quay.md", 4, 12)
    assert (found.score, found.threshold) == (5, 3)
    [found] = overused(issue, "quay", titles, {"tide": tuple(places[1:4])})
    assert (found.path, found.line, found.end_line) == ("a.txt", 80, 80)
    assert not list(overused(issue, "quay", titles, {"tide": tuple(places[:2])}))


SENSITIVE = Finding("vague", "quay", "quay.md", 3, score=2.0, threshold=1.0, strict=3.0)
STRICT = replace(SENSITIVE, score=4.0)
ISSUE = Issue("g", 1, "Vague", patterns=("loud", "vague"))


@pytest.mark.parametrize(
    ("found", "issue", "requested"),
    [
        (SENSITIVE, ISSUE, True),
        (STRICT, ISSUE, True),
        (SENSITIVE, replace(ISSUE, sensitivity=Limit.STRICT), False),
        (STRICT, replace(ISSUE, sensitivity=Limit.STRICT), True),
        (STRICT, replace(ISSUE, patterns=("loud",)), False),
        (STRICT, replace(ISSUE, status=Status.DEFERRED), False),
        (STRICT, replace(ISSUE, guide="other"), False),
        (replace(STRICT, docname="pier"), ISSUE, False),
    ],
)
def test_an_issue_requests_its_patterns_in_the_chapters_of_its_guide(
    found: Finding, issue: Issue, *, requested: bool
) -> None:
    chapters = {"g": ["quay", "shore"]}
    by_page = {found.docname: [found]}
    asked = list(requested_patterns(by_page, [issue], chapters, frozenset()))
    assert asked == ([(found, (issue,))] if requested else [])


@pytest.mark.parametrize(("everywhere", "counts"), [("*", True), ("vague", True), ("loud", False)])
def test_a_pattern_that_always_counts_must_reach_the_strict_limit(
    everywhere: str, *, counts: bool
) -> None:
    found = {"quay": [SENSITIVE, STRICT]}
    asked = list(requested_patterns(found, [], {}, {everywhere}))
    assert asked == ([(STRICT, ())] if counts else [])


def test_only_an_overused_term_is_replaced_by_a_budget() -> None:
    over = Finding("term-overuse", "quay", "quay.md", 4, section="tide", threshold=3)
    others = [
        (replace(over, pattern="vague"), ()),
        (replace(over, docname="pier"), ()),
        (replace(over, section="mole"), ()),
        (replace(over, line=9), (replace(ISSUE, number=2),)),
    ]
    found = list(once_a_term([(over, (ISSUE,))], others))
    assert found == [*others[:3], (over, (ISSUE, replace(ISSUE, number=2)))]
