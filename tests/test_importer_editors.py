"""Guides as ten different editors write them, and what each has to give."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import (
    ImportedGuide,
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.importer.parts import ImportedIssue
from sphinxext_revguide.model import Impact
from tests.importing import texts

OTHER = "\n### Issue {n}: Other\n**BEFORE:**\n```\nold words\n```\n**AFTER:**\n```\nnew\n```\n"


def read(text: str) -> ImportedGuide:
    """Read a guide that has to be accounted for to the last line."""
    guide = read_guide(text, name="guide.md")
    assert [a for a in as_json(guide)["lines"] if a["where"] == "appended"] == []
    return guide


def pairs_of(one: ImportedIssue) -> list[tuple[str, str]]:
    return [texts(pair) for pair in one.issue.pairs]


def messages(guide: ImportedGuide) -> str:
    return "\n".join(problem.message for problem in guide.problems)


def test_ranked_sections_places_in_brackets_and_arrows() -> None:
    guide = read("""# Review of the mill

## Strengths

- The wheel in the first scene
- NO hedge language
- No changes to the last page

## Critical issues

**Issue 1** (line 14): The miller sounds like a brochure

Before: "Our solution empowers grain."
After: "The stones turn."

**Issue 2** (lines 30-34):
The dates contradict each other.

## Minor issues

**Issue 3** (line 70): Word choice

- "very unique" → "unique"
- *utilize* -> *use*
""")
    first, second, third = guide.issues
    assert [issue.issue.title for issue in guide.issues] == [
        "The miller sounds like a brochure (line 14)", "Lines 30-34", "Word choice (line 70)",
    ]  # fmt: skip
    assert [issue.issue.impact for issue in guide.issues] == [
        Impact.CRITICAL, Impact.CRITICAL, Impact.LOW,
    ]  # fmt: skip
    assert pairs_of(first) == [("Our solution empowers grain.", "The stones turn.")]
    assert pairs_of(second) == []
    assert pairs_of(third) == [("very unique", "unique"), ("utilize", "use")]
    assert [lock.text for lock in guide.locks] == [
        "The wheel in the first scene", "No changes to the last page",
    ]  # fmt: skip


def test_recommendations_with_and_without_samples() -> None:
    guide = read("""# Edits for chapter two

## Recommendation 1: Cut the preface

**Recommendation:** Delete the whole preface.

**Priority:** P1

## Recommendation 2: Open late

**Current opening:**

> It was dark, and the harbour slept.

**Suggested opening:**

> The harbour slept.

**Alternative:**

> Nobody was awake but the dog.

## Recommendation 3: Numbers

**Existing:** "The ship was 123.45 metres long."
**Amended wording:**

> "The ship was long."

**Expected time:** 10 minutes
""")
    assert [issue.issue.number for issue in guide.issues] == [1, 2, 3]
    first, second, third = guide.issues
    assert first.issue.impact is Impact.CRITICAL
    assert pairs_of(second) == [
        ("It was dark, and the harbour slept.", "The harbour slept."),
        ("It was dark, and the harbour slept.", "Nobody was awake but the dog."),
    ]
    assert pairs_of(third) == [("The ship was 123.45 metres long.", "The ship was long.")]
    assert third.issue.effort == Span(1 / 6, 1 / 6)
    assert "number" not in messages(guide)


@pytest.mark.parametrize("label", ["RECOMMENDATION", "Solution", "Fix", "Suggested approach"])
@pytest.mark.parametrize("joint", [" ", "\n", "\n\n"])
@pytest.mark.parametrize("before", ["BEFORE", "Current pattern", "Example"])
def test_an_instruction_answers_a_sample(label: str, joint: str, before: str) -> None:
    sample = f"**{before}:**\n```\nCan you name the four lamps?\n```\n"
    text = f"### Issue 1: Tests\n{sample}**{label}:**{joint}Delete them all.\n\n**Time:** 15 min\n"
    one = read(text + OTHER.format(n=2)).issues[0]
    assert pairs_of(one) == [("Can you name the four lamps?", "Delete them all.")]
    assert one.issue.pairs[0].after is not None
    assert one.issue.pairs[0].after.instruction
    assert one.issue.effort == Span(0.25, 0.25)


def test_an_instruction_beside_a_written_after_is_a_note() -> None:
    sample = (
        "**BEFORE:**\n```\nold\n```\n**Recommendation:** Cut it.\n\n**AFTER:**\n```\nnew\n```\n"
    )
    one = read(f"### Issue 1: A\n{sample}").issues[0]
    assert pairs_of(one) == [("old", "new")]
    assert "**Recommendation:** Cut it." in [note.text for note in one.notes]


def test_an_excerpt_and_further_examples() -> None:
    guide = read(f"""### Issue 1: Hedging
**Current examples:**
```
It might be said that a lamp could matter.
```
**REWRITE:**
```
The lamp matters.
```
**Example transformations:**

**Before:** It could be that...
**After:** The log shows...
{OTHER.format(n=2)}""")
    assert pairs_of(guide.issues[0]) == [
        ("It might be said that a lamp could matter.", "The lamp matters."),
        ("It could be that...", "The log shows..."),
    ]


def test_a_current_text_above_an_explicit_pair_is_an_extra() -> None:
    one = read(f"### Issue 1: A\n**Current:**\n```\nlong\n```\n{OTHER[20:].format(n=2)}").issues[0]
    assert pairs_of(one) == [("old words", "new")]


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("**Chapter-specific strengths to preserve:**", "Chapter-specific strengths to preserve"),
        ("**Must keep:**", "Must keep"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n**Time:** 20 min\n"])
def test_strengths_in_an_issue_are_locks(label: str, title: str, end: str) -> None:
    text = f"{OTHER.format(n=1)}\n{label}\n\nSome work well:\n- The `voyage`\n- The talk\n{end}"
    guide = read(text + OTHER.format(n=2))
    assert [(lock.text, lock.phrases) for lock in guide.locks] == [
        ("The `voyage`", ("voyage",)), ("The talk", ()),
    ]  # fmt: skip
    assert title in [part.title for part in guide.other]
    assert [len(issue.issue.pairs) for issue in guide.issues] == [1, 1]
    assert guide.issues[0].issue.effort == (Span(1 / 3, 1 / 3) if end else None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Before", "After"), ("As drafted", "Better"), ("Existing", "Proposed"), ("Avoid", "Use"),
        ("Original wording", "Replacement"), ("Old", "New"), ("Current text", "Suggested fix"),
        ("Wrong", "Correct"), ("Instead of this", "Write this"), ("Draft", "Edited version"),
        ("Current (p. 4)", "Rewrite (shorter)"),
    ],
)  # fmt: skip
def test_every_word_pair_is_a_table(before: str, after: str) -> None:
    guide = read(
        f"### Issue 1: A\n\n| {before} | {after} |\n|---|---|\n| Very soon | By Tuesday |\n"
    )
    assert pairs_of(guide.issues[0]) == [("Very soon", "By Tuesday")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Current", "Suggested fix"), ("Current", "Fix"), ("ORIGINAL", "REVISED"),
        ("Original", "Suggested amendment"), ("Existing text", "Corrected"), ("As is", "Use"),
        ("Current", "Recommendation"), ("Draft", "Edited"), ("Current", "Enhanced"),
        ("Original", "Alternative"), ("Current", "Rewrite to"), ("Current", "Recommended"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["**{}:** {}", "- {}: {}", "- **{}:** {}", "*{}:* {}", "{}: {}"])
def test_every_word_pair_is_a_label(form: str, before: str, after: str) -> None:
    lines = form.format(before, "The gate opened in 2012."), form.format(after, "It did in 2011.")
    joint = "\n" if form.startswith("-") else "\n\n"
    one = read(f"### Issue 1: Dates\n\n{joint.join(lines)}\n").issues[0]
    assert pairs_of(one) == [("The gate opened in 2012.", "It did in 2011.")]


def test_a_fence_with_titles_and_a_note() -> None:
    text = """### Issue 1: Titles
**F - Fog:**
```
BEFORE TITLE: Fog: seeing is safety
AFTER TITLE: Fog: when radar is all
ENTRY: Open with the collision
```
**G - Gale:**
```
BEFORE (3 words): Gale and more

AFTER (1 word): Gale
```
"""
    one = read(text + OTHER.format(n=2)).issues[0]
    assert pairs_of(one) == [
        ("Fog: seeing is safety", "Fog: when radar is all"), ("Gale and more", "Gale"),
    ]  # fmt: skip
    assert "ENTRY: Open with the collision" in [note.text for note in one.notes]
    assert one.issue.pairs[1].before is not None
    assert one.issue.pairs[1].before.label == "3 words"


def test_a_heading_of_the_same_number_continues() -> None:
    guide = read("""## **EXAMPLE 1: CLOSING**

### **BEFORE:**

```markdown
You have reached the
Perfect! Let me finish this example.

## **EXAMPLE 1 (CONTINUED): CLOSING**

### **BEFORE:**

```markdown
You have reached the harbour.
```

### **AFTER:**

```markdown
The rocks move.
```
""")
    (one,) = guide.issues
    assert pairs_of(one) == [("You have reached the harbour.", "The rocks move.")]


def test_a_checklist_without_samples_is_read() -> None:
    guide = read("""# Checklist

### 1. A jump

**Location:** end of chapter 3

**Issue:** The next chapter comes without a bridge.

**Fix:** Add this paragraph:

```
The winch works. Who oils it?
```

### 2. Density

**Severity:** Minor

**Problem:** Four ideas in one section.

**Suggested cut:** Split it.
""")
    first, second = guide.issues
    assert pairs_of(first) == [("", "The winch works. Who oils it?")]
    assert first.problem.startswith("The next chapter comes") or "bridge" in first.problem
    assert second.issue.impact is Impact.LOW
    assert "the BEFORE of this AFTER is missing" in messages(guide)
    assert "issue 2 has no sample" in messages(guide)


# Messages are true


def test_a_refusal_names_the_labels_it_did_not_understand() -> None:
    with pytest.raises(NotAGuideError, match="not recognised: 'Ante', 'Post'"):
        read_guide("### Issue 1: A\n\n**Ante:**\n```\nx\n```\n\n**Post:**\n```\ny\n```\n")


def test_a_label_that_was_not_understood_is_named_where_the_after_is_missing() -> None:
    text = "### Issue 1: A\n**BEFORE:**\n```\nx\n```\n**Post:**\n```\ny\n```\n"
    guide = read(text + OTHER.format(n=2))
    assert guide.issues[0].issue.pairs[0].missing == (
        "the label “Post” on line 6 was not recognised as an AFTER"
    )
    assert "no label" not in messages(guide)
    assert "ends at" not in messages(read(text))


def test_only_a_before_at_the_end_is_cut_off_by_it() -> None:
    cut = "### Issue 1: A\n**BEFORE:**\n```\nx\n```\n"
    assert "the file ends at line 5" in messages(read(OTHER.format(n=2)[1:0] + cut))
    assert "no label for it was found" in messages(read(f"{cut}\nSome text.\n"))


def test_missing_numbers_are_called_unread_not_absent() -> None:
    guide = read(OTHER.format(n=3))
    assert "no issue with a number from 1 to 2 was found" in messages(guide)
    assert "number" not in messages(read(OTHER.format(n="1A") + OTHER.format(n="1B")))


def test_an_issue_without_a_sample_names_its_unknown_labels() -> None:
    guide = read(f"### Issue 1: A\n\n**Ante:** x\n\n**Post:** y\n{OTHER.format(n=2)}")
    assert "these labels were not recognised: “Ante”, “Post”" in messages(guide)


# Around the issues


def test_a_heading_right_above_an_issue_is_a_section() -> None:
    guide = read(f"# Guide\n\n## FIRST PART\n{OTHER.format(n=1)}")
    assert "\n````\n\n## First part\n\n`````{revision-issue}" in print_myst(guide)


@pytest.mark.parametrize(
    "line",
    [
        "**Total hours:** 12-15 hours", "**Time investment:** 12-15 h",
        "**Estimated revision time:** 12 to 15 hours", "- **Total effort:** 12-15 hours",
    ],
)  # fmt: skip
def test_the_header_gives_the_hours_of_a_guide(line: str) -> None:
    guide = read(f"# Guide\n\n{line}\n{OTHER.format(n=1)}")
    assert guide.guide.effort == Span(12, 15)
    assert "hours" not in messages(guide)
