"""Corrects the lines that MyST-Parser gives to what is inside nested colon fences.

Where a colon fence begins directly with another one, MyST-Parser (5.2 and before) puts a line
between them and counts all lines of the content one too high, once for each such fence around.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.markup.fence_lines import read_fence
from sphinxext_revguide.page_source import page_source, typed_text


@cache
def host_shifts_lines() -> bool:
    """Whether the installed MyST-Parser counts these lines wrongly."""
    settings = {
        "myst_enable_extensions": ["colon_fence"],
        "warning_stream": io.StringIO(),
        "report_level": 5,
    }
    text = "::::{container}\n:::{container}\ntext\n:::\n::::"
    tree = publish_doctree(text, parser=Parser(), settings_overrides=settings)
    return any(node.line != 3 for node in tree.findall(nodes.paragraph))


def shifted_ranges(path: str) -> tuple[tuple[int, int], ...]:
    """Return the first and last line (1-based) of each shifted content of a file.

    There are none if the file cannot be read, or if MyST counts correctly.
    """
    typed = typed_text(path)
    if typed is not None:
        return _ranges_of(typed)
    try:
        state = os.stat(path)  # noqa: PTH116 -- asked for each directive, and a path takes as long
        return _ranges_in(path, state.st_mtime_ns, state.st_size)
    except (OSError, ValueError):
        return ()


@lru_cache(maxsize=16)
def _ranges_in(path: str, _time: int, _size: int) -> tuple[tuple[int, int], ...]:
    return _ranges_of(page_source(Path(path)))


@lru_cache(maxsize=16)
def _ranges_of(text: str) -> tuple[tuple[int, int], ...]:
    if ":::" not in text or not host_shifts_lines():
        return ()
    return tuple(_ranges(text.split("\n")))


def _ranges(lines: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int, bool]] = []  # mark, line, whether its content is markup

    def close(place: int, line: int) -> None:
        for mark, start, is_markup in opened[place:]:
            following = lines[start].lstrip() if start < len(lines) else ""
            if mark[0] == ":" and is_markup and following.startswith(":::") and line - 1 > start:
                found.append((start + 1, line - 1))
        del opened[place:]

    for number, line in enumerate(lines, 1):
        fence = read_fence(line)
        if fence is None:
            continue
        place = next((i for i, (mark, *_) in enumerate(opened) if fence.closes(mark)), None)
        if place is not None:
            close(place, number)
        elif not opened or opened[-1][2]:
            opened.append((fence.mark, number, fence.is_directive))
    close(0, len(lines) + 1)
    return found


@lru_cache(maxsize=64)
def _true_lines(ranges: tuple[tuple[int, int], ...], above: int) -> dict[int, int]:
    changes: dict[int, int] = {}
    for first, last in ranges:
        if first > above:
            changes[first] = changes.get(first, 0) + 1
            changes[last + 1] = changes.get(last + 1, 0) - 1
    if not changes:
        return {}
    shifts = accumulate(changes.get(line, 0) for line in range(1, max(changes) + 1))
    found: dict[int, int] = {}
    for line, shift in enumerate(shifts, 1):
        if shift:
            found.setdefault(line + shift, line)
    return found


def true_line(ranges: tuple[tuple[int, int], ...], line: int, above: int = 0) -> int:
    """Return the true line of a file for a line that MyST gives.

    :param ranges: what :func:`shifted_ranges` returns for the file.
    :param line: the 1-based line that MyST gives.
    :param above: the line from which on lines must be corrected: lines of fences that begin further
        up are already correct.
    """
    return _true_lines(ranges, above).get(line, line)
