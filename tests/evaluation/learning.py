"""Learns one linear model for each pattern: words in their zones, and signals of the right sign.

A model tells the flagged texts of its pattern from all others: clean ones of the same pattern,
texts of other patterns, and the sections of documentation that look most like it. Its sum is a
logarithm of odds, so that sums of all patterns compare and one limit serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from tests.evaluation.corpus import Text, hands
from tests.evaluation.features import Candidates, Rows, Space, name_of

FREEDOM = 1.0
"""How freely weights may grow: scikit-learn's C."""
OF_SIGNALS = 0.25
"""How freely those of signals may, beside those of words: a text's signals are few and strong."""
CLEAN, OTHER, DOCUMENTATION, WARM, HEDGED, EVERYDAY = 1.5, 0.15, 0.6, 0.5, 0.5, 1.0
"""How much a clean text of the pattern counts beside a flagged one, a text of another pattern, a
section of documentation, a flagged text told as clean ones are, a duplicate text, a
plain fact of everyday work."""
EASY = 1500
"""How many sections of documentation are learned from whatever they are."""
HARD = 240
"""How many for each pattern, in each round, because they resemble it."""
ROUNDS = 2
SMALLEST = 0.05
"""Weights of words below this are not worth their line."""
MAX = 1250
"""So many words are kept for each pattern: the pack's size and load time."""
MIN_SIGNAL = 0.02
"""Signals that weigh less in the pack are left out."""
FLOORS = {
    "losing": 6.0, "checkpoint": 6.0, "defines": 2.0, "explained": 0.5, "quoted": 0.4,
    "placeholders": 0.4, "troubled_cells": 0.3, "friction": 0.5, "positive_column": 0.3,
    "claim": 0.3, "ticked": 0.3, "winner": 0.4, "improving": 0.3, "offset_column": 0.2,
    "same_fields": 0.3, "totalled": 0.3, "column-old": 0.3, "column-new": 0.3,
}  # fmt: skip
"""What a signal weighs at least, by its name or its lexicon. What an editor looks at first is rare
in the texts, so that words alone would tell them apart; a table in which a measure gets worse,
definitions and a recap of a chapter are never the passage."""
_ROUNDS_OF_SIGNS = 2


@dataclass(frozen=True)
class Model:
    """What was learned of a pattern: weights of words, of signals, and the constant."""

    words: np.ndarray
    signals: np.ndarray
    constant: float

    def scores(self, rows: Rows) -> np.ndarray:
        """Return the logarithm of the odds for each row."""
        summed: np.ndarray = rows.words @ self.words + rows.signals @ self.signals
        return summed + self.constant


Models = Mapping[str, Model]


def scores(models: Models, rows: Rows) -> np.ndarray:
    """Return a row of scores for each row, in the order of the models."""
    return np.column_stack([model.scores(rows) for model in models.values()])


@dataclass(frozen=True)
class Texts:
    """Labelled texts with their rows."""

    texts: Sequence[Text]
    rows: Rows

    def where(self, chosen: Iterable[bool]) -> Texts:
        """Return those that are chosen."""
        which = np.flatnonzero(np.fromiter(chosen, dtype=bool, count=len(self.texts)))
        return Texts([self.texts[index] for index in which.tolist()], self.rows[which])

    def labels(self, pattern: str) -> tuple[np.ndarray, np.ndarray]:
        """Return which texts show a pattern, and how much each counts."""
        flagged = [text.flagged and text.pattern == pattern for text in self.texts]
        weights = [_weight(text, pattern) for text in self.texts]
        return np.array(flagged), np.array(weights)


def _weight(text: Text, pattern: str) -> float:
    mine = text.pattern == pattern
    if text.voice == "everyday":
        return EVERYDAY
    if text.voice == "warm":
        return WARM if mine and text.flagged else 0.0
    if not mine:
        return OTHER
    if text.voice == "triple":
        return HEDGED
    return 1.0 if text.flagged else CLEAN


class Learner:
    """Learns the models of all patterns over one space of features."""

    def __init__(self, columns: Space, patterns: Mapping[str, Candidates]) -> None:
        self.patterns = patterns
        at = {name_of(use): index for index, use in enumerate(columns.uses)}
        self._signs = {
            pattern: [(at[name_of(use)], 1) for use in uses.speaking_for]
            + [(at[name_of(use)], -1) for use in uses.against]
            for pattern, uses in patterns.items()
        }
        self._floors = {
            index: FLOORS[name]
            for index, use in enumerate(columns.uses)
            for name in (use.signal, use.params.get("lexicon"))
            if name in FLOORS
        }

    def hardest(self, texts: Texts, documentation: Rows) -> Rows:
        """Return the rows of documentation that look most like a pattern, and as many others."""
        some = np.random.default_rng(7)
        size = min(EASY, len(documentation.places))
        chosen = set(some.choice(len(documentation.places), size, replace=False).tolist())
        for _round in range(ROUNDS):
            against = documentation[np.array(sorted(chosen))]
            for model in self._each(partial(self._rough, texts=texts, against=against)):
                chosen.update(np.argsort(-model.scores(documentation))[:HARD].tolist())
        return documentation[np.array(sorted(chosen))]

    def models(self, texts: Texts, against: Rows) -> Models:
        """Return the model of each pattern.

        :param against: rows of documentation, clean whatever they look like.
        """
        found = self._each(partial(self._of, texts=texts, against=against))
        return dict(zip(self.patterns, found, strict=True))

    def _each(self, learn: Callable[[str], Model]) -> list[Model]:
        """Learn of each pattern, of several at once: the library leaves Python's lock alone."""
        with ThreadPoolExecutor() as pool:
            return list(pool.map(learn, self.patterns))

    def _rough(self, pattern: str, texts: Texts, against: Rows) -> Model:
        return self._model(pattern, texts, against, self._signs[pattern], None)

    def _of(self, pattern: str, texts: Texts, against: Rows) -> Model:
        """Learn, leave out what weighs little or has the wrong sign, and learn again."""
        signs = self._signs[pattern]
        model = self._model(pattern, texts, against, signs, None)
        order = np.argsort(-abs(model.words))[:MAX]
        words = np.sort(order[abs(model.words[order]) >= SMALLEST])
        for _round in range(_ROUNDS_OF_SIGNS):
            good = [
                (index, sign) for index, sign in signs if model.signals[index] * sign >= MIN_SIGNAL
            ]
            model = self._model(pattern, texts, against, good, words)
            if len(good) == len(signs):
                break
            signs = good
        signals = model.signals.copy()
        for index, sign in self._signs[pattern]:
            signals[index] = sign * max(signals[index] * sign, self._floors.get(index, 0.0))
        return Model(model.words, signals, model.constant)

    def _model(
        self,
        pattern: str,
        texts: Texts,
        against: Rows,
        signs: list[tuple[int, int]],
        words: np.ndarray | None,
    ) -> Model:
        flagged, weights = texts.labels(pattern)
        used = np.flatnonzero(weights)
        kept = np.arange(texts.rows.words.shape[1]) if words is None else words
        chosen = [index for index, _sign in signs]
        x = vstack([_matrix(rows, kept, chosen) for rows in (texts.rows[used], against)]).tocsr()
        y = np.r_[flagged[used], np.zeros(len(against.places), dtype=bool)]
        weight = np.r_[weights[used], np.full(len(against.places), DOCUMENTATION)]
        fitted = LogisticRegression(C=FREEDOM, solver="liblinear", intercept_scaling=3.0)
        fitted.fit(x, y, sample_weight=weight)
        found = fitted.coef_[0]
        of_words = np.zeros(texts.rows.words.shape[1])
        of_words[kept] = found[: len(kept)]
        of_signals = np.zeros(texts.rows.signals.shape[1])
        of_signals[chosen] = found[len(kept) :] * OF_SIGNALS
        return Model(of_words, of_signals, float(fitted.intercept_[0]))


def _matrix(rows: Rows, words: np.ndarray, signals: list[int]) -> csr_matrix:
    beside = csr_matrix(rows.signals[:, signals] * OF_SIGNALS)
    return hstack([rows.words[:, words], beside]).tocsr()


def unseen(learner: Learner, texts: Texts, against: Rows, pool: Executor) -> np.ndarray:
    """Return the scores of each text of a hand by models that have seen no text of that hand.

    Hands are left out two at a time, which takes half as long and is the harder test. Texts of the
    older corpus have 0.
    """
    found = np.zeros((len(texts.texts), len(learner.patterns)))
    every = hands("fit")
    half = (len(every) + 1) // 2
    left_out = [
        np.array([text.hand in every[at::half] for text in texts.texts]) for at in range(half)
    ]
    learned = [pool.submit(learner.models, texts.where(~own), against) for own in left_out]
    for own, models in zip(left_out, learned, strict=True):
        found[own] = scores(models.result(), texts.rows[np.flatnonzero(own)])
    return found


def by_section(found: np.ndarray, rows: Rows) -> np.ndarray:
    """Return the best scores of each section, alone or with those around it."""
    best: dict[tuple[str, int], np.ndarray] = {}
    for (page, members), own in zip(rows.places, found, strict=True):
        key = page, members[-1]
        best[key] = np.maximum(best[key], own) if key in best else own
    return np.array(list(best.values()))
