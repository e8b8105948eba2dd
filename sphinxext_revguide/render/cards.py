"""Cards: what a directive recorded -> what suits a builder, when a page is written."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from sphinxext_revguide.i18n import _, _n
from sphinxext_revguide.model import Mode
from sphinxext_revguide.nodes import label, revguide_facts, revguide_pair, revguide_part
from sphinxext_revguide.render.facts import facts, labelled
from sphinxext_revguide.render.pairs import in_frames, in_order, to_switch
from sphinxext_revguide.render.post_transforms import GuideTransform
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

_PARTS = {"problem": _n("Problem"), "why": _n("Why it matters")}
"""Part of a card -> its label."""


class ShowCards(GuideTransform):
    """Shows facts, parts and pairs of samples, before sphinx-design's own transform (200).

    So late, since all that Sphinx does to a page until then takes the longer, the more nodes the
    page has. Message catalogs are made of what the directives recorded.
    """

    default_priority = 150

    def run(self, **_kwargs: Any) -> None:
        """Show those of the page, which is searched once for all kinds of them."""
        domain = RevguideDomain.of(self.env)
        if domain.builder_name == "gettext":
            return
        kinds = (revguide_facts, revguide_part, revguide_pair)
        for node in [one for one in self.document.findall() if isinstance(one, kinds)]:
            if isinstance(node, revguide_facts):
                node.replace_self(facts(labelled(*one) for one in node["facts"]))
                continue
            children: list[nodes.Node]
            if isinstance(node, revguide_pair):
                children = [*self._pair(node, domain)]
            else:
                # What a directive such as ``only`` has left may be nothing.
                shows = any(not isinstance(one, nodes.Invisible) for one in node.children)
                head = [label(_(_PARTS[node["part"]]))] if shows else []
                children = [*head, *node.children]
            # A plain container: writers of plain docutils know no other.
            shown = nodes.container("", *children, classes=list(node["classes"]))
            shown.source, shown.line = node.source, node.line
            node.replace_self(shown)

    def _pair(self, pair: revguide_pair, domain: RevguideDomain) -> list[nodes.Element]:
        """Return tabs where a browser can switch them, labelled frames in order elsewhere."""
        if domain.builder_name in BROWSED and self.config.revguide_mode != Mode.RELEASE:
            return to_switch(pair, pair["layout"] or self.config.revguide_layout)
        return in_frames(pair) if domain.builder_format == "html" else in_order(pair)
