"""Cards, overview and locks: nodes -> what each builder shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.render.asides import setup_asides
from sphinxext_revguide.render.assets import setup_assets
from sphinxext_revguide.render.cards import ShowCards, ShowCardsPlainly
from sphinxext_revguide.render.elements import setup_elements
from sphinxext_revguide.render.latex import ShowInLaTeX, add_style, write_style
from sphinxext_revguide.render.marks import MarkPassages
from sphinxext_revguide.render.placeholders import (
    FillLocks,
    FillPlaceholders,
    FillPlaceholdersPlainly,
)
from sphinxext_revguide.render.plain import RunFactsOn, ShowPlainly
from sphinxext_revguide.render.post_transforms import note_builder, note_text
from sphinxext_revguide.render.refresh import setup_refresh
from sphinxext_revguide.render.release import (
    LeaveOutGuides,
    UnwrapPassages,
    remove_source_button,
    withhold_source,
)
from sphinxext_revguide.render.shown_controls import ShowControlCharacters

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_render(app: Sphinx) -> None:
    """Register the transforms that draw the cards, and their style sheet and script."""
    setup_elements(app)
    setup_asides(app)
    setup_assets(app)
    app.add_transform(ShowControlCharacters)
    app.add_transform(LeaveOutGuides)
    app.add_post_transform(UnwrapPassages)
    app.add_post_transform(FillLocks)
    app.add_post_transform(MarkPassages)
    app.add_post_transform(FillPlaceholders)
    app.add_post_transform(FillPlaceholdersPlainly)
    app.add_post_transform(ShowCards)
    app.add_post_transform(ShowCardsPlainly)
    app.add_post_transform(ShowInLaTeX)
    app.add_post_transform(ShowPlainly)
    app.add_post_transform(RunFactsOn)
    app.connect("builder-inited", note_builder)
    app.connect("source-read", note_text, priority=900)
    app.connect("env-updated", add_style)
    app.connect("build-finished", write_style)
    app.connect("html-page-context", withhold_source)
    # After the theme has added it.
    app.connect("html-page-context", remove_source_button, priority=502)
    setup_refresh(app)
