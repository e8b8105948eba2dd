"""The context of a signal: one construct of a page, with the text around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.lexicons import Lexicon, term_lexicon
from sphinxext_revguide.patterns.outline import Block, Listing, Outline, Paragraph, Section, Table
from sphinxext_revguide.patterns.scales import Bag, Scales

T = TypeVar("T")
TESTIMONY_WORDS = 5
"""Fewer words than this say nothing that could excuse: "Analyze failures" is no failure."""

_USUAL_SIZE = 100
"""Words of a text whose weight counts as it is; that of a longer one is divided by the root of how
much longer it is, so that texts of any length compare."""

_NEAR_WORDS = 400
"""Sections under one heading that are longer than this together have several subjects."""


class Reading:
    """One page being read: what was found in each of its sections, found once."""

    def __init__(self, outline: Outline, texts: KnownTexts[Bag], scales: Scales) -> None:
        self.outline = outline
        self.scales = scales
        self.hits = texts.hits
        self.tokens = texts.tokens
        self.hints = texts.hints
        self.hints_near_digits = texts.hints_near_digits
        self.meant = texts.meant
        self.once = texts.once
        self.polarity = texts.polarity
        self.spanning = texts.spanning
        self._texts = texts
        self._said: dict[int, tuple[str, ...]] = {}
        self._lined: dict[int, list[tuple[str, int]]] = {}
        self._testimony: dict[int, list[str]] = {}
        self._bags: dict[int, Bag] = {}
        self._sizes: dict[int, int] = {}
        self._weights: dict[tuple[int, ...], list[float]] = {}
        self._lexicons: dict[int, frozenset[str]] = {}
        self._counted: dict[tuple[int, str], int] = {}
        self._in_tables: dict[tuple[Any, ...], dict[int, Any]] = {}

    def texts(self, index: int) -> tuple[str, ...]:
        """Return everything that a section says: title, prose, headers and cells."""
        if index not in self._said:
            self._said[index] = tuple(texts_of(self.outline.sections[index]))
        return self._said[index]

    def lined(self, index: int) -> list[tuple[str, int]]:
        """Return everything that a section says, each text with the line it begins on."""
        if index not in self._lined:
            section = self.outline.sections[index]
            title = [(section.title, section.line)] if section.title else []
            texts = chain.from_iterable(map(texts_with_lines, section.blocks))
            self._lined[index] = [*title, *texts]
        return self._lined[index]

    def testimony(self, index: int) -> list[str]:
        """Return what of a section can excuse: what is not hollow, nor too short."""
        if index not in self._testimony:
            texts = map(self.meant, self.texts(index))
            self._testimony[index] = [
                text for text in texts if len(text.split()) >= TESTIMONY_WORDS
            ]
        return self._testimony[index]

    def bag(self, members: tuple[int, ...]) -> Bag:
        """Return what of the words of sections weighs something."""
        for index in members:
            if index not in self._bags:
                zones = zones_of(self.outline.sections[index])
                self._bags[index] = self._texts.bag(self.texts(index), zones)
        return frozenset().union(*(self._bags[index] for index in members))

    def weights(self, members: tuple[int, ...]) -> list[float]:
        """Return what the words of sections weigh on all graded lexicons."""
        found = self._weights.get(members)
        if found is None:
            found = self._weights[members] = self.scales.weigh(self.bag(members))
        return found

    def every(self, lexicon: Lexicon, text: str) -> list[str]:
        """Return every place of a text where an entry of a lexicon stands, as it is there."""
        return lexicon.every(self.tokens(text)) if lexicon.name in self.hits(text) else []

    def size(self, index: int) -> int:
        """Return how many words and symbols a section has."""
        found = self._sizes.get(index)
        if found is None:
            texts = map(self.meant, self.texts(index))
            found = self._sizes[index] = sum(map(len, map(self.tokens, texts)))
        return found

    def lexicons(self, members: tuple[int, ...]) -> frozenset[str]:
        """Return the lexicons of which something is in sections, or in titles above them."""
        for index in members:
            if index not in self._lexicons:
                above = [section.title for section in self.outline.ancestors(index)]
                texts = [*self.texts(index), *above]
                self._lexicons[index] = frozenset().union(*map(self.hits, texts))
        if len(members) == 1:
            return self._lexicons[members[0]]
        return frozenset().union(*(self._lexicons[index] for index in members))

    def in_section(self, index: int, key: str, count: Callable[[Iterable[str]], int]) -> int:
        """Return what is counted in the texts of a section, once for all groups that contain it.

        :param key: tells what is counted from what else is.
        """
        if (index, key) not in self._counted:
            self._counted[index, key] = self._texts.counted(self.texts(index), key, count)
        return self._counted[index, key]

    def seen_in_tables(self, key: tuple[Any, ...]) -> dict[int, Any]:
        """Return what has been seen in tables, by the identity of the table, to be added to.

        :param key: the name of a signal and its parameters.
        """
        return self._in_tables.setdefault(key, {})


@dataclass
class Context:
    """One construct in its page.

    ``block`` is ``None`` if whole sections are judged; ``members`` are their indices, the
    first of them the one that a reader would name. ``term`` and its ``budget`` are set where a
    term is counted.
    """

    reading: Reading
    lexicons: Mapping[str, Lexicon]
    members: tuple[int, ...]
    block: Block | None = None
    term: str = ""
    budget: int | None = None
    _computed: dict[Callable[[Context], Any], Any] = field(default_factory=dict, repr=False)

    @cached_property
    def term_lines(self) -> tuple[int, ...]:
        """The line of each place where the term stands."""
        return tuple(
            line
            for text, line in self.lined
            for _said in self.reading.every(self.lexicons[term_lexicon(self.term)], text)
        )

    @property
    def outline(self) -> Outline:
        return self.reading.outline

    @property
    def index(self) -> int:
        return self.members[0]

    @property
    def section(self) -> Section:
        return self.outline.sections[self.index]

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that are judged together."""
        return [self.outline.sections[index] for index in self.members]

    def once(self, compute: Callable[[Context], T]) -> T:
        """Return what a function computes of the construct, the first time by computing it."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        found: T = self._computed[compute]
        return found

    @property
    def titles(self) -> str:
        """The titles and those above them."""
        return self.headings(above=9)

    def headings(self, *, above: int) -> str:
        """The titles and as many of those above them."""
        return " / ".join(self._headings(above))

    def _headings(self, above: int) -> list[str]:
        return [*self.once(_titles), *self.once(_titles_above)[:above]]

    # Texts, by where they are

    @cached_property
    def prose(self) -> list[str]:
        """The paragraphs and list items."""
        return [text for section in self.sections for text in prose_of(section)]

    @cached_property
    def cells(self) -> list[str]:
        """The cells of the tables, without their headers."""
        return [cell for table in self.tables for row in table.rows for cell in row.cells]

    @cached_property
    def tables(self) -> list[Table]:
        """The table that is judged, or all of the sections."""
        if isinstance(self.block, Table):
            return [self.block]
        return [b for section in self.sections for b in section.blocks if isinstance(b, Table)]

    @cached_property
    def listings(self) -> list[Listing]:
        """The list that is judged, or all of the sections."""
        if isinstance(self.block, Listing):
            return [self.block]
        return [b for section in self.sections for b in section.blocks if isinstance(b, Listing)]

    @cached_property
    def texts(self) -> list[str]:
        """Everything that the sections say: titles, prose, headers and cells."""
        return [text for index in self.members for text in self.reading.texts(index)]

    @cached_property
    def lined(self) -> list[tuple[str, int]]:
        """Everything that is judged, with the line that each text begins on."""
        if self.block is not None:
            return texts_with_lines(self.block)
        return [pair for index in self.members for pair in self.reading.lined(index)]

    @cached_property
    def testimony(self) -> list[str]:
        """What can excuse: sentences that are not hollow, and cells that say something."""
        return [text for index in self.members for text in self.reading.testimony(index)]

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """The other sections under the same heading of the second level, where they are few."""
        sections = self.outline.sections
        top = self.index
        while sections[top].level > 2 and sections[top].parent >= 0:
            top = sections[top].parent
        if sections[top].level < 2:
            return ()
        own = set(self.members)
        found = [top]
        for index in range(top + 1, len(sections)):
            if sections[index].level <= sections[top].level:
                break
            found.append(index)
        if sum(sections[index].words for index in found) > _NEAR_WORDS:
            return ()
        return tuple(index for index in found if index not in own)

    @cached_property
    def size(self) -> int:
        """How many words and symbols are judged."""
        return sum(self.reading.size(index) for index in self.members)

    @cached_property
    def _root(self) -> float:
        """The root of the length, 1 for what is no longer than usual."""
        return math.sqrt(max(1.0, self.size / _USUAL_SIZE))

    @cached_property
    def present(self) -> frozenset[str]:
        """The lexicons of which something is in the sections, or in titles above them."""
        return self.reading.lexicons(self.members)

    @cached_property
    def strengths(self) -> list[float]:
        """What all words weigh on each graded lexicon, whatever their number.

        They stand in the places of ``Scales.place``.
        """
        root = self._root
        return [weight / root for weight in self.reading.weights(self.members)]

    def strength(self, lexicon: str) -> float:
        """Return what all words weigh on a graded lexicon, whatever their number."""
        return self.strengths[self.reading.scales.place(lexicon)]

    # What is in them

    def found(self, lexicon: str, texts: Sequence[str]) -> dict[str, str]:
        """Return the entries of a lexicon that are in texts, with the words that are them."""
        found: dict[str, str] = {}
        for text in texts:
            here = self.reading.hits(text).get(lexicon)
            if here:
                for entry, said in here.items():
                    found.setdefault(entry, said)
        return found

    def has(self, lexicon: str) -> bool:
        """Return whether an entry of a lexicon is in the sections, or in a title above them."""
        return lexicon in self.present

    def found_in_headings(self, lexicon: str, *, above: int) -> dict[str, str]:
        """Return the entries of a lexicon that are in the titles, as :meth:`headings` has them."""
        if lexicon in self.reading.spanning:  # an entry may go over several titles
            return self.found(lexicon, [self.headings(above=above)])
        return self.found(lexicon, self._headings(above)) if self.has(lexicon) else {}

    def matches(self, lexicon: str, text: str) -> bool:
        """Return whether an entry of a lexicon is in a text."""
        return lexicon in self.reading.hits(text)

    def polarity(self, text: str) -> int | None:
        """Return -1, 0 or 1 for a cell that judges, ``None`` for one that does not."""
        return self.reading.polarity(text)

    def is_whole(self, lexicon: str, text: str) -> bool:
        """Return whether a text is one entry and nothing else, punctuation aside."""
        return text.strip(" .!:*").lower() in self.lexicons[lexicon].weights


def _titles(context: Context) -> list[str]:
    return [section.title for section in context.sections]


def _titles_above(context: Context) -> list[str]:
    return [section.title for section in context.outline.ancestors(context.index)]


def texts_with_lines(block: Block) -> list[tuple[str, int]]:
    """Return all that a block says, each text with the line it begins on."""
    if isinstance(block, Paragraph):
        return [(block.text, block.line)]
    if isinstance(block, Listing):
        return [(item.text, item.line) for item in block.items]
    head = [(name, block.line) for name in block.head]
    return head + [(cell, row.line) for row in block.rows for cell in row.cells]


def prose_of(section: Section) -> Iterator[str]:
    """Yield the paragraphs and list items of a section."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Listing):
            for item in block.items:
                yield item.text


def texts_of(section: Section) -> Iterator[str]:
    """Yield everything that a section says: title, prose, headers and cells."""
    if section.title:
        yield section.title
    yield from prose_of(section)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from block.head
            for row in block.rows:
                yield from row.cells


def zones_of(section: Section) -> dict[str, list[str]]:
    """Return the texts of a section by the zone in which their words weigh something of their own.

    The zones are those of ``scales.ZONES``; every text is in :func:`texts_of` too, but for a
    label, which is the beginning of one.
    """
    tables = [block for block in section.blocks if isinstance(block, Table)]
    listings = [block for block in section.blocks if isinstance(block, Listing)]
    return {
        "heading": [section.title] if section.title else [],
        "column": [name for table in tables for name in table.head],
        "cell": [row.cells[0] for table in tables for row in table.rows if row.cells],
        "label": [item.label for listing in listings for item in listing.items if item.label],
    }
