"""How editors announce samples: labels, quotations, tables, diffs and symbols."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import parse_hours
from tests.importing import SAMPLES, pairs_of, read, reported


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


@pytest.mark.parametrize(
    "why", ["WHY: they ring.", "Why: they ring.", "Reason: they ring.", "RATIONALE: they ring."]
)
def test_a_reason_without_marks_ends_a_sample_whose_label_has_none(why: str) -> None:
    guide = read(f"### Issue 1: Bells\n\nOLD:\nold\n\nNEW:\nnew\n\nstill new\n\n{why}\n")
    assert pairs_of(guide) == [("old", "new\n\nstill new")]
    assert guide.issues[0].why == "they ring."


@pytest.mark.parametrize("why", ["Why: they ring.", "Reason: they ring.", "Rationale: they ring."])
@pytest.mark.parametrize(
    ("after", "new"),
    [("**After:**\nnew\n\n", "new"), ("**After:**\n\nnew\n\nmore\n\n", "new\n\nmore"),
     ("**After:** new\n", "new"), ("**After:**\nnew\nmore\n", "new\nmore"),
     ("#### AFTER\n\nnew\n\n", "new")],
)  # fmt: skip
def test_a_reason_without_marks_ends_an_after_whose_label_has_some(
    after: str, new: str, why: str
) -> None:
    guide = read(f"### Issue 1: Bells\n\n**Before:**\nold\n\n{after}{why}\n\nTime: 20 min\n")
    assert pairs_of(guide) == [("old", new)]
    assert guide.issues[0].why == "they ring."
    assert guide.issues[0].issue.effort == parse_hours("20 min")


@pytest.mark.parametrize(
    ("before", "after"),
    [("old\n\nWhy: rung.", "new\n\nWhy: rung twice."), ("old", "Why: rung."),
     ("old\n\nWhy: rung.", "new")],
)  # fmt: skip
def test_a_reason_without_marks_stays_in_a_sample_that_has_one(before: str, after: str) -> None:
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n{before}\n\n**After:**\n{after}\n")
    assert pairs_of(guide) == [(before, after)]


@pytest.mark.parametrize("form", ["```\n{}\n```", "> {}"])
@pytest.mark.parametrize(
    ("after", "instruction"),
    [("(cut)", True), ("Delete.", True), ("[remove this sentence]", True), ("— deleted —", True),
     ("(Delete the second sentence.)", True), ("Cut the rope.", False), ("(They ring.)", False)],
)  # fmt: skip
def test_an_order_to_delete_is_none_of_the_book_s_text(
    form: str, after: str, instruction: bool
) -> None:
    old, new = form.format("They ring."), form.format(after)
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{old}\n\n**After:**\n\n{new}\n")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.after is not None
    assert pair.after.instruction is instruction


@pytest.mark.parametrize("order", ["Merge it with the next.", "[one sentence]"])
def test_an_order_in_place_of_a_text(order: str) -> None:
    guide = read(f"### Issue 1: Bells\n\n**Before:** They ring.\n\n**After:** {order}\n")
    assert [problem.message.partition(";")[0] for problem in guide.problems] == [
        "this AFTER is an instruction, not text"
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
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 0]


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
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 1, 1]
    lines = [
        n
        for n, line in enumerate(f"# Review\n\n{text}".split("\n"), 1)
        if ": A" in line or ". A" in line
    ]
    assert len(lines) == len(bodies)
    for line in lines[1:]:
        assert reported(guide, line)[0].startswith(
            "the samples of this issue are labelled differently"
        )


@pytest.mark.parametrize("symbols", ["✅✅", "✅❌", "❌❌✅", "❌"])
def test_symbols_of_what_is_done_and_what_is_not(symbols: str) -> None:
    lines = "\n".join(f"- {symbol} a bell" for symbol in symbols)
    guide = read(f"### Issue 1: A\n\n{SAMPLES}\n### Issue 2: B\n\n{lines}\n")
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 0]


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


def test_marks_of_dialogue_are_not_outer_quotes() -> None:
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
    assert [other_section.title for other_section in guide.other] == ["Goals for all"]


def test_code_stays_code() -> None:
    code = "```python\n# BEFORE: run as root\nring(*bells)\n```"
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{code}\n\n**After:**\n\n```\nnew\n```\n")
    assert pairs_of(guide) == [(code, "new")]
    assert guide.problems == ()


def test_a_heading_of_an_issue_inside_a_closed_fence() -> None:
    fence = "```markdown\n### Issue 7: of the manuscript\n\nOld.\n```"
    guide = read(f"### Issue 1: Bells\n\n**Before:**\n\n{fence}\n\n**After:**\n\n```\nnew\n```\n")
    assert pairs_of(guide) == [("### Issue 7: of the manuscript\n\nOld.", "new")]
