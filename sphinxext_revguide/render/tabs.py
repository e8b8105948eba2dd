"""The one room that knows sphinx-design: its tab-set, made of nodes.

sphinx-design offers no function for that. What its own transform expects is written in the
docstring of ``sphinx_design.tabs``: a container marked ``tab-set`` that holds containers marked
``tab-item``, each with exactly a rubric (the label) and a container (the content).

Its markup is what a page starts from: without JavaScript the style sheet shows all panels below
their labels, with it ``revguide.js`` makes one tab list of them. Where the markup departs from
sphinx-design's is written in the reference, and done by :class:`PrepareTabs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx_design.shared import create_component
from sphinx_design.tabs import sd_tab_label

from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.render.post_transforms import GuideTransform
from sphinxext_revguide.sphinx.domain import BROWSED

PANEL = "revguide-sample"
"""A class of every panel of ours."""


def tab_set(panels: Sequence[tuple[str, nodes.Element]]) -> nodes.container:
    """Return a tab-set of labelled panels, of which sphinx-design selects the first.

    Tabs are not synchronised: panels differ in length, and opening all those above a reader
    would move the card away from under them.
    """
    tabs = create_component("tab-set", classes=["sd-tab-set"])
    for text, panel in panels:
        item = create_component("tab-item", classes=["sd-tab-item"], selected=False)
        label = nodes.rubric(text, text, classes=["sd-tab-label"], translatable=False)
        content = create_component("tab-content", classes=["sd-tab-content"], children=[panel])
        for node in (item, label, content):
            node.source, node.line = panel.source, panel.line
        item += [label, content]
        tabs += item
    tabs.source, tabs.line = panels[0][1].source, panels[0][1].line
    return tabs


class PrepareTabs(GuideTransform):
    """Makes one element of each panel and its content, behind sphinx-design's transform (200).

    Each panel but the first is ``hidden="until-found"``: a search in the page and a link to a
    text in it find it, and the script then shows it.
    """

    default_priority = 210
    builders = BROWSED

    def run(self, **_kwargs: Any) -> None:
        """Prepare the tabs of every pair on the page."""
        for tabs in self._of_pairs():
            first = True
            label: nodes.Element | None = None
            for node in list(tabs.children):
                if isinstance(node, sd_tab_label):
                    label = node
                elif isinstance(node, nodes.container):
                    panel = _merged(node, is_first=first)
                    tabs.replace(node, panel)
                    first = False
                    if label is not None:
                        label["classes"].append("rg-caption")
                        label["aria_controls"] = panel["ids"][0]

    def _of_pairs(self) -> Iterator[nodes.Element]:
        for pair in self.document.findall(revguide_box):
            if "revguide-pair" in pair["classes"]:
                for node in pair.children:
                    if isinstance(node, nodes.container) and "sd-tab-set" in node["classes"]:
                        yield node


def _merged(content: nodes.Element, *, is_first: bool) -> revguide_box:
    """Return a panel in place of sphinx-design's content, which holds nothing else."""
    [inner] = content.children
    assert isinstance(inner, nodes.Element)  # noqa: S101 -- made by tab_set()
    attributes = {"data-is": inner["panel"]}
    if not is_first:
        attributes["hidden"] = "until-found"
    panel = revguide_box("", *inner.children, tag="div", attributes=attributes)
    panel["classes"] = [*content["classes"], *inner["classes"]]
    panel["ids"] = inner["ids"] or content["ids"]
    panel.source, panel.line = inner.source, inner.line
    return panel
