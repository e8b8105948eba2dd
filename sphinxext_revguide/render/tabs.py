"""The one room that knows sphinx-design: its tab-set, made of nodes.

sphinx-design offers no function for that. What its own transform expects is written in the
docstring of ``sphinx_design.tabs``: a container marked ``tab-set`` that holds containers marked
``tab-item``, each with exactly a rubric (the label) and a container (the content).

Its radio buttons are what a page starts from. Without JavaScript the style sheet shows all
panels below their labels; ``revguide.js`` makes real tabs of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx_design.shared import create_component


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
