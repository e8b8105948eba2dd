"""Reading, writing and reporting, with the errors that a user can fix."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinxext_revguide.files import replace_text
from sphinxext_revguide.text.control_characters import message, visible

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
REFUSED = 2
"""Exit status where there was nothing to work on, or no place to write."""


class RefusedError(Exception):
    """The command cannot be carried out; the message says why."""


def read(path: Path) -> str:
    """Return a text file without its byte order mark.

    :raises RefusedError: if it cannot be read.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise RefusedError(msg) from error


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    :raises RefusedError: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise RefusedError(msg) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write a file inside.

    :raises RefusedError: if it cannot be written.
    """
    try:
        yield
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror or error}"
        raise RefusedError(msg) from error


def save(path: Path, text: str) -> None:
    """Write a text file; if that fails, the previous content stays.

    :raises RefusedError: if it cannot be written.
    """
    with writing(path):
        replace_text(path, text)


def difference(name: str, old: str, new: str) -> Iterator[str]:
    """Yield the lines of a unified diff of two states of a file, with control characters shown.

    In a pipe, lines keep their carriage returns, which ``git apply`` compares.
    """
    before, after = _LINE.findall(old), _LINE.findall(new)
    carriage_return = "" if sys.stdout.isatty() else "\r"
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        text = line.removesuffix("\n")
        end = carriage_return if text.endswith("\r") else ""
        yield visible(text.removesuffix("\r")) + end
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def write(text: str) -> None:
    """Write a page to standard output, in UTF-8 whatever the locale: it is data, not a message."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()


def say(text: str) -> None:
    """Write a message, one line, to standard output."""
    write(f"{message(text)}\n")


def log(text: str) -> None:
    """Write a message to standard error, which need not know all of its characters."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(f"{message(text)}\n".encode(encoding, "backslashreplace").decode(encoding))
