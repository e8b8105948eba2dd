"""Weighs the words of a text on all graded lexicons at once."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise

from sphinxext_revguide.patterns.lexicons import Lexicon, tokens
from sphinxext_revguide.quick_records import record

_LANE = 32
"""Bits kept for each lexicon. A sum of weights in thousandths stays below two to the 31st: the
loader ensures it."""
_HALF = 1 << (_LANE - 1)
_LANE_BITS = (1 << _LANE) - 1
_UNIT = 1000
"""Weights are kept in thousandths, so that sums are exact whatever the order of a set."""

ZONES = ("heading", "column", "cell", "label")
"""Where a word may weigh something of its own: in the heading, the head of a column, the first cell
of a row, the label of an item."""
_NONE: frozenset[str] = frozenset()
Bag = frozenset[str]
"""The different words and pairs of neighbours of a text, as far as they weigh something.

A pair has one blank between its words; a word that weighs in a zone has the zone and a colon
before it.
"""


@record(frozen=True, slots=False)
class Table:
    """What words weigh on graded lexicons.

    ``rows`` maps a word or a pair to the places of lexicons among ``names``, each with the weight
    after it: "0 0.89 4 -0.2". A row is only read where its word is met, and a page has few of the
    ten thousand words of the shipped lexicons. ``zones`` holds the words that weigh there.
    """

    names: tuple[str, ...]
    rows: Mapping[str, str]
    zones: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, lexicons: Mapping[str, Lexicon]) -> Table:
        """Return the table of the graded lexicons; if they are the columns of one, that one."""
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
        """Return whether weights by the name of their lexicon are the columns, in their order."""
        return tuple(weights) == self.names and all(
            isinstance(column, Column) and column.table is self and column.name == name
            for name, column in weights.items()
        )

    def row(self, entry: str) -> Iterator[tuple[int, float]]:
        """Yield the places of the lexicons that have a word or a pair, with what it weighs."""
        row = self.rows[entry].split()
        return zip(map(int, row[::2]), map(float, row[1::2]), strict=True)


class Column(Mapping[str, float]):
    """The weights of one lexicon of a table, which are only gathered where they are listed."""

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

    The weights of a word on all of them are packed into one whole number, a lane of bits for each
    lexicon: a text is weighed on all scales by one sum over its words.
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
        """Return the bag of texts that are cut into tokens.

        :param zones: the texts of each zone, cut likewise, once more.
        """
        words = self._words.intersection(chain.from_iterable(texts))
        # Two words are only joined where they weigh something together, which few do.
        pairs = self._pairs.intersection(chain.from_iterable(map(pairwise, texts)))
        there = (
            f"{zone}:{word}"
            for zone, said in zones.items()
            if said
            for word in self._zones.get(zone, _NONE).intersection(chain.from_iterable(said))
        )
        return words.union(map(" ".join, pairs), there)

    def weigh(self, bag: Bag) -> list[float]:
        """Return what a bag weighs on each lexicon, by its place, and 0 for what is not weighed."""
        packed = sum(map(self._weights.__getitem__, bag), self._bias)
        lanes = self._lanes.unpack(packed.to_bytes(self._lanes.size, "little"))
        return [*((lane - _HALF) / _UNIT for lane in lanes), 0.0]

    def place(self, lexicon: str) -> int:
        """Return the place of a lexicon in what :meth:`weigh` returns, the last if not graded."""
        return self._index.get(lexicon, -1)

    def weights(self, bag: Bag, lexicon: str) -> dict[str, float]:
        """Return what each word of a bag weighs on one lexicon, where it weighs something."""
        index = self._index.get(lexicon)
        if index is None:
            return {}
        lane, bias = index * _LANE, self._bias
        packed = ((entry, self._weights[entry] + bias) for entry in bag)
        alone = ((entry, (weights >> lane & _LANE_BITS) - _HALF) for entry, weights in packed)
        return {entry: weight / _UNIT for entry, weight in alone if weight}


class _Packed(dict[str, int]):
    """What each word or pair weighs on all lexicons, packed when it is first looked up."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, key: str) -> int:
        row = self._table.row(key)
        packed = self[key] = sum(round(weight * _UNIT) << place * _LANE for place, weight in row)
        return packed


def _key_of(entry: str) -> str:
    """Return an entry as a bag has it: one blank in a pair, whatever its author put there."""
    if entry.isalpha():
        return entry
    words = tokens(entry)
    return " ".join(words) if len(words) == 2 else entry
