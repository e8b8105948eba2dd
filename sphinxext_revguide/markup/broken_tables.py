"""Tells whether another text in a cell would break the table around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext_revguide.text.line_ends import bare_lines

if TYPE_CHECKING:
    from sphinxext_revguide.markup.replacement import Place, SourceText

_BAR = re.compile(r"(?<!\\)\|")
_PIPE_RULE = re.compile(r"[ \t>]*[|:-][|: \t-]*")
_GRID_RULE = re.compile(r"[ \t>]*\+[-=+]+\+[ \t]*")
_SIMPLE_RULE = re.compile(r"[ \t>]*=[= ]*=[ \t]*")


def breaks_table(source: SourceText, place: Place, text: str) -> bool:
    """Return whether a text in a place of a file would move the columns or rows of a table.

    Whole rows may be replaced by others.

    :param source: the file.
    :param place: where the replaced text is.
    :param text: the text that would replace it.
    """
    whole = source.place_of_lines(place.line, place.end_line)
    head, old = source.text[whole.start : place.start], source.text[place.start : place.end]
    tail, new = source.text[place.end : whole.end], text.strip("\n")
    same_rows = len(bare_lines(old)) == len(bare_lines(new))
    block = _around(source.lines, place.line - 1, place.end_line - 1)
    if _BAR.search(head) or _BAR.search(tail):
        if any(map(_GRID_RULE.fullmatch, block)):
            return len(old) != len(new) or "\n" in new
        if any("-" in line and "|" in line and _PIPE_RULE.fullmatch(line) for line in block):
            same_bars = len(_BAR.findall(old)) == len(_BAR.findall(new))
            return not (same_rows and same_bars)
    rules = [line for line in block if " " in line.strip() and _SIMPLE_RULE.fullmatch(line)]
    if len(rules) > 1 and (head.strip() or tail.strip()):
        return not same_rows or (bool(tail.strip()) and len(old) != len(new))
    return False


def _around(lines: list[str], first: int, last: int) -> list[str]:
    """Return the lines from one blank line to the next around a passage."""
    while first > 0 and lines[first - 1].strip(" \t>"):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip(" \t>"):
        last += 1
    return lines[first : last + 1]
