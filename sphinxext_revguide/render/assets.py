"""Adds style sheets and scripts to the pages that need them, and to no others."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinxext_revguide.markup.tree_contents import elements_in
from sphinxext_revguide.model import Mode
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render.asides import SEARCH_SCRIPT
from sphinxext_revguide.render.script_parts import script_parts
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@record(frozen=True, slots=True)
class Assets:
    """Files that a page loads if an element on it has one of some classes."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()

    def are_for(self, classes: Set[str]) -> bool:
        """Return whether a page whose nodes have these classes needs them."""
        return not self.classes or bool(self.classes & classes)


CARD = "revguide-card"
ASSETS = (
    Assets(("revguide.css",), ("revguide.js",)),
    Assets(("revguide-review.css",), ("revguide-review.js",), frozenset({CARD})),
    Assets(("revguide-overview.css",), (), frozenset({"revguide-book"})),
    Assets(
        ("revguide-chapter.css",),
        ("revguide-chapter.js",),
        frozenset({"revguide-mark", "revguide-marks-bar", "revguide-locked-passage"}),
    ),
)
"""In the order in which a page loads them; the first is for every page that shows anything."""
_AT_ONCE = ("revguide-chapter.js",)
EPUB_STYLE = "revguide-epub.css"
"""In the CSS that readers of books know: without nesting, and without colours made of colours."""

LATER = (
    "revguide-since.js",
    "revguide-tables.js",
    "revguide-review-more.js",
    "revguide-review-more.css",
    "revguide-passages.js",
)
"""What other scripts load when a reader needs it: to sort, to review, to see what has changed."""


def add_static_path(app: Sphinx) -> None:
    """Add the files to HTML builders; a release removes the files of an earlier review build."""
    if app.builder.format != "html":
        return
    if app.config.revguide_mode == Mode.REVIEW:
        static = Path(__file__).parent / "static"
        # A book holds every file of this folder, and nothing that its readers do not know.
        own = static / EPUB_STYLE if app.builder.name == "epub" else static
        app.config.html_static_path.append(str(own))
        return
    names = [name for asset in ASSETS for name in (*asset.styles, *asset.scripts)]
    for name in (*names, *LATER, SEARCH_SCRIPT, EPUB_STYLE):
        (Path(app.outdir) / "_static" / name).unlink(missing_ok=True)


def setup_assets(app: Sphinx) -> None:
    """Register what offers the files, and what links them from pages."""
    app.connect("builder-inited", add_static_path)
    # What is the same on all pages of a book is written once.
    app.connect("html-page-context", partial(_add_page_assets, cache(script_parts)))


def _add_page_assets(
    parts: Callable[..., str],
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Link style sheets and scripts from a page that shows a part of a guide."""
    if doctree is None or not _may_be_marked(app, pagename):
        return
    elements = elements_in(doctree)
    names = {name for element in elements for name in element.attributes["classes"]}
    shown = {name for name in names if name.startswith("revguide-")}
    if not shown:
        return
    # The builder's own methods: the application's would add them to every page to come.
    builder: Any = app.builder
    needed = [asset for asset in ASSETS if asset.are_for(shown)]
    if builder.name == "epub":
        builder.add_css_file(EPUB_STYLE)
        return
    for name in [name for asset in needed for name in asset.styles]:
        builder.add_css_file(name)
    for name in [name for asset in needed for name in asset.scripts]:
        # One that hides marks must run before the page is first painted.
        more = {"data-docname": pagename} if name in _AT_ONCE else {"defer": "defer"}
        builder.add_js_file(name, **{"data-book": app.config.project}, **more)
    if "body" in context and builder.name in BROWSED:
        context["body"] += parts(has_cards=CARD in shown, has_marks="revguide-mark" in shown)


def _may_be_marked(app: Sphinx, pagename: str) -> bool:
    """Return whether a page contains a part of a guide, refers to one, or was given marks."""
    domain = RevguideDomain.of(app.env)
    page = domain.store.pages.get(pagename)
    return (
        domain.may_hold_parts(pagename)
        or (page is not None and bool(page.refers))
        or bool(domain.book.flagged_on(pagename))
    )
