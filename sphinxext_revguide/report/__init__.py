"""What a build says: warnings and the JSON report, from the domain alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.report.builder import RevguideBuilder
from sphinxext_revguide.report.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_report(app: Sphinx) -> None:
    """Register the builder and have every build warn."""
    app.add_builder(RevguideBuilder)
    app.connect("env-updated", warn)
