"""Lines in the shapes that editors use -> lines in the few shapes that the reader knows.

Lines keep their numbers, so that the account and every message name those of the guide. Fenced
lines are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from sphinxext_revguide.importer.read.bare_labels import with_labels
from sphinxext_revguide.importer.read.checklists import without_checklists
from sphinxext_revguide.importer.read.fences import mark_of
from sphinxext_revguide.importer.read.grid_tables import without_grids
from sphinxext_revguide.importer.read.issue_tables import with_overview, without_issue_tables
from sphinxext_revguide.importer.read.letters import with_headings
from sphinxext_revguide.importer.read.lines import Line
from sphinxext_revguide.importer.read.spoken import with_spoken_locks, with_spoken_pairs

_OUTSIDE: tuple[Callable[[Sequence[Line]], list[Line]], ...] = (
    without_grids,
    without_issue_tables,
    without_checklists,
    with_headings,
    with_overview,
    with_labels,
    with_spoken_locks,
    with_spoken_pairs,
)
"""What is done to lines, in this order."""


def canonical(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the shapes that the reader knows, fenced ones as they are."""
    for step in _OUTSIDE:
        lines = list(_applied(step, lines))
    return list(lines)


def _applied(step: Callable[[Sequence[Line]], list[Line]], lines: Sequence[Line]) -> Iterator[Line]:
    """Apply a step to all lines at once, with each fence held back as one line without words."""
    held: dict[int, list[Line]] = {}
    shown: list[Line] = []
    for inside, group in groupby(_marked(lines), key=lambda pair: pair[0]):
        own = [line for _inside, line in group]
        if not inside:
            shown += own
            continue
        held[len(held)] = own
        shown.append(Line(f"{_FENCE}{len(held) - 1}", own[0].number))
    for line in step(shown):
        if line.text.startswith(_FENCE):
            yield from held[int(line.text[len(_FENCE) :])]
        else:
            yield line


_FENCE = "\x00fence "


def _marked(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Yield each line with the number of the fence that it is in, 0 outside."""
    opening, count = None, 0
    for line in lines:
        mark = mark_of(line.text)
        if opening is None and mark is not None:
            opening, count = mark, count + 1
            yield count, line
        elif opening is not None:
            yield count, line
            opening = None if mark is not None and mark.closes(opening) else opening
        else:
            yield 0, line
