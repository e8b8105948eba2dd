"""Labels that editors make up, and values that need none."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.label_senses import sensed_role
from sphinxext_revguide.importer.recognise.spoken_values import spoken_frequency, spoken_time
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.rewrite.remarks import fields_of_remark
from sphinxext_revguide.model import Impact
from tests.importing import pairs_of, read


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("before", "how it reads today"),
        ("before", "as printed"),
        ("before", "your text"),
        ("before", "now it says"),
        ("before", "as you have it"),
        ("before", "yours"),
        ("after", "as we might have it"),
        ("after", "as it should stand"),
        ("after", "mine"),
        ("why", "who pays for it"),
        ("after", "how it could read"),
        ("after", "what i would put"),
        ("after", "my version"),
        ("why", "what the reader gets out of it"),
        ("why", "why bother"),
        ("problem", "what is going wrong here"),
        ("problem", "the trouble"),
        ("frequency", "how often"),
        ("frequency", "number of passages"),
        ("effort", "likely to take"),
        ("effort", "how long"),
        ("severity", "level of concern"),
        ("impact", "how bad"),
        ("reduction", "could be brought down to"),
        ("", "see also"),
        ("", "as you know"),
        ("", "who has the keys"),
        ("", "the gate in the harbour and everything that was said of it"),
    ],
)
def test_what_a_label_means(role: str, words: str) -> None:
    assert sensed_role(words) == role


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("about 40 minutes to mend", ("Time", "about 40 minutes")),
        ("half a day", ("Time", "half a day")),
        ("found in all 6 sections", ("Frequency", "all 6 sections")),
        ("nineteen places", ("Frequency", "nineteen places")),
        ("over a dozen sections", ("Frequency", "over a dozen sections")),
        ("7x (pp. 2-19)", ("Frequency", "7x (pp. 2-19)")),
        ("★★★☆☆", ("Impact", "★★★☆☆")),
        ("high priority", ("Impact", "high")),
        ("should leave one", ("Reduction", "should leave one")),
        ("the gate opens", None),
    ],
)
def test_what_a_value_says_of_itself(text: str, field: tuple[str, str] | None) -> None:
    assert field_of_shape(text) == field


def test_words_for_amounts_are_the_same_in_values_remarks_and_sentences() -> None:
    assert field_of_shape("perhaps fifty minutes") == ("Time", "perhaps fifty minutes")
    assert spoken_time("I'd set aside perhaps fifty minutes for it.") == "fifty minutes"
    assert spoken_frequency("I counted roughly sixty headings.") == "roughly sixty headings"
    remark = "*Grave; it occurs in roughly sixty scenes. I should allow perhaps fifty minutes.*"
    assert [*fields_of_remark(remark)][1:] == [
        "**Frequency:** roughly sixty scenes",
        "**Time:** perhaps fifty minutes",
    ]


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("●●○", Impact.MEDIUM),
        ("4/5", Impact.HIGH),
        ("9 out of 10", Impact.CRITICAL),
        ("cosmetic", Impact.LOW),
        ("quite serious", Impact.HIGH),
        ("major for a beginner", Impact.HIGH),
        ("could be worse", None),
        ("0/5", None),
    ],
)
def test_impacts_in_other_words(text: str, impact: Impact | None) -> None:
    assert read_impact(text).value is impact


ISSUE = """\
## {n}. {title}

★★★★☆ · found in 4 places · 20 min

{trouble}

{before}

{after}

{reason}
"""


def test_fields_without_labels_and_labels_without_marks() -> None:
    text = "# Notes\n\n" + "\n".join(
        ISSUE.format(
            n=n,
            title=title,
            trouble="Who does it?",
            before="Now:\n\n```\nThe gate is opened.\n```",
            after="Then:\n\n```\nWe open the gate.\n```",
            reason="Reason: readers want a person.",
        )
        for n, title in enumerate(("Gate", "Bell", "Lamp"), 1)
    )
    guide = read(text)
    assert pairs_of(guide) == [("The gate is opened.", "We open the gate.")] * 3
    for one in guide.issues:
        assert one.issue.impact is Impact.HIGH
        assert one.issue.frequency == "4 places"
        assert one.issue.effort == Span(1 / 3, 1 / 3)
        assert one.why == "readers want a person."
        after = one.issue.pairs[0].after
        assert after is not None
        assert after.label == "Then"
    guess = (
        "“Then” was read as AFTER, because of its place among the labels; check that this is right"
    )
    assert [problem.message for problem in guide.problems] == [guess] * 3
    assert [problem.line for problem in guide.problems] == [15, 35, 55]


def test_the_value_of_a_field_may_be_below_its_label() -> None:
    samples = "**Before:**\n\n> old words\n\n**After:**\n\n> new\n"
    guide = read(
        f"### Issue 1: A\n\n**Time needed**\n\n2 hours\n\n**How often**\n9 times\n\n{samples}"
    )
    assert guide.issues[0].issue.effort == Span(2, 2)
    assert guide.issues[0].issue.frequency == "9 times"


def test_a_text_below_the_label_of_a_field_stays() -> None:
    samples = "**Before:**\n\n> old words\n\n**After:**\n\n> new\n"
    guide = read(f"### Issue 1: A\n\n**Time needed**\n\nNobody knows.\n\n{samples}")
    assert guide.issues[0].issue.effort is None
    assert [note.text for note in guide.issues[0].notes] == ["**Time needed**", "Nobody knows."]


def test_a_text_below_the_samples_is_the_reason() -> None:
    samples = "**Before:**\n\n> old words\n\n**After:**\n\n> new\n"
    guide = read(f"### Issue 1: A\n\nWho?\n\n{samples}\nReaders leave.\n")
    assert (guide.issues[0].problem, guide.issues[0].why) == ("Who?", "Readers leave.")
