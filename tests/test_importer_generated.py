"""Guides of known content, written in each of the six shapes and broken as real ones are.

The importer must give back what went in: every unit with its title and number, every sample to
the letter, every instruction as an instruction, and no line lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxext_revguide.importer import ImportedGuide, ImportedIssue, print_myst, read_guide
from tests.importing import lost_lines

SENTENCES = (
    "the harbour master counts ropes at dawn while gulls argue over a bucket of herring and "
    "nobody signs for the lamp oil that ran out on Tuesday before the packet boat came in"
)
WORDS = SENTENCES.split()


@dataclass
class Unit:
    """What one unit of a guide says."""

    number: int
    title: str
    problem: str
    before: list[str]
    after: list[str]
    why: str
    advice: bool = False  # the AFTER is an instruction, not a text
    unclosed: str = ""  # the sample whose fence is left open
    continued: bool = False  # a second heading stands between the samples


@dataclass
class Written:
    """A guide in one shape, and what it says."""

    shape: str
    units: list[Unit]
    text: str
    cut: bool = False  # the file ends inside the last AFTER


def sentence(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=12))
    return " ".join(words).capitalize() + "."


def sample(draw: st.DrawFn, *, nested: bool) -> list[str]:
    """Lines of a sample: prose, tables, lists, headings and rules of its own."""
    blocks: list[list[str]] = [[sentence(draw)]]
    kinds = ["prose", "table", "list", "steps", "heading", "bold", "rule", "field", "check"]
    for kind in draw(st.lists(st.sampled_from(kinds + ["code"] * nested), max_size=5)):
        words = sentence(draw)
        block = {
            "prose": [words, sentence(draw)],
            "table": ["| Check | State |", "|---|---|", f"| {words[:-1]} | ✅ 4.8s |"],
            "list": [f"- {words}", f"- **{words[:9]}:** {words}"],
            "steps": [f"1. {words}", "2. And again."],
            "heading": [f"## {words[:-1]}"],
            "bold": [f"**{words[:-1]}**"],
            "rule": ["---"],
            "field": [f"**Decision:** {words}"],
            "check": [f"☐ {words}", f"☑ {words}"],
            "code": ["```python", f"count({words!r})", "```"],
        }[kind]
        blocks += [block]
    blocks.append([sentence(draw)])
    return "\n\n".join("\n".join(block) for block in blocks).split("\n")


@st.composite
def units(draw: st.DrawFn, *, fenced: bool) -> list[Unit]:
    found = []
    for number in range(1, draw(st.integers(2, 5)) + 1):
        nested = fenced and draw(st.integers(0, 3)) == 0
        broken = "" if nested or not fenced else draw(st.sampled_from(["", "", "", "before"]))
        found.append(
            Unit(
                number,
                sentence(draw)[:-1],
                sentence(draw),
                sample(draw, nested=nested),
                [sentence(draw)] if (advice := draw(st.integers(0, 5)) == 0)
                else sample(draw, nested=nested),
                sentence(draw),
                advice,
                broken,
            )
        )  # fmt: skip
    return found


def fence(lines: list[str], info: str = "", *, closed: bool = True) -> list[str]:
    return [f"```{info}", *lines, *(["```"] if closed else []), ""]


def after(unit: Unit, info: str = "") -> list[str]:
    return [*unit.after, ""] if unit.advice else fence(unit.after, info)


def before(unit: Unit, info: str = "") -> list[str]:
    return fence(unit.before, info, closed=unit.unclosed != "before")


def labelled(unit: Unit) -> list[str]:
    """A: bold labels and fences."""
    return [
        f"### Issue {unit.number}: {unit.title}", "",
        "**Severity:** HIGH", "**Time:** 2 hours", "",
        f"**Problem:** {unit.problem}", "",
        "**BEFORE:**", *before(unit),
        "**AFTER:**", *after(unit),
        f"**Why this works:** {unit.why}", "", "---", "",
    ]  # fmt: skip


def numbered(unit: Unit) -> list[str]:
    """B: numbered bold titles, fields split by bars."""
    return [
        f"### {unit.number}. **{unit.title}**", "",
        "**Severity:** HIGH | **Impact:** Every reader", "",
        "**The Problem:**", unit.problem, "",
        "**Before:**", *before(unit),
        "**After:**", *after(unit),
        "**Why This Matters:**", unit.why, "",
        "**Implementation:**", "- Half a day", "",
    ]  # fmt: skip


def piped(unit: Unit) -> list[str]:
    """C: piped fields, samples below headings."""
    return [
        f"### ISSUE #{unit.number}: {unit.title}", "",
        "**Impact:** CRITICAL | **Frequency:** 2-3 places | **Reduction:** 40-45%", "",
        f"**Problem:** {unit.problem}", "",
        "#### BEFORE (Current Style)", "", *before(unit),
        "#### AFTER (Told by Someone)", "", *after(unit),
        f"**Why this matters:** {unit.why}", "",
        "**Implementation Time:** 2-3 hours", "", "---", "",
    ]  # fmt: skip


def examples(unit: Unit) -> list[str]:
    """D: examples with marked fences between rules of stars."""
    again = [f"## **EXAMPLE {unit.number} (CONTINUED)**", ""] if unit.continued else []
    return [
        f"## **EXAMPLE {unit.number}: {unit.title}**", "", unit.problem, "",
        "### **BEFORE:**", "", *before(unit, "markdown"), *again,
        "### **AFTER:**", "", *after(unit, "markdown"),
        f"**Why it works:** {unit.why}", "", "***", "",
    ]  # fmt: skip


def quoted(unit: Unit) -> list[str]:
    """E: no fences, quotations."""

    def quote(lines: list[str]) -> list[str]:
        return [f"> {line}".rstrip() for line in lines]

    reported = [f"> [{unit.after[0]}]"] if unit.advice else quote(unit.after)
    return [
        f"**EXAMPLE {unit.number}: {unit.title}**", "", unit.problem, "",
        "**BEFORE:**", "", *quote(unit.before), "",
        "**AFTER:**", "", *reported, "",
        f"*Rationale: {unit.why}*", "",
    ]  # fmt: skip


def patterns(unit: Unit) -> list[str]:
    """F: the pattern with an excerpt, then both samples."""
    return [
        f"### **{unit.number}. {unit.title}**", "",
        f"**AI Pattern:** {unit.problem}", "", *fence(["An excerpt, not the BEFORE."]),
        "**BEFORE (Current Style):**", "", *before(unit),
        "**AFTER (Told):**", "", *after(unit),
        f"**Why this matters:** {unit.why}", "", "***", "",
    ]  # fmt: skip


SHAPES: dict[str, Callable[[Unit], list[str]]] = {
    "A": labelled, "B": numbered, "C": piped, "D": examples, "E": quoted, "F": patterns,
}  # fmt: skip

MIXED_CASE = {"B"}
"""Shapes whose labels of samples are not in capitals."""


@st.composite
def guides(draw: st.DrawFn, shape: str) -> Written:
    content = draw(units(fenced=shape != "E"))
    for unit in content:
        if shape in MIXED_CASE and unit.advice:
            # "**After:**" above plain text may be the sample's own: nothing ends an open fence.
            unit.unclosed = ""
        unit.continued = shape == "D" and not unit.unclosed and draw(st.booleans())
    title = "Chapter 7 Revision Guide"
    lines = [title, "=" * len(title)] if draw(st.booleans()) else [f"# {title}"]
    lines += ["", "**Content Reduction Target:** 20-25%", ""]
    if draw(st.booleans()):
        lines = ["Here is the guide you asked for.", "", *lines]
    for unit in content:
        lines += SHAPES[shape](unit)
    cut = shape != "E" and not content[-1].advice and draw(st.integers(0, 4)) == 0
    if cut:
        last = content[-1].after
        begins = max(at for at in range(len(lines)) if lines[at : at + len(last)] == last)
        lines = lines[: begins + 1]
    elif draw(st.booleans()):
        lines += ["## Timeline", "", "1. **Week 1:** the worst", "", "Shall I go on?"]
    text = draw(st.sampled_from(["", "\ufeff"])) + "\n".join(lines)
    return Written(shape, content, text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), cut)


def check_unit(read: ImportedIssue, unit: Unit, *, cut: bool) -> None:
    assert read.issue.number == unit.number
    assert read.issue.title == unit.title
    assert unit.problem in read.problem
    (pair,) = read.issue.pairs
    assert pair.before is not None
    assert pair.before.text.split("\n") == unit.before
    if unit.advice:
        assert pair.after is not None
        assert pair.after.instruction
        assert unit.after[0] in pair.after.text
    elif cut:
        assert pair.after is not None
        assert pair.after.text
        assert "\n".join(unit.after).startswith(pair.after.text)
    else:
        assert pair.after is not None
        assert not pair.after.instruction
        assert pair.after.text.split("\n") == unit.after
    assert cut or unit.why in read.why


def check_guide(written: Written) -> None:
    guide: ImportedGuide = read_guide(written.text)
    assert guide.guide.title == "Chapter 7 Revision Guide"
    assert [issue.issue.number for issue in guide.issues] == [unit.number for unit in written.units]
    for index, (read, unit) in enumerate(zip(guide.issues, written.units, strict=True)):
        check_unit(read, unit, cut=written.cut and index == len(written.units) - 1)
    page = print_myst(guide, provenance=True)
    assert lost_lines(written.text, page) == []
    broken = sum(bool(unit.unclosed) for unit in written.units) + written.cut
    assert sum(problem.subtype == "fence" for problem in guide.problems) == broken


@pytest.mark.parametrize("shape", SHAPES)
def test_a_guide_of_known_content_comes_back(shape: str) -> None:
    @given(guides(shape))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def run(written: Written) -> None:
        check_guide(written)

    run()
