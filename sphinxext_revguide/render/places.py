"""Links to lines of chapters."""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxext_revguide.model import Guide, Issue
from sphinxext_revguide.nodes import CARD, PLACE


def place(
    docname: str, path: str, line: int, *, text: str = "", mark: str = "", phrase: str = ""
) -> pending_xref:
    """Return a link to a line of a page.

    :param path: the file with the line, relative to the source directory.
    :param text: what the link says; default: path and line.
    :param mark: the fingerprint of the finding whose mark is there.
    :param phrase: words to highlight there, if the browser supports it.
    """
    text = text or f"{path}:{line}"
    return pending_xref(
        "",
        nodes.inline(text, text),
        refdomain="revguide",
        reftype=PLACE,
        reftarget=docname,
        refexplicit=True,
        refwarn=False,
        path=path,
        place_line=line,
        mark=mark,
        phrase=phrase,
    )


def card_link(to: Issue | Guide, text: str = "") -> pending_xref:
    """Return a link to this card of an issue or this guide, even if its id is repeated."""
    title = to.title or to.id
    text = text or title
    docname, anchor = to.card
    return pending_xref(
        "",
        nodes.inline(text, text),
        refdomain="revguide",
        reftype=CARD,
        reftarget=docname,
        refexplicit=True,
        refwarn=False,
        anchor=anchor,
        title=title,
    )
