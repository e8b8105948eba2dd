"""Guides of editors with a style of their own: where titles, fields and samples may stand."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.model import Impact
from tests.importing import SAMPLES, accounted, locked, pairs_by_issue, read, titles

# Labels


def test_a_remark_behind_a_bold_label() -> None:
    guide = read(
        "### Issue 1: Bells\n\n**Before** (p. 3)\n\n```text\nThe bell was rung.\n```\n\n"
        "**After** (mine):\n\n```text\nAda rang the bell.\n```\n"
    )
    assert pairs_by_issue(guide) == [[("The bell was rung.", "Ada rang the bell.")]]


PLACES = """\
# Notes

## 1. Bells

**Page 6 reads**

> The bell was rung.

**Make it something like**

> Ada rang the bell.

**And page 11**

> The gate was shut.

**Which could be**

> Ben shut the gate.

## 2. Nets

**Page 7 reads**

> The nets were cast.

**Make it something like**

> We cast the nets.

**Page 8** is right as it is.
"""


def test_a_label_may_be_the_place_of_a_passage() -> None:
    assert pairs_by_issue(read(PLACES)) == [
        [
            ("The bell was rung.", "Ada rang the bell."),
            ("The gate was shut.", "Ben shut the gate."),
        ],
        [("The nets were cast.", "We cast the nets.")],
    ]


@pytest.mark.parametrize("label", ["Should come down by", "Could be cut by", "Might shrink by"])
def test_labels_of_a_reduction(label: str) -> None:
    issue = read(f"### Issue 1: Bells\n\n- **{label}:** half\n\n{SAMPLES}").issues[0].issue
    assert issue.reduction == Reduction(50, 50)


# Fields below a title


ASIDES = """\
# Notes

## 1. Nobody rings

<aside>
🔴 **Must fix** · 12 sentences in nine pages · −300 to −350 words · 4 hours

</aside>

The bells ring by themselves.

**Before**

> The bell was rung.

**After**

> Ada rang the bell.

## 2. Nobody fishes

<aside>
🟡 **Nice to have** · all 6 lists · −80 words · 2 hours

</aside>

The nets go out alone.

**Before**

> The nets were cast.

**After**

> We cast the nets.
"""


def test_an_impact_in_bold_is_no_title() -> None:
    guide = read(ASIDES)
    first, second = (issue.issue for issue in guide.issues)
    assert titles(guide) == ["Nobody rings", "Nobody fishes"]
    assert (first.impact, second.impact) == (Impact.CRITICAL, Impact.LOW)
    assert (first.frequency, second.frequency) == ("12 sentences in nine pages", "all 6 lists")
    assert first.reduction == Reduction(300, 350, in_words=True)
    assert (first.effort, second.effort) == (Span(4, 4), Span(2, 2))


# Sections


PARTS = """\
Dear Ben,

# Hands off

1. the song
2. the bins

# Essential

1. **Bells**

   They ring alone.

   - Extent: nine times
   - You say: The bell was rung.
   - Say instead: Ada rang the bell.

2. **Tides**

   They have no hour.

   - Extent: nine times
   - You say: The tide was high.
   - Say instead: The tide was high at ten.

# Advisable

3. **Nets**

   They go out alone.

   - Extent: twice
   - You say: The nets were cast.
   - Say instead: We cast the nets.
"""


def test_the_first_of_several_parts_is_not_the_title() -> None:
    guide = read(PARTS)
    assert locked(guide) == ["the song", "the bins"]
    assert guide.guide.title == ""
    assert [issue.issue.impact for issue in guide.issues] == [
        Impact.CRITICAL,
        Impact.CRITICAL,
        Impact.MEDIUM,
    ]


def test_a_title_may_speak_of_what_must_stay() -> None:
    guide = read(f"# Keepers of the light\n\n## Issue 1: Bells\n\n{SAMPLES}")
    assert guide.guide.title == "Keepers of the light"
    assert locked(guide) == []


@pytest.mark.parametrize(
    "heading", ["Do not regress", "Please don't reword", "Never rewrite these"]
)
def test_verbs_for_changes_that_must_not_be_made(heading: str) -> None:
    guide = read(f"# G\n\n## Issue 1: Bells\n\n{SAMPLES}\n## {heading}\n\n- the song\n- the bins\n")
    assert locked(guide) == ["the song", "the bins"]


# Scales


@pytest.mark.parametrize(
    ("legend", "impacts"),
    [
        (
            "Grades: 1 = it cannot be printed; 2 = advisable; 3 = at your discretion.",
            (Impact.CRITICAL, Impact.LOW),
        ),
        ("1 (lowest) to 5 (highest)", (Impact.LOW, Impact.MEDIUM_HIGH)),
        ("Here 5 is the worst and 1 is trivial.", (Impact.LOW, Impact.MEDIUM_HIGH)),
        ("1 – must fix, 2 – should fix, 3 – nice to have", (Impact.CRITICAL, Impact.LOW)),
        ("1 = the bells; 2 = the nets; 3 = the tide", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_legend_says_what_a_digit_means(legend: str, impacts: tuple[Impact, ...]) -> None:
    guide = read(
        f"# G\n\n{legend}\n\n## Issue 1: Bells\n\n**Grade:** 1\n\n{SAMPLES}\n"
        f"## Issue 2: Nets\n\n**Grade:** 3\n\n{SAMPLES}\n"
    )
    assert tuple(issue.issue.impact for issue in guide.issues) == impacts


# Lists and callouts


ITEMS = """# Notes

:::info
Read this twice.
:::

1. **Nobody rings** ★★★★★
    - How often: every page
    - Gets you: 70–80 words
    - Takes: 2 hrs

    The bells ring alone.

    | Draft | Rewrite |
    | --- | --- |
    | The bell was rung. | Ada rang the bell. |

2. **Nobody fishes** ★★
    - How often: twice
    - Gets you: about 30 words
    - Takes: 20 min

    The nets go out alone.

    | Draft | Rewrite |
    | --- | --- |
    | The nets were cast. | We cast the nets. |

:::success
**Good as is, please leave**
* the song
* the bins
:::
"""


def test_items_with_tables_of_samples_are_issues() -> None:
    guide = read(ITEMS)
    first, second = (issue.issue for issue in guide.issues)
    assert titles(guide) == ["Nobody rings", "Nobody fishes"]
    assert (first.impact, second.impact) == (Impact.CRITICAL, Impact.MEDIUM)
    assert pairs_by_issue(guide) == [
        [("The bell was rung.", "Ada rang the bell.")],
        [("The nets were cast.", "We cast the nets.")],
    ]


def test_a_label_whose_values_are_amounts_says_what_is_saved() -> None:
    assert [issue.issue.reduction for issue in read(ITEMS).issues] == [
        Reduction(70, 80, in_words=True),
        Reduction(30, 30, in_words=True),
    ]


def test_a_label_whose_values_are_lengths_saves_nothing() -> None:
    guide = read(ITEMS.replace("Gets you", "Length now"))
    assert [issue.issue.reduction for issue in guide.issues] == [None, None]


def test_the_first_line_of_a_callout_may_be_its_title() -> None:
    assert locked(read(ITEMS)) == ["the song", "the bins"]
    note = "> [!NOTE]\n> **Do not touch**\n>\n> - the song\n"
    assert locked(read(f"# G\n\n{note}\n## Issue 1: Bells\n\n{SAMPLES}")) == ["the song"]


QUOTED = """\
# Notes

## 1. Bees come late

*Severe. Ten of the twelve pages. Worth 65 words. Say three hours.*

Joinery comes first.

Your draft:

"A hive is to be constructed from boxes. Each of these is of cedar."

My suggestion:

"A hive is a stack of boxes, and the bees live in the lowest one."

Readers came for bees.

## 2. Latin names

*Moderate. 41 instances. Worth 9 words. Say one hour.*

Once is enough.

Your draft:

"Go," he said to the bees, and they went.

They went home.

My suggestion:

"Go home."

The bees went.

## Please keep

The joke about smoke, the story of the swarm (all of it) and the last line.
"""


def test_a_sample_in_quotation_marks_ends_with_them() -> None:
    guide = accounted(QUOTED)
    assert pairs_by_issue(guide)[0] == [
        (
            "A hive is to be constructed from boxes. Each of these is of cedar.",
            "A hive is a stack of boxes, and the bees live in the lowest one.",
        )
    ]
    assert guide.issues[0].why == "Readers came for bees."


def test_a_sample_may_begin_with_what_somebody_says() -> None:
    assert pairs_by_issue(accounted(QUOTED))[1] == [
        (
            '"Go," he said to the bees, and they went.\n\nThey went home.',
            '"Go home."\n\nThe bees went.',
        )
    ]


def test_what_a_change_is_worth() -> None:
    assert [issue.issue.reduction for issue in accounted(QUOTED).issues] == [
        Reduction(65, 65, in_words=True),
        Reduction(9, 9, in_words=True),
    ]


def test_a_sentence_may_list_what_must_stay() -> None:
    assert locked(accounted(QUOTED)) == [
        "The joke about smoke", "the story of the swarm (all of it)", "the last line",
    ]  # fmt: skip
