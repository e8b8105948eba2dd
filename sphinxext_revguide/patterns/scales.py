"""Weighs the words of a text on all graded lexicons at once."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Set
from itertools import chain, pairwise

from sphinxext_revguide.patterns.lexicons import Lexicon, tokens

_LANE = 32
"""Bits kept for each lexicon. A sum of weights in thousandths stays below two to the 31st: the
loader ensures it."""
_HALF = 1 << (_LANE - 1)
_UNIT = 1000
"""Weights are kept in thousandths, so that sums are exact whatever the order of a set."""

ZONES = ("heading", "column", "cell", "label")
"""Where a word may weigh something of its own: in the heading, the head of a column, the first cell
of a row, the label of an item."""
Entry = str | tuple[str, str]
"""A word, or a pair of neighbours; with a zone and a colon before it, a word that is there."""
Bag = frozenset[Entry]
"""The different words and pairs of neighbours of a text, as far as they weigh something."""


class Scales:
    """All graded lexicons of a library.

    The weights of a word on all of them are packed into one whole number, a lane of bits for each
    lexicon: a text is weighed on all scales by one sum over its words.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        graded = {name: lexicon for name, lexicon in lexicons.items() if lexicon.graded}
        self._index = {name: index for index, name in enumerate(graded)}
        self._bias = sum(_HALF << index * _LANE for index in self._index.values())
        self._lanes = struct.Struct(f"<{len(graded)}I")
        self._weights = weights = dict[Entry, int]()
        zoned: dict[str, set[str]] = {zone: set() for zone in ZONES}
        for name, lexicon in graded.items():
            lane = self._index[name] * _LANE
            for entry, weight in lexicon.weights.items():
                key = entry if entry.isalpha() else _key_of(entry)
                packed = round(weight * _UNIT) << lane
                weights[key] = weights.get(key, 0) + packed
                if ":" in entry:
                    zone, _colon, word = entry.partition(":")
                    zoned.get(zone, set()).add(word)
        self._zoned = {zone: frozenset(words) for zone, words in zoned.items() if words}

    def bag(self, texts: list[list[str]], zones: Mapping[str, list[list[str]]]) -> Bag:
        """Return the bag of texts that are cut into tokens.

        :param zones: the texts of each zone, cut likewise, once more.
        """
        weighing = self._weights.keys()
        words: Set[Entry] = weighing & chain.from_iterable(texts)
        pairs: Set[Entry] = weighing & chain.from_iterable(map(pairwise, texts))
        there = (
            f"{zone}:{word}"
            for zone, known in self._zoned.items()
            for word in known & set(chain.from_iterable(zones.get(zone, ())))
        )
        return frozenset(chain(words, pairs, there))

    def totals(self, bag: Bag) -> tuple[int, ...]:
        """Return what a bag weighs on all lexicons; :meth:`of` takes one of them out."""
        packed = sum(map(self._weights.__getitem__, bag), self._bias)
        return self._lanes.unpack(packed.to_bytes(self._lanes.size, "little"))

    def of(self, lexicon: str, totals: tuple[int, ...]) -> float:
        """Return what weighs on one lexicon, 0 for one of words that are not weighed."""
        index = self._index.get(lexicon)
        return 0.0 if index is None else (totals[index] - _HALF) / _UNIT

    def weights(self, bag: Bag, lexicon: str) -> dict[str, float]:
        """Return what each word of a bag weighs on one lexicon, where it weighs something."""
        weighed = {
            entry if isinstance(entry, str) else " ".join(entry): self._alone(entry, lexicon)
            for entry in bag
        }
        return {words: weight for words, weight in weighed.items() if weight}

    def _alone(self, entry: Entry, lexicon: str) -> float:
        return self.of(lexicon, self.totals(frozenset((entry,))))


def _key_of(entry: str) -> Entry:
    first, blank, second = entry.partition(" ")
    if blank and first.isalpha() and second.isalpha():
        return (first.lower(), second.lower())
    words = tokens(entry)
    return (words[0], words[1]) if len(words) == 2 else entry
