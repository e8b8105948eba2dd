"""What an editor writes in other shapes is understood; what only looks like it stays text."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.importer import (
    ImportedGuide,
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.model import Impact

SAMPLES = "**BEFORE:**\n```\nold\n```\n**AFTER:**\n```\nnew\n```\n"


def guide_with(text: str, *, before: str = "") -> ImportedGuide:
    """Read a guide of one issue that contains a text above its samples."""
    return read_guide(f"# Guide\n\n{before}\n\n### ISSUE #1: Bells\n\n{text}\n\n{SAMPLES}")


def lines_of(guide: ImportedGuide) -> list[str]:
    return print_myst(guide).split("\n")


# Units


@pytest.mark.parametrize(
    "line",
    [
        "**Issue 2** is the worst of all.",
        "Issue 2: it is the **worst**",
        "**Issue 2: loud** and **shrill**",
        "Issue 2: bells",
    ],
)
def test_a_text_that_mentions_an_issue_opens_none(line: str) -> None:
    guide = guide_with(f"**Problem:** They ring.\n\n{line}")
    assert [issue.issue.title for issue in guide.issues] == ["Bells"]
    assert line in guide.issues[0].problem


@pytest.mark.parametrize(
    "line", ["**Issue 2: Horns**", "### Finding 2: Horns", "Issue 2: Horns\n---"]
)
def test_an_issue_of_another_make(line: str) -> None:
    guide = read_guide(f"### ISSUE #1: Bells\n{SAMPLES}\n{line}\n\n{SAMPLES}")
    assert [(issue.issue.number, issue.issue.title) for issue in guide.issues] == [
        (1, "Bells"),
        (2, "Horns"),
    ]


@pytest.mark.parametrize("text", ["1. Bells", "*1. Bells*", "Bells", "### Bells\n\n**After:** all"])
def test_a_text_without_a_heading_above_samples_is_not_a_guide(text: str) -> None:
    samples = SAMPLES if "#" not in text else ""
    with pytest.raises(NotAGuideError, match="expected"):
        read_guide(f"{text}\n\n{samples}")


def test_a_text_above_a_rule_is_not_a_heading() -> None:
    guide = guide_with("Loud bells\n---\nShrill bells", before="For the author\n---\n")
    lines = lines_of(guide)
    assert {"For the author", "Loud bells", "Shrill bells"} <= set(lines)
    assert not any("**Loud bells**" in line or "# For the author" in line for line in lines)


def test_an_underlined_title_is_the_guide_s() -> None:
    guide = read_guide(f"Of the harbour\n=====\n\n### ISSUE #1: Bells\n{SAMPLES}")
    assert (guide.guide.title, guide.guide.line) == ("Of the harbour", 1)


def test_only_the_line_above_a_double_line_is_a_heading() -> None:
    guide = guide_with(
        "They ring.", before="Ann and Bo\nask you:\nOf the tower\n=====\n\nIt stands."
    )
    assert {"Ann and Bo", "ask you:", "## Of the tower", "It stands."} <= set(lines_of(guide))


# Labels and fields


def test_a_bold_beginning_without_a_colon_is_not_a_label() -> None:
    guide = guide_with("**Problem:** They ring.\n**Nobody** sleeps.")
    assert guide.issues[0].problem == "They ring.\n**Nobody** sleeps."
    assert guide.problems == ()


def test_a_field_of_the_editor_s_own_is_kept_and_not_reported() -> None:
    guide = guide_with("**Owner:** Ann\n\n**Time:** 2 h")
    assert "**Owner:** Ann" in lines_of(guide)
    assert guide.issues[0].issue.effort == Span(2, 2)
    assert guide.problems == ()


def test_a_field_of_the_editor_s_own_beside_known_ones_is_not_reported() -> None:
    guide = guide_with("**Owner:** Ann | **Impact:** High | **Time:** 2 h")
    issue = guide.issues[0].issue
    assert (issue.impact, issue.effort) == (Impact.HIGH, Span(2, 2))
    assert guide.problems == ()


@pytest.mark.parametrize(
    "label",
    [
        "Time",
        "Implementation time",
        "Estimated time",
        "Effort",
        "Estimated Effort",
        "TIME ESTIMATE",
    ],
)
def test_what_the_hours_are_called(label: str) -> None:
    assert guide_with(f"**{label}:** 2 h").issues[0].issue.effort == Span(2, 2)


def test_italic_fields_stand_on_lines_of_one_paragraph() -> None:
    guide = guide_with(
        "*Impact:* High\n*Frequency:* two bells\n*Time: 45 min*\n*Why:* They *ring*.\n"
    )
    assert guide.issues[0].why == "They *ring*."
    issue = guide.issues[0].issue
    assert (issue.impact, issue.frequency, issue.effort) == (
        Impact.HIGH,
        "two bells",
        Span(0.75, 0.75),
    )


def test_the_first_field_of_a_kind_counts_and_the_other_stays_text() -> None:
    guide = guide_with(
        "**Time:** 2 h\n\n**Time:** 9 h\n\n**Frequency:** two\n\n**Frequency:** nine\n\n"
        "**Reduction:** 20%\n\n**Reduction:** 90%"
    )
    issue = guide.issues[0].issue
    assert (issue.effort, issue.frequency, issue.reduction) == (
        Span(2, 2),
        "two",
        Reduction(20, 20),
    )
    assert {"**Time:** 9 h", "**Frequency:** nine", "**Reduction:** 90%"} <= set(lines_of(guide))


def test_a_severity_is_the_impact_and_an_impact_beside_it_its_effect() -> None:
    guide = guide_with("**Impact:** Low\n\n**Severity:** High\n\n**Impact:** Critical")
    assert guide.issues[0].issue.impact is Impact.HIGH
    assert "**Impact:** Critical" in lines_of(guide)


def test_a_field_that_says_no_figure_is_reported_and_kept() -> None:
    guide = guide_with("**Reduction:** a lot\n\n**Time:** soon")
    assert [(problem.line, problem.message) for problem in guide.problems] == [
        (7, "'a lot' was kept as text: it is not a reduction; write 30%, 45-50% or 150 words"),
        (9, "'soon' was kept as text: it is not a time; write 6-8 hours or 45 min"),
    ]
    assert {"**Reduction:** a lot", "**Time:** soon"} <= set(lines_of(guide))


def test_a_problem_stated_after_the_samples_is_printed_before_them() -> None:
    guide = read_guide(f"### ISSUE #1: Bells\n{SAMPLES}\n**Problem:** They ring.\n")
    page = print_myst(guide)
    assert guide.issues[0].problem == "They ring."
    assert page.index("They ring.") < page.index("{before-after}")


# Samples


def test_what_follows_a_weak_label_stays_to_be_read() -> None:
    guide = read_guide(
        "### ISSUE #1: Bells\n**Current:** three of them\n```\nold\n```\n"
        "**Rewrite:**\n```\nnew\n```\n"
        f"### ISSUE #2: Horns\n{SAMPLES}"
    )
    (pair,) = guide.issues[0].issue.pairs
    assert pair.before is not None
    assert pair.before.text == "old"
    assert "**Current:** three of them" in lines_of(guide)


@pytest.mark.parametrize(
    ("current", "revised"),
    [
        ("Before", "After"),
        ("Original", "New title"),
        ("**Instead of**", "**Replace with**"),
        ("Current title", "Change to"),
        ("CURRENT", "Rewrite"),
    ],
)
def test_columns_that_make_a_table_a_pair(current: str, revised: str) -> None:
    table = (
        f"| # | {current} | {revised} |\n|---|---|---|\n| 1 | Ding | Dong |\n| 2 | Tick | Tock |\n"
    )
    guide = read_guide(f"### ISSUE #1: Bells\n\n{table}\n### ISSUE #2: Horns\n{SAMPLES}")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.before is not None
    assert pair.after is not None
    assert (pair.before.text, pair.after.text) == ("Ding\nTick", "Dong\nTock")
    assert (pair.before.line, pair.after.line) == (5, 5)


@pytest.mark.parametrize("head", ["Current | Note", "Bell | New", "Current"])
def test_another_table_stays_one(head: str) -> None:
    bars = "|---" * (head.count("|") + 1)
    row = " | ".join("x" for _ in head.split("|"))
    guide = guide_with(f"| {head} |\n{bars}|\n| {row} |")
    assert len(guide.issues[0].issue.pairs) == 1
    assert f"| {head} |" in lines_of(guide)
    assert not any(line.endswith("```text") for line in lines_of(guide))


@pytest.mark.parametrize(
    "inner",
    ["```sh\nls\n```", "```sh\nls\n```\nand\n```sh\ncd\n```", "~~~\nls\n~~~", "```sh\n~~~\n```"],
)
def test_a_fence_of_the_same_length_may_stand_in_a_sample(inner: str) -> None:
    samples = SAMPLES.replace("old", f"old\n{inner}\nend")
    guide = read_guide(f"### ISSUE #1: Bells\n{samples}")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.before is not None
    assert pair.before.text == f"old\n{inner}\nend"
    assert guide.problems == ()


@pytest.mark.parametrize("mark", ["1. ", "10. ", "- ", "  - "])
def test_a_fence_in_an_item_of_a_list_ends_there(mark: str) -> None:
    indent = " " * len(mark)
    steps = f"{mark}```sh\n{indent}make\n{indent}```\n"
    guide = guide_with("They ring.", before=steps)
    assert guide.problems == ()
    assert guide.issues[0].issue.title == "Bells"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Current text", "Recommended rewrite"),
        ("Current version", "Suggested rewrite"),
        ("Example", "Better"),
        ("Instead of", "Replace with"),
        ("Original", "Revised"),
        ("Pattern to fix", "Change to"),
        ("Before - loud", "After: quiet"),
    ],
)
def test_what_the_samples_are_called(before: str, after: str) -> None:
    samples = SAMPLES.replace("BEFORE:", f"{before}:").replace("AFTER:", f"{after}:")
    guide = read_guide(f"### ISSUE #1: Bells\n{samples}\n### ISSUE #2: Horns\n{SAMPLES}")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.before is not None
    assert pair.after is not None
    assert (pair.before.text, pair.after.text) == ("old", "new")


def test_an_after_without_a_before_is_kept_and_reported() -> None:
    guide = read_guide("# Guide\n\n### ISSUE #1: Bells\n\n**AFTER:**\n\n```\nnew\n```\n")
    (issue,) = as_json(guide)["issues"]
    assert (issue["line"], issue["before"], issue["after"]) == (3, None, "new")
    assert issue["samples"][0]["before_line"] is None
    assert issue["samples"][0]["after_line"] == 8
    assert any(
        "the BEFORE of this AFTER is missing" in problem.message for problem in guide.problems
    )


def test_a_before_that_is_followed_by_another_is_kept_and_reported() -> None:
    guide = read_guide(f"### ISSUE #1: Bells\n**BEFORE:**\n```\nfirst\n```\n{SAMPLES}")
    first, second = guide.issues[0].issue.pairs
    assert first.before is not None
    assert (first.before.text, first.after) == ("first", None)
    assert second.after is not None
    assert [
        (problem.line, "the AFTER is missing" in problem.message) for problem in guide.problems
    ] == [(2, True)]


def test_a_heading_with_a_weak_word_announces_no_sample() -> None:
    guide = guide_with("#### Example\n\n```\nlog\n```")
    assert len(guide.issues[0].issue.pairs) == 1
    assert "log" in [note.text for note in guide.issues[0].notes]


def test_code_above_the_samples_is_not_reported() -> None:
    guide = guide_with("They ring.\n\n```\nlog\n```")
    assert guide.issues[0].problem == "They ring."
    assert [note.text for note in guide.issues[0].notes] == ["They ring.", "log"]


@pytest.mark.parametrize("first", ["", "Here they are:\n"])
def test_a_fence_that_contains_both_samples(first: str) -> None:
    both = f"```\n{first}\nBEFORE (loud):\nding\n\nAFTER: dong\n```\n"
    guide = read_guide(f"### ISSUE #1: Bells\n\n**BEFORE → AFTER:**\n{both}")
    (pair,) = guide.issues[0].issue.pairs
    assert pair.before is not None
    assert pair.after is not None
    assert (pair.before.text, pair.after.text) == ("ding", "dong")
    assert [note.text for note in guide.issues[0].notes] == [first.strip()] * bool(first)


# The guide as a whole


@pytest.mark.parametrize("title", ["Executive summary", "OVERVIEW", "Abstract"])
def test_a_summary_is_in_the_guide_and_other_sections_below_it(title: str) -> None:
    page = print_myst(guide_with("They ring.", before=f"## {title}\n\nIn short: loud."))
    assert page.index("{revision-guide}") < page.index("In short") < page.index("\n````\n")
    page = print_myst(guide_with("They ring.", before="## Method\n\nIn short: loud."))
    assert page.index("\n````\n") < page.index("## Method") < page.index("In short")


def test_a_locked_item_occurs_once_on_the_page() -> None:
    guide = guide_with("They ring.", before="## Locked\n\n- `Agnes`\n  of the mole\n- `Bell`\n")
    shown = [line.strip("- ") for line in lines_of(guide) if not line.startswith("%")]
    assert [lock.text for lock in guide.locks] == ["`Agnes` of the mole", "`Bell`"]
    assert [shown.count(text) for text in ("`Agnes`", "of the mole", "`Bell`")] == [1, 1, 1]


@pytest.mark.parametrize("fence", ["```\n```\n", "```sh\n\n```\n"])
def test_an_empty_fence_says_nothing(fence: str) -> None:
    assert guide_with("They ring.", before=fence).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "See [the log](https://example.org/log) first.",
        "They ring: twice, and at 5 % of all hours + more.",
        "They ring (loud) = they ring | at noon.",
    ],
)
def test_prose_that_reads_the_same_in_a_book_stays_as_it_is(text: str) -> None:
    guide = guide_with(f"**Problem:** They ring.\n{text}", before=text)
    assert lines_of(guide).count(text) == 2
    assert f"% {text}" not in lines_of(guide)
    assert not any(line.endswith("```text") for line in lines_of(guide))


def test_problems_are_told_in_the_order_of_lines() -> None:
    guide = read_guide(
        "# Guide\n\n**Estimated Hours:** 12\n\n## 7 issues\n\n### ISSUE #1: Bells\n\n"
        "**Impact:** Loud\n\n**Time:** 2 h\n\n**BEFORE:**\n```\nold\n```\n"
    )
    lines = [problem.line for problem in guide.problems]
    assert len(lines) >= 4
    assert lines == sorted(lines)


@pytest.mark.parametrize("title", ["KEP-12: Quotas of jobs", "ABC-7 Quotas of jobs", "3. Quotas"])
def test_the_title_of_a_page_is_no_issue(title: str) -> None:
    page = f"# {title}\n\n```diff\n-a line\n+a new line\n```\n\n## End\n\nBye.\n"
    with pytest.raises(NotAGuideError):
        read_guide(page)
