"""Reads tables by column; their rows may have different lengths."""

from __future__ import annotations

from sphinxext_revguide.patterns.outline import Table


def width(table: Table) -> int:
    """Return the number of columns of the widest row."""
    return max((len(row.cells) for row in table.rows), default=0)


def name_of(table: Table, index: int) -> str:
    """Return the name of a column, or its number if it has no header."""
    names = table.names or table.head
    return names[index] if index < len(names) else f"column {index + 1}"


def column(table: Table, index: int) -> list[str]:
    """Return the cells of a column; an empty one for each row that is too short."""
    return [row.cells[index] if index < len(row.cells) else "" for row in table.rows]
