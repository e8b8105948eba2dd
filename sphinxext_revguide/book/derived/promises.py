"""Compares what a guide promises with what the book measures: sizes, samples, hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sphinxext_revguide.estimates import Reduction, Span
from sphinxext_revguide.model import Guide, Issue, Status
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.measure import TextSize, count_words

MEASURES = ("bytes", "lines", "content_lines", "words")


@record(frozen=True, slots=True)
class Measured:
    """A size of a guide's chapters: when reviewed, now, and as promised.

    ``unit`` is bytes, lines, content_lines or words. ``baseline`` and ``target`` are ``None`` if
    the guide does not give them.
    """

    unit: str
    now: int
    baseline: int | None = None
    target: Span | None = None

    @property
    def reduction(self) -> float | None:
        """By how many percent it has become smaller; negative if it has grown."""
        return round(100 * (1 - self.now / self.baseline), 1) if self.baseline else None


@record(frozen=True, slots=True)
class Hours:
    """The effort of a guide in hours: planned for the guide and its issues, done, and left.

    If no issue gives hours, those of the whole guide are left until all issues are settled.
    """

    estimated: Span | None
    issues: Span
    done: Span
    left: Span


@record(frozen=True, slots=True)
class Samples:
    """The words of the complete pairs of a guide, before and after, and the promised reduction.

    ``promised`` is the lowest and the highest reduction, in percent, that their issues promise.
    """

    before: int
    after: int
    promised: Reduction | None

    @property
    def reduction(self) -> float | None:
        """By how many percent the samples become smaller; negative if they grow."""
        return round(100 * (1 - self.after / self.before), 1) if self.before else None


@record(frozen=True, slots=True)
class Promises:
    """All measurements of one guide. ``settled`` says whether all its issues are settled."""

    guide: str
    sizes: tuple[Measured, ...]
    samples: Samples
    hours: Hours
    settled: bool

    @property
    def missed(self) -> tuple[Measured, ...]:
        """The sizes that are above their target although nothing is left to do."""
        if not self.settled:
            return ()
        return tuple(
            measured
            for measured in self.sizes
            if measured.target and measured.now > measured.target.high
        )


def promises(guide: Guide, issues: Sequence[Issue], sizes: Sequence[TextSize]) -> Promises:
    """Measure a guide's chapters and samples against what it promised.

    :param sizes: the size of each of its chapters.
    """
    return Promises(
        guide=guide.id,
        sizes=tuple(_sizes(guide, sizes)),
        samples=_samples(issues),
        hours=_hours(guide, issues),
        settled=bool(issues)
        and all(issue.status.settled for issue in issues)
        and any(issue.status is Status.APPLIED for issue in issues),
    )


def _sizes(guide: Guide, sizes: Sequence[TextSize]) -> Iterable[Measured]:
    for unit in MEASURES if sizes else ():
        baseline = getattr(guide.baseline, unit, None)
        target = guide.reduction.leaves(baseline, unit) if baseline and guide.reduction else None
        yield Measured(unit, sum(getattr(size, unit) for size in sizes), baseline, target)


def _samples(issues: Sequence[Issue]) -> Samples:
    pairs = [texts for issue in issues for pair in issue.pairs if (texts := pair.texts)]
    # A number of words is what all places of an issue save, of which samples show one.
    promised = [
        issue.reduction
        for issue in issues
        if issue.reduction and not issue.reduction.in_words and issue.pairs
    ]
    low = min((span.low for span in promised), default=0)
    high = max((span.high for span in promised), default=0)
    return Samples(
        before=sum(_words(before) for before, _after in pairs),
        after=sum(_words(after) for _before, after in pairs),
        promised=Reduction(low, high) if promised else None,
    )


@lru_cache(maxsize=8192)
def _words(sample: str) -> int:
    return count_words(sample)


def _hours(guide: Guide, issues: Sequence[Issue]) -> Hours:
    of_issues = _sum(issue.effort for issue in issues)
    left = _sum(issue.effort for issue in issues if not issue.status.settled)
    is_open = not issues or any(not issue.status.settled for issue in issues)
    if not of_issues.high and guide.effort and is_open:
        left = guide.effort
    return Hours(
        estimated=guide.effort,
        issues=of_issues,
        done=_sum(issue.effort for issue in issues if issue.status is Status.APPLIED),
        left=left,
    )


def _sum(efforts: Iterable[Span | None]) -> Span:
    known = [span for span in efforts if span is not None]
    return Span(sum(finding.low for finding in known), sum(finding.high for finding in known))
