"""The importer: guides of other shapes than piped fields and two fences."""

from __future__ import annotations

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import (
    print_myst,
    read_guide,
)
from sphinxext_revguide.model import Impact
from tests.importing import lost_lines, reported, texts


def test_bold_fields_a_combined_fence_and_weak_labels() -> None:
    text = """# Guide

### Issue 1: Bells

**Severity:** P2

**Current Format:**
```
weak
```

**Problems:**
- too loud

**BEFORE → AFTER:**
```
BEFORE:
ding

AFTER:
dong
```

**Time:** 30 minutes (once)
"""
    (one,) = read_guide(text).issues
    assert [texts(pair) for pair in one.issue.pairs] == [("ding", "dong")]
    assert one.issue.impact is Impact.HIGH
    assert one.issue.effort == Span(0.5, 0.5)
    assert one.problem == "- too loud"
    assert [note.text for note in one.notes] == [
        "**Current Format:**",
        "weak",
        "**Time:** 30 minutes (once)",
    ]


def test_several_pairs_and_alternatives() -> None:
    text = """### Issue 1: Ropes
**Current:**
```
old
```
**Enhancement Option 1 (Short):**
```
one
```
**Enhancement Option 2 (Long):**
```
two
```
"""
    guide = read_guide(text + "### Issue 2: x\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n")
    pairs = guide.issues[0].issue.pairs
    assert [texts(pair) for pair in pairs] == [("old", "one"), ("old", "two")]
    assert [pair.after.label for pair in pairs if pair.after] == ["Short", "Long"]


def test_a_table_of_current_and_revised_is_a_pair() -> None:
    text = """### Issue 1: Titles

| Current | Revised |
|---------|---------|
| The Pier | Where Gulls Sleep |
| The Bar | Shallow |

### Issue 2: x

**BEFORE:** a
**AFTER:** merge it
"""
    guide = read_guide(text)
    assert [texts(pair) for pair in guide.issues[0].issue.pairs] == [
        ("The Pier\nThe Bar", "Where Gulls Sleep\nShallow")
    ]
    assert texts(guide.issues[1].issue.pairs[0]) == ("a", "merge it")
    assert [
        problem.line for problem in guide.problems if "is an instruction" in problem.message
    ] == [11]
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_numbered_issues_with_examples_apart() -> None:
    text = """# Guide

## Part 1: 1 Critical Issues

### 1. **Lamps**
**Severity:** Low-Medium | **Impact:** The reader is blinded

**The Problem:**
Too many lamps:
- one
- two

**Before:**
```
lamps
```

**After:**
```
lamp
```

**Why This Matters:**
Glare.

## Part 2: Steps

1. **Dim** the lamps

### Example 1: Dimmer

**BEFORE:**
"""
    guide = read_guide(text)
    (one,) = guide.issues
    assert one.issue.title == "Lamps"
    assert one.issue.impact is Impact.MEDIUM
    assert one.problem == "Too many lamps:\n\n- one\n- two"
    assert one.why == "Glare."
    assert [section.title for section in guide.other] == ["Part 2: Steps", "Example 1: Dimmer"]
    assert any("the file ends at line 32" in message for message in reported(guide, 32))
    assert not any("announces" in problem.message for problem in guide.problems)
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_heading_labels_continued_units_and_changes() -> None:
    text = """Let me begin.

# **CHAPTER 9**

***

## **EXAMPLE 1: OARS**

### **BEFORE (Appears twice):**

```markdown
# Oars
```

## **EXAMPLE 1 (CONTINUED)**

### **AFTER:**

```markdown
Oars
```

**CHANGES:**
- no heading
"""
    guide = read_guide(text)
    (one,) = guide.issues
    assert [texts(pair) for pair in one.issue.pairs] == [("# Oars", "Oars")]
    assert one.issue.pairs[0].before is not None
    assert one.issue.pairs[0].before.label == "Appears twice"
    assert any("no heading" in note.text for note in one.notes)
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_quotations_lose_their_marks_and_outer_quotes() -> None:
    text = """## Chapter

**EXAMPLE 1: Gulls**

**BEFORE:**
> "A gull said 'no'.
>
> Twice."

**AFTER:**
> [Delete it.]

*Rationale: Gulls do not talk.*
"""
    guide = read_guide(text)
    (one,) = guide.issues
    assert [texts(pair) for pair in one.issue.pairs] == [
        ("A gull said 'no'.\n\nTwice.", "[Delete it.]")
    ]
    assert one.why == "Gulls do not talk."
    assert one.issue.pairs[0].after is not None
    assert one.issue.pairs[0].after.label == "Instruction"
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_a_quotation_under_a_weak_label_stays_one() -> None:
    text = "### Issue 1: T\n**Example:**\n> quoted\n\n**BEFORE:**\n> a\n\n**AFTER:**\n> b\n"
    guide = read_guide(text)
    assert [texts(pair) for pair in guide.issues[0].issue.pairs] == [("a", "b")]
    assert [note.text for note in guide.issues[0].notes] == ["**Example:**", "> quoted"]
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


def test_numbers_given_twice_are_reported_and_made_unique() -> None:
    unit = "### ISSUE #2: T\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n"
    guide = read_guide(unit + unit + unit.replace("#2", "#0"))
    assert [issue.issue.number for issue in guide.issues] == [2, 3, 4]
    assert any("is already used on line 1" in message for message in reported(guide, 10))
    assert any("start at 1" in message for message in reported(guide, 19))


def test_an_empty_sample_is_missing() -> None:
    guide = read_guide("### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\n```\n# End\n")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.after is None
    assert pair.missing == "there is no text below its label on line 6 of the guide"


def test_a_before_without_an_after_label_and_with_text_behind_it() -> None:
    guide = read_guide("### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n\n**Time:** 2 h\n")
    assert guide.issues[0].issue.pairs[0].missing == "no label for it was found below its BEFORE"
    assert guide.issues[0].issue.effort == Span(2, 2)


def test_a_label_that_names_the_unit_needs_none_in_its_value() -> None:
    guide = read_guide(
        "# Guide\n\n**Estimated Hours:** 12\n\n### Issue 1: A\n\n*Impact:* High\n\n"
        "**Hours:** 2-3\n\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n"
    )
    assert guide.guide.effort == Span(12, 12)
    assert guide.issues[0].issue.effort == Span(2, 3)
    assert guide.issues[0].issue.impact is Impact.HIGH
