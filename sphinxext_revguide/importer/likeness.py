"""Matches the texts of a new version with those of the old one, even if they were reworded.

Comparing all texts with each other would take minutes for a long guide. Only texts at the same
place, or with rare words in common, are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from rapidfuzz.fuzz import ratio

_T = TypeVar("_T")
_FEW = 8
"""A word in more texts than this does not distinguish them."""
_CANDIDATES = 6
"""How many of the texts that share the most words are compared."""
_COMPARED = 4000
"""How many characters of two texts are compared."""


def best_matches(
    old: Sequence[_T],
    new: Sequence[_T],
    text: Callable[[_T], str],
    likeness: Callable[[_T, _T], float],
) -> list[tuple[_T, _T]]:
    """Return the most similar pairs of an old and a new item; each item is in at most one pair.

    :param text: the text of an item, by which its candidates are found.
    :param likeness: the similarity of two items; 0 if they do not match.
    """
    index = _Index([text(item) for item in old])
    scores = []
    for there, item in enumerate(new):
        for here in {*index.near(text(item)), *_beside(there, len(old), len(new))}:
            score = likeness(old[here], item)
            if score > 0:
                scores.append((-score, abs(here - there), there, here))
    pairs = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for *_, there, here in sorted(scores):
        if there not in taken_new and here not in taken_old:
            pairs.append((old[here], new[there]))
            taken_new.add(there)
            taken_old.add(here)
    return pairs


def alike(one: str, other: str) -> float:
    """Return how similar two texts are, in percent."""
    return ratio(one[:_COMPARED], other[:_COMPARED])


def has_all(whole: str, part: str) -> bool:
    """Return whether a text contains all words of another, with their punctuation, in order."""
    words = iter(whole.split())
    return all(word in words for word in part.split())


def _beside(place: int, old: int, new: int) -> Iterator[int]:
    """Yield the places that correspond to an item, counted from the start and from the end."""
    for middle in {place, place + old - new}:
        yield from range(max(0, middle - 1), min(old, middle + 2))


class _Index:
    def __init__(self, texts: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for word in set(_words(text)):
                self._places[word].append(place)

    def near(self, text: str) -> list[int]:
        """Return the places of the texts that share the most words with a text."""
        shared: Counter[int] = Counter()
        for word in sorted(set(_words(text))):
            places = self._places.get(word, ())
            if len(places) <= _FEW:
                shared.update(places)
        return [place for place, _count in shared.most_common(_CANDIDATES)]


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and each pair of adjacent words."""
    words = text[:_COMPARED].split()
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))
