"""Cards, overview and locks: nodes -> what each builder shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.render.assets import (
    add_page_assets,
    add_static_path,
    note_builder,
)
from sphinxext_revguide.render.book import DrawCharts, ShowBook
from sphinxext_revguide.render.elements import setup_elements
from sphinxext_revguide.render.marks import MarkPassages
from sphinxext_revguide.render.overview import ShowWhatIsKnown
from sphinxext_revguide.render.pairs import ShowPairsAsTabs, ShowPairsInOrder
from sphinxext_revguide.render.release import LeaveOutGuides, UnwrapPassages, withhold_source

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_render(app: Sphinx) -> None:
    """Register the transforms that draw the cards, and their style sheet and script."""
    setup_elements(app)
    app.add_transform(LeaveOutGuides)
    app.add_post_transform(UnwrapPassages)
    app.add_post_transform(MarkPassages)
    app.add_post_transform(ShowBook)
    app.add_post_transform(DrawCharts)
    app.add_post_transform(ShowWhatIsKnown)
    app.add_post_transform(ShowPairsAsTabs)
    app.add_post_transform(ShowPairsInOrder)
    app.connect("builder-inited", note_builder)
    app.connect("builder-inited", add_static_path)
    app.connect("html-page-context", add_page_assets)
    app.connect("html-page-context", withhold_source)
