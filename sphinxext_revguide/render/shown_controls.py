"""Shows the control characters of a guide's page, which EPUB and XML cannot contain."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.control_characters import all_visible, visible


class ShowControlCharacters(SphinxTransform):
    """Puts pictures in place of control characters, on pages that contain a guide.

    Such a page may have been imported from a stranger's guide; chapters are the author's own.
    """

    default_priority = 835

    def apply(self, **_kwargs: Any) -> None:
        """Replace them in texts and attributes."""
        domain = RevguideDomain.of(self.env)
        page = domain.store.pages.get(self.env.current_document.docname)
        if page is None or not page.is_guide:
            return
        for node in list(self.document.findall()):
            if isinstance(node, nodes.Text):
                text = visible(node)
                if text != node and node.parent is not None:
                    node.parent.replace(node, nodes.Text(text))
            elif isinstance(node, nodes.Element):
                for name, value in node.attributes.items():
                    # Most attributes of most nodes are empty lists.
                    if value and isinstance(value, (str, list)):
                        node[name] = all_visible(value)
