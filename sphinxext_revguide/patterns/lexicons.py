"""Named word lists, and the one pass over a text that finds the entries of them all.

An author's entry is never read as a regular expression, so that none can hang a build; a text is
cut into tokens once and each token looked up, so that the cost does not grow with the lists.
"""

from __future__ import annotations

import itertools
import math
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


@dataclass(frozen=True, slots=True)
class Bag:
    """The different words of a text, and the different pairs of neighbours."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> Bag:
        """Return the bag of texts that are cut into tokens."""
        words: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for text in texts:
            words.update(text)
            pairs.update(itertools.pairwise(text))
        return cls(frozenset(words), frozenset(pairs))

    @classmethod
    def joined(cls, bags: list[Bag]) -> Bag:
        """Return the bag of several texts of which each has one."""
        if len(bags) == 1:
            return bags[0]
        words = frozenset().union(*(one.words for one in bags))
        return cls(words, frozenset().union(*(one.pairs for one in bags)))


Hits = Mapping[str, Mapping[str, str]]
"""Lexicon -> entry -> the words of the text that are it."""

_Phrase = tuple[tuple[str, ...], str, str]
_Entries = tuple[tuple[_Phrase, ...], dict[str, tuple[_Phrase, ...]]]
_NONE: tuple[_Phrase, ...] = ()


class Vocabulary:
    """All lexicons of a library, ready to be looked for."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._open: list[tuple[str, _Phrase]] = []
        self._known: dict[str, _Entries] = {}
        self._plain: set[str] = set()
        self._pairs: dict[tuple[str, str], frozenset[str]] = {}
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

    def _starting(self, token: str) -> _Entries:
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
        if not every:
            self._plain.add(token)
        for second, phrases in longer.items():
            if second:
                names = frozenset(name for _rest, name, _entry in phrases)
                self._pairs[token, second] = names
        self._known[token] = found
        return found

    def _phrases(
        self, longer: dict[str, tuple[_Phrase, ...]], words: list[str], index: int
    ) -> list[_Phrase]:
        """Return the phrases of several words that stand at a place."""
        if index + 1 >= len(words):
            return []
        candidates = longer.get(words[index + 1], _NONE) + longer.get("", _NONE)
        return [one for one in candidates if _follows(one[0], words, index + 1)]

    def present(self, words: Bag) -> frozenset[str]:
        """Return the lexicons of which an entry may stand in a bag of words: not fewer than do."""
        found: set[str] = set()
        for word in words.words - self._plain:
            single, longer = self._known.get(word) or self._starting(word)
            found.update(name for _rest, name, _entry in single)
            found.update(name for _rest, name, _entry in longer.get("", _NONE))
        for pair in words.pairs & self._pairs.keys():
            found.update(self._pairs[pair])
        return frozenset(found)

    def hits(self, text: str) -> Hits:
        """Return which entries of which lexicons stand in a text."""
        return self.hits_of(tokens(text))

    def hits_of(self, words: list[str]) -> Hits:
        """Return which entries of which lexicons stand in a text cut into tokens."""
        found: dict[str, dict[str, str]] = {}
        known = self._known
        plain = self._plain
        for index in [place for place, token in enumerate(words) if token not in plain]:
            token = words[index]
            entries = known.get(token) or self._starting(token)
            single, longer = entries
            for _rest, name, entry in single:
                found.setdefault(name, {}).setdefault(entry, token)
            if longer:
                for rest, name, entry in self._phrases(longer, words, index):
                    said = _joined(words[index : index + 1 + len(rest)])
                    found.setdefault(name, {}).setdefault(entry, said)
        return found

    def every(self, lexicon: str, words: list[str]) -> list[str]:
        """Return every place of a text, cut into tokens, where an entry of one lexicon stands.

        A place where a longer and a shorter entry stand counts once.
        """
        found: list[str] = []
        end = 0
        known = self._known
        plain = self._plain
        for index in [place for place, token in enumerate(words) if token not in plain]:
            if index < end:
                continue
            token = words[index]
            entries = known.get(token) or self._starting(token)
            single, longer = entries
            length = int(any(name == lexicon for _rest, name, _entry in single))
            for rest, name, _entry in self._phrases(longer, words, index):
                if name == lexicon:
                    length = max(length, 1 + len(rest))
            if length:
                end = index + length
                found.append(_joined(words[index:end]))
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


class Scales:
    """All graded lexicons of a library: a bag is laid on all of them at once."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        graded = {name: one for name, one in lexicons.items() if one.graded}
        self._place = {name: index for index, name in enumerate(graded)}
        self._words: dict[str, list[float]] = {}
        self._pairs: dict[tuple[str, str], list[float]] = {}
        for name, lexicon in graded.items():
            for entry, weight in lexicon.weights.items():
                row = self._row(entry, len(graded))
                row[self._place[name]] = weight

    def _row(self, entry: str, size: int) -> list[float]:
        words = tokens(entry)
        if len(words) == 2:
            return self._pairs.setdefault((words[0], words[1]), [0.0] * size)
        return self._words.setdefault(entry, [0.0] * size)

    def _rows(self, bag: Bag) -> Iterator[tuple[str, list[float]]]:
        for word in bag.words & self._words.keys():
            yield word, self._words[word]
        for pair in bag.pairs & self._pairs.keys():
            yield " ".join(pair), self._pairs[pair]

    def totals(self, bag: Bag) -> list[float]:
        """Return what a bag weighs on each lexicon."""
        rows = [row for _word, row in self._rows(bag)]
        return [math.fsum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self._place)

    def total(self, totals: list[float], lexicon: str) -> float:
        """Return what a bag weighs on one lexicon."""
        return totals[self._place[lexicon]]

    def weights(self, bag: Bag, lexicon: str) -> dict[str, float]:
        """Return what each word of a bag weighs on one lexicon, where it weighs something."""
        place = self._place[lexicon]
        return {word: row[place] for word, row in self._rows(bag) if row[place]}
