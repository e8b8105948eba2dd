"""The burn-down of the overview: how many old texts are left in the chapters, commit by commit.

The numbers are those of ``revguide-history.json``; without the file nothing is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import label, revguide_box
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import box, heading
from sphinxext_revguide.render.sortable_tables import Column, table

if TYPE_CHECKING:
    from sphinxext_revguide.book.history_file import CommitNumbers

_WIDTH, _HEIGHT, _EDGE = 640, 120, 6
"""Of the chart, in units of its view box."""
_ROWS = 8
"""Maximum number of commits listed: the first, the last, and some in between."""


def burn_down(
    commits: Sequence[CommitNumbers], *, is_html: bool, is_browsed: bool
) -> list[nodes.Node]:
    """Return a chart, where pages are browsed, and a table of the same numbers.

    :param commits: the history of the book, oldest commit first.
    :returns: an empty list for fewer than two commits, because there is no change to show.
    """
    if len(commits) < 2:
        return []
    title = _("Progress over time")
    shown: list[nodes.Node] = [heading(title) if is_html else label(title)]
    if is_browsed:
        shown.append(_chart(commits))
    columns = (
        Column("date", _("Date")), Column("found", _("Old texts still in the book")),
        Column("left", _("Work left")), Column("size", _("Length"), 14),
    )  # fmt: skip
    rows = [[[nodes.Text(text)] for text in _row(commit)] for commit in _some(commits)]
    shown.append(table(columns, rows))
    return shown


def _present(commit: CommitNumbers) -> int:
    return sum(numbers.present for numbers in commit.guides.values())


def _row(commit: CommitNumbers) -> tuple[str, ...]:
    guides = commit.guides.values()
    hours = Span(
        sum(progress.low for progress in guides), sum(progress.high for progress in guides)
    )
    samples = sum(progress.samples for progress in guides)
    return (
        commit.date,
        _("%s of %s") % (words.number(_present(commit)), words.number(samples)),
        words.hours(hours) if hours.high else "–",
        words.words(commit.words),
    )


def _some(commits: Sequence[CommitNumbers]) -> list[CommitNumbers]:
    """Return the first commit, the last, and others at equal distances between them."""
    last = len(commits) - 1
    places = {round(number * last / (_ROWS - 1)) for number in range(_ROWS)}
    return [commits[place] for place in sorted(places)]


def _chart(commits: Sequence[CommitNumbers]) -> revguide_box:
    """Return the line of old texts that are left, and the area below it."""
    counts = [_present(commit) for commit in commits]
    across = (_WIDTH - 2 * _EDGE) / (len(counts) - 1)
    down = (_HEIGHT - 2 * _EDGE) / max(*counts, 1)
    bottom = _HEIGHT - _EDGE
    points = [
        f"{_EDGE + number * across:.1f},{bottom - count * down:.1f}"
        for number, count in enumerate(counts)
    ]
    corners = [f"{_EDGE},{bottom}", *points, f"{_WIDTH - _EDGE},{bottom}"]
    described = _("Old texts still in the book: %s on %s, %s on %s") % (
        words.number(counts[0]), commits[0].date, words.number(counts[-1]), commits[-1].date,
    )  # fmt: skip
    return box(
        "svg",
        box("polygon", points=" ".join(corners)),
        box("polyline", points=" ".join(points)),
        classes="rg-burn no-search",
        role="img",
        aria_label=described,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
    )
