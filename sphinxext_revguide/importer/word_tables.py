"""The tables of a Word document as tables of Markdown, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sphinxext_revguide.importer.word_runs import accepted, markdown, runs_of

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row

_BAR = re.compile(r"(?<!\\)\|")
_ALL_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def read_table(table: Table) -> list[list[str]]:
    """Return the cells of a table, row by row, as Markdown with all changes accepted."""
    return _with_head([[_as_cell(_text(cell)) for cell in _cells(row)] for row in table.rows])


def _with_head(rows: list[list[str]]) -> list[list[str]]:
    """Return rows without the bold type of the first one: it is the head, and bold anyway."""
    if rows and all(not text or _ALL_BOLD.fullmatch(text) for text in rows[0]):
        rows[0] = [_ALL_BOLD.sub(r"\1", text) for text in rows[0]]
    return rows


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown; its columns are those of the longest row."""
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"
        if number == 0:
            yield f"|{'---|' * width}"


def cells_of(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of a table in Markdown, as a document shows them.

    :returns: nothing if the table would not come back from the document as it is.
    """
    rows = [
        [cell.strip().replace("\\|", "|") for cell in _BAR.split(line)[1:-1]]
        for line in (*lines[:1], *lines[2:])
    ]
    back = [[_as_cell(text) for text in row] for row in rows]
    is_same = len({*map(len, rows)}) == 1 and [*table_lines(_with_head(back))] == [*lines]
    return rows if is_same and rows[0] else []


def _cells(row: _Row) -> Iterator[_Cell]:
    """Yield the cells of a row, merged ones once."""
    last = None
    for cell in row.cells:
        if cell._tc is not last:
            yield cell
        last = cell._tc


def _text(part: _Cell | Table) -> str:
    """Return the text of a cell, or of a table in it."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- an extra

    if not hasattr(part, "iter_inner_content"):
        return "\n".join(_text(cell) for row in part.rows for cell in _cells(row))
    return "\n".join(
        markdown(accepted(runs_of(inner._p))) if isinstance(inner, Paragraph) else _text(inner)
        for inner in part.iter_inner_content()
    )


def _as_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
