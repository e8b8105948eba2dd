"""Guides whose fields are in brackets behind a heading, or in tables of an editor's own."""

from __future__ import annotations

from sphinxext_revguide.model import Impact
from tests.importing import accounted, locked, pairs_by_issue, titles

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
