"""Computes the weight of a text in all graded lexicons at once."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise

from sphinxext_revguide.patterns.lexicons import Lexicon, tokens
from sphinxext_revguide.quick_records import record

_LANE = 32
"""Number of bits for each lexicon. The loader ensures that a sum of weights in thousandths stays
below 2**31."""
_HALF = 1 << (_LANE - 1)
_LANE_BITS = (1 << _LANE) - 1
_UNIT = 1000
"""Weights are stored in thousandths, so that sums do not depend on the order of a set."""

ZONES = ("heading", "column", "cell", "label")
"""The places in which a word may have a weight of its own: a heading, a column head, the first cell
of a row, the label of a list item."""
_NONE: frozenset[str] = frozenset()
Bag = frozenset[str]
"""The distinct words and pairs of adjacent words of a text that have a weight.

The words of a pair are separated by one space. A word with a weight in a zone is prefixed with the
zone and a colon.
"""


@record(frozen=True, slots=False)
class Table:
    """The weights of words in graded lexicons.

    ``rows`` maps a word or a pair to the indices of lexicons in ``names``, each followed by the
    weight: "0 0.89 4 -0.2". A row is parsed when its word is first met; a page contains few of the
    ten thousand words of the shipped lexicons. ``zones`` maps a zone to the words that have a
    weight there.
    """

    names: tuple[str, ...]
    rows: Mapping[str, str]
    zones: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon]) -> Table:
        """Return the table of the graded lexicons; if they are columns of a table, that table."""
        graded = {name: lexicon.weights for name, lexicon in lexicons.items() if lexicon.graded}
        known = next(iter(graded.values()), None)
        if isinstance(known, Column) and known.table.is_of(graded):
            return known.table
        rows: dict[str, list[str]] = {}
        zones: dict[str, set[str]] = {}
        for place, weights in enumerate(graded.values()):
            for entry, weight in weights.items():
                rows.setdefault(_key_of(entry), []).append(f"{place} {weight!r}")
                zone, colon, word = entry.partition(":")
                if colon and zone in ZONES:
                    zones.setdefault(zone, set()).add(word)
        return cls(
            tuple(graded),
            {key: " ".join(row) for key, row in rows.items()},
            {zone: frozenset(words) for zone, words in zones.items()},
        )

    def is_of(self, weights: Mapping[str, Mapping[str, float]]) -> bool:
        """Return whether the weights by name of lexicon are the columns of this table, in order."""
        return tuple(weights) == self.names and all(
            isinstance(column, Column) and column.table is self and column.name == name
            for name, column in weights.items()
        )

    def row(self, entry: str) -> Iterator[tuple[int, float]]:
        """Yield the index of each lexicon that contains a word or a pair, with its weight."""
        row = self.rows[entry].split()
        return zip(map(int, row[::2]), map(float, row[1::2]), strict=True)


class Column(Mapping[str, float]):
    """The weights of one lexicon of a table, collected when they are first needed."""

    def __init__(self, table: Table, name: str) -> None:
        self.table = table
        self.name = name

    @cached_property
    def _weights(self) -> dict[str, float]:
        place, table = self.table.names.index(self.name), self.table
        rows = ((entry, dict(table.row(entry))) for entry in table.rows)
        return {entry: row[place] for entry, row in rows if place in row}

    def __getitem__(self, entry: str) -> float:
        return self._weights[entry]

    def __iter__(self) -> Iterator[str]:
        return iter(self._weights)

    def __len__(self) -> int:
        return len(self._weights)


class Scales:
    """All graded lexicons of a library.

    The weights of a word in all of them are packed into one integer with a lane of bits for each
    lexicon, so that one sum over the words of a text gives its weights in all lexicons.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        table = Table.of(lexicons)
        self._index = {name: index for index, name in enumerate(table.names)}
        self._bias = sum(_HALF << index * _LANE for index in self._index.values())
        self._lanes = struct.Struct(f"<{len(table.names)}I")
        self._words = frozenset(table.rows)
        self._pairs = frozenset(tuple(key.split(" ")) for key in table.rows if " " in key)
        self._weights = _Packed(table)
        self._zones = table.zones

    def bag(self, texts: list[list[str]], zones: Mapping[str, list[list[str]]]) -> Bag:
        """Return the bag of tokenized texts.

        :param zones: the texts of each zone, tokenized as well; they are part of ``texts`` too.
        """
        words = self._words.intersection(chain.from_iterable(texts))
        # Words are only joined if the pair has a weight, which few pairs have.
        pairs = self._pairs.intersection(chain.from_iterable(map(pairwise, texts)))
        there = (
            f"{zone}:{word}"
            for zone, said in zones.items()
            if said
            for word in self._zones.get(zone, _NONE).intersection(chain.from_iterable(said))
        )
        return words.union(map(" ".join, pairs), there)

    def weigh(self, bag: Bag) -> list[float]:
        """Return the weight of a bag in each lexicon by :meth:`place`; the last is 0."""
        packed = sum(map(self._weights.__getitem__, bag), self._bias)
        lanes = self._lanes.unpack(packed.to_bytes(self._lanes.size, "little"))
        return [*((lane - _HALF) / _UNIT for lane in lanes), 0.0]

    def place(self, lexicon: str) -> int:
        """Return the index of a lexicon in the result of :meth:`weigh`, the last if not graded."""
        return self._index.get(lexicon, -1)

    def weights(self, bag: Bag, lexicon: str) -> dict[str, float]:
        """Return the nonzero weights of the words of a bag in one lexicon."""
        index = self._index.get(lexicon)
        if index is None:
            return {}
        lane, bias = index * _LANE, self._bias
        packed = ((entry, self._weights[entry] + bias) for entry in bag)
        alone = ((entry, (weights >> lane & _LANE_BITS) - _HALF) for entry, weights in packed)
        return {entry: weight / _UNIT for entry, weight in alone if weight}


class _Packed(dict[str, int]):
    """The weights of each word or pair in all lexicons, packed when it is first looked up."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, key: str) -> int:
        row = self._table.row(key)
        packed = self[key] = sum(round(weight * _UNIT) << place * _LANE for place, weight in row)
        return packed


def _key_of(entry: str) -> str:
    """Return an entry in the form of a bag: the words of a pair separated by one space."""
    if entry.isalpha():
        return entry
    words = tokens(entry)
    return " ".join(words) if len(words) == 2 else entry
