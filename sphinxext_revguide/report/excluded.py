"""Folders below the source directory that hold no pages: outputs and virtual environments."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.matching import Matcher

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_MARKS = ("pyvenv.cfg", "revguide.json")
"""A virtual environment has the first of them, what this extension writes the second one."""
_DEPTH = 3


def exclude_outputs(app: Sphinx, config: Config) -> None:
    """Add the folders that hold no pages to ``exclude_patterns``, unless these cover them.

    Without it a report of an earlier build becomes a page of the book, and so do the licences of
    all packages of a virtual environment.
    """
    srcdir = Path(app.srcdir)
    is_excluded = Matcher(config.exclude_patterns)
    outdir = Path(app.outdir)
    found = [outdir] if outdir.is_relative_to(srcdir) and outdir != srcdir else []
    for folder in [*found, *_marked(srcdir)]:
        name = folder.relative_to(srcdir).as_posix()
        parents = [path.as_posix() for path in Path(name).parents if path.name]
        pattern = name.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
        known = any(map(is_excluded, (name, f"{name}/x.md", *parents)))
        if not known and pattern not in config.exclude_patterns:
            config.exclude_patterns = [*config.exclude_patterns, pattern]


def _marked(srcdir: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(srcdir):
        folder = Path(place)
        if folder != srcdir and any(mark in files for mark in _MARKS):
            yield folder
            folders.clear()
        if len(folder.relative_to(srcdir).parts) >= _DEPTH:
            folders.clear()
        folders.sort()
