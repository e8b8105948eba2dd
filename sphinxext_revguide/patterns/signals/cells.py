"""Signals of tables: headers, columns by role, polarity, improvement, sides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from sphinxext_revguide.patterns.columns import column, name_of, width
from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Table
from sphinxext_revguide.patterns.signals.registry import Found, each_table, listed, signal, up_to
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.quantities import first_number


@each_table
def head(context: Context, table: Table, *, lexicon: str = "", least: int = 1) -> Found | None:
    """The names of at least a given number of columns contain words of the lexicon."""
    found = [name for name in table.head if context.matches(lexicon, name)]
    kind = "column" if len(found) == 1 else "columns"
    return Found(1, f"{kind} {listed(found)}") if len(found) >= least else None


@each_table
def explained(
    context: Context, table: Table, *, lexicon: str = "column-explains", words: int = 3
) -> Found | None:
    """A column explains the rows: of reasons or notes, say, with several words in most cells.

    The lexicon holds the names of such columns; ``words`` is how many a cell has on average.
    """
    for index, name in enumerate(table.head):
        cells = [len(cell.split()) for cell in column(table, index) if cell.strip()]
        hits = len(cells) >= max(2, len(table.rows) / 2) and sum(cells) >= words * len(cells)
        if index and hits and context.matches(lexicon, name):
            return Found(1, f"column “{name}” explains each row")
    return None


@each_table
def positive_column(context: Context, table: Table, *, rows: int = 3) -> Found | None:
    """A column gives every row a positive verdict."""
    body = [row for row in table.rows if not _is_total(row.cells)]
    if len(body) < rows:
        return None
    for index in range(width(table) - 1, 0, -1):
        cells = [row.cells[index] if index < len(row.cells) else "" for row in body]
        judged = [context.polarity(cell) for cell in cells]
        if any(index in (0, -1) for index in judged):
            return None
        if judged.count(1) >= 0.8 * len(judged):
            words = f"{judged.count(1)} of {len(judged)} cells under “{name_of(table, index)}”"
            facts = {
                "count": judged.count(1), "total": len(judged), "column": name_of(table, index)
            }  # fmt: skip
            return Found(1, f"{words} are positive", facts=facts)
    return None


@up_to("most")
@each_table
def troubled_cells(context: Context, table: Table, *, most: int = 3) -> Found | None:
    """Cells give a negative or partial verdict: failed, waived, pending."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    found = [cell for cell in cells if context.polarity(cell) in (0, -1)]
    if not found:
        return None
    return Found(min(len(found), most), f"not everything is positive: {listed(found[:3])}")


_TOTAL = late(
    r"\W*(?:(?:grand|net|gross|annual|yearly|monthly|quarterly|weekly|daily|running|combined"
    r"|overall|project|programme|program|estimated|sub)[ -]?){0,3}"
    r"(?:totals?|subtotals?|sum|in all|all in|altogether|overall)(?: [\w ]{0,30})?\W*$",
    re.IGNORECASE,
)


def _is_total(cells: Sequence[str]) -> bool:
    """Return whether a row sums up: its first cell that says something names a total."""
    said = next((cell for cell in cells if cell.strip()), "")
    return is_total(said)


def is_total(label: str) -> bool:
    """Return whether a label names a total: "Total", "Grand total", "Net sum per year"."""
    return _TOTAL.match(label) is not None


@each_table
def perfect_ratio(_context: Context, table: Table, *, rows: int = 3) -> Found | None:
    """Two columns of counts are equal in every row, or a cell of each row says "5/5"."""
    if len(table.rows) < rows:
        return None
    columns = [[first_number(cell) for cell in column(table, i)] for i in range(width(table))]
    for index, (left, right) in enumerate(itertools.pairwise(columns[1:]), 1):
        if all(a is not None and a == b for a, b in zip(left, right, strict=True)):
            names = name_of(table, index), name_of(table, index + 1)
            facts = {"count": len(left), "total": len(left), "columns": names}
            words = f"the counts are equal in {len(left)} of {len(left)} rows"
            return Found(1, words, facts=facts)
    for index in range(1, width(table)):
        pairs = [_RATIO.fullmatch(cell.strip()) for cell in column(table, index)]
        if all(pair is not None and pair[1] == pair[2] for pair in pairs):
            facts = {"count": len(pairs), "total": len(pairs)}
            return Found(1, f"{len(pairs)} of {len(pairs)} rows have full marks", facts=facts)
    return None


_RATIO = re.compile(r"(\d{1,4})\s?(?:/|of|out of)\s?(\d{1,4})")
_TIME = r"(?:s|sec|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|weeks?|business days?)"
_OFFSET = late(
    rf"(?:immediate\w*|at once|[<+T~≤]*\s*\+?\d+(?:\s?(?:-|to)\s?\d+)?\s*{_TIME}\b"
    r"|(?:within|by|minute|min)\b.*\d)",
    re.IGNORECASE,
)

_MINUTES = late(r"\d\s?(?:m|mins?|minutes?)\b|\b(?:minute|min|t\s?\+)\s?\d", re.IGNORECASE)


@each_table
def offset_column(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """Most steps have a time relative to the start."""
    for index in range(1, width(table)):
        cells = column(table, index)
        timed = sum(bool(_OFFSET.match(cell)) for cell in cells)
        if len(cells) >= 2 and timed >= share * len(cells):
            words = f"{timed} of {len(cells)} steps are timed to the minute"
            minutes = all(_MINUTES.search(cell) for cell in cells)
            facts = {"count": timed, "total": len(cells), "minutes": minutes}
            return Found(1, words, facts=facts)
    return None


@each_table
def activities(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """The second column says what is done, not who is there or at what time."""
    if width(table) < 2:
        return None
    cells = column(table, 1)
    hits = sum(_is_activity(cell) for cell in cells)
    return Found(1, f"{hits} of {len(cells)} activities") if hits >= share * len(cells) else None


def _is_activity(text: str) -> bool:
    words = text.split()
    named = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 9 and not words[0][:1].isdigit() and not named


@each_table
def yes_no(context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """The cells say yes or no, as in a feature matrix."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    answers = sum(context.is_whole("yes-no", cell) for cell in cells)
    return Found(1, "a matrix of yes and no") if cells and answers >= share * len(cells) else None


@each_table
def weighing_rows(
    context: Context, table: Table, *, lexicon: str = "weighing", least: int = 2
) -> Found | None:
    """The rows are about time, money, risk or people."""
    found = [cell for cell in column(table, 0) if context.matches(lexicon, cell)]
    return Found(1, f"it weighs {listed(found[:3])}") if len(found) >= least else None


@each_table
def numeric(_context: Context, table: Table, *, share: float = 0.6) -> Found | None:
    """Most cells outside the first column are numbers."""
    cells = [cell for row in table.rows for cell in row.cells[1:]]
    figures = sum(first_number(cell) is not None and len(cell.split()) <= 5 for cell in cells)
    if not cells or figures < share * len(cells):
        return None
    return Found(1, f"{figures} of {len(cells)} cells are figures")


@signal
def totalled(context: Context) -> Found | None:
    """The last row of a table, or the last item of a list, is a total."""
    lines = [[_is_total(row.cells) for row in table.rows] for table in context.tables]
    lines += [
        [is_total(item.label or item.text.split(":")[0]) for item in listing.items]
        for listing in context.listings
    ]
    for totals in lines:
        if len(totals) >= 4 and any(totals[-2:]):
            count = len(totals) - sum(totals)
            return Found(1, f"{count} rows and their total", facts={"count": count})
    return None


@each_table
def rising(_context: Context, table: Table, *, rows: int = 4, columns: int = 2) -> Found | None:
    """Columns of numbers rise from row to row without a dip."""
    if len(table.rows) < rows:
        return None
    names = []
    for index in range(1, width(table)):
        numbers = [first_number(cell) for cell in column(table, index)]
        known = [number for number in numbers if number is not None]
        steady = len(known) == len(numbers) and all(a <= b for a, b in itertools.pairwise(known))
        if steady and known[0] < known[-1]:
            names.append(name_of(table, index))
    if len(names) < columns:
        return None
    facts = {"columns": tuple(names), "count": len(table.rows)}
    words = f"{listed(names)} rise through {len(table.rows)} rows without a dip"
    return Found(1, words, facts=facts)
