"""The style sheet, on the pages that need it and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE_SHEET = "revguide.css"


def add_static_path(app: Sphinx) -> None:
    """Offer the style sheet to HTML builders."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(Path(__file__).parent / "static"))


def add_page_assets(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Link the style sheet from a page that shows something of a guide."""
    if doctree is not None and any(map(_is_marked, doctree.findall(nodes.Element))):
        # The builder's own method: the application's would add it to every page to come.
        app.builder.add_css_file(STYLE_SHEET)  # type: ignore[attr-defined]


def _is_marked(node: nodes.Element) -> bool:
    classes = node.attributes["classes"]
    return bool(classes) and any(name.startswith("revguide-") for name in classes)
