"""Titles in capitals -> titles as they are written in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARTS = re.compile(r"(\s*[:–—|(]\s*|\s-\s)")
_TOKEN = re.compile(r"\S+")
_SHORT = 5
"""A word in capitals of fewer letters, alone in its part of a title, is taken for an acronym."""


class Casing:
    """Knows which words a guide writes in capitals in the middle of others: these stay."""

    def __init__(self, lines: Iterable[str]) -> None:
        capitals: set[str] = set()
        others: set[str] = set()
        for line in lines:
            words = _WORD.findall(line)
            plain = [word for word in words if not word.isupper()]
            others.update(word.casefold() for word in plain)
            if len(plain) > len(words) / 2:
                capitals.update(word for word in words if word.isupper() and len(word) > 1)
        self.kept = frozenset(word for word in capitals if word.casefold() not in others)

    def normal(self, title: str) -> str:
        """Return a title with the parts that are wholly in capitals written as usual."""
        parts = _PARTS.split(title)
        changed = [self._normal(part, first=index == 0) for index, part in enumerate(parts)]
        return "".join(changed)

    def _normal(self, part: str, *, first: bool) -> str:
        words = _WORD.findall(part)
        if not words or not part.isupper() or (len(words) == 1 and len(words[0]) < _SHORT):
            return part
        lowered = _TOKEN.sub(lambda match: self._lowered(match[0]), part)
        first_letter = _WORD.search(lowered)
        if not first or first_letter is None:
            return lowered
        place = first_letter.start()
        return lowered[:place] + lowered[place].upper() + lowered[place + 1 :]

    def _lowered(self, token: str) -> str:
        if re.search(r"[\d™®&/.]\w|[™®]", token):
            # "A/B", "P99", "TIDE™": names, not words.
            return token
        return _WORD.sub(lambda word: word[0] if word[0] in self.kept else word[0].lower(), token)
