"""Which lines of some files have changed since a revision, as Git says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from sphinxext_revguide.cli.output import RefusedError

ChangedLines = dict[Path, list[range]]
"""The 1-based lines of each file, by its resolved path, that were added or changed."""

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def changed_lines(revision: str, files: Iterable[Path]) -> ChangedLines:
    """Ask Git which lines of files differ from those of a revision.

    Where lines were only taken out, the lines on both sides count as changed. A file that Git does
    not track is new, and all of its lines are changed.

    :raises RefusedError: if Git is missing, or does not know the revision or the repository.
    """
    return {path: _of_file(revision, path) for path in files}


def _of_file(revision: str, path: Path) -> list[range]:
    if not _git(path, "ls-files", "--", path.name):
        return [range(1, path.read_bytes().count(b"\n") + 2)]
    options = ("--no-color", "--no-ext-diff", "--unified=0", "--end-of-options", revision)
    difference = _git(path, "diff", *options, "--", path.name)
    found = []
    for match in _HUNK.finditer(difference):
        first, count = int(match[1]), int(match[2] or 1)
        found.append(range(first, first + count) if count else range(first, first + 2))
    return found


def _git(path: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 -- no shell, and Git parses what follows as a revision
            ["git", *arguments],  # noqa: S607 -- the user's own Git
            cwd=path.parent,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        msg = "--diff-base needs Git, which is not installed"
        raise RefusedError(msg) from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        msg = f"--diff-base: Git says: {reason}"
        raise RefusedError(msg) from error
    return done.stdout.decode("utf-8", "replace")
