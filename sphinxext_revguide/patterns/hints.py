"""Cheap tests for words without which an expensive expression cannot match.

A word is looked up once for all hints together, and is then known; a text has the hints of its
words. A hint may be wrong, but no text without it may match the expression that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from itertools import compress, count
from operator import or_

_MAX = 20_000
"""Number of words kept."""
_NEAR = 5
"""So many words and symbols away, a word still belongs to a number."""
_LETTERS = re.compile(r"[^\W\d_]+")
_hints: dict[str, int] = {}
_bits = map((1).__lshift__, count(1))
DIGIT = 1
"""The hint of every word that contains a digit."""


class _Known(dict[str, int]):
    """The hints of each word, and of its parts between hyphens, apostrophes and digits."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX:
            self.clear()
        found = _hints.get(word, 0)
        if not word.isalpha():
            for part in _LETTERS.findall(word):
                found |= _hints.get(part, 0)
            if any(map(str.isdecimal, word)):
                found |= DIGIT
        self[word] = found
        return found


_known = _Known()


def hint(words: str) -> int:
    """Declare a hint.

    :param words: the words and symbols that give it, in small letters and with blanks between them.
    :returns: the bit that stands for it.
    """
    bit = next(_bits)
    for word in words.split():
        _hints[word] = _hints.get(word, 0) | bit
    _known.clear()
    return bit


def hints_of(words: Iterable[str]) -> int:
    """Return the hints of all words of a text."""
    return reduce(or_, map(_known.__getitem__, words), 0)


def hints_near_digits(words: Iterable[str]) -> int:
    """Return the hints of the words of a text that have digits, and of those near them."""
    every = list(map(_known.__getitem__, words))
    found, start = 0, 0
    for place in compress(count(), every):  # most words hint at nothing
        if every[place] & DIGIT:
            found = reduce(or_, every[max(start, place - _NEAR) : place + _NEAR + 1], found)
            start = place + 1
    return found
