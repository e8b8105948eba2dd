"""Turns a doctree into sections, tables, lists and paragraphs, each with its line.

The result is plain data without docutils nodes, in reading order. A section is what a reader would
call one: the text from one heading to the next. A line that is entirely bold counts as a heading,
since samples and drafts use such lines for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat, zip_longest

from docutils import nodes

from sphinxext_revguide.markup.table_rows import nearest_line, place_of
from sphinxext_revguide.markup.tree_attributes import LOCKED, QUOTATION
from sphinxext_revguide.markup.tree_contents import elements_in, text_in
from sphinxext_revguide.model import FileLine
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late

_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": " - ", "…": "...", "\u00a0": " "}
)
_SENTENCE_END = (".", "!", "?", ",", ";")
_STAGE = late(r"\s*(?:phase|stage|step|part)s?\b", re.IGNORECASE)
_CLOSER = late(
    r"(?:overall|final|key)?\s*(?:results?|decision|verdict|outcome|bottom line|recommendation|"
    r"conclusion|status|total|score)\b[^:]{0,30}:",
    re.IGNORECASE,
)
_MAX_HEADING_WORDS = 14
_SKIPPED = (
    nodes.system_message,
    nodes.footnote,
    nodes.citation,
    nodes.block_quote,
    nodes.Invisible,
)
_LISTS = (
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    nodes.field_list,
    nodes.docinfo,
)
_CODE = (nodes.literal_block, nodes.doctest_block, nodes.math_block)


@record(frozen=True, slots=True)
class Paragraph:
    """A run of text. ``line`` and ``end_line`` are 1-based and inclusive, in ``source``.

    ``labels`` are the bold words that begin one of its lines or fields: "**Cause.**", "**Fix:**".
    """

    text: str
    line: int
    end_line: int
    source: str = ""
    labels: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Row:
    """One row of a table: the texts of its cells and its line."""

    cells: tuple[str, ...]
    line: int


@record(frozen=True, slots=True)
class Table:
    """A table: lower-case column heads (none without a header) and body rows.

    ``names`` are the column heads as written.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    end_line: int
    source: str = ""
    names: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Item:
    """A list item; ``label`` is its bold beginning or the text before a colon."""

    text: str
    label: str
    line: int
    labels: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Item, ...]
    ordered: bool
    line: int
    end_line: int
    source: str = ""


Block = Paragraph | Table | Listing


@dataclass
class Section:
    """The text from one heading to the next.

    ``level`` is the depth of the heading; bold lines are one level below the heading above them.
    ``parent`` is the index of the section that contains this one, or -1. ``source`` is the file.
    """

    title: str
    level: int
    line: int
    parent: int = -1
    pseudo: bool = False
    source: str = ""
    blocks: list[Block] = field(default_factory=list)
    code_blocks: int = 0
    links: int = 0

    @cached_property
    def words(self) -> int:
        """The number of words in the blocks."""
        return sum(len(text.split()) for block in self.blocks for text in _texts(block))

    @property
    def begins(self) -> FileLine:
        """The file and line of the heading; without one, those of the first block."""
        if self.title or not self.blocks:
            return self.source, self.line
        return self.blocks[0].source, self.blocks[0].line

    def last_line(self, source: str) -> int:
        """Return the last line of a file that is in this section; 0 if none is."""
        heading = [self.line] if source == self.source else []
        ends = (block.end_line for block in self.blocks if block.source == source)
        return max([*heading, *ends], default=0)


@dataclass(slots=True)
class Outline:
    """A page, or a quoted sample: its sections in reading order, the first without a title."""

    sections: list[Section] = field(default_factory=list)

    def ancestors(self, index: int) -> list[Section]:
        """The sections that contain a section, nearest first."""
        found = []
        parent = self.sections[index].parent
        while parent >= 0:
            found.append(self.sections[parent])
            parent = self.sections[parent].parent
        return found

    def siblings(self, index: int) -> list[int]:
        """The indices of the sections with the same parent and level, in order."""
        own = self.sections[index]
        return [
            number
            for number, section in enumerate(self.sections)
            if section.parent == own.parent and section.level == own.level
        ]


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Listing):
        yield from (item.text for item in block.items)
    else:
        for row in block.rows:
            yield from row.cells


def plain(text: str) -> str:
    """Return a text without line breaks, with ASCII quotes, dashes and dots."""
    return " ".join((text if text.isascii() else text.translate(_ASCII)).split())


def build_outline(root: nodes.Element, *, path: str = "") -> Outline:
    """Return the outline of a doctree, which is walked once.

    :param root: a document, or an element that contains a quoted sample.
    :param path: the file of nodes that do not name one.
    :returns: the outline. Code, quotations, comments and API descriptions are not prose and are
        left out; code and links are counted, as they are evidence against many patterns.
    """
    builder = _Builder(path)
    builder.walk(root)
    return builder.outline


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.outline = Outline([Section("", 0, 1, source=path)])
        self.open: list[int] = [0]

    @property
    def current(self) -> Section:
        return self.outline.sections[-1]

    def walk(self, element: nodes.Element, level: int = 0) -> None:
        for node in element.children:
            if isinstance(node, nodes.Element):
                self._visit(node, level)

    def _visit(self, node: nodes.Element, level: int) -> None:  # noqa: C901 -- one case a node type
        if isinstance(node, nodes.section):
            title = node.next_node(nodes.title)
            if title is not None:
                self._begin(plain(text_in(title)), level + 1, title)
            self.walk(node, level + 1)
        elif isinstance(node, nodes.title):
            if not isinstance(node.parent, nodes.section):
                self._paragraph(node)
        elif isinstance(node, nodes.rubric):
            self._begin(plain(text_in(node)), self._below(), node, pseudo=True)
        elif isinstance(node, _CODE):
            self.current.code_blocks += 1
        elif (
            node.get(QUOTATION)
            or node.get(LOCKED)
            or isinstance(node, _SKIPPED)
            or node.tagname.startswith("desc")
        ):
            return
        elif isinstance(node, nodes.transition) or "revguide-rule" in node.get("classes", ()):
            # MyST draws a rule above the footnotes, which are not a section.
            if "footnotes" not in node.get("classes", ()):
                self._begin("", self._below(), node, pseudo=True)
        elif isinstance(node, nodes.table):
            self._table(node)
        elif isinstance(node, _LISTS):
            self._listing(node)
        elif isinstance(node, nodes.paragraph | nodes.line_block | nodes.term):
            self._paragraph(node)
        else:
            self.walk(node, level)

    def _source(self, node: nodes.Element) -> str:
        """Return the file of a block; the cells of an included table name the wrong one."""
        return node.source or self.path

    def _below(self) -> int:
        real = next(section for section in reversed(self.outline.sections) if not section.pseudo)
        return real.level + 1

    def _begin(self, title: str, level: int, node: nodes.Element, *, pseudo: bool = False) -> None:
        sections = self.outline.sections
        while sections[self.open[-1]].level >= level:
            self.open.pop()
        parent = self.open[-1]
        section = Section(
            title, level, nearest_line(node), parent, pseudo, node.source or self.path
        )
        sections.append(section)
        self.open.append(len(sections) - 1)

    def _paragraph(self, node: nodes.Element) -> None:
        self.current.links += _count(elements_in(node), nodes.reference)
        if isinstance(node, nodes.line_block):
            lines = list(node.findall(nodes.line))
            for child in lines:
                text = plain(text_in(child))
                line = child.line or nearest_line(node)
                self.current.blocks.append(Paragraph(text, line, line, self._source(node)))
            return
        text = plain(_said(node))
        if not text:
            return
        if _is_pseudo_heading(node, text):
            self._begin(text, self._below(), node, pseudo=True)
            return
        line = nearest_line(node)
        end = line + node.rawsource.rstrip().count("\n")
        labels = tuple(_labels(node))
        self.current.blocks.append(Paragraph(text, line, end, self._source(node), labels))

    def _listing(self, node: nodes.Element) -> None:
        items: list[Item] = []
        inside: list[nodes.Element] = []
        for child in node.children:
            if isinstance(child, nodes.list_item | nodes.definition_list_item | nodes.field):
                items.append(_item(child))
                inside += elements_in(child)
        if not items:
            return
        self.current.links += _count(inside, nodes.reference)
        self.current.code_blocks += _count(inside, *_CODE)
        ordered = isinstance(node, nodes.enumerated_list)
        paragraphs = (element for element in inside if isinstance(element, nodes.paragraph))
        last = max(map(nearest_line, paragraphs), default=items[-1].line)
        self.current.blocks.append(
            Listing(tuple(items), ordered, items[0].line, last, self._source(node))
        )

    def _table(self, node: nodes.table) -> None:
        inside = elements_in(node)
        self.current.links += _count(inside, nodes.reference)
        self.current.code_blocks += _count(inside, nodes.literal)
        # If a table has several header rows, the first names the columns.
        heads = _rows(inside, nodes.thead)[:1]
        body_rows = _rows(inside, nodes.tbody)
        names = tuple(plain(_said(cell)) for row in heads for cell in _cells(row))
        head = tuple(name.lower() for name in names)
        place = place_of(node, [*heads, *body_rows])
        lines = place.rows[len(heads) :] or repeat(place.line)
        rows = tuple(
            Row(tuple(plain(_said(cell)) for cell in _cells(row)), line)
            for row, line in zip(body_rows, lines, strict=False)
        )
        # Where the lines are not known, each row has one at least.
        end = place.rows[-1] if place.rows else place.line + len(rows)
        table = Table(head, rows, place.line, end, place.source or self.path, names)
        self.current.blocks.append(table)


def _count(elements: list[nodes.Element], *kinds: type[nodes.Node]) -> int:
    return len([element for element in elements if isinstance(element, kinds)])


def _rows(elements: list[nodes.Element], part: type[nodes.Element]) -> list[nodes.Element]:
    """Return the rows of all headers, or of all bodies, of a table."""
    parts = [element for element in elements if isinstance(element, part)]
    return [row for each in parts for row in elements_in(each) if isinstance(row, nodes.row)]


def _cells(row: nodes.Element) -> list[nodes.Element]:
    return [cell for cell in row.children if isinstance(cell, nodes.entry)]


def _said(node: nodes.Element) -> str:
    """Return the text of a node; the box of a task list, which is raw HTML, as written."""
    text = text_in(node)
    if 'type="checkbox"' not in text:
        return text
    return _BOX.sub(lambda box: "[x] " if "checked=" in box[0] else "[ ] ", text)


_BOX = late(r"<input\b[^<>]*type=\"checkbox\"[^<>]*>\s*")


def _labels(node: nodes.Element) -> Iterator[str]:
    """Yield the bold words that begin a line of a paragraph and look like a label."""
    if not any(isinstance(child, nodes.strong) for child in node.children):
        return
    before = "\n"
    children = [child for child in node.children if text_in(child)]
    for child, following in zip_longest(children, children[1:]):
        text = text_in(child)
        if isinstance(child, nodes.strong) and (before.endswith("\n") or not before.strip()):
            after = text_in(following) if following is not None else ""
            if text.endswith((":", ".", "?")) or re.match(r"\s*(?::|-|–|—)\s", after):
                yield plain(text).rstrip(":.? ")
        before = text


def _item(node: nodes.Element) -> Item:
    text = plain(_said(node))
    first = node.next_node(nodes.TextElement)
    label = ""
    if first is not None:
        begin = next((child for child in first.children if text_in(child).strip()), None)
        if isinstance(begin, nodes.strong):
            label = plain(text_in(begin)).rstrip(":.")
        elif isinstance(node, nodes.field):
            label = plain(text_in(node.children[0]))
            text = plain(f"{label}: {text_in(node.children[-1])}")
        elif isinstance(first, nodes.term):
            label = plain(text_in(first))
    if not label and ":" in text[:60]:
        label = text.partition(":")[0]
    labels = tuple(_labels(first)) if first is not None else ()
    return Item(text, label, nearest_line(first if first is not None else node), labels)


def _is_pseudo_heading(node: nodes.Element, text: str) -> bool:
    strong = [child for child in node.children if isinstance(child, nodes.strong)]
    if len(strong) != 1:
        return False
    if any(text_in(child).strip() for child in node.children if child is not strong[0]):
        return False
    if len(text.split()) > _MAX_HEADING_WORDS or text.endswith(_SENTENCE_END):
        return False
    if _CLOSER.match(text):
        return False
    return not text.endswith(":") or bool(_STAGE.match(text))
