"""Finds the lines of files that have changed since a Git revision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sphinxext_revguide.cli.git import git
from sphinxext_revguide.cli.output import RefusedError

ChangedLines = dict[Path, list[range]]
"""The 1-based lines of each file, by its resolved path, that were added or changed."""

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def changed_lines(revision: str, files: Iterable[Path]) -> ChangedLines:
    """Return which lines of files differ from those of a Git revision.

    If lines were only removed, the lines on both sides count as changed. A file that Git does not
    track is new, and all of its lines count as changed.

    :raises RefusedError: if Git is missing, or does not know the revision or the repository.
    """
    return {path: _of_file(revision, path) for path in files}


def _of_file(revision: str, path: Path) -> list[range]:
    if not git(path.parent, "ls-files", "--", path.name):
        return [range(1, path.read_bytes().count(b"\n") + 2)]
    options = ("--no-color", "--no-ext-diff", "--unified=0", "--end-of-options", revision)
    try:
        difference = git(path.parent, "diff", *options, "--", path.name).decode("utf-8", "replace")
    except RefusedError as error:
        msg = f"{error}; name a revision of this clone, or fetch it first"
        raise RefusedError(msg) from error
    found = []
    for match in _HUNK.finditer(difference):
        first, count = int(match[1]), int(match[2] or 1)
        found.append(range(first, first + count) if count else range(first, first + 2))
    return found
