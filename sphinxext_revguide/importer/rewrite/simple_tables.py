"""Rewrites tables that Pandoc draws with dashes alone as labels.

An export from Word has the fields of an issue in such a table, a name and a value in each row. This
module also adds missing bars at the ends of the rows of pipe tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.issue_tables import is_column

_RULE = re.compile(r" *-{2,}(?: +-{2,})+ *")
_LONG = 60
"""A table with more lines is not one of fields."""
_MIN = 2


def without_simple_tables(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the rows of each table of names and values as labels; other tables stay as they are.

    ``Weight   Very high`` between two rules of dashes becomes ``**Weight:** Very high``.
    """
    found: list[Line] = []
    place = 0
    while place < len(lines):
        end = _end(lines, place)
        labels = list(_labels(lines[place:end])) if end else []
        found += labels or [lines[place]]
        place = end if labels else place + 1
    return found


def _end(lines: Sequence[Line], place: int) -> int:
    """Return the line after the table that begins at a line and ends with the same rule, or 0."""
    rule = lines[place].text.rstrip()
    if not _RULE.fullmatch(rule):
        return 0
    for end in range(place + 1, min(place + _LONG, len(lines))):
        if _RULE.fullmatch(lines[end].text):
            return end + 1 if lines[end].text.rstrip() == rule else 0
    return 0


def _labels(table: Sequence[Line]) -> Iterator[Line]:
    """Yield a label for each row, if there are two columns and all names are known."""
    columns = [match.start() for match in re.finditer("-+", table[0].text)]
    rows: list[tuple[str, str, int]] = []
    for line in table[1:-1]:
        name, value = (line.text[columns[0] : columns[1]], line.text[columns[1] :])
        name, value = name.strip(" *_:"), value.strip()
        if not name and rows:
            # The value continues on this line.
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {value}".strip(), rows[-1][2])
        else:
            rows.append((name, value, line.number))
    if len(columns) == _MIN <= len(rows) and all(is_column(name) for name, _, _ in rows):
        for name, value, number in rows:
            yield from apart(Line(f"**{name}:** {value}".rstrip(), number))


_RULE_WITHOUT_BARS = re.compile(r" {0,3}:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)+[ \t]*")


def with_outer_bars(lines: Sequence[Line]) -> list[Line]:
    """Add bars at both ends of the rows of pipe tables that have none there."""
    found = list(lines)
    end = 1  # the line after the last table
    for place, line in enumerate(lines):
        if place < end or "|" not in line.text or not _RULE_WITHOUT_BARS.fullmatch(line.text):
            continue
        head = lines[place - 1].text
        if "|" not in head or head.lstrip().startswith("|"):
            continue
        end = place + 1
        while end < len(lines) and "|" in lines[end].text:
            end += 1
        found[place - 1 : end] = [
            Line(f"| {own.text.strip()} |", own.number) for own in lines[place - 1 : end]
        ]
    return found
