"""The language of patterns: what a pattern file may say, as data.

Nothing here knows how a file is read (``loader``) or how a signal is found (``signals``).
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


class Lexicon:
    """A named list of words and phrases, found as whole words whatever their case.

    ``*`` at the end of a word stands for any ending. Nothing else is special: an author's entry
    is never read as a regular expression, so that none can hang a build.
    """

    def __init__(self, name: str, entries: tuple[str, ...]) -> None:
        self.name = name
        self.entries = entries

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = sorted((_entry_pattern(entry) for entry in self.entries), key=len, reverse=True)
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> list[str]:
        """Return the entries found in a text, lower-cased, without repetitions, in order."""
        found = (match[0].lower() for match in self._pattern.finditer(text))
        return list(dict.fromkeys(found))

    def matches(self, text: str) -> bool:
        """Tell whether one entry is found in a text."""
        return self._pattern.search(text) is not None

    def is_whole(self, text: str) -> bool:
        """Tell whether a text is one entry and nothing else, punctuation aside."""
        return self._pattern.fullmatch(text.strip(" .!:*")) is not None

    def __reduce__(self) -> tuple[type[Lexicon], tuple[str, tuple[str, ...]]]:
        """Leave the compiled form out of pickles."""
        return Lexicon, (self.name, self.entries)


def _entry_pattern(entry: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in entry.lower().split()]
    body = r"\s+".join(words)
    before = r"(?<!\w)" if entry[:1].isalnum() else ""
    after = r"(?!\w)" if entry[-1:].isalnum() else ""
    return f"{before}{body}{after}"


@dataclass(frozen=True, slots=True)
class SignalUse:
    """A signal as a pattern uses it: ``weight`` per unit of its strength."""

    signal: str
    weight: float
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """One shape that a pattern takes; ``needs`` are signals without which it is not there."""

    shape: str
    threshold: float
    needs: tuple[SignalUse, ...]
    signals_for: tuple[SignalUse, ...]
    signals_against: tuple[SignalUse, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, in Markdown, that a pattern flags or leaves alone."""

    text: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: what it is, why it hurts, what to do instead, and how it is recognised."""

    id: str
    title: str
    what: str
    why: str
    instead: str
    family: str = ""
    forms: tuple[Form, ...] = ()
    examples: tuple[Example, ...] = ()
    yields_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a pattern shows. ``key`` is what a fingerprint is made of."""

    pattern: str
    source: str
    line: int
    end_line: int
    message: str
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    score: float
    threshold: float
    key: str


@dataclass(frozen=True)
class Library:
    """Patterns and lexicons by name. ``digest`` changes when any of them does."""

    patterns: Mapping[str, Pattern]
    lexicons: Mapping[str, Lexicon]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all patterns, sorted."""
        return tuple(sorted(self.patterns))

    def nearest(self, text: str) -> str | None:
        """Return the pattern id that resembles a text most, if one does."""
        found = difflib.get_close_matches(text, self.ids, n=1)
        return found[0] if found else None

    @cached_property
    def digest(self) -> str:
        """A hash of all patterns and lexicons, the same in every process."""
        lexicons = sorted((name, lexicon.entries) for name, lexicon in self.lexicons.items())
        text = repr((sorted(self.patterns.items()), lexicons))
        return hashlib.sha256(text.encode()).hexdigest()
