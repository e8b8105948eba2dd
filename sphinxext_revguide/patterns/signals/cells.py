"""Signals of tables: headers, columns by role, polarity, improvement, sides."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Table
from sphinxext_revguide.patterns.signals.registry import Found, Signal, listed, signal


def each_table(function: Callable[..., Found | None]) -> Signal:
    """Register a signal of one table; of several tables the strongest counts."""

    @functools.wraps(function)
    def strongest(context: Context, **params: Any) -> Found | None:
        found = [one for table in context.tables if (one := function(context, table, **params))]
        return max(found, key=lambda one: one.strength, default=None)

    return signal(strongest)


def width(table: Table) -> int:
    """Return how many columns the widest row has."""
    return max((len(row.cells) for row in table.rows), default=0)


def column(table: Table, index: int) -> list[str]:
    """Return the cells of a column, empty where a row is short."""
    return [row.cells[index] if index < len(row.cells) else "" for row in table.rows]


def _name(table: Table, index: int) -> str:
    return table.head[index] if index < len(table.head) else f"column {index + 1}"


@each_table
def head(context: Context, table: Table, *, lexicon: str = "", least: int = 1) -> Found | None:
    """Column names hold words of the lexicon; needs that many columns."""
    found = [name for name in table.head if context.matches(lexicon, name)]
    kind = "column" if len(found) == 1 else "columns"
    return Found(1, f"{kind} {listed(found)}") if len(found) >= least else None


@each_table
def explained(
    context: Context, table: Table, *, lexicon: str = "column-explains", words: int = 3
) -> Found | None:
    """A column named by the lexicon says something in most rows, in so many words on average."""
    for index, name in enumerate(table.head):
        cells = [len(cell.split()) for cell in column(table, index) if cell.strip()]
        told = len(cells) >= max(2, len(table.rows) / 2) and sum(cells) >= words * len(cells)
        if index and told and context.matches(lexicon, name):
            return Found(1, f"column “{name}” explains each row")
    return None


@each_table
def positive_column(context: Context, table: Table, *, rows: int = 3) -> Found | None:
    """A column judges every row, and always well."""
    body = [row for row in table.rows if not _is_total(row.cells)]
    if len(body) < rows:
        return None
    for index in range(width(table) - 1, 0, -1):
        cells = [row.cells[index] if index < len(row.cells) else "" for row in body]
        judged = [context.polarity(cell) for cell in cells]
        if any(one in (0, -1) for one in judged):
            return None
        if judged.count(1) >= 0.8 * len(judged):
            words = f"{judged.count(1)} of {len(judged)} cells under “{_name(table, index)}”"
            return Found(1, f"{words} are positive")
    return None


@each_table
def troubled_cells(context: Context, table: Table, *, most: int = 3) -> Found | None:
    """Cells judge badly or by halves: failed, waived, pending."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    found = [cell for cell in cells if context.polarity(cell) in (0, -1)]
    if not found:
        return None
    return Found(min(len(found), most), f"not everything is well: {listed(found[:3])}")


def _is_total(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].lower().startswith(("total", "sum", "overall", "all in"))


@each_table
def perfect_ratio(_context: Context, table: Table, *, rows: int = 3) -> Found | None:
    """Two columns of counts are equal in every row, or a cell of each row says "5/5"."""
    if len(table.rows) < rows:
        return None
    columns = [[number(cell) for cell in column(table, i)] for i in range(width(table))]
    for left, right in itertools.pairwise(columns[1:]):
        if all(a is not None and a == b for a, b in zip(left, right, strict=True)):
            return Found(1, f"the counts are equal in {len(left)} of {len(left)} rows")
    for index in range(1, width(table)):
        pairs = [_RATIO.fullmatch(cell.strip()) for cell in column(table, index)]
        if all(pair is not None and pair[1] == pair[2] for pair in pairs):
            return Found(1, f"{len(pairs)} of {len(pairs)} rows have full marks")
    return None


_RATIO = re.compile(r"(\d{1,4})\s?(?:/|of|out of)\s?(\d{1,4})")
_NUMBER = re.compile(
    r"([-+−]?)[~$€£¥<>≤≥≈]*\s?(\d[\d,]*(?:\.\d+)?)\s*(k|m|bn|million|billion)?\b", re.IGNORECASE
)
_SCALE = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def number(text: str) -> float | None:
    """Return the first number of a text, with its thousands and millions."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    value = float(match[2].replace(",", "")) * _SCALE.get((match[3] or "").lower(), 1)
    return -value if match[1] in ("-", "−") else value


def _direction(context: Context, label: str) -> int:
    """Return whether more of a measure is better (1), worse (-1) or neither (0)."""
    if context.matches("measure-lower", label):
        return -1
    return 1 if context.matches("measure-higher", label) else 0


@each_table
def improving(context: Context, table: Table, *, rows: int = 2) -> Found | None:
    """From one column to the next, every measure moves and none gets worse."""
    if width(table) < 3:
        return None
    better, worse, moved = 0, 0, 0
    for row in table.rows:
        numbers = [number(cell) for cell in row.cells[1:3]]
        if len(numbers) < 2 or None in numbers or numbers[0] == numbers[1]:
            continue
        moved += 1
        rises = 1 if (numbers[1] or 0) > (numbers[0] or 0) else -1
        known = _direction(context, row.cells[0])
        better, worse = better + (known == rises), worse + (known == -rises)
    if worse or moved < rows or not better:
        return None
    return Found(min(moved, 4), f"{moved} of {moved} measures move, and none for the worse")


@each_table
def losing(context: Context, table: Table, *, most: int = 2) -> Found | None:
    """A measure gets worse from one column to the next."""
    found = []
    for row in table.rows:
        numbers = [number(cell) for cell in row.cells[1:3]]
        if len(numbers) == 2 and None not in numbers and numbers[0] != numbers[1]:
            rises = 1 if (numbers[1] or 0) > (numbers[0] or 0) else -1
            if _direction(context, row.cells[0]) == -rises:
                found.append(row.cells[0])
    if not found:
        return None
    return Found(min(len(found), most), f"{listed(found)} got worse")


@each_table
def gains(context: Context, table: Table, *, lexicon: str = "column-gain") -> Found | None:
    """A column of gains holds gains only."""
    if len(table.rows) < 2:
        return None
    for index, name in enumerate(table.head):
        if context.matches(lexicon, name):
            cells = column(table, index)
            if all(context.polarity(cell) != -1 for cell in cells) and all(
                re.search(r"\d", cell) for cell in cells
            ):
                return Found(1, f"all {len(cells)} rows under “{name}” are gains")
    return None


@each_table
def winner(context: Context, table: Table) -> Found | None:
    """A column names a winner, and it is one side except for ties."""
    if len(table.rows) < 3:
        return None
    for index, name in enumerate(table.head):
        if not context.matches("column-winner", name):
            continue
        cells = column(table, index)
        ties = sum(context.matches("tie", cell) for cell in cells)
        won = {
            re.sub(r"[^\w.]", "", cell.lower())
            for cell in cells
            if not context.matches("tie", cell)
        }
        marked = sum(context.matches("polarity-mark", cell) for cell in cells)
        if (len(won) == 1 or marked + ties == len(cells)) and ties < len(cells) / 2 + 0.1:
            return Found(1, f"one side wins {len(cells) - ties} of {len(cells)} rows, none is lost")
    return None


_TIME = r"(?:s|sec|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|weeks?|business days?)"
_OFFSET = re.compile(
    rf"(?:immediate\w*|at once|[<+T~≤]*\s*\+?\d+(?:\s?(?:-|to)\s?\d+)?\s*{_TIME}\b"
    r"|(?:within|by|minute|min)\b.*\d)",
    re.IGNORECASE,
)


@each_table
def offset_column(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """Times after the start stand beside most steps."""
    for index in range(1, width(table)):
        cells = column(table, index)
        timed = sum(bool(_OFFSET.match(cell)) for cell in cells)
        if len(cells) >= 2 and timed >= share * len(cells):
            return Found(1, f"{len(cells)} steps, each with its minute")
    return None


@each_table
def activities(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """The second column tells what is done, not who is there or at what hour."""
    if width(table) < 2:
        return None
    cells = column(table, 1)
    told = sum(_is_activity(cell) for cell in cells)
    return Found(1, f"{told} of {len(cells)} activities") if told >= share * len(cells) else None


def _is_activity(text: str) -> bool:
    words = text.split()
    named = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 9 and not words[0][:1].isdigit() and not named


@each_table
def yes_no(context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """The cells answer yes or no, as in a matrix of features."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    answers = sum(context.is_whole("yes-no", cell) for cell in cells)
    return Found(1, "a matrix of yes and no") if cells and answers >= share * len(cells) else None


@each_table
def sides(_context: Context, table: Table, *, rows: int = 3, most: int = 4) -> Found | None:
    """Two to three options are weighed against each other row by row, and differ."""
    if len(table.rows) < rows or not 3 <= width(table) <= most:
        return None
    unequal = sum(len(set(row.cells[1:])) > 1 for row in table.rows)
    if unequal < 0.7 * len(table.rows):
        return None
    return Found(1, f"{unequal} of {len(table.rows)} rows set the sides against each other")


@each_table
def weighing_rows(
    context: Context, table: Table, *, lexicon: str = "weighing", least: int = 2
) -> Found | None:
    """The rows weigh time, money, risk, people."""
    found = [cell for cell in column(table, 0) if context.matches(lexicon, cell)]
    return Found(1, f"it weighs {listed(found[:3])}") if len(found) >= least else None


@each_table
def numeric(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """Most cells beside the first column are figures."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    figures = sum(number(cell) is not None and len(cell.split()) <= 5 for cell in cells)
    if not cells or figures < share * len(cells):
        return None
    return Found(1, f"{figures} of {len(cells)} cells are figures")


@each_table
def totalled(_context: Context, table: Table) -> Found | None:
    """The last row sums up the others."""
    if len(table.rows) < 4 or not any(_is_total(row.cells) for row in table.rows[-2:]):
        return None
    return Found(1, f"{len(table.rows) - 1} rows and their total")


@each_table
def rising(_context: Context, table: Table, *, rows: int = 4, columns: int = 2) -> Found | None:
    """Columns of figures rise from row to row without a dip."""
    if len(table.rows) < rows:
        return None
    names = []
    for index in range(1, width(table)):
        numbers = [number(cell) for cell in column(table, index)]
        known = [one for one in numbers if one is not None]
        steady = len(known) == len(numbers) and all(a <= b for a, b in itertools.pairwise(known))
        if steady and known[0] < known[-1]:
            names.append(_name(table, index))
    if len(names) < columns:
        return None
    return Found(1, f"{listed(names)} rise through {len(table.rows)} rows without a dip")
