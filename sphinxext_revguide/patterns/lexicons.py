"""Named word lists, and the one pass over a text that finds the entries of them all.

An author's entry is never read as a regular expression, so that none can hang a build; a text is
cut into tokens once and each token looked up, so that the cost does not grow with the lists.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

_TOKEN = re.compile(r"\w+(?:['\-]\w+)*|[^\w\s]")
_IGNORED = str.maketrans({"\ufe0f": None})
"""The variation selector makes an emoji of a symbol; both are the same word here."""


def tokens(text: str) -> list[str]:
    """Cut a text into lower-case words (with inner hyphens and apostrophes) and symbols."""
    return _TOKEN.findall(text.translate(_IGNORED).lower())


@dataclass(frozen=True)
class Lexicon:
    """A named list of words and phrases, each with the weight it speaks with (1 unless given).

    ``*`` at the end of a word stands for any ending, ``*`` alone for any word. A ``graded`` lexicon
    is meant to be summed up, word by word and pair by pair, and knows no stars.
    """

    name: str
    weights: Mapping[str, float] = field(default_factory=dict)
    graded: bool = False

    @classmethod
    def of(cls, name: str, entries: Iterable[str]) -> Lexicon:
        """Make a lexicon whose entries weigh 1."""
        return cls(name, dict.fromkeys(entries, 1.0))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary({self.name: self})

    def find(self, text: str) -> list[str]:
        """Return the entries found in a text as they stand there, lower-cased, in order."""
        return list(dict.fromkeys(self._vocabulary.hits(text).get(self.name, {}).values()))

    def matches(self, text: str) -> bool:
        """Tell whether one entry is found in a text."""
        return self.name in self._vocabulary.hits(text)

    def __getstate__(self) -> dict[str, object]:
        """Leave the compiled form out of pickles."""
        return {"name": self.name, "weights": self.weights, "graded": self.graded}


def term_lexicon(term: str) -> str:
    """Return the name of the lexicon that holds a term with a budget."""
    return f"term {term}"


Hits = Mapping[str, Mapping[str, str]]
"""Lexicon -> entry -> the words of the text that are it."""

_Phrase = tuple[tuple[str, ...], str, str]
_NONE: tuple[_Phrase, ...] = ()


class Vocabulary:
    """All lexicons of a library, ready to be looked for."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._open: list[tuple[str, _Phrase]] = []
        self._known: dict[str, tuple[tuple[_Phrase, ...], dict[str, tuple[_Phrase, ...]]]] = {}
        for name, lexicon in lexicons.items():
            for entry in () if lexicon.graded else lexicon.weights:
                self._add(name, entry)

    def _add(self, name: str, entry: str) -> None:
        words = tuple(_words_of(entry))
        if not words:
            return
        first = words[0]
        phrase = (words[1:], name, entry)
        if first.endswith("*") and len(first) > 1:
            self._open.append((first[:-1], phrase))
        elif first != "*":
            self._exact.setdefault(first, []).append(phrase)

    def _starting(self, token: str) -> tuple[tuple[_Phrase, ...], dict[str, tuple[_Phrase, ...]]]:
        """Return what a token is, and what it may begin, by the word that follows.

        Asked once for each different word of the book. Under an empty word stands what any word
        may follow.
        """
        opened = [phrase for prefix, phrase in self._open if token.startswith(prefix)]
        every = [*self._exact.get(token, ()), *opened]
        longer: dict[str, list[_Phrase]] = {}
        for phrase in every:
            if phrase[0]:
                second = phrase[0][0]
                longer.setdefault("" if second.endswith("*") else second, []).append(phrase)
        single = tuple(phrase for phrase in every if not phrase[0])
        found = (single, {second: tuple(phrases) for second, phrases in longer.items()})
        self._known[token] = found
        return found

    def _beginning(self, words: list[str], index: int) -> Iterator[_Phrase]:
        """Yield the phrases of several words that stand at a place."""
        longer = (self._known.get(words[index]) or self._starting(words[index]))[1]
        if index + 1 < len(words):
            for phrase in (*longer.get(words[index + 1], _NONE), *longer.get("", _NONE)):
                if _follows(phrase[0], words, index + 1):
                    yield phrase

    def hits(self, text: str) -> Hits:
        """Return which entries of which lexicons stand in a text."""
        return self.hits_of(tokens(text))

    def hits_of(self, words: list[str]) -> Hits:
        """Return which entries of which lexicons stand in a text cut into tokens."""
        found: dict[str, dict[str, str]] = {}
        known = self._known
        for index, token in enumerate(words):
            single, longer = known.get(token) or self._starting(token)
            for _rest, name, entry in single:
                found.setdefault(name, {}).setdefault(entry, token)
            if longer:
                for rest, name, entry in self._beginning(words, index):
                    said = _joined(words[index : index + 1 + len(rest)])
                    found.setdefault(name, {}).setdefault(entry, said)
        return found

    def every(self, lexicon: str, words: list[str]) -> list[str]:
        """Return every place of a text, cut into tokens, where an entry of one lexicon stands.

        A place where a longer and a shorter entry stand counts once.
        """
        found: list[str] = []
        index = 0
        while index < len(words):
            single = (self._known.get(words[index]) or self._starting(words[index]))[0]
            lengths = [1 for _rest, name, _entry in single if name == lexicon]
            lengths += [
                1 + len(rest)
                for rest, name, _entry in self._beginning(words, index)
                if name == lexicon
            ]
            if lengths:
                found.append(_joined(words[index : index + max(lengths)]))
            index += max(lengths, default=1)
        return found


def _words_of(entry: str) -> list[str]:
    """Cut an entry as a text is cut, leaving its stars at their words."""
    found: list[str] = []
    for part in entry.lower().split():
        words = tokens(part.replace("*", ""))
        if part.endswith("*"):
            words = [*words[:-1], (words[-1] if words else "") + "*"]
        found.extend(words)
    return found


def _follows(rest: tuple[str, ...], words: list[str], at: int) -> bool:
    if at + len(rest) > len(words):
        return False
    for offset, wanted in enumerate(rest):
        word = words[at + offset]
        if wanted.endswith("*"):
            if wanted != "*" and not word.startswith(wanted[:-1]):
                return False
        elif word != wanted:
            return False
    return True


def _joined(words: list[str]) -> str:
    text = " ".join(words)
    return re.sub(r" ([:.,%)/])", r"\1", text).replace("/ ", "/")


Bag = frozenset[str | tuple[str, str]]
"""The different words of a text, and the different pairs of neighbours."""


def bag(texts: Iterable[list[str]]) -> Bag:
    """Return the bag of texts that are cut into tokens."""
    found: set[str | tuple[str, str]] = set()
    for words in texts:
        found.update(words)
        found.update(itertools.pairwise(words))
    return frozenset(found)


class Scales:
    """All graded lexicons of a library: a bag is laid on all of them at once."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        graded = {name: one for name, one in lexicons.items() if one.graded}
        self._place = {name: index for index, name in enumerate(graded)}
        self._weights: dict[str | tuple[str, str], list[float]] = {}
        for name, lexicon in graded.items():
            for entry, weight in lexicon.weights.items():
                key = _key(entry)
                row = self._weights.setdefault(key, [0.0] * len(graded))
                row[self._place[name]] = weight
        self._known = frozenset(self._weights)

    def totals(self, words: Bag) -> list[float]:
        """Return what a bag weighs on each lexicon."""
        rows = [self._weights[word] for word in words & self._known]
        return [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self._place)

    def total(self, totals: list[float], lexicon: str) -> float:
        """Return what a bag weighs on one lexicon."""
        return totals[self._place[lexicon]]

    def weights(self, words: Bag, lexicon: str) -> dict[str, float]:
        """Return what each word of a bag weighs on one lexicon, where it weighs something."""
        place = self._place[lexicon]
        found = {word: self._weights[word][place] for word in words & self._known}
        return {
            word if isinstance(word, str) else " ".join(word): weight
            for word, weight in found.items()
            if weight
        }


def _key(entry: str) -> str | tuple[str, str]:
    words = tokens(entry)
    return (words[0], words[1]) if len(words) == 2 else entry
