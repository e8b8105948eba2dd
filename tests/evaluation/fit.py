"""Learns the weights and limits of the operations pack: run by ``make fit``.

For each pattern a lexicon of weights, the weights of the signals that the pack names, a sensitive
and a strict limit. Learned from the part "fit" of the corpus, the hands in that part with their
triples, and documentation written by people (see ``human.py``); never from what is kept for
measuring. Documentation is in two halves: what is learned from one is held against the other, and
the limits are set on what then looks like a pattern.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from sphinxext_revguide.patterns import load_library
from tests.evaluation.corpus import Text, fit_texts, hands
from tests.evaluation.features import (
    PACK,
    Candidates,
    Rows,
    Space,
    candidates,
    name_of,
    of_pages,
    of_texts,
    space,
    stacked,
)
from tests.evaluation.human import CACHE, VARIABLE, folder, pages
from tests.evaluation.learning import (
    Learner,
    Model,
    Models,
    Texts,
    by_section,
    scores,
    unseen,
)
from tests.evaluation.unseen import UNSEEN

SENSITIVE, STRICT = 1.2, 0.1
"""How many findings in 100,000 words of unseen documentation each limit may let through: other
documentation has more of them."""
ALIKE_SENSITIVE, ALIKE_STRICT = 0.08, 0.02
"""The share of clean texts, of hands not learned from, that each limit may let through."""


@dataclass(frozen=True)
class Limits:
    """The logarithm of the odds from which a pattern is found."""

    sensitive: float
    strict: float


def half(part: str, columns: Space) -> tuple[Rows, int]:
    """Return the rows of a half of the documentation, and its words."""
    repositories = pages(part)
    rows = [of_pages(name, found, columns) for name, found in repositories.items()]
    outlines = (section for found in repositories.values() for _name, section in found)
    words = sum(section.words for outline in outlines for section in outline.sections)
    return stacked(rows), words


def limits(alarms: np.ndarray, words: int, alike: np.ndarray) -> Limits:
    """Return the limits that let so little through.

    :param alarms: the scores of sections of documentation not learned from, the best first.
    :param words: of that documentation.
    :param alike: the scores of clean texts not learned from.
    """
    found = []
    for rate, share in ((SENSITIVE, ALIKE_SENSITIVE), (STRICT, ALIKE_STRICT)):
        on_documentation = alarms[int(rate * words / 100_000)]
        on_texts = np.sort(alike)[::-1][int(share * len(alike))]
        found.append(float(max(on_documentation, on_texts)) + 0.01)
    return Limits(found[0], max(found))


def main() -> None:
    """Learn, set limits, and write the pack."""
    if folder() is None:
        print(f"{VARIABLE} names no folder: learning from documentation of packages instead, "
              "which looks less like the patterns; more will be found that is none")  # fmt: skip
    texts = list(fit_texts())
    columns = space(texts, load_library())
    learned_from = Texts(texts, of_texts(texts, columns))
    learner = Learner(columns, candidates())
    halves = [half(part, columns) for part in ("first", "second")]
    hard = [learner.hardest(learned_from, rows) for rows, _words in halves]
    words = sum(count for _rows, count in halves)
    against = stacked(hard)
    with ProcessPoolExecutor() as pool:
        whole = pool.submit(learner.models, learned_from, against)
        of_halves = [pool.submit(learner.models, learned_from, own) for own in hard]
        blind = unseen(learner, learned_from, against, pool)
        found = [
            by_section(scores(models.result(), rows), rows)
            for models, (rows, _words) in zip(of_halves, halves[::-1], strict=True)
        ]
        models = whole.result()
    alarms = np.sort(np.vstack(found).ravel())[::-1]
    at = {name: index for index, name in enumerate(learner.patterns)}
    own = np.array([row[at[text.pattern]] for row, text in zip(blind, texts, strict=True)])
    clean = np.array([not text.flagged and text.hand in hands("fit") for text in texts])
    np.savez(CACHE / "scores.npz", blind=blind, alarms=alarms)
    both = limits(alarms, words, own[clean])
    write(models, both, columns, learned_from)
    print(both)
    measured = figures(texts, own, both, alarms, words)
    UNSEEN.write_text(json.dumps(measured, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _tell(measured)


def figures(
    texts: Sequence[Text], own: np.ndarray, both: Limits, alarms: np.ndarray, words: int
) -> dict[str, Any]:
    """Return what the limits let through of what the weights were not learned from.

    :param own: for each text the score of its own pattern, by models that saw none of its hand.
    :returns: a row for each hand and the mean over them, and the findings in documentation.
    """
    rows: dict[str, dict[str, int]] = {}
    for text, score in zip(texts, own, strict=True):
        if text.hand in hands("fit") and not text.voice:
            row = rows.setdefault(text.hand, dict.fromkeys(KEYS, 0))
            kind, what = ("flagged", "found") if text.flagged else ("clean", "alarms")
            row[kind] += 1
            row[f"{kind}_{text.form}"] = row.get(f"{kind}_{text.form}", 0) + 1
            for limit, least in (("sensitive", both.sensitive), ("strict", both.strict)):
                key = f"{limit}_{what}"
                row[key] += bool(score >= least)
                row[f"{key}_{text.form}"] = row.get(f"{key}_{text.form}", 0) + bool(score >= least)
    found = {
        name: int((alarms >= limit).sum())
        for name, limit in (("sensitive", both.sensitive), ("strict", both.strict))
    }
    return {"hands": rows, "documentation": {"words": words, **found}}


KEYS = (
    "flagged", "clean", "sensitive_found", "strict_found", "sensitive_alarms", "strict_alarms",
)  # fmt: skip


def _tell(measured: dict[str, Any]) -> None:
    for hand, row in measured["hands"].items():
        shares = [
            f"{limit} {row[f'{limit}_found']}/{row['flagged']} "
            f"{row[f'{limit}_alarms']}/{row['clean']}"
            for limit in ("sensitive", "strict")
        ]
        print(f"{hand:14} {'   '.join(shares)}")
    print(measured["documentation"])


def write(models: Models, both: Limits, columns: Space, texts: Texts) -> None:
    """Write the lexicons of weights, and weights and limits into the pack."""
    names = list(columns.words)
    lines = [
        "# Written by `make fit`: words that speak for (above zero) and against a pattern; with a",
        "# zone and a colon before them, where they stand there.",
    ]
    for pattern, model in models.items():
        lines += ["", f"[lexicon.{pattern}]", "weights = '''"]
        for index in np.argsort(-abs(model.words), kind="stable"):
            weight = round(float(model.words[index]), 2)
            if weight:
                lines.append(f"{names[index]} {weight}")
        lines.append("'''")
    path = PACK.with_name("operations-weights.toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    parts = re.split(r"(?m)^(?=\[\[pattern\]\]$)", PACK.read_text(encoding="utf-8"))
    for index, part in enumerate(parts):
        name = re.search(r'(?m)^id = "([\w-]+)"', part)
        if name and name[1] in models:
            model = models[name[1]]
            gate = _gate(model, name[1], both, texts)
            parts[index] = _with_weights(part, model, both, gate, columns, candidates()[name[1]])
    PACK.write_text("".join(parts), encoding="utf-8")


def _gate(model: Model, pattern: str, both: Limits, texts: Texts) -> float:
    """Return what the words of a passage must weigh at least, so that signals are looked at.

    Signals have never added more than the rest.
    """
    mine = [text.pattern == pattern and text.flagged for text in texts.texts]
    added = (texts.rows.signals @ model.signals)[np.array(mine)]
    return both.sensitive - model.constant - max(0.0, float(np.quantile(added, 0.99)))


def _with_weights(
    part: str, model: Model, both: Limits, gate: float, columns: Space, uses: Candidates
) -> str:
    """Return the TOML of a pattern with what was learned, in its first form."""
    at = {name_of(use): index for index, use in enumerate(columns.uses)}
    weights = iter(
        round(abs(float(model.signals[at[name_of(use)]])), 2)
        for use in (*uses.speaking_for, *uses.against)
    )
    sensitive, strict = (
        round(limit - model.constant, 2) for limit in (both.sensitive, both.strict)
    )
    part = re.sub(r"least = -?[\d.]+ }\]", f"least = {gate - 0.05:.1f} }}]", part, count=1)
    part = re.sub(r"(?m)^threshold = .*", f"threshold = {sensitive}", part, count=1)
    part = re.sub(r"(?m)^strict = .*", f"strict = {strict}", part, count=1)
    head, rest = part.split("\nfor = [", 1)
    end = min(found.start() for found in re.finditer(r"\n\[\[pattern\.|\Z", rest))
    body = re.sub(r"weight = [\d.]+", lambda _found: f"weight = {next(weights)}", rest[:end])
    return f"{head}\nfor = [{body}{rest[end:]}"


if __name__ == "__main__":
    main()
