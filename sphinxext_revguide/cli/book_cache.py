"""The cache folder of the commands, outside the book.

It contains pickled data, and reading such data runs code. Therefore it is never in the source
directory or its repository, where a commit could put it, and only the user can write to it.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from sphinxext_revguide.cli.output import RefusedError
from sphinxext_revguide.files import is_inside, replace_text, repository_of
from sphinxext_revguide.text.digests import digest

VARIABLE = "REVGUIDE_CACHE"
"""The environment variable that names the folder of all caches."""
_NAME = "sphinx-revguide"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n"
"""Backup programs skip folders with a file ``CACHEDIR.TAG`` of this content."""


def cache_folder(source: Path, named: Path | None = None) -> Path:
    """Return the cache folder of a book, and create it if necessary.

    :param source: the source directory.
    :param named: the folder that the user names; default: a folder for this book among all caches.
    :raises RefusedError: if it cannot be created, is inside the book or its repository, belongs to
        somebody else, or can be written by others.
    """
    real = source.resolve()
    if named is None:
        caches = _caches()
        _make_private(caches)
        name = re.sub(r"[^A-Za-z0-9]+", "-", real.name)[:40].strip("-")
        named = caches / f"{name}-{digest(real)}"
    if is_inside(named, repository_of(real) or real):
        msg = (
            f"{named}: a cache inside the book or its repository could be committed by somebody "
            "else, and reading it runs code; name a folder outside"
        )
        raise RefusedError(msg)
    _make_private(named)
    try:
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (named / name).exists():
                replace_text(named / name, text)
    except OSError as error:
        raise _not_writable(named, error) from error
    return named


def _caches() -> Path:
    """Return the folder of all caches, as defined by the user or the platform."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).absolute()
    names = {"win32": "LOCALAPPDATA"}
    base = Path(os.environ.get(names.get(sys.platform, "XDG_CACHE_HOME"), ""))
    if not base.is_absolute():
        try:
            base = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        except RuntimeError as error:
            msg = f"the user has no home folder; set {VARIABLE} to a folder for caches"
            raise RefusedError(msg) from error
    return base / _NAME


def _make_private(folder: Path) -> None:
    """Create a folder for this user alone, or check that an existing one is.

    :raises RefusedError: if it cannot be created, is a link, or is not private to the user.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError as error:
        raise _not_writable(folder, error) from error
    if sys.platform == "win32":
        return
    if not stat.S_ISDIR(status.st_mode):
        problem = "is a link"
    elif status.st_uid != os.getuid():
        problem = "belongs to another user"
    elif status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        problem = "can be written by other users"
    else:
        return
    msg = f"{folder}: {problem}, and reading a cache runs code; set {VARIABLE} to another folder"
    raise RefusedError(msg)


def _not_writable(folder: Path, error: OSError) -> RefusedError:
    reason = error.strerror or error
    return RefusedError(
        f"{folder}: cannot be written: {reason}; set {VARIABLE} to a folder for caches"
    )
