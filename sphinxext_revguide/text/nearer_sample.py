"""Decides which sample of a pair is in a chapter if the two differ by only a few words.

What both samples say tells nothing about which of them is there. Each difference between them is
therefore looked for in the chapter together with the words around it, first by words, and where
the words are the same by letters and punctuation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache

from sphinxext_revguide.text.alignment import aligned
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.measure import plain_typography
from sphinxext_revguide.text.sample_words import words_in

_TOKEN = late(r"[^\W_]+|[^\w\s*_`#|>\\]")
"""Words in their case, and punctuation; the marks of Markdown and reStructuredText are neither."""
_CONTEXT = (4, 3, 2, 1)
"""How many words on each side of a difference are searched for, if the chapter has as many."""
_MIN = 5
"""A shorter text that is in a chapter exactly may be there by accident."""
_ALIKE = 0.5
"""Samples that share less than this part of the longer one differ by more than a few words."""


class Nearer(Enum):
    """Which sample of a pair is in the chapter."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"
    MIXED = "mixed"
    """Some differences match one sample, others match the other one."""


def nearer(before: str, after: str, texts: Iterable[str]) -> Nearer | None:
    """Return which of two samples some texts contain, or None if that cannot be decided.

    :param texts: the texts of the pages on which the samples may be, as readers see them.
    """
    held = list(texts)
    for cut in (words_in, _tokens):
        old, new = cut(before), cut(after)
        if old != new and old and new:
            found = _decide(old, new, [_held(text, cut) for text in held])
            if found is not None:
                return found
            if cut is words_in and min(len(old), len(new)) >= _MIN:
                return None
    return None


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(plain_typography(text))


@lru_cache(maxsize=64)
def _held(text: str, cut: Callable[[str], list[str]]) -> str:
    """Return the words of a chapter, which many samples are searched for in."""
    return _joined(cut(text))


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} " if words else ""


def _count(words: Sequence[str], texts: Iterable[str]) -> int:
    """Count how often a run of words occurs in some texts, also at the end of another run."""
    wanted = _joined(words)
    found = 0
    for text in texts:
        start = text.find(wanted)
        while start >= 0:
            found += 1
            start = text.find(wanted, start + len(wanted) - 1)
    return found


def _alone(old: Sequence[str], new: Sequence[str], texts: Sequence[str]) -> tuple[int, int]:
    """Count two runs of words; one that is a part of the other does not count inside it."""
    olds, news = _count(old, texts), _count(new, texts)
    if _joined(old) in _joined(new):
        olds = max(0, olds - news)
    elif _joined(new) in _joined(old):
        news = max(0, news - olds)
    return olds, news


def _verdict(olds: int, news: int, mixed: Nearer = Nearer.BOTH) -> Nearer | None:
    if olds and news:
        return mixed
    if olds:
        return Nearer.BEFORE
    return Nearer.AFTER if news else None


def _decide(old: list[str], new: list[str], texts: Sequence[str]) -> Nearer | None:
    olds, news = _alone(old, new, texts)
    short = min(len(old), len(new)) < _MIN
    if not short and (olds or news):
        return _verdict(olds, news)
    differences = list(_differences(old, new))
    if not differences:
        return None
    if short and (olds or news):
        return _verdict(olds, news)
    votes = [0, 0]
    for difference, other, weight in differences:
        olds, news = _found(difference, other, texts)
        # What is there both ways, in two places, tells nothing.
        votes[0] += weight * (olds > 0 and not news)
        votes[1] += weight * (news > 0 and not olds)
    return _verdict(votes[0], votes[1], Nearer.MIXED)


Run = Callable[[int], list[str]]


def _found(old: Run, new: Run, texts: Sequence[str]) -> tuple[int, int]:
    for context in _CONTEXT:
        olds, news = _alone(old(context), new(context), texts)
        if olds or news:
            return olds, news
    return 0, 0


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[Run, Run, int]]:
    """Yield each difference of two alike samples: both sides with context, and how long it is."""
    steps = list(aligned(old, new))
    same = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    if same < _ALIKE * max(len(old), len(new)):
        return
    start: tuple[int, int] | None = None
    for step in [*steps, None]:
        if step is not None and step.tag != "equal":
            start = start or (step.src_start, step.dest_start)
            end = step.src_end, step.dest_end
        elif start is not None:
            weight = end[0] - start[0] + end[1] - start[1]
            yield _run(old, start[0], end[0]), _run(new, start[1], end[1]), weight
            start = None


def _run(words: list[str], start: int, end: int) -> Run:
    return lambda context: words[max(0, start - context) : end + context]
