"""The title of an issue -> the pattern and the budget that it names."""

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

_SAID = 3
"""Minimum number of phrases that name the subject of a passage and what is wrong with it."""

_TERM = re.compile(
    r"[\"“'‘]?((?:[^\W_][\w.-]*[™®]|[A-Z][A-Z0-9]{2,})(?:[ ]\w+){0,2}?)[\"”'’]?\s+"
    r"(?:repetitions?|over-?use|saturation|frequency|density|overload|mentions?|name-dropping)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:→|->|=>|\bto\b|\btarget(?: count)?:?|\bgoal:?|\bat most|\bmax(?:imum)?[.:]?|\bno more than"
    r"|\blimit:?)\s*(?:about|around|~|≈|≤|<)?\s*"
    r"([0-9]{1,4})(?:\s*(?:[-–—]|to)\s*([0-9]{1,4}))?(?![0-9.,%])"
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
"""What a title calls repeated, behind the word for it."""
_QUOTED = re.compile(
    r"[\"“'‘]([^\"“”'‘’]{2,30})[\"”'’]\s+(?:repetitions?|over-?use|saturation|frequency|density)\b",
    re.IGNORECASE,
)


def pattern_named(title: str) -> str:
    """Return the id of the pattern that a title names, or "".

    What is in parentheses counts only where the rest of the title names nothing.
    """
    outside, _opening, inside = title.partition("(")
    return _named(outside) or _named(inside)


def budget_named(title: str, text: str = "") -> tuple[tuple[str, int], ...]:
    """Return the term that a title calls repeated, with the highest number its target allows.

    :param title: such as ``TIDE™ repetition (71 instances → 30-35 target)``.
    :param text: where to look for a line such as ``Target: 30-35`` if the title has no number.
    """
    term = term_named(title)
    if not term:
        return ()
    lines = text.replace("*", "").split("\n")
    counted = [line for line in lines if _COUNTED.search(line)]
    for line in (title, *counted):
        if match := _TARGET.search(line):
            return ((term, int(match[2] or match[1])),)
    return ()


def term_named(title: str) -> str:
    """Return the term that a title calls repeated: a mark, or a word in capitals or quotes."""
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


def pattern_described(title: str, problem: str) -> tuple[str, ...]:
    """Return the ids of the patterns that a title and a problem describe, the likeliest first.

    :returns: one where what they are about and what they find wrong with it is that pattern's; two
        or more where that cannot be told apart; none where too little is said.
    """
    words = [word.casefold() for word in _WORD.findall(f"{title} {problem}".replace("'", " "))]
    found: dict[str, int] = {}
    for pattern, (about, fault) in _described().items():
        said = [sum(_stands(phrase, words) for phrase in one) for one in (about, fault)]
        if all(said) and sum(said) >= _SAID:
            found[pattern] = sum(said)
    most = max(found.values(), default=0)
    return tuple(pattern for pattern, count in found.items() if count == most)


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


@cache
def _described() -> dict[str, tuple[_Phrases, _Phrases]]:
    data = _data("problem-words-en.toml")
    return {name: (_split(item["about"]), _split(item["fault"])) for name, item in data.items()}


def _split(phrases: Iterable[str]) -> _Phrases:
    return tuple(tuple(re.split(r"[\s'-]+", phrase.casefold())) for phrase in phrases)


def _data(name: str) -> dict[str, Any]:
    path = files("sphinxext_revguide.importer") / name
    return tomllib.loads(path.read_text(encoding="utf-8"))
