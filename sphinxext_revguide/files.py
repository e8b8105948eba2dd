"""Reads files that others may have written, and writes files atomically."""

from __future__ import annotations

import json
import math
import os
import re
import secrets
import shutil
import stat
from pathlib import Path
from typing import Any

from sphinxext_revguide.model import Problem
from sphinxext_revguide.text.control_characters import all_visible
from sphinxext_revguide.text.late_patterns import late

_LARGEST = 64_000_000
"""Bytes of a file that the user names, or of a page."""
_LARGEST_RECORD = 8_000_000
"""Bytes; the report of a book of ten thousand findings has six million."""
_MOST_VALUES = 1_000_000
"""Lists, objects and members of a JSON text: each of them takes up to a hundred bytes."""
MOST_REPORTED = 50
"""Maximum number of mistakes reported per file, because a stranger may have made a million."""
_HOPELESS = 10_000
AND_MORE = "; further mistakes in the file are not reported"
"""The end of the message of the last mistake that is reported."""
_OUTSIDE = "it is a link that leads out of the book"
_MERGED = late(r"^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?: |$)", re.MULTILINE)


class Mistakes:
    """The mistakes in one file: the first :data:`MOST_REPORTED` problems.

    :param subtype: the subtype of the warnings.
    """

    def __init__(self, subtype: str, path: str) -> None:
        self._subtype, self._path = subtype, path
        self.problems: list[Problem] = []
        self.count = 0
        """How many lines or entries were wrong, reported or not."""

    @property
    def is_hopeless(self) -> bool:
        """Whether there are so many mistakes that the rest of the file is not worth reading."""
        return self.count >= _HOPELESS

    def report(self, line: int, message: str) -> Problem:
        """Return a mistake as a problem, and add it to the problems unless there are enough."""
        self.count += 1
        enough = len(self.problems) + 1 >= MOST_REPORTED
        problem = Problem(line, f"{message}{AND_MORE * enough}", self._subtype, self._path)
        if len(self.problems) < MOST_REPORTED:
            self.problems.append(problem)
        return problem


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path leads to a place inside a folder, after following all links."""
    try:
        resolved = path.resolve()
        # A loop of links stays a link, since Python 3.13; before, it was an error.
        return not resolved.is_symlink() and resolved.is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        # A loop of links, or a name that no file can have.
        return False


def as_named(path: Path) -> Path:
    """Return an absolute path in which no link is followed."""
    return Path(os.path.normpath(path.absolute()))


def path_inside(folder: Path, name: str) -> Path | None:
    """Return where a record of a book is, or would be; a link is followed.

    :param folder: the source directory.
    :param name: the value of a configuration value such as ``revguide_baseline``.
    :returns: None if the name is empty or leads outside the folder.
    """
    path = folder / name
    if not name or not is_inside(path, folder):
        return None
    return path.resolve() if path.is_symlink() else path


def repository_of(folder: Path) -> Path | None:
    """Return the root of the repository that a folder is in, if it is in one."""
    roots = (path for path in (folder, *folder.parents) if (path / ".git").exists())
    return next(roots, None)


def read_text(path: Path, largest: int = _LARGEST) -> str:
    """Return a text file in UTF-8, without its byte order mark.

    :param largest: the size, in bytes, beyond which a file is refused.
    :raises OSError: if it cannot be read, is too large, or is no file but a pipe, say.
    :raises ValueError: if it is not UTF-8, or no file can have such a name.
    """
    text = read_content(path, largest).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_content(path: Path, largest: int = _LARGEST, *, is_named: bool = False) -> bytes:
    """Return the content of a file.

    :param largest: the size, in bytes, beyond which a file is refused.
    :param is_named: whether the user named it, so that it may be a pipe.
    :raises OSError: if it cannot be read, is too large, or is no file but a pipe, say.
    :raises ValueError: if no file can have such a name.
    """
    if not is_named and path.exists() and not path.is_file():
        msg = "it is not a file"
        raise OSError(msg)
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        msg = f"it is larger than {largest:,} bytes"
        raise OSError(msg)
    return content


def read_record(path: Path, book: Path | None = None) -> str:
    """Return a file that belongs to a book: its lock file or baseline, a pattern file, a report.

    All of them are read here. A file of the book is not read through a link that leads out of the
    book: whoever commits such a link could choose a file on the reader's machine.

    :param book: the source directory; default: the folder of the file.
    :raises OSError, ValueError: as :func:`read_text` does, and for such a link; the file may have
        eight million bytes.
    """
    folder = book or path.parent
    if as_named(path).is_relative_to(as_named(folder)) and not is_inside(path, folder):
        msg = f"{_OUTSIDE}; name the file itself"
        raise OSError(msg)
    return read_text(path, _LARGEST_RECORD)


def read_json(text: str) -> Any:
    """Parse a JSON text, with symbols for control characters.

    :raises ValueError: if it is not JSON, nested too deeply or too large, or contains an endless
        number.
    """
    marked = merge_mark(text)
    if marked:
        msg = f"it contains a merge conflict marker on line {marked}"
        raise ValueError(msg)
    if sum(map(text.count, "[{,")) > _MOST_VALUES:
        msg = f"it contains more than {_MOST_VALUES:,} values"
        raise ValueError(msg)
    try:
        return all_visible(json.loads(text, parse_float=_number, parse_constant=_number))
    except RecursionError as error:
        msg = "it is nested too deeply"
        raise ValueError(msg) from error


def merge_mark(text: str) -> int:
    """Return the 1-based line of the first conflict marker of a merge, or 0."""
    match = _MERGED.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def other_version(version: object, known: int) -> str:
    """Return that a file has a version that cannot be read, with the remedy."""
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

    :raises OSError: if it cannot be written; the old content stays.
    """
    replace_bytes(path, text.encode("utf-8", "surrogatepass"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file to a temporary name beside its place, and then rename it.

    If the process is killed on the way, the old content stays. A link to a file of its own folder,
    or of one below, stays a link, and that file is written. Any other link is refused, and the
    new file is never written through one: whoever commits a link could choose what is overwritten.

    :raises OSError: if it cannot be written, or is such a link, or no file but a device, say; what
        was there stays.
    """
    if path.is_symlink():
        if not is_inside(path, path.parent):
            msg = "it is a link that leads out of its folder; name the file itself"
            raise OSError(msg)
        path = path.resolve()
    exists = path.exists()
    if exists and not path.is_file():
        msg = "it is not a file"
        raise OSError(msg)
    draft = path.with_name(f".revguide-{secrets.token_hex(8)}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    mode = stat.S_IMODE(path.stat().st_mode) if exists else 0o666
    descriptor = os.open(draft, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if exists:
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
