"""Selects the pages that a build writes although their sources have not changed.

Sphinx writes pages that it has just read and pages that are older than their source. This is not
enough if a page shows data of other pages, if two builders share an environment, or if a build was
killed while it wrote pages. Therefore each builder remembers what its pages show, in a file beside
the trees of the pages, because Sphinx saves the environment before it writes pages.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.files import replace_text
from sphinxext_revguide.render.shown_content import ShownContent
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.digests import digest

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup_refresh(app: Sphinx) -> None:
    """Write pages again when what they show has changed."""
    refresh = _Refresh()
    app.connect("env-updated", refresh.begin)
    app.connect("doctree-resolved", refresh.note)
    app.connect("build-finished", refresh.end)


class _Refresh:
    """One build of one builder."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        self._due: set[str] = set()

    def begin(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages whose shown content has changed since they were last written.

        The record is deleted until the build has ended, so that all pages are written after a build
        that was killed.
        """
        book = RevguideDomain.of(env).book
        shown = ShownContent(book, env.titles)
        pages = env.found_docs & book.pages.keys()
        # Missing targets are reported on every build.
        dangling = {name for name in pages if shown.is_left_dangling(name)}
        if not app.builder.format:
            # Such builders write no pages, or all of them.
            return sorted(dangling)
        path = _memory(app)
        was = _read(path)
        path.unlink(missing_ok=True)
        # A page that was read again may have another text, or was read with other settings.
        self._now = {
            name: digest(env.all_docs[name], shown.on(name)) for name in sorted(pages - dangling)
        }
        self._due = dangling | {name for name, shown in self._now.items() if was.get(name) != shown}
        return sorted(self._due)

    def note(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        """Note that a page is written."""
        self._due.discard(docname)

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Remember what the pages show; those that were not written stay due."""
        if exception is None and app.builder.format:
            shown = {name: item for name, item in self._now.items() if name not in self._due}
            # Where that fails, all pages are written next time.
            with contextlib.suppress(OSError):
                replace_text(_memory(app), json.dumps(shown, indent=0))


def _memory(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"revguide-{digest(app.builder.name, app.outdir)}.json"


def _read(path: Path) -> dict[str, str]:
    try:
        shown = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return shown if isinstance(shown, dict) else {}
