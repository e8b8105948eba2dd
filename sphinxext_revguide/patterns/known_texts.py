"""Caches results that depend on a single text alone, whatever page it is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from sphinxext_revguide.patterns.hints import hints_near_digits, hints_of
from sphinxext_revguide.patterns.lexicons import Hits, Vocabulary, tokens

T = TypeVar("T")
B = TypeVar("B")

_MAX = 20_000
"""Number of texts kept between pages: those of twenty chapters of 6,000 words."""
_MARK = "polarity-mark"
_MARKS = (("polarity-negative", -1), ("polarity-partial", 0), (_MARK, 1))
_JUDGING_WORDS = 3


class KnownTexts(Generic[B]):
    """A cache of what was found in texts.

    Every result depends on the text alone, so that only the new texts of an edited page cost time.

    :param vocabulary: the lexicons to search for.
    :param left: takes a text and its tokens, and returns the text without hollow sentences.
    :param weighed: takes the tokens of texts and of the texts of each zone, and returns the bag of
        their weighted words.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        left: Callable[[str, list[str]], str],
        weighed: Callable[[list[list[str]], dict[str, list[list[str]]]], B],
    ) -> None:
        self._vocabulary = vocabulary
        self.spanning = vocabulary.spanning
        self._left = left
        self._weighed = weighed
        self.forget()

    def forget(self) -> None:
        """Forget all texts."""
        self._hits: dict[str, Hits] = {}
        self._tokens: dict[str, list[str]] = {}
        self._hints: dict[str, int] = {}
        self._near_digits: dict[str, int] = {}
        self._computed: dict[tuple[str, str], Any] = {}
        self._polarity: dict[str, int | None] = {}
        self._meant: dict[str, str] = {}
        self._bags: dict[object, B] = {}
        self._counted: dict[tuple[str, tuple[str, ...]], int] = {}

    def forget_if_many(self) -> None:
        """Forget all texts if there are too many to be met again."""
        if len(self._tokens) > _MAX:
            self.forget()

    def hits(self, text: str) -> Hits:
        """Return the entries of lexicons that occur in a text."""
        found = self._hits.get(text)
        if found is None:
            found = self._hits[text] = self._vocabulary.hits_of(self.tokens(text))
        return found

    def tokens(self, text: str) -> list[str]:
        """Return the words and symbols of a text."""
        found = self._tokens.get(text)
        if found is None:
            found = self._tokens[text] = tokens(text)
        return found

    def hints(self, text: str) -> int:
        """Return the hints in the words of a text."""
        found = self._hints.get(text)
        if found is None:
            found = self._hints[text] = hints_of(self.tokens(text))
        return found

    def hints_near_digits(self, text: str) -> int:
        """Return the hints in words of a text that contain digits, and in those near them."""
        found = self._near_digits.get(text)
        if found is None:
            found = self._near_digits[text] = hints_near_digits(self.tokens(text))
        return found

    def meant(self, text: str) -> str:
        """Return a text without its hollow sentences."""
        found = self._meant.get(text)
        if found is None:
            found = self._meant[text] = self._left(text, self.tokens(text))
        return found

    def once(self, text: str, compute: Callable[[str], T]) -> T:
        """Return the result of a function of a text, computed at most once."""
        key = (text, compute.__qualname__)
        if key not in self._computed:
            self._computed[key] = compute(text)
        found: T = self._computed[key]
        return found

    def counted(
        self, texts: tuple[str, ...], key: str, count: Callable[[Iterable[str]], int]
    ) -> int:
        """Return the result of a count over texts, computed at most once.

        :param key: a name of the count.
        """
        known = key, texts
        if known not in self._counted:
            self._counted[known] = count(texts)
        return self._counted[known]

    def bag(self, texts: tuple[str, ...], zones: Mapping[str, list[str]]) -> B:
        """Return the weighted words of a section's texts.

        :param zones: the texts of each zone.
        """
        key = texts, tuple((zone, *found) for zone, found in zones.items())
        bag = self._bags.get(key)
        if bag is None:
            cut = {zone: list(map(self.tokens, found)) for zone, found in zones.items()}
            meant = [self.tokens(self.meant(text)) for text in texts]
            bag = self._bags[key] = self._weighed(meant, cut)
        return bag

    def polarity(self, text: str) -> int | None:
        """Return -1, 0 or 1 for a text that passes judgement, ``None`` for any other."""
        if text not in self._polarity:
            self._polarity[text] = self._judge(text)
        return self._polarity[text]

    def _judge(self, text: str) -> int | None:
        hits = self.hits(text)
        # "✅ No waiting" counts as ticked: the mark decides, not the words after it.
        ticked = _MARK in hits and _MARK in self.hits(text.split(maxsplit=1)[0])
        for name, value in _MARKS:
            if name in hits and not (ticked and value < 0):
                return value
        short = len(text.split()) <= _JUDGING_WORDS
        return 1 if short and "polarity-positive" in hits else None
