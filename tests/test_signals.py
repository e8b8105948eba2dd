"""Signals, one by one, in patterns of one's own: what each sees and leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxext_revguide.patterns.signals import strongest
from tests import signals_of_tables, signals_of_texts
from tests.signalling import all_seen, sections, seen, shape_of, table


@pytest.mark.parametrize(
    ("signal", "params", "text", "score", "words"), signals_of_texts.SEEN + signals_of_tables.SEEN
)
def test_what_a_signal_sees(
    signal: str, params: dict[str, Any], text: str, score: float, words: str
) -> None:
    match = seen(text, signal, shape=shape_of(signal), **params)
    assert match is not None
    assert match.score == round(score, 2)
    assert score <= strongest(signal, params)
    assert words in match.evidence[0]


@pytest.mark.parametrize(
    ("signal", "params", "text"), signals_of_texts.LEFT + signals_of_tables.LEFT
)
def test_what_a_signal_leaves_alone(signal: str, params: dict[str, Any], text: str) -> None:
    match = seen(text, signal, shape=shape_of(signal), **params)
    assert match is None, match.evidence


def test_a_heading_is_no_step_beside_the_headings_below_it() -> None:
    nested = "# Book\n\n## Tides\n\n### Monday\n\nIt rains.\n\n### Tuesday\n\nIt rains.\n"
    alike = "# Book\n\n" + sections("Tides", "Monday", "Tuesday")
    assert seen(alike, "labelled_steps", shape="page", least=3)
    assert not seen(nested, "labelled_steps", shape="page", least=3)


def test_what_is_counted_in_a_table_is_in_the_table() -> None:
    cells = table("What | State", "a | ✅", "b | ✅")
    around = f"## Tides\n\nThe tide ✅ is high.\n\n{cells}\nThe mole ✅ stands.\n"
    matches = [seen(text, "emoji", shape="table") for text in (around, f"## Tides\n\n{cells}")]
    evidence = [match.evidence for match in matches if match]
    assert len(evidence) == 2
    assert evidence[0] == evidence[1]
    bare = table("What | State", "a | b", "c | d")
    assert seen(around.replace(cells, bare), "emoji", shape="table") is None


def test_a_paragraph_is_judged_by_what_it_says_itself() -> None:
    text = "# Crossings\n\nCars wait.\n\nThe tide rises.\n\nBuses wait.\n"
    found = all_seen(text, "says", shape="paragraph", lexicon="own")
    assert [match.line for match in found] == [5]
