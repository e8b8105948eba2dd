"""Titles in capitals -> titles as they are written in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARTS = re.compile(r"(\s*[:–—|(]\s*|\s-\s)")
_TOKEN = re.compile(r"\S+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]+")
"""A word with a capital in the middle of a sentence."""
_SHORT = 5
"""A word in capitals of fewer letters, alone in its part of a title, is taken for an acronym."""


class Casing:
    """Knows how a guide writes the words that it does not write in lower case."""

    def __init__(self, lines: Iterable[str]) -> None:
        capitals: set[str] = set()
        names: dict[str, str] = {}
        others: set[str] = set()
        for line in lines:
            words = _WORD.findall(line)
            plain = [word for word in words if not word.isupper()]
            others.update(word for word in plain if word.islower())
            if len(plain) <= len(words) / 2:
                continue
            capitals.update(word for word in words if word.isupper() and len(word) > 1)
            if not line.lstrip().startswith("#"):
                # In headings any word may begin with a capital.
                names.update((word.casefold(), word) for word in _NAME.findall(line))
            mixed = (word for word in plain if word[1:] != word[1:].lower())
            names.update((word.casefold(), word) for word in mixed)
        self._forms = {**names, **{word.casefold(): word for word in capitals}}
        for word in others:
            self._forms.pop(word, None)

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
        if not first or first_letter is None or not first_letter[0].islower():
            return lowered  # "iPhone" begins a title as it is.
        place = first_letter.start()
        return lowered[:place] + lowered[place].upper() + lowered[place + 1 :]

    def _lowered(self, token: str) -> str:
        if re.search(r"[\d™®&/.]\w|[™®]", token):
            # "A/B", "P99", "TIDE™": names, not words.
            return token
        return _WORD.sub(lambda word: self._forms.get(word[0].casefold(), word[0].lower()), token)
