"""HTML for nodes that stand for an element of their own; other writers see a container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinxext_revguide.nodes import revguide_box, revguide_card, revguide_span

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def setup_elements(app: Sphinx) -> None:
    """Register how the HTML writers write boxes and spans."""
    app.add_node(revguide_box, html=(_open_box, _close_box))
    app.add_node(revguide_card, html=(_open_box, _close_box))
    app.add_node(revguide_span, html=(_open_span, _close_span))


def box(tag: str, *children: nodes.Node, classes: str = "", **attributes: str) -> revguide_box:
    """Return a block element; an underscore in an attribute's name stands for a hyphen."""
    return revguide_box(
        "", *children, tag=tag, classes=classes.split(), attributes=_named(attributes)
    )


def span(tag: str, text: str = "", *, classes: str = "", **attributes: str) -> revguide_span:
    """Return an element within a line, holding text."""
    content = [nodes.Text(text)] if text else []
    return revguide_span(
        text, "", *content, tag=tag, classes=classes.split(), attributes=_named(attributes)
    )


def line(tag: str, *children: nodes.Node, classes: str = "", **attributes: str) -> revguide_span:
    """Return an element that holds links: writers want these in an element of text."""
    shown = span(tag, classes=classes, **attributes)
    shown.extend(children)
    return shown


def anchor_link(text: str, anchor: str) -> revguide_span:
    """Return a link to an anchor of the same page, for HTML pages alone."""
    return span("a", text, href=f"#{anchor}")


def heading(text: str, anchor: str = "", *, level: int = 2) -> revguide_box:
    """Return a heading of the interface, which no table of contents lists."""
    shown = box(
        "p", nodes.Text(text), classes="revguide-label", role="heading", aria_level=str(level)
    )
    shown["ids"] += [anchor] if anchor else []
    return shown


def _named(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}


def _open_box(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = node.get("attributes", {})
    self.body.append(self.starttag(node, node.get("tag", "div"), "", **attributes))


def _close_box(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f"</{node.get('tag', 'div')}>\n")


def _open_span(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = node.get("attributes", {})
    self.body.append(self.starttag(node, node.get("tag", "span"), "", **attributes))


def _close_span(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f"</{node.get('tag', 'span')}>")
