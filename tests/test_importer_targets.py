"""What a guide says of its chapter as a whole, in sentences, lines and rows, and what must stay."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.importer.read.guide_targets import facts_of_text
from sphinxext_revguide.importer.recognise.impacts import read_impact, ticked
from sphinxext_revguide.importer.recognise.values import read_hours
from sphinxext_revguide.model import Impact
from tests.importing import ONE_ISSUE, accounted, locked, read

ROWS = """\
| | now | goal |
|---|---|---|
| Words | 6,480 | 5,200 |
| Cut | – | ~20% |
| Author time | – | 9–11 h |
| Figures | 3 | 4 |
"""


@pytest.mark.parametrize(
    "text",
    [
        "The chapter runs to 6,480 words. About 20% should go, and 9 to 11 hours in all.",
        "Length now: 6,480 words\nLength wanted: 5,200 words\nTrim: about 20%\nBudget: 9–11 hours",
        "-   Draft 2 runs to 6,480 words.\n\n-   That is a reduction of 20%.\n\n"
        "-   We estimate 9--11 hours of your time in all.",
        "Now 6,480 w. Want 5,200 w (-20%). Est. 9-11 h.",
        "It stands at 6,480 words by my count, and I should like it at about 5,200, a cut of a "
        "little under a fifth. Taken together I reckon the work at 9 to 11 hours.",
        ROWS,
    ],
)
@pytest.mark.parametrize("place", ["{text}\n\n{issue}", "{issue}\n## To end with\n\n{text}\n"])
def test_sentences_lines_and_rows_are_targets(text: str, place: str) -> None:
    guide = accounted(f"# Guide\n\n{place.format(text=text, issue=ONE_ISSUE)}").guide
    assert guide.baseline == Size(words=6480)
    assert (guide.reduction, guide.effort) == (Reduction(20, 20), Span(9, 11))


@pytest.mark.parametrize(
    "text",
    [
        "The first section has 6,480 words.",
        "It should be 5,200 words.",
        "Cut 20% of the second paragraph.",
        "The kiln takes 9 hours.",
        "In 2020 it was said that 20% of all potters have a kiln.",
        "See the 1,200 words on page 4.",
        "Aim at: 7,000 words",
        "Aim at 7,000 words.",
        "The target length is 7,000 words.",
        "I'd like it at 7,000 words",
        "Length: 7,000 words at most",
        "It is 7,000 words at most.",
    ],
)
def test_sentences_about_something_else_are_none(text: str) -> None:
    assert list(facts_of_text(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "It has 9,000 words; aim at 7,000 words.",
        "My aim is clear, the chapter has 9,000 words.",
        "The goal is to get from now 9,000 words to 7,000.",
        "Aim at 7,000 words: you are at present at 9,000 words",
    ],
)
def test_a_length_to_be_reached_is_not_the_present_one(text: str) -> None:
    assert list(facts_of_text(text)) == [("baseline", "9000 words")]


def test_a_label_says_more_than_a_sentence() -> None:
    text = "It runs to 900 words, of which 20% should go.\n\n**Reduction target:** 30%"
    guide = read(f"# Guide\n\n{text}\n\n{ONE_ISSUE}").guide
    assert (guide.reduction, guide.baseline) == (Reduction(30, 30), Size(words=900))


# What must stay


@pytest.mark.parametrize(
    "lead",
    [
        "## Material that is to stand",
        "## Content to retain",
        "## Keep exactly as is",
        "## What you're not to touch",
        "## What I would not change",
        "## Leave these be",
        "These things I want you to leave as they are. Authors are apt to cut them first:",
        "---\n\nPlease preserve",
    ],
)
def test_what_announces_that_something_must_stay(lead: str) -> None:
    guide = read(f"# Guide\n\n{lead}\n\n- the cat on the mole\n- the dog\n\n{ONE_ISSUE}")
    assert locked(guide) == ["the cat on the mole", "the dog"]


@pytest.mark.parametrize(
    "lead",
    [
        "These must stay. Change the following:",
        "The harbour will stay open.",
        "## The cat stays out at night, and the dog barks",
    ],
)
def test_what_announces_something_else(lead: str) -> None:
    guide = read(f"# Guide\n\n{lead}\n\n- the cat on the mole\n- the dog\n\n{ONE_ISSUE}")
    assert locked(guide) == []


def test_ticked_lines_and_keyed_rows_must_stay() -> None:
    boxes = "## Hands off\n\n☒ the cat\n\n☒ the dog\n"
    rows = "## Untouchable\n\n| Ref. | What |\n|---|---|\n| R1 | the bell |\n"
    guide = read(f"# Guide\n\n{boxes}\n{rows}\n{ONE_ISSUE}")
    assert [text.removeprefix("☒ ") for text in locked(guide)] == ["the cat", "the dog", "the bell"]


# Remarks


@pytest.mark.parametrize(
    "remarks",
    [
        ("*Serious. In five places. Two hours.*", "*Slight. Nine sentences. Half an hour.*",
         "*Serious. Twice. An hour and a half.*"),
        ("*weight 4 of 5 · in five places · 2 h*", "*weight 1 of 5 · nine sentences · 30 min*",
         "*weight 4 of 5 · twice · 90 min*"),
        ("[severity high] [in five places] [takes 2 h]", "[severity low] [9 places] [takes 30 min]",
         "[severity high] [twice] [takes 90 min]"),
        ("*Matters: a great deal. Crops up: in five places. Time: two\nhours.*",
         "*Matters: a little. Crops up: nine times. Time: half\nan hour.*",
         "*Matters: a great deal. Crops up: twice. Time: an hour and a\nhalf.*"),
    ],
)  # fmt: skip
def test_a_remark_that_closes_each_issue(remarks: tuple[str, ...]) -> None:
    text = "".join(
        ONE_ISSUE.replace("1: Bells", f"{n}: Bells") + f"\nIt is so.\n\n{remark}\n\n"
        for n, remark in enumerate(remarks, 1)
    )
    found = accounted(f"# Guide\n\n{text}").issues
    assert [one.issue.impact for one in found] == [Impact.HIGH, Impact.LOW, Impact.HIGH]
    assert [one.issue.effort for one in found] == [Span(2, 2), Span(0.5, 0.5), Span(1.5, 1.5)]
    often = [one.issue.frequency.casefold().rstrip(".") for one in found]
    assert (often[0], often[2]) == ("in five places", "twice")
    assert {one.why for one in found} == {"It is so."}


def test_clauses_of_one_issue_alone_are_a_text() -> None:
    guide = read(f"# Guide\n\n{ONE_ISSUE}\n*Serious. In five places. Two hours.*\n")
    assert guide.issues[0].issue.effort is None


# Values


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1½ hours", (1.5, 1.5)),
        ("two and a half hours", (2.5, 2.5)),
        ("seven or eight hours", (7, 8)),
        ("11--12 hours", (11, 12)),
        ("three-quarters of an hour", (0.75, 0.75)),
    ],
)
def test_hours_in_words(text: str, hours: tuple[float, float]) -> None:
    assert read_hours(text).value == Span(*hours)


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("1 – Essential", Impact.CRITICAL),
        ("3 - Desirable", Impact.LOW),
        ("☐ niggle ☒ should fix ☐ must fix", Impact.HIGH),
        ("[ ] low [x] high", Impact.HIGH),
        ("☒ low ☒ high", None),
    ],
)
def test_ranked_and_ticked_levels(text: str, impact: Impact | None) -> None:
    assert read_impact(text).value is impact


def test_only_boxes_are_ticked() -> None:
    assert ticked("the ☐ and the ☒ are boxes") == "the ☐ and the ☒ are boxes"
