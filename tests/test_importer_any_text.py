"""The importer takes any text: it reads it or says that it is not a guide, and loses no line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxext_revguide.importer import NotAGuideError, as_json, print_myst, read_guide
from sphinxext_revguide.importer.recognise.names import split_lines
from tests.importing import lost_lines

DATA = Path(__file__).parent / "importer_data"
GUIDES = [path.read_text(encoding="utf-8").split("\n") for path in sorted(DATA.glob("*.md"))]

PIECES = [
    "", "% x", "+++", "***", "---", "===", "```", "````", "~~~", "```python", "- a", "  - b",
    "1. c", "> q", "> ```", "# H", "#### Sub", "### ISSUE #1: T", "### ISSUE #2: `U` $x$",
    "### **3. V**", "## **EXAMPLE 4: W**", "**EXAMPLE 5: X**", "## **EXAMPLE 5 (CONTINUED)**",
    "#### BEFORE (Old)", "#### AFTER (New)", "**BEFORE:**", "**AFTER:** gone",
    "**Before → After:**",
    "BEFORE:", "AFTER: y", "**AI Pattern:** p", "**Current Text:**", "**Better:**",
    "**Impact:** HIGH | **Reduction:** 5-3%", "**Time:** 2 hours 3 minutes", "**Why:** w",
    "*Rationale: r*", "**MUST PRESERVE:**", "## LOCKED", "- ✅ `kept`", "✓ kept",
    "| Current | Revised |", "|---|---|", "| a | b |", "    code", "<div>", "<!--", "[a]: b",
    "[a](b.md)", "$x$", "{r}`x`", "{{ y }}", "(t)=", ":::{note}", ":f: v", "\\", "`", "``", "\t",
    "\x0c", "a\x0c+++", "a\u2028```", "\x00", "\ufeff", "_", "*", "**", "## 12 ISSUES",
]  # fmt: skip

lines = st.sampled_from(PIECES) | st.text(max_size=12)
any_text = st.lists(lines, max_size=25).map("\n".join) | st.text(max_size=60)


@st.composite
def mutated_guides(draw: st.DrawFn) -> str:
    text = list(draw(st.sampled_from(GUIDES)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 8)))
        text[start:stop] = draw(st.lists(lines, max_size=4))
    return draw(st.sampled_from(["\n", "\r\n"])).join(text)


def check(text: str) -> None:
    try:
        guide = read_guide(text)
    except NotAGuideError:
        return
    printed = print_myst(guide, provenance=True)
    assert lost_lines(text, printed) == []
    assert as_json(guide)["issues"]
    last = len(split_lines(text))
    assert all(0 <= problem.line <= last and problem.message for problem in guide.problems)
    numbers = [issue.issue.number for issue in guide.issues]
    assert len(set(numbers)) == len(numbers)


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    check(text)


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_any_text_below_the_heading_of_an_issue(text: str) -> None:
    check(f"### ISSUE #7: T\n{text}\n**BEFORE:**\n{text}\n")


@given(mutated_guides())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_guides(text: str) -> None:
    check(text)


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_that_ends_in_a_form_feed(guide: list[str]) -> None:
    check("\n".join([*guide, "", "\x0c", ""]))
