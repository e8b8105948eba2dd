"""Converts titles in capitals to normal case."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A match begins only at the first blank of a run, or a long run would take quadratic time.
_PARTS = re.compile(r"((?:(?<!\s)\s+)?[:–—|(]\s*|\s-\s)")
_TOKEN = re.compile(r"\S+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]+")
"""A capitalized word inside a sentence."""
_BOLD = re.compile(r"\*\*[^*]+\*\*")
"""Bold text, such as "**Narrative Issues:**", in which any word may be capitalized."""
_PLACE = re.compile(r"\W*(?:part|step|day|week|item|task|tier)\s+\d+\W*", re.IGNORECASE)
"""A numbered part of a title, such as "PART 1"."""
_SHORT = 5
"""A single word in capitals with fewer letters, alone in its part of a title, is an acronym."""
_LONGEST = 8
"""An acronym has at most this many letters; a longer word in capitals is emphasized."""


class Casing:
    """Learns how a guide writes names and acronyms, and converts its titles accordingly."""

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
            heading = line.lstrip().startswith("#")
            shouted = _shouted(line) if heading else set()
            capitals.update(
                word
                for word in words
                if 1 < len(word) <= _LONGEST and word.isupper() and word not in shouted
            )
            if not heading:
                # In headings any word may be capitalized.
                text = "" if _is_title(plain) else _BOLD.sub("", line)
                found = [word for word in _NAME.findall(text) if not word.isupper()]
                names.update((word.casefold(), word) for word in found)
            mixed = (word for word in plain if word[1:] != word[1:].lower())
            names.update((word.casefold(), word) for word in mixed)
        self._forms = {**names, **{word.casefold(): word for word in capitals}}
        for word in others:
            self._forms.pop(word, None)

    def normal(self, title: str) -> str:
        """Return a title with the parts that are all in capitals converted to normal case."""
        parts = _PARTS.split(title)
        changed = [
            self._normal(part, first=index == 0 or parts[index - 1].strip() == ":")
            for index, part in enumerate(parts)
        ]
        return "".join(changed)

    def _normal(self, part: str, *, first: bool) -> str:
        words = _WORD.findall(part)
        if not words or not part.isupper():
            return part
        if len(words) == 1 and len(words[0]) < _SHORT and not _PLACE.fullmatch(part):
            return part
        lowered = _TOKEN.sub(lambda match: self._lowered(match[0]), part)
        first_letter = _WORD.search(lowered)
        if not first or first_letter is None or not first_letter[0].islower():
            return lowered  # "iPhone" is not capitalized, even at the beginning.
        place = first_letter.start()
        if any(character.isdigit() for character in lowered[:place]):
            return lowered  # "10 critical issues" begins with a number: nothing to capitalize.
        return lowered[:place] + lowered[place].upper() + lowered[place + 1 :]

    def _lowered(self, token: str) -> str:
        if re.search(r"[\d™®&/.]\w|[™®]", token):
            # "A/B", "P99" and "TIDE™" are names, not words.
            return token
        return _WORD.sub(lambda word: self._forms.get(word[0].casefold(), word[0].lower()), token)


def _shouted(heading: str) -> set[str]:
    """Return the words in the all-capital parts of a heading, except single short words."""
    parts = [part for part in _PARTS.split(heading) if part.isupper()]
    return {word for part in parts for word in _WORD.findall(part) if len(word) >= _SHORT} | {
        word for part in parts if len(_WORD.findall(part)) > 1 for word in _WORD.findall(part)
    }


def _is_title(words: list[str]) -> bool:
    """Return whether most words begin with a capital, as in a title."""
    return 2 * sum(word[0].isupper() for word in words) > len(words)
