"""Revision guides for Sphinx: cards inside the book, and warnings about flagged passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_revguide.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wire directives, domain, rendering and reports into Sphinx."""
    from sphinxext_revguide.garbage import collection_postponed

    with collection_postponed():  # nothing that is imported is garbage
        _setup(app)
    # No env_version: the domain's data_version does its work, and Sphinx would write the
    # extension's name into the search index of a release.
    return {
        "version": __version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _setup(app: Sphinx) -> None:
    from sphinxext_revguide.config import setup_config
    from sphinxext_revguide.i18n import setup_interface
    from sphinxext_revguide.render import setup_render
    from sphinxext_revguide.report import setup_report
    from sphinxext_revguide.sphinx.directives import setup_directives
    from sphinxext_revguide.sphinx.domain import RevguideDomain

    setup_interface(app)
    setup_config(app)
    if app.config.revguide_mode != "release":
        app.setup_extension("sphinx_design")
    app.add_domain(RevguideDomain)
    setup_directives(app)
    setup_render(app)
    setup_report(app)
