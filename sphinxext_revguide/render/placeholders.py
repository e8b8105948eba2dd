"""Fills the placeholders in a guide that depend on the whole book, once it is known.

The modules that fill them are imported on demand: an edit of a chapter needs none of them.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import ReferencesResolver

from sphinxext_revguide.markup.tree_contents import elements_in
from sphinxext_revguide.nodes import (
    revguide_book,
    revguide_found,
    revguide_lock,
    revguide_overview,
    revguide_pair,
)
from sphinxext_revguide.render.post_transforms import AllBut, GuideTransform
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

_PLACEHOLDERS = (revguide_overview, revguide_found, revguide_pair, revguide_book)


class FillLocks(GuideTransform):
    """Shows whether each locked item is kept, before passages are marked (7)."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill those of the page."""
        from sphinxext_revguide.render.lock_list import fill_locks

        domain = RevguideDomain.of(self.env)
        locks = list(self.document.findall(revguide_lock))
        fill_locks(locks, domain.book, is_html=domain.builder_format == "html")


class FillPlaceholders(GuideTransform):
    """Fills all others, after Sphinx's own transforms (to 401) and before cards are shown.

    It runs late because every transform takes longer if the page has more nodes.
    """

    default_priority = 440
    formats: tuple[str, ...] = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Fill all kinds of placeholders in one search of the page."""
        self._fill()
        # All other references have been resolved.
        ReferencesResolver(self.document).run()

    def _fill(self) -> None:
        from sphinxext_revguide.render.guide_overview import fill_guide
        from sphinxext_revguide.render.sample_places import show_places

        domain = RevguideDomain.of(self.env)
        for node in [one for one in elements_in(self.document) if isinstance(one, _PLACEHOLDERS)]:
            if isinstance(node, revguide_pair):
                place = node["docname"], node["pair_path"], node["pair_line"]
                show_places(domain.book, domain.book.pair_state_at(*place), node)
            elif isinstance(node, revguide_overview):
                fill_guide(node, domain)
            else:
                node.replace_self(_filled(node, domain))


class FillPlaceholdersPlainly(AllBut, FillPlaceholders):
    """Does the same for other builders, before references are resolved (10)."""

    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Fill those of the page."""
        self._fill()


def _filled(node: nodes.Element, domain: RevguideDomain) -> nodes.Node | list[nodes.Node]:
    from sphinxext_revguide.render.book_overview import fill_book
    from sphinxext_revguide.render.guide_overview import still_found
    from sphinxext_revguide.render.since import since_last_visit_of_book

    if isinstance(node, revguide_found):
        return still_found(domain, node["card"])
    browsed, is_html = domain.builder_name in BROWSED, domain.builder_format == "html"
    shown = fill_book(node, domain.book, is_html=is_html, is_browsed=browsed)
    if browsed:
        shown.insert(0, since_last_visit_of_book(domain))
    return shown
