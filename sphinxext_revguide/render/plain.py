"""Builders without HTML: cards and tables in plain docutils nodes, which every writer knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from sphinxext_revguide.nodes import revguide_book, revguide_box, revguide_span
from sphinxext_revguide.render.post_transforms import AllBut

_BETWEEN = " · "
"""Between two facts on one line."""


class ShowPlainly(AllBut):
    """Replaces nodes that are made for HTML by plain nodes, once they are complete.

    Writers that are not part of Sphinx only know docutils nodes.
    """

    default_priority = 160
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Replace the nodes of the page."""
        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, revguide_span):
                # Text nodes cannot have classes; docutils would report them as lost.
                node["classes"] = []
                node.replace_self(node.children)
            elif isinstance(node, revguide_box | revguide_book):
                _replace_block(node)


class RunFactsOn(AllBut):
    """Puts facts on one line, as style sheets do; XML keeps them as fields."""

    default_priority = 161
    formats = ("html", "xml", "pseudoxml")

    def run(self, **_kwargs: Any) -> None:
        """Replace the fields; measures, which are long, keep a line each."""
        for fields in list(self.document.findall(nodes.field_list)):
            classes = fields["classes"]
            if "revguide-facts" in classes and "revguide-measures" not in classes:
                line = nodes.paragraph("", "", *_run_on(fields), classes=classes)
                line.source, line.line = fields.source, fields.line
                fields.replace_self(line)


def _replace_block(node: nodes.Element) -> None:
    if "revguide-scroll" in node["classes"]:
        node.replace_self(node.children)
        return
    plain = nodes.container("", *node.children, classes=node["classes"], ids=node["ids"])
    plain.source, plain.line = node.source, node.line
    # Not replace_self(), which would hand the classes on once more.
    node.parent[node.parent.index(node)] = plain


def _run_on(fields: nodes.field_list) -> Iterator[nodes.Node]:
    for number, field in enumerate(fields.children):
        name, body = field.children
        if number:
            yield nodes.Text(_BETWEEN)
        yield nodes.strong("", f"{name.astext()}:")
        yield nodes.Text(" ")
        for paragraph in body.children:
            yield from paragraph.children
