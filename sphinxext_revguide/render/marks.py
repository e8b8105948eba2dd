"""Marks in the chapters, where a flagged pattern or a locked passage stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_revguide.i18n import _
from sphinxext_revguide.markup.tree_attributes import LOCKED
from sphinxext_revguide.nodes import interface_text
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.places import issue_link
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain, mark_anchor, marks_wanted

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book

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


class MarkPassages(SphinxPostTransform):
    """Puts a mark before each flagged passage, and names locked ones."""

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
        book = domain.book
        pages: list[tuple[str, nodes.Element]] = [(docname, self.document)]
        if domain.builder_name == "singlehtml":
            put_in = self.document.findall(addnodes.start_of_file)
            pages += [(str(node["docname"]), node) for node in put_in]
        for name, page in pages:
            flagged = [
                one
                for one in book.flagged_on(name)
                if book.shows_line(name, one.finding.path, one.finding.line)
            ]
            if flagged:
                _mark_page(page, flagged, book)

    def _name_passages(self) -> None:
        for passage in [one for one in self.document.findall() if _is_locked(one)]:
            name = passage.get("passage", "")
            told = interface_text(_("Locked passage: %s") % name, "revguide-length", "no-search")
            passage.insert(0, told)


def _mark_page(page: nodes.Element, flagged: list[Flagged], book: Book) -> None:
    blocks = list(_blocks(page, book))
    for number, one in enumerate(flagged):
        _put(_mark(flagged, number, book), _block_at(blocks, one), page)
    _put(_bar(flagged), page.next_node(nodes.title), page)


def _is_locked(node: nodes.Node) -> TypeGuard[nodes.container]:
    return isinstance(node, nodes.container) and bool(node.get(LOCKED))


def _blocks(page: nodes.Element, book: Book) -> Iterator[tuple[str, int, nodes.Element]]:
    """Yield path, line and node of what a mark can stand before."""
    for node in page.findall(nodes.Element):
        if isinstance(node, _BLOCKS) and node.line and not _in_table(node):
            yield book.relative(node.source or ""), node.line, node


def _in_table(node: nodes.Element) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.table | nodes.Admonition | nodes.figure):
            return True
        parent = parent.parent
    return False


def _block_at(blocks: list[tuple[str, int, nodes.Element]], one: Flagged) -> nodes.Element | None:
    """Return the block on the line of a finding, else the nearest above it."""
    finding = one.finding
    here = [(line, node) for path, line, node in blocks if path == finding.path]
    exact = next((node for line, node in here if line == finding.line), None)
    above = [(line, index) for index, (line, _node) in enumerate(here) if line < finding.line]
    return exact or (here[max(above)[1]][1] if above else None)


def _put(mark: nodes.Element, block: nodes.Element | None, page: nodes.Element) -> None:
    if block is None or block.parent is None:
        page.insert(0, mark)
        return
    after = isinstance(block, nodes.title)
    if not after:
        block["classes"].append("revguide-marked")
    block.parent.insert(block.parent.index(block) + after, mark)


def _mark(flagged: list[Flagged], number: int, book: Book) -> nodes.Element:
    """Return a mark: its reason, the cards that ask for it, and the way to its neighbours."""
    one = flagged[number]
    pattern = book.library.patterns.get(one.finding.pattern)
    name = pattern.title if pattern else _("Sample that is to be replaced")
    mark = box("details", classes="revguide-mark no-search")
    mark["ids"] = [mark_anchor(one.finding.fingerprint)]
    mark += box("summary", nodes.Text(name))
    mark += interface_text(one.finding.message)
    for issue in one.issues:
        text = _("Issue %s: ") % issue.number + issue.title
        mark += nodes.paragraph("", "", issue_link(issue, text), translatable=False)
    around = nodes.paragraph(translatable=False)
    for text, index in ((_("Previous mark"), number - 1), (_("Next mark"), number + 1)):
        if 0 <= index < len(flagged):
            around += [nodes.Text(" "), _step(text, flagged[index])]
    mark += around
    return mark


def _step(text: str, to: Flagged) -> nodes.reference:
    return nodes.reference("", text, refid=mark_anchor(to.finding.fingerprint), internal=True)


def _bar(flagged: list[Flagged]) -> nodes.Element:
    """Return the line at the head of the page, to which the script adds a switch."""
    told = _("%d marked passage") if len(flagged) == 1 else _("%d marked passages")
    paragraph = nodes.paragraph("", f"{told % len(flagged)}: ", translatable=False)
    paragraph += _step(_("go to the first"), flagged[0])
    return box("div", paragraph, classes="revguide-marks-bar no-search")
