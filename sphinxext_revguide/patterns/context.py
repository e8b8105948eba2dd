"""The context in which signals are evaluated: one construct of a page and the text around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from sphinxext_revguide.model import FileLine
from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.lexicons import Lexicon, term_lexicon
from sphinxext_revguide.patterns.outline import Block, Listing, Outline, Paragraph, Section, Table
from sphinxext_revguide.patterns.scales import Bag, Scales

T = TypeVar("T")
TESTIMONY_WORDS = 5
"""Shorter texts excuse nothing: "Analyze failures" does not report a failure."""

_USUAL_SIZE = 100
"""Number of words up to which the weight of a text counts unchanged. The weight of a longer text is
divided by the square root of how many times longer it is, so that texts of any length compare."""

_NEAR_WORDS = 400
"""If the sections under one heading have more words than this, they have several subjects."""


class Reading:
    """Caches what is found in each section of one page."""

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
        self._with_places: dict[int, list[tuple[str, FileLine]]] = {}
        self._testimony: dict[int, list[str]] = {}
        self._bags: dict[int, Bag] = {}
        self._sizes: dict[int, int] = {}
        self._weights: dict[tuple[int, ...], list[float]] = {}
        self._lexicons: dict[int, frozenset[str]] = {}
        self._counted: dict[tuple[int, str], int] = {}
        self._in_tables: dict[tuple[Any, ...], dict[int, Any]] = {}
        self.of_sections: dict[tuple[tuple[int, ...], Callable[..., Any]], Any] = {}
        """What functions of contexts found in sections, by their indices and the function."""

    def texts(self, index: int) -> tuple[str, ...]:
        """Return all texts of a section: title, prose, column heads and cells."""
        if index not in self._said:
            self._said[index] = tuple(texts_of(self.outline.sections[index]))
        return self._said[index]

    def texts_with_places(self, index: int) -> list[tuple[str, FileLine]]:
        """Return all texts of a section, each with its file and first line."""
        if index not in self._with_places:
            section = self.outline.sections[index]
            title = [(section.title, section.begins)] if section.title else []
            texts = chain.from_iterable(map(texts_with_places, section.blocks))
            self._with_places[index] = [*title, *texts]
        return self._with_places[index]

    def testimony(self, index: int) -> list[str]:
        """Return the texts of a section that can excuse: neither hollow nor too short."""
        if index not in self._testimony:
            texts = map(self.meant, self.texts(index))
            self._testimony[index] = [
                text for text in texts if len(text.split()) >= TESTIMONY_WORDS
            ]
        return self._testimony[index]

    def bag(self, members: tuple[int, ...]) -> Bag:
        """Return the weighted words of sections."""
        for index in members:
            if index not in self._bags:
                zones = zones_of(self.outline.sections[index])
                self._bags[index] = self._texts.bag(self.texts(index), zones)
        return frozenset().union(*(self._bags[index] for index in members))

    def weights(self, members: tuple[int, ...]) -> list[float]:
        """Return the weight of sections in all graded lexicons."""
        found = self._weights.get(members)
        if found is None:
            found = self._weights[members] = self.scales.weigh(self.bag(members))
        return found

    def every(self, lexicon: Lexicon, text: str) -> list[str]:
        """Return all occurrences of a lexicon's entries in a text, as written there."""
        return lexicon.every(self.tokens(text)) if lexicon.name in self.hits(text) else []

    def size(self, index: int) -> int:
        """Return how many words and symbols a section has."""
        found = self._sizes.get(index)
        if found is None:
            texts = map(self.meant, self.texts(index))
            found = self._sizes[index] = sum(map(len, map(self.tokens, texts)))
        return found

    def lexicons(self, members: tuple[int, ...]) -> frozenset[str]:
        """Return the lexicons with entries in sections or in the titles above them."""
        for index in members:
            if index not in self._lexicons:
                above = [section.title for section in self.outline.ancestors(index)]
                texts = [*self.texts(index), *above]
                self._lexicons[index] = frozenset().union(*map(self.hits, texts))
        if len(members) == 1:
            return self._lexicons[members[0]]
        return frozenset().union(*(self._lexicons[index] for index in members))

    def in_section(self, index: int, key: str, count: Callable[[Iterable[str]], int]) -> int:
        """Return a count over the texts of a section; groups of sections share it.

        :param key: a name of the count.
        """
        if (index, key) not in self._counted:
            self._counted[index, key] = self._texts.counted(self.texts(index), key, count)
        return self._counted[index, key]

    def seen_in_tables(self, key: tuple[Any, ...]) -> dict[int, Any]:
        """Return the cache of what a signal found in tables, by the identity of the table.

        :param key: the name of a signal and its parameters.
        """
        return self._in_tables.setdefault(key, {})


@dataclass
class Context:
    """One construct of a page.

    ``block`` is ``None`` if whole sections are judged. ``members`` are the indices of the
    sections; the first is the one that a reader would name. ``term`` and ``budget`` are set if a
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
    def term_places(self) -> tuple[FileLine, ...]:
        """The file and line of each occurrence of the term."""
        return tuple(
            place
            for text, place in self.texts_with_places
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
        """Return the result of a function of this context, computed at most once."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        found: T = self._computed[compute]
        return found

    def once_of_sections(self, compute: Callable[[Context], T]) -> T:
        """Return the result of a function of the sections, whatever is judged in them.

        A section may contain hundreds of tables, each of which is judged with its text.
        """
        key = self.members, compute
        if key not in self.reading.of_sections:
            self.reading.of_sections[key] = compute(self)
        found: T = self.reading.of_sections[key]
        return found

    @property
    def titles(self) -> str:
        """The titles of the sections and of those above them."""
        return self.headings(above=9)

    def headings(self, *, above: int) -> str:
        """The titles of the sections and of at most ``above`` sections above them."""
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
        """The cells of the tables, without column heads."""
        return [cell for table in self.tables for row in table.rows for cell in row.cells]

    @cached_property
    def tables(self) -> list[Table]:
        """The table that is judged, or all tables of the sections."""
        if isinstance(self.block, Table):
            return [self.block]
        return [b for section in self.sections for b in section.blocks if isinstance(b, Table)]

    @cached_property
    def listings(self) -> list[Listing]:
        """The list that is judged, or all lists of the sections."""
        if isinstance(self.block, Listing):
            return [self.block]
        return [b for section in self.sections for b in section.blocks if isinstance(b, Listing)]

    @cached_property
    def texts(self) -> list[str]:
        """All texts of the sections: titles, prose, column heads and cells."""
        return [text for index in self.members for text in self.reading.texts(index)]

    @cached_property
    def texts_with_places(self) -> list[tuple[str, FileLine]]:
        """All texts that are judged, each with its file and first line."""
        if self.block is not None:
            return texts_with_places(self.block)
        return [pair for index in self.members for pair in self.reading.texts_with_places(index)]

    @cached_property
    def testimony(self) -> list[str]:
        """The texts that can excuse: sentences that are not hollow, and cells of some length."""
        return [text for index in self.members for text in self.reading.testimony(index)]

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """The other sections under the same heading of level 2, if they are short together."""
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
        """The number of words and symbols that are judged."""
        return sum(self.reading.size(index) for index in self.members)

    @cached_property
    def _root(self) -> float:
        """The square root of the length in usual lengths, at least 1."""
        return math.sqrt(max(1.0, self.size / _USUAL_SIZE))

    @cached_property
    def present(self) -> frozenset[str]:
        """The lexicons with entries in the sections or in the titles above them."""
        return self.reading.lexicons(self.members)

    @cached_property
    def strengths(self) -> list[float]:
        """The weight of all words in each graded lexicon, normalised by length.

        Ordered like ``Scales.place``.
        """
        root = self._root
        return [weight / root for weight in self.reading.weights(self.members)]

    def strength(self, lexicon: str) -> float:
        """Return the weight of all words in a graded lexicon, normalised by length."""
        return self.strengths[self.reading.scales.place(lexicon)]

    # What is in them

    def found(self, lexicon: str, texts: Sequence[str]) -> dict[str, str]:
        """Return the entries of a lexicon that occur in texts, each with the words as written."""
        found: dict[str, str] = {}
        for text in texts:
            here = self.reading.hits(text).get(lexicon)
            if here:
                for entry, said in here.items():
                    found.setdefault(entry, said)
        return found

    def has(self, lexicon: str) -> bool:
        """Return whether an entry of a lexicon occurs in the sections or in a title above them."""
        return lexicon in self.present

    def found_in_headings(self, lexicon: str, *, above: int) -> dict[str, str]:
        """Return the entries of a lexicon that occur in the titles of :meth:`headings`."""
        if lexicon in self.reading.spanning:  # an entry may span several titles
            return self.found(lexicon, [self.headings(above=above)])
        return self.found(lexicon, self._headings(above)) if self.has(lexicon) else {}

    def matches(self, lexicon: str, text: str) -> bool:
        """Return whether an entry of a lexicon occurs in a text."""
        return lexicon in self.reading.hits(text)

    def polarity(self, text: str) -> int | None:
        """Return -1, 0 or 1 for a cell that passes judgement, ``None`` for any other."""
        return self.reading.polarity(text)

    def is_whole(self, lexicon: str, text: str) -> bool:
        """Return whether a text consists of one entry, ignoring punctuation."""
        return text.strip(" .!:*").lower() in self.lexicons[lexicon].weights


def _titles(context: Context) -> list[str]:
    return [section.title for section in context.sections]


def _titles_above(context: Context) -> list[str]:
    return [section.title for section in context.outline.ancestors(context.index)]


def texts_with_places(block: Block) -> list[tuple[str, FileLine]]:
    """Return all texts of a block, each with its file and first line."""
    source = block.source
    if isinstance(block, Paragraph):
        return [(block.text, (source, block.line))]
    if isinstance(block, Listing):
        return [(item.text, (source, item.line)) for item in block.items]
    head = [(name, (source, block.line)) for name in block.head]
    return head + [(cell, (source, row.line)) for row in block.rows for cell in row.cells]


def prose_of(section: Section) -> Iterator[str]:
    """Yield the paragraphs and list items of a section."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Listing):
            for item in block.items:
                yield item.text


def texts_of(section: Section) -> Iterator[str]:
    """Yield all texts of a section: title, prose, column heads and cells."""
    if section.title:
        yield section.title
    yield from prose_of(section)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from block.head
            for row in block.rows:
                yield from row.cells


def zones_of(section: Section) -> dict[str, list[str]]:
    """Return the texts of a section by zone of ``scales.ZONES``.

    :func:`texts_of` yields these texts too; a label is the beginning of one of its texts.
    """
    tables = [block for block in section.blocks if isinstance(block, Table)]
    listings = [block for block in section.blocks if isinstance(block, Listing)]
    return {
        "heading": [section.title] if section.title else [],
        "column": [name for table in tables for name in table.head],
        "cell": [row.cells[0] for table in tables for row in table.rows if row.cells],
        "label": [item.label for listing in listings for item in listing.items if item.label],
    }
