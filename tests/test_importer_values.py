"""The importer: impacts, reductions, hours and sizes."""

from __future__ import annotations

import pytest

from sphinxext_revguide.estimates import Reduction, Size, Span, parse_hours, parse_size
from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.recognise.values import read_hours, read_reduction, read_size
from sphinxext_revguide.model import Impact
from sphinxext_revguide.option_values import print_hours, print_size


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("CRITICAL", Impact.CRITICAL),
        ("Medium-High", Impact.MEDIUM_HIGH),
        ("medium – high", Impact.MEDIUM_HIGH),
        ("High (all chapters)", Impact.HIGH),
        ("P1", Impact.CRITICAL),
        ("P3", Impact.MEDIUM),
        ("🔴 Critical", Impact.CRITICAL),
        ("Low-Medium", Impact.MEDIUM),
        ("Stormy", None),
    ],
)
def test_impact_words(text: str, impact: Impact | None) -> None:
    assert read_impact(text).value is impact


@pytest.mark.parametrize(
    ("text", "hours", "whole"),
    [
        ("6-8 hours", Span(6, 8), True),
        ("45 min", Span(0.75, 0.75), True),
        ("1.5 h (by hand)", Span(1.5, 1.5), False),
        ("about two days", Span(16, 16), False),
        ("a day and a half", Span(12, 12), False),
        ("half a day with the map", Span(4, 4), False),
        ("one or two mornings", Span(4, 8), False),
        ("a morning here and an evening there", None, False),
        ("3 hours, over two days", Span(3, 3), False),
        ("between two and three hours", Span(2, 3), True),
        ("1 hour 30 minutes", Span(1.5, 1.5), True),
        ("1h 30m", Span(1.5, 1.5), True),
        ("about 1 hour and 15 minutes", Span(1.25, 1.25), False),
        ("1 hour 90 minutes", None, False),
        ("8-6 hours", None, False),
        ("1234567 hours", None, False),
    ],
)
def test_hours(text: str, hours: Span | None, whole: bool) -> None:
    read = read_hours(text)
    assert (read.value, read.whole) == (hours, whole)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(6, 8), "6-8 h"),
        (Span(1.5, 1.5), "1.5 h"),
        (Span(1 / 3, 1 / 3), "20 min"),
        (Span(0.5, 1.25), "0.5-1.25 h"),
    ],
)
def test_hours_are_written_as_they_are_read(span: Span, text: str) -> None:
    assert print_hours(span) == text
    assert str(parse_hours(text)) == str(span)


def test_sizes_are_written_without_rounding() -> None:
    for size in (Size(57000, 1419, 999), Size(1234), Size(58368, 2), Size(lines=7, words=4850)):
        assert parse_size(print_size(size)) == size


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Very high", Impact.CRITICAL),
        ("SEV2", Impact.HIGH),
        ("medium to high", Impact.MEDIUM_HIGH),
        ("Moderate", Impact.MEDIUM),
        ("High/Medium", Impact.MEDIUM_HIGH),
        ("**Trivial**", Impact.LOW),
        ("Medium / Low", Impact.MEDIUM),
        ("Mandatory", Impact.CRITICAL),
        ("strongly advised", Impact.HIGH),
        ("Advisable", Impact.MEDIUM),
        ("At your discretion", Impact.LOW),
        ("If you have an hour to spare", Impact.LOW),
        ("🟠 **Should fix**", Impact.HIGH),
    ],
)
def test_other_words_for_an_impact(text: str, impact: Impact) -> None:
    assert read_impact(text).value is impact


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("30%", Reduction(30, 30), True),
        ("~45 to 50 %", Reduction(45, 50), True),
        ("45% – 50%", Reduction(45, 50), True),
        ("**30%**", Reduction(30, 30), True),
        ("30% or so", Reduction(30, 30), False),
        ("some 30%", Reduction(30, 30), False),
        ("-20%", Reduction(20, 20), True),
        ("20 per cent", Reduction(20, 20), True),
        ("50-45%", None, False),
        ("a third", Reduction(33, 33), True),
        ("a sixth off", Reduction(17, 17), True),
        ("half", Reduction(50, 50), True),
        ("by two thirds", Reduction(67, 67), True),
        ("a good quarter of it", Reduction(25, 25), True),
        ("third", None, False),
        ("three thirds", None, False),
        ("between 80 and 110 words", Reduction(80, 110, True), True),
        ("−80 to −110 words", Reduction(80, 110, True), True),
        ("about one word in six", Reduction(17, 17), True),
        ("a third of the captions", None, False),
        ("150 words", Reduction(150, 150, True), True),
        ("about 350 words", Reduction(350, 350, True), False),
        ("1,000–1,200 words", Reduction(1000, 1200, True), True),
        ("-260 w", Reduction(260, 260, True), True),
        ("~120 wds.", Reduction(120, 120, True), True),
        ("15%, some 900 words", Reduction(15, 15), False),
        ("adds about 80 words", None, False),
        ("+60 words", None, False),
        ("240", None, False),
    ],
)
def test_reductions(text: str, value: Reduction | None, whole: bool) -> None:
    read = read_reduction(text)
    assert (read.value, read.whole) == (value, whole)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("≈2 hrs", Span(2, 2)),
        ("2h-3h", Span(2, 3)),
        ("90 minutes", Span(1.5, 1.5)),
        ("2 to 3 hours.", Span(2, 3)),
        ("2 horses", None),
    ],
)
def test_other_hours(text: str, hours: Span | None) -> None:
    assert read_hours(text).value == hours


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("12 KB | 1,240 lines | 310 content lines", Size(12000, 1240, 310)),
        ("12 KB, rather long", Size(12000)),
        ("very long, 310 content lines", Size(None, None, 310)),
        ("long | 1,240 lines", Size(None, 1240)),
        ("rather long", None),
    ],
)
def test_sizes_beside_other_words(text: str, size: Size | None) -> None:
    assert read_size(text).value == size


def test_words_of_samples_are_counted_as_the_book_counts_them() -> None:
    table = "| Berth | Ship |\n|---|---|\n| 1 | Ada |"
    issue = "### Issue 1: Bells\n\n**Reduction:** 40%\n\n#### BEFORE\n```\n{}\n```\n\n{}\n"
    same = read_guide(issue.format(table, "#### AFTER\n```\nBerth 1 is Ada's.\n```"))
    assert [problem.subtype for problem in same.problems] == []
    more = read_guide(issue.format(table, "#### AFTER\n```\nBerth 1 is Ada's now.\n```"))
    [problem] = more.problems
    assert "the AFTER is longer than its BEFORE (5 and 4 words), but" in problem.message
    order = "**Recommendation:** Delete the whole table and all of its rows."
    told = read_guide(issue.format(table, order)).problems
    assert "longer" not in {problem.subtype for problem in told}


@pytest.mark.parametrize(
    "text",
    [
        "90 minutes, plus a call",
        "15 min per section",
        "less than an hour",
        "two hours at most",
        "5 hours (two sittings)",
    ],
)
def test_a_duration_with_a_condition_is_a_time(text: str) -> None:
    assert field_of_shape(text) == ("Time", text)


@pytest.mark.parametrize("text", ["an hour and 20 minutes", "one hour and twenty minutes"])
def test_an_hour_and_minutes(text: str) -> None:
    assert read_hours(text).value == Span(4 / 3, 4 / 3)


def test_a_part_of_a_product_is_no_duration() -> None:
    assert read_hours("2 × 45 min").value is None


@pytest.mark.parametrize("text", ["two hours into the story", "a day without a year is no date."])
def test_a_sentence_with_a_duration_is_no_time(text: str) -> None:
    assert field_of_shape(text) is None


def test_hours_made_of_days_are_reported() -> None:
    assert read_hours("half a day").problem == (
        "'half a day' was read as 4 h, at 8 hours a day; change ':effort:' if that is wrong"
    )


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("six or seven hundred words", (600, 700), True),
        ("a hundred and fifty words", (150, 150), True),
        ("two thousand words, I think", (2000, 2000), False),
        ("a couple of hundred words", (200, 200), True),
        ("from 2,300 words to about 1,500", (800, 800), False),
        ("from 900 down to 650 words", (250, 250), False),
        ("none", (0, 0), True),
        ("No saving (it moves)", (0, 0), False),
    ],
)
def test_amounts_in_words(text: str, words: tuple[int, int], whole: bool) -> None:
    read = read_reduction(text)
    assert (read.value, read.whole) == (Reduction(*words, in_words=True), whole)
