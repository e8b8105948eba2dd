"""Lines in the shapes that editors use -> lines in the few shapes that the reader knows.

Lines keep their numbers, so that the account and every message name those of the guide. Fenced
lines are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.rewrite.bare_labels import with_fields_of_heads, with_labels
from sphinxext_revguide.importer.rewrite.callouts import without_callouts
from sphinxext_revguide.importer.rewrite.checklists import without_checklists
from sphinxext_revguide.importer.rewrite.comments import with_comments
from sphinxext_revguide.importer.rewrite.exported_markup import without_export_marks
from sphinxext_revguide.importer.rewrite.fences import mark_of
from sphinxext_revguide.importer.rewrite.grid_tables import without_grids
from sphinxext_revguide.importer.rewrite.heading_labels import with_heading_labels
from sphinxext_revguide.importer.rewrite.issue_tables import with_overview, without_issue_tables
from sphinxext_revguide.importer.rewrite.joined_tables import with_joined_tables
from sphinxext_revguide.importer.rewrite.label_tables import without_label_tables
from sphinxext_revguide.importer.rewrite.labelled_items import without_labelled_items
from sphinxext_revguide.importer.rewrite.led_quotes import with_led_quotes
from sphinxext_revguide.importer.rewrite.letters import with_headings, with_listed_points
from sphinxext_revguide.importer.rewrite.nested_fields import (
    MOVED,
    moved_left,
    without_nested_fields,
)
from sphinxext_revguide.importer.rewrite.remarks import with_remarks
from sphinxext_revguide.importer.rewrite.repeated_labels import with_repeated_labels
from sphinxext_revguide.importer.rewrite.simple_tables import without_simple_tables
from sphinxext_revguide.importer.rewrite.spoken import (
    says_pair,
    with_spoken_locks,
    with_spoken_pairs,
)
from sphinxext_revguide.importer.rewrite.titles_below import with_titles_below
from sphinxext_revguide.importer.rewrite.toggles import without_toggles
from sphinxext_revguide.importer.rewrite.tracked_changes import with_tracked_changes
from sphinxext_revguide.importer.rewrite.typed_layout import (
    with_double_colons,
    with_typed_headings,
    without_definitions,
)

_STEPS: tuple[Callable[[Sequence[Line]], list[Line]], ...] = (
    without_export_marks,
    with_typed_headings,
    without_definitions,
    with_double_colons,
    without_grids,
    without_simple_tables,
    without_callouts,
    with_heading_labels,
    with_joined_tables,
    without_issue_tables,
    without_label_tables,
    with_titles_below,
    without_labelled_items,
    without_checklists,
    without_nested_fields,
    without_toggles,
    with_headings,
    partial(with_listed_points, says_pair=says_pair),
    with_comments,
    with_led_quotes,
    with_tracked_changes,
    with_overview,
    with_remarks,
    with_fields_of_heads,
    with_labels,
    with_repeated_labels,
    with_spoken_locks,
    with_spoken_pairs,
)
"""The rewriting of lines outside fences, in this order."""
_FENCE = "\x00fence "


def canonical(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the shapes that the reader knows, fenced ones as they are."""
    # Each fence is held back, as one line without words.
    held: list[list[Line]] = []
    shown: list[Line] = []
    for fence, group in groupby(_marked(lines), key=lambda pair: pair[0]):
        own = [line for _fence, line in group]
        if not fence:
            # As in CommonMark; else a line of the guide could be taken for a fence held back.
            shown += [Line(line.text.replace("\0", "\ufffd"), line.number) for line in own]
            continue
        shown.append(Line(f"{_FENCE}{len(held)}", own[0].number))
        held.append(own)
    for step in _STEPS:
        shown = step(shown)
    found: list[Line] = []
    for line in shown:
        if line.text.startswith(_FENCE):
            number = line.text.removeprefix(_FENCE)
            own = held[int(number.removesuffix(MOVED))]
            found += moved_left(own) if number.endswith(MOVED) else own
        else:
            found.append(line)
    return found


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
