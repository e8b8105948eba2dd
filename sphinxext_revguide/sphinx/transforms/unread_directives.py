"""Reports directives of this extension that the host took for text, code or a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_revguide.markup.directive_source import read_opening
from sphinxext_revguide.markup.tree_attributes import QUOTATION
from sphinxext_revguide.model import Problem
from sphinxext_revguide.page_source import page_source
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.late_patterns import late

_LANGUAGE = late(r"\{?([a-z-]+)\}?")
_COMMENT = late(r"([a-z-]+):(?!:)")


class ReportUnreadDirectives(SphinxTransform):
    """Finds what begins like one of our directives and is not one; the hosts do not report it."""

    default_priority = 210

    names: frozenset[str] = frozenset()

    def apply(self, **_kwargs: Any) -> None:
        """Record a problem for each."""
        suffix = Path(self.env.doc2path(self.env.docname)).suffix
        self._is_rst = self.config.source_suffix.get(suffix) == "restructuredtext"
        self._is_open = False
        for node in _of_the_page(self.document):
            if isinstance(node, nodes.paragraph):
                self._in_lines(node, node.line or 1)
            elif isinstance(node, nodes.literal_block):
                self._in_code(node)
            elif isinstance(node, nodes.comment):
                self._in_comment(node)

    def _in_lines(self, node: nodes.Element, first_line: int) -> None:
        for index, line in enumerate(node.rawsource.split("\n")):
            opening = read_opening(line)
            if opening is None or opening.name not in self.names:
                continue
            shown = f"'{opening.mark}{{{opening.name}}}'"
            if opening.is_rst:
                shown = f"'.. {opening.name}::'"
                remedy = f"it is not read as a directive; write ```{{{opening.name}}} in MyST"
                if self._is_rst:
                    remedy = "a directive needs a blank line above it"
            elif self._is_rst:
                remedy = f"reStructuredText has no fences; write '.. {opening.name}::'"
            elif opening.mark[0] == "`":
                self._is_open = True
                remedy = (
                    "the line of a backtick fence must contain no other backtick; use ~~~ to open "
                    f"and close it: ~~~{{{opening.name}}}"
                )
            else:
                remedy = (
                    'MyST does not read colon fences here; add "colon_fence" to '
                    f"myst_enable_extensions, or write ```{{{opening.name}}}"
                )
            is_colon = opening.mark[0] == ":" and not self._is_rst
            subtype = "colon_fence" if is_colon else "unread_directive"
            self._report(node, first_line + index, f"{shown} is shown as text: {remedy}", subtype)

    def _in_code(self, node: nodes.literal_block) -> None:
        """Report code whose language is a directive, and what an unread fence made code of."""
        language = str(node.get("language", ""))
        match = _LANGUAGE.match(language)
        if match is not None and match[1] in self.names:
            message = (
                f"{language!r} is read as the language of a code block; write "
                f"```{{{match[1]}}}, a space, and the rest of the line"
            )
            self._report(node, node.line or 1, message, "unread_directive")
        elif self._is_open and language in ("", "default", "none"):
            # The closing fence of what was not read has opened this block.
            self._in_lines(node, (node.line or 0) + 1)

    def _in_comment(self, node: nodes.comment) -> None:
        match = _COMMENT.match(node.astext()) if self._is_rst else None
        if match is not None and match[1] in self.names:
            message = (
                f"'.. {match[1]}:' is a comment; a directive has two colons: '.. {match[1]}::'"
            )
            self._report(node, self._line_of_comment(node, match[0]), message, "unread_directive")

    def _line_of_comment(self, node: nodes.comment, words: str) -> int:
        """Return the first line of a comment: docutils gives it the one at which it ends."""
        last = node.line or 1
        try:
            path = node.source or self.env.doc2path(self.env.docname)
            lines = page_source(Path(path)).split("\n")[:last]
        except (OSError, ValueError):
            return last
        above = (n for n in range(len(lines), 0, -1) if lines[n - 1].lstrip(". ").startswith(words))
        return next(above, last)

    def _report(self, node: nodes.Element, line: int, message: str, subtype: str) -> None:
        source = node.source or str(self.env.doc2path(self.env.docname))
        domain = RevguideDomain.of(self.env)
        domain.store.add_problem(self.env.docname, Problem(line, message, subtype, source))


def _of_the_page(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the elements that are not part of a quotation."""
    left = node.children[::-1]
    while left:
        child = left.pop()
        if isinstance(child, nodes.Element) and not child.attributes.get(QUOTATION):
            yield child
            left += child.children[::-1]
