"""Reads the tables of a Word document, prints them as Markdown, and reads those of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.importer.recognise.table_cells import cells_of
from sphinxext_revguide.importer.word_runs import Run, accepted, markdown

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row

_ALL_BOLD = re.compile(r"\*\*([^*]+)\*\*")


Cell = tuple[Run, ...]
"""The runs of a cell; a run that is an empty line is between its paragraphs."""
Runs = Callable[[Any], Iterable[Run]]


def read_table(table: Table, runs: Runs) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of a table, row by row.

    :param runs: returns the runs of a paragraph, given its ``w:p``.
    """
    return tuple(tuple(tuple(_runs(cell, runs)) for cell in _cells(row)) for row in table.rows)


def print_table(
    rows: Sequence[Sequence[Cell]],
    print_cell: Callable[[Cell], str] = lambda cell: markdown(accepted(cell)),
) -> list[str]:
    """Return the lines of a table in Markdown, by default with all changes accepted."""
    return [
        *table_lines(_with_head([[_as_cell(print_cell(cell)) for cell in row] for row in rows]))
    ]


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


def cells_in(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of a table in Markdown, as a document shows them.

    :returns: nothing if the table would not come back from the document as it is.
    """
    rows = [cells_of(line) for line in (*lines[:1], *lines[2:])]
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


def _runs(part: _Cell | Table, runs: Runs) -> Iterator[Run]:
    """Yield the runs of a cell, or of a table in it."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- an extra

    if not hasattr(part, "iter_inner_content"):
        for row in part.rows:
            for cell in _cells(row):
                yield from _runs(cell, runs)
        return
    for inner in part.iter_inner_content():
        yield from runs(inner._p) if isinstance(inner, Paragraph) else _runs(inner, runs)
        yield Run("\n\n")


def _as_cell(text: str) -> str:
    """Return a text on one line, with ``<br><br>`` between its paragraphs."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.strip())
    return "<br><br>".join(" ".join(part.split()) for part in paragraphs).replace("|", "\\|")
