"""Rewrites tables of issues whose column heads are not known words.

The columns of the samples are two that quote texts in most rows, or two neighbours with almost the
same texts in at least two rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from sphinxext_revguide.importer.recognise.inferred_text import CODE, alike, quoted
from sphinxext_revguide.importer.recognise.label_evidence import Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import column_role, label_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.table_cells import RULE, cells_of
from sphinxext_revguide.importer.rewrite.row_pairs import row_pair
from sphinxext_revguide.importer.rewrite.titles_below import TITLES
from sphinxext_revguide.model import Problem

_INSTRUCTION = re.compile(r"([*_])(?!\1).+\1")
_MIN = 2
_SENTENCE = 4
"""A cell with at least this many words may be a sentence, not just a name or number."""


def infer_columns(
    lines: Sequence[Line], fenced: Collection[int]
) -> tuple[list[Line], list[Problem]] | None:
    """Rewrite each row of the first such table as an issue.

    :param fenced: the indexes of lines in fences.
    :returns: the lines, and a problem that reports the guess; None if there is no such table.
    """
    found: list[Line] = []
    problems: list[Problem] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and end not in fenced and lines[end].text.lstrip().startswith("|"):
            end += 1
        own = lines[index : max(end, index + 1)]
        columns = _columns(own) if not problems else None
        if columns is None:
            found += own
        else:
            before, after = (cells_of(own[0].text)[place].strip(" *") for place in columns)
            message = (
                f"the columns “{before}” and “{after}” were read as BEFORE and AFTER because of "
                "the texts in most rows; check that this is right"
            )
            problems.append(Problem(own[0].number, message, "guess"))
            found += _issues(own, *columns)
        index += len(own)
    return (found, problems) if problems else None


def _columns(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the BEFORE and AFTER columns of a table with numbered rows, or None."""
    if len(lines) < 2 + _MIN or not RULE.fullmatch(lines[1].text):
        return None
    head, *rows = (cells_of(line.text) for line in (lines[0], *lines[2:]))
    if any(len(row) != len(head) for row in rows):
        return None
    if [row[0].strip(" .*#)") for row in rows] != [str(n) for n in range(1, len(rows) + 1)]:
        return None
    roles = _meanings(head, rows)
    if roles.count("before") == roles.count("after") == 1:
        before, after = roles.index("before"), roles.index("after")
        return (before, after) if before < after else None
    most = [place for place in range(1, len(head)) if _quotes(rows, place)]
    if not most:
        most = next(_neighbours_alike(rows), [])
    if len(most) != 2:
        return None
    before, after = most
    pairs = [(old, new) for old, new in _samples(rows, before, after) if old and new]
    swapped = column_role(head[before]) == "after" or column_role(head[after]) == "before"
    code = any(CODE.search(f"{old}\n{new}") for old, new in pairs)
    return (before, after) if len(pairs) >= _MIN and alike(pairs) and not swapped | code else None


def _meanings(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column means by its head and cells, "" if an earlier one means the same."""
    found = meanings(
        Record(name, cell, place)
        for place, row in enumerate(rows)
        for name, cell in zip(head[1:], row[1:], strict=True)
    )
    roles = ["", *(found.get(key_of(name), "") for name in head[1:])]
    return [role if roles.index(role) == place else "" for place, role in enumerate(roles)]


def _neighbours_alike(rows: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Yield neighbouring columns that contain two versions of a sentence in enough rows."""
    for place in range(1, len(rows[0]) - 1):
        versions = [
            (row[place], row[place + 1])
            for row in rows
            if all(len(cell.split()) >= _SENTENCE for cell in row[place : place + 2])
        ]
        if 2 * len(versions) > len(rows) and sum(alike([pair]) for pair in versions) >= _MIN:
            yield [place, place + 1]


def _quotes(rows: Sequence[Sequence[str]], place: int) -> bool:
    return 2 * sum(bool(quoted(row[place])) for row in rows) > len(rows)


def _samples(rows: Sequence[Sequence[str]], before: int, after: int) -> Iterator[tuple[str, str]]:
    """Yield the BEFORE and the AFTER of each row, "" for a text that is not a sample.

    If most rows quote their BEFORE, texts without quotation marks are not samples. Otherwise,
    instructions to the author, in italics, are not.
    """
    by_quotation = _quotes(rows, before)
    for row in rows:
        old, new = (quoted(row[place]) for place in (before, after))
        if not by_quotation:
            old, new = (
                "" if _INSTRUCTION.fullmatch(cell.strip()) else quoted(cell) or cell
                for cell in (row[before], row[after])
            )
        yield old, new


def _issues(lines: Sequence[Line], before: int, after: int) -> Iterator[Line]:
    head = [cell.strip(" *:") for cell in cells_of(lines[0].text)]
    texts = [place for place in range(1, before) if label_role(head[place]) in ("", "problem")]
    rows = [cells_of(line.text) for line in lines[2:]]
    roles = _meanings(cells_of(lines[0].text), rows)
    texts = [place for place in texts if roles[place] in ("", "problem")]
    named = [place for place in texts if key_of(head[place]) in TITLES]
    texts = named or texts
    samples = _samples(rows, before, after)
    for count, (line, cells, (old, new)) in enumerate(
        zip(lines[2:], rows, samples, strict=True), 1
    ):
        first = " ".join((old or cells[before]).split()[:7])
        title = cells[texts[-1]] if texts else f"{first}…"
        yield from apart(Line(f"### ISSUE #{count}: {title}", line.number))
        shown = {0, *texts[-1:], *((before, after) if old and new else ())}
        for place, cell in enumerate(cells):
            if place not in shown and cell:
                role = roles[place] if place not in (before, after) else ""
                label = f"**{written_name(role, head[place])}:** " if head[place] else ""
                yield from apart(Line(f"{label}{cell}", line.number))
        if old and new:
            yield from row_pair((head[before], head[after]), (old, new), line.number)
