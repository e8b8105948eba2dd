"""The columns of a table, whose rows may be of different length."""

from __future__ import annotations

from sphinxext_revguide.patterns.outline import Table


def width(table: Table) -> int:
    """Return how many columns the widest row has."""
    return max((len(row.cells) for row in table.rows), default=0)


def name_of(table: Table, index: int) -> str:
    """Return what a column is called, its number where it has no head."""
    names = table.names or table.head
    return names[index] if index < len(names) else f"column {index + 1}"


def column(table: Table, index: int) -> list[str]:
    """Return the cells of a column, empty if a row is short."""
    return [row.cells[index] if index < len(row.cells) else "" for row in table.rows]
