"""Layouts of guides: callouts, exports, nested lists, definitions, capitals, tables, changes."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, print_myst
from sphinxext_revguide.model import Impact
from tests.gate_guide import CALLOUT, NEW, OLD, TITLES, check_gate_guide, gate_guide, read_placed
from tests.importing import pairs_of

NESTED_CALLOUT = """\
> [!bug]- {title}
> **Impact:** {impact}
> **Count:** {count} times
> **Time:** {time}
>
> Who does it?
>
> > [!failure]
> > {old}
>
> > [!success]
> > {new}
>
> **Why:** Readers want a person."""
MKDOCS = """\
!!! bug "{title}"
    **Impact:** {impact}
    **Count:** {count} times
    **Time:** {time}

    Who does it?

!!! quote "Before"
    {old}

!!! success "After"
    {new}

**Why:** Readers want a person."""


@pytest.mark.parametrize("form", [CALLOUT, NESTED_CALLOUT, MKDOCS])
def test_callouts_are_issues_and_their_parts(form: str) -> None:
    guide = read_placed(f"# Notes\n\n{gate_guide(form)}\n")
    check_gate_guide(guide)


def test_callouts_that_list_what_must_stay() -> None:
    text = f"# Notes\n\n{gate_guide(CALLOUT)}\n\n> [!tip] Please keep\n> - The bell in the fog\n"
    assert [lock.text for lock in read_placed(text).locks] == ["The bell in the fog"]


def test_another_callout_stays_a_quotation() -> None:
    guide = read_placed(f"# Notes\n\n> [!info] Read this\n> Two points.\n\n{gate_guide(CALLOUT)}\n")
    assert "> \\[!info] Read this" in print_myst(guide)


NESTED = """\
{n}. **{title}** [{impact}]
    - freq: {count} times
    - prob: Who does it?
    - old: "{old}"
    - new:
        - "{new}"
    - why: Readers want a person.
    - est: {time}
"""
QUESTIONS = """\
- **{title}**
  - How bad? {impact}
  - How many? {count} times
  - What goes wrong: Who does it?
  - Now it says:
    > {old}
  - It might say:
    > {new}
  - So that: Readers want a person.
  - Give it {time}."""


@pytest.mark.parametrize(("form", "joint"), [(NESTED, "\n"), (QUESTIONS, "\n")])
def test_nested_lists_with_labels_are_issues(form: str, joint: str) -> None:
    check_gate_guide(read_placed(f"# Notes\n\n## Points\n\n{gate_guide(form, joint)}\n"))


def test_a_fence_below_a_label_in_a_nested_list() -> None:
    form = (
        "- **{title}**\n  - Old:\n\n    ```\n    {old}\n    ```\n"
        "  - New:\n\n    ```\n    {new}\n    ```"
    )
    assert pairs_of(read_placed(f"# N\n\n## P\n\n{gate_guide(form, chr(10))}\n")) == list(
        zip(OLD, NEW, strict=True)
    )


DEFINITIONS = """\
## Finding {n} -- {title}

Level of concern
: {impact}

Seen
: {count} times

Hours
: {time}

Who does it?

Original passage
: {old}

Revised passage
: {new}

Reader's gain
: Readers want a person."""


def test_terms_with_definitions_are_labels() -> None:
    check_gate_guide(read_placed(f"# Notes\n\n{gate_guide(DEFINITIONS)}\n"))


CAPITALS = """\
PROBLEM {n}: {title}
Rating: {impact}
Tally: {count} times
Reckon with: {time}

Who does it?

MANUSCRIPT:
"{old}"

MY VERSION:
"{new}"

GROUNDS: Readers want a person."""


def test_lines_in_capitals_are_headings_where_there_are_no_others() -> None:
    text = gate_guide(CAPITALS).replace("Nobody acts", "NOBODY ACTS")
    text = text.replace("Still nobody", "STILL NOBODY")
    guide = read_placed(f"MEMORANDUM\n\n{text}\n\nPROTECT\n- The bell in the fog\n")
    assert guide.guide.title == "Memorandum"
    assert [lock.text for lock in guide.locks] == ["The bell in the fog"]
    _all_right_but_case(guide)


def _all_right_but_case(guide: ImportedGuide) -> None:
    assert [one.issue.title.capitalize() for one in guide.issues] == TITLES
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [one.issue.frequency for one in guide.issues] == ["4 times", "2 times"]


def test_an_overview_calls_its_columns_as_it_likes() -> None:
    table = (
        "| No. | What is wrong | Severity | How often | Time needed |\n|---|---|---|---|---|\n"
        "| 1 | Nobody acts | Major | 4 times | 30 min |\n"
        "| 2 | Still nobody | Minor | 2 times | 1 h |\n"
    )
    form = (
        "### {n}. {title}\n\nWho does it?\n\n**As printed**\n\n> {old}\n\n**My suggestion**\n\n"
        "> {new}\n\n**Why bother:** Readers want a person."
    )
    check_gate_guide(read_placed(f"# Notes\n\n{table}\n## Details\n\n{gate_guide(form)}\n"))


def test_each_row_of_passages_is_a_pair() -> None:
    rows = "\n".join(f"| {old} | {new} |" for old, new in zip(OLD, NEW, strict=True))
    guide = read_placed(f"# N\n\n### Issue 1: A\n\n| Now | Instead |\n|---|---|\n{rows}\n")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    assert [pair.before.line for pair in guide.issues[0].issue.pairs if pair.before] == [7, 8]


@pytest.mark.parametrize(
    "passage",
    [
        "The gate ~~is opened by~~ **opens for** Berta.",
        "> The gate ~~is opened by~~ ++opens for++ Berta.",
        "The gate {~~is opened by~>opens for~~} Berta.",
        "The gate {--is opened by--}{++opens for++} Berta.",
    ],
)
def test_a_passage_with_its_changes_marked_is_a_pair(passage: str) -> None:
    guide = read_placed(
        f"# N\n\n### Issue 1: A\n\nWho?\n\n{passage}\n\n### Issue 2: B\n\n{passage}\n"
    )
    pair = ("The gate is opened by Berta.", "The gate opens for Berta.")
    assert pairs_of(guide) == [pair, pair]


def test_fields_in_brackets_behind_a_bold_head() -> None:
    form = (
        "**Note {n} -- {title}** ({impact}; {count} times; {time})\n\nWho does it?\n\n"
        '*Your text:* "{old}"\n\n*Suggested:* "{new}"\n\n*Reasoning:* Readers want a person.'
    )
    check_gate_guide(read_placed(f"# Notes\n\n{gate_guide(form)}\n"))


def test_headings_that_count_in_words() -> None:
    form = "## {n}: {title}\n\nWho does it?\n\nYou write:\n\n> {old}\n\nI would write:\n\n> {new}"
    text = gate_guide(form).replace("## 1", "## First").replace("## 2", "## Second")
    guide = read_placed(f"Dear Jana,\n\nthanks.\n\n{text}\n")
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [
        (1, "Nobody acts"), (2, "Still nobody"),
    ]  # fmt: skip
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


@pytest.mark.parametrize("head", ["# | Issue", "Rank | Item", "Sequence | Matter", "Item | Topic"])
@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_headings_of_a_number_alone_are_called_by_the_overview(
    head: str, order: tuple[int, ...]
) -> None:
    rows = {
        1: "| 1 | Nobody acts | high | 4 times | 30 min |\n",
        2: "| 2 | Still nobody | low | 2 times | 1 h |\n",
    }
    table = f"| {head} | P | freq | time |\n|---|---|---|---|---|\n"
    table += "".join(rows[number] for number in order)
    form = (
        "### #{n}\n\nWho does it?\n\n**Was:**\n\n> {old}\n\n**Now:**\n\n> {new}\n\n"
        "*Why:* Readers want a person."
    )
    check_gate_guide(read_placed(f"# Notes\n\n{table}\n## Details\n\n{gate_guide(form)}\n"))


@pytest.mark.parametrize(
    ("before", "after"), [("BEFORE", "AFTER"), ("Before:", "After:"), ("Original", "Revised")]
)
def test_a_word_alone_above_a_passage_is_its_label(before: str, after: str) -> None:
    form = (
        "### Issue {n}: {title}\n\n**Impact:** {impact}\n\nWho does it?\n\n"
        f"{before}\n\n{{old}}\n\n{after}\n\n{{new}}"
    )
    guide = read_placed(f"# Notes\n\n{gate_guide(form)}\n")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))


def test_a_word_alone_of_one_side_begins_a_text() -> None:
    samples = f"**BEFORE:** {OLD[0]}\n\n**AFTER:** {NEW[0]}"
    text = f"# Notes\n\n### Issue 1: Gates\n\nIt was so.\n\nNow\n\nit is shut.\n\n{samples}\n"
    guide = read_placed(text)
    assert pairs_of(guide) == [(OLD[0], NEW[0])]
    assert "It was so.\n\nNow\n\nit is shut." in print_myst(guide)


@pytest.mark.parametrize("keys", [("5-A", "5-B"), ("A-1", "A-2")])
@pytest.mark.parametrize("mark", ["", "☐ "])
def test_an_overview_lists_issues_by_their_keys(keys: tuple[str, str], mark: str) -> None:
    table = (
        "| Box | What to mend | Weight | Seen | Your time |\n|---|---|---|---|---|\n"
        f"| {keys[0]} | Nobody acts | high | 4 times | 30 min |\n"
        f"| {keys[1]} | Still nobody | low | 2 times | 1 h |\n"
    )
    form = (
        f"## {mark}@{{n}} {{title}}\n\nWho does it?\n\n"
        "*For your reader:* Readers want a person.\n\n"
        "**Was:**\n\n> {old}\n\n**Now:**\n\n> {new}"
    )
    notes = gate_guide(form).replace("@1", keys[0]).replace("@2", keys[1])
    check_gate_guide(read_placed(f"# Notes\n\n## Overview\n\n{table}\n{notes}\n"))


EDITS = """\
    {n}. **{title}**
        * damage: {impact}
        * where: {count} times
        * diagnosis: Who does it?
        * edit:
            * The gate ~~is opened by us~~ <ins>opens for Berta</ins> at six.
        * rationale: Readers want a person.
        * time: {time}"""


def test_a_guide_that_is_one_nested_list() -> None:
    text = (
        "# Notes\n\n* **Overview**\n    * Strong.\n\n* **Items**\n"
        + gate_guide(EDITS, "\n")
        + "\n\n* **Untouchable**\n    * The bell\n"
    )
    guide = read_placed(text)
    assert [one.issue.title for one in guide.issues] == TITLES
    assert (
        pairs_of(guide)
        == [("The gate is opened by us at six.", "The gate opens for Berta at six.")] * 2
    )
    assert [one.issue.effort for one in guide.issues] == [Span(0.5, 0.5), Span(1, 1)]
    assert [one.why for one in guide.issues] == ["Readers want a person."] * 2
    assert [lock.text for lock in guide.locks] == ["The bell"]


def test_sentences_that_are_fields() -> None:
    form = (
        "### {n}. {title}\n\nBig problem. Four pages. Who does it?\n\n"
        "| now | instead |\n|---|---|\n"
        "| {old} | {new} |\n\nAllow an hour."
    )
    guide = read_placed(f"# Notes\n\n{gate_guide(form)}\n")
    assert pairs_of(guide) == list(zip(OLD, NEW, strict=True))
    for one in guide.issues:
        assert (one.issue.impact, one.issue.effort) == (Impact.HIGH, Span(1, 1))
        assert (one.issue.frequency, one.why) == ("Four pages", "")
