"""Compares the findings of two states of a book: which are fixed, new or moved.

A finding is recognised by its pattern, its page, the titles of its section, and ``content``, a hash
of its words. Nothing else is compared. Titles are compared in short, because older baselines,
verdicts and reports contain all titles of a finding, and newer ones only some of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from sphinxext_revguide.model import Finding
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.in_words import brief


@record(frozen=True, slots=True)
class Compared:
    """The state of the findings of an earlier book; each item of ``same`` is (earlier, now)."""

    same: tuple[tuple[Finding, Finding], ...]
    fixed: tuple[Finding, ...]
    new: tuple[Finding, ...]

    @property
    def moved(self) -> tuple[tuple[Finding, Finding], ...]:
        """The pairs that are on another page or under another title now."""
        return tuple(
            (old, now)
            for old, now in self.same
            if (old.docname, brief(old.section)) != (now.docname, brief(now.section))
        )


def flagged_in(report: dict[str, Any]) -> list[Finding]:
    """Return what a report flags, without the evidence.

    :raises KeyError, TypeError, ValueError: if it lacks what a report has.
    """
    return [_finding(entry) for entry in report["findings"] if entry["flagged"]]


def _finding(entry: dict[str, Any]) -> Finding:
    return Finding(
        pattern=str(entry["pattern"]),
        docname=str(entry["docname"]),
        path=str(entry["path"]),
        line=int(entry["line"]),
        message=str(entry["message"]),
        fingerprint=str(entry["fingerprint"]),
        content=str(entry["content"]),
        section=str(entry["section"]),
    )


def compare(
    earlier: Iterable[Finding], now: Iterable[Finding], docnames: Iterable[str]
) -> Compared:
    """Match each earlier finding with a current one, each at most once.

    The most certain matches are made first: the same words on the same page; then the same words
    anywhere, for text that was moved or a page that was renamed; last, the same pattern under the
    same title, on the same page or on a page that is gone, for words that have changed.

    :param docnames: the pages that exist now; a page that is not among them may have been renamed.
    """
    old, new = list(earlier), list(now)
    same: list[tuple[Finding, Finding]] = []
    for key in _LIKENESSES:
        found, old, new = _pair(old, new, key)
        same += found
    there = set(docnames)
    renamed = _renamed(same, there)
    found, old, new = _pair(
        old,
        new,
        lambda finding: (
            finding.pattern,
            renamed.get(finding.docname, finding.docname),
            brief(finding.section),
        ),
    )
    gone = [finding for finding in old if finding.docname not in there and finding.section]
    moved, fixed, new = _pair(gone, new, lambda finding: (finding.pattern, brief(finding.section)))
    fixed += [finding for finding in old if finding.docname in there or not finding.section]
    return Compared((*same, *found, *moved), tuple(fixed), tuple(new))


def _pair(
    old: Sequence[Finding], new: Sequence[Finding], key: Callable[[Finding], Hashable]
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """Return the pairs with equal keys, in order, and what is left of both lists."""
    waiting: dict[Hashable, deque[Finding]] = {}
    for finding in new:
        waiting.setdefault(key(finding), deque()).append(finding)
    pairs, left = [], []
    for finding in old:
        if found := waiting.get(key(finding)):
            pairs.append((finding, found.popleft()))
        else:
            left.append(finding)
    unpaired = {id(finding) for queue in waiting.values() for finding in queue}
    return pairs, left, [finding for finding in new if id(finding) in unpaired]


def _renamed(same: Sequence[tuple[Finding, Finding]], docnames: set[str]) -> dict[str, str]:
    """Return the new names of pages that are gone: the pages to which their findings moved."""
    return {
        old.docname: now.docname
        for old, now in same
        if old.docname != now.docname and old.docname not in docnames
    }


_LIKENESSES: tuple[Callable[[Finding], Hashable], ...] = (
    lambda finding: (finding.content, finding.docname, brief(finding.section), finding.fingerprint),
    lambda finding: (finding.content, finding.docname, brief(finding.section)),
    lambda finding: (finding.content, finding.docname, finding.fingerprint),
    lambda finding: (finding.content, finding.docname),
    lambda finding: (finding.content, brief(finding.section)),
    lambda finding: finding.content,
)
