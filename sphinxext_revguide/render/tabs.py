"""The only module that depends on sphinx-design: it builds tab-sets from nodes.

sphinx-design has no function for that. The docstring of ``sphinx_design.tabs`` says what its
transform expects: a container marked ``tab-set`` that contains containers marked ``tab-item``, each
with exactly a rubric (the label) and a container (the content).

Without JavaScript a page shows all panels below their labels; ``revguide.js`` turns them into a tab
list. :class:`PrepareTabs` makes the changes to sphinx-design's markup that the reference describes.
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
    """Return a tab-set of labelled panels; sphinx-design selects the first.

    Tabs are not synchronised: panels differ in length, and opening all panels above would move the
    card that the reader is looking at.
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
    """Replaces tab-sets by labelled panels, after sphinx-design's transform (200).

    Our panels need no radio buttons, so a page of many cards is smaller without them. Each panel
    but the first is ``hidden="until-found"``: searches in the page and links to its text find it,
    and the script then shows it.
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
    """Return a panel that begins with its label, from a label and a content of sphinx-design."""
    [inner] = content.children
    assert isinstance(inner, nodes.Element)  # noqa: S101 -- made by tab_set()
    caption = box("p", nodes.Text(label.astext()))
    panel = box("div", caption, *inner.children)
    panel["classes"], panel["ids"] = inner["classes"], inner["ids"]
    panel.source, panel.line = inner.source, inner.line
    return panel
