"""Quantities and times: which of their kinds a text holds."""

from __future__ import annotations

import pytest

from tests.signalling import seen, table

QUANTITIES = {
    "money": (
        ["$ 5", "€3", "USD 40", "7 €", "9 dollars", "4 eur"], ["5", "the dollar", "5 dollarbirds"],
    ),
    "percent": (["5 %", "7%", "9 percent", "3 per cent"], ["5", "percent", "5 percentiles"]),
    "availability": (["99.9 %", "95 percent", "99,95%"], ["89 %", "199 %", "99 tons"]),
    "duration": (
        ["5 ms", "3 s", "4 min", "2 hrs", "1 hour", "7 days", "6 weeks", "8 months", "9 h", "1 d"],
        ["5", "5 tons", "5 masts", "days"],
    ),
    "period": (
        ["week 3", "Q2", "in March", "September", "sprint 12", "day 1", "quarter 4", "in june"],
        ["week", "Q", "marching", "week 123"],
    ),
    "exact": (["12,345", "4.73"], ["1200", "#1,234", "3.4.5", "73"]),
    "range": (
        ["3-4", "3 to 4", "between 3 and 4", "±", "between 3", "about 3", "or so"],
        ["3", "about it", "3 and 4"],
    ),
    "comparison": (
        ["< 3", ">= $4", "≤5", "above 3", "at least 4", "more than €5", "drops below 6",
         "3 or more", "5 % at the minimum", "7 weeks upwards"],
        ["3", "above all", "less 3", "3 of them. The minimum is known", "2 boats; the maximum"],
    ),
    "change": (
        ["from 3 to 4", "from $3.50 per ton to about 4", "3 → 4", "3 min -> 2", "by 5 %",
         "a drop of 7 percent"],
        ["from 3", "to 4", "by 5", "from here to 4", "of 7 percent", "availability of 99.9 %"],
    ),
    "minute": (
        ["T+5", "within 3", "minute 7", "after 4", "3-4 min", "within an hour", "within five",
         "< 9"],
        ["in 5", "within", "3-4 tons", "thirty"],
    ),
    "clock": (["14:30", "9.15", "8h45"], ["14:3", "1430", "9.5"]),
}  # fmt: skip


TIMES = [
    "immediately", "at once", "5 s", "5 sec", "5 seconds", "5 second", "1 min", "2 mins",
    "1 minute", "3 minutes", "1 h", "2 hrs", "1 hr", "2 hours", "1 hour", "1 d", "3 days", "2 week",
    "2 weeks", "3 business days", "< 5 min", "T+15 m", "~2 h", "10-15 min", "1 to 2 h", "within 3",
    "by 14:00", "minute 7",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, (texts, _) in QUANTITIES.items() for text in texts]
)
def test_a_quantity_of_a_kind(kind: str, text: str) -> None:
    match = seen(f"It was {text} there.", "quantities", kind=kind)
    assert match is not None
    assert match.score == 1
    assert match.evidence[0].startswith("1 ")


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, (_, texts) in QUANTITIES.items() for text in texts]
)
def test_what_is_not_a_quantity_of_a_kind(kind: str, text: str) -> None:
    assert seen(f"It was {text} there.", "quantities", kind=kind) is None


def test_quantities_count_in_units_of_the_least_up_to_the_most() -> None:
    text = "It took 1 s, 2 s, 3 s, 4 s and 5 s."
    scores = {
        (least, most): match.score if match else None
        for least, most in ((1, 4), (2, 4), (2, 2), (5, 4), (6, 4))
        for match in [seen(text, "quantities", kind="duration", least=least, most=most)]
    }
    assert scores == {(1, 4): 4, (2, 4): 2.5, (2, 2): 2, (5, 4): 1, (6, 4): None}


@pytest.mark.parametrize("time", TIMES)
def test_a_time_after_the_start(time: str) -> None:
    steps = table("Step | When", f"a | {time}", f"b | {time}")
    assert seen(steps, "offset_column") is not None


@pytest.mark.parametrize("text", ["later", "5", "5 tons", "on Monday", "3 masts"])
def test_no_time_after_the_start(text: str) -> None:
    assert seen(table("Step | When", f"a | {text}", f"b | {text}"), "offset_column") is None
