"""Tells of directives that MyST took for text, because colon fences are not enabled."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_revguide.model import Problem
from sphinxext_revguide.sphinx.domain import RevguideDomain

_OPENING = re.compile(r"^:{3,}\{([a-z-]+)\}", re.MULTILINE)


class TellUnreadColonFences(SphinxTransform):
    """Finds paragraphs that begin like one of our directives; MyST itself says nothing."""

    default_priority = 210

    names: frozenset[str] = frozenset()

    def apply(self, **_kwargs: Any) -> None:
        """Record a problem for each."""
        for paragraph in self.document.findall(nodes.paragraph):
            for match in _OPENING.finditer(paragraph.rawsource):
                if match[1] in self.names:
                    self._tell(paragraph, match)

    def _tell(self, paragraph: nodes.paragraph, match: re.Match[str]) -> None:
        line = (paragraph.line or 1) + paragraph.rawsource.count("\n", 0, match.start())
        message = (
            f"'{match[0]}' is shown as text, as MyST does not read colon fences here; add "
            f'"colon_fence" to myst_enable_extensions, or write ```{{{match[1]}}}'
        )
        source = paragraph.source or str(self.env.doc2path(self.env.docname))
        domain = RevguideDomain.of(self.env)
        domain.store.add_problem(self.env.docname, Problem(line, message, "colon_fence", source))
