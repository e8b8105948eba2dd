"""Grid tables of Pandoc, as exports from Word have them -> the pairs in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.read.labels import column_role
from sphinxext_revguide.importer.read.lines import Line
from sphinxext_revguide.importer.read.pair_lines import pair_lines

_RULE = re.compile(r"\s*\+(?:[-=:]{3,}\+){2,}\s*")


def without_grids(lines: Sequence[Line]) -> list[Line]:
    """Write the rows of each grid table of current and revised texts as pairs."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].text.strip()[:1] in ("+", "|"):
            end += 1
        table = lines[index:end]
        if len(table) > 4 and _RULE.fullmatch(table[0].text):
            found += _pairs(table) or table
            index = end
        else:
            found.append(lines[index])
            index += 1
    return found


def _pairs(table: Sequence[Line]) -> list[Line]:
    rows = list(_rows(table))
    roles = [column_role(" ".join(line.text for line in cell)) for cell in rows[0]] if rows else []
    if sorted(set(roles)) not in (["after", "before"], ["", "after", "before"]):
        return []
    before, after = roles.index("before"), roles.index("after")
    found: list[Line] = []
    for row in rows[1:]:
        found += pair_lines(row[before], row[after])
    return found


def _rows(table: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """Yield the rows: of each cell the lines that contain text."""
    rule = table[0].text.rstrip()
    ends = [index for index, char in enumerate(rule) if char == "+"]
    row: list[list[Line]] = [[] for _end in ends[1:]]
    for line in table[1:]:
        if _RULE.fullmatch(line.text):
            yield row
            row = [[] for _end in ends[1:]]
            continue
        for cell, start, end in zip(row, ends, ends[1:], strict=False):
            text = line.text[start + 1 : end].strip()
            if text:
                cell.append(Line(text, line.number))
