"""A book that is kept in memory, and whose pages are read again from an editor's text."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import is_suppressed_warning

from sphinxext_revguide.cli.book_cache import cache_folder
from sphinxext_revguide.cli.language_server.editor_columns import DEFAULT
from sphinxext_revguide.cli.read_book import application, keep, read_all, typed_in
from sphinxext_revguide.report.checks import problems
from sphinxext_revguide.report.warnings import TYPE
from sphinxext_revguide.sphinx.domain import RevguideDomain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Problem

_WITHOUT_EFFECT = frozenset(
    {
        "FootnoteDocnameUpdater",
        "RemoveTranslatableInline",
        "SphinxDanglingReferences",
        "TranslationProgressTotaliser",
    }
)
"""Transforms that do not affect findings: they prepare pages for writers, or warn."""
_OLD_GARBAGE = 100
"""After this many readings, older garbage is also collected, which takes longer."""


class Session:
    """The pages of one book; open pages have the texts of the editor."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self.srcdir = Path(app.srcdir).resolve()
        self.encoding = DEFAULT
        """The encoding in whose units the editor counts columns."""
        self.typed: dict[Path, str] = {}
        """The text of each open file, by its resolved path."""
        self._readings = 0
        self._no_pages: set[Path] = set()
        """Files that are known not to be pages of the book."""
        RevguideDomain.of(app.env).keep_texts()
        # Sphinx would write trees of unsaved texts where the next check looks for those of files.
        vars(app.builder)["write_doctree"] = self._keep_tree
        registered = app.registry.get_transforms()
        registered[:] = [entry for entry in registered if entry.__name__ not in _WITHOUT_EFFECT]

    @property
    def book(self) -> Book:
        """The current view of the book."""
        return RevguideDomain.of(self._app.env).book

    @property
    def texts(self) -> dict[str, str]:
        """The text of each open file, by its path relative to the source directory."""
        return {self.relative(path): text for path, text in self.typed.items()}

    def forget_derived(self) -> None:
        """Discard the values derived from all pages and from other files."""
        RevguideDomain.of(self._app.env).store.revision += 1

    def relative(self, path: Path) -> str:
        """Return a path as findings name it: relative to the source directory."""
        return self.book.relative(path)

    def is_rst(self, path: Path) -> bool:
        """Return whether a file is reStructuredText, by its name or as a page includes it."""
        env, kinds = self._app.env, self._app.config.source_suffix
        including = (Path(env.doc2path(docname)) for docname in self._pages_with(path))
        known = (kinds[file.suffix] for file in (path, *including) if file.suffix in kinds)
        return next(known, "") == "restructuredtext"

    def open(self, path: Path, text: str) -> bool:
        """Read the pages that a file is part of from a text that may not be saved.

        :returns: whether the file is a page of the book, or a page includes it.
        """
        docnames = self._pages_with(path)
        if not docnames:
            return False
        self.typed[path.resolve()] = text
        for docname in docnames:
            self._read(docname)
        return True

    def close(self, path: Path) -> None:
        """Read the pages that a file is part of again, after an editor has closed it."""
        if self.typed.pop(path.resolve(), None) is not None:
            for docname in self._pages_with(path):
                self._read(docname)

    def follow_files(self) -> None:
        """Read pages again whose files other programs have changed, and forget deleted ones.

        Pages that are open have the texts of the editor.
        """
        env = self._app.env
        for docname, read_at in list(env.all_docs.items()):
            page = Path(env.doc2path(docname))
            included = (Path(env.srcdir, name) for name in env.dependencies.get(docname, ()))
            if not page.is_file():
                self._forget(docname)
            elif page.resolve() not in self.typed and any(
                _changed_at(file) > read_at for file in (page, *included)
            ):
                self._read(docname)

    def rest(self) -> None:
        """Collect the garbage of the last readings, while nobody waits."""
        self._readings += 1
        gc.collect(0 if self._readings % _OLD_GARBAGE else 2)

    def flagged(self, path: str) -> list[Flagged]:
        """Return the flagged findings of a file that are not in the baseline."""
        known = self.book.baseline_state.known
        return [
            flagged
            for flagged in self.book.flagged
            if flagged.finding.path == path
            and flagged.finding.fingerprint not in known
            and not self._is_suppressed(flagged.finding.pattern)
        ]

    def problems(self, path: str) -> list[Problem]:
        """Return the other problems of a file."""
        return [
            problem
            for problem in problems(self.book)
            if problem.path == path and not self._is_suppressed(problem.subtype)
        ]

    def _is_suppressed(self, subtype: str) -> bool:
        return is_suppressed_warning(TYPE, subtype, self._app.config.suppress_warnings)

    def _docname(self, path: Path) -> str | None:
        docname = self._app.env.path2doc(path.resolve())
        return docname if docname in self._app.env.found_docs else None

    def _pages_with(self, path: Path) -> list[str]:
        """Return the docname of a page, and those of the pages that include the file."""
        env, real = self._app.env, path.resolve()
        docname = self._docname(path) or self._new_page(path)
        own = [] if docname is None else [docname]
        including = (
            page
            for page, names in env.dependencies.items()
            if any(
                Path(name).name == real.name and Path(env.srcdir, name).resolve() == real
                for name in names
            )
        )
        return [*own, *(page for page in including if page not in own)]

    def _new_page(self, path: Path) -> str | None:
        """Return the docname of a page that was created after the book was read."""
        if path in self._no_pages or not path.is_file():
            return None
        env = self._app.env
        env.find_files(self._app.config, self._app.builder)
        for removed in env.all_docs.keys() - env.found_docs:
            self._forget(removed)
        docname = self._docname(path)
        if docname is None:
            self._no_pages.add(path)
        return docname

    def _read(self, docname: str) -> None:
        env = self._app.env
        if not Path(env.doc2path(docname)).is_file():
            self._forget(docname)
            return
        self._clear(docname)
        self._app.builder.read_doc(docname)

    def _forget(self, docname: str) -> None:
        """Forget a page whose file was deleted or renamed."""
        self._clear(docname)
        self._app.env.found_docs.discard(docname)
        self.forget_derived()

    def _clear(self, docname: str) -> None:
        env = self._app.env
        self._app.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)

    def _keep_tree(self, docname: str, tree: nodes.document, **_options: object) -> None:
        RevguideDomain.of(self._app.env).trees[docname] = tree


def _changed_at(file: Path) -> int:
    """Return when a file was changed, in microseconds like Sphinx; 0 if there is none."""
    try:
        return file.stat().st_mtime_ns // 1000
    except OSError:
        return 0


@contextmanager
def open_session(source: Path, confdir: Path) -> Iterator[Session]:
    """Read a book and keep it in memory; the result is cached for the next time.

    :raises RefusedError: if it is not a book, or does not use this extension.
    """
    folder = cache_folder(source)
    with application(source, confdir, folder) as app:
        RevguideDomain.of(app.env).emits_warnings = False
        if read_all(app):
            keep(app, folder)
        session = Session(app)
        with _deferred_collection(), typed_in(app, session.typed):
            yield session


@contextmanager
def _deferred_collection() -> Iterator[None]:
    """Defer garbage collection to :meth:`Session.rest`, and exclude the objects of the book.

    Otherwise the collector would walk the whole environment every few edits, and the new trees of a
    page several times while it is read. That takes half of the time that an author waits.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
