"""How editors write impacts, percentages, hours and sizes."""

from __future__ import annotations

import pytest

from sphinxext_revguide.importer.read.values import read_hours, read_impact, read_percent, read_size
from sphinxext_revguide.model import Impact, Size, Span


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
    ],
)
def test_other_words_for_an_impact(text: str, impact: Impact) -> None:
    assert read_impact(text).value is impact


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("30%", Span(30, 30), True),
        ("~45 to 50 %", Span(45, 50), True),
        ("45% – 50%", Span(45, 50), True),
        ("**30%**", Span(30, 30), True),
        ("30% or so", Span(30, 30), False),
        ("some 30%", Span(30, 30), False),
        ("50-45%", None, False),
        ("a third", None, False),
    ],
)
def test_percentages(text: str, value: Span | None, whole: bool) -> None:
    read = read_percent(text)
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
