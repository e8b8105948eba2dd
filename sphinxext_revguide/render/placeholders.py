"""The places in a guide that depend on the whole book, filled once it is known."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from sphinxext_revguide.nodes import (
    revguide_book,
    revguide_found,
    revguide_lock,
    revguide_overview,
    revguide_pair,
)
from sphinxext_revguide.render.book_overview import fill_book
from sphinxext_revguide.render.guide_overview import fill_guide, still_found
from sphinxext_revguide.render.lock_list import fill_locks
from sphinxext_revguide.render.post_transforms import GuideTransform
from sphinxext_revguide.render.sample_places import show_places
from sphinxext_revguide.render.since import since_last_visit_of_book
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

_PLACEHOLDERS = (revguide_overview, revguide_found, revguide_pair, revguide_lock, revguide_book)


class FillPlaceholders(GuideTransform):
    """Fills them, before references are resolved (10), so that what it writes is resolved too."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill those of the page, which is searched once for all kinds of them."""
        domain = RevguideDomain.of(self.env)
        found = [node for node in self.document.findall() if isinstance(node, _PLACEHOLDERS)]
        for node in found:
            if isinstance(node, revguide_pair):
                place = node["docname"], node["pair_path"], node["pair_line"]
                show_places(domain.book, domain.book.pair_state_at(*place), node)
            elif isinstance(node, revguide_lock):
                continue
            elif isinstance(node, revguide_overview):
                fill_guide(node, domain)
            else:
                node.replace_self(_filled(node, domain))
        locks = [section for section in found if isinstance(section, revguide_lock)]
        fill_locks(locks, domain.book, is_html=domain.builder_format == "html")


def _filled(node: nodes.Element, domain: RevguideDomain) -> nodes.Node | list[nodes.Node]:
    if isinstance(node, revguide_found):
        return still_found(domain, node["card"])
    browsed, is_html = domain.builder_name in BROWSED, domain.builder_format == "html"
    shown = fill_book(node, domain.book, is_html=is_html, is_browsed=browsed)
    if browsed:
        shown.insert(0, since_last_visit_of_book(domain))
    return shown
