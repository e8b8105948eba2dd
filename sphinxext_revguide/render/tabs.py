"""The only module that depends on sphinx-design: it builds tab-sets from nodes.

sphinx-design offers no function for that. What its own transform expects is written in the
docstring of ``sphinx_design.tabs``: a container marked ``tab-set`` that holds containers marked
``tab-item``, each with exactly a rubric (the label) and a container (the content).

Without JavaScript a page shows all panels below their labels, with it ``revguide.js`` makes one tab
list of them. Where the markup departs from sphinx-design's is written in the reference, and done by
:class:`PrepareTabs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx_design.shared import create_component
from sphinx_design.tabs import sd_tab_label

from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.render.elements import box
from sphinxext_revguide.render.post_transforms import GuideTransform
from sphinxext_revguide.sphinx.domain import BROWSED


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
    """Puts labelled panels in place of a tab-set, behind sphinx-design's transform (200).

    A browser shows our panels without its radio buttons, so a page of many cards leaves them out.
    Each panel but the first is ``hidden="until-found"``: a search in the page and a link to a
    text in it find it, and the script then shows it.
    """

    default_priority = 210
    builders = BROWSED

    def run(self, **_kwargs: Any) -> None:
        """Prepare the tabs of every pair on the page."""
        for tabs in list(self._of_pairs()):
            labels = [node for node in tabs.children if isinstance(node, sd_tab_label)]
            contents = [node for node in tabs.children if isinstance(node, nodes.container)]
            panels = [*map(_panel, labels, contents)]
            for panel in panels[1:]:
                panel["attributes"] = {"hidden": "until-found"}
            tabs.parent.replace(tabs, panels)

    def _of_pairs(self) -> Iterator[nodes.Element]:
        for pair in self.document.findall(revguide_box):
            if "revguide-pair" in pair["classes"]:
                for node in pair.children:
                    if isinstance(node, nodes.container) and "sd-tab-set" in node["classes"]:
                        yield node


def _panel(label: nodes.Element, content: nodes.Element) -> revguide_box:
    """Return a panel that opens with its label, for a label and content of sphinx-design."""
    [inner] = content.children
    assert isinstance(inner, nodes.Element)  # noqa: S101 -- made by tab_set()
    caption = box("p", nodes.Text(label.astext()))
    panel = box("div", caption, *inner.children)
    panel["classes"], panel["ids"] = inner["classes"], inner["ids"]
    panel.source, panel.line = inner.source, inner.line
    return panel
