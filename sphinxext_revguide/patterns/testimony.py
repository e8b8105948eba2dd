"""Recognises sentences that testify, which excuse a passage that a pattern would flag.

A sentence that testifies says what nearly failed, what it cost, who objected and why, what is still
unknown, what was given up, who suffers when a target is missed, or why a number was chosen. "No
plan is perfect" says none of these. The weights are learned (``make fit``) and stored in
``packs/testimony-en.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import fsum
from typing import Any

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Section, Table
from sphinxext_revguide.patterns.sentence_features import Words, parts, sentences
from sphinxext_revguide.quick_records import record

SHARES = (1.0, 0.6)
"""The shares with which the best and the second-best sentence of a passage count."""


@record(frozen=True, slots=False)
class Testimony:
    """The learned model: the weight of each feature of a sentence, and the threshold of excuses."""

    words: Words
    weights: Mapping[str, float]
    intercept: float
    limit: float

    def weigh(self, sentence: str) -> float:
        """Return the logarithm of the odds that a sentence testifies."""
        weights = self.weights
        terms, strength, shapes = parts(sentence, self.words)
        return self.intercept + fsum(
            (
                *(weights[term] * strength for term in weights.keys() & terms),
                *(weights[name] * shapes[name] for name in weights.keys() & shapes.keys()),
            )
        )


@record(frozen=True, slots=True)
class Excuse:
    """The excuse of a passage: its best sentences, best first, and their combined weight."""

    said: tuple[str, ...]
    score: float


@cache
def shipped() -> Testimony:
    """Return the model for English texts."""
    text = files(__package__).joinpath("packs/testimony-en.json").read_text(encoding="utf-8")
    return of_data(json.loads(text))


def of_data(data: Mapping[str, Any]) -> Testimony:
    """Return the model described by the data of a file."""
    words = Words(
        kinds={name: frozenset(some.split()) for name, some in data["kinds"].items()},
        near=tuple((first, second) for first, second in map(str.split, data["near"])),
        stems=tuple(data["stems"].split()),
        endings=tuple(data["endings"].split()),
        past=frozenset(data["past"].split()),
        numbers=frozenset(data["numbers"].split()),
        days=frozenset(data["days"].split()),
    )
    return Testimony(words, data["weights"], data["intercept"], data["limit"])


def excuse(context: Context) -> Excuse | None:
    """Return the excuse of a construct: sentences of its sections, or of neighbouring sections."""
    found = best_said(context)
    return found if found.score >= shipped().limit else None


def best_said(context: Context) -> Excuse:
    """Return the sentences around a construct that testify most, even below the threshold."""
    return context.once_of_sections(_best_said)


def _best_said(context: Context) -> Excuse:
    indices = (*context.members, *context.beside)
    once, weigh = context.reading.once, shipped().weigh

    def cut(text: str) -> list[str]:
        return once(text, sentences)

    said = dict.fromkeys(
        sentence for index in indices for sentence in said_in(context.outline.sections[index], cut)
    )
    return total([(once(sentence, weigh), sentence) for sentence in said])


def said_in(section: Section, cut: Callable[[str], list[str]] = sentences) -> Iterator[str]:
    """Yield the sentences of a section: of paragraphs, list items and cells.

    :param cut: returns the sentences of a text.
    """
    for block in section.blocks:
        if isinstance(block, Table):
            texts = [cell for row in block.rows for cell in row.cells]
        elif hasattr(block, "items"):
            texts = [item.text for item in block.items]
        else:
            texts = [block.text]
        for text in texts:
            yield from cut(text)


def total(weighed: list[tuple[float, str]]) -> Excuse:
    """Return the best sentences and their combined weight."""
    best = sorted(weighed, key=lambda judged: (-judged[0], judged[1]))[: len(SHARES)]
    score = sum(share * max(weight, 0) for share, (weight, _one) in zip(SHARES, best, strict=False))
    return Excuse(tuple(judged for weight, judged in best if weight > 0), score)
