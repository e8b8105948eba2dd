"""Rewrites Pandoc's grid tables, which exports from Word contain, as samples or pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.labels import column_role, sample_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, pair_lines, sample_lines

_RULE = re.compile(r"\s*\+(?:[-=:]{3,}\+)+\s*")


def without_grids(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the rows of each grid table of current and revised texts as pairs.

    A table of one column with a label on top becomes a sample. All other tables, and those that are
    themselves the sample below a label, become pipe tables.
    """
    found: list[Line] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].text.strip()[:1] in ("+", "|"):
            end += 1
        table = lines[index:end]
        if len(table) > 2 and _RULE.fullmatch(table[0].text):
            is_sample = _is_label(
                next((line for line in reversed(found) if line.text.strip()), None)
            )
            found += ([] if is_sample else _pairs(table) or _boxed(table)) or _pipe_table(table)
            index = end
        else:
            found.append(lines[index])
            index += 1
    return found


def _pairs(table: Sequence[Line]) -> list[Line]:
    rows = list(_rows(table))
    roles = [column_role(" ".join(line.text for line in cell)) for cell in rows[0]] if rows else []
    if sorted(set(roles)) not in (["after", "before"], ["", "after", "before"]):
        return []
    before, after = roles.index("before"), roles.index("after")
    found: list[Line] = []
    for row in rows[1:]:
        found += pair_lines(row[before], row[after])
    return found


def _boxed(table: Sequence[Line]) -> list[Line]:
    """Read a table of one column, with a label on top, as a sample.

    ``| Original |`` above ``| The bees were... |``. A box with its label alone introduces what is
    below it, as a table cannot be in another one.
    """
    if table[0].text.count("+") != 2:
        return []
    rules = [place for place, line in enumerate(table) if _RULE.fullmatch(line.text)]
    bare = [Line(line.text.strip()[1:-1].strip(), line.number) for line in table]
    label = " ".join(line.text for line in bare[1 : rules[1]]) if rules[1:] else ""
    role = sample_role(label.strip(" *_:"))
    if not role or len(rules) > 3:
        return []
    if not rules[2:]:
        return list(apart(Line(f"**{role.upper()}:**", table[1].number)))
    return list(sample_lines(role.upper(), bare[rules[1] + 1 : rules[2]]))


def _is_label(line: Line | None) -> bool:
    """Return whether a line is a label of a sample, and nothing else."""
    return line is not None and bool(sample_role(line.text.strip(" *_:#")))


def _pipe_table(table: Sequence[Line]) -> Iterator[Line]:
    """Yield a grid table as a pipe table, with an empty head if it has none."""
    rows = list(_rows(table))
    if not rows:
        yield from table
        return
    width = len(rows[0])
    headed = any(set(line.text.strip()) <= set("+=:") for line in table)
    # The rule needs a number, as lines without one are not shown.
    rule = Line(f"|{'---|' * width}", table[0].number)
    yield Line("", 0)
    if not headed:
        yield from (Line(f"|{'  |' * width}", table[0].number), rule)
    for count, row in enumerate(rows):
        texts = [" ".join(line.text for line in cell).replace("|", "\\|") for cell in row]
        number = next((cell[0].number for cell in row if cell), 0)
        yield Line(f"| {' | '.join(texts)} |", number)
        if headed and not count:
            yield rule
    yield Line("", 0)


def _rows(table: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """Yield the rows, each a list of cells; a cell is a list of its lines that contain text."""
    rule = table[0].text.rstrip()
    ends = [index for index, char in enumerate(rule) if char == "+"]
    row: list[list[Line]] = [[] for _end in ends[1:]]
    for line in table[1:]:
        if _RULE.fullmatch(line.text):
            yield row
            row = [[] for _end in ends[1:]]
            continue
        for cell, start, end in zip(row, ends, ends[1:], strict=False):
            text = line.text[start + 1 : end].strip()
            if text:
                cell.append(Line(text, line.number))
