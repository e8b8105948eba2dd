"""The panels of a pair, which a script makes tabs of."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from sphinxext_revguide import render
from tests.conftest import Book

OWN = """
`````{tab-set}
````{tab-item} One
first
````
`````
"""


def test_tabs_of_an_author_are_numbered_as_without_cards(
    new_book: Callable[..., Book],
) -> None:
    card = "````{revision-issue} T\n```{before-after}\na\n\n+++\n\nb\n```\n````\n"
    page = f"# G\n\n```{{revision-guide}} g\n```\n\n{card}\n{OWN}"
    html = new_book({"index.md": page}).build().read("index.html")
    assert 'name="sd-tab-set-0"' in html
    assert 'name="sd-tab-set-1"' not in html


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
