"""Learns which pattern an issue is about: run by ``make fit``; writes ``complaints-en.json``.

One linear model for all patterns and for complaints that no pattern covers: ridge regression on
rare words more than on frequent ones. The limits are set on writers that the model has not seen,
and what it does on them is written to ``titles.json``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

import sphinxext_revguide.importer as package
from sphinxext_revguide.importer.complaints import NOTHING, Complaints, features
from sphinxext_revguide.importer.title_words import pattern_named
from tests.evaluation.titles import UNSEEN, Complaint, fit_complaints, measure, writers

PATH = Path(package.__file__).parent / "complaints-en.json"
TARGET = 10.0
"""The score that an issue of a pattern should have."""
PENALTY = 0.3
"""How strongly large weights are avoided."""
OTHERS = 0.2
"""How much an issue that no pattern covers counts beside one of a pattern."""
COMMON = 2
"""A feature is learned if at least this many issues have it."""
KEPT = 10000
"""So many weights are kept, the strongest of what is frequent."""
WRONG, WRONG_GUESSES = 0.01, 0.04
"""The share of issues that a model which has not seen their writer may name or guess wrong."""


def learn(some: Sequence[Complaint]) -> dict[str, dict[str, float]]:
    """Learn the weight of each feature for each pattern."""
    each = [_shares(one) for one in some]
    counts = Counter(name for said in each for name in said)
    names = sorted(name for name, count in counts.items() if count >= COMMON)
    frequency = np.array([counts[name] for name in names])
    rarity = np.log(len(some) / frequency)
    x = _matrix(each, names).multiply(rarity).tocsr()
    patterns = sorted({one.pattern for one in some})
    wanted = np.array([[TARGET * (one.pattern == name) for name in patterns] for one in some])
    trust = np.array([1.0 if one.pattern else OTHERS for one in some])
    alike = (x @ x.T).toarray()
    penalty = np.diag(PENALTY * np.trace(alike) / len(some) / trust)
    found = np.asarray(x.T @ np.linalg.solve(alike + penalty, wanted))
    weights = found * rarity[:, None]
    strength = abs(weights) * np.sqrt(frequency)[:, None]
    weights[strength < np.sort(strength.ravel())[-KEPT:][0]] = 0.0
    return {
        pattern: {
            name: round(float(weight), 1)
            for name, weight in zip(names, column, strict=True)
            if abs(weight) >= 0.05
        }
        for pattern, column in zip(patterns, weights.T, strict=True)
    }


def _shares(one: Complaint) -> dict[str, float]:
    said, length = features(one.title, one.problem)
    return {name: value / length for name, value in said.items()}


def _matrix(each: Sequence[dict[str, float]], names: Sequence[str]) -> csr_matrix:
    column = {name: index for index, name in enumerate(names)}
    cells = [
        (row, column[name], value)
        for row, said in enumerate(each)
        for name, value in said.items()
        if name in column
    ]
    at_row, at_column, values = zip(*cells, strict=True)
    return csr_matrix((values, (at_row, at_column)), shape=(len(each), len(names)))


def limit_of(found: Iterable[tuple[str, str, float]], share: float) -> float:
    """Return the least limit from which on few enough issues get a wrong pattern.

    :param found: for each issue: its pattern, the likeliest one, and how clear it is.
    :param share: the share of all issues that may get a wrong one.
    """
    every = list(found)
    wrong = sorted(
        (clear for pattern, likely, clear in every if likely not in (pattern, NOTHING)),
        reverse=True,
    )
    allowed = int(share * len(every))
    return round(wrong[allowed] + 0.01, 2) if len(wrong) > allowed else 0.0


def main() -> None:
    """Learn, set the limits, say what the model does on unseen writers, and write."""
    some = list(fit_complaints())
    unseen = {
        writer: Complaints(learn([one for one in some if one.writer != writer]), 0.0, 0.0)
        for writer in writers("fit")
    }
    found = [
        (
            one.pattern,
            *unseen[one.writer].likeliest(one.title, one.problem, pattern_named(one.title)),
        )
        for one in some
        if one.writer in unseen
    ]
    limits = {"naming": limit_of(found, WRONG), "guess": limit_of(found, WRONG_GUESSES)}
    figures = {
        writer: measure(
            [one for one in some if one.writer == writer], Complaints(model.weights, **limits)
        )
        for writer, model in unseen.items()
    }
    for writer, row in figures.items():
        print(f"complaints, {writer} not learned from: {row}")
    UNSEEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    data = {**limits, "weights": learn(some)}
    PATH.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"complaints: limits {limits}, {PATH.stat().st_size} bytes")


if __name__ == "__main__":
    main()
