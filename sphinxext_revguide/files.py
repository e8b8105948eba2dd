"""Reads files that others may have written, and writes files atomically."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
from pathlib import Path
from typing import Any

from sphinxext_revguide.text.control_characters import all_visible

_LARGEST = 64_000_000
"""Bytes; the report of a book of ten thousand findings has a tenth of it."""
_MERGED = re.compile(r"^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?: |$)", re.MULTILINE)


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path leads to a place inside a folder, whatever links are on the way."""
    try:
        resolved = path.resolve()
        # A loop of links stays a link, since Python 3.13; before, it was an error.
        return not resolved.is_symlink() and resolved.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        # A loop of links, or a name that no file can have.
        return False


def path_inside(folder: Path, name: str) -> Path | None:
    """Return where a record of a book is, or would be.

    :param folder: the source directory.
    :param name: the value of a configuration value such as ``revguide_baseline``.
    :returns: nothing if the name is empty or leads outside the folder.
    """
    path = folder / name
    return path if name and is_inside(path, folder) else None


def read_text(path: Path) -> str:
    """Return a text file in UTF-8.

    :raises OSError: if it cannot be read, is no file but a pipe, say, or larger than 64 MB.
    :raises ValueError: if it is not UTF-8, or no file can have such a name.
    """
    if path.exists() and not path.is_file():
        msg = "it is not a file"
        raise OSError(msg)
    if path.stat().st_size > _LARGEST:
        msg = f"it is larger than {_LARGEST:,} bytes"
        raise OSError(msg)
    return path.read_text(encoding="utf-8")


def read_json(text: str) -> Any:
    """Return what a JSON text says, with pictures for control characters.

    :raises ValueError: if it is not JSON, nested too deeply, or holds a number without an end.
    """
    marked = merge_mark(text)
    if marked:
        msg = f"it contains a conflict marker of a merge in line {marked}"
        raise ValueError(msg)
    try:
        return all_visible(json.loads(text, parse_float=_number, parse_constant=_number))
    except RecursionError as error:
        msg = "it is nested too deeply"
        raise ValueError(msg) from error


def merge_mark(text: str) -> int:
    """Return the 1-based line of the first mark that a merge in conflict has left, or 0."""
    match = _MERGED.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def other_version(version: object, known: int) -> str:
    """Say of a file that it is of a version that is not read here."""
    named = f"{version!r}"[:20] if isinstance(version, int | str) else "no number"
    newer = isinstance(version, int) and version > known
    remedy = "use a newer release" if newer else "restore the file from version control"
    return f"of version {named}; this release reads {known}; {remedy}"


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        msg = f"{text[:20]} is not a valid number"
        raise ValueError(msg)
    return number


def replace_text(path: Path, text: str) -> None:
    """Write a text file, in UTF-8 with its line ends as they are.

    :raises OSError: if it cannot be written; what was there stays.
    """
    replace_bytes(path, text.encode("utf-8", "surrogatepass"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file beside its place and put it there at the end.

    Whoever is killed on the way leaves what was there.

    :raises OSError: if it cannot be written; what was there stays.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
