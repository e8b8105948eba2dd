"""Queries Git, and never writes to a repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sphinxext_revguide.cli.output import RefusedError

_TRUSTED = ("-c", "safe.bareRepository=explicit")
"""Without this, a folder of a book that looks like a repository could configure programs to be run.
"""
_OF_A_HOOK = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Git sets these variables for a hook, which runs at the root of a working tree. Below the root,
``GIT_DIR`` alone would make the current folder the root.
"""


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """Return the output of Git. Paths among the arguments are no patterns.

    :param given: the text for its standard input.
    :raises RefusedError: if Git is missing or refuses; the message has its reason.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- no shell; callers end the options themselves
            ["git", "--literal-pathspecs", *_TRUSTED, *arguments],  # noqa: S607 -- the user's own Git
            cwd=folder,
            env=_environment(),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        msg = "Git is not installed"
        raise RefusedError(msg) from error
    except subprocess.CalledProcessError as error:
        # Lines after the first contain the remedy, for example for another user's repository.
        reason = " ".join(error.stderr.decode("utf-8", "replace").split())
        msg = f"Git says: {reason}"
        raise RefusedError(msg) from error
    return done.stdout


def _environment() -> dict[str, str]:
    """Return the variables in which Git finds the repository of the folder in which it runs."""
    unwanted = () if "GIT_WORK_TREE" in os.environ else _OF_A_HOOK
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def user_name(folder: Path) -> str:
    """Return the name used in commits, or an empty string if Git does not know it."""
    try:
        return git(folder, "config", "user.name").decode("utf-8", "replace").strip()
    except RefusedError:
        return ""
