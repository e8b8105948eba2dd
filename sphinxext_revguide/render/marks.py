"""Marks in the chapters: which passages are flagged or locked, and where their marks are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.i18n import _
from sphinxext_revguide.markup.tree_attributes import LOCKED
from sphinxext_revguide.model import OVERUSE
from sphinxext_revguide.nodes import interface_text
from sphinxext_revguide.render.asides import aside, end_of_passage
from sphinxext_revguide.render.mark_panels import Panels
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain, marks_wanted

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.model import Card

_BLOCKS = (
    nodes.title,
    nodes.paragraph,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    nodes.field_list,
    nodes.table,
    nodes.literal_block,
    nodes.block_quote,
    nodes.line_block,
    nodes.Admonition,
    nodes.figure,
)
_WHOLE = (nodes.table, nodes.Admonition, nodes.figure)
"""Blocks that are marked as a whole."""
_FLOW = (
    nodes.document,
    addnodes.start_of_file,
    nodes.section,
    nodes.list_item,
    nodes.definition,
    nodes.field_body,
    nodes.block_quote,
    nodes.container,
    nodes.compound,
    addnodes.only,
)
"""Elements that may contain marks and passages as children."""

Block = tuple[str, int, nodes.Element]
"""Path, line and node of an element that can have a mark before it."""


@dataclass(slots=True)
class Passage:
    """Neighbours in a tree with one mark: the children of ``parent`` from ``first`` to ``last``.

    If ``last`` is before ``first``, the passage is empty, and its mark has no bar.
    """

    parent: nodes.Element
    first: int
    last: int
    order: int
    flagged: list[Flagged] = field(default_factory=list)


class MarkPassages(SphinxPostTransform):
    """Inserts a mark before each flagged passage, and names locked passages."""

    default_priority = 7
    builders = BROWSED

    def run(self, **_kwargs: Any) -> None:
        """Mark the page, in review mode."""
        if not marks_wanted(self.config):
            return
        domain = RevguideDomain.of(self.env)
        docname = self.env.current_document.docname
        if domain.may_hold_parts(docname):
            self._name_passages()
        pages: list[tuple[str, nodes.Element]] = [(docname, self.document)]
        if domain.builder_name == "singlehtml":
            put_in = self.document.findall(addnodes.start_of_file)
            pages += [(str(node["docname"]), node) for node in put_in]
        panels = Panels(domain.builder, domain.book, docname)
        for name, page in pages:
            flagged = panels.book.flagged_on(name)
            shown = [entry for entry in flagged if panels.book.shows_line(name, *_line(entry))]
            if shown:
                _mark_page(page, shown, panels)

    def _name_passages(self) -> None:
        for passage in [node for node in self.document.findall() if _is_locked(node)]:
            text = _("Locked, please do not change: %s") % passage.get("passage", "")
            name = interface_text(text, "revguide-locked-name", "no-search")
            name["classes"] += ["rg-i", "rg-locked", "rg-tiny", "rg-quiet"]
            passage.insert(0, aside(name, classes="revguide-locked-name"))


def _line(one: Flagged) -> tuple[str, int]:
    return one.finding.path, one.finding.line


def _is_locked(node: nodes.Node) -> TypeGuard[nodes.container]:
    return isinstance(node, nodes.container) and bool(node.get(LOCKED))


def _mark_page(page: nodes.Element, flagged: list[Flagged], panels: Panels) -> None:
    found = passages(page, flagged, panels.book.relative)
    marks = panels.marks([section.flagged for section in found])
    placed = list(zip(found, marks, strict=True))
    placed.sort(key=lambda placed_item: id(placed_item[0].parent))
    for _parent, inside in groupby(placed, key=lambda placed_item: id(placed_item[0].parent)):
        _put(list(inside))
    title = page.next_node(nodes.title)
    bar = aside(panels.bar([section.flagged for section in found]), classes="revguide-marks-bar")
    if title is None or title.parent is None:
        page.insert(0, bar)
    else:
        title.parent.insert(title.parent.index(title) + 1, bar)


def _put(placed: Sequence[tuple[Passage, nodes.Element]]) -> None:
    """Insert marks before the passages of one parent, and ends after them."""
    parent = placed[0][0].parent
    marks = {passage.first: (passage, mark) for passage, mark in placed}
    ends = Counter(passage.last for passage, _mark in placed if passage.first <= passage.last)
    children: list[nodes.Node] = []
    for index in range(len(parent) + 1):
        if index in marks:
            one, mark = marks[index]
            children.append(aside(mark, classes="revguide-mark", opens=True))
            if one.last < one.first:
                children.append(end_of_passage())
        children += parent[index : index + 1]
        children += [end_of_passage() for _number in range(ends[index])]
    parent[:] = children


# Where passages are


def passages(
    page: nodes.Element, flagged: Iterable[Flagged], relative: Callable[[str], str]
) -> list[Passage]:
    """Return the flagged passages of a page, in order, each with its findings.

    Passages overlap only if one is inside the other.

    :param relative: returns the path of a file as findings name it.
    """
    blocks = list(_blocks(page, relative))
    lines: dict[str, _Lines] = {}
    for index, (path, line, _node) in enumerate(blocks):
        lines.setdefault(path, _Lines()).add(line, index)
    found: dict[tuple[int, int], Passage] = {}
    for entry in flagged:
        passage = _passage(page, blocks, lines.get(entry.finding.path), entry)
        same = found.setdefault((id(passage.parent), passage.first), passage)
        same.last, same.order = max(same.last, passage.last), min(same.order, passage.order)
        same.flagged.append(entry)
    result = _joined(found.values())
    _untangle(result)
    return result


class _Lines:
    """The blocks of one file by line, each named by its index."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int]] = []
        self._furthest: list[int] = []

    def add(self, line: int, index: int) -> None:
        """Add a block."""
        self._found.append((line, index))

    def first(self, line: int) -> int | None:
        """Return the first block that begins on a line, or else the last one above it."""
        self._sort()
        at = bisect_left(self._found, (line, 0))
        if at < len(self._found) and self._found[at][0] == line:
            return self._found[at][1]
        return self._found[at - 1][1] if at else None

    def last(self, line: int) -> int:
        """Return the last block that begins on a line or above it."""
        self._sort()
        return self._furthest[bisect_left(self._found, (line + 1, 0)) - 1]

    def _sort(self) -> None:
        if not self._furthest:
            self._found.sort()
            self._furthest = list(accumulate((index for _line, index in self._found), max))


def _blocks(page: nodes.Element, relative: Callable[[str], str]) -> Iterator[Block]:
    """Yield the blocks of a page in order, without blocks inside those marked as a whole."""
    left = page.children[::-1]
    while left:
        node = left.pop()
        if isinstance(node, nodes.Element):
            if isinstance(node, _BLOCKS) and node.line:
                yield relative(node.source or ""), node.line, node
            if not isinstance(node, _WHOLE):
                left += node.children[::-1]


def _parents(node: nodes.Element) -> Iterator[nodes.Element]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _passage(
    page: nodes.Element, blocks: list[Block], lines: _Lines | None, one: Flagged
) -> Passage:
    finding = one.finding
    first = lines.first(finding.line) if lines is not None else None
    if lines is None or first is None:
        return Passage(page, 0, -1, -1)
    last = first
    # Overuse concerns the whole page; its first place is marked.
    if finding.pattern != OVERUSE and finding.end_line >= finding.line:
        last = max(first, lines.last(finding.end_line))
    return _between(blocks[first][2], blocks[last][2], first)


def _between(first: nodes.Element, last: nodes.Element, order: int) -> Passage:
    """Return the passage from one block to another: children of their common parent."""
    around = [last, *_parents(last)]
    parent = next(
        element
        for element in _parents(first)
        if isinstance(element, _FLOW) and any(element is it for it in around)
    )
    start, end = _child(parent, first), _child(parent, last)
    if isinstance(first, nodes.title):
        # The mark of a whole page would be a bar next to everything.
        is_page = not isinstance(parent.parent, nodes.section)
        start += first.parent is parent
        end = start - 1 if is_page and first.parent is parent else max(end, start - 1)
    return Passage(parent, start, end, order)


def _child(parent: nodes.Element, node: nodes.Element) -> int:
    """Return the child of a parent that is or contains a node."""
    while node.parent is not parent:
        node = node.parent
    return parent.index(node)


def _joined(found: Iterable[Passage]) -> list[Passage]:
    """Join passages with passages around them that share an issue or the beginning."""
    result: list[Passage] = []
    begun: dict[int, list[Passage]] = {}
    for passage in sorted(found, key=lambda passage: (passage.order, passage.first - passage.last)):
        outer = next(_around(passage, begun), None)
        if outer is None:
            result.append(passage)
            begun.setdefault(id(passage.parent), []).append(passage)
        else:
            outer.flagged += passage.flagged
    return result


def _around(inner: Passage, begun: dict[int, list[Passage]]) -> Iterator[Passage]:
    """Yield the passages around a passage that share an issue with it, or begin with it.

    :param begun: by parent, passages that begin before it; those that have ended are dropped.
    """
    node, first, last = inner.parent, inner.first, inner.last
    issues, begins = _issues(inner), True
    while True:
        inside = begun.get(id(node), [])
        inside[:] = [element for element in inside if element.last >= first]
        for element in inside:
            is_around = element.first <= first and last <= element.last
            if is_around and ((begins and first == element.first) or issues & _issues(element)):
                yield element
        if node.parent is None:
            return
        # The place below a title is not the place next to it.
        begins = begins and all(isinstance(child, nodes.Invisible) for child in node[:first])
        node, first = node.parent, node.parent.index(node)
        last = first


def _issues(passage: Passage) -> set[Card]:
    return {issue.card for flagged in passage.flagged for issue in flagged.issues}


def _untangle(found: Iterable[Passage]) -> None:
    """End passages where another passage begins that ends after them."""
    begun: dict[int, list[Passage]] = {}
    for passage in sorted(found, key=lambda passage: passage.first):
        inside = begun.setdefault(id(passage.parent), [])
        for other in inside:
            if passage.first <= other.last < passage.last:
                other.last = passage.first - 1
        inside[:] = [*(other for other in inside if other.last >= passage.first), passage]
