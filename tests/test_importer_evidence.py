"""Guides whose labels are no known words: their shapes, places and values say what they mean."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.rewrite.named_columns import with_named_columns
from sphinxext_revguide.model import Impact
from tests.importing import (
    accounted,
    pairs_by_issue,
    read,
    reported,
    titles,
)

# Columns

COLUMNS = """\
# Notes on chapter 2

| Item | Subject | Weight | Spread | You could cut |
|---|---|---|---|---|
| 1 | The dough rests twice | heavy | 3 recipes | 80 words |
| 2 | Salt is weighed in spoons | light | p. 9 | – |
| 3 | The oven has no door | light | once | – |

## 1: The dough rests twice

**On page and screen:** Both rests are told as if each were the only one.

| {old} | {new} |
|---|---|
| The dough should be left to rest for an hour or so. | Leave the dough for an hour. |
| After which it should once more be left to rest. | Knead it and leave it again. |

**Price for the baker:** Nobody knows which rest may be skipped.

## 2: Salt is weighed in spoons

**On page and screen:** A spoon of fine salt weighs twice as much as a coarse one.

| {old} | {new} |
|---|---|
| Add two good spoons of salt to the flour. | Add 20 grams of salt to the flour. |

**Price for the baker:** The loaf cannot be eaten by anybody.

## 3: The oven has no door

**On page and screen:** The picture is of another oven, so there is nothing to rewrite.

**Price for the baker:** A cold loaf that nobody has ever asked for.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Printed now", "Print instead"),
        ("Text as it stands", "Mine"),
        ("Yours", "Mine"),
        ("The draft", "What you might bake"),
    ],
)
def test_columns_of_passages_hold_samples_where_one_name_hints_at_it(old: str, new: str) -> None:
    guide = accounted(COLUMNS.format(old=old, new=new))
    assert titles(guide) == [
        "The dough rests twice", "Salt is weighed in spoons", "The oven has no door",
    ]  # fmt: skip
    assert [[new for _old, new in pairs] for pairs in pairs_by_issue(guide)] == [
        ["Leave the dough for an hour.", "Knead it and leave it again."],
        ["Add 20 grams of salt to the flour."],
        [],
    ]


def test_what_is_above_and_below_columns_of_samples_is_problem_and_reason() -> None:
    guide = accounted(COLUMNS.format(old="Printed now", new="Print instead"))
    assert [one.problem.split()[0] for one in guide.issues] == ["Both", "A", "The"]
    assert [one.why.split()[0] for one in guide.issues] == ["Nobody", "The", "A"]


def test_a_column_that_counts_the_rows_is_that_of_numbers() -> None:
    guide = accounted(COLUMNS.format(old="Printed now", new="Print instead"))
    assert [one.issue.number for one in guide.issues] == [1, 2, 3]
    assert guide.issues[0].issue.reduction == Reduction(80, 80, in_words=True)
    assert not any("impact" in message for message in reported(guide, 5))


QUESTIONS = [
    ("How long does the dough rest?", "An hour, under a wet cloth."),
    ("Who turns on the oven?", "Whoever comes down first, at five."),
    ("What becomes of old bread?", "The ducks have had theirs since 1950."),
]


@pytest.mark.parametrize(("first", "second"), [("Question", "Answer"), ("Better", "As drafted")])
def test_other_columns_of_texts_are_no_samples(first: str, second: str) -> None:
    rows = "".join(f"| {' | '.join(row)} |\n" for row in QUESTIONS)
    text = f"| {first} | {second} |\n|---|---|\n{rows}".split("\n")
    lines = [Line(line, number) for number, line in enumerate(text, 1)]
    assert with_named_columns(lines) == lines


# Callouts

CALLOUTS = """\
## 1. Bells

They ring too early for anybody to hear.

> [!{first}
> The bells were rung by us at an early hour.

> [!{second}
> We rang the bells at five.

**Who suffers:** Those who sleep next to the tower.

## 2. Horns

They are louder than the bells.

> [!{first}
> The horns were blown by them at a late hour.

> [!{second}
> They blew the horns at ten.

**Who suffers:** Those who live across the bay.
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("quote] From Ann", "success] From Bo"),
        ("note] Yours", "tip] Ours"),
        ("note] The draft", "tip] Edit"),
        ("note] Original", "tip] Bo's hand"),
    ],
)
def test_callouts_with_titles_of_their_own(first: str, second: str) -> None:
    guide = read(CALLOUTS.format(first=first, second=second))
    assert pairs_by_issue(guide) == [
        [("The bells were rung by us at an early hour.", "We rang the bells at five.")],
        [("The horns were blown by them at a late hour.", "They blew the horns at ten.")],
    ]


# Leads and labels

FENCED = """\
(1) The pump starts too early
-----------------------------

**Severity 4/5 · 3 places · — · 40 minutes, with the test**

Trouble: The reader has not filled it.

{old} (p. 4):

```text
The pump is then switched on by the operator.
```

{new}:

```text
Fill the pump. Then switch it on.
```

Damage: A dry pump burns within a minute.

(2) The valve has three names
-----------------------------

**Severity 2/5 · 12 places · 30 words · an hour**

Trouble: It is a cock on every second page.

{old} (p. 9):

```text
Turn the cock of the valve until the tap closes.
```

{new}:

```text
Turn the valve until it closes.
```

Damage: Somebody looks for the tap.
"""


@pytest.mark.parametrize(("old", "new"), [("Yours", "Ours"), ("Manuscript", "Edit")])
def test_fences_below_labels_of_their_own(old: str, new: str) -> None:
    guide = accounted(f"Notes\n=====\n\n{FENCED.format(old=old, new=new)}")
    assert titles(guide) == ["The pump starts too early", "The valve has three names"]
    assert pairs_by_issue(guide)[1] == [
        ("Turn the cock of the valve until the tap closes.", "Turn the valve until it closes.")
    ]
    first, second = (one.issue for one in guide.issues)
    assert (first.frequency, first.reduction) == ("3 places", None)
    assert (second.frequency, second.reduction) == ("12 places", Reduction(30, 30, in_words=True))
    assert [one.why.split()[0] for one in guide.issues] == ["A", "Somebody"]


LED = """\
# Notes

## Must fix

### The ferry leaves without the reader

- Shows up: on 4 pages
- Gain: none in length
- Takes: 2 hours, and a walk

Nobody knows when it leaves.

{old}, p. 3

> The ferry will have been boarded by noon.

{new}

> Board the ferry by noon.

{old}, p. 5

> The bell is then to be rung.

{new}

> Ring the bell.

*So what?* People miss it.

## Could fix

### The map is upside down

- Shows up: once

{old}

> The north is found at the lower edge of it.

{new}

> North is at the bottom.
"""


@pytest.mark.parametrize(("old", "new"), [("Draft", "Edit"), ("Original", "Bo")])
def test_words_above_quotations_announce_samples_below_headings_without_a_number(
    old: str, new: str
) -> None:
    guide = accounted(LED.format(old=old, new=new))
    assert pairs_by_issue(guide) == [
        [
            ("The ferry will have been boarded by noon.", "Board the ferry by noon."),
            ("The bell is then to be rung.", "Ring the bell."),
        ],
        [("The north is found at the lower edge of it.", "North is at the bottom.")],
    ]
    assert [one.issue.impact for one in guide.issues] == [Impact.CRITICAL, Impact.LOW]
    assert (guide.issues[0].problem, guide.issues[0].why) == (
        "Nobody knows when it leaves.",
        "People miss it.",
    )
    assert "**Gain:** none in length" in [note.text for note in guide.issues[0].notes]


CHECKLIST = """\
# Notes

## Severity: critical

- [ ] **Ebb and low water are confused**
    - Count: 7 paragraphs
    - Time: 4 hours
    - What is wrong: One is a movement, the other a level.
    - Why bother: A boat runs aground.

    ```diff
    - At ebb the sand is dry.
    + At low water the sand is dry.
    ```

- [x] **The moon comes late**
    - Count: page 9
    - What is wrong: It is not named before.

    ```diff
    - Tides are caused by a body that we shall meet.
    + The moon makes the tides.
    +
    + It pulls.
    ```

## Severity: cosmetic

- [ ] **Every wave is huge**
    - Count: huge 9
    - Time: half an hour
    - What is wrong: Two of them are.

    ```diff
    - A huge wave
    + A wave as high as a bus
    ```
"""


def test_diffs_below_fields_in_checklists_of_several_sections() -> None:
    guide = accounted(CHECKLIST)
    assert titles(guide) == [
        "Ebb and low water are confused", "The moon comes late", "Every wave is huge",
    ]  # fmt: skip
    assert pairs_by_issue(guide)[1:] == [
        [
            (
                "Tides are caused by a body that we shall meet.",
                "The moon makes the tides.\n\nIt pulls.",
            )
        ],
        [("A huge wave", "A wave as high as a bus")],
    ]
    impacts = [one.issue.impact for one in guide.issues]
    assert impacts == [Impact.CRITICAL, Impact.CRITICAL, Impact.LOW]
