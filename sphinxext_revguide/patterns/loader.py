"""Loads pattern files. Every mistake is a problem with its line; the rest is still loaded."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sphinxext_revguide.files import read_record
from sphinxext_revguide.model import Problem
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.patterns.lexicons import Lexicon
from sphinxext_revguide.patterns.library_builder import LibraryBuilder
from sphinxext_revguide.patterns.parsed_packs import WEIGHTS, parsed, shipped_texts
from sphinxext_revguide.patterns.pattern_file import PatternFile
from sphinxext_revguide.patterns.scales import Column, Table
from sphinxext_revguide.text.control_characters import all_visible
from sphinxext_revguide.text.in_words import cause
from sphinxext_revguide.text.late_patterns import late

# A file may come from a stranger.
_MAX_CHARACTERS = 2_000_000
"""The largest shipped file has a tenth of that."""
_MAX_PARTS = 100
_DEEP_KEY = late(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+)"""
    f"{{{_MAX_PARTS}}}"
)
"""Python's TOML parser takes quadratic time for dotted keys. A key cannot be longer than a line."""


@cache
def load_library() -> Library:
    """Return the shipped patterns.

    :raises ValueError: if a shipped file has a mistake.
    """
    builder = LibraryBuilder(Library({}, {}))
    texts = shipped_texts()
    tables = parsed(texts)
    for name, text in texts.items():
        if name in tables:
            tables_of_file = dict(tables[name])
            builder.lexicons.update(_graded(tables_of_file.pop(WEIGHTS, None)))
            PatternFile(builder, name, []).read(tables_of_file)
        else:
            _read(builder, name, text)
    builder.check_names()
    if builder.problems:
        raise ValueError(str(builder.problems[0]))
    return builder.library


def _graded(weights: Mapping[str, Any] | None) -> dict[str, Lexicon]:
    """Return the lexicons of a table with the weights of words in all of them."""
    if weights is None:
        return {}
    zones = {zone: frozenset(words) for zone, words in weights["zones"].items()}
    table = Table(tuple(weights["names"]), weights["rows"], zones)
    return {name: Lexicon(name, Column(table, name), graded=True) for name in table.names}


def files_digest(paths: Sequence[Path], book: Path | None = None) -> str:
    """Return a hash of the shipped pattern files and of an author's own, valid or not.

    A file that cannot be read counts as empty.

    :param book: the source directory, as for :func:`load_files`.
    """
    digest = hashlib.sha256()
    packs = sorted(files(__package__).joinpath("packs").iterdir(), key=lambda entry: entry.name)
    for entry in packs:
        digest.update(entry.read_bytes() + b"\0")
    for path in paths:
        try:
            text = read_record(path, book)
        except (OSError, ValueError):
            text = ""
        digest.update(f"{path.name}\0{text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def load_files(
    paths: Sequence[Path], base: Library, book: Path | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Add an author's own pattern files to a library.

    :param book: the source directory; symbolic links that lead out of it are not followed.
    :returns: the extended library, and a problem of subtype ``pattern_file`` for each mistake, with
        file, line and remedy. A lexicon replaces the existing one of its name, or adds to it if
        ``extend = true``.
    """
    builder = LibraryBuilder(base)
    for path in paths:
        try:
            text = read_record(path, book)
        except UnicodeDecodeError:
            builder.is_partial = True
            builder.report(str(path), 0, "the file is not UTF-8; save it as UTF-8")
        except (OSError, ValueError) as error:
            builder.is_partial = True
            message = (
                f"the pattern file cannot be read ({cause(error)}); correct its name, or the file"
            )
            builder.report(str(path), 0, message)
        else:
            builder.note_names(text)
            _read(builder, str(path), text)
    builder.check_names()
    return builder.library, tuple(builder.problems)


def load_text(name: str, text: str, base: Library) -> tuple[Library, tuple[Problem, ...]]:
    """Add the patterns in a text to a library, like :func:`load_files`."""
    builder = LibraryBuilder(base)
    builder.note_names(text)
    _read(builder, name, text)
    builder.check_names()
    return builder.library, tuple(builder.problems)


def _read(builder: LibraryBuilder, path: str, text: str) -> None:
    if len(text) > _MAX_CHARACTERS:
        builder.is_partial = True
        builder.report(path, 1, f"the file is longer than {_MAX_CHARACTERS:,} characters; split it")
        return
    for line, written in enumerate(text.split("\n"), 1):
        if written.count(".") >= _MAX_PARTS and _DEEP_KEY.search(written):
            message = "a key has more than a hundred parts; a pattern file needs three"
            builder.report(path, line, message)
            return
    try:
        data = all_visible(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        # ValueError: a number with thousands of digits. RecursionError: deep nesting.
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        builder.report(path, line, f"the file is not valid TOML: {error}")
        return
    PatternFile(builder, path, text.split("\n")).read(data)
