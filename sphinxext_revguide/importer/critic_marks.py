"""Reads the marks of CriticMarkup: changes, each with its comments, and comments alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

MARKS = {"{~~": "~~}", "{--": "--}", "{++": "++}", "{==": "==}", "{>>": "<<}"}
"""The beginning of each kind of mark, and its end."""
_OPENING = re.compile("|".join(map(re.escape, MARKS)))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its offsets in the chapter, its old and new text, and its comment."""

    start: int
    end: int
    old: str = ""
    new: str = ""
    comment: str = ""


def marks_in(text: str) -> Iterator[Mark]:
    """Yield the marks of a text in order, each with the comments directly after it."""
    place = 0
    unclosed: set[str] = set()
    waiting: Mark | None = None
    while (opening := _OPENING.search(text, place)) is not None:
        start, kind = opening.start(), opening[0]
        close = -1 if kind in unclosed else text.find(MARKS[kind], start + 3)
        if close < 0:
            # Nothing closes this kind from here on: do not search to the end again.
            unclosed.add(kind)
            place = start + 3
            continue
        inside = text[start + 3 : close]
        if kind in inside:
            # The end belongs to a later mark of this kind: this one is not closed.
            place = start + 3
            continue
        place = close + 3
        if kind == "{>>" and waiting is not None and waiting.end == start:
            comments = filter(None, (waiting.comment, _unescaped(inside)))
            waiting = replace(waiting, end=place, comment="\n\n".join(comments))
            continue
        if waiting is not None:
            yield waiting
        waiting = _read(kind, inside, start, place)
    if waiting is not None:
        yield waiting


def open_marks_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the kind of each mark that is not closed before the next of its kind."""
    for kind, end in MARKS.items():
        parts = re.split(rf"({re.escape(kind)}|{re.escape(end)})", text)
        place, opened = 0, -1
        for part in parts:
            if part == kind and opened >= 0:
                yield opened, kind
            opened = place if part == kind else -1 if part == end else opened
            place += len(part)


def _read(kind: str, inside: str, start: int, end: int) -> Mark:
    if kind == "{~~":
        old, _arrow, new = inside.partition("~>")
        return Mark(start, end, _unescaped(old), _unescaped(new))
    text = _unescaped(inside)
    if kind == "{>>":
        return Mark(start, end, comment=text)
    old, new = "" if kind == "{++" else text, "" if kind == "{--" else text
    return Mark(start, end, old, new)


def _unescaped(text: str) -> str:
    """Remove the zero-width spaces that an export puts into texts that look like marks."""
    return text.replace("\u200b", "")


def paragraphs_with(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Yield the offsets of each paragraph that contains marks, and its marks, in order."""
    found: list[tuple[int, int, list[Mark]]] = []
    for place, mark in enumerate(marks):
        if found and mark.start < found[-1][1]:
            found[-1][2].append(mark)
            continue
        start = text.rfind("\n\n", 0, mark.start)
        stop = text.find("\n\n", mark.end)
        for other in marks[place + 1 :]:
            if not 0 <= other.start < stop:
                break
            # An empty line inside a mark does not end the paragraph.
            stop = text.find("\n\n", other.end) if other.end > stop else stop
        above = found[-1][1] if found else 0
        begin = max(0 if start < 0 else start + 2, above)
        found.append((begin, len(text) if stop < 0 else stop, [mark]))
    yield from found
