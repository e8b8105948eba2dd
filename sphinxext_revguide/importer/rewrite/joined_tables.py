"""Moves samples from a table of their own to the issues that another table lists.

A workbook has a sheet of issues and one of examples. A column of the examples gives the number or
the title of the issue that each one belongs to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.labels import column_role
from sphinxext_revguide.importer.recognise.lines import END, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, sample_lines
from sphinxext_revguide.importer.rewrite.issue_tables import (
    IssueTable,
    Row,
    issue_table,
    row_key,
    tables_in,
)
from sphinxext_revguide.importer.rewrite.row_pairs import replacement_in, sample_in

_MOST = 0.8
"""At least this share of the samples has to name an issue."""
_SHEETS = 40
"""A text with more tables is not a workbook. Each table of issues is compared with each of samples.
"""
_MARKS = re.compile(r"[()*_`]")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: its first line, the line after it, its head, and its rows."""

    start: int
    end: int
    head: list[str]
    rows: list[Row]
    sides: tuple[int, int] | None
    """The columns of the BEFORE and the AFTER, if there is one of each."""


def with_joined_tables(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each row of a table of issues as an issue, with its rows of a table of samples."""
    tables = list(_tables(lines))
    samples = [table for table in tables if table.sides]
    if not samples or len(tables) > _SHEETS:
        return list(lines)
    for table in tables:
        own = () if table.sides else lines[table.start : table.end]
        issues = issue_table(own, any_name=True)
        if issues is None:
            continue
        for other in samples:
            key = _key(issues, other)
            if key >= 0:
                return list(_joined(lines, table, issues, other, key))
    return list(lines)


def _tables(lines: Sequence[Line]) -> Iterator[_Table]:
    for start, end, (head, *rows) in tables_in(lines):
        if all(len(cells) == len(head[1]) for _line, cells in rows):
            names = [cell.strip(" *") for cell in head[1]]
            yield _Table(start, end, names, rows, _sides(names))


def _sides(head: Sequence[str]) -> tuple[int, int] | None:
    roles = [column_role(name) for name in head]
    both = roles.count("before") == roles.count("after") == 1
    return (roles.index("before"), roles.index("after")) if both else None


def _key(issues: IssueTable, samples: _Table) -> int:
    """Return the column of the samples that names the issues, or -1 if none does."""
    names = {
        cells[column].casefold()
        for _line, cells in issues.rows
        for column in (issues.number, issues.title)
    } - {""}
    for column in range(len(samples.head)):
        named = [cells[column].casefold() for _line, cells in samples.rows]
        known = sum(name in names for name in named)
        if known > 1 and known >= _MOST * len(named):
            return column
    return -1


def _joined(
    lines: Sequence[Line], table: _Table, issues: IssueTable, samples: _Table, key: int
) -> Iterator[Line]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in samples.rows:
        rows[row[1][key].casefold()].append(row)
    written = list(_issues(issues, rows, samples, key))
    left = {line.number for own in rows.values() for line, _cells in own}
    for place, line in enumerate(lines):
        if place == table.start:
            yield from written
        is_sample = samples.start <= place < samples.end and (not left or line.number not in left)
        is_head = place < samples.start + 2 and bool(left)
        if not table.start <= place < table.end and (not is_sample or is_head):
            yield line


def _issues(
    issues: IssueTable, rows: dict[str, list[Row]], samples: _Table, key: int
) -> Iterator[Line]:
    """Yield the issues with their samples, and leave the samples of no issue in ``rows``."""
    names = issues.names()
    for count, (line, cells) in enumerate(issues.rows, 1):
        number, title = cells[issues.number], cells[issues.title]
        yield from apart(Line(f"### ISSUE #{row_key(number) or count}: {title}", line.number))
        for field in issues.fields(names, cells):
            yield from apart(Line(field, line.number))
        for name in (number.casefold(), title.casefold()):
            for own in rows.pop(name, ()):
                yield from _pair(samples, own, key)
    yield from apart(Line(END, 0))


def _pair(samples: _Table, row: Row, key: int) -> Iterator[Line]:
    line, cells = row
    before, after = samples.sides or (key, key)
    said = "; ".join(
        f"{name} {cell}".strip()
        for place, (name, cell) in enumerate(zip(samples.head, cells, strict=True))
        if place not in (key, before, after) and cell
    )
    remark = f" ({_MARKS.sub('', said)})" if said else ""
    yield from sample_lines(f"BEFORE{remark}", [Line(sample_in(cells[before]), line.number)])
    yield from sample_lines("AFTER", [Line(replacement_in(cells[after]), line.number)])
