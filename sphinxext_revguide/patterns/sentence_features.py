"""Extracts the features of a sentence: its words and its shapes, each with a strength.

A shape does not depend on the subject: an exact number next to a verb in the past tense, a name
next to a word of refusal, the share of abstract words. The words that define shapes are data for
one language (``Words``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late

MIN_WORDS = 4
"""Shorter sentences cannot be judged. In words."""

_SENTENCE_END = late(r"[.!?]([\"')\]]*\s+)(?=[\"'(\[]?[A-Z0-9])")
_TOKEN = late(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[€£$]?\d(?:[\d,.:]*\d)?|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED_MARKS = ';:?!"%()'
_NUMBER, _NAME, _NUMBER_WORD, _DAY = "#", "NAME", "NUMBER", "DAY"
_NEAR = 7
"""The distance in words at which a word still belongs to an earlier one."""
_DENIED, _NOT = "denied", "n't"
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "my", "our", "his", "her"})
_LENGTHS = (8, 14, 20, 28, 36)
_MAX_COUNTED = 3
_USUAL_LETTERS = 4.5
_WORD_STRENGTH = 3.0
"""The strength of all words and pairs of a sentence together, relative to its shapes."""
_SHAPE_STRENGTH = 0.7
_VOICE_STRENGTH = 0.2
"""Names and past tenses characterise a writer's voice more than what is admitted."""
_ADMISSION_STRENGTH = 2.5
"""A negation next to a word of knowing or liking admits something, whatever the other words are."""
_VOICE = ("names:", "past:", "name+", "number+", "day:", "kind:person")


class _Word(NamedTuple):
    """What a word contributes to shapes, whatever its context; each contracted "not" negates."""

    kinds: tuple[str, ...]
    shapes: tuple[str, ...]
    """The shapes to which it contributes in addition, unless it is a name."""
    as_said: str
    as_name: str
    """Its replacement among the terms of a sentence."""


@record(frozen=True, slots=False)
class Words:
    """The words of one language that define shapes.

    ``kinds`` maps a kind (a cost, a failure, a doubt) to its words. Verbs of objecting begin with
    ``stems``, abstract words end with ``endings``, and ``past`` contains irregular past tenses.
    ``near`` contains pairs of kinds that form a shape of their own if a word of the second soon
    follows a word of the first: "nobody on the team can explain".
    """

    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    near: tuple[tuple[str, str], ...] = ()
    stems: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    past: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()

    @cached_property
    def kinds_of(self) -> Mapping[str, tuple[str, ...]]:
        """The kinds of each word that has any."""
        found: dict[str, list[str]] = {}
        for name, some in self.kinds.items():
            for word in some:
                found.setdefault(word, []).append(name)
        return {word: tuple(names) for word, names in found.items()}

    @cached_property
    def _known(self) -> dict[str, _Word]:
        return {}

    def about(self, word: str) -> _Word:
        """Return what a word contributes, computed once for each distinct word."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> _Word:
        names = self.kinds_of.get(word, ())
        kinds = (*names, _DENIED) if word.endswith(_NOT) else names
        is_number = word in self.numbers
        shapes = {
            "past": word in self.past or (word.endswith("ed") and len(word) > len("used")),
            "abstract": word.endswith(self.endings),
            "kind:objects": word.startswith(self.stems),
            "number words": is_number,
        }
        counted = [name for name, is_so in shapes.items() if is_so]
        return _Word(
            kinds=kinds,
            shapes=(*counted, *map("kind:{}".format, kinds)),
            as_said=_NUMBER_WORD if is_number else word,
            as_name=_DAY if word in self.days else _NAME,
        )


def split(text: str) -> list[str]:
    """Split a text without line breaks into sentences."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        found.append(text[start : end.start(1)])
        start = end.end()
    found.append(text[start:])
    return [sentence for sentence in map(str.strip, found) if sentence]


def sentences(text: str) -> list[str]:
    """Return the sentences of four or more words of a text without line breaks."""
    return [word for word in split(text) if len(word.split()) >= MIN_WORDS]


class Parts(NamedTuple):
    """The features of a sentence: ``terms``, all with the same strength, and ``shapes``.

    Terms are words and pairs of words, in which placeholders replace names and numbers. The keys
    of shapes contain a colon or a plus; their values are strengths.
    """

    terms: set[str]
    strength: float
    shapes: dict[str, float]


def parts(sentence: str, words: Words) -> Parts:
    """Return the features of a sentence, terms and shapes apart."""
    said, counts = _read(sentence, words)
    shapes = {name: value * _strength_of(name) for name, value in _graded(said, counts)}
    terms = {*said, *map(" ".join, pairwise(said))}
    return Parts(terms, _WORD_STRENGTH / max(1, len(terms)) ** 0.5, shapes)


def features(sentence: str, words: Words) -> dict[str, float]:
    """Return the strength of each feature of a sentence, terms and shapes together."""
    terms, strength, shapes = parts(sentence, words)
    return shapes | dict.fromkeys(terms, strength)


def _strength_of(shape: str) -> float:
    if shape.startswith("near"):
        return _ADMISSION_STRENGTH
    return _VOICE_STRENGTH if shape.startswith(_VOICE) else _SHAPE_STRENGTH


def _read(sentence: str, words: Words) -> tuple[list[str], Counter[str]]:
    """Return the words of a sentence with placeholders, and the counts of its shapes."""
    said: list[str] = []
    seen: list[str] = []
    last: dict[str, int] = {}
    spelled: list[str] = []
    for token in _TOKEN.findall(sentence):
        first = token[0]
        if first.isalpha():
            word = token.lower()
            spelled.append(word)
            about = words.about(word)
            starts = not said or said[-1] in '.!?:"'
            if first.isupper() and not starts and word != "i" and not word.startswith("i'"):
                if about.as_name == _NAME and said[-1] != _NAME:
                    seen.append("names")
                said.append(about.as_name)
            else:
                seen += about.shapes
                said.append(about.as_said)
            if about.kinds:
                seen += _completed(about.kinds, len(said), last, words)
        elif token[-1].isdigit():
            said.append(_NUMBER)
            seen += (f"number:{_kind_of_number(token)}", "numbers")
        else:
            said.append(token)
            if token in _COUNTED_MARKS:
                seen.append(f"mark:{token}")
    shapes = Counter(seen)
    shapes["words"], shapes["letters"] = len(spelled), sum(map(len, spelled))
    return said, shapes


def _completed(
    kinds: tuple[str, ...], at: int, last: dict[str, int], words: Words
) -> Iterator[str]:
    """Yield the shapes of the pairs of kinds that a word completes.

    :param last: the last position of a word of each kind; the word is added to it.
    """
    for first, second in words.near:
        if second in kinds and at - last.get(first, -_NEAR - 1) <= _NEAR:
            yield from (f"near:{first} {second}", "near")
    last.update(dict.fromkeys(kinds, at))


def _kind_of_number(token: str) -> str:
    if ":" in token:
        return "clock"
    if not token[0].isdigit():
        return "money"
    if _YEAR.fullmatch(token):
        return "year"
    return "small" if len(token) <= len("99") else "big"


def _graded(said: list[str], shapes: Counter[str]) -> Iterator[tuple[str, float]]:
    """Yield the shapes of a sentence with their strengths."""
    for name in ("names", "past", "numbers", "number words"):
        for count in range(1, min(shapes[name], _MAX_COUNTED) + 1):
            yield f"{name}:{count}", 1.0
    for name, count in shapes.items():
        if count and name.startswith(("kind:", "mark:", "near:", "number:")):
            yield name, min(count, 2.0)
    total = shapes["words"]
    if total:
        yield "abstract:", min(5 * shapes["abstract"] / total, 2.0)
        yield "letters:", shapes["letters"] / total - _USUAL_LETTERS
    yield from ((f"long:{least}", 1.0) for least in _LENGTHS if total >= least)
    number = shapes["numbers"] or shapes["number words"]
    together = {
        "number:any": number,
        "name+past": shapes["names"] and shapes["past"],
        "number+past": number and shapes["past"],
        "name+number": shapes["names"] and number,
        "name+objects": shapes["kind:objects"] and (shapes["names"] or shapes["kind:person"]),
        "day:": _DAY in said,
        "near+definite": shapes["near"] and not _DEFINITE.isdisjoint(said),
        "near+general": shapes["near"] and (shapes["kind:general"] or shapes["kind:hedge"]),
        "near+asks": shapes["near"] and shapes["kind:asks"],
        "near+person": shapes["near"] and (shapes["kind:person"] or shapes["names"]),
    }
    yield from ((name, 1.0) for name, both in together.items() if both)
