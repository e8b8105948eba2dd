"""Checks a guide as a whole, and numbers its issues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.importer.parts import ImportedIssue
from sphinxext_revguide.importer.recognise.labels import label_of
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.model import Guide, Problem
from sphinxext_revguide.text.in_words import counted
from sphinxext_revguide.text.measure import count_words

_ANNOUNCED = re.compile(
    r"(?<![0-9#.,])(?<!part )(?<!chapter )(?<!phase )([0-9]{1,3})"
    r"\s+(?:[^\W\d_-]+[\s-]+){0,2}?(?:issues|examples|patterns)\b",
    re.IGNORECASE,
)


def check_guide(
    guide: Guide,
    issues: Sequence[ImportedIssue],
    headings: Sequence[tuple[str, int]],
    effort_line: int,
) -> list[Problem]:
    """Return problems with the count, numbers, samples, lengths and hours of a guide's issues.

    :param headings: the text and line of every heading that is not an issue's.
    :param effort_line: the line of the effort in the guide's header, or 0.
    """
    return [
        *_announced(issues, headings),
        *_numbers(issues),
        *_gaps(issues),
        *_without_samples(issues),
        *_longer(guide, issues),
        *_hours(guide, issues, effort_line),
    ]


def _announced(
    issues: Sequence[ImportedIssue], headings: Sequence[tuple[str, int]]
) -> Iterator[Problem]:
    for text, line in headings:
        match = _ANNOUNCED.search(text)
        if match is None:
            continue
        if int(match[1]) != len(issues):
            message = (
                f"this heading counts {counted(int(match[1]), 'issue')}, but the importer found "
                f"{len(issues)}; ask the editor for the missing ones, or correct the number"
            )
            yield Problem(line, message, "announced")
        return


def _numbers(issues: Sequence[ImportedIssue]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for issue in issues:
        number, line = str(issue.issue.number).casefold(), issue.issue.line
        if number in seen:
            message = (
                f"number {issue.issue.number} is already used on line {seen[number]}. This issue "
                "got the next free number; check that it is right"
            )
            yield Problem(line, message, "number")
        elif number == "0":
            message = (
                "issue numbers start at 1. This issue got the next free number; check that it is "
                "right"
            )
            yield Problem(line, message, "number")
        seen.setdefault(number, line)


def _gaps(issues: Sequence[ImportedIssue]) -> Iterator[Problem]:
    counted = [issue for issue in issues if "." not in str(issue.issue.number)]
    ranked = sorted(counted, key=lambda issue: leading_number(issue.issue.number))
    below = 0
    for issue in ranked:
        number = leading_number(issue.issue.number)
        if number > below + 1:
            more = f"number {below + 1}" if number == below + 2 else ""
            message = (
                f"no issue with {more or f'a number from {below + 1} to {number - 1}'} was found; "
                "if the guide has one, write its heading like the heading of this issue"
            )
            yield Problem(issue.issue.line, message, "gap")
        below = max(below, number)


def numbered(issues: Sequence[ImportedIssue]) -> list[int | str]:
    """Return a number for each issue: its own if that is free, else the next free one."""
    highest = max((leading_number(issue.issue.number) for issue in issues), default=0)
    taken: set[str] = set()
    numbers: list[int | str] = []
    for issue in issues:
        number = issue.issue.number
        if number == 0 or str(number).casefold() in taken:
            number = highest = highest + 1
        taken.add(str(number).casefold())
        numbers.append(number)
    return numbers


def _without_samples(issues: Sequence[ImportedIssue]) -> Iterator[Problem]:
    for issue in issues:
        if not issue.issue.pairs and not _is_instruction(issue):
            unknown = ", ".join(f"“{words}”" for words in _unknown_labels(issue)[:5])
            labels = f"; these labels were not recognised: {unknown}" if unknown else ""
            message = f"issue {issue.issue.number} has no sample; add a BEFORE and an AFTER{labels}"
            yield Problem(issue.issue.line, message, "missing")


_ORDER = re.compile(
    r"(?:^|[.:!?]\s|\n|\()\W*(?:instruction\W+|please\s+)?(?:delete|remove|cut|drop|omit|strike|rename|merge|move"
    r"|keep one|keep at most|convert|renumber)\b",
    re.IGNORECASE,
)


def _is_instruction(one: ImportedIssue) -> bool:
    """Return whether an issue says what to do, so that it needs no samples."""
    notes = (note.text for note in one.notes if not note.literal)
    return bool(_ORDER.search("\n".join([one.issue.title, one.problem, *notes])))


def _unknown_labels(one: ImportedIssue) -> list[str]:
    labels = (label_of(note.text.split("\n")[0]) for note in one.notes if not note.literal)
    words = (label.words.strip(" :") for label in labels if label and not label.role)
    return [label for label in words if not label.startswith("Comment by ")]


def _longer(guide: Guide, issues: Sequence[ImportedIssue]) -> Iterator[Problem]:
    for issue in issues:
        promised = issue.issue.reduction or guide.reduction
        if promised is None or promised.high <= 0:
            continue
        for pair in issue.issue.pairs:
            if not (pair.before and pair.after) or pair.after.instruction:
                continue
            before, after = count_words(pair.before.text), count_words(pair.after.text)
            if 0 < before < after:
                message = (
                    f"the AFTER is longer than its BEFORE ({after} and {before} words), but the "
                    f"guide promises a reduction of {promised}; shorten the AFTER, or correct the "
                    "reduction"
                )
                yield Problem(pair.after.line, message, "longer")


def _hours(guide: Guide, issues: Sequence[ImportedIssue], line: int) -> Iterator[Problem]:
    given = [issue.issue.effort for issue in issues if issue.issue.effort]
    if guide.effort is None or not given:
        return
    low, high = sum(span.low for span in given), sum(span.high for span in given)
    if Span(round(low, 2), round(high, 2)) == guide.effort:
        return
    total = Span(_readable(low), _readable(high))
    message = (
        f"the hours of the issues add up to {total} h ({len(given)} of {len(issues)} issues state "
        f"them), but the header says {guide.effort} h; the page uses the value of the header"
    )
    yield Problem(line, message, "hours")


def _readable(hours: float) -> float:
    """Round hours to one decimal, unless they are whole quarters."""
    return hours if 4 * hours % 1 == 0 else round(hours, 1)
