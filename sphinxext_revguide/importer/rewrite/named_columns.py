"""Gives known names to columns of samples whose heads are not known words.

``| On the page | Put instead |`` heads two columns of samples if the cells below contain passages
and one of the names hints at a side. All tables with the same head are judged together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import column_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.rewrite.issue_tables import Row, tables_in

_PASSAGE = 4
"""A cell with at least this many words may be a passage."""
_MOST = 0.6


def with_named_columns(lines: Sequence[Line]) -> list[Line]:
    """Put the name of the side in front of the head of each such column."""
    tables: dict[tuple[str, ...], list[tuple[int, list[Row]]]] = defaultdict(list)
    for start, _end, (head, *rows) in tables_in(lines):
        own = [row for row in rows if len(row[1]) == len(head[1])]
        tables[tuple(head[1])].append((start, own))
    found = list(lines)
    for names, same in tables.items():
        sides = _sides(names, [cells for _start, rows in same for _line, cells in rows])
        if not sides:
            continue
        written = [
            written_name(sides[place], name.strip(" *")) if place in sides else name
            for place, name in enumerate(names)
        ]
        text = f"| {' | '.join(cell.replace('|', '/') for cell in written)} |"
        for start, _rows in same:
            found[start] = Line(text, lines[start].number)
    return found


def _sides(names: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the sides of two neighbouring columns, if known words do not name them.

    :param rows: the cells of all tables with this head.
    :returns: nothing if there are no such columns.
    """
    known = list(map(column_role, names))
    if len(names) < len(SIDES) or {*SIDES} <= {*known}:
        return {}
    for first, second in pairwise(range(len(names))):
        both = (known[first], known[second])
        if both[0] == "after" or both[1] == "before":
            continue
        if not all(_holds_passages(rows, place) for place in (first, second)):
            continue
        roles = meanings(_records((names[first], names[second]), rows, (first, second)), least=0)
        found = tuple(
            role or roles.get(key_of(names[place]), "")
            for role, place in zip(both, (first, second), strict=True)
        )
        if found == SIDES:
            return {first: "before", second: "after"}
    return {}


def _holds_passages(rows: Sequence[Sequence[str]], place: int) -> bool:
    long = sum(len(cells[place].split()) >= _PASSAGE for cells in rows)
    return long > 0 and long >= _MOST * len(rows)


def _records(
    names: Sequence[str], rows: Sequence[Sequence[str]], places: Sequence[int]
) -> Iterator[Record]:
    for section, cells in enumerate(rows):
        for name, place in zip(names, places, strict=True):
            if cells[place]:
                yield Record(name, cells[place], section, passage=True)
