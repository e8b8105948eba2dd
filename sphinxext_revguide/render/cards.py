"""Draws cards: turns the nodes of directives into nodes for a builder, when a page is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import docname_join

from sphinxext_revguide.i18n import _, _n
from sphinxext_revguide.markup.tree_contents import elements_in
from sphinxext_revguide.model import Mode
from sphinxext_revguide.nodes import (
    label,
    revguide_box,
    revguide_card,
    revguide_facts,
    revguide_pair,
    revguide_part,
)
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.render.facts import facts, facts_line, labelled
from sphinxext_revguide.render.post_transforms import AllBut, GuideTransform
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book

_PARTS = {"problem": _n("Problem"), "why": _n("Why it matters")}
"""Part of a card -> its label."""


class ShowCards(GuideTransform):
    """Shows facts, parts and pairs of samples, after Sphinx's own transforms (to 401).

    It runs late because every transform takes longer, the more nodes a page has; but before a
    theme puts scrolling boxes around tables (Furo: 500).
    """

    default_priority = 450
    formats: tuple[str, ...] = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Show those of the page, which is searched once for all kinds of them."""
        domain = RevguideDomain.of(self.env)
        is_html = domain.builder_format == "html" and self.config.revguide_mode != Mode.RELEASE
        kinds = (revguide_facts, revguide_part, revguide_pair, revguide_card)
        for node in [node for node in elements_in(self.document) if isinstance(node, kinds)]:
            if isinstance(node, revguide_facts):
                row = facts_line(node["facts"], domain.library) if is_html else None
                node.replace_self(row or self._facts(node, domain.book))
            elif isinstance(node, revguide_card):
                if is_html:
                    _show_title(node)
            elif isinstance(node, revguide_part):
                node.parent.replace(node, self._part(node, is_html=is_html))
            else:
                shown = self._shown_pair(node, domain, is_html=is_html)
                node.parent.replace(node, shown)

    def _facts(self, node: revguide_facts, book: Book) -> nodes.Element:
        """Return facts with the titles of chapters; a glob for several stays as written."""
        given = dict(node["facts"])
        names = [docname_join(self.env.docname, name) for name in given.get("chapters", ())]
        if names:
            given["chapters"] = [
                book.host.title(name) if name in book.pages else name for name in names
            ]
        return facts(labelled(*fact) for fact in given.items())

    def _part(self, node: revguide_part, *, is_html: bool) -> list[nodes.Node]:
        """Return a part below its label, without a container: 300 cards would have 600 of them."""
        # A directive such as ``only`` may have removed everything.
        if all(isinstance(child, nodes.Invisible) for child in node.children):
            return [*node.children]
        name = _(_PARTS[node["part"]])
        if not is_html:
            return [_located(nodes.container("", label(name), *node.children), node)]
        return [_located(box("h3", nodes.Text(name)), node), *node.children]

    def _shown_pair(
        self, pair: revguide_pair, domain: RevguideDomain, *, is_html: bool
    ) -> nodes.Element:
        children = self._pair(pair, domain)
        if not is_html:
            # A plain container, as docutils writers do not know other nodes.
            return _located(nodes.container("", *children), pair)
        shown = _located(revguide_box("", *children), pair)
        shown["attributes"] = pair.get("attributes", {})
        return shown

    def _pair(self, pair: revguide_pair, domain: RevguideDomain) -> list[nodes.Element]:
        """Return tabs where a browser can switch them, labelled frames in order elsewhere."""
        from sphinxext_revguide.render.pairs import in_frames, in_order, to_switch

        if domain.builder_name in BROWSED and self.config.revguide_mode != Mode.RELEASE:
            return to_switch(pair, pair["layout"] or self.config.revguide_layout)
        return in_frames(pair) if domain.builder_format == "html" else in_order(pair)


class ShowCardsPlainly(AllBut, ShowCards):
    """Does the same for other builders, before nodes made for HTML are replaced there (159).

    Message catalogs are made from the nodes of the directives.
    """

    default_priority = 150

    def is_for_builder(self) -> bool:
        """Return whether the builder shows pages."""
        return super().is_for_builder() and RevguideDomain.of(self.env).builder_name != "gettext"


def _located(shown: nodes.Element, node: nodes.Element) -> nodes.Element:
    """Return an element with the source, line, classes and ids of the node that it replaces."""
    shown.source, shown.line = node.source, node.line
    shown["classes"] += node["classes"]
    shown["ids"] += node["ids"]
    return shown


def _show_title(card: revguide_card) -> None:
    """Move the number of an issue above its title; both form the top of the card's frame."""
    title = card.parent.next_node(nodes.title) if card.parent is not None else None
    if title is None:
        return
    title["classes"].append("revguide-title")
    number = title.children[0]
    if isinstance(number, nodes.Text):
        text = number.astext().strip().rstrip(":").strip()
        title.replace(number, span("small", text))
        title.insert(1, nodes.Text(" "))
