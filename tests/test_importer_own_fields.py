"""Guides whose fields are in brackets behind a heading, or in tables of an editor's own."""

from __future__ import annotations

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.model import Impact
from tests.importing import accounted, locked, pairs_by_issue, read, titles

TABLE = """\
# Sheet

| | What trips me up | You wrote | Try | Pay-off | Grade |
|---|---|---|---|---|---|
| a | **Verbs in boxes.** They are nouns. | The cleaning | Clean it. | People do. | great |
| b | **Warnings.** They come too late. | Lift it. (Hot!) | It is hot. | No burns. | light |
"""


def test_rows_counted_by_letters_with_a_title_in_bold() -> None:
    guide = accounted(TABLE)
    assert [(one.issue.number, one.issue.title) for one in guide.issues] == [
        (1, "Verbs in boxes"),
        (2, "Warnings"),
    ]
    assert [one.problem for one in guide.issues] == ["They are nouns.", "They come too late."]
    assert [one.issue.impact for one in guide.issues] == [Impact.HIGH, Impact.LOW]


REMARKED = """\
# Report

### Point the first: too many admirals (weight: considerable; about 20 scenes; shorter by 15 %)

Nine admirals speak.

Your page 4 has:

> Hipper said so, and Scheer, who had been listening to Behncke, agreed.

What about:

> Hipper said so. Scheer agreed.

Why? Because readers keep a list of names in their heads.

### Point the second: the sea is always grey (weight: slight; 31 times)

It is.

Your page 9 has:

> The grey sea lay grey under a grey sky.

What about:

> The sea lay under the sky.

### To be left in peace

* the song
* the map
"""


def test_fields_in_brackets_behind_headings_without_a_number() -> None:
    guide = accounted(REMARKED)
    assert titles(guide) == [
        "Point the first: too many admirals", "Point the second: the sea is always grey",
    ]  # fmt: skip
    issues = [one.issue for one in guide.issues]
    assert [issue.impact for issue in issues] == [Impact.HIGH, Impact.LOW]
    assert [issue.frequency for issue in issues] == ["about 20 scenes", "31 times"]
    assert str(issues[0].reduction) == "15%"
    assert locked(guide) == ["the song", "the map"]


BARS = """\
# 1 Passive steps

Nobody presses it.

Current | Proposed
--- | ---
The button should then be pressed. | Press the button.

Impact on reader: does not know that she is meant.

# 2 Missing captions

Eight pictures, no captions.

Current | Proposed
:--- | ---
See the picture that is found above. | See figure 2.

Impact on reader: hunts for what to look at.
"""


def test_tables_without_outer_bars() -> None:
    guide = accounted(BARS)
    assert titles(guide) == ["Passive steps", "Missing captions"]
    assert [new for pairs in pairs_by_issue(guide) for _old, new in pairs] == [
        "Press the button.",
        "See figure 2.",
    ]


def test_an_impact_that_is_a_sentence_in_each_issue_is_the_reason() -> None:
    guide = accounted(BARS)
    assert [one.why for one in guide.issues] == [
        "does not know that she is meant.",
        "hunts for what to look at.",
    ]
    assert [one.issue.impact for one in guide.issues] == [None, None]


NUMBERS = """\
# Notes on ropes

| No. | What is wrong | How bad | Seen | Would save | Needs |
|---|---|---|---|---|---|
| 1 | The rope comes last | Very | 7 pages | 50 words | 2 to 3 h |
| 2 | Two ends have one name | Fairly | p. 4 | 12 words | 40 min |

**1**

Nobody has a rope in hand.

> *Now:* When all this has been understood, a rope may be fetched by you.
>
> *Better:* Fetch a rope.

**2**

It is never clear which end is meant.

> *Now:* Take the end, and pass it over the end.
>
> *Better:* Pass the free end over the other.

Leave these: the rhyme about the rabbit, and your drawings.
"""


def test_bold_numbers_get_the_titles_of_the_rows_of_a_table() -> None:
    guide = accounted(NUMBERS)
    assert titles(guide) == ["The rope comes last", "Two ends have one name"]
    assert [issue.issue.effort for issue in guide.issues] == [Span(2, 3), Span(2 / 3, 2 / 3)]
    assert [issue.issue.impact for issue in guide.issues] == [Impact.HIGH, Impact.MEDIUM]


def test_italic_labels_in_a_quotation() -> None:
    assert pairs_by_issue(accounted(NUMBERS)) == [
        [("When all this has been understood, a rope may be fetched by you.", "Fetch a rope.")],
        [("Take the end, and pass it over the end.", "Pass the free end over the other.")],
    ]


def test_short_orders_to_leave_passages() -> None:
    assert locked(read(NUMBERS)) == ["the rhyme about the rabbit", "your drawings"]
