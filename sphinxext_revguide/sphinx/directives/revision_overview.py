"""The directive ``revision-overview``: the whole book at a glance."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from docutils import nodes

from sphinxext_revguide.book.compare import flagged_in
from sphinxext_revguide.files import is_inside, read_json, read_record
from sphinxext_revguide.model import Finding
from sphinxext_revguide.nodes import revguide_book
from sphinxext_revguide.option_values import text_line
from sphinxext_revguide.sphinx.directives.base import RevguideDirective
from sphinxext_revguide.sphinx.directives.options import Option
from sphinxext_revguide.text.in_words import cause


class RevisionOverview(RevguideDirective):
    """Shows chapters by patterns, the progress of all guides, and what changed since a report.

    The whole book at a glance. The body, if any, comes first.

    ```{revision-overview}
    Everything the editors have found in all chapters.
    ```
    """

    known_options: ClassVar[tuple[Option, ...]] = (
        Option("since", text_line, "An earlier `revguide.json`, relative to the page."),
    )

    def build(self) -> list[nodes.Node]:
        """Return the body, and a place that is filled when the whole book is known."""
        self.domain.store.page(self.env.docname).shows_book = True
        book = self.located(revguide_book(classes=["revguide-book"]))
        book["since"] = self._since() if "since" in self.values else None
        return [*self.parse_body(), book]

    def _since(self) -> list[Finding] | None:
        """Return what an earlier report flagged."""
        name = self.values["since"]
        try:
            relative, absolute = self.env.relfn2path(name)
        except (OSError, RuntimeError, ValueError):
            self._unread(f"{name!r} is not the name of a readable file")
            return None
        path = Path(absolute)
        if not is_inside(path, Path(self.env.srcdir)):
            self._unread(f"{name!r} is outside the source directory; keep a copy inside it")
            return None
        if not self.state.document.settings.file_insertion_enabled:
            self._unread("reading files is disabled (file_insertion_enabled)")
            return None
        self.env.note_dependency(relative)
        try:
            return flagged_in(read_json(read_record(path, Path(self.env.srcdir))))
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._unread(
                f"{name!r} is not a readable report ({cause(error)}); write one with -b revguide"
            )
            return None

    def _unread(self, message: str) -> None:
        self.problem("since", f"':since:': {message}", self.option_lines["since"])
