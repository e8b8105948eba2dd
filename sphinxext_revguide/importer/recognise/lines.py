"""A line of a guide, and the Markdown markers that begin one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

END = "\0end"
"""An inserted line that ends an issue where no heading does."""

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
QUOTE = re.compile(r" {0,3}> ?(.*)")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)")


class Line(NamedTuple):
    """A line and its 1-based number in the guide; 0 if the importer inserted it."""

    text: str
    number: int


def without_bullet(line: str) -> str:
    """Return the first line of a list item without its marker; any other line unchanged."""
    match = _BULLET.match(line)
    return line[match.end() :] if match else line


def plain_heading(title: str) -> str:
    """Return a heading's text without bold marks."""
    return title.replace("**", "").strip()


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph; blank lines and headings come one by one."""
    own: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if text and not (text[0] == "#" and HEADING.fullmatch(line.text)):
            own.append(line)
            continue
        if own:
            yield own
        yield [line]
        own = []
    if own:
        yield own
