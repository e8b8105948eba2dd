"""HTML for nodes that represent one HTML element; other writers see a container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.nodes import revguide_box, revguide_card, revguide_span

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def setup_elements(app: Sphinx) -> None:
    """Register how the HTML writers write boxes and spans."""
    for kind in (revguide_box, revguide_card, revguide_span):
        app.add_node(kind, html=(_write, None))


def box(tag: str, *children: nodes.Node, classes: str = "", **attributes: str) -> revguide_box:
    """Return a block element; underscores in names of attributes become hyphens."""
    return revguide_box(
        "", *children, tag=tag, classes=classes.split(), attributes=_named(attributes)
    )


def span(tag: str, text: str = "", *, classes: str = "", **attributes: str) -> revguide_span:
    """Return an inline element with text."""
    content = [nodes.Text(text)] if text else []
    return revguide_span(
        text, "", *content, tag=tag, classes=classes.split(), attributes=_named(attributes)
    )


def line(tag: str, *children: nodes.Node, classes: str = "", **attributes: str) -> revguide_span:
    """Return an element for links, which writers require in a text element."""
    shown = span(tag, classes=classes, **attributes)
    shown.extend(children)
    return shown


def anchor_link(text: str, anchor: str) -> revguide_span:
    """Return a link to an anchor of the same page, for HTML pages only."""
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


def _write(self: HTML5Translator, node: nodes.Element) -> None:
    """Write an element and its content."""
    _write_element(self, node)
    raise nodes.SkipNode


def _write_element(self: HTML5Translator, node: nodes.Element) -> None:
    is_block = isinstance(node, revguide_box)
    tag = node.get("tag", "div" if is_block else "span")
    self.body.append(self.starttag(node, tag, "", **node.get("attributes", {})))
    for child in node.children:
        if isinstance(child, nodes.Text):
            self.visit_Text(child)
        # Half of the nodes of a card are our own, and need no lookup of a visitor.
        elif isinstance(child, revguide_box | revguide_span):
            _write_element(self, child)
        else:
            child.walkabout(self)
    self.body.append(f"</{tag}>\n" if is_block else f"</{tag}>")
