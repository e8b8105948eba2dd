"""Guides as editors of other houses make them: other headings, labels, fields and lists."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.importer import print_myst
from sphinxext_revguide.importer.recognise.lines import without_bullet
from sphinxext_revguide.model import Impact
from tests.importing import SAMPLES, pairs_of, read, reported

# How issues are called


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("### 1. Bells", "### 2. Horns"),
        ("### 1) Bells", "### 2) Horns"),
        ("### #1 Bells", "### #2 Horns"),
        ("### 1 – Bells", "### 2 – Horns"),
        ("### No. 1: Bells", "### No. 2: Horns"),
        ("### 1️⃣ Bells", "### 2️⃣ Horns"),
        ("### I. Bells", "### II. Horns"),
        ("### A. Bells", "### B. Horns"),
        ("### One: Bells", "### Two: Horns"),
        ("### One – Bells", "### Two – Horns"),
        ("**1. Bells**", "**2. Horns**"),
        ("### Problem 1: Bells", "### Problem 2: Horns"),
        ("### Recommendation #1: Bells", "### Recommendation #2: Horns"),
        ("### Issue One: Bells", "### Issue Two: Horns"),
        ("### Issue I: Bells", "### Issue II: Horns"),
        ("### 🎯 Issue 1: Bells", "### 🎯 Issue 2: Horns"),
        ("### Issue No. 1: Bells", "### Issue No. 2: Horns"),
        ("### Issue 1 of 2: Bells", "### Issue 2 of 2: Horns"),
        ("### Issue 1 | Bells", "### Issue 2 | Horns"),
        ("### ~~Issue 1: Bells~~", "### Issue 2: Horns {#horns}"),
        ("Issue 1: Bells\n--------------", "Issue 2: Horns\n--------------"),
        ("### Bells", "### Horns"),
    ],
)
def test_headings_of_issues(first: str, second: str) -> None:
    guide = read(f"# Guide\n\n{first}\n\n{SAMPLES}\n{second}\n\n{SAMPLES}")
    assert [(issue.issue.number, issue.issue.title) for issue in guide.issues] == [
        (1, "Bells"),
        (2, "Horns"),
    ]
    assert pairs_of(guide) == [("old", "new")] * 2
    assert guide.problems == ()


@pytest.mark.parametrize("mark", [".", "-"])
def test_a_letter_and_a_number_are_no_part_of_a_title(mark: str) -> None:
    text = f"# Guide\n\n### B{mark}1 Bells\n\n{SAMPLES}\n### B{mark}2 Horns\n\n{SAMPLES}"
    assert [one.issue.title for one in read(text).issues] == ["Bells", "Horns"]


@pytest.mark.parametrize("title", ["(HIGH): Bells", "[High] Bells", ": Bells (high impact)"])
def test_an_impact_in_a_heading(title: str) -> None:
    issue = read(f"### Issue 1 {title}\n\n{SAMPLES}").issues[0].issue
    assert (issue.impact, issue.title) == (Impact.HIGH, "Bells")


def test_an_impact_of_its_own_leaves_the_title_alone() -> None:
    issue = read(f"### Issue 1: Bells (low)\n\n**Impact:** high\n\n{SAMPLES}").issues[0].issue
    assert (issue.impact, issue.title) == (Impact.HIGH, "Bells (low)")


def test_a_numbered_section_without_samples_is_none() -> None:
    guide = read(f"## 1. How to read this\n\nSlowly.\n\n## 2. Bells\n\n{SAMPLES}\n## 3. Thanks\n")
    assert [issue.issue.title for issue in guide.issues] == ["Bells"]


def test_an_issue_without_samples_counts_on() -> None:
    text = f"## 1. Bells\n\n{SAMPLES}\n## 2. Horns\n\n**Impact:** low\n\nLouder ones.\n"
    guide = read(text)
    assert [issue.issue.title for issue in guide.issues] == ["Bells", "Horns"]
    assert reported(guide, text.split("\n").index("## 2. Horns") + 1) == [
        "issue 2 has no sample; add a BEFORE and an AFTER"
    ]


def test_what_is_called_otherwise_is_reported() -> None:
    text = f"# G\n\n### **1. Bells**\n\n{SAMPLES}\n### Issue 3: Horns\n\n{SAMPLES}"
    guide = read(text)
    assert [issue.issue.title for issue in guide.issues] == ["Horns"]
    assert "contains a BEFORE and an AFTER but was not read as an issue" in reported(guide, 3)[0]
    line = text.split("\n").index("### Issue 3: Horns") + 1
    assert "no issue with a number from 1 to 2 was found" in reported(guide, line)[0]


def test_two_issues_in_one_heading() -> None:
    heads = ("### Issue 1: A", "### Issues 2 & 3: Both", "### Issue 4: D")
    guide = read("\n".join(f"{head}\n\n{SAMPLES}" for head in heads))
    assert [(issue.issue.number, issue.issue.title) for issue in guide.issues] == [
        (1, "A"), (2, "Both"), (4, "D"),
    ]  # fmt: skip
    assert "no issue with number 3 was found" in guide.problems[0].message


ITEM = """\
{mark} **{title}** — Impact: High; Effort: 2 h

   Problem: They ring.

   **Before:**

   ```
   old
     bells
   ```

   **After:**

   ```
   new
   ```
"""


@pytest.mark.parametrize("marks", [("1.", "2."), ("- ", "- "), ("3)", "4)")])
def test_issues_that_are_items_of_a_list(marks: tuple[str, str]) -> None:
    items = [ITEM.format(mark=mark, title=title) for mark, title in zip(marks, "AB", strict=True)]
    guide = read("# Guide\n\n## Ranked\n\n" + "\n".join(items) + "\n## Locked\n\n- a bell\n")
    assert [(issue.issue.number, issue.issue.title) for issue in guide.issues] == [
        (1, "A"),
        (2, "B"),
    ]
    assert pairs_of(guide) == [("old\n  bells", "new")] * 2
    assert {(issue.issue.impact, issue.issue.effort) for issue in guide.issues} == {
        (Impact.HIGH, Span(2, 2))
    }
    assert [lock.text for lock in guide.locks] == ["a bell"]


def test_a_list_of_samples_has_no_issues_for_items() -> None:
    guide = read(f"### Issue 1: A\n\n{SAMPLES}\n1. **Before:** a\n2. **After:** b\n")
    assert len(guide.issues) == 1
    assert pairs_of(guide) == [("old", "new"), ("a", "b")]


def test_provenance_keeps_an_underlined_heading_as_a_comment() -> None:
    guide = read(f"Issue 1: Bells\n--------------\n\n{SAMPLES}")
    page = print_myst(guide, provenance=True)
    assert "% Issue 1: Bells\n% --------------\n" in page


# Fields


@pytest.mark.parametrize(
    "fields",
    [
        "- **Impact:** High\n- **Frequency:** 12 places\n- **Reduction:** 10%\n- **Time:** 2 h",
        "- Impact: High\n- Frequency: 12 places\n- Reduction: 10 percent\n- Time: 2 h",
        "Impact: High | Frequency: 12 places | Reduction: 10% | Time: 2 h",
        "**Impact: High | Frequency: 12 places | Reduction: 10% | Time: 2 h**",
        "*Impact:* High · *Frequency:* 12 places · *Reduction:* 10% · *Time:* two hours",
        "_Impact:_ High. _Frequency:_ 12 places. _Reduction:_ 10%. _Time:_ 2 h",
        "| Field | Value |\n|---|---|\n| Impact | High |\n| Frequency | 12 places |\n"
        "| Reduction | 10% |\n| Time | 2 h |",
        "| Impact | Frequency | Reduction | Time |\n|---|---|---|---|\n"
        "| High | 12 places | 10% | 2 h |",
    ],
)  # fmt: skip
def test_fields_of_an_issue(fields: str) -> None:
    issue = read(f"### Issue 1: Bells\n\n{fields}\n\n{SAMPLES}").issues[0].issue
    assert issue.impact is Impact.HIGH
    assert issue.frequency.rstrip(".") == "12 places"
    assert (issue.reduction, issue.effort) == (Reduction(10, 10), Span(2, 2))


@pytest.mark.parametrize(
    ("line", "text"), [("- a - b", "a - b"), (" 2) a", "a"), ("a - b", "a - b"), ("-", "")]
)
def test_only_the_mark_of_an_item_is_taken_off(line: str, text: str) -> None:
    assert without_bullet(line) == text


def test_an_impact_with_its_reason() -> None:
    guide = read(f"### Issue 1: Bells\n\n**Impact:** High – readers leave here\n\n{SAMPLES}")
    assert guide.issues[0].issue.impact is Impact.HIGH
    assert "readers leave here" in print_myst(guide)
    assert guide.problems == ()


def test_a_sample_may_speak_of_time() -> None:
    guide = read(
        "### Issue 1: Cake\n\n**Before:**\n\nTime: 2 hours\n\n**After:**\n\nTime: 1 hour\n"
    )
    assert pairs_of(guide) == [("Time: 2 hours", "Time: 1 hour")]
    assert guide.issues[0].issue.effort is None


def test_a_sample_may_be_a_letter() -> None:
    letter = "From:\nthe harbour\n\nTo:\nthe town"
    guide = read(f"### Issue 1: Mail\n\n**Before:**\n\n{letter}\n\n**After:**\n\nDear town,\n")
    assert pairs_of(guide) == [(letter, "Dear town,")]


@pytest.mark.parametrize(
    "head",
    [
        "**To:** Ida Moss  **cc:** the printers\n**Manuscript:** 900 words  **We need:** 600",
        "**To:** Ida Moss\n**Manuscript:** 900 words\n**We need:** 600\n**cc:** the printers",
    ],
)
def test_the_address_of_a_memo_is_no_sample(head: str) -> None:
    issues = (
        f"**Note {number}. {title}**\n\n**Weight:** high\n\nIt rings.\n\n> Ring it.\n\n"
        for number, title in enumerate(("Ringing", "Hours"), 1)
    )
    guide = read(f"# The bells, chapter 3\n\n{head}\n\n## Notes\n\n{''.join(issues)}")
    assert [one.issue.title for one in guide.issues] == ["Ringing", "Hours"]


# What must stay, and what is aimed at


@pytest.mark.parametrize(
    "heading",
    ["Keep", "Do not touch", "What works", "What works (leave these alone)", "Strengths to retain",
     "Non-negotiables", "Leave untouched", "Must stay as is", "🔒 Hands off"],
)  # fmt: skip
def test_headings_of_what_must_stay(heading: str) -> None:
    guide = read(
        f"# G\n\n## {heading}\n\n- the song\n- the bins\n\n### Issue 1: Bells\n\n{SAMPLES}"
    )
    assert [lock.text for lock in guide.locks] == ["the song", "the bins"]


def test_lists_below_further_headings_of_what_must_stay() -> None:
    lists = "### Voice\n\n- the song\n\n### Facts\n\n- the bins\n\n## Else\n\n- nothing\n"
    guide = read(f"# G\n\n## Must preserve\n\n{lists}\n## Issue 1: Bells\n\n{SAMPLES}")
    assert [lock.text for lock in guide.locks] == ["the song", "the bins"]


@pytest.mark.parametrize(
    "targets",
    [
        "- Overall reduction: 20%\n- Total time: 7-8 hours",
        "- **Reduction:** 20%\n- **Estimated time:** 7-8 hours",
        "| Metric | Value |\n|---|---|\n| Target reduction | 20% |\n| Estimated time | 7-8 hours |",
        "| Metric | Now | Target |\n|---|---|---|\n| Reduction | - | 20% |\n| Effort | - | 7-8 h |",
    ],
)
def test_targets_of_the_guide(targets: str) -> None:
    guide = read(f"# G\n\n## Targets\n\n{targets}\n\n## Issue 1: Bells\n\n{SAMPLES}").guide
    assert (guide.reduction, guide.effort) == (Reduction(20, 20), Span(7, 8))


def test_a_comment_of_html_is_not_shown() -> None:
    comment = "<!-- not for the author -->"
    guide = read(f"# G\n\n{comment}\n\n### Issue 1: Bells\n\n{comment}\n\n{SAMPLES}")
    lines = print_myst(guide).split("\n")
    assert [line for line in lines if "not for the author" in line] == [f"% {comment}"] * 2


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("| Standing | Cases | Words recovered | Allow |", "| Major | 7 jokes | 120 | 2 hours |"),
        ("| Severity | Seen | Saving | Time |", "| major | 7 jokes | 120 words | 120 min |"),
        ("| Effort | Priority | How often | Cut |", "| 2 h | major | 7 jokes | 120 words |"),
    ],
)
def test_a_table_of_one_row_that_recurs(head: str, row: str) -> None:
    rule = "|---|---|---|---|"
    issues = [f"### {n}. Bells\n\n{head}\n{rule}\n{row}\n\n{SAMPLES}" for n in (1, 2, 3)]
    guide = read("# Guide\n\n" + "\n".join(issues))
    for one in guide.issues:
        issue = one.issue
        assert (issue.impact, issue.frequency) == (Impact.HIGH, "7 jokes")
        assert (issue.reduction, issue.effort) == (Reduction(120, 120, in_words=True), Span(2, 2))


def test_a_table_of_one_row_that_occurs_once_stays() -> None:
    table = "| Bells | Horns |\n|---|---|\n| 4 | 2 |"
    assert table in print_myst(read(f"# Guide\n\n### Issue 1: Bells\n\n{table}\n\n{SAMPLES}"))


@pytest.mark.parametrize("mark", [" / ", " // ", " – ", " — ", " · "])
def test_fields_on_one_line(mark: str) -> None:
    line = mark.join(["Gravity: minor", "Seen: 3 times", "Time: 20 minutes"])
    issue = read(f"# Guide\n\n### Issue 1: Bells\n\n{line}\n\n{SAMPLES}").issues[0].issue
    assert (issue.impact, issue.frequency, issue.effort) == (
        Impact.LOW,
        "3 times",
        Span(1 / 3, 1 / 3),
    )


@pytest.mark.parametrize("mark", [" ", " · ", ", "])
def test_fields_in_spans_of_code(mark: str) -> None:
    line = mark.join(["`🟡 itches`", "`3 times`", "`20 minutes`"])
    issues = [f"### Issue {n}: Bells\n\n{line}\n\n{SAMPLES}" for n in (1, 2)]
    guide = read("# Guide\n\n" + "\n".join(issues))
    issue = guide.issues[0].issue
    assert (issue.impact, issue.frequency) == (Impact.MEDIUM, "3 times")
    assert issue.effort == Span(1 / 3, 1 / 3)
    assert "itches" in print_myst(guide)
