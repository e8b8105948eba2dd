"""Translated books: what is searched for in the original, and what is added to the translation.

Sphinx puts translations into a page by a transform of priority 20. What an author wrote is in the
catalogs, samples only if the author asks; words of the interface are added after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.locale import init
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Card
from sphinxext_revguide.nodes import revguide_card, revguide_lock, revguide_sample
from sphinxext_revguide.sphinx.domain import ORIGINAL, RevguideDomain


class KeepOriginal(SphinxTransform):
    """Leaves samples to their own translation, and keeps the page for detection.

    Patterns know one language, and findings have their lines in what the author wrote.
    """

    default_priority = 15

    def apply(self, **_kwargs: Any) -> None:
        """Mark what is in samples; copy the page, if there is a catalog for it."""
        for sample in self.document.findall(revguide_sample):
            for node in sample.findall(nodes.TextElement):
                if not isinstance(node, nodes.Inline):
                    # Also where gettext_additional_targets asks for all code.
                    node["translatable"] = False
        docname = self.env.current_document.docname
        catalog = docname_to_domain(docname, self.config.gettext_compact)
        folders = [self.env.srcdir / name for name in self.config.locale_dirs]
        if init(folders, self.config.language, catalog)[1]:
            self.env.current_document[ORIGINAL] = self.document.deepcopy()


class AddToTranslation(SphinxTransform):
    """Numbers the headings of issues and makes room for the state of locked items."""

    default_priority = 25

    def apply(self, **_kwargs: Any) -> None:
        """Add to the page, and hand its translated titles to the domain."""
        page = RevguideDomain.of(self.env).store.page(self.env.current_document.docname)
        if not page.is_guide:
            return
        titles: dict[Card, str] = {}
        for card in self.document.findall(revguide_card):
            title = card.parent.next_node(nodes.title) if card.parent is not None else None
            if title is None:
                continue
            if title.get("translated"):
                titles[card["card"]] = title.astext()
            title.insert(0, nodes.Text(_("Issue %s: ") % card["number"]))
        for item in self.document.findall(nodes.list_item):
            if "revguide_lock" in item:
                target = item.next_node(nodes.paragraph)
                state = revguide_lock(**item["revguide_lock"])
                (target if target is not None else item).append(state)
        head = self.document.next_node(nodes.title)
        own = head.astext() if head is not None and head.get("translated") else ""
        if titles or own:
            page.issues[:] = [
                replace(issue, title=titles.get(issue.card, issue.title)) for issue in page.issues
            ]
            page.guides[:] = [replace(guide, title=own or guide.title) for guide in page.guides]
