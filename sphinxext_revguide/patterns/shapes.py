"""Yields the constructs of a page in which patterns are searched for, by shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from sphinxext_revguide.patterns.context import Context, Reading
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.patterns.outline import Listing, Paragraph, Section, Table
from sphinxext_revguide.quick_records import record

_GROUP_WORDS = 1500
"""Sections with more words than this form a chapter and are judged separately."""


@record(frozen=True, slots=True)
class _Page:
    reading: Reading
    library: Library
    _known: dict[tuple[tuple[int, ...], int], Context] = field(default_factory=dict)

    @property
    def sections(self) -> list[Section]:
        return self.reading.outline.sections

    def context(self, *members: int, block: Table | Listing | Paragraph | None = None) -> Context:
        """Return the context of a construct; all shapes share it."""
        key = members, id(block)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Context(self.reading, self.library.named, members, block)
        return found


Find = Callable[[_Page], Iterator[Context]]


def contexts(reading: Reading, library: Library) -> dict[str, list[Context]]:
    """Return the constructs of a page to be judged, by shape."""
    page = _Page(reading, library)
    return {shape: list(find(page)) for shape, find in SHAPES.items()}


def _tables(page: _Page) -> Iterator[Context]:
    """Yield each table."""
    yield from _blocks(page, Table)


def _lists(page: _Page) -> Iterator[Context]:
    """Yield each list."""
    yield from _blocks(page, Listing)


def _paragraphs(page: _Page) -> Iterator[Context]:
    """Yield each paragraph."""
    yield from _blocks(page, Paragraph)


def _blocks(page: _Page, kind: type[Table | Listing | Paragraph]) -> Iterator[Context]:
    for index, section in enumerate(page.sections):
        for block in section.blocks:
            if isinstance(block, kind):
                yield page.context(index, block=block)


def _sections(page: _Page) -> Iterator[Context]:
    """Yield each section without its subsections."""
    for index, section in enumerate(page.sections):
        if section.blocks:
            yield page.context(index)


def _groups(page: _Page) -> Iterator[Context]:
    """Yield each section together with all its subsections."""
    for index, section in enumerate(page.sections):
        members = [index]
        for below in range(index + 1, len(page.sections)):
            if page.sections[below].level <= section.level:
                break
            members.append(below)
        # Headings without text, as in a form, cannot be judged.
        if len(members) > 1 and 0 < _words(page, members) <= _GROUP_WORDS:
            yield page.context(*members)


def _words(page: _Page, members: list[int]) -> int:
    return sum(page.sections[index].words for index in members)


def _headings(page: _Page) -> Iterator[Context]:
    """Yield each heading with the text that follows it."""
    for index, section in enumerate(page.sections):
        if section.title:
            yield page.context(index)


def _pages(page: _Page) -> Iterator[Context]:
    """Yield the page as a whole."""
    yield page.context(*range(len(page.sections)))


def _terms(page: _Page) -> Iterator[Context]:
    """Yield the page once for each term that has a budget."""
    for term, budget in page.library.budgets.items():
        members = tuple(range(len(page.sections)))
        yield Context(page.reading, page.library.named, members, term=term, budget=budget)


SHAPES: dict[str, Find] = {
    "table": _tables,
    "list": _lists,
    "paragraph": _paragraphs,
    "heading": _headings,
    "section": _sections,
    "group": _groups,
    "page": _pages,
    "term": _terms,
}
"""The constructs that a pattern can be searched for in: a table, a list, a paragraph, a heading
with the text that follows it, a section, a section with all its subsections, a page, and a page
once for each term with a budget."""
