"""Recognises hollow sentences, which sound like doubt but admit nothing.

"No plan is perfect" and "concerns were raised and addressed" use the words of people who admit
something. Hollow sentences are skipped, so that they count neither for a passage nor against it.
The weights of words are learned (``make fit``) and stored in ``packs/hollow-en.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.sentence_features import split
from sphinxext_revguide.quick_records import record

MIN_WORDS = 4
"""Shorter texts are labels or results."""
NUMBER = "#"


@record(frozen=True, slots=False)
class Hollow:
    """The learned model: the weights of words, and words that hollow sentences need."""

    weights: Mapping[str, float]
    intercept: float
    limit: float
    hints: frozenset[str]

    def weigh(self, words: Sequence[str]) -> float:
        """Return the logarithm of the odds that a sentence is hollow."""
        said = kinds(words)
        if not said:
            return self.intercept
        # Not `sum`: the order of a set differs between processes.
        total = math.fsum(self.weights.get(word, 0.0) for word in said)
        return self.intercept + total / math.sqrt(len(said))

    def is_hollow(self, words: Sequence[str]) -> bool:
        """Return whether a tokenized sentence admits nothing."""
        if len(words) < MIN_WORDS or self.hints.isdisjoint(words):
            return False
        # Most sentences have too little weight for their length: that is quick to add up.
        said = set(words)
        known = self.weights.keys() & said
        most = math.fsum(map(self.weights.__getitem__, known)) + self._of_numbers
        at_least = sum(map(str.isalpha, said))  # as many distinct words, numbers as one
        needed = self.limit - self.intercept
        if needed > 0 and most < needed * math.sqrt(at_least):
            return False
        return self.weigh(words) >= self.limit

    @cached_property
    def _of_numbers(self) -> float:
        """The weight that numbers can add."""
        return max(0.0, self.weights.get(NUMBER, 0.0))

    def left(self, text: str, words: list[str]) -> str:
        """Return a text without its hollow sentences; nearly all texts have none.

        :param words: the words of the text.
        """
        if len(words) < MIN_WORDS or self.hints.isdisjoint(words):
            return text
        said = split(text)
        if len(said) == 1:
            return "" if self.is_hollow(words) else text
        kept = [sentence for sentence in said if not self.is_hollow(tokens(sentence))]
        return " ".join(kept) if len(kept) < len(said) else text


def kinds(words: Sequence[str]) -> set[str]:
    """Return the distinct words of a sentence; all numbers count as one."""
    return {NUMBER if word[0].isdigit() else word for word in words}


@cache
def shipped() -> Hollow:
    """Return the model for English texts."""
    text = files(__package__).joinpath("packs/hollow-en.json").read_text(encoding="utf-8")
    data = json.loads(text)
    hints = frozenset(data["hints"].split())
    return Hollow(data["weights"], data["intercept"], data["limit"], hints)
