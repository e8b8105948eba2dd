"""Which findings are asked for: by an issue, its budget, its samples, or ``revguide_flag``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sphinxext_revguide.book.derived.budgets import overused
from sphinxext_revguide.book.derived.sample_states import standing
from sphinxext_revguide.book.records import Flagged
from sphinxext_revguide.model import Finding, Issue

if TYPE_CHECKING:
    from sphinxext_revguide.book.store import Book


def asked(book: Book) -> list[Flagged]:
    """Return all findings that something asks for, allowed ones included, by path and line."""
    found = [*_own(book), *_over_budget(book), *standing(book)]
    # Of one finding the last counts: an issue's budget goes before that of a pattern file.
    once = {one.finding.fingerprint: one for one in found}.values()
    return sorted(once, key=lambda one: _place(one.finding))


def _own(book: Book) -> Iterator[Flagged]:
    """Yield what was found when pages were read and is asked for."""
    asking = _issues_by_page_and_pattern(book)
    everywhere = set(book.env.config.revguide_flag)
    for docname, found in book.own_findings().items():
        for finding in found:
            issues = tuple(asking.get((docname, finding.pattern), ()))
            if issues or "*" in everywhere or finding.pattern in everywhere:
                yield Flagged(finding, issues, book.allowance_for(finding))


def _over_budget(book: Book) -> Iterator[Flagged]:
    """Yield what issues with a budget find."""
    for guide in book.guides():
        for issue in book.issues_of(guide.id):
            if issue.budget and issue.status.flags:
                for docname in book.chapters_of(guide):
                    for finding in overused(book, issue, docname):
                        yield Flagged(finding, (issue,), book.allowance_for(finding))


def _issues_by_page_and_pattern(book: Book) -> dict[tuple[str, str], list[Issue]]:
    chapters = book.chapters_by_guide()
    asking: dict[tuple[str, str], list[Issue]] = {}
    for issue in book.issues():
        if issue.status.flags:
            for docname in chapters.get(issue.guide, ()):
                for pattern in issue.patterns:
                    asking.setdefault((docname, pattern), []).append(issue)
    return asking


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.pattern
