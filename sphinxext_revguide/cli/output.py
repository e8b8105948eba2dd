"""Reads and writes files and messages for commands, and turns errors into refusals."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sphinxext_revguide.files import is_inside, read_content, replace_text
from sphinxext_revguide.text.control_characters import json_text, message, one_line

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
REFUSED = 2
"""Exit status if there was nothing to work on, or no place to write."""


class RefusedError(Exception):
    """The command cannot be carried out; the message says why."""


def positive(text: str) -> int:
    """Return the value of an option that must be a whole number of at least 1.

    :raises argparse.ArgumentTypeError: if it is not such a number.
    """
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        msg = f"{text!r} is not a positive whole number"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def read(path: Path) -> str:
    """Return a text file without its byte order mark.

    :raises RefusedError: if it cannot be read.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        msg = f"{path}: line {line} is not UTF-8 (byte {error.start}); save the file as UTF-8"
        raise RefusedError(msg) from error


def read_found(path: Path, folder: Path) -> str:
    """Return a text file that was found in a folder; :func:`read` returns one that the user names.

    :raises RefusedError: if it is not a file, is a link that leads out of the folder, or cannot be
        read.
    """
    if not is_inside(path, folder):
        msg = f"{path}: is a link to a place outside {folder}"
        raise RefusedError(msg)
    if path.exists() and not path.is_file():
        msg = f"{path}: is not a file"
        raise RefusedError(msg)
    return read(path)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, or of a pipe that the user names.

    :raises RefusedError: if it cannot be read, or is too large.
    """
    try:
        return read_content(path, is_named=True)
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"
        raise RefusedError(msg) from error


def check_new(
    path: Path,
    *,
    replace: bool,
    taken: str = "already exists; use --force to overwrite it",
    example: str = "",
) -> None:
    """Check that a file to be written does not exist yet, or may be replaced.

    :param taken: the message if it exists and must not be replaced.
    :param example: a file name to suggest if the path is a folder.
    :raises RefusedError: if it must not be replaced, or is a folder.
    """
    if path.is_dir():
        such = f", such as {path / example}" if example else ""
        msg = f"{path}: is a folder; name a file in it{such}"
        raise RefusedError(msg)
    if path.exists() and not replace:
        msg = f"{path}: {taken}"
        raise RefusedError(msg)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn errors while a file is written into refusals.

    :raises RefusedError: if it cannot be written.
    """
    try:
        yield
    except OSError as error:
        msg = f"{path}: cannot be written: {_no_folder(path) or error.strerror or error}"
        raise RefusedError(msg) from error


def _no_folder(path: Path) -> str:
    """Return what is wrong with the folder for a file to be written, if anything."""
    folder = path.parent
    if folder.is_dir():
        return ""
    if folder.exists():
        return f"{folder} is a file; name a folder"
    return f"there is no folder {folder}; create it"


def save(path: Path, text: str, *, parents: bool = False) -> None:
    """Write a text file; if that fails, the previous content stays.

    :param parents: whether to create its folder.
    :raises RefusedError: if it cannot be written.
    """
    with writing(path):
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)


def difference(name: str, old: str, new: str) -> Iterator[str]:
    """Yield the lines of a unified diff of two versions of a file, each as :func:`one_line`.

    In a pipe, lines keep their carriage returns, which ``git apply`` compares.
    """
    before, after = _LINE.findall(old), _LINE.findall(new)
    carriage_return = "" if sys.stdout.isatty() else "\r"
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        text = line.removesuffix("\n")
        end = carriage_return if text.endswith("\r") else ""
        yield one_line(text.removesuffix("\r")) + end
        if not line.endswith(("\n", "\r")):
            yield "\\ No newline at end of file"


def write(text: str) -> None:
    """Write a page to standard output, in UTF-8 whatever the locale: it is data, not a message.

    A terminal gets each line as :func:`one_line`; a pipe or a file gets the text as it is.

    :raises RefusedError: if it cannot be written, for example because the disk is full.
    """
    if sys.stdout.isatty():
        text = "\n".join(map(one_line, text.split("\n")))
    _write(text)


def _write(text: str) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    try:
        if buffer is None:
            sys.stdout.write(text)
            return
        sys.stdout.flush()
        buffer.write(text.encode("utf-8", "surrogatepass"))
        buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        msg = f"standard output: cannot be written: {error.strerror or error}"
        raise RefusedError(msg) from error


def drop_output() -> None:
    """Discard what is left in the buffer, or Python would fail to write it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(data: Any) -> None:
    """Write data as JSON to standard output."""
    _write(json_text(data, indent=2) + "\n")


def show(line: str) -> None:
    """Write a line to standard output as :func:`one_line`, with its spaces."""
    _write(f"{one_line(line)}\n")


def say(text: str) -> None:
    """Write a message, one line, to standard output."""
    _write(f"{message(text)}\n")


def log(text: str) -> None:
    """Write a message to standard error, whose encoding may lack some characters."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(f"{message(text)}\n".encode(encoding, "backslashreplace").decode(encoding))
