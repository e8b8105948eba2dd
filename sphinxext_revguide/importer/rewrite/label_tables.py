"""Rewrites tables in which each row, or each column, is a label and its value as labels.

A table is one if it has a BEFORE for each AFTER, or only fields. Its labels are known words, or
they recur in the tables of several issues. The head of a table with a single row below it contains
labels if it recurs as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import column_role, sample_role
from sphinxext_revguide.importer.recognise.lines import HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, sample_lines
from sphinxext_revguide.importer.recognise.table_cells import cell_text
from sphinxext_revguide.importer.rewrite.issue_tables import Row, is_column, tables_in
from sphinxext_revguide.importer.rewrite.row_pairs import sample_in
from sphinxext_revguide.importer.rewrite.titles_below import NUMBER_ALONE, TITLES

_MIN_FIELDS = 2


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of two columns: its first line, the line after it, and its rows, the head first.

    ``turned`` means that its rows are the columns of the guide's table, so that it has no head.
    """

    start: int
    end: int
    rows: list[Row]
    turned: bool = False

    @property
    def keys(self) -> list[str]:
        return [key_of(cells[0]) for _line, cells in self.rows]


def without_label_tables(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the rows of such tables as labels, and put the title of an issue in its heading."""
    tables = _with_heads_turned(list(tables_in(lines)))
    # A head that recurs names the columns, "Field" and "Value", and is not a label.
    counts = Counter(
        (table.rows[0][1][0], table.rows[0][1][1]) for table in tables if not table.turned
    )
    heads = {head for head, count in counts.items() if count > 1}
    recurring = meanings(
        Record(cells[0], cells[1], section)
        for section, table in enumerate(tables)
        for _line, cells in table.rows
        if table.turned or (cells[0], cells[1]) not in heads
    )
    found: list[Line] = []
    done = 0
    for count, table in enumerate(tables, 1):
        roles = _roles(table, recurring)
        if roles is None:
            continue
        found += lines[done : table.start]
        place = _bare_heading(found)
        title = _title(table, roles) if place >= 0 else -1
        if title >= 0:
            match = HEADING.fullmatch(found[place].text)
            number = NUMBER_ALONE.fullmatch(match[2]) if match else None
            text = f"### ISSUE #{number[1] if number else count}: {table.rows[title][1][1]}"
            found[place] = Line(text, found[place].number)
        for index, ((line, cells), role) in enumerate(zip(table.rows, roles, strict=True)):
            found += () if index == title else _row(line, cells, role)
        done = table.end
    return [*found, *lines[done:]]


def _with_heads_turned(tables: Sequence[tuple[int, int, list[Row]]]) -> list[_Table]:
    """Return the tables of two columns, and those of a single row, whose columns become rows."""
    heads = Counter(tuple(rows[0][1]) for _start, _end, rows in tables if _is_single(rows))
    found: list[_Table] = []
    for start, end, rows in tables:
        head = rows[0][1]
        if _is_single(rows) and heads[tuple(head)] > 1:
            turned = [(rows[1][0], [*pair]) for pair in zip(head, rows[1][1], strict=True)]
            found.append(_Table(start, end, turned, turned=True))
        elif all(len(cells) == 2 for _line, cells in rows):
            found.append(_Table(start, end, rows))
    return found


def _is_single(rows: Sequence[Row]) -> bool:
    """Return whether a table has several columns and one row below its head."""
    return len(rows) == 2 and 1 < len(rows[0][1]) == len(rows[1][1])


def _roles(table: _Table, recurring: Mapping[str, str]) -> list[str] | None:
    """Return what the label of each row means, or None if the rows are not labels.

    They are labels if there are as many BEFOREs as AFTERs, or if they are fields that the tables of
    other issues have as well.
    """
    if any(map(column_role, table.rows[0][1])):
        return None
    names = [cells[0] for _line, cells in table.rows]
    roles = [
        sample_role(name) or recurring.get(key, "")
        for name, key in zip(names, table.keys, strict=True)
    ]
    known = sum(bool(role or is_column(name)) for name, role in zip(names, roles, strict=True))
    known -= bool(roles[0] or is_column(names[0]))  # the head may be a label, or not
    sides = [role for role in roles if role in SIDES]
    is_of_fields = not sides and sum(map(bool, roles)) >= _MIN_FIELDS
    is_paired = bool(sides) and sides.count("before") == sides.count("after")
    return roles if (is_paired or is_of_fields) and 2 * known > len(names) - 1 else None


def _bare_heading(lines: Sequence[Line]) -> int:
    """Return the place of the heading right above if it is a number alone, or -1."""
    place = len(lines) - 1
    while place >= 0 and not lines[place].text.strip():
        place -= 1
    match = HEADING.fullmatch(lines[place].text) if place >= 0 else None
    return place if match and NUMBER_ALONE.fullmatch(match[2]) else -1


def _title(table: _Table, roles: Sequence[str]) -> int:
    """Return the row that contains the title of the issue, or -1 if none does."""
    keys = table.keys
    named = (index for index, key in enumerate(keys) if key in TITLES)
    return next(named, 1 if roles[1:] and not roles[1] else -1)


def _row(line: Line, cells: Sequence[str], role: str) -> Iterator[Line]:
    if role in SIDES:
        name = written_name(role, cells[0])
        texts = cell_text(sample_in(cells[1])).split("\n")
        yield from sample_lines(name, [Line(text, line.number) for text in texts])
    elif any(cells):
        yield from apart(Line(f"**{written_name(role, cells[0])}:** {cells[1]}", line.number))
