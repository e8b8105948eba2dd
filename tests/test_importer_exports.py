"""Guides that programs export: Word, Notion, mail, version control."""

from __future__ import annotations

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.model import Impact
from tests.importing import accounted, pairs_by_issue

WORD = """\
**Harbour -- notes on chapter 3**

**Note 1. The gate has no keeper (p. 4)**

Seriousness: must fix. Allow one hour.

Nobody is named.

+--------------------------+----------------------------+
| **Current**              | **Revised**                |
+==========================+============================+
| The gate opens when the  | Berta opens the gate when  |
| water stands high.       | the water stands high.     |
+--------------------------+----------------------------+
| It never fails.          |                            |
+--------------------------+----------------------------+

**Note 2. The box (p. 5)**

Seriousness: could fix. Allow 2 minutes.

Remove the box.
"""


def test_grid_tables_of_a_word_export_are_pairs() -> None:
    guide = accounted(WORD)
    assert guide.guide.title == "Harbour -- notes on chapter 3"
    assert pairs_by_issue(guide)[0] == [
        (
            "The gate opens when the\nwater stands high.",
            "Berta opens the gate when\nthe water stands high.",
        ),
        ("It never fails.", "[Delete.]"),
    ]
    first, second = (issue.issue for issue in guide.issues)
    after = first.pairs[1].after
    assert after is not None
    assert after.instruction
    assert (first.impact, first.effort) == (Impact.CRITICAL, Span(1, 1))
    assert (second.impact, second.pairs) == (Impact.LOW, ())
    assert guide.problems == ()


NOTION = """\
# Ch 3 second pass

Owner: Ines

## To do

- [ ]  **A. The pilot is late**
    - Impact: 🔴 high
    - Time: 35 min
    - Before
        - "The pilot comes at once."
    - After (pick one)
        - "The pilot comes within the hour."
        - "The pilot comes when the tide lets him."
- [x]  **B. The last line**
    - Impact: 🟢 low
    - Before
        - "All was well."
    - After
        - (done, delete)

## Keep 💚

- "The bell had rung *twice* that night."
- the table of tides
"""


def test_a_checklist_of_issues_is_read_with_its_alternatives() -> None:
    guide = accounted(NOTION)
    assert [issue.issue.title for issue in guide.issues] == ["The pilot is late", "The last line"]
    assert pairs_by_issue(guide) == [
        [
            ("The pilot comes at once.", "The pilot comes within the hour."),
            ("The pilot comes at once.", "The pilot comes when the tide lets him."),
        ],
        [("All was well.", "[done, delete]")],
    ]
    assert guide.issues[0].issue.effort is not None
    assert guide.locks[0].phrases == ("The bell had rung twice that night.",)
    assert guide.locks[1].phrases == ()


TABLE = """\
Chapter 5 – edits, version 2

| No. | Where | Finding | Impact | Min. | Current | Suggested |
|---|---|---|---|---|---|---|
| 5.1 | Costs | Both columns win | H | 50 | There are two ways \\| paths. | We took neither. |
| 5.2 | same | Cents | M | 3 | €15,214.87 | about €15,000 |
| | | | | | €113.47 | a little over €100 |
| 5.3 | end | Marathon | L | 1 | It is a marathon of a kind. | – |

Not to be changed: "The brochure had a photograph of a boat." / "Dr Roth put it in the drawer."
"""


def test_a_table_with_an_issue_in_each_row_is_a_guide() -> None:
    guide = accounted(TABLE)
    assert [issue.issue.number for issue in guide.issues] == ["5.1", "5.2", "5.3"]
    assert pairs_by_issue(guide) == [
        [("There are two ways | paths.", "We took neither.")],
        [("€15,214.87", "about €15,000"), ("€113.47", "a little over €100")],
        [("It is a marathon of a kind.", "[Delete.]")],
    ]
    assert [issue.issue.impact for issue in guide.issues] == [
        Impact.HIGH,
        Impact.MEDIUM,
        Impact.LOW,
    ]
    assert guide.locks[0].phrases == (
        "The brochure had a photograph of a boat.",
        "Dr Roth put it in the drawer.",
    )
    assert guide.problems == ()


MAIL = """\
From: Gerda <g@verlag.example>
Subject: Re: chapter 5

Dear Ines,

I have three points.

1) The comparison sells both

Instead of "Both are excellent choices." write "Own staff is wrong if they may leave." Half an hour.

2) The bill

Then you can drop "All amounts are net of tax." altogether. (45 min.)

3) Headings

I'd replace "## Why Pilots are Key" with "## Page 31" and "## Why Tugs are Key" with "## Two tugs".

What you must not touch: the list; and "So the insurance paid in pretzels." I laughed.

Yours, Gerda
"""


def test_a_letter_says_its_pairs_in_sentences() -> None:
    guide = accounted(MAIL)
    assert [issue.issue.title for issue in guide.issues] == [
        "The comparison sells both",
        "The bill",
        "Headings",
    ]
    assert pairs_by_issue(guide) == [
        [("Both are excellent choices.", "Own staff is wrong if they may leave.")],
        [("All amounts are net of tax.", "[Delete.]")],
        [("## Why Pilots are Key", "## Page 31"), ("## Why Tugs are Key", "## Two tugs")],
    ]
    assert [issue.issue.effort for issue in guide.issues] == [
        Span(0.5, 0.5),
        Span(0.75, 0.75),
        None,
    ]
    assert [lock.phrases for lock in guide.locks] == [
        (),
        ("So the insurance paid in pretzels.",),
    ]


PATCHES = """\
# Patch notes: chapter-04.md

## Patch 1/2: drop the slogan

impact: low · 2 min

```diff
 You have half an hour.
-This is where it counts.
+This counts.
```

## Patch 2/2: decimals

impact: medium · 3 min

```diff
-Mean time: 34.82 minutes
```
"""


def test_patches_are_issues_and_one_that_only_takes_away_deletes() -> None:
    guide = accounted(PATCHES)
    assert [issue.issue.number for issue in guide.issues] == [1, 2]
    assert [issue.issue.effort for issue in guide.issues] == [
        Span(2 / 60, 2 / 60),
        Span(0.05, 0.05),
    ]
    assert pairs_by_issue(guide)[1] == [("Mean time: 34.82 minutes", "[Delete.]")]
