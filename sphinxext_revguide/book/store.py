"""The records of all pages, kept between builds: plain data, written while pages are read.

State lives here and nowhere else. Pages write into it while they are read, possibly in several
processes; what follows for the whole book is derived from it in ``book/view.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Set
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from sphinxext_revguide.book.records import Page, Tracking
from sphinxext_revguide.files import repository_of
from sphinxext_revguide.model import Allowance, Finding, Problem
from sphinxext_revguide.text.word_index import Source

DATA_VERSION = 29
"""Increased when the shape of :class:`StoredData` changes: the host then discards its data.

Never 0, which Sphinx treats as no version.
"""
DATA_SHAPE = "a0684d1312157e06"
"""A hash of :data:`DATA_VERSION` and of the fields of all records that :class:`StoredData` reaches.

A test computes it. When it fails, raise the version and copy the hash that the test prints.
"""


class StoredData(TypedDict):
    """What the host pickles between builds.

    ``library`` is a hash of the pattern files that found the findings of ``pages``, ``tracked``
    says where samples were found, and ``reported_fixed`` which findings a build has reported as
    fixed.
    """

    pages: dict[str, Page]
    library: str
    tracked: Tracking
    reported_fixed: list[Finding]


class Store:
    """The records of all pages, over the dictionary that the host pickles.

    :param data: what :func:`empty_data` returns, filled by earlier builds.
    :param srcdir: the source directory of the book.
    """

    def __init__(self, data: StoredData, srcdir: Path) -> None:
        self._data = data
        self._srcdir = srcdir
        self._relative_paths: dict[str, str] = {}
        self.sources: dict[str, tuple[Page | None, object, tuple[Source, ...]]] = {}
        """The texts that readers read of each page, after the page and the field they come from.

        Cut into words once; not pickled.
        """
        self.revision = 0
        """Increased whenever a page changes: values derived from an earlier revision are invalid.
        """

    # Pages

    @property
    def pages(self) -> dict[str, Page]:
        """All pages read so far, by docname."""
        return self._data["pages"]

    def page(self, docname: str) -> Page:
        """Return the record of a page, which is created when first requested."""
        self.revision += 1
        return self.pages.setdefault(docname, Page())

    def add_problem(self, docname: str, problem: Problem) -> None:
        """Store a problem of a page, to be reported on every build until it is gone.

        The next build may run in another folder, where a relative path means another file.
        """
        path = self.relative(problem.path) if problem.path else ""
        self.page(docname).problems.append(replace(problem, path=path))

    def add_allowance(self, docname: str, allowance: Allowance) -> None:
        """Store an allowance of a page."""
        included = tuple((self.relative(path), line, end) for path, line, end in allowance.included)
        own = replace(allowance, path=self.relative(allowance.path), included=included)
        self.page(docname).allowances.append(own)

    def remove(self, docname: str) -> None:
        """Forget a page."""
        self.revision += 1
        self.sources.pop(docname, None)
        self.pages.pop(docname, None)

    def merge(self, docnames: Set[str], other: StoredData) -> None:
        """Take over the pages that another process read.

        :param other: the data of that process.
        """
        self.revision += 1
        for docname in docnames:
            if docname in other["pages"]:
                self.pages[docname] = other["pages"][docname]

    def relative(self, path: Path | str) -> str:
        """Return a path as reports name it: relative to the source directory.

        Each file is looked up thousands of times, but on disk only once.
        """
        found = self._relative_paths.get(str(path))
        if found is None:
            found = _relative(Path(path), self._srcdir)
            self._relative_paths[str(path)] = found
        return found

    # What earlier builds left

    @property
    def tracked(self) -> Tracking:
        """Where the samples of each guide were found last."""
        return self._data["tracked"]

    @tracked.setter
    def tracked(self, tracked: Tracking) -> None:
        self._data["tracked"] = tracked

    @property
    def library_digest(self) -> str:
        """A hash of the pattern files in use, as :meth:`replace_library` noted it."""
        return self._data["library"]

    def replace_library(self, digest: str) -> bool:
        """Note which patterns are in use; return whether pages were read with other patterns.

        :param digest: a hash of the pattern files.
        """
        changed = self._data["library"] not in ("", digest)
        self._data["library"] = digest
        return changed

    def newly_fixed(self, fixed: Iterable[Finding]) -> list[Finding]:
        """Return the fixed findings that no build has reported yet, and note them as reported."""
        reported = set(self._data["reported_fixed"])
        self._data["reported_fixed"] = list(fixed)
        return [finding for finding in self._data["reported_fixed"] if finding not in reported]


def empty_data() -> StoredData:
    """Return the data of a book that has not been read."""
    return {"pages": {}, "library": "", "tracked": {}, "reported_fixed": []}


def _relative(path: Path, srcdir: Path) -> str:
    try:
        whole, folder = path.resolve(), srcdir.resolve()
        if whole.is_relative_to(folder):
            return whole.relative_to(folder).as_posix()
        # A link to a place outside is a file of the book, by its own name.
        if path.is_absolute() and ".." not in path.parts and path.is_relative_to(srcdir):
            return path.relative_to(srcdir).as_posix()
        root = repository_of(folder.parent)
        if path.is_absolute() and root and whole.is_relative_to(root):
            return Path(os.path.relpath(whole, folder)).as_posix()
    except (OSError, RuntimeError, ValueError):
        pass  # A loop of links, or a name that no file can have.
    return path.as_posix()
