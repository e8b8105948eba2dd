"""Learns which sentences testify: run by ``make fit``; writes ``packs/testimony-en.json``.

Sentences of testimony in the triples are distinguished from hedges and all
sentences of flagged texts.
Words, pairs of words and shapes are learned together, in one linear model. The limit is set on
texts of hands that the model which weighs them has not seen.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import sphinxext_revguide.patterns as package
from sphinxext_revguide.patterns.samples import outline_of_sample
from sphinxext_revguide.patterns.sentence_features import features
from sphinxext_revguide.patterns.testimony import Testimony, of_data, said_in, total
from tests.evaluation.corpus import CORPUS, texts
from tests.evaluation.triples import KEPT, flagged_by, hands, triples

PATH = Path(package.__file__).parent / "packs" / "testimony-en.json"
FREEDOM = 1.0
"""How freely weights may grow: scikit-learn's C."""
COMMON = 4
"""A word or a pair is learned if it is in at least this many sentences."""
KEPT_WEIGHTS = 2100
"""So many weights are kept, the strongest of what stands often; the others are not worth a line."""
LET_THROUGH = 0.07
"""The share of flagged texts, of hands not learned from, that the limit may excuse. Nearly all of
them are written as experience, by name and in the past, and rarely found at all."""
WEIGHT = {"testimony": 1.0, "hedge": 2.0, "flagged": 1.0, "corpus": 1.0, "warm": 2.0,
          "testifies": 1.0, "soft": 2.0, "hollow": 2.0, "smooth": 2.0, "rule": 1.0,
          "plain": 0.0}  # fmt: skip
"""How much a sentence counts, by the kind of text that it is in."""

POSITIVE = ("testimony", "testifies", "soft")


@dataclass(frozen=True)
class Sentence:
    """A sentence: what kind of text it is in, and the hand that wrote it."""

    text: str
    kind: str
    hand: str


@cache
def cut(text: str) -> tuple[str, ...]:
    """Return the sentences of a Markdown text."""
    return tuple(
        sentence for section in outline_of_sample(text).sections for sentence in said_in(section)
    )


def gathered() -> list[Sentence]:
    """Return every sentence that is learned from; none of a hand that is kept for measuring."""
    found = []
    for hand in hands():
        if hand in KEPT:
            continue
        for triple in triples(hand):
            parts = {
                "testimony": triple.testimony,
                "hedge": triple.hedge,
                "flagged": triple.filled(""),
            }
            found += [Sentence(s, kind, hand) for kind, text in parts.items() for s in cut(text)]
        found += [Sentence(s, "flagged", hand) for text in flagged_by(hand) for s in cut(text)]
    for sample in texts("fit"):
        if sample.flagged:
            kind = "warm" if sample.voice == "warm" else "corpus"
            found += [Sentence(s, kind, f"corpus {sample.hand}") for s in cut(sample.text)]
    single = tomllib.loads((CORPUS / "sentences.toml").read_text(encoding="utf-8"))
    found += [Sentence(s, kind, "corpus single") for kind, some in single.items() for s in some]
    return found


def learn(some: Sequence[Sentence], base: Testimony) -> Testimony:
    """Learn what the features of sentences weigh."""
    each = [features(sentence.text, base.words) for sentence in some]
    counts = Counter(name for sentence in each for name in sentence)
    names = sorted(name for name, count in counts.items() if count >= COMMON)
    column = {name: index for index, name in enumerate(names)}
    cells = [
        (row, column[name], value)
        for row, sentence in enumerate(each)
        for name, value in sentence.items()
        if name in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    x = csr_matrix((values, (rows, columns)), shape=(len(some), len(names)))
    y = np.array([sentence.kind in POSITIVE for sentence in some])
    weight = np.array([WEIGHT[sentence.kind] for sentence in some])
    weight[y] *= 0.5 * weight[~y].sum() / weight[y].sum()
    model = LogisticRegression(C=FREEDOM, max_iter=500).fit(x, y, sample_weight=weight)
    learned = {name: round(float(model.coef_[0][index]), 2) for name, index in column.items()}
    ranked = sorted(learned, key=lambda name: -abs(learned[name]) * counts[name] ** 0.5)
    kept = {name: learned[name] for name in ranked[:KEPT_WEIGHTS]}
    return replace(base, weights=kept, intercept=round(float(model.intercept_[0]), 2))


def score(model: Testimony, *parts: str) -> float:
    """Return what the best sentences of texts weigh together."""
    said = dict.fromkeys(sentence for text in parts for sentence in cut(text))
    return total([(model.weigh(sentence), sentence) for sentence in said]).score


def unseen(some: Sequence[Sentence], base: Testimony) -> dict[str, dict[str, list[float]]]:
    """Return what texts of each hand score under a model that has not seen it: hand -> kind."""
    found: dict[str, dict[str, list[float]]] = {}
    for hand in sorted(
        {sentence.hand for sentence in some if not sentence.hand.startswith("corpus")}
    ):
        model = learn([sentence for sentence in some if sentence.hand != hand], base)
        found[hand] = scores(model, hand)
    return found


def scores(model: Testimony, hand: str) -> dict[str, list[float]]:
    """Return what the texts of a hand score: bare, with the hedge, with the testimony, others."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for triple in triples(hand):
        bare = triple.filled("")
        by_kind["flagged"].append(score(model, bare))
        by_kind["hedge"].append(score(model, bare, triple.hedge))
        by_kind["testimony"].append(score(model, bare, triple.testimony))
    by_kind["flagged"] += [score(model, text) for text in flagged_by(hand)]
    return by_kind


def limit_of(found: Iterable[dict[str, list[float]]]) -> float:
    """Return the least limit at which flagged texts of unseen hands are rarely excused."""
    flagged = np.array([value for section in found for value in section["flagged"]])
    return round(float(np.quantile(flagged, 1 - LET_THROUGH)), 2)


def main() -> None:
    """Learn, set the limit, tell what it does on unseen hands, and write."""
    data = json.loads(PATH.read_text(encoding="utf-8"))
    some = gathered()
    found = unseen(some, of_data(data))
    limit = limit_of(found.values())
    for hand, kinds in found.items():
        reported = {
            kind: round(float(np.mean(np.array(v) >= limit)), 2) for kind, v in kinds.items()
        }
        print(f"testimony, {hand} not learned from: excused {reported}")
    model = learn(some, of_data(data))
    data |= {"limit": limit, "intercept": model.intercept, "weights": _ranked(model.weights)}
    PATH.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"testimony: {len(model.weights)} weights, limit {limit}, {PATH.stat().st_size} bytes")


def _ranked(weights: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0])))


if __name__ == "__main__":
    main()
