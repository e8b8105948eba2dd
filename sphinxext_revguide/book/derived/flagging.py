"""Which findings are requested: by an issue, its budget, its samples, or ``revguide_flag``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from sphinxext_revguide.book.records import Flagged
from sphinxext_revguide.model import OVERUSE, Allowance, Finding, Issue, Limit
from sphinxext_revguide.text.digests import digest

Requested = tuple[Finding, tuple[Issue, ...]]
"""A finding and the issues that request it."""


def flagged(
    requested: Iterable[Requested], allowance_for: Callable[[Finding], Allowance | None]
) -> list[Flagged]:
    """Return each requested finding once, with the allowance that covers it, by path and line.

    If a finding is given several times, the last one counts.
    """
    once = {finding.fingerprint: (finding, issues) for finding, issues in requested}
    found = [Flagged(finding, issues, allowance_for(finding)) for finding, issues in once.values()]
    return sorted(found, key=lambda flagged: _place(flagged.finding))


def requested_patterns(
    findings: Mapping[str, Sequence[Finding]],
    issues: Iterable[Issue],
    chapters: Mapping[str, Sequence[str]],
    everywhere: Set[str],
) -> Iterator[Requested]:
    """Yield the findings whose patterns an issue names for their page, or that always count.

    Findings of patterns that always count must reach the strict limit, because no editor has seen
    the pattern there.

    :param findings: what was found when pages were read, by docname.
    :param chapters: the docnames of each guide's chapters.
    :param everywhere: ids of the patterns that count on all pages; ``*`` stands for all.
    """
    requesting = _issues_by_page_and_pattern(issues, chapters)
    for docname, on_page in findings.items():
        for finding in on_page:
            strict = finding.limit is Limit.STRICT
            by = tuple(
                issue
                for issue in requesting.get((docname, finding.pattern), ())
                if strict or issue.sensitivity is Limit.SENSITIVE
            )
            swept = "*" in everywhere or finding.pattern in everywhere
            if by or (swept and strict):
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


def once_a_term(budgets: Iterable[Requested], others: Iterable[Requested]) -> Iterator[Requested]:
    """Yield findings, but only one for each term on a page, with all issues that request it.

    :param budgets: the terms that are over the budget of an issue; of several budgets, the lowest
        counts.
    :param others: all other findings. A term that is over the budget of a pattern file is left out
        if it is over that of an issue.
    """
    terms: dict[tuple[str, str], Requested] = {}
    for finding, issues in budgets:
        term = finding.docname, finding.section
        known, requesting = terms.get(term, (finding, ()))
        lowest = min(known, finding, key=lambda over: over.threshold)
        terms[term] = lowest, (*requesting, *issues)
    for finding, issues in others:
        term = finding.docname, finding.section
        if finding.pattern == OVERUSE and term in terms:
            known, requesting = terms[term]
            terms[term] = known, tuple(dict.fromkeys((*requesting, *issues)))
        else:
            yield finding, issues
    yield from terms.values()


def with_unique_fingerprints(
    findings: Mapping[str, Sequence[Finding]],
) -> dict[str, list[Finding]]:
    """Return the findings of each page with unique fingerprints.

    If pages contain the same text, the first of them keeps the fingerprint.
    """
    seen: set[str] = set()
    unique: dict[str, list[Finding]] = {}
    for docname in sorted(findings):
        unique[docname] = []
        for finding in findings[docname]:
            taken = finding.fingerprint in seen
            fingerprint = digest(finding.fingerprint, docname) if taken else finding.fingerprint
            seen.add(fingerprint)
            unique[docname].append(replace(finding, fingerprint=fingerprint) if taken else finding)
    return unique


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.pattern
