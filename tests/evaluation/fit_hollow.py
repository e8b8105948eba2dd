"""Learns which sentences are hollow: run by ``make fit``; writes ``packs/hollow-en.json``.

Hedges of the triples are distinguished from all other sentences of the corpus and from sentences
that people wrote, in a folder that ``REVGUIDE_HUMAN_DOCS`` names: a folder a repository,
"owner+name". Without it, more of what people write is taken for hollow.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import sphinxext_revguide.patterns as package
from sphinxext_revguide.patterns.hollow import Hollow, kinds
from sphinxext_revguide.patterns.lexicons import tokens
from sphinxext_revguide.patterns.sentence_features import sentences
from tests.evaluation.corpus import texts
from tests.evaluation.fit_testimony import Sentence, cut, gathered
from tests.evaluation.triples import clean_by, triples

PATH = Path(package.__file__).parent / "packs" / "hollow-en.json"
HUMAN = os.environ.get("REVGUIDE_HUMAN_DOCS", "")
REPOSITORIES = ("madetech+handbook", "kubernetes+enhancements", "ceph+ceph.io", "cncf+toc")
"""What is learned from; no other repository is looked at, so that the others may be measured on."""
HUMAN_SENTENCES = 4500
POSITIVE = ("hedge", "hollow")
NOT_HOLLOW = ("plain", "soft", "rule")
PLAIN = 8.0
"""How much a sentence counts that may sound hollow and is not."""
FREEDOM = 1.0
COMMON = 8
"""A word is learned from if it is in this many sentences, or in two hollow ones."""
KEPT_WEIGHTS = 1000
LIMIT = -0.5
HINT, RARE = 0.5, 0.006
"""A hint weighs this much and is in no larger share of other sentences."""
_STRENGTH = 3.0


def human() -> list[Sentence]:
    """Return sentences that people wrote, a sample drawn always alike."""
    found: set[str] = set()
    for path in sorted(
        p for repository in REPOSITORIES for p in Path(HUMAN, repository).glob("**/*.md")
    ):
        for text in re.split(r"\n\s*\n", path.read_text("utf-8", "replace")):
            plain = " ".join(re.sub(r"[*`_]|\]\([^)]*\)|\[", "", text).split())
            if text[:1].isalpha() and len(plain) < 1500:
                found.update(sentences(plain))
    some = sorted(found)
    random.Random(7).shuffle(some)  # noqa: S311 -- a sample
    return [Sentence(sentence, "human", "human") for sentence in some[:HUMAN_SENTENCES]]


def everything() -> list[Sentence]:
    """Return what is learned from: the sentences of testimony's model, clean ones, and people's."""
    some = gathered()
    for hand in sorted(
        {sentence.hand for sentence in some if not sentence.hand.startswith("corpus")}
    ):
        some += [Sentence(s, "clean", hand) for text in clean_by(hand) for s in cut(text)]
    some += [
        Sentence(s, "clean", "corpus") for sample in texts("fit") if not sample.flagged
        for s in cut(sample.text)
    ]  # fmt: skip
    if HUMAN:
        return some + human()
    print("hollow: REVGUIDE_HUMAN_DOCS names no folder; learned without what people wrote")
    return some


def learn(some: Sequence[Sentence]) -> Hollow:
    """Learn what words weigh."""
    each = [kinds(tokens(sentence.text)) for sentence in some]
    y = np.array([sentence.kind in POSITIVE for sentence in some])
    counts = Counter(word for words in each for word in words)
    hollow = Counter(word for words, is_it in zip(each, y, strict=True) if is_it for word in words)
    names = sorted(w for w, count in counts.items() if count >= COMMON or hollow[w] > 1)
    column = {name: index for index, name in enumerate(names)}
    cells = [
        (row, column[word], _STRENGTH / len(words) ** 0.5)
        for row, words in enumerate(each)
        for word in words
        if word in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    x = csr_matrix((values, (rows, columns)), shape=(len(some), len(names)))
    plain = np.array([sentence.kind in NOT_HOLLOW for sentence in some])
    weight = np.where(y, 0.25 * (~y).sum() / y.sum(), np.where(plain, PLAIN, 1.0))
    model = LogisticRegression(C=FREEDOM, max_iter=500).fit(x, y, sample_weight=weight)
    learned = {name: round(_STRENGTH * float(model.coef_[0][i]), 2) for name, i in column.items()}
    ranked = sorted(names, key=lambda name: -abs(learned[name]) * min(counts[name], 400) ** 0.5)
    weights = {name: learned[name] for name in ranked[:KEPT_WEIGHTS]}
    others = len(some) - int(y.sum())
    hints = frozenset(
        word for word, value in weights.items()
        if value >= HINT and counts[word] - hollow[word] < RARE * others
    )  # fmt: skip
    return Hollow(weights, round(float(model.intercept_[0]), 2), LIMIT, hints)


def reported(model: Hollow, hand: str) -> str:
    """Say how many hedges and testimonies of a hand are wholly hollow."""
    some = list(triples(hand))
    shares = [
        np.mean([all(model.is_hollow(tokens(s)) for s in cut(text)) for text in part])
        for part in ([triple.hedge for triple in some], [triple.testimony for triple in some])
    ]
    return f"hedges {shares[0]:.2f}, testimonies {shares[1]:.2f}"


def main() -> None:
    """Learn, tell what it does on unseen hands, and write."""
    some = everything()
    for hand in sorted(
        {sentence.hand for sentence in gathered() if not sentence.hand.startswith("corpus")}
    ):
        model = learn([sentence for sentence in some if sentence.hand != hand])
        print(f"hollow, {hand} not learned from: {reported(model, hand)}")
    model = learn(some)
    data = {
        "intercept": model.intercept,
        "limit": model.limit,
        "hints": " ".join(sorted(model.hints)),
        "weights": dict(sorted(model.weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))),
    }
    PATH.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"hollow: {len(model.weights)} weights, {len(model.hints)} hints, "
          f"{PATH.stat().st_size} bytes")  # fmt: skip


if __name__ == "__main__":
    main()
