"""Cheap tests for words without which an expensive regular expression cannot match.

A word is looked up once for all hints together and cached; a text has the hints of its words. A
text with a hint need not match the expression of the hint, but a text without it must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from itertools import compress, count
from operator import or_

_MAX = 20_000
"""Number of words in the cache."""
_NEAR = 5
"""The distance in words and symbols at which a word still belongs to a number."""
_LETTERS = re.compile(r"[^\W\d_]+")
_hints: dict[str, int] = {}
_bits = map((1).__lshift__, count(1))
DIGIT = 1
"""The hint of every word that contains a digit."""


class _Known(dict[str, int]):
    """A cache of the hints of words and their parts between hyphens, apostrophes and digits."""

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

    :param words: the words and symbols that give the hint, in lower case, separated by spaces.
    :returns: the bit of the hint.
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
    """Return the hints of the words of a text that contain digits, and of words near them."""
    every = list(map(_known.__getitem__, words))
    found, start = 0, 0
    for place in compress(count(), every):  # most words have no hint
        if every[place] & DIGIT:
            found = reduce(or_, every[max(start, place - _NEAR) : place + _NEAR + 1], found)
            start = place + 1
    return found
