"""Additions of a review to chapters in HTML, kept apart from their text.

Extensions read pages to describe them: sphinxext-opengraph reads the tree, feeds read the output of
the HTML writer, and the search reads both. Therefore an aside is an empty node, which the writer
turns into a comment; its HTML replaces the comment after all others have read the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinxext_revguide.nodes import revguide_aside
from sphinxext_revguide.sphinx.domain import BROWSED, marks_wanted
from sphinxext_revguide.text.late_patterns import late

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_WRITTEN = "revguide_asides"
"""The attribute of a page's tree with the HTML of its asides."""
_COMMENT = late(r"<!--revguide-aside (\d+)-->\n?")
SEARCH_SCRIPT = "revguide-search.js"
"""Keeps asides out of what the search quotes from pages, which it fetches and reads as they are."""
_LAST = 1000
"""After all that reads a page before it is written."""


def setup_asides(app: Sphinx) -> None:
    """Register the writer of asides, and the handler that inserts them into pages."""
    app.add_node(revguide_aside, html=(_write, None))
    app.connect("html-page-context", _put_in, priority=_LAST)
    app.connect("html-page-context", _keep_out_of_excerpts)


def aside(*shown: nodes.Node, classes: str, opens: bool = False) -> revguide_aside:
    """Return an aside that shows some nodes.

    :param classes: the classes of the shown nodes, which select the style sheets of the page.
    :param opens: whether a passage begins here that ends at :func:`end_of_passage`.
    """
    return revguide_aside(shown=shown, opens=opens, closes=False, classes=classes.split())


def end_of_passage() -> revguide_aside:
    """Return the end of a passage that an aside has opened."""
    return revguide_aside(shown=(), opens=False, closes=True)


def _write(self: HTML5Translator, node: revguide_aside) -> None:
    if node["closes"]:
        self.body.append("</div>\n")
        raise nodes.SkipNode
    if node["opens"]:
        self.body.append('<div class="revguide-flagged">\n')
    body, self.body = self.body, []
    for name in node["shown"]:
        name.walkabout(self)
    written: list[str] = self.document.setdefault(_WRITTEN, [])
    body.append(f"<!--revguide-aside {len(written)}-->\n")
    written.append("".join(self.body))
    self.body = body
    raise nodes.SkipNode


def _put_in(
    _app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    written = doctree.get(_WRITTEN) if doctree is not None else None
    if written:
        context["body"] = _COMMENT.sub(lambda found: written[int(found[1])], context["body"])


def _keep_out_of_excerpts(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    if pagename == "search" and app.builder.name in BROWSED and marks_wanted(app.config):
        builder: Any = app.builder
        builder.add_js_file(SEARCH_SCRIPT)
