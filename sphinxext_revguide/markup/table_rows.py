"""The source lines of tables and of their rows, which not every parser records.

In reST, the texts of the cells know their lines. MyST gives the cells of a pipe table the line of
the head, of a row above that contains markup, or (MyST-Parser 4) of the last directive, and in an
included file the wrong file; but it tells the line of the table, whose rows are one line each. Of a
``csv-table``, docutils counts the lines of each cell from 1, and MyST gives all cells one line: it
is only known where the table begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from docutils import nodes

from sphinxext_revguide.quick_records import record


@record(frozen=True, slots=True)
class TablePlace:
    """The first line of a table, its file ("" if not told), and the lines of its rows.

    ``rows`` is empty if they are not known. ``by_text`` says whether the texts in the cells have
    lines of their own.
    """

    line: int
    source: str
    rows: tuple[int, ...] = ()
    by_text: bool = False


def place_of(table: nodes.Element, rows: Sequence[nodes.Element]) -> TablePlace:
    """Return where a table is.

    :param rows: its rows, those of the head first.
    """
    source = table.source or ""
    if _is_pipe_table(rows):
        start = nearest_line(table)
        # The line of dashes is below the head.
        lines = tuple(start + number + (number > 0) for number in range(len(rows)))
        return TablePlace(start, source, lines)
    places = [_place_of_row(row, table) for row in rows]
    known = [place for place in places if place]
    if not known or not _are_lines_of_rows(known, table):
        return TablePlace(_start(table), source)
    line, source = known[0]
    found: list[int] = []
    for place in places:
        # Nothing tells the line of an empty row.
        found.append(place[0] if place else found[-1] if found else line)
    return TablePlace(line, source, tuple(found), by_text=True)


def nearest_line(node: nodes.Node) -> int:
    """Return a node's line, or that of the nearest node around it that has one."""
    current: nodes.Node | None = node
    while current is not None:
        if current.line:
            return int(current.line)
        current = current.parent
    return 1


def _is_pipe_table(rows: Sequence[nodes.Element]) -> bool:
    """Return whether MyST made the rows from lines with bars.

    It gives them a line, or, within a directive, no line to the texts either.
    """
    texts = chain.from_iterable(row.findall(nodes.paragraph) for row in rows)
    first = next(texts, None)
    return any(row.line is not None for row in rows) or (first is not None and first.line is None)


def _place_of_row(row: nodes.Element, table: nodes.Element) -> tuple[int, str] | None:
    for text in row.findall(nodes.paragraph):
        source = text.source or table.source or ""
        if text.line and source == (table.source or source):
            return text.line, source
    return None


def _are_lines_of_rows(places: Sequence[tuple[int, str]], table: nodes.Element) -> bool:
    """Return whether the lines differ, and are below what is above the table."""
    if len(places) > 1 and len(set(places)) == 1:
        return False
    line, source = min(places)
    return line > _line_above(table, source)


def _start(table: nodes.Element) -> int:
    """Return the line of a table, or of its title, or of what is above it."""
    title = next((child for child in table.children if isinstance(child, nodes.title)), None)
    return table.line or (title and title.line) or _line_above(table, table.source or "") or 1


def _line_above(node: nodes.Element, source: str) -> int:
    """Return the line of the nearest text above a node, or of what contains it; 0 if none is told.

    :param source: the file, if it is known; texts of other files do not count.
    """

    def line(part: nodes.Element) -> int:
        is_there = not source or not part.source or part.source == source
        return part.line or 0 if is_there else 0

    while (parent := node.parent) is not None:
        for sibling in reversed(parent.children[: parent.index(node)]):
            # Of another table, as little may be known.
            if not isinstance(sibling, nodes.table):
                found = max(map(line, sibling.findall(nodes.Element)), default=0)
                if found:
                    return found
        if found := line(parent):
            return found
        node = parent
    return 0
