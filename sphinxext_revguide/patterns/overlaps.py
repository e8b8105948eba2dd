"""Selects which of several overlapping matches is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations, product

from sphinxext_revguide.patterns.language import Library, Match
from sphinxext_revguide.patterns.outline import Outline

CLEARLY = 0.75
"""The difference in ``subject`` from which only the pattern with the higher one is reported. All
subjects are on one scale, the logarithm of the odds."""


def resolve_overlaps(found: Iterable[Match], library: Library) -> Iterator[Match]:
    """Yield the matches that no other match beats; a beaten match beats none itself.

    Two forms of a pattern may find equal matches, of which the first is kept.
    Only overlapping matches are compared, as a page may have thousands.
    """
    ranked = sorted(found, key=_rank)
    beats: list[list[int]] = [[] for _one in ranked]
    beaters = [0] * len(ranked)
    for pair in _neighbours(ranked):
        for order, other in (pair, pair[::-1]):
            if _beats(ranked[order], ranked[other], library, is_first=order < other):
                beats[order].append(other)
                beaters[other] += 1
    left = dict.fromkeys(range(len(ranked)))
    unbeaten = [index for index in left if not beaters[index]]
    heapify(unbeaten)
    while left:
        while unbeaten and unbeaten[0] not in left:
            heappop(unbeaten)
        best = heappop(unbeaten) if unbeaten else next(iter(left))
        yield ranked[best]
        gone = [best, *(index for index in beats[best] if index in left)]
        for index in gone:
            del left[index]
        for other in (other for index in gone for other in beats[index]):
            beaters[other] -= 1
            if not beaters[other]:
                heappush(unbeaten, other)


def without_introductions(found: Sequence[Match], outline: Outline) -> Iterator[Match]:
    """Yield the matches, except introductions to a text that shows the same pattern better.

    The text before the first subsection shares the words of what it introduces. It is dropped if
    it only reaches the sensitive threshold and a subsection has a clearly higher score.
    """
    best: dict[tuple[str, str, int], float] = {}
    for match in found:
        for member in match.members if match.whole_sections else ():
            parent = outline.sections[member].parent
            while parent >= 0:
                key = (match.pattern, match.term, parent)
                best[key] = max(match.score, best.get(key, match.score))
                parent = outline.sections[parent].parent
    for match in found:
        is_one_section = match.whole_sections and len(match.members) == 1
        if is_one_section and not match.is_strict:
            below = best.get((match.pattern, match.term, match.members[0]), match.score)
            if below > match.score + CLEARLY:
                continue
        yield match


def _neighbours(matches: list[Match]) -> Iterator[tuple[int, int]]:
    """Yield the indices of all pairs that overlap."""
    by_file: dict[tuple[str, str], list[int]] = {}
    by_members: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for index, match in enumerate(matches):
        by_file.setdefault((match.term, match.source), []).append(index)
        if match.whole_sections:
            by_members.setdefault((match.term, match.members), []).append(index)
    for indices in by_file.values():
        yield from _over_lines(matches, indices)
    for alike in by_members.values():
        yield from combinations(alike, 2)
    for group, others in _over_sections(list(by_members)):
        for other in others:
            yield from product(by_members[group], by_members[other])
    yield from _over_included(matches)


def _over_included(matches: list[Match]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a section and a construct in it that is included from another file."""
    inside: dict[tuple[str, int], list[int]] = {}
    for index, match in enumerate(matches):
        if not match.whole_sections:
            for member in match.members:
                inside.setdefault((match.term, member), []).append(index)
    for index, match in enumerate(matches):
        for member in match.members if match.whole_sections else ():
            for other in inside.get((match.term, member), ()):
                if matches[other].source != match.source:
                    yield index, other


def _over_lines(matches: list[Match], indices: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a file that share lines, except pairs of whole sections."""
    reaching: list[int] = []
    for index in sorted(indices, key=lambda index: matches[index].line):
        here = matches[index]
        reaching = [index for index in reaching if matches[index].end_line >= here.line]
        for place in reaching:
            if not (here.whole_sections and matches[place].whole_sections):
                yield place, index
        reaching.append(index)


_Sections = tuple[str, tuple[int, ...]]


def _over_sections(groups: list[_Sections]) -> Iterator[tuple[_Sections, set[_Sections]]]:
    """Yield each group of sections with the earlier groups that share a section with it."""
    holding: dict[tuple[str, int], list[_Sections]] = {}
    for group in groups:
        term, members = group
        yield group, {index for member in members for index in holding.get((term, member), ())}
        for member in members:
            holding.setdefault((term, member), []).append(group)


def _beats(one: Match, other: Match, library: Library, *, is_first: bool) -> bool:
    """Return whether one of two overlapping matches is reported instead of the other."""
    if one.pattern == other.pattern:
        return is_first
    if _more_of_its_subject(one, other):
        return True
    yields_to = library.patterns[other.pattern].yields_to
    return one.pattern in yields_to and not _more_of_its_subject(other, one)


def _more_of_its_subject(one: Match, other: Match) -> bool:
    """Return whether one of two overlapping matches is clearly more about its subject."""
    if one.subject is None or other.subject is None:
        return False
    return one.subject > other.subject + CLEARLY


def _rank(match: Match) -> tuple[int, float, int, tuple[int, ...]]:
    """Return a sort key: the shape named first, the higher score, then the earlier place."""
    return (match.preference, -match.score, match.line, match.members)
