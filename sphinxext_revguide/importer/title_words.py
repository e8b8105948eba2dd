"""Finds the pattern and the budget that the title of an issue names literally."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_APART = 2
"""Maximum number of words between two words of a phrase."""

_TERM = re.compile(
    r"[\"“'‘]?((?:[^\W_][\w.-]*[™®]|[A-Z][A-Z0-9]{2,})(?:[ ]\w+){0,2}?)[\"”'’]?\s+"
    r"(?:repetitions?|over-?use|saturation|frequency|density|overload|mentions?|name-dropping)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:→|->|=>|\bto\b|\btarget(?: count)?:?|\bgoal:?|\bat most|\bmax(?:imum)?[.:]?|\bno more than"
    r"|\blimit:?)\s*(?:about|around|~|≈|≤|<)?\s*"
    r"([0-9]{1,4})(?:\s*(?:[-–—]|to)\s*([0-9]{1,4}))?(?![0-9%]|[.,][0-9])"
    r"(?!\s*(?:%|percent|h\b|hours?|min|words?|lines?|pages?|weeks?|days?|chapters?|KB\b))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:target|goal|found|reduce|limit|keep|cut|max(?:imum)?|no more than|at most)\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"(?:repetitions?|over-?use|saturation|frequency|density|overload)\s+of\s+(?:the\s+)?"
    r"[\"“'‘]?((?:[^\W_][\w.-]*[™®]|[A-Z][\w-]+)(?:[ ]\w+)?)[\"”'’]?(?=\s*(?:[(:,–—-]|$))",
    re.IGNORECASE,
)
"""A term after the word for its repetition: "Overuse of FlowDesk"."""
_IN_QUOTES = re.compile(r"[\"“]([^\"“”?!…]{2,40}?)[,.]?[\"”]")
_NAME = re.compile(r"\b([A-Z][a-z]+[A-Z]\w*|[^\W_][\w.-]*[™®])")
"""A name with a capital inside it, or a trademark."""
_SHARE = re.compile(
    r"\b(?:cut|reduce|halve|thin|lower)\w*\b[^.\n]{0,60}?\bby\s+(?:about|around|some|at least)?\s*"
    r"(?:([1-9][0-9]?)\s*(?:%|per ?cent)|(half|a half|a third|two thirds|three quarters))",
    re.IGNORECASE,
)
_LEFT = {"half": 50, "a half": 50, "a third": 67, "two thirds": 33, "three quarters": 25}
_COUNT = re.compile(
    r"\b([0-9]{1,4})\s*(?:\+\s*)?(?:times|uses|mentions|instances|occurrences|hits|repetitions)\b"
    r"|\bfound:?\s*([0-9]{1,4})\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[\"“'‘]([^\"“”'‘’]{2,30})[\"”'’]\s+(?:repetitions?|over-?use|saturation|frequency|density)\b",
    re.IGNORECASE,
)


def pattern_named(title: str) -> str:
    """Return the id of the pattern that a title names, or "".

    Text in parentheses counts only if the rest of the title names nothing.
    """
    outside, _opening, inside = title.partition("(")
    return _named(outside) or _named(inside)


def budget_named(title: str, text: str = "") -> tuple[tuple[str, int], ...]:
    """Return the term that a title calls repeated, with the highest number its target allows.

    :param title: such as ``TIDE™ repetition (71 instances → 30-35 target)``.
    :param text: where to look for a line such as ``Target: 30-35`` if the title has no number.
    """
    return _budget(term_named(title), title, text)


def budget_of(title: str, problem: str, text: str) -> tuple[tuple[str, int], ...]:
    """Return the budget of an issue that is about an overused term, whatever its words.

    The term is what the title quotes, else a name in the title, else the first name in the problem.

    :param title: such as ``Cut "FlowDesk" from 61 mentions to about 12``.
    :param text: where to look for a number if the title has none.
    """
    said = _IN_QUOTES.search(title) or _NAME.search(title) or _NAME.search(problem)
    return _budget(term_named(title) or (said[1] if said else ""), title, text)


def _budget(term: str, title: str, text: str) -> tuple[tuple[str, int], ...]:
    most = _target(title, text) if term else None
    return () if most is None else ((term, most),)


def _target(title: str, text: str) -> int | None:
    """Return the number that a target allows, or what is left by a reduction in percent."""
    lines = text.replace("*", "").split("\n")
    for line in (title, *(line for line in lines if _COUNTED.search(line))):
        if match := _TARGET.search(line):
            return int(match[2] or match[1])
    share, count = (form.search(f"{title}\n{text}") for form in (_SHARE, _COUNT))
    if not share or not count:
        return None
    left = 100 - int(share[1]) if share[1] else _LEFT[share[2].casefold()]
    return round(int(count[1] or count[2]) * left / 100)


def term_named(title: str) -> str:
    """Return the term that a title calls repeated: a trademark, or a word in capitals or quotes."""
    quoted = _QUOTED.match(title.strip())
    if quoted:
        return quoted[1]
    for pattern in (_TERM, _REPEATED):
        match = pattern.match(title.strip())
        if match and (set(match[1]) & set("™®") or match[1].isupper()):
            return match[1]
    return ""


def _named(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    for pattern, phrases in _phrases().items():
        if any(_stands(phrase, words) for phrase in phrases):
            return pattern
    return ""


def _stands(phrase: tuple[str, ...], words: list[str]) -> bool:
    starts = (index for index, word in enumerate(words) if _fits(phrase[0], word))
    return any(_goes_on(phrase[1:], words, start + 1) for start in starts)


def _goes_on(phrase: tuple[str, ...], words: list[str], place: int) -> bool:
    for part in phrase:
        near = range(place, min(place + _APART + 1, len(words)))
        found = next((index for index in near if _fits(part, words[index])), None)
        if found is None:
            return False
        place = found + 1
    return True


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


_Phrases = tuple[tuple[str, ...], ...]


@cache
def _phrases() -> dict[str, _Phrases]:
    return {pattern: _split(phrases) for pattern, phrases in _data("title-words-en.toml").items()}


def _split(phrases: Iterable[str]) -> _Phrases:
    return tuple(tuple(re.split(r"[\s'-]+", phrase.casefold())) for phrase in phrases)


def _data(name: str) -> dict[str, Any]:
    path = files("sphinxext_revguide.importer") / name
    return tomllib.loads(path.read_text(encoding="utf-8"))
