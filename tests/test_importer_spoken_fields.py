"""Fields, passages and orders that the sentences of an editor state, without a label."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.importer import ImportedGuide
from sphinxext_revguide.importer.recognise.spoken_values import (
    spoken_frequency,
    spoken_impact,
    spoken_reduction,
    spoken_time,
)
from sphinxext_revguide.model import Impact
from tests.importing import SAMPLES, accounted, locked, pairs_by_issue, pairs_of, read, titles

# Sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is by far the gravest of the six, so begin here.", "gravest"),
        ("Nearly as serious.", "serious"),
        ("A minor point, and I may be wrong.", "minor"),
        ("I'd call this a slight flaw. It recurs.", "slight"),
        ("Small, but readers see it.", "Small"),
        ("Small boats are sunk twice.", ""),
        ("It is a serious novel about a minor king.", ""),
    ],
)
def test_sentences_that_say_how_serious_an_issue_is(text: str, words: str) -> None:
    assert spoken_impact(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I count twenty-three places where it rains.", "twenty-three places"),
        ("It turns up only the once, at the very front.", "once"),
        ("There, in the five or six scenes on the pier, in four places, it rains.", "four places"),
        ("The gulls scream on nearly every page of it.", "nearly every page"),
        ("Eight of the nine letters end with rain.", "Eight of the nine letters"),
        ("About half of the twelve maps are upside down.", "About half of the twelve maps"),
        ("In all nine letters that speak of rain, it is cold.", "all nine letters"),
        ("Seven of them; I looked twice.", "Seven of them"),
        ("One of the two maps is upside down.", ""),
        ("Say it in two sentences.", ""),
        ("You could tell this in three pages.", ""),
    ],
)
def test_sentences_that_say_how_often(text: str, words: str) -> None:
    assert spoken_frequency(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It should give us back some 1,200 words.", "some 1,200 words"),
        ("Keeping two of them would save you 80 words or thereabouts.", "80 words"),
        ("Between 60 and 75 words to be had here.", "Between 60 and 75 words"),
        ("That is perhaps 25 words off.", "perhaps 25 words"),
        ("This shortens it by a third.", "a third"),
        ("The letter takes 900 words to say so.", ""),
        ("Cut it to 300 words.", ""),
        ("You lose half of your readers here.", ""),
        ("The storm costs 40 words out of 90.", ""),
    ],
)
def test_sentences_that_say_what_is_saved(text: str, words: str) -> None:
    assert spoken_reduction(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It ought to take you no more than an hour, since little is new.", "an hour"),
        ("Fifty minutes at most.", "Fifty minutes"),
        ("Three hours, with the map.", "Three hours"),
        ("Call it 9 hours of work.", "9 hours"),
        ("It will be the shortest half-hour of your week.", "half-hour"),
        ("Two hours into the voyage it rains.", ""),
        ("The crossing lasts six hours.", ""),
    ],
)
def test_sentences_that_say_how_long_the_work_takes(text: str, words: str) -> None:
    assert spoken_time(text) == words


# Letters


LETTER = """\
# Notes on chapter two

Dear Ada, I read it on the ferry.

## The rain comes first

This is the gravest of the three. It rains in four places before anybody speaks, and I count
twenty-one clouds.

On page 7, for instance, you write: "It was raining as it had rained before, all day, on the pier."
I'd turn that on its head: "Bo came down the pier in the rain."

You have: "The rain went on and on until the evening." Try: "It rained until six."

It ought to give us back some 300 words. Two hours, with a pencil.

## The gulls are wise

A minor point. They speak on nine pages.

The scene on page 15 is a fair sample: "And the gull, who had seen it all, said nothing at all."
Take it out, and let the boat go. It will take you half an hour.

## Nobody can see the map

Small, but it will vex people.

At present, on page 10: "The route is as shown, with the ferry on the left."

With numbers: "The route is on map 3, with the ferry on the left."

## What I would ask you not to touch

You will want to tidy. Please don't tidy the list of stores. Leave the quarrel with Mr. Pym as it
stands, all of it. And I'd fight you for the last line.
"""


@pytest.fixture(scope="module")
def letter() -> ImportedGuide:
    return read(LETTER)


def test_passages_beside_a_known_lead(letter: ImportedGuide) -> None:
    first, _second, third = pairs_by_issue(letter)
    assert first == [
        (
            "It was raining as it had rained before, all day, on the pier.",
            "Bo came down the pier in the rain.",
        ),
        ("The rain went on and on until the evening.", "It rained until six."),
    ]
    assert third == [
        (
            "The route is as shown, with the ferry on the left.",
            "The route is on map 3, with the ferry on the left.",
        )
    ]


def test_an_order_below_the_only_passage(letter: ImportedGuide) -> None:
    assert titles(letter)[1] == "The gulls are wise"
    assert pairs_by_issue(letter)[1] == [
        (
            "And the gull, who had seen it all, said nothing at all.",
            "[Take it out, and let the boat go.]",
        )
    ]


def test_fields_that_sentences_state(letter: ImportedGuide) -> None:
    issues = [issue.issue for issue in letter.issues]
    assert [issue.impact for issue in issues] == [Impact.CRITICAL, Impact.LOW, Impact.LOW]
    assert [issue.frequency for issue in issues] == ["four places", "nine pages", ""]
    assert [issue.effort for issue in issues] == [Span(2, 2), Span(0.5, 0.5), None]
    assert [issue.reduction for issue in issues] == [
        Reduction(300, 300, in_words=True), None, None,
    ]  # fmt: skip


def test_a_quoted_sentence_states_no_field() -> None:
    said = 'The phrase "It takes two hours to save 40 words on every page" is odd.'
    text = LETTER.replace("Small, but it will vex people.", said)
    issue = read(text).issues[2].issue
    assert (issue.effort, issue.reduction, issue.frequency) == (None, None, "")


def test_a_field_with_a_label_is_not_read_from_sentences() -> None:
    text = LETTER.replace("A minor point.", "A minor point.\n\n**Time:** 3 hours\n\n")
    assert [issue.issue.effort for issue in read(text).issues] == [None, Span(3, 3), None]


def test_each_order_to_keep_a_passage_is_a_lock(letter: ImportedGuide) -> None:
    assert locked(letter) == [
        "You will want to tidy. Please don't tidy the list of stores.",
        "Leave the quarrel with Mr. Pym as it stands, all of it.",
        "And I'd fight you for the last line.",
    ]


RUN_IN = """\
# Notes on the ferry

Dear Ada, I have three points.

**It rains twice.** The rain comes before and after the ferry.

You have this:

> It was raining on the pier as it had rained all day.

I would rather read:

> It rained on the pier all day.

**Nobody rows.** Boats go alone.

You have this:

> The boat was rowed to the pier by somebody in the end.

I would rather read:

> Bo rowed the boat to the pier.

**The last line.** A small thing. It preaches.

From the end of the chapter:

> And so may all of us row home at last.

Simply strike it, and end on the rain. It will take you five minutes.

Now for what you must not touch. The list of stores is funny. Your aunt's letter should stay whole.

Yours,

Bo
"""


def test_the_last_head_of_its_kind_with_a_quotation_is_an_issue() -> None:
    guide = accounted(RUN_IN)
    assert titles(guide) == ["It rains twice", "Nobody rows", "The last line"]
    last = guide.issues[2]
    assert pairs_by_issue(guide)[2] == [
        ("And so may all of us row home at last.", "[Simply strike it, and end on the rain.]")
    ]
    assert (last.issue.impact, last.issue.effort) == (Impact.LOW, Span(5 / 60, 5 / 60))


def test_a_sentence_may_announce_the_passages_that_must_stay() -> None:
    assert locked(accounted(RUN_IN)) == [
        "The list of stores is funny.", "Your aunt's letter should stay whole.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("It wants half a day with the map.", 4),
        ("Spend a morning on this.", 4),
        ("You will need the best part of a day.", 8),
        ("That is quick, perhaps two hours for both.", 2),
        ("Half an hour; the rest is done.", 0.5),
    ],
)
def test_times_in_prose(said: str, hours: float) -> None:
    text = f"# Guide\n\n### Issue 1: Bells\n\nThe bells are late. {said}\n\n{SAMPLES}"
    assert read(text).issues[0].issue.effort == Span(hours, hours)


@pytest.mark.parametrize(
    "said",
    ["The bell rings twice a day.", "He waited, half a day later, for the tide.", "A day is lost."],
)
def test_days_of_a_story_are_no_time(said: str) -> None:
    text = f"# Guide\n\n### Issue 1: Bells\n\nThe bells are late. {said}\n\n{SAMPLES}"
    assert read(text).issues[0].issue.effort is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It will not save much, perhaps 150 words.", 150),
        ("That trims a couple of hundred words.", 200),
        ("Two hundred and fifty words saved.", 250),
    ],
)
def test_words_saved_in_prose(said: str, words: int) -> None:
    text = f"# Guide\n\n### Issue 1: Bells\n\nThe bells are late. {said}\n\n{SAMPLES}"
    assert read(text).issues[0].issue.reduction == Reduction(words, words, in_words=True)


@pytest.mark.parametrize(
    ("said", "impact"),
    [
        ("This is the most serious fault in the text.", Impact.CRITICAL),
        ("This is the most serious point in the list.", Impact.CRITICAL),
        ("Nearly as grave as the first.", Impact.HIGH),
        ("Moderately important.", Impact.MEDIUM),
    ],
)
def test_impacts_in_prose(said: str, impact: Impact) -> None:
    text = f"# Guide\n\n### Issue 1: Bells\n\nThe bells are late. {said}\n\n{SAMPLES}"
    assert read(text).issues[0].issue.impact is impact


WRAPPED = """# Notes

**First, the gate is late.** The reader stands outside it for
two pages. I counted four. It wants an hour.

On page 4: "The gate, which had been made by his uncle, stood in the wet field."

Something like: "His uncle's gate stood in the wet field, and nobody went through it."

And again on page 9: "The second gate, which was the older one, had not been shut."

For which: "Nobody had shut the old gate, and by noon the sheep were out."

**Second, the horse talks.** No reader
believes it. A small matter.

You write: "The horse said that it was of the opinion that rain was near."

What I should like is: "The horse looked at the sky and stood under the tree."

**Third, the end is early.** Let it
wait. A small matter. It needs an hour.

I turn to what I do not want touched.

- The letter from the uncle.
- The song of the sheep.
"""


def test_a_letter_of_wrapped_points() -> None:
    guide = read(WRAPPED)
    assert titles(guide) == ["The gate is late", "The horse talks", "The end is early"]
    first = guide.issues[0]
    assert "outside it for\ntwo pages" in first.problem
    assert (first.issue.frequency, first.issue.effort) == ("four", Span(1, 1))
    assert [pair[0].split()[1] for pair in pairs_of(guide)] == ["gate,", "second", "horse"]
    assert [pair[1].split()[0] for pair in pairs_of(guide)] == ["His", "Nobody", "The"]
