"""Gives the elements inside nested colon fences their lines in the file."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_revguide.markup.colon_fences import true_line
from sphinxext_revguide.markup.tree_attributes import LINES_FROM, QUOTATION


class CorrectColonFenceLines(SphinxTransform):
    """Corrects ``line`` of every element; those of our own directives are right already."""

    default_priority = 1
    """Before anything that reads lines, translations included."""

    def apply(self, **_kwargs: Any) -> None:
        """Correct the page."""
        self._page = str(self.env.doc2path(self.env.docname))
        if self._page.endswith(".md"):
            self._correct(self.document, 0)

    def _correct(self, node: nodes.Element, above: int) -> None:
        above = node.attributes.pop(LINES_FROM, above)
        if node.line is not None:
            node.line = true_line(str(node.source or self._page), node.line, above)
        if node.get(QUOTATION):
            return
        for child in node.children:
            if isinstance(child, nodes.Element):
                self._correct(child, above)
