"""Named word lists, and a single pass over a text that finds the entries of all of them.

An author's entry is never used as a regular expression, so that none can hang a build. A text is
tokenized once and each token is looked up, so that the cost does not grow with the lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import chain, count

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late

_TOKEN = late(r"\w+(?:['\-]\w+)*|[^\w\s]")
_IGNORED = "\ufe0f"
"""The variation selector turns a symbol into an emoji; both are the same word here."""
_MAX_RUNS, _MAX_RUN = 20_000, 40


class _Runs(dict[str, tuple[str, ...]]):
    """A cache of the tokens of each run of characters without whitespace."""

    def __missing__(self, run: str) -> tuple[str, ...]:
        if len(self) >= _MAX_RUNS:
            self.clear()
        found = tuple(_TOKEN.findall(run))
        if len(run) <= _MAX_RUN:
            self[run] = found
        return found


_cut = _Runs().__getitem__


def tokens(text: str) -> list[str]:
    """Split a text into lower-case words (with inner hyphens and apostrophes) and symbols."""
    if _IGNORED in text:
        text = text.replace(_IGNORED, "")
    return list(chain.from_iterable(map(_cut, text.lower().split())))


@record(frozen=True, slots=False)
class Lexicon:
    """A named list of words and phrases, each with its weight (1 by default).

    ``*`` at the end of a word stands for any ending, ``*`` alone for any word. The weights of a
    ``graded`` lexicon are summed over the words and pairs of words of a text; it has no stars.
    """

    name: str
    weights: Mapping[str, float] = field(default_factory=dict)
    graded: bool = False

    @classmethod
    def of(cls, name: str, entries: Iterable[str]) -> Lexicon:
        """Return a lexicon whose entries have the weight 1."""
        return cls(name, dict.fromkeys(entries, 1.0))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary({self.name: self})

    def every(self, words: list[str]) -> list[str]:
        """Return all occurrences of entries in a tokenized text.

        Where a longer and a shorter entry begin at the same word, one occurrence is returned.
        """
        return self._vocabulary.every(words)

    def find(self, text: str) -> list[str]:
        """Return the entries found in a text, in lower case and in order."""
        return list(dict.fromkeys(self._vocabulary.hits(text).get(self.name, {}).values()))

    def matches(self, text: str) -> bool:
        """Return whether any entry is found in a text."""
        return self.name in self._vocabulary.hits(text)

    def __getstate__(self) -> dict[str, object]:
        """Leave the compiled form out of pickles."""
        return {"name": self.name, "weights": self.weights, "graded": self.graded}


def term_lexicon(term: str) -> str:
    """Return the name of the lexicon that contains a term with a budget."""
    return f"term {term}"


Hits = Mapping[str, Mapping[str, str]]
"""Lexicon -> entry -> the matching words of the text."""

_Phrase = tuple[tuple[str, ...], str, str]
"""The words that must follow, the lexicon, and the entry."""
_Entries = tuple[tuple[_Phrase, ...], dict[str, tuple[_Phrase, ...]], tuple[_Phrase, ...]]
"""The entries that a word is; those that it begins, by the next word; those with any next word."""


class Vocabulary:
    """All lexicons of a library, ready to be searched for."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._open: dict[str, list[tuple[int, _Phrase]]] = {}
        self._known = _Known(self._starting)
        self.spanning: set[str] = set()
        """The lexicons with an entry that may span a slash, as between two titles."""
        entries = (
            (name, entry)
            for name, lexicon in lexicons.items()
            if not lexicon.graded
            for entry in lexicon.weights
        )
        for place, (name, entry) in enumerate(entries):
            self._add(place, name, entry)
        # Most words begin with no known stem, which their first letters show.
        self._least = min(map(len, self._open), default=0)
        self._stems: dict[str, list[str]] = {}
        for stem in self._open:
            self._stems.setdefault(stem[: self._least], []).append(stem)

    def _add(self, place: int, name: str, entry: str) -> None:
        words = tuple(_words_of(entry))
        if not words:
            return
        if "/" in words or "*" in words:
            self.spanning.add(name)
        first = words[0]
        phrase = (words[1:], name, entry)
        if first.endswith("*") and len(first) > 1:
            self._open.setdefault(first[:-1], []).append((place, phrase))
        elif first != "*":
            self._exact.setdefault(first, []).append(phrase)

    def _starting(self, token: str) -> _Entries | None:
        """Return the entries that a token is or may begin, ``None`` if there are none."""
        stems = filter(token.startswith, self._stems.get(token[: self._least], ()))
        opened = sorted(ending for stem in stems for ending in self._open[stem])
        every = [*self._exact.get(token, ()), *(phrase for _place, phrase in opened)]
        found: _Entries | None = None
        if every:
            longer: dict[str, list[_Phrase]] = {}
            for phrase in every:
                if phrase[0] and not phrase[0][0].endswith("*"):
                    longer.setdefault(phrase[0][0], []).append(phrase)
            found = (
                tuple(phrase for phrase in every if not phrase[0]),
                {second: tuple(phrases) for second, phrases in longer.items()},
                tuple(phrase for phrase in every if phrase[0] and phrase[0][0].endswith("*")),
            )
        return found

    def hits(self, text: str) -> Hits:
        """Return the entries of lexicons that occur in a text."""
        return self.hits_of(tokens(text))

    def hits_of(self, words: list[str]) -> Hits:
        """Return the entries of lexicons that occur in a tokenized text."""
        found: dict[str, dict[str, str]] = {}
        for start, single, longer in self._places(words):
            for _rest, name, entry in single:
                entries = found.get(name)
                if entries is None:
                    found[name] = {entry: words[start]}
                elif entry not in entries:
                    entries[entry] = words[start]
            for rest, name, entry in longer:
                said = _joined(words[start : start + 1 + len(rest)])
                found.setdefault(name, {}).setdefault(entry, said)
        return found

    def every(self, words: list[str]) -> list[str]:
        """Return the result of :meth:`Lexicon.every` for all lexicons together."""
        said, last = [], 0
        for start, _single, longer in self._places(words):
            end = start + 1 + max((len(rest) for rest, _name, _entry in longer), default=0)
            if start >= last:
                said.append(_joined(words[start:end]))
                last = end
        return said

    def _places(
        self, words: list[str]
    ) -> Iterator[tuple[int, Sequence[_Phrase], Sequence[_Phrase]]]:
        """Yield each position at which entries begin: those of one word, and those of several."""
        starting = map(self._known.__getitem__, words)
        for index, entries, following in zip(count(), starting, [*words[1:], ""], strict=False):
            if entries is None:
                continue
            single, longer, open_ = entries
            there: Sequence[_Phrase] = ()
            if open_ or following in longer:
                phrases = (*longer.get(following, ()), *open_)
                there = [phrase for phrase in phrases if _follows(phrase[0], words, index + 1)]
            if single or there:
                yield index, single, there


class _Known(dict[str, _Entries | None]):
    """A cache of the entries that each word is or may begin."""

    def __init__(self, starting: Callable[[str], _Entries | None]) -> None:
        super().__init__()
        self._starting = starting

    def __missing__(self, token: str) -> _Entries | None:
        found = self[token] = self._starting(token)
        return found


def _words_of(entry: str) -> list[str]:
    """Tokenize an entry like a text, but keep its stars."""
    found: list[str] = []
    for part in entry.lower().split():
        word = part.replace("*", "")
        words = [word] if word.isalpha() else tokens(word)
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
    if _CLOSING.isdisjoint(text):
        return text
    return re.sub(r" ([:.,%)/])", r"\1", text).replace("/ ", "/")


_CLOSING = frozenset(":.,%)/")
"""Punctuation marks without a space before them."""
