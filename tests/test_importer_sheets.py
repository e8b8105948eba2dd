"""Tracking sheets, tickets, logs and lists of errors: a row or a ticket is an issue."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.model import Impact
from tests.importing import accounted, locked, pairs_by_issue, titles

# Tracking sheets

SHEET = """\
# Sheet of chapter 2

| {number} | Para | Issue | Existing text | Revised text | Priority | {effort} | Remarks |
|---|---|---|---|---|---|---|---|
| 1 | 2.1 | The gate | The gate is opened. | Berta opens the gate. | P1 | 30 | She is proud |
| 2 | 2.2 | The bell | (in all sections) | Ring it twice. | P2 | 90 | |
| 3 | 2.3 | The box | The box is red. | Author to say why. | P3 | 5 | |
| | | | | | **Total** | **125** | |

## {locked}

| {number} | Item | Reason |
|---|---|---|
| 1 | The sentence "The tide was early that year." | It is the best one |
| 2 | All times in the table | Checked by Ines |
"""


@pytest.mark.parametrize("number", ["Sl. No.", "S.No", "Sr. No.", "No.", "#", "Ref.", "S/N"])
@pytest.mark.parametrize(
    ("effort", "first"),
    [
        ("Effort (min)", Span(0.5, 0.5)),
        ("Effort (hours)", Span(30, 30)),
        ("Time in minutes", Span(0.5, 0.5)),
    ],
)
def test_the_rows_of_a_tracking_sheet(number: str, effort: str, first: Span) -> None:
    heading = "Not to be changed"
    guide = accounted(SHEET.format(number=number, effort=effort, locked=heading))
    assert titles(guide) == ["The gate", "The bell", "The box"]
    issue = guide.issues[0].issue
    if effort.startswith("Effort"):
        assert (issue.impact, issue.effort) == (Impact.CRITICAL, first)
    assert pairs_by_issue(guide)[0] == [("The gate is opened.", "Berta opens the gate.")]
    instructions = [
        (pair.before.instruction, pair.after.instruction)
        for issue in guide.issues[1:]
        for pair in issue.issue.pairs
        if pair.before and pair.after
    ]
    assert instructions == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "cell", ["Delete the old files first.", "Remove the lid.", "Cut the rope with a knife."]
)
def test_an_order_of_the_book_itself_is_a_text(cell: str) -> None:
    text = SHEET.format(number="No.", effort="Effort (min)", locked="Locked")
    guide = accounted(text.replace("Author to say why.", cell))
    assert pairs_by_issue(guide)[2] == [("The box is red.", cell)]


# What must stay


@pytest.mark.parametrize(
    "heading",
    [
        "Not to be changed",
        "Matters not to be altered",
        "What remains as it is",
        "Please leave alone",
        "Leave exactly as they stand",
        "Passed, hands off",
        "Off limits",
        "Must stand",
        "Don't touch",
    ],
)
def test_a_table_below_a_heading_of_what_must_stay(heading: str) -> None:
    guide = accounted(SHEET.format(number="No.", effort="Effort (min)", locked=heading))
    assert locked(guide) == [
        'The sentence "The tide was early that year." – It is the best one',
        "All times in the table – Checked by Ines",
    ]
    assert guide.locks[0].phrases == ("The tide was early that year.",)


# Tickets, tables of two columns, lists of errors

TICKET = """\
## DOC-{number}: {title}

- **Priority:** High
- **Estimate:** 30m
- **{before}:** "{old}"
- **{after}:** "{new}"

"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As-is", "To-be"),
        ("What you wrote", "What I’d write"),
        ("Text", "How about"),
        ("Now", "Better"),
    ],
)
def test_tickets_keep_their_keys(before: str, after: str) -> None:
    words = {"before": before, "after": after}
    first = TICKET.format(number=11, title="The gate", old="It opens.", new="Berta opens.", **words)
    second = TICKET.format(number=12, title="The bell", old="It rings.", new="Ring it.", **words)
    guide = accounted(f"# Tickets\n\n{first}{second}## Thanks\n\nTo all.\n")
    assert titles(guide) == ["DOC-11: The gate", "DOC-12: The bell"]
    assert pairs_by_issue(guide) == [[("It opens.", "Berta opens.")], [("It rings.", "Ring it.")]]
    assert {issue.issue.effort for issue in guide.issues} == {Span(0.5, 0.5)}


@pytest.mark.parametrize("head", ["| | |", "| Field | Value |", "| Where | p. 4 |"])
@pytest.mark.parametrize(("before", "after"), [("Now", "Better"), ("Current text", "Proposed")])
def test_the_rows_of_a_table_are_labels(head: str, before: str, after: str) -> None:
    rows = f"| {before} | It rings. |\n| {after} | It rings twice. |\n| Time | 10 min |\n"
    guide = accounted(f"# G\n\n## 1. Bell\n\n{head}\n|---|---|\n{rows}\n## Thanks\n\nTo all.\n")
    assert pairs_by_issue(guide) == [[("It rings.", "It rings twice.")]]
    assert guide.issues[0].issue.effort == Span(1 / 6, 1 / 6)


@pytest.mark.parametrize(("before", "after"), [("For", "Read"), ("Delete", "Insert")])
def test_a_list_of_errors_has_no_titles(before: str, after: str) -> None:
    rows = "| 4 | The gate opens. | Berta opens it. |\n| 5 | It rings. | It rings twice. |\n"
    guide = accounted(f"# Errors\n\n| Page | {before} | {after} |\n|---|---|---|\n{rows}")
    assert titles(guide) == ["The gate opens.", "It rings."]
    assert pairs_by_issue(guide) == [
        [("The gate opens.", "Berta opens it.")],
        [("It rings.", "It rings twice.")],
    ]


LOG = """\
# Copyedit log

| {number} | Loc | Original | {after} | {why} | Mins |
|---|---|---|---|---|---|
| {key}1 | p4 | It opens. | Berta opens it. | agency | 5 |
| {key}2 | p5 | — | Add a map. | readers get lost | 60 |

**STET list**

| Loc | Text |
|---|---|
| p1 | The tide |
"""


@pytest.mark.parametrize(
    ("number", "key"), [("Ref", "CE-0"), ("No.", ""), ("Query", "AQ"), ("#", "")]
)
@pytest.mark.parametrize("after", ["Edit", "Revised"])
@pytest.mark.parametrize("why", ["Rationale", "Remarks"])
def test_the_rows_of_a_log(number: str, key: str, after: str, why: str) -> None:
    guide = accounted(LOG.format(number=number, key=key, after=after, why=why))
    called = why == "Rationale"
    first = ["agency", "readers get lost"] if called else ["It opens.", "Add a map."]
    assert titles(guide) == first
    assert pairs_by_issue(guide)[0] == [("It opens.", "Berta opens it.")]
    (added,) = guide.issues[1].issue.pairs
    assert added.before is None or added.before.instruction
    assert guide.issues[1].issue.effort == Span(1, 1)
    assert locked(guide) == ["p1 – The tide"]


@pytest.mark.parametrize(("before", "after"), [("Draft", "Rework"), ("Original", "Turn it into")])
def test_italic_words_above_quotations(before: str, after: str) -> None:
    text = f"*{before}*\n\n> It rings.\n\n*{after}*\n\n> It rings twice.\n"
    guide = accounted(f"# G\n\n## 1 | Bell\n\n{text}\n## Don’t you dare change\n\n- the tide\n")
    assert pairs_by_issue(guide) == [[("It rings.", "It rings twice.")]]
    assert locked(guide) == ["the tide"]
