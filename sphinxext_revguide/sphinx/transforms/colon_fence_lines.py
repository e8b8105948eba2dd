"""Gives the elements inside nested colon fences their lines in the file."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_revguide.markup.colon_fences import shifted_ranges, true_line
from sphinxext_revguide.markup.tree_attributes import LINES_FROM, QUOTATION


class CorrectColonFenceLines(SphinxTransform):
    """Corrects ``line`` of every element; those of our own directives are right already."""

    default_priority = 1
    """Before anything that reads lines, translations included."""

    def apply(self, **_kwargs: Any) -> None:
        """Correct the page."""
        self._page = str(self.env.doc2path(self.env.docname))
        self._ranges: dict[str, tuple[tuple[int, int], ...]] = {}
        if self._page.endswith(".md"):
            self._correct(self.document, 0)

    def _correct(self, node: nodes.Element, above: int) -> None:
        above = node.attributes.pop(LINES_FROM, above)
        if node.line is not None:
            ranges = self._ranges_of(str(node.source or self._page))
            if ranges:
                node.line = true_line(ranges, node.line, above)
        if node.get(QUOTATION):
            return
        for child in node.children:
            if isinstance(child, nodes.Element):
                self._correct(child, above)

    def _ranges_of(self, path: str) -> tuple[tuple[int, int], ...]:
        """Return what is shifted in a file; a page has many elements and few files."""
        found = self._ranges.get(path)
        if found is None:
            found = self._ranges[path] = shifted_ranges(path)
        return found
