"""Our tab-set of nodes has the shape that sphinx-design's own directive gives it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from docutils import nodes

from sphinxext_revguide import render
from sphinxext_revguide.render.tabs import tab_set
from tests.conftest import Book

OWN = """
# Page

`````{tab-set}
````{tab-item} One
first
````
````{tab-item} Two
second
````
`````
"""


def test_tab_set_has_the_shape_of_sphinx_design(new_book: Callable[..., Book]) -> None:
    document = new_book({"index.md": OWN}).build("dummy").doctree("index")
    [theirs] = [
        node
        for node in document.findall(nodes.container)
        if node.get("design_component") == "tab-set"
    ]
    first, second = nodes.container(), nodes.container()
    ours = tab_set([("One", first), ("Two", second)])

    def shape(node: nodes.Element, depth: int = 0) -> list[str]:
        names = [f"{'  ' * depth}{node.tagname} {node.get('design_component', '')}".rstrip()]
        if depth < 2:
            for child in node.children:
                if isinstance(child, nodes.Element):
                    names += shape(child, depth + 1)
        return names

    assert shape(ours) == shape(theirs)
    for theirs_item, our_item in zip(theirs.children, ours.children, strict=True):
        assert isinstance(theirs_item, nodes.Element)
        assert isinstance(our_item, nodes.Element)
        assert our_item["selected"] == theirs_item["selected"]
        ours_label, theirs_label = our_item.children[0], theirs_item.children[0]
        assert isinstance(ours_label, nodes.rubric)
        assert ours_label.astext() == theirs_label.astext()
        assert "sd-tab-label" in ours_label["classes"]
        assert set(theirs_item["classes"]) <= set(our_item["classes"])


def test_panels_open_with_their_labels(new_book: Callable[..., Book]) -> None:
    issue = (
        "````{revision-issue} T\n```{before-after}\na\n\n+++\n\nb\n```\n"
        "```{before-after}\nc\n\n+++\n\nd\n```\n````\n\n"
    )
    page = "# G\n\n```{revision-guide} g\n```\n\n" + issue + issue
    html = new_book({"index.md": page}).build().read("index.html")
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    panel = r'<div class="revguide-sample revguide-(before|after)[^>]*><p>(\w+)</p>'
    assert re.findall(panel, html) == [("before", "Before"), ("after", "After")] * 4
    assert html.count('hidden="until-found"') == 4
    # Radio buttons that no browser shows.
    assert 'name="sd-tab-set' not in html


def test_assets_are_small() -> None:
    """What a page loads at once; what somebody needs who begins to review comes later."""
    static = Path(render.__file__).parent / "static"
    for kind in ("review", "chapter", "overview"):
        names = ("revguide.css", "revguide.js", f"revguide-{kind}.css", f"revguide-{kind}.js")
        loaded = [static / name for name in names if (static / name).exists()]
        assert sum(path.stat().st_size for path in loaded) < 40_000
        assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) < 14_000
