"""Guides as editors of other houses make them: other headings, labels, fields and lists."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import ImportedGuide, print_myst, read_guide
from sphinxext_revguide.importer.read.labels import without_bullet
from sphinxext_revguide.model import Impact, Span
from tests.importing import lost_lines, reported, texts

SAMPLES = "**Before:**\n\n```\nold\n```\n\n**After:**\n\n```\nnew\n```\n"


def read(text: str) -> ImportedGuide:
    """Read a guide and see that no line is lost."""
    guide = read_guide(text)
    assert lost_lines(text, print_myst(guide, provenance=True)) == []
    return guide


def pairs_of(guide: ImportedGuide) -> list[tuple[str, str]]:
    return [texts(pair) for issue in guide.issues for pair in issue.issue.pairs]


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
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [
        (1, "Bells"),
        (2, "Horns"),
    ]
    assert pairs_of(guide) == [("old", "new")] * 2
    assert guide.problems == ()


@pytest.mark.parametrize("title", ["(HIGH): Bells", "[High] Bells", ": Bells (high impact)"])
def test_an_impact_in_a_heading(title: str) -> None:
    issue = read(f"### Issue 1 {title}\n\n{SAMPLES}").issues[0].issue
    assert (issue.impact, issue.title) == (Impact.HIGH, "Bells")


def test_an_impact_of_its_own_leaves_the_title_alone() -> None:
    issue = read(f"### Issue 1: Bells (low)\n\n**Impact:** high\n\n{SAMPLES}").issues[0].issue
    assert (issue.impact, issue.title) == (Impact.HIGH, "Bells (low)")


def test_a_numbered_section_without_samples_is_none() -> None:
    guide = read(f"## 1. How to read this\n\nSlowly.\n\n## 2. Bells\n\n{SAMPLES}\n## 3. Thanks\n")
    assert [one.issue.title for one in guide.issues] == ["Bells"]


def test_an_issue_without_samples_counts_on() -> None:
    text = f"## 1. Bells\n\n{SAMPLES}\n## 2. Horns\n\n**Impact:** low\n\nLouder ones.\n"
    guide = read(text)
    assert [one.issue.title for one in guide.issues] == ["Bells", "Horns"]
    assert reported(guide, text.split("\n").index("## 2. Horns") + 1) == [
        "issue 2 has no sample; add a BEFORE and an AFTER"
    ]


def test_what_is_called_otherwise_is_reported() -> None:
    text = f"# G\n\n### **1. Bells**\n\n{SAMPLES}\n### Issue 3: Horns\n\n{SAMPLES}"
    guide = read(text)
    assert [one.issue.title for one in guide.issues] == ["Horns"]
    assert "contains a BEFORE and an AFTER but is not an issue" in reported(guide, 3)[0]
    line = text.split("\n").index("### Issue 3: Horns") + 1
    assert "no issue was read with the numbers 1 to 2" in reported(guide, line)[0]


def test_two_issues_in_one_heading() -> None:
    heads = ("### Issue 1: A", "### Issues 2 & 3: Both", "### Issue 4: D")
    guide = read("\n".join(f"{head}\n\n{SAMPLES}" for head in heads))
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [
        (1, "A"), (2, "Both"), (4, "D"),
    ]  # fmt: skip
    assert "no issue was read with number 3" in guide.problems[0].message


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
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [(1, "A"), (2, "B")]
    assert pairs_of(guide) == [("old\n  bells", "new")] * 2
    assert {(one.issue.impact, one.issue.effort) for one in guide.issues} == {
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


# How samples are called


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Before:", "After:"),
        ("*Before:*", "*After:*"),
        ("_Before:_", "_After:_"),
        ("**❌ Before:**", "**✅ After:**"),
        ("#### ❌ Before", "#### ✅ After"),
        ("❌ **Before:**", "✅ **After:**"),
        ("**Example 1 – Before:**", "**Example 1 – After:**"),
        ("**Current wording:**", "**Suggested:**"),
        ("**Instead of:**", "**Write:**"),
        ("**Original text:**", "**Suggested rewrite:**"),
        ("**Bad:**", "**Good:**"),
        ("**From:**", "**To:**"),
        ("Original:", "Revised:"),
        ("❌", "✅"),
    ],
)
@pytest.mark.parametrize("form", ["```\n{}\n```", "> {}"])
def test_labels_of_samples(before: str, after: str, form: str) -> None:
    old, new = form.format("old"), form.format("new")
    guide = read(
        f"### Issue 1: Bells\n\n{before}\n\n{old}\n\n{after}\n\n{new}\n\n**Why:** Louder.\n"
    )
    assert pairs_of(guide) == [("old", "new")]
    assert guide.issues[0].why == "Louder."
    assert guide.problems == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [("**Before:** old", "**After:** new"), ("**Original:** old", "**Revised:** new"),
     ("- **Before:** old", "- **After:** new")],
)  # fmt: skip
@pytest.mark.parametrize(
    "why",
    ["Why it matters: they ring.", "**Why this matters.** they ring.", "**Why** — they ring."],
)
def test_samples_that_are_not_set_off(before: str, after: str, why: str) -> None:
    guide = read(f"### Issue 1: Bells\n\n{before}\n{after}\n\n{why}\n")
    assert pairs_of(guide) == [("old", "new")]
    assert guide.issues[0].why == "they ring."
    assert guide.problems == ()


@pytest.mark.parametrize("order", ["Merge it with the next.", "[one sentence]"])
def test_an_order_in_place_of_a_text(order: str) -> None:
    guide = read(f"### Issue 1: Bells\n\n**Before:** They ring.\n\n**After:** {order}\n")
    assert [one.message.partition(";")[0] for one in guide.problems] == [
        "this AFTER is an instruction, not a text"
    ]


def test_an_order_to_delete_leaves_nothing_to_write_out() -> None:
    guide = read("### Issue 1: Bells\n\n**Before:** They ring.\n\n**After:** Delete it.\n")
    after = guide.issues[0].issue.pairs[0].after
    assert after is not None
    assert after.instruction
    assert guide.problems == ()


def test_a_pair_in_a_table() -> None:
    guide = read("### Issue 1: Bells\n\n| From | To |\n|---|---|\n| old | new |\n\n" + SAMPLES)
    assert pairs_of(guide) == [("old", "new")] * 2


def test_a_sample_of_several_blocks() -> None:
    quote = "> old\n\n> older\n"
    fences = "```\nnew\n```\n\n```\nnewer\n```\n"
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{quote}\n**After:**\n\n{fences}")
    assert pairs_of(guide) == [("old\n\nolder", "new\n\nnewer")]


def test_a_sample_that_begins_with_a_label_of_its_own() -> None:
    guide = read(
        "### Issue 1: Bells\n\n**Before:**\n\n**Note:** old\n\n**After:**\n\n**Note:** new\n"
    )
    assert pairs_of(guide) == [("**Note:** old", "**Note:** new")]


DIFF = """\
```diff
@@ page 3 @@
 The tower stands.
- The *bells* rang.
+ You hear
+ the bells.

 It ends.
```
"""


def test_a_diff_is_both_samples() -> None:
    guide = read(f"### Issue 1: Bells\n\nThey ring.\n\n{DIFF}\n**Why:** Louder.\n")
    assert pairs_of(guide) == [
        (
            "The tower stands.\nThe *bells* rang.\n\nIt ends.",
            "The tower stands.\nYou hear\nthe bells.\n\nIt ends.",
        )
    ]
    assert guide.issues[0].why == "Louder."
    assert guide.problems == ()


@pytest.mark.parametrize(
    ("diff", "before", "after"),
    [
        (" - Gates\n-  - was shut\n+  - stuck", "- Gates\n  - was shut", "- Gates\n  - stuck"),
        ("-old\n+new", "old", "new"),
        ("--- Good evening.\n+-- Good day.", "-- Good evening.", "-- Good day."),
        ("index entries.\n- a\n+ b", "index entries.\na", "index entries.\nb"),
        ("--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d", "a\n\nc", "b\n\nd"),
        ("-a\n\\ No newline at end of file\n+b", "a", "b"),
    ],
)
def test_a_diff_comes_back_to_the_letter(diff: str, before: str, after: str) -> None:
    guide = read(f"### Issue 1: Bells\n\n```diff\n{diff}\n```\n")
    assert pairs_of(guide) == [(before, after)]


def test_a_diff_beside_samples_is_a_note() -> None:
    guide = read(f"### Issue 1: Bells\n\n{SAMPLES}\n{DIFF}")
    assert pairs_of(guide) == [("old", "new")]
    assert "+ the bells." in guide.issues[0].notes[0].text


def test_a_diff_that_only_adds_is_code() -> None:
    guide = read(f"### Issue 1: A\n\n{SAMPLES}\n### Issue 2: B\n\n```diff\n+ x\n```\n")
    assert [len(one.issue.pairs) for one in guide.issues] == [1, 0]


@pytest.mark.parametrize(("before", "after"), [("❌", "✅"), ("Before:", "After:")])
@pytest.mark.parametrize("mark", ["{} {}\n", "- {} {}\n", "{} {}\n\n"])
def test_lines_that_are_samples(mark: str, before: str, after: str) -> None:
    samples = mark.format(before, "old") + mark.format(after, "new")
    guide = read(f"### Issue 1: Bells\n\nThey ring.\n\n{samples}\n**Why:** Louder.\n")
    assert pairs_of(guide) == [("old", "new")]
    assert guide.issues[0].why == "Louder."


@pytest.mark.parametrize("head", ["## Problem {}: A", "## {}. A", "### Issue {}: A"])
def test_diffs_and_symbols_beside_labels_are_reported_as_guesses(head: str) -> None:
    bodies = (SAMPLES, DIFF, "❌ old\n\n✅ new\n")
    text = "\n".join(f"{head.format(n)}\n\n{body}" for n, body in enumerate(bodies, 1))
    guide = read(f"# Review\n\n{text}")
    assert [len(one.issue.pairs) for one in guide.issues] == [1, 1, 1]
    lines = [
        n
        for n, line in enumerate(f"# Review\n\n{text}".split("\n"), 1)
        if ": A" in line or ". A" in line
    ]
    for line in lines[1:]:
        assert reported(guide, line)[0].startswith("samples of this issue are labelled differently")


@pytest.mark.parametrize("symbols", ["✅✅", "✅❌", "❌❌✅", "❌"])
def test_symbols_of_what_is_done_and_what_is_not(symbols: str) -> None:
    lines = "\n".join(f"- {one} a bell" for one in symbols)
    guide = read(f"### Issue 1: A\n\n{SAMPLES}\n### Issue 2: B\n\n{lines}\n")
    assert [len(one.issue.pairs) for one in guide.issues] == [1, 0]


def test_a_before_below_its_after() -> None:
    after, before = "**After:**\n\n```\nnew\n```\n", "**Before:**\n\n```\nold\n```\n"
    guide = read(f"### Issue 1: A\n\n{after}\nMeanwhile.\n\n{before}\n{after}\n{before}")
    assert pairs_of(guide) == [("old", "new")] * 2
    assert guide.problems == ()


def test_all_befores_above_all_afters_are_paired_by_number() -> None:
    labels = ("Before 1", "b1"), ("Before 2", "b2"), ("After 1", "a1"), ("After 2", "a2")
    guide = read("### Issue 1: A\n\n" + "".join(f"**{a}:**\n\n> {b}\n\n" for a, b in labels))
    assert pairs_of(guide) == [("b1", "a1"), ("b2", "a2")]
    assert guide.problems == ()


def test_marks_of_dialogue_are_no_outer_quotes() -> None:
    said = '"Yes," he said. "It is shut."'
    guide = read(f'### Issue 1: A\n\n**Before:**\n\n> {said}\n\n**After:**\n\n> "It is."\n')
    assert pairs_of(guide) == [(said, "It is.")]


def test_a_quotation_replaces_no_sample_that_is_written_out() -> None:
    guide = read("### Issue 1: A\n\n**Before:** old\n\n**After:** new\n\n> A quay.\n")
    assert pairs_of(guide) == [("old", "new\n\n> A quay.")]


def test_a_label_ends_a_sample_that_has_text() -> None:
    guide = read("### Issue 1: A\n\n**Before:** old\n\n**Comment:** who acts?\n\n**After:** new\n")
    assert pairs_of(guide) == [("old", "new")]
    assert "who acts?" in guide.issues[0].notes[0].text


def test_a_table_of_data_beside_samples_is_none() -> None:
    data = "| From | To | Minutes |\n|---|---|---|\n| Oslo | Bergen | 40 |\n"
    guide = read(f"### Issue 1: A\n\n{data}\n{SAMPLES}")
    assert pairs_of(guide) == [("old", "new")]


def test_a_bar_in_a_cell() -> None:
    table = "| Before | After |\n|---|---|\n| in order to \\| so as to | to |\n"
    assert pairs_of(read(f"### Issue 1: A\n\n{table}\n{SAMPLES}"))[0] == (
        "in order to | so as to", "to",
    )  # fmt: skip


def test_a_heading_ends_a_sample() -> None:
    samples = "**Before:** old\n\n**After:** new"
    guide = read(f"### Issue 1: Bells\n\n{samples}\n\nGoals for all\n-------------\n\nLess.\n")
    assert pairs_of(guide) == [("old", "new")]
    assert [one.title for one in guide.other] == ["Goals for all"]


def test_code_stays_code() -> None:
    code = "```python\n# BEFORE: run as root\nring(*bells)\n```"
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{code}\n\n**After:**\n\n```\nnew\n```\n")
    assert pairs_of(guide) == [(code, "new")]
    assert guide.problems == ()


def test_a_heading_of_an_issue_inside_a_closed_fence() -> None:
    fence = "```markdown\n### Issue 7: of the manuscript\n\nOld.\n```"
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{fence}\n\n**After:**\n\n```\nnew\n```\n")
    assert pairs_of(guide) == [("### Issue 7: of the manuscript\n\nOld.", "new")]


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
    assert (issue.reduction, issue.effort) == (Span(10, 10), Span(2, 2))


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
    assert (guide.reduction, guide.effort) == (Span(20, 20), Span(7, 8))


def test_a_comment_of_html_is_not_shown() -> None:
    comment = "<!-- not for the author -->"
    guide = read(f"# G\n\n{comment}\n\n### Issue 1: Bells\n\n{comment}\n\n{SAMPLES}")
    lines = print_myst(guide).split("\n")
    assert [line for line in lines if "not for the author" in line] == [f"% {comment}"] * 2
