"""What a build reports: warnings and the JSON report, from the domain alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.report.builder import RevguideBuilder
from sphinxext_revguide.report.excluded import exclude_outputs
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.report.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


def setup_report(app: Sphinx) -> None:
    """Register the builder and have every build warn."""
    app.add_builder(RevguideBuilder)
    app.connect("config-inited", _check_formats)
    app.connect("config-inited", exclude_outputs)
    app.connect("env-updated", warn)


def _check_formats(_app: Sphinx, config: Config) -> None:
    for name in config.revguide_reports:
        if name not in FORMATS:
            logger.warning(
                "revguide_reports names %r, which is not a format; %s",
                name,
                did_you_mean(name, FORMATS, f"write one of {', '.join(FORMATS)}"),
                type="revguide",
                subtype="config",
            )
