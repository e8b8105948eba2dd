"""The importer: what it understands of guides of several shapes, and that it loses nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sphinxext_revguide.importer import (
    ImportedGuide,
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.importer.names import split_lines
from sphinxext_revguide.importer.values import hours_text, read_hours, read_impact, size_text
from sphinxext_revguide.model import Impact, Pair, Size, Span, parse_hours, parse_size

DATA = Path(__file__).parent / "importer_data"
INPUTS = Path(__file__).parents[1].parent / "shared" / "inputs"

_FENCE = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)?(?:`{3,}[^`]*|~{3,}.*)")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}")


def guide_of(name: str) -> ImportedGuide:
    return read_guide((DATA / name).read_text(encoding="utf-8"), name=name)


def real_guide(name: str) -> ImportedGuide:
    return read_guide(real_text(name), name=name)


def real_text(name: str) -> str:
    path = INPUTS / name
    if not path.is_file():
        pytest.skip(f"the real guide {name} is not beside this checkout")
    return path.read_text(encoding="utf-8")


def lost_lines(source: str, printed: str) -> list[str]:
    """Return the lines of a guide that are not lines of the page, fence marks and rules aside."""
    kept = {line.removeprefix("% ").rstrip() for line in printed.split("\n")}
    kept |= {line.rstrip() for line in printed.split("\n")}
    said = {line.strip(" `~") for line in kept}
    return [
        line
        for line in split_lines(source)
        if line.strip()
        and not (_FENCE.fullmatch(line) and _says_nothing(line, said))
        and not _RULE.fullmatch(line)
        and line.rstrip() not in kept
    ]


def _says_nothing(line: str, said: set[str]) -> bool:
    """Tell whether a fence mark says no more than a language, or is there with what it says."""
    words = line.strip().lstrip("-*+0123456789.) \t").strip("`~ \t")
    return bool(re.fullmatch(r"[\w+#.-]*", words)) or words in said


def texts(pair: Pair) -> tuple[str, str]:
    return (pair.before.text if pair.before else "", pair.after.text if pair.after else "")


def told(guide: ImportedGuide, line: int) -> list[str]:
    return [problem.message for problem in guide.problems if problem.line == line]


# A guide with piped fields


def test_header_fields_become_the_guides_figures() -> None:
    guide = guide_of("harbour.guide.md").guide
    assert guide.id == "harbour"
    assert guide.title == "HARBOUR CHAPTER 3 REVISION GUIDE"
    assert guide.line == 1
    assert guide.baseline == Size(bytes=12000, lines=1240, content_lines=310)
    assert guide.reduction == Span(20, 25)
    assert guide.effort == Span(10, 12)


def test_piped_fields_and_lone_fields_of_an_issue() -> None:
    first, second, third = (one.issue for one in guide_of("harbour.guide.md").issues)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert first.title == "Berth Tables, from `slots` to Skippers"
    assert first.line == 32
    assert first.impact is Impact.CRITICAL
    assert first.frequency == "3-4 tables"
    assert first.reduction == Span(40, 45)
    assert first.effort == Span(2, 3)
    assert second.effort == Span(0.75, 0.75)
    assert third.impact is Impact.MEDIUM_HIGH
    assert third.effort is None


def test_problem_and_reason_come_without_their_labels() -> None:
    first = guide_of("harbour.guide.md").issues[0]
    assert first.problem == "Every berth is listed, and nobody is seen mooring."
    assert first.why == "A reader who has felt the keel touch remembers the depth."
    assert first.notes == ()


def test_samples_are_exact_and_know_their_lines() -> None:
    text = (DATA / "harbour.guide.md").read_text(encoding="utf-8")
    for one in guide_of("harbour.guide.md").issues:
        for pair in one.issue.pairs:
            for sample in filter(None, (pair.before, pair.after)):
                height = sample.text.count("\n") + 1
                lines = text.split("\n")[sample.line - 1 : sample.line - 1 + height]
                assert "\n".join(lines) == sample.text
    first = guide_of("harbour.guide.md").issues[0].issue.pairs[0]
    assert first.before is not None
    assert first.after is not None
    assert (first.before.label, first.before.line) == ("Harbour Master Style", 39)
    assert (first.after.label, first.after.line) == ("Seen from the Boat", 52)
    assert first.before.text.startswith("**Berths on the north quay**\n\n| Berth")


def test_a_file_that_ends_at_the_after_says_so() -> None:
    guide = guide_of("harbour.guide.md")
    (pair,) = guide.issues[2].issue.pairs
    assert pair.after is None
    assert pair.missing == "the file ends at line 98, before it"
    assert ":missing: the file ends at line 98, before it" in print_myst(guide)
    assert any("AFTER is missing" in message for message in told(guide, 98))


def test_locked_items_keep_their_phrases() -> None:
    locks = guide_of("harbour.guide.md").locks
    assert [lock.line for lock in locks] == [24, 25, 26]
    assert locks[0].text == "The tide table of `Port Ellery`"
    assert locks[0].phrases == ("Port Ellery",)
    assert locks[2].phrases == ()
    assert {lock.guide for lock in locks} == {"harbour"}


def test_problems_are_told_with_their_lines() -> None:
    guide = guide_of("harbour.guide.md")
    assert any("announces 4, and 3 were found" in one for one in told(guide, 30))
    assert any("'Tidal' is not known" in one for one in told(guide, 67))
    assert any("19 words and its BEFORE 4" in one for one in told(guide, 78))
    (hours,) = told(guide, 7)
    assert "2.75-3.75 h (2 of 3 issues" in hours
    assert "10-12 h" in hours


def test_an_unknown_impact_stays_visible_as_text() -> None:
    printed = print_myst(guide_of("harbour.guide.md"))
    assert "\n**Impact:** Tidal | **Frequency:** 2 calls | **Reduction:** 10%\n" in printed


def test_the_page_has_the_shape_that_authors_write() -> None:
    printed = print_myst(
        read_guide(
            (DATA / "harbour.guide.md").read_text(encoding="utf-8"),
            guide_id="tides",
            chapter="coast/tides",
        )
    )
    assert printed.startswith(
        "# HARBOUR CHAPTER 3 REVISION GUIDE\n\n````{revision-guide} tides\n"
        ":chapters: coast/tides\n"
        ":baseline: 12 KB, 1240 lines, 310 content lines\n"
        ":reduction: 20-25%\n"
        ":effort: 10-12 h\n\n"
    )
    assert "\n## LOCKED EDITORIAL PREFERENCES\n" in printed
    assert "\n```{locked-preserve}\n- ✅ The tide table of `Port Ellery`\n" in printed
    # A title with backticks needs an opening of tildes.
    assert "\n~~~~~{revision-issue} Berth Tables, from `slots` to Skippers\n:number: 1\n" in printed
    assert (
        "\n`````{revision-issue} Radio Calls Without Voices\n"
        ":number: 2\n:frequency: 2 calls\n:reduction: 10%\n:effort: 45 min\n:status: open\n\n"
    ) in printed
    assert (
        "\n````{before-after}\n:before: Form\n:after: Spoken\n\n"
        "Call sign, position, request.\n\n+++\n\n"
    ) in printed


def test_a_separator_line_in_a_sample_gets_a_longer_separator() -> None:
    printed = print_myst(guide_of("harbour.guide.md"))
    assert printed.count(":separator: ++++\n") == 1
    assert "\n\n++++\n\n**N1, at dusk**" in printed


# A guide with three fences, one of them broken


def test_the_excerpt_is_a_note_and_never_the_before() -> None:
    first = guide_of("library.patterns.md").issues[0]
    (pair,) = first.issue.pairs
    before, after = texts(pair)
    assert before.startswith("**Shelf marks**")
    assert after.startswith("You climb to the East Room")
    assert [note.text.split("\n")[0] for note in first.notes] == ["**Shelf marks, in full**"]
    assert first.problem == "Shelf marks listed as if nobody walked there"


def test_an_open_fence_is_repaired_and_all_behind_it_is_upright() -> None:
    guide = guide_of("library.patterns.md")
    assert [one.issue.number for one in guide.issues] == [1, 2, 3, 4]
    pairs = [texts(one.issue.pairs[0]) for one in guide.issues]
    assert all(len(one.issue.pairs) == 1 for one in guide.issues)
    assert pairs[1][1].endswith("Going on with the other patterns of this chapter:")
    assert pairs[2] == (
        "Closed on Mondays. No exceptions.",
        "On Mondays the dust is counted, so the doors stay shut.",
    )
    assert pairs[3][0] == "The catalogue is complete. All is found."


def test_the_place_where_a_sample_breaks_off_is_named() -> None:
    guide = guide_of("library.patterns.md")
    (problem,) = [one for one in guide.problems if one.subtype == "fence"]
    lines = (DATA / "library.patterns.md").read_text(encoding="utf-8").split("\n")
    assert lines[problem.line - 1].startswith("1. **The atlas Going on")
    assert "the text fenced in line 52 is never closed" in problem.message


def test_chat_above_the_title_and_a_summary_below_are_kept() -> None:
    guide = guide_of("library.patterns.md")
    assert guide.guide.title == "Chapter 7: Cataloguing — Pattern Analysis"
    assert [(one.title, one.line) for one in guide.other] == [
        ("", 1),
        ("", 5),
        ("Summary of the Patterns", 98),
        ("By kind:", 102),
    ]
    assert guide.other[0].text.startswith("Gladly!")


@pytest.mark.parametrize(
    ("breaker", "reason"),
    [
        ("***", "the rule in line 8"),
        ("### **2. Second**", "the heading in line 8"),
        ("### ISSUE #2: Second", "the heading in line 8"),
        ("## **EXAMPLE 2: Second**", "the heading in line 8"),
        ("**AFTER (Clear):**", "the label in line 8"),
        ("### **AFTER:**", "the heading in line 8"),
        ("**AI Pattern:** more", "the label in line 8"),
        ("```markdown", "the new fence in line 8"),
    ],
)
def test_what_ends_an_open_fence(breaker: str, reason: str) -> None:
    text = f"# T\n### **1. First**\n**BEFORE:**\n```\nold\n\nbroken\n{breaker}\n"
    guide = read_guide(text)
    (problem,) = [one for one in guide.problems if reason in one.message]
    assert problem.line == 7
    assert texts(guide.issues[0].issue.pairs[0])[0] == "old\n\nbroken"
    assert lost_lines(text, print_myst(guide)) == []


@pytest.mark.parametrize(
    "line",
    ["---", "## A heading", "### 2. Plain", "**After the storm**", "**Decision:** go", "Example 3"],
)
def test_what_a_sample_may_hold(line: str) -> None:
    text = f"### ISSUE #1: T\n**BEFORE:**\n```\nold\n{line}\nmore\n```\n**AFTER:**\n```\nx\n```\n"
    guide = read_guide(text)
    assert texts(guide.issues[0].issue.pairs[0]) == (f"old\n{line}\nmore", "x")
    assert guide.problems == ()


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    text = "### ISSUE #1: T\n**BEFORE:**\n````\n```python\nx\n```\n````\n**AFTER:**\n```\ny\n```\n"
    guide = read_guide(text)
    assert texts(guide.issues[0].issue.pairs[0]) == ("```python\nx\n```", "y")
    assert "\n````{before-after}\n" in print_myst(guide)


# Other shapes


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
**AFTER:** delete it
"""
    guide = read_guide(text)
    assert [texts(pair) for pair in guide.issues[0].issue.pairs] == [
        ("The Pier\nThe Bar", "Where Gulls Sleep\nShallow")
    ]
    assert texts(guide.issues[1].issue.pairs[0]) == ("a", "delete it")
    assert [one.line for one in guide.problems if "is an instruction" in one.message] == [11]
    assert lost_lines(text, print_myst(guide)) == []


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
    assert any("the file ends at line 32" in message for message in told(guide, 32))
    assert not any("announces" in problem.message for problem in guide.problems)
    assert lost_lines(text, print_myst(guide)) == []


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
    assert lost_lines(text, print_myst(guide)) == []


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
    assert lost_lines(text, print_myst(guide)) == []


def test_a_quotation_under_a_weak_label_stays_one() -> None:
    text = "### Issue 1: T\n**Example:**\n> quoted\n\n**BEFORE:**\n> a\n\n**AFTER:**\n> b\n"
    guide = read_guide(text)
    assert [texts(pair) for pair in guide.issues[0].issue.pairs] == [("a", "b")]
    assert [note.text for note in guide.issues[0].notes] == ["**Example:**", "> quoted"]
    assert lost_lines(text, print_myst(guide)) == []


def test_numbers_given_twice_are_told_and_made_unique() -> None:
    unit = "### ISSUE #2: T\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n"
    guide = read_guide(unit + unit + unit.replace("#2", "#0"))
    assert [one.issue.number for one in guide.issues] == [2, 3, 4]
    assert any("was already given in line 1" in message for message in told(guide, 10))
    assert any("from 1 up" in message for message in told(guide, 19))


def test_an_empty_sample_is_missing() -> None:
    guide = read_guide("### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\n```\n# End\n")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.after is None
    assert pair.missing == "nothing stands under its label in line 6 of the guide"


def test_a_before_without_an_after_label_and_with_text_behind_it() -> None:
    guide = read_guide("### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n\n**Time:** 2 h\n")
    assert guide.issues[0].issue.pairs[0].missing == "the guide gives none"
    assert guide.issues[0].issue.effort == Span(2, 2)


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("CRITICAL", Impact.CRITICAL),
        ("Medium-High", Impact.MEDIUM_HIGH),
        ("medium – high", Impact.MEDIUM_HIGH),
        ("High (all chapters)", Impact.HIGH),
        ("P1", Impact.CRITICAL),
        ("P3", Impact.MEDIUM),
        ("🔴 Critical", Impact.CRITICAL),
        ("Low-Medium", Impact.MEDIUM),
        ("Stormy", None),
    ],
)
def test_impact_words(text: str, impact: Impact | None) -> None:
    assert read_impact(text).value is impact


@pytest.mark.parametrize(
    ("text", "hours", "whole"),
    [
        ("6-8 hours", Span(6, 8), True),
        ("45 min", Span(0.75, 0.75), True),
        ("1.5 h (by hand)", Span(1.5, 1.5), False),
        ("about two days", None, False),
        ("1 hour 30 minutes", Span(1.5, 1.5), True),
        ("1h 30m", Span(1.5, 1.5), True),
        ("about 1 hour and 15 minutes", Span(1.25, 1.25), False),
        ("1 hour 90 minutes", None, False),
        ("8-6 hours", None, False),
        ("1234567 hours", None, False),
    ],
)
def test_hours(text: str, hours: Span | None, whole: bool) -> None:
    read = read_hours(text)
    assert (read.value, read.whole) == (hours, whole)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(6, 8), "6-8 h"),
        (Span(1.5, 1.5), "1.5 h"),
        (Span(1 / 3, 1 / 3), "20 min"),
        (Span(0.5, 1.25), "0.5-1.25 h"),
    ],
)
def test_hours_are_written_as_they_are_read(span: Span, text: str) -> None:
    assert hours_text(span) == text
    assert str(parse_hours(text)) == str(span)


def test_sizes_are_written_without_rounding() -> None:
    for size in (Size(57000, 1419, 999), Size(1234), Size(58368, 2), Size(lines=7)):
        assert parse_size(size_text(size)) == size


# Any text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends: str) -> None:
    text = (DATA / "harbour.guide.md").read_text(encoding="utf-8")
    other = read_guide("\ufeff" + text.replace("\n", ends), name="harbour.guide.md")
    assert print_myst(other) == print_myst(guide_of("harbour.guide.md"))
    assert other.problems == guide_of("harbour.guide.md").problems


def test_a_form_feed_does_not_move_lines() -> None:
    text = "# T\n\x0c\n\x0c### ISSUE #1: T\n### ISSUE #2: U\n**BEFORE:**\n```\na\x0cb\n```\n"
    guide = read_guide(text)
    assert guide.issues[-1].issue.line == 4
    assert texts(guide.issues[-1].issue.pairs[0])[0] == "a\x0cb"
    assert lost_lines(text, print_myst(guide)) == []


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "# A chapter\n\nText.\n", "### ISSUE #1: T\n\nNo sample.\n", "```\n"]
)
def test_what_is_no_guide(text: str) -> None:
    with pytest.raises(NotAGuideError, match="expected"):
        read_guide(text)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"guide_id": "my id"}, "my-id"),
        ({"name": "tides.guide.md", "chapter": "coast/tide"}, "tides"),
        ({"name": "guide.md", "chapter": "coast/tide"}, "tide"),
        ({"name": "feedback.md", "chapter": "coast/tide"}, "tide"),
        ({"name": "stdin", "chapter": "coast/tide"}, "tide"),
        ({}, "chapter-4"),
    ],
)
def test_what_a_guide_is_called(arguments: dict[str, str], expected: str) -> None:
    text = "# Chapter 4\n### ISSUE #1: T\n**BEFORE:**\n```\na\n```\n"
    assert read_guide(text, **arguments).guide.id == expected


@pytest.mark.parametrize("name", ["harbour.guide.md", "library.patterns.md", "museum.hostile.md"])
def test_no_line_is_lost(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert lost_lines(text, print_myst(guide_of(name))) == []


def test_json_is_complete_and_deterministic() -> None:
    found = as_json(guide_of("harbour.guide.md"))
    assert list(found) == ["guides", "issues", "locks", "other", "problems"]
    assert json.dumps(found) == json.dumps(as_json(guide_of("harbour.guide.md")))
    first, _, third = found["issues"]
    assert first["reduction"] == {"min": 40, "max": 45}
    assert first["effort_hours"] == {"min": 2, "max": 3}
    assert first["before"] == first["samples"][0]["before"]
    assert first["samples"][0]["before_label"] == "Harbour Master Style"
    assert first["samples"][0]["before_line"] == 39
    assert first["samples"][0]["after_line"] == 52
    assert third["after"] is None
    assert found["guides"][0]["baseline"] == {"bytes": 12000, "lines": 1240, "content_lines": 310}
    assert {tuple(problem) for problem in found["problems"]} == {("line", "message")}


# Real guides, where they are at hand


def test_the_real_piped_field_guide() -> None:
    guide = real_guide("chapter-12.guide.md")
    assert [one.issue.number for one in guide.issues] == [1, 2, 3, 4, 5]
    assert [len(one.issue.pairs) for one in guide.issues] == [1] * 5
    missing = [one.issue.pairs[0].after is None for one in guide.issues]
    assert missing == [False, False, False, False, True]
    assert len(guide.locks) == 10
    assert guide.guide.baseline == Size(57000, 1419, 999)
    assert guide.guide.reduction == Span(25, 30)
    assert guide.guide.effort == Span(30, 35)
    (summary,) = [one for one in guide.other if one.title == "EXECUTIVE SUMMARY"]
    assert len(re.findall(r"(?m)^\d+\. ", summary.text)) == 18
    assert any("announces 10, and 5" in problem.message for problem in guide.problems)


def test_the_real_guide_with_an_inverted_fence() -> None:
    guide = real_guide("chapter-12.pattern-feedback.md")
    assert [one.issue.number for one in guide.issues] == list(range(1, 11))
    for one in guide.issues:
        (pair,) = one.issue.pairs
        assert all(texts(pair))
        assert texts(pair)[0] != texts(pair)[1]
        assert "```" not in "".join(texts(pair))
        assert len(one.notes) == 1
    assert [one.line for one in guide.problems if one.subtype == "fence"] == [300]
    assert guide.other[0].line == 1
    assert guide.other[-1].line > 520


@pytest.mark.parametrize(
    ("name", "issues", "pairs", "locks"),
    [
        ("chapter-01.guide.md", 10, 11, 8),
        ("chapter-04.examples.md", 5, 5, 0),
        ("chapter-06.feedback.md", 10, 10, 0),
        ("chapter-08.guide.md", 10, 10, 13),
        ("chapter-10.pattern-feedback.md", 8, 8, 0),
        ("chapter-12.guide.md", 5, 5, 10),
        ("chapter-12.pattern-feedback.md", 10, 10, 0),
    ],
)
def test_every_real_guide_is_read_and_kept(name: str, issues: int, pairs: int, locks: int) -> None:
    guide = real_guide(name)
    assert len(guide.issues) == issues
    assert sum(len(one.issue.pairs) for one in guide.issues) == pairs
    assert len(guide.locks) == locks
    assert lost_lines(real_text(name), print_myst(guide)) == []


@pytest.mark.parametrize("name", ["chapter-01.manuscript.md", "chapter-12.manuscript.md"])
def test_a_real_manuscript_is_no_guide(name: str) -> None:
    text = real_text(name)
    with pytest.raises(NotAGuideError):
        read_guide(text)


def test_a_label_that_names_the_unit_needs_none_in_its_value() -> None:
    guide = read_guide(
        "# Guide\n\n**Estimated Hours:** 12\n\n### Issue 1: A\n\n*Impact:* High\n\n"
        "**Hours:** 2-3\n\n**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n"
    )
    assert guide.guide.effort == Span(12, 12)
    assert guide.issues[0].issue.effort == Span(2, 3)
    assert guide.issues[0].issue.impact is Impact.HIGH


def test_what_the_mark_of_a_fence_says_is_kept() -> None:
    text = (
        "# G\n\n```{note} Of the harbour\nx\n```\n\n### ISSUE #1: T\n\n"
        "```{tip} Of the mole\ny\n```\n\n"
        "**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```markdown as told\nb\n```\n"
    )
    page = print_myst(read_guide(text))
    for mark in ("```{note} Of the harbour", "```{tip} Of the mole", "```markdown as told"):
        assert f"% {mark}" in page.split("\n")
    assert lost_lines(text, page) == []


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_line_that_myst_breaks_is_shown_letter_by_letter(mark: str) -> None:
    """In a directive, what follows the mark would begin a line: a comment that nobody sees."""
    told = f"It stays.{mark}% It would vanish."
    samples = "**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\nb\n```\n"
    text = f"# G\n\n### ISSUE #1: T\n\n{told}\n\n{samples}"
    assert f"```text\n{told}\n```" in print_myst(read_guide(text))
