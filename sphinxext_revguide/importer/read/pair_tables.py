"""Reads tables of an issue that hold its samples or its fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.recognise.labels import (
    Label,
    column_role,
    plain_fields,
    sample_role,
)
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.table_cells import cell_text, cells_of


def is_of_data(block: Block) -> bool:
    """Return whether a table has more than two columns, but not both "Before" and "After".

    Its heads may then be labels of samples by chance.
    """
    cells = cells_of(block.lines[0].text)
    heads = {cell.strip(" *").casefold() for cell in cells}
    return len(cells) > 2 and not heads >= {"before", "after"}


def pair_in(block: Block) -> list[tuple[Label, list[str]]]:
    """Return the labels of BEFORE and AFTER in the head of a table, each with its column's cells.

    :returns: an empty list if either is missing.
    """
    rows = [cells_of(line.text) for line in block.lines]
    if len(rows) < 3 or len(rows[0]) < 2:
        return []
    roles = [column_role(cell) for cell in rows[0]]
    exact = [sample_role(cell) for cell in rows[0]]
    found: list[tuple[Label, list[str]]] = []
    for role in ("before", "after"):
        known = (i for own in (exact, roles) for i, cell in enumerate(own) if cell == role)
        column = next(known, -1)
        cells = [row[column] for row in rows[2:] if column < len(row)]
        if column >= 0:
            found.append((Label(rows[0][column], role, rows[0][column], strong=True), cells))
    return found if len(found) == 2 and found[0][0].words != found[1][0].words else []


_SENTENCE = 4
"""If each BEFORE of a table has at least this many words, each row is a pair of its own."""


def pairs_of_rows(
    block: Block, columns: Sequence[tuple[Label, list[str]]]
) -> Iterator[tuple[Label, Line]]:
    """Yield the samples of a table, with labels: a pair for each row, or one for all if short.

    :param columns: what :func:`pair_in` returned for the table.
    """
    if not columns:
        return
    rows = block.lines[2:]
    (before, old), (after, new) = columns
    if len(rows) == len(old) == len(new) and all(len(text.split()) >= _SENTENCE for text in old):
        for row, *texts in zip(rows, old, new, strict=True):
            for label, text in zip((before, after), texts, strict=True):
                yield label, Line(cell_text(text), row.number)
        return
    for label, texts in columns:
        yield label, Line("\n".join(map(cell_text, texts)), rows[0].number)


def has_pair_table(blocks: Sequence[Block]) -> bool:
    """Return whether any of these blocks is a table of BEFORE and AFTER and not one of data."""
    return any(
        block.kind == "table" and not is_of_data(block) and bool(pair_in(block)) for block in blocks
    )


def fields_in(block: Block) -> list[Label]:
    """Return the fields of a table with a row for each, or with a column for each and one row.

    :returns: an empty list if anything in the table is not a field.
    """
    rows = [cells_of(line.text) for line in block.lines]
    rows = rows[:1] + rows[2:]
    if len(rows) == 2 and len(rows[0]) > 2:
        rows = [list(pair) for pair in zip(*rows, strict=False)]
    elif rows and len(rows[0]) == 2 and not plain_fields(": ".join(rows[0])):
        rows = rows[1:]  # a head such as "Field | Value"
    if any(len(row) != 2 for row in rows):
        return []
    found = [plain_fields(f"{row[0].strip('*: ')}: {row[1]}") for row in rows]
    return [label for labels in found for label in labels] if all(found) else []
