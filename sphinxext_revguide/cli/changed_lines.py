"""Finds the lines of files that have changed since a Git revision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinxext_revguide.cli.git import git
from sphinxext_revguide.cli.output import RefusedError
from sphinxext_revguide.text.alignment import aligned
from sphinxext_revguide.text.line_ends import bare_lines

ChangedLines = dict[Path, list[range]]
"""The 1-based lines of each file, by its resolved path, that were added or changed."""

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_EXACT = (
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--text",
    "--unified=0",
    "--inter-hunk-context=0",
)
"""Without these, the user's configuration and the attributes of a file change the hunks."""


def changed_lines(
    revision: str, files: Iterable[Path], typed: Mapping[Path, str] | None = None
) -> ChangedLines:
    """Return which lines of files differ from those of a Git revision.

    If lines were only removed, the lines on both sides count as changed. A file that Git does not
    track is new, and all of its lines count as changed.

    :param typed: texts, by resolved path, that are compared instead of the files.
    :raises RefusedError: if Git is missing, or does not know the revision or the repository.
    """
    texts = typed or {}
    return {path: _of_file(revision, path, texts.get(path)) for path in files}


def _of_file(revision: str, path: Path, typed: str | None) -> list[range]:
    if not git(path.parent, "ls-files", "--", path.name):
        content = path.read_bytes() if typed is None else typed.encode("utf-8", "replace")
        return [range(1, content.count(b"\n") + 2)]
    options = (*_EXACT, "--end-of-options", revision)
    try:
        if typed is not None:
            return _of_text(revision, path, typed)
        difference = git(path.parent, "diff", *options, "--", path.name).decode("utf-8", "replace")
    except RefusedError as error:
        msg = f"{error}; name a revision of this clone, or fetch it first"
        raise RefusedError(msg) from error
    found = []
    for match in _HUNK.finditer(difference):
        first, count = int(match[1]), int(match[2] or 1)
        found.append(range(first, first + count) if count else range(first, first + 2))
    return found


def _of_text(revision: str, path: Path, typed: str) -> list[range]:
    """Return which lines of a text differ from a file in a revision."""
    tree = ("ls-tree", "-z", "--end-of-options", revision, "--", path.name)
    old = b""
    if git(path.parent, *tree):
        old = git(path.parent, "cat-file", "--filters", f"{revision}:./{path.name}")
    before, now = map(bare_lines, (old.decode("utf-8-sig", "replace"), typed))
    kept = (edit for edit in aligned(before, now) if edit.tag == "equal")
    found, was, line = [], 0, 0
    for first_old, first, last_old, last in [
        *((edit.src_start, edit.dest_start, edit.src_end, edit.dest_end) for edit in kept),
        (len(before), len(now), 0, 0),
    ]:
        if line < first:
            found.append(range(line + 1, first + 1))
        elif was < first_old:
            found.append(range(line, line + 2))
        was, line = last_old, last
    return found
