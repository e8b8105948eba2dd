"""Figures that an AFTER keeps, drops and adds; equal values written differently are equal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from sphinxext_revguide.text.facts_ledger import Fact, ledger
from sphinxext_revguide.text.quantities import figures_in
from tests.conftest import Book

NewBook = Callable[..., Book]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$1.44M", "1,440,000 dollars"),
        ("$1.44M", "1.44 million dollars"),
        ("$1.44m", "$1,440,000"),
        ("4.8s", "4.8 seconds"),
        ("90 min", "1.5 hours"),
        ("30 days", "30-day"),
        ("45%", "45 percent"),
        ("45-50%", "45 to 50 percent"),
        ("1,000", "1000"),
        ("1k", "1,000"),
        ("12+", "twelve"),
        ("Week 10", "week ten"),
        ("five minutes", "5 min"),
        ("$350-400K", "$350,000 to $400,000"),
        ("±0.3", "± 0.3"),
        ("5/5", "5 / 5"),
        ("3.10", "3.1"),
        ("€5", "5 eur"),
        ("2 hrs", "2 hours"),
        ("1 quarter", "3 months"),
        ("3 kb", "3000 bytes"),
        ("1 tb", "1000 gb"),
        ("1 gb", "1000 mb"),
        ("500 ms", "0.5 sec"),
        ("1 d", "24 hours"),
        ("2 years", "24 months"),
        ("$5b", "$5 billion"),
        ("$2mn", "$2 million"),
        ("3K", "3 thousand"),
        ("Sprint 3", "sprint three"),
        ("thirty", "30"),
        ("ninety", "90"),
    ],
)
def test_equal_values(one: str, other: str) -> None:
    assert [figure.key for figure in figures_in(one)] == [
        figure.key for figure in figures_in(other)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4.8s", "4.8%"),
        ("$10", "10 euros"),
        ("5/5", "5/6"),
        ("Week 10", "Day 10"),
        ("±0.3", "0.3"),
        ("9.5 m", "9.5M"),
        ("14:30", "2:30"),
        ("45-50%", "45-60%"),
        ("45-50%", "45%"),
        ("2 eur", "2 usd"),
        ("2 months", "2 weeks"),
    ],
)
def test_different_values(one: str, other: str) -> None:
    assert {figure.key for figure in figures_in(one)}.isdisjoint(
        {figure.key for figure in figures_in(other)}
    )


def test_numbers_in_words_are_those_in_figures() -> None:
    words = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty"
    )
    spelled = [figure.key for figure in figures_in(words)]
    assert spelled == [figure.key for figure in figures_in(" ".join(map(str, range(21))))]


@pytest.mark.parametrize(
    "text", ["## 2.4 Costs", "3. Call the master", "| 1 | Depth |", "no figure at all", "a-b / c"]
)
def test_numbers_of_rows_items_and_headings_are_not_figures(text: str) -> None:
    assert [figure.text for figure in figures_in(text)] == []


def numbers(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.text for fact in facts if fact.kind == "number"]


def test_kept_lost_and_new_once_each_in_order() -> None:
    found = ledger(
        "| # | Berth | Depth |\n|---|---|---|\n| 1 | North | 9.5 m |\n| 2 | South | **12 m** |\n\n"
        "Dues: $1.2M in Week 10, $1.2M in Week 12. 99.9% of 4.8s.",
        "In week ten the harbour took 1.2 million dollars, at twelve metres; 7 ships, 7 masters.",
    )
    assert numbers(found.kept) == ["12", "$1.2M", "Week 10"]
    assert numbers(found.lost) == ["9.5", "Week 12", "99.9%", "4.8s"]
    assert numbers(found.new) == ["7"]


GUIDE = """\
# Guide

```{revision-guide} port
```

```{locked-preserve}
- The promise: `99.9%` within `5 min`
```

````{revision-issue} Figures
```{before-after}
We promise 99.9% within 5 min, 24/7, for $12.

+++

We promise that help comes within five minutes, for $12.
```
````
"""


def test_a_lost_fact_that_is_locked_is_reported(new_book: NewBook) -> None:
    chapter = "# Harbour\n\nAt sea: 99.9% within 5 min.\n"
    files = {"index.md": "# B\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": chapter}
    built = new_book(files | {"guide.md": GUIDE}).build()
    reported = [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in built.warnings
    ]
    assert reported == [("guide.md", 11, "revguide.fact")]
    assert "loses 99.9%, which “The promise: 99.9% within 5 min” locks" in built.warnings[0].text
    html = built.read("guide.html")
    assert "Facts dropped: 99.9%, 24/7" in html


@pytest.mark.parametrize("option", [":status: rejected", ":status: deferred", ":withdrawn: yes"])
def test_an_after_that_will_not_be_used_may_lose_facts(new_book: NewBook, option: str) -> None:
    guide = GUIDE.replace("} Figures", f"}} Figures\n{option}\n")
    built = new_book({"index.md": guide}).build()
    assert [one.text for one in built.warnings if one.type == "revguide.fact"] == []


@pytest.mark.parametrize("role", ["before", "after"])
def test_an_instruction_has_no_facts_to_lose(new_book: NewBook, role: str) -> None:
    chapter = "# Harbour\n\nAt sea: 99.9% within 5 min.\n"
    guide = GUIDE.replace("```{before-after}\n", f"```{{before-after}}\n:{role}: Instruction\n\n")
    files = {"index.md": "# B\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": chapter}
    book = new_book(files | {"guide.md": guide})
    built = book.build()
    assert built.types() == []
    html = built.read("guide.html")
    assert "Facts dropped" not in html
    [pair] = BeautifulSoup(html, "html.parser").select(".revguide-pair")
    assert "→" not in pair.get_text()
    report = json.loads(book.build("revguide").read("revguide.json"))
    assert report["issues"][0]["samples"][0]["facts"] is None
    assert report["guides"][0]["sample_words"]["before"] == 0
