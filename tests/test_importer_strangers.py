"""Guides of people who number, label and mark in ways of their own."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Size, Span
from sphinxext_revguide.importer import print_myst
from sphinxext_revguide.model import Impact
from tests.importing import accounted, pairs_by_issue, read

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
    guide = accounted(CODED)
    assert [issue.issue.number for issue in guide.issues] == ["C1", "C2", "M1"]
    assert pairs_by_issue(guide) == [
        [("Before the opening we checked\neverything.", "We ticked the last box first.")],
        [("The journey is complete.", "none.")],
        [("Step 2: Deciding", "The Thursday before")],
    ]
    impacts = [issue.issue.impact for issue in guide.issues]
    assert impacts == [Impact.CRITICAL, Impact.HIGH, Impact.LOW]
    assert guide.problems == ()


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
    guide = accounted(QUOTED)
    before = "**Symptoms:** amber lamp.\n**Fix:** adjust it."
    assert pairs_by_issue(guide) == [
        [(before, "It is the left one."), (before, "It was the left one.")],
        [],
    ]
    first = guide.issues[0].issue
    assert (first.number, first.effort, first.frequency) == ("1A", Span(1.25, 1.25), "once")
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
    guide = accounted(OVERVIEW)
    assert pairs_by_issue(guide) == [
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
    guide = accounted(text)
    assert guide.issues[0].issue.impact is impact
    assert pairs_by_issue(guide) == [[("How It Works: One", "The choir")]]


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
    guide = accounted(SPOKEN)
    assert pairs_by_issue(guide) == [
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
    guide = accounted(BULLETS)
    assert pairs_by_issue(guide) == [
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
    guide = accounted(UNNUMBERED)
    assert [issue.issue.title for issue in guide.issues] == ["slogan", "precision"]
    assert pairs_by_issue(guide)[1] == [("It was 12.3456 m.", "It was twelve metres.")]


def test_an_arrow_below_a_quotation() -> None:
    guide = accounted('### 1. Opening\n\n"The harbour is long."\n→ "Nine ships."\n')
    assert pairs_by_issue(guide) == [[("The harbour is long.", "Nine ships.")]]


STRANGE = """# Guide to the pump

Reviewed: 3 chapters, 9 KB, 180 lines. Target: 20-25% shorter. Effort: 6-8 hours.

## Do not touch

- "You are late," said Mrs Tait.
- `Never open the steam valve with the door shut.`
- Never write "very"
- The dog

**1. The start** (major; twice)

> In the beginning, everything had been apart.

Better:

> It began apart.

**2. The middle** (major; twice)

> In the middle, everything had been apart.

Better:

> It went on apart.

**3. The ending** (minor; once)

> In the end, everything had come together.

Better:
"""


def test_targets_in_a_line_below_the_title() -> None:
    guide = read(STRANGE).guide
    assert (guide.baseline, guide.effort) == (Size(bytes=9000, lines=180), Span(6, 8))
    assert str(guide.reduction) == "20-25%"


def test_punctuation_at_the_end_of_a_quotation_is_not_locked() -> None:
    assert read(STRANGE).locks[0].phrases == ("You are late",)


def test_a_quoted_order_is_a_phrase_that_stays() -> None:
    guide = read(STRANGE)
    assert [lock.text for lock in guide.locks] == [
        '"You are late," said Mrs Tait.', "`Never open the steam valve with the door shut.`",
        "The dog",
    ]  # fmt: skip
    page = print_myst(guide)
    assert page.count("The dog") == 1
    assert page.count('Never write "very"') == 1


def test_a_before_whose_after_is_not_written_yet() -> None:
    guide = read(STRANGE)
    [pair] = guide.issues[2].issue.pairs
    assert pair.before is not None
    assert pair.before.text == "In the end, everything had come together."
    assert pair.after is None
    assert "Better" not in print_myst(guide).partition("The ending")[2]
