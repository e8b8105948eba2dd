"""Rewrites the lines of a guide in the few layouts that the reader knows.

Lines keep their numbers, so that the account and all messages refer to the lines of the guide. The
text inside fences is not rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from sphinxext_revguide.importer.recognise.inferred_text import CODE
from sphinxext_revguide.importer.recognise.label_words import NAMED_FENCES
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.rewrite.bare_labels import (
    with_fields_of_heads,
    with_labels,
    with_named_fences,
    with_signs_named,
)
from sphinxext_revguide.importer.rewrite.callouts import without_callouts
from sphinxext_revguide.importer.rewrite.checklists import without_checklists
from sphinxext_revguide.importer.rewrite.comments import with_comments
from sphinxext_revguide.importer.rewrite.exported_markup import without_export_marks
from sphinxext_revguide.importer.rewrite.fences import PROSE, mark_of
from sphinxext_revguide.importer.rewrite.grid_tables import without_grids
from sphinxext_revguide.importer.rewrite.heading_labels import with_heading_labels
from sphinxext_revguide.importer.rewrite.issue_tables import with_overview, without_issue_tables
from sphinxext_revguide.importer.rewrite.joined_tables import with_joined_tables
from sphinxext_revguide.importer.rewrite.label_tables import without_label_tables
from sphinxext_revguide.importer.rewrite.labelled_items import without_labelled_items
from sphinxext_revguide.importer.rewrite.led_quotes import with_led_quotes
from sphinxext_revguide.importer.rewrite.legends import with_legend
from sphinxext_revguide.importer.rewrite.letters import (
    with_bold_heads,
    with_headings,
    with_listed_points,
)
from sphinxext_revguide.importer.rewrite.named_columns import with_named_columns
from sphinxext_revguide.importer.rewrite.nested_fields import (
    MOVED,
    moved_left,
    without_nested_fields,
)
from sphinxext_revguide.importer.rewrite.remarks import with_remarks
from sphinxext_revguide.importer.rewrite.repeated_labels import with_repeated_labels
from sphinxext_revguide.importer.rewrite.simple_tables import with_outer_bars, without_simple_tables
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
    with_marked_headings,
    with_typed_headings,
    without_definitions,
)

Step = Callable[[Sequence[Line]], list[Line]]

_SYNTAX: tuple[Step, ...] = (
    without_export_marks,
    with_marked_headings,
    with_typed_headings,
    without_definitions,
    with_double_colons,
    without_grids,
    without_simple_tables,
    with_outer_bars,
    without_callouts,
    with_signs_named,
    with_named_fences,
    with_named_columns,
)
"""The steps for every guide, in this order: they rewrite other markup as Markdown."""
_LAYOUTS: tuple[Step, ...] = (
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
    with_bold_heads,
    partial(with_listed_points, says_pair=says_pair),
    with_comments,
    with_led_quotes,
    with_tracked_changes,
    with_overview,
    with_remarks,
    with_fields_of_heads,
    with_labels,
    with_repeated_labels,
    with_legend,
    with_spoken_locks,
    with_spoken_pairs,
)
"""The steps that rewrite the layouts of editors as issues, in this order."""
_FENCE = "\x00fence "
_PASSAGE = 8
"""The line of a held fence has at most this many words, enough to tell that it holds a passage."""


def as_markdown(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the markup of exports and other editors rewritten as Markdown."""
    return _apply(lines, _SYNTAX)


def canonical(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the layouts that the reader of issues knows.

    :param lines: what :func:`as_markdown` returned.
    """
    return _apply(lines, _LAYOUTS)


def _apply(lines: Sequence[Line], steps: Sequence[Step]) -> list[Line]:
    """Apply steps to the lines outside fences."""
    # One line stands for each fence while the steps run.
    held: list[list[Line]] = []
    shown: list[Line] = []
    for fence, group in groupby(_with_fence_numbers(lines), key=lambda pair: pair[0]):
        own = [line for _fence, line in group]
        if not fence:
            shown += map(_without_nul, own)
            continue
        shown.append(Line(f"{_FENCE}{len(held)} {_kind(own)}", own[0].number))
        held.append(own)
    for step in steps:
        shown = step(shown)
    found: list[Line] = []
    for line in shown:
        if line.text.startswith(_FENCE):
            own = held[int(line.text.removeprefix(_FENCE).partition(" ")[0])]
            found += moved_left(own) if line.text.endswith(MOVED) else own
        else:
            found.append(line)
    return found


def _without_nul(line: Line) -> Line:
    """Replace NUL in a line of the guide, as CommonMark does: the lines of fences begin with it."""
    if "\0" not in line.text or not line.number:
        return line
    return Line(line.text.replace("\0", "\ufffd"), line.number)


def _kind(fence: Sequence[Line]) -> str:
    """Return what the line of a held fence says: its kind, and a word for each of its first words.

    The kind is its info string if that names a sample or a language of code, ``code`` if it has
    none but looks like code, and otherwise ``prose``.
    """
    mark = mark_of(fence[0].text)
    info = mark.info.casefold() if mark else ""
    body = "\n".join(line.text for line in fence[1:-1])
    kind = info if info.isalnum() and info not in PROSE else "prose"
    if not info and CODE.search(body):
        kind = "code"
    return " ".join(
        [info if info in NAMED_FENCES else kind, *(["text"] * len(body.split()[:_PASSAGE]))]
    )


def _with_fence_numbers(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Yield each line with the number of its fence, or 0 outside fences."""
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
