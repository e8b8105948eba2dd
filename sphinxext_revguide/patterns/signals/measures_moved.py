"""Signals of tables whose measures move: what gets better, what gets worse, what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxext_revguide.patterns.columns import column, name_of, width
from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Table
from sphinxext_revguide.patterns.signals.registry import Found, each_table, listed, slow, up_to
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.quantities import first_number


def _direction(context: Context, label: str, *cells: str) -> int:
    """Return whether more of a measure is better (1), worse (-1), or nobody can tell (0).

    "Useful hours" and "image quality" in seconds of arc are among what nobody can tell.
    """
    lower = context.matches("measure-lower", label)
    if lower == context.matches("measure-higher", label) or _TURNED.search(label):
        return 0
    if _QUALITY.search(label) and any(_MEASURED_UNIT.search(cell) for cell in cells):
        return 0
    return -1 if lower else 1


_TURNED = late(
    r"\b(?:useful|productive|saved|free|available|gained|earned|avoided|prevented|without|between"
    r"|resolved|recovered|deflected|billable|less|fewer|reduced|reduction|not)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(r"\b(?:quality|performance|experience)\b", re.IGNORECASE)
_MEASURED_UNIT = late(r"\d\s?(?!of\b|out\b|points?\b|stars?\b)[a-zµ°]{1,12}\b", re.IGNORECASE)


def _moves(context: Context, table: Table) -> Iterator[tuple[str, int, int]]:
    """Yield label, direction of the move, and whether it is better, of each row that moves.

    A move is better (1), worse (-1) or, where nobody can tell from the label, neither (0). Where
    units differ the figures are not compared.
    """
    back = _runs_back(context, table)
    for row in table.rows:
        cells = row.cells[1:3]
        numbers = [first_number(cell) for cell in cells]
        if len(numbers) < 2 or None in numbers or numbers[0] == numbers[1]:
            continue
        if _unit(cells[0]) != _unit(cells[1]):
            continue
        rises = 1 if ((numbers[1] or 0) > (numbers[0] or 0)) is not back else -1
        yield row.cells[0], rises, rises * _direction(context, row.cells[0], *cells)


def _runs_back(context: Context, table: Table) -> bool:
    """Return whether the state after is before the state before."""
    if len(table.head) < 3:
        return False
    new, old = (
        context.matches(lexicon, name) and not context.matches(other, name)
        for lexicon, other, name in (
            ("column-new", "column-old", table.head[1]), ("column-old", "column-new", table.head[2])
        )
    )  # fmt: skip
    return new and old


_UNIT = late(r"\d\s?(%|[a-zµ°]{1,12}\b)?", re.IGNORECASE)
_SAME = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min", "minute": "min",
    "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d",
    "percent": "%",
}  # fmt: skip
_COMPARED = {"%", "ms", "s", "min", "h", "d", "weeks", "months"}


def _unit(cell: str) -> str:
    """Return the unit of a figure, as far as it matters for telling which of two is more."""
    found = (_UNIT.search(cell.replace(",", "")) or [""] * 2)[1] or ""
    unit = _SAME.get(found.lower(), found.lower())
    return unit if unit in _COMPARED else ""


@slow
@up_to(4)
@each_table
def improving(context: Context, table: Table, *, rows: int = 2) -> Found | None:
    """Measures improve from one column to the next; none gets worse, few are unknown."""
    if width(table) < 3:
        return None
    moved = list(_moves(context, table))
    better = [label for label, _rises, good in moved if good == 1]
    if any(good == -1 for _label, _rises, good in moved) or len(moved) < rows or not better:
        return None
    words = f"{len(better)} of {len(moved)} measures get better, and none clearly gets worse"
    facts = {"count": len(better), "total": len(moved), "rows": len(table.rows)}
    return Found(min(len(moved), 4), words, facts=facts)


@slow
@up_to("most")
@each_table
def losing(context: Context, table: Table, *, most: int = 2) -> Found | None:
    """A measure gets worse, from one column to the next or in a column of changes."""
    found = [label for label, _rises, good in _moves(context, table) if good == -1]
    for index, name in enumerate(table.head):
        if context.matches("column-gain", name):
            changes = _changes(context, table, index)
            found += [label for label, good in changes if good == -1 and label not in found]
    if not found:
        return None
    return Found(
        min(len(found), most), f"{listed(found)} got worse", facts={"words": listed(found)}
    )


_GAINED = re.compile(r"\b(?:improvement|gains?|savings?|benefit|uplift|improved)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:reduction|decrease|cut)\b", re.IGNORECASE)


def _changes(context: Context, table: Table, index: int) -> Iterator[tuple[str, int]]:
    """Yield each row's label, and whether the change in a column is better, worse or unknown.

    The sign says where the measure went and its name whether that is better. A column of
    "gains" or "savings" says itself that what has no minus is better.
    """
    name = table.head[index]
    for row in table.rows:
        cell = row.cells[index] if index < len(row.cells) else ""
        value = first_number(cell)
        if value is None:
            continue
        signed = cell.replace(" ", "")[:1] in "+-−" or bool(_ARROW.search(cell))
        rises = -1 if value < 0 or "↓" in cell or "down" in cell.lower() else 1
        known = _direction(context, row.cells[0])
        if _GAINED.search(name):
            good = known * rises if signed and known else 1 if rises == 1 or not known else -1
        elif _LOST.search(name):
            good = -known * rises if known else 0
        else:
            good = known * rises if signed else 0
        yield row.cells[0], 0 if value == 0 else good


_ARROW = re.compile(r"[↑↓]|\b(?:up|down)\b", re.IGNORECASE)


@slow
@each_table
def gains(context: Context, table: Table, *, lexicon: str = "column-gain") -> Found | None:
    """A column of changes has only gains, as far as their direction is known, and no loss."""
    if len(table.rows) < 2:
        return None
    for index, name in enumerate(table.head):
        if context.matches(lexicon, name):
            cells = column(table, index)
            if any(context.polarity(c) == -1 or not re.search(r"\d", c) for c in cells):
                continue
            changes = list(_changes(context, table, index))
            better = sum(good == 1 for _label, good in changes)
            if better < max(1, len(cells) / 2) or any(good == -1 for _label, good in changes):
                continue
            shown = name_of(table, index)
            facts = {"count": better, "total": len(cells), "column": shown}
            words = f"{better} of {len(cells)} rows under “{shown}” are gains"
            return Found(1, words, facts=facts)
    return None
