"""Lays the words of a text on all graded lexicons at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sphinxext_revguide.patterns.lexicons import Lexicon, tokens

_LANE = 40
"""Bits kept for each lexicon. A sum of weights in thousandths stays far below two to the 39th."""
_HALF = 1 << (_LANE - 1)
_MASK = (1 << _LANE) - 1
_UNIT = 1000
"""Weights are kept in thousandths, so that sums are exact whatever the order of a set."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The different words and pairs of neighbours of a text, as far as they weigh something."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def joined(cls, bags: list[Bag]) -> Bag:
        """Return the bag of several texts of which each has one."""
        if len(bags) == 1:
            return bags[0]
        words = frozenset().union(*(one.words for one in bags))
        return cls(words, frozenset().union(*(one.pairs for one in bags)))


class Scales:
    """All graded lexicons of a library.

    The weights of a word on all of them are packed into one whole number, a lane of bits for each
    lexicon: a text is weighed on all scales by one sum over its words.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        graded = {name: one for name, one in lexicons.items() if one.graded}
        self._place = {name: index * _LANE for index, name in enumerate(graded)}
        self._bias = sum(_HALF << place for place in self._place.values())
        self._words: dict[str, int] = {}
        self._pairs: dict[tuple[str, str], int] = {}
        for name, lexicon in graded.items():
            for entry, weight in lexicon.weights.items():
                packed = round(weight * _UNIT) << self._place[name]
                words = tokens(entry)
                if len(words) == 2:
                    pair = (words[0], words[1])
                    self._pairs[pair] = self._pairs.get(pair, 0) + packed
                else:
                    self._words[entry] = self._words.get(entry, 0) + packed

    def bag(self, texts: Iterable[list[str]]) -> Bag:
        """Return the bag of texts that are cut into tokens."""
        words: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for text in texts:
            words.update(text)
            pairs.update(itertools.pairwise(text))
        return Bag(frozenset(self._words.keys() & words), frozenset(self._pairs.keys() & pairs))

    def totals(self, bag: Bag) -> dict[str, float]:
        """Return what a bag weighs on each lexicon."""
        packed = sum(map(self._words.__getitem__, bag.words))
        packed += sum(map(self._pairs.__getitem__, bag.pairs))
        packed += self._bias
        return {name: _lane(packed, place) for name, place in self._place.items()}

    def weights(self, bag: Bag, lexicon: str) -> dict[str, float]:
        """Return what each word of a bag weighs on one lexicon, where it weighs something."""
        place = self._place.get(lexicon)
        if place is None:  # a lexicon of words, none of which weighs more than another
            return {}
        weighed = {word: _lane(row + self._bias, place) for word, row in self._rows(bag)}
        return {word: weight for word, weight in weighed.items() if weight}

    def _rows(self, bag: Bag) -> Iterator[tuple[str, int]]:
        for word in bag.words:
            yield word, self._words[word]
        for pair in bag.pairs:
            yield " ".join(pair), self._pairs[pair]


def _lane(packed: int, place: int) -> float:
    """Return the sum in one lane; the bias keeps a sum below zero from borrowing."""
    return ((packed >> place & _MASK) - _HALF) / _UNIT
