"""Letters without a heading: numbered points, each called by its own line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinxext_revguide.importer.read.heads import bold_unit
from sphinxext_revguide.importer.read.lines import Line
from sphinxext_revguide.importer.read.pair_lines import apart

_POINT = re.compile(r"\(?([0-9]{1,2})[.):][ \t]+(\S.{1,90}?)[ \t]*")
_MIN = 3
_FIRST = re.compile(r"(?:\*\*)?([A-Z][^*:|]{5,90}[^*:|.,;!?\s])(?:\*\*)?")
_HEADED = re.compile(r" {0,3}(?:#{1,2}[ \t]|={3,}[ \t]*$)")


def with_headings(lines: Sequence[Line]) -> list[Line]:
    """Give a guide without any heading its title, and its points their headings.

    A point is a short numbered line, a paragraph of its own, counted from 1.
    """
    if any(_HEADED.match(line.text) for line in lines):
        return list(lines)
    return _titled(_pointed(lines))


def _titled(lines: Sequence[Line]) -> list[Line]:
    """Make a heading of the first line where it is one, or of the subject of a letter."""
    found = list(lines)
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    first = filled[0] if filled else -1
    alone = first >= 0 and (len(filled) == 1 or filled[1] > first + 1)
    match = _FIRST.fullmatch(lines[first].text.strip()) if alone else None
    if match is not None and not bold_unit(lines[first].text):
        found[first : first + 1] = apart(Line(f"# {match[1]}", lines[first].number))
    return found


def _pointed(lines: Sequence[Line]) -> list[Line]:
    points: dict[int, str] = {}
    for index, line in enumerate(lines):
        match = _POINT.fullmatch(line.text)
        around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
        if match is None or any(neighbour.text.strip() for neighbour in around):
            continue
        if int(match[1]) == len(points) + 1 and not match[2].endswith((".", ":", ";", ",")):
            points[index] = f"### ISSUE #{match[1]}: {match[2]}"
    if len(points) < _MIN:
        return list(lines)
    found: list[Line] = []
    for index, line in enumerate(lines):
        head = points.get(index)
        found += [line] if head is None else apart(Line(head, line.number))
    return found
