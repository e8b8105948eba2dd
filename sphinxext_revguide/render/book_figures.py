"""The numbers of a whole book: the work left in each guide, and the patterns per chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.model import STILL_PRESENT, Status
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render.findings import finding_content

if TYPE_CHECKING:
    from sphinxext_revguide.book.derived.promises import Promises
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Finding, Guide, Issue

SETTLED = tuple(status for status in Status if status.settled)
LEFT = tuple(status for status in Status if not status.settled)
"""The statuses of issues on which work is left."""


@record(frozen=True, slots=True)
class Progress:
    """The figures of one guide.

    ``found`` holds the fingerprints of what is still in the book, ``length`` the words of its
    chapters. ``left`` is ``None`` if work is left and neither the guide nor its issues give
    hours; ``unknown`` counts the issues that are left without hours beside others that have them.
    """

    guide: Guide
    statuses: Counter[Status]
    found: frozenset[str]
    length: int
    left: Span | None
    unknown: int
    missing: int
    checked: int

    @property
    def issues(self) -> int:
        """The number of issues."""
        return self.statuses.total()

    @property
    def settled(self) -> int:
        """The number of settled issues."""
        return sum(self.statuses[status] for status in SETTLED)


def progress_of_guides(book: Book) -> list[Progress]:
    """Return the figures of all guides, in reading order."""
    rank = {docname: number for number, docname in enumerate(book.reading_order)}
    guides = sorted(book.guides, key=lambda guide: rank.get(guide.docname, len(rank)))
    return [_progress(book, guide) for guide in guides]


def _progress(book: Book, guide: Guide) -> Progress:
    promised = book.promised_by(guide)
    issues = book.issues_of(guide.id)
    states = Counter(
        lock_state.state for lock_state in book.lock_states if lock_state.lock.guide == guide.id
    )
    left, unknown = _work_left(issues, promised)
    return Progress(
        guide=guide,
        statuses=Counter(issue.status for issue in issues),
        found=frozenset(
            flagged.finding.fingerprint for flagged in book.flagged_for_guide(guide.id)
        ),
        length=next((measured.now for measured in promised.sizes if measured.unit == "words"), 0),
        left=left,
        unknown=unknown,
        missing=states["missing"],
        checked=states.total() - states["unchecked"],
    )


def _work_left(issues: Sequence[Issue], promised: Promises) -> tuple[Span | None, int]:
    open_issues = [issue for issue in issues if issue.status in LEFT]
    if issues and not open_issues:
        return Span(0, 0), 0
    hours = promised.hours
    if hours.issues.high:
        without = sum(issue.effort is None for issue in open_issues)
        return (None if without == len(open_issues) else hours.left), without
    return (hours.left if hours.estimated else None), 0


def sum_of(spans: Iterable[Span]) -> Span:
    """Return the sum of ranges."""
    known = list(spans)
    return Span(sum(finding.low for finding in known), sum(finding.high for finding in known))


@record(frozen=True, slots=True)
class Heat:
    """The findings of each pattern (id, name) in each chapter: their number and the first place."""

    patterns: tuple[tuple[str, str], ...]
    chapters: tuple[str, ...]
    counts: dict[tuple[str, str], int]
    first: dict[str, Finding]

    def of_pattern(self, name: str) -> int:
        """The number of findings of a pattern."""
        return sum(self.counts.get((name, docname), 0) for docname in self.chapters)


def heat_of(book: Book) -> Heat:
    """Return the findings by pattern and chapter: old texts first, then the most frequent patterns.

    Chapters are in reading order.
    """
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[str, Finding] = {}
    names: dict[str, str] = {}
    for flagged in book.flagged:
        finding = flagged.finding
        counts[finding.pattern, finding.docname] += 1
        first.setdefault(finding.docname, finding)
        if finding.pattern not in names:
            names[finding.pattern] = finding_content(finding, book).title
    totals = Counter(flagged.finding.pattern for flagged in book.flagged)
    order = sorted(names, key=lambda name: (name != STILL_PRESENT, -totals[name], names[name]))
    chapters = tuple(_in_order(book, first))
    return Heat(tuple((name, names[name]) for name in order), chapters, dict(counts), first)


def _in_order(book: Book, docnames: Iterable[str]) -> Iterator[str]:
    named = set(docnames)
    yield from (name for name in book.reading_order if name in named)
    yield from sorted(named.difference(book.reading_order))
