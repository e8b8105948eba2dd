"""Predicts from the words of an issue which pattern its editor complains about.

Editors rarely use the names of patterns: "Legal: go. Finance: go. Reader: asleep". A linear model
weighs the words of the title and of the problem, and pairs of adjacent words. It is learned from
issues of several writers (``make fit``) and kept in ``complaints-en.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

NOTHING = ""
"""The name for complaints that no pattern of the library covers."""
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*|[%€$+–→]")
_STEM = 5
"""Longer words are cut after this many letters; shorter ones lose a plural "s"."""
_PLURAL = 4
_NUMBER = "#"
_COUNT = re.compile(
    r"[0-9].*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
)
_WORDS, _TITLE, _PAIR = 2.0, 1.0, 0.8
"""The weight of a word, the extra weight of a word in the title, and the weight of a pair."""
_SHORTEST = 10.0
"""Issues shorter than about twenty words are weighed as if they had twenty: they say little."""
_PHRASE = 15.0
"""Added to the score of a pattern that a phrase of the title names."""
_SECOND = 0.5
"""The share of the second best score that is subtracted from the best one."""


@dataclass(frozen=True)
class Complaints:
    """The learned model: the weights of features by pattern, and two limits.

    A score of at least ``naming`` names a pattern; a score of at least ``guess`` suggests it.
    """

    weights: Mapping[str, Mapping[str, float]]
    naming: float
    guess: float

    def scores(self, title: str, problem: str, phrase: str = "") -> dict[str, float]:
        """Return the score of each pattern and ``NOTHING``; the model was fitted to scores of 10.

        :param phrase: the pattern that a phrase of the title names, or "".
        """
        said, length = features(title, problem)
        scores = {
            pattern: sum(value * weights[name] for name, value in said.items() if name in weights)
            for pattern, weights in self.weights.items()
        }
        if phrase:
            scores[phrase] += _PHRASE
        return {pattern: score / length for pattern, score in scores.items()}

    def likeliest(self, title: str, problem: str, phrase: str = "") -> tuple[str, float]:
        """Return the likeliest pattern or ``NOTHING``, and how clearly it is ahead of the next."""
        scores = self.scores(title, problem, phrase)
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        (best, score), (_next, second) = ranked[:2]
        return best, score - _SECOND * max(second, 0.0)


@cache
def shipped() -> Complaints:
    """Return the model for issues in English."""
    data = files(__package__).joinpath("complaints-en.json").read_text(encoding="utf-8")
    return Complaints(**json.loads(data))


def features(title: str, problem: str) -> tuple[dict[str, float], float]:
    """Return the features of an issue with their values, and the length to divide them by."""
    parts = [_stems(title), _stems(problem)]
    found = {f"title {word}": _TITLE for word in parts[0]}
    found |= {word: _WORDS for part in parts for word in part}
    found |= {f"{first}+{then}": _PAIR for part in parts for first, then in pairwise(part)}
    return found, max(sum(value * value for value in found.values()) ** 0.5, _SHORTEST)


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.casefold().replace("’", "'"))]


def _stem(word: str) -> str:
    if _COUNT.fullmatch(word):
        return _NUMBER
    if len(word) > _STEM:
        return word[:_STEM]
    return word.rstrip("s") if len(word) >= _PLURAL else word
