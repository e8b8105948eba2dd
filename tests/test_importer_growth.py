"""The importer: twice as many of anything takes twice the work, counted in calls."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from types import FrameType

import pytest

from sphinxext_revguide.importer import NotAGuideError, read_guide
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.rewrite.joined_tables import with_joined_tables

Text = Callable[[int], Iterable[str]]

TEXTS: dict[str, Text] = {
    "tables of issues, and of samples of no issue": lambda count: (
        f"| No. | Issue | Severity | Time |\n|---|---|---|---|\n| {n} | Title {n} | high | 2 h |\n"
        f"\n| Ref | Original | Revised |\n|---|---|---|\n| x{n} | some old text | a new text |\n\n"
        for n in range(count)
    ),
    "one table of issues and one of their samples": lambda count: (
        "| No. | Issue | Severity | Time |\n|---|---|---|---|\n",
        *(f"| {n} | Title {n} | high | 2 h |\n" for n in range(count)),
        "\n| No. | Original | Revised |\n|---|---|---|\n",
        *(f"| {n} | old text of {n} | new text of {n} |\n" for n in range(count)),
    ),
    "labels in capitals": lambda count: (
        f"No. {n} -- TITLE {n}\n\nWHAT IS WRONG\nText {n} is bad.\n\n"
        f"NOW READS\nOld text {n} is here.\n\nSHOULD READ\nNew text {n} is here.\n\n"
        for n in range(count)
    ),
    "labels that do not recur": lambda count: (
        f"**Label{n}:** text of {n}\n\n> old text {n}\n\n> new text {n}\n\n" for n in range(count)
    ),
    "remarks": lambda count: (
        f'**{n}. Title {n}** It is so.\n\nYou have: "old text {n} here"\n\nTry: "new text {n} here"'
        f"\n\n*Grave; {n} places; 20 words; 2 h*\n\n"
        for n in range(count)
    ),
    "an overview": lambda count: (
        "| # | Title | Severity |\n|---|---|---|\n",
        *(f"| {n} | Title {n} | high |\n" for n in range(count)),
        *(f"\n## Title {n}\n\n> old text {n}\n\n> new text {n}\n" for n in range(count)),
    ),
}


def calls(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls, Python's own included."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def read(text: str) -> None:
    with suppress(NotAGuideError):
        read_guide(text, name="guide.md")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_takes_twice_the_calls(text: Text) -> None:
    guides = ["# Guide\n\n" + "".join(text(count)) for count in (2, 60, 120)]
    _compiled, once, twice = [calls(partial(read, guide)) for guide in guides]
    assert twice < 2.2 * once


def test_tables_are_not_all_compared_with_all() -> None:
    text = TEXTS["tables of issues, and of samples of no issue"]
    guides = ["".join(text(count)).split("\n") for count in (60, 120)]
    lines = [[Line(line, place) for place, line in enumerate(guide, 1)] for guide in guides]
    once, twice = [calls(partial(with_joined_tables, own)) for own in lines]
    assert twice < 2.2 * once
