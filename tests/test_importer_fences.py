"""The importer: broken fences are repaired, and what samples and fences may contain."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer import print_myst, read_guide
from tests.importing import DATA, guide_of, lost_lines, texts


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
    assert [issue.issue.number for issue in guide.issues] == [1, 2, 3, 4]
    pairs = [texts(issue.issue.pairs[0]) for issue in guide.issues]
    assert all(len(issue.issue.pairs) == 1 for issue in guide.issues)
    assert pairs[1][1].endswith("Going on with the other patterns of this chapter:")
    assert pairs[2] == (
        "Closed on Mondays. No exceptions.",
        "On Mondays the dust is counted, so the doors stay shut.",
    )
    assert pairs[3][0] == "The catalogue is complete. All is found."


def test_the_place_where_a_sample_breaks_off_is_named() -> None:
    guide = guide_of("library.patterns.md")
    (problem,) = [problem for problem in guide.problems if problem.subtype == "fence"]
    lines = (DATA / "library.patterns.md").read_text(encoding="utf-8").split("\n")
    assert lines[problem.line - 1].startswith("1. **The atlas Going on")
    assert "the fence opened on line 52 is never closed" in problem.message


def test_chat_above_the_title_and_a_summary_below_are_kept() -> None:
    guide = guide_of("library.patterns.md")
    assert guide.guide.title == "Chapter 7: Cataloguing — Pattern Analysis"
    assert [(other_section.title, other_section.line) for other_section in guide.other] == [
        ("", 1),
        ("", 5),
        ("Summary of the Patterns", 98),
        ("By kind:", 102),
    ]
    assert guide.other[0].text.startswith("Gladly!")


@pytest.mark.parametrize(
    ("breaker", "reason"),
    [
        ("***", "the rule on line 8"),
        ("### **2. Second**", "the heading on line 8"),
        ("### ISSUE #2: Second", "the heading on line 8"),
        ("## **EXAMPLE 2: Second**", "the heading on line 8"),
        ("**AFTER (Clear):**", "the label on line 8"),
        ("### **AFTER:**", "the heading on line 8"),
        ("**AI Pattern:** more", "the label on line 8"),
        ("```markdown", "the new fence on line 8"),
    ],
)
def test_what_ends_an_open_fence(breaker: str, reason: str) -> None:
    text = f"# T\n### **1. First**\n**BEFORE:**\n```\nold\n\nbroken\n{breaker}\n"
    guide = read_guide(text)
    (problem,) = [problem for problem in guide.problems if reason in problem.message]
    assert problem.line == 7
    assert texts(guide.issues[0].issue.pairs[0])[0] == "old\n\nbroken"
    assert lost_lines(text, print_myst(guide, provenance=True)) == []


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


def test_what_the_mark_of_a_fence_says_is_kept() -> None:
    text = (
        "# G\n\n```{note} Of the harbour\nx\n```\n\n### ISSUE #1: T\n\n"
        "```{tip} Of the mole\ny\n```\n\n"
        "**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```markdown as told\nb\n```\n"
    )
    page = print_myst(read_guide(text), provenance=True)
    for mark in ("```{note} Of the harbour", "```{tip} Of the mole", "```markdown as told"):
        assert f"% {mark}" in page.split("\n")
    assert lost_lines(text, page) == []


@pytest.mark.parametrize("name", ["0", "7", "x"])
def test_no_line_is_taken_for_a_fence_held_back(name: str) -> None:
    pair = "**BEFORE:**\n```\na\n```\n**AFTER:**\n```\nb\n```\n"
    text = f"# Guide\n\n### Issue 3: t\n\n\0fence @\n\n{pair}"
    page = print_myst(read_guide(text.replace("@", name)))
    assert f"\ufffdfence {name}" in page
    assert page.count("\na\n") == 1
