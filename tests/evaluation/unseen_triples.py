"""Measures what excuses on hands left out in turn: run by ``make fit``, after learning.

For each hand that may be learned from, both models of sentences and the limit are learned from the
others; the patterns themselves stay as they are. Writes ``triples.json``.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from sphinxext_revguide.patterns import Library, detect, hollow, load_library, testimony
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.evaluation import fit_hollow, fit_testimony
from tests.evaluation.triples import flagged_texts, measure, tell, triples

PATH = Path(__file__).parent / "triples.json"


def leave_out(library: Library) -> dict[str, dict[str, int]]:
    """Return counts by hand, each under models that have not seen it."""
    some, everything = fit_testimony.gathered(), fit_hollow.everything()
    base = testimony.shipped()
    scores = fit_testimony.unseen(some, base)
    counts: dict[str, dict[str, int]] = {}
    for hand in scores:
        limit = fit_testimony.limit_of(found for item, found in scores.items() if item != hand)
        model = fit_testimony.learn([sentence for sentence in some if sentence.hand != hand], base)
        admits = fit_hollow.learn([sentence for sentence in everything if sentence.hand != hand])
        of_hand = list(triples(hand))
        before = _recall(hand, library, replace(model, limit=99.0), admits)
        after = _recall(hand, library, replace(model, limit=limit), admits)
        counts[hand] = measure(of_hand, library) | {"before": before, "after": after}
        tell(f"triples, {hand} left out", counts[hand])
    return counts


def _recall(hand: str, library: Library, model: testimony.Testimony, admits: hollow.Hollow) -> int:
    """Count the flagged texts of a hand that are found, and leave the models in place."""
    testimony.shipped = lambda: model  # type: ignore[assignment]
    hollow.shipped = lambda: admits  # type: ignore[assignment]
    return sum(
        any(match.pattern == pattern for match in detect(outline_of_sample(text), library))
        for pattern, text in flagged_texts(hand)
    )


def main() -> None:
    """Measure, print, and write."""
    counts = leave_out(load_library())
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    tell("triples, all hands left out in turn", total)
    lost = total["before"] - total["after"]
    print(f"of {total['before']} flagged texts found, triples or not, {lost} are excused")
    PATH.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
