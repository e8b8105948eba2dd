"""The importer: shapes of guides from Word, Notion, mail programs and people who write diffs."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer import ImportedGuide, as_json, read_guide
from sphinxext_revguide.model import Impact
from tests.importing import texts


def read(text: str, name: str = "guide.md") -> ImportedGuide:
    guide = read_guide(text, name=name)
    assert [a for a in as_json(guide)["lines"] if a["where"] in ("", "appended")] == []
    return guide


def pairs(guide: ImportedGuide) -> list[list[tuple[str | None, str | None]]]:
    return [[texts(pair) for pair in issue.issue.pairs] for issue in guide.issues]


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
    guide = read(WORD)
    assert guide.guide.title == "Harbour -- notes on chapter 3"
    assert pairs(guide)[0] == [
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
    guide = read(NOTION)
    assert [issue.issue.title for issue in guide.issues] == ["The pilot is late", "The last line"]
    assert pairs(guide) == [
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
    guide = read(TABLE)
    assert [issue.issue.number for issue in guide.issues] == ["5.1", "5.2", "5.3"]
    assert pairs(guide) == [
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
    guide = read(MAIL)
    assert [issue.issue.title for issue in guide.issues] == [
        "The comparison sells both",
        "The bill",
        "Headings",
    ]
    assert pairs(guide) == [
        [("Both are excellent choices.", "Own staff is wrong if they may leave.")],
        [("All amounts are net of tax.", "[Delete.]")],
        [("## Why Pilots are Key", "## Page 31"), ("## Why Tugs are Key", "## Two tugs")],
    ]
    assert [issue.issue.effort for issue in guide.issues] == [
        Span(0.5, 0.5),
        Span(0.75, 0.75),
        None,
    ]
    assert guide.locks[0].phrases == ("So the insurance paid in pretzels.",)


CODED = """\
Chapter 6: Opening Day
======================

Critical
--------

**C1 – Five checks, five passes**

A list that was met.

*Current text:* "Before the opening we checked
everything."

*Suggested text:* "We ticked the last box first."

Impact: the decision has no weight without it. Time: 45 min.

**C2 – The end**

*Current text:* "The journey is complete."

*Suggested text:* none.

Impact: high. Time: 25 min.

Minor
-----

**M1 – Step 1 to Step 6**

"Step 2: Deciding" becomes "The Thursday before". Impact: low. Time: 10 min.
"""


def test_numbers_with_a_letter_and_italic_labels() -> None:
    guide = read(CODED)
    assert [issue.issue.number for issue in guide.issues] == ["C1", "C2", "M1"]
    assert pairs(guide) == [
        [("Before the opening we checked\neverything.", "We ticked the last box first.")],
        [("The journey is complete.", "none.")],
        [("Step 2: Deciding", "The Thursday before")],
    ]
    impacts = [issue.issue.impact for issue in guide.issues]
    assert impacts == [Impact.CRITICAL, Impact.HIGH, Impact.LOW]
    assert guide.problems == ()


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
    guide = read(PATCHES)
    assert [issue.issue.number for issue in guide.issues] == [1, 2]
    assert [issue.issue.effort for issue in guide.issues] == [
        Span(2 / 60, 2 / 60),
        Span(0.05, 0.05),
    ]
    assert pairs(guide)[1] == [("Mean time: 34.82 minutes", "[Delete.]")]


QUOTED = """\
# CHAPTER FOUR

## Strengths

Please keep, word for word:

> It was the left tensioner on 4 June.

## Group 1

### 1A. The incident

Impact: critical. Found: once. Expected reduction: 90 words become 80. Time: 1 h 15.

> **Original:**
> **Symptoms:** amber lamp.
> **Fix:** adjust it.
>
> **Rewrite:** It is the left one.
>
> **Alternative:** It was the left one.

### 1B. Headings

Impact: low. Found: five headings. Time: 10 min.

Rename every heading.
"""


def test_labels_inside_a_quotation_split_it() -> None:
    guide = read(QUOTED)
    before = "**Symptoms:** amber lamp.\n**Fix:** adjust it."
    assert pairs(guide) == [[(before, "It is the left one."), (before, "It was the left one.")], []]
    first = guide.issues[0].issue
    assert (first.number, first.effort, first.frequency) == ("1A", Span(1.25, 1.25), "once.")
    assert guide.locks[0].phrases == ("It was the left tensioner on 4 June.",)
    assert guide.problems == ()


OVERVIEW = """\
# Revision Guide 03

Chapter 3, assistant to the editor

| # | Issue | Priority | Effort | Expected reduction |
|---|---|---|---|---|
| 1 | Limits from nowhere | P1 | 60 min | 55 → 40 words |
| 2 | The box | P3 | 2 min | 4 → 0 |

## Details

### #1 Limits from nowhere (P1)

Before

> We keep it fresh.

After

> We compare two weeks.

Before

> It starts by itself.

After: *delete*

### #2 The box (P3)

Delete the box.
"""


def test_an_overview_gives_the_issues_below_it_their_fields() -> None:
    guide = read(OVERVIEW)
    assert pairs(guide) == [
        [("We keep it fresh.", "We compare two weeks."), ("It starts by itself.", "[delete]")],
        [],
    ]
    assert [issue.issue.impact for issue in guide.issues] == [Impact.CRITICAL, Impact.MEDIUM]
    assert guide.issues[1].issue.effort == Span(2 / 60, 2 / 60)
    assert guide.problems == ()


@pytest.mark.parametrize(("stars", "impact"), [("★★★★★", Impact.CRITICAL), ("★☆☆☆☆", Impact.LOW)])
def test_stars_are_an_impact(stars: str, impact: Impact) -> None:
    text = (
        f"### ISSUE #1: A\n- **Rank:** 1 of 2\n- **Impact:** {stars}\n- **Time:** 4 min\n\n"
        '**BEFORE → AFTER:**\n\n- "How It Works: One" → "The choir"\n'
    )
    guide = read(text)
    assert guide.issues[0].issue.impact is impact
    assert pairs(guide) == [[("How It Works: One", "The choir")]]


SPOKEN = """\
Hi Ines,

1. The opening

I would change "The harbour has ships." to "Nine ships, one berth." And cut "It was a day." please.

2. The numbers

Where you write "We counted 4,127 gulls.", I would write "We gave up counting." Ten minutes.

3. The end

I'd say "The lamp is broken." rather than "All ended well."

**Please keep:** "The bell rang twice that night." and the map.
"""


def test_more_sentences_that_are_pairs() -> None:
    guide = read(SPOKEN)
    assert pairs(guide) == [
        [
            ("The harbour has ships.", "Nine ships, one berth."),
            ("It was a day.", "[Delete.]"),
        ],
        [("We counted 4,127 gulls.", "We gave up counting.")],
        [("All ended well.", "The lamp is broken.")],
    ]
    assert guide.locks[0].phrases == ("The bell rang twice that night.",)


BULLETS = """\
# Review

- **1. Nobody is named** (high, 30 min)
  - Before: "The gate was opened."
  - After: "Berta opened the gate."
- **2. Slogan** (low, 5 min)
  - Before: "Safety first, always."
  - After: delete
"""


def test_a_list_of_issues_with_their_fields_in_brackets() -> None:
    guide = read(BULLETS)
    assert pairs(guide) == [
        [("The gate was opened.", "Berta opened the gate.")],
        [("Safety first, always.", "[Delete.]")],
    ]
    assert [issue.issue.impact for issue in guide.issues] == [Impact.HIGH, Impact.LOW]
    assert guide.issues[0].issue.effort == Span(0.5, 0.5)


UNNUMBERED = """\
# Edits for Chapter 9

| Line | Current | Proposed | Reason |
|---|---|---|---|
| 12 | We strive for excellence. | We try. | slogan |
| 40 | It was 12.3456 m. | It was twelve metres. | precision |
"""


def test_the_rows_of_a_table_without_numbers_are_counted() -> None:
    guide = read(UNNUMBERED)
    assert [issue.issue.title for issue in guide.issues] == ["slogan", "precision"]
    assert pairs(guide)[1] == [("It was 12.3456 m.", "It was twelve metres.")]


def test_an_arrow_below_a_quotation() -> None:
    guide = read('### 1. Opening\n\n"The harbour is long."\n→ "Nine ships."\n')
    assert pairs(guide) == [[("The harbour is long.", "Nine ships.")]]
