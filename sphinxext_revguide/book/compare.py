"""Which of the findings of two states of a book are the same: what is fixed, new, and moved."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a finding from others, whatever has happened to its page.

    ``content`` stands for the words that show the pattern, ``section`` is the title over them.
    ``path``, ``line`` and ``message`` are only told; a line of 0 is not known.
    """

    pattern: str
    docname: str
    section: str
    content: str
    fingerprint: str
    path: str = ""
    line: int = 0
    message: str = ""

    @property
    def in_words(self) -> str:
        """What it is and where, without a line."""
        under = f", under “{self.section}”" if self.section else ""
        return f"{self.pattern} in {self.docname}{under}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of the findings of an earlier state; each of ``same`` is (earlier, now)."""

    same: tuple[tuple[Known, Known], ...]
    fixed: tuple[Known, ...]
    new: tuple[Known, ...]

    @property
    def moved(self) -> tuple[tuple[Known, Known], ...]:
        """Those that stand on another page or under another title."""
        return tuple(
            (old, now)
            for old, now in self.same
            if (old.docname, old.section) != (now.docname, now.section)
        )


def known_of(report: dict[str, Any]) -> list[Known]:
    """Return what a report flags.

    :raises KeyError, TypeError, ValueError: if it lacks what a report has.
    """
    return [_known(one) for one in report["findings"] if one["flagged"]]


def _known(finding: dict[str, Any]) -> Known:
    return Known(
        pattern=str(finding["pattern"]),
        docname=str(finding["docname"]),
        section=str(finding["section"]),
        content=str(finding["content"]),
        fingerprint=str(finding["fingerprint"]),
        path=str(finding["path"]),
        line=int(finding["line"]),
        message=str(finding["message"]),
    )


def compare(earlier: Iterable[Known], now: Iterable[Known], docnames: Iterable[str]) -> Compared:
    """Find for each earlier finding the one that it is now, each at most once.

    The surest likeness goes first: the same words on the same page, the same words anywhere (text
    that was moved, or a page that was renamed), and last the same pattern under the same title, of
    the same page or of one that is gone, where words have changed.

    :param docnames: the pages there are now; a page that is none of them may have been renamed.
    """
    old, new = list(earlier), list(now)
    same: list[tuple[Known, Known]] = []
    for key in _LIKENESSES:
        found, old, new = _pair(old, new, key)
        same += found
    there = set(docnames)
    renamed = _renamed(same, there)
    found, old, new = _pair(
        old, new, lambda one: (one.pattern, renamed.get(one.docname, one.docname), one.section)
    )
    gone = [one for one in old if one.docname not in there and one.section]
    moved, fixed, new = _pair(gone, new, lambda one: (one.pattern, one.section))
    fixed += [one for one in old if one.docname in there or not one.section]
    return Compared((*same, *found, *moved), tuple(fixed), tuple(new))


def _pair(
    old: Sequence[Known], new: Sequence[Known], key: Callable[[Known], Hashable]
) -> tuple[list[tuple[Known, Known]], list[Known], list[Known]]:
    """Return the pairs that a key makes, in order, and what is left of both."""
    waiting: dict[Hashable, deque[Known]] = {}
    for one in new:
        waiting.setdefault(key(one), deque()).append(one)
    pairs, left = [], []
    for one in old:
        if found := waiting.get(key(one)):
            pairs.append((one, found.popleft()))
        else:
            left.append(one)
    unpaired = {id(one) for queue in waiting.values() for one in queue}
    return pairs, left, [one for one in new if id(one) in unpaired]


def _renamed(same: Sequence[tuple[Known, Known]], docnames: set[str]) -> dict[str, str]:
    """Return the new names of pages that are gone, as the findings that went with them tell."""
    return {
        old.docname: now.docname
        for old, now in same
        if old.docname != now.docname and old.docname not in docnames
    }


_LIKENESSES: tuple[Callable[[Known], Hashable], ...] = (
    lambda one: (one.content, one.docname, one.section, one.fingerprint),
    lambda one: (one.content, one.docname),
    lambda one: (one.content, one.section),
    lambda one: one.content,
)
