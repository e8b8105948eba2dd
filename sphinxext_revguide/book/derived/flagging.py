"""Which findings are requested: by an issue, its budget, its samples, or ``revguide_flag``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from sphinxext_revguide.book.records import Flagged
from sphinxext_revguide.model import Allowance, Finding, Issue

Requested = tuple[Finding, tuple[Issue, ...]]
"""A finding and the issues that request it."""


def flagged(
    requested: Iterable[Requested], allowance_for: Callable[[Finding], Allowance | None]
) -> list[Flagged]:
    """Return requested findings with what allows them, each once, by path and line.

    Of one finding the last counts, so that what goes before others must come after them.
    """
    once = {finding.fingerprint: (finding, issues) for finding, issues in requested}
    found = [Flagged(finding, issues, allowance_for(finding)) for finding, issues in once.values()]
    return sorted(found, key=lambda one: _place(one.finding))


def requested_patterns(
    findings: Mapping[str, Sequence[Finding]],
    issues: Iterable[Issue],
    chapters: Mapping[str, Sequence[str]],
    everywhere: Set[str],
) -> Iterator[Requested]:
    """Yield the findings whose patterns an issue names for their page, or that always count.

    :param findings: what was found when pages were read, by docname.
    :param chapters: the docnames of each guide's chapters.
    :param everywhere: ids of the patterns that count on all pages; ``*`` stands for all.
    """
    requesting = _issues_by_page_and_pattern(issues, chapters)
    for docname, on_page in findings.items():
        for finding in on_page:
            by = tuple(requesting.get((docname, finding.pattern), ()))
            if by or "*" in everywhere or finding.pattern in everywhere:
                yield finding, by


def _issues_by_page_and_pattern(
    issues: Iterable[Issue], chapters: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], list[Issue]]:
    requesting: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        if issue.status.flags:
            for docname in chapters.get(issue.guide, ()):
                for pattern in issue.patterns:
                    requesting.setdefault((docname, pattern), []).append(issue)
    return requesting


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.pattern
