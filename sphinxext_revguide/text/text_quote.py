"""Finds words that a reader quoted from a page, with a text-quote selector of the W3C.

A quotation consists of the words, and of some words before and after them, which distinguish
places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxext_revguide.text.quote_finder import STANDING, track
from sphinxext_revguide.text.sample_words import words_in
from sphinxext_revguide.text.word_index import Source, WordIndex

_CUT_FIRST = re.compile(r"^\w+")
_CUT_LAST = re.compile(r"\w+$")


def place_of_quote(
    exact: str, prefix: str, suffix: str, sources: Iterable[Source]
) -> tuple[str, int, bool] | None:
    """Return the file and the 1-based line on which a quotation begins, and whether it is verbatim.

    Line breaks, case and markup make no difference. ``None`` if most of its words are gone.
    """
    files = list(sources)
    words = words_in(exact)
    # Their outer ends may be cut in the middle of a word.
    before, after = words_in(_CUT_FIRST.sub("", prefix)), words_in(_CUT_LAST.sub("", suffix))
    best: tuple[int, str, int] | None = None
    for index in map(WordIndex, files):
        here = [word for word, _line in index.words]
        for start in _places(here, words):
            around = _same(reversed(here[:start]), reversed(before))
            around += _same(here[start + len(words) :], after)
            if best is None or around > best[0]:
                best = around, index.path, index.words[start][1]
    if best is not None:
        return best[1], best[2], True
    found = track(exact, None, [("", source) for source in files])
    if found.share < STANDING or not found.passages:
        return None
    return found.passages[0].path, found.passages[0].line, False


def _places(here: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    for start in range(len(here) - len(words) + 1) if words else ():
        if here[start] == words[0] and here[start : start + len(words)] == words:
            yield start


def _same(here: Iterable[str], quoted: Iterable[str]) -> int:
    """Return the number of equal words before the first difference."""
    count = 0
    for letter, other in zip(here, quoted, strict=False):
        if letter != other:
            break
        count += 1
    return count
