"""Merges what several reviewers said about an issue into the options of that issue.

Only the options ``status``, ``note`` and ``reviews`` are written; every other byte stays. Nothing
that a reviewer said is lost: overruled verdicts and all comments are kept with their authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sphinxext_revguide.markup.directive_source import read_opening, set_option
from sphinxext_revguide.markup.notebooks import SUFFIX
from sphinxext_revguide.markup.review_file import Decision
from sphinxext_revguide.model import Issue, Review, Status, Verdict
from sphinxext_revguide.option_values import print_reviews
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.line_ends import split_lines

STATUS = {
    Verdict.ACCEPT: Status.ACCEPTED,
    Verdict.CHANGE: Status.CHANGE_REQUESTED,
    Verdict.REJECT: Status.REJECTED,
}
"""The status that each verdict gives to an issue."""
_BETWEEN = " ¶ "
"""Separates the comments in a note."""

Rule = Callable[[Issue, Sequence[Review]], Verdict | None]
"""Decides between verdicts that differ; ``None`` leaves the status as it is."""


class StaleDecisionError(ValueError):
    """A decision is no longer valid; the message says why."""


@record(frozen=True, slots=True)
class Outcome:
    """The merged decisions on an issue.

    ``reviews`` are the last verdicts of all reviewers, including recorded ones, and ``older`` are
    decisions for which the issue has newer ones. ``verdict`` is ``None`` if nobody decided, or if
    the verdicts differ and no rule decides.
    """

    issue: Issue
    reviews: tuple[Review, ...]
    verdict: Verdict | None
    options: Mapping[str, str]
    older: tuple[Decision, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether the verdicts differ."""
        return len({review.verdict for review in self.reviews}) > 1

    @property
    def is_open(self) -> bool:
        """Whether the verdicts differ and no rule decides."""
        return self.is_conflict and self.verdict is None


def settle(issue: Issue, decisions: Iterable[Decision], rule: Rule) -> Outcome:
    """Merge the decisions of one or more reviewers on an issue.

    :param decisions: the decisions on this issue.
    """
    in_order = sorted(decisions, key=lambda decision: decision.date)
    reviews = {review.reviewer: review for review in issue.reviews}
    older = []
    for decision in in_order:
        if not decision.decision:
            continue
        known, review = reviews.get(decision.reviewer), _review(decision)
        if known and review.date < known.date:
            older.append(decision)
        else:
            reviews[decision.reviewer] = review
    given = tuple(reviews.values())
    verdicts = {review.verdict for review in given}
    verdict = rule(issue, given) if len(verdicts) > 1 else next(iter(verdicts), None)
    options = _options(issue, given, in_order, verdict)
    return Outcome(issue, given, verdict, options, tuple(older))


def _review(one: Decision) -> Review:
    return Review(one.reviewer, Verdict(one.decision), one.date[:10])


def _options(
    issue: Issue, reviews: Iterable[Review], decisions: Iterable[Decision], verdict: Verdict | None
) -> dict[str, str]:
    options = {}
    # An accepted issue that is applied already stays so.
    if verdict and not (verdict is Verdict.ACCEPT and issue.status is Status.APPLIED):
        options["status"] = STATUS[verdict].value
    note = issue.note
    for entry in filter(None, map(_entry, decisions)):
        if entry not in note.split(_BETWEEN):
            note = f"{note}{_BETWEEN}{entry}" if note else entry
    if note != issue.note:
        options["note"] = note
    named = [review for review in reviews if review.reviewer]
    if named and tuple(named) != issue.reviews:
        options["reviews"] = print_reviews(named)
    return options


def _entry(one: Decision) -> str:
    """Return a comment as a note contains it: one line, after the reviewer's name."""
    comment = " ".join(one.comment.replace(_BETWEEN.strip(), " ").split())
    return f"{one.reviewer}: {comment}" if comment and one.reviewer else comment


def comments(note: str) -> list[str]:
    """Return the comments in a note, each after its author's name."""
    return [part for part in note.split(_BETWEEN) if part]


def prefer(names: Sequence[str]) -> Rule:
    """Return the rule that uses the verdict of the first of these reviewers who has one."""
    folded = [name.casefold() for name in names]

    def choose(_issue: Issue, reviews: Sequence[Review]) -> Verdict | None:
        by_name = {review.reviewer.casefold(): review.verdict for review in reviews}
        return next((by_name[name] for name in folded if name in by_name), None)

    return choose


def strictest(_issue: Issue, reviews: Sequence[Review]) -> Verdict | None:
    """Return the strictest verdict: reject before change before accept."""
    return max((review.verdict for review in reviews), key=list(Verdict).index)


def apply(text: str, outcome: Outcome) -> str:
    """Write an outcome into the source of the page of its issue.

    :param text: the page, with whatever line ends it has.
    :raises StaleDecisionError: if the issue is not where it should be.
    """
    return set_options(text, outcome.issue, outcome.options)


def set_options(text: str, issue: Issue, options: Mapping[str, str]) -> str:
    """Set options of an issue in the source of its page, and leave every other byte unchanged.

    :param text: the page, with whatever line ends it has.
    :raises StaleDecisionError: if the issue is not where it should be.
    """
    if issue.path.endswith(SUFFIX):
        msg = "its page is a notebook, in which no options are written"
        raise StaleDecisionError(msg)
    lines = split_lines(text)
    start = issue.line - 1
    opening = read_opening(lines[start]) if 0 <= start < len(lines) else None
    if opening is None or opening.name != "revision-issue":
        msg = f"line {issue.line} of its page does not open it; is it in an included file?"
        raise StaleDecisionError(msg)
    for name, value in options.items():
        set_option(lines, start, name, value)
    return "".join(lines)
