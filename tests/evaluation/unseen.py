"""Measures detection on what no weight was learned from: hands kept apart, and handbooks."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.evaluation.corpus import hands, texts_of_hand
from tests.evaluation.human import folder, pages

UNSEEN = Path(__file__).parent / "unseen.json"
"""What the fit measures: only it can leave hands out, and learn from half of the documentation."""


def measured_hands(library: Library) -> dict[str, dict[str, int]]:
    """Return, for each hand that is only measured on and for all, what each limit finds.

    Keys are ``flagged``, ``clean``, and for each limit ``sensitive_found``, ``strict_alarms`` and
    so on; of flagged texts also by form, such as ``sensitive_found_prose``.
    """
    rows: dict[str, dict[str, int]] = {}
    for hand in hands("measured"):
        counts: dict[str, int] = defaultdict(int)
        for text in texts_of_hand(hand):
            kind = "flagged" if text.flagged else "clean"
            counts[kind] += 1
            counts[f"{kind}_{text.form}"] += 1
            matches = detect(outline_of_sample(text.text), library)
            own = [match for match in matches if match.pattern == text.pattern]
            what = "found" if text.flagged else "alarms"
            for limit, hit in (("sensitive", own), ("strict", [o for o in own if o.is_strict])):
                counts[f"{limit}_{what}"] += bool(hit)
                counts[f"{limit}_{what}_{text.form}"] += bool(hit)
        rows[hand] = dict(counts)
    return {**rows, "all": summed(rows)}


def summed(rows: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return the sums of all rows."""
    every = sorted({key for row in rows.values() for key in row})
    return {key: sum(row.get(key, 0) for row in rows.values()) for key in every}


def human_documentation(library: Library, ids: set[str]) -> dict[str, Any] | None:
    """Return what is found in repositories that are only measured on, and how fast.

    :returns: ``words``, ``sensitive`` (how many findings), ``strict`` (each, by page, line and
        pattern), ``words_a_second`` of CPU time; ``None`` if no folder is named.
    """
    if folder() is None:
        return None
    words, sensitive, seconds = 0, 0, 0.0
    strict: list[str] = []
    for found in pages("measure").values():
        for name, outline in found:
            words += sum(section.words for section in outline.sections)
            start = time.process_time()
            matches = detect(outline, library)
            seconds += time.process_time() - start
            own = [match for match in matches if match.pattern in ids]
            sensitive += len(own)
            strict += [f"{name}:{issue.line} {issue.pattern}" for issue in own if issue.is_strict]
    speed = round(words / seconds) if seconds else 0
    return {
        "words": words, "sensitive": sensitive, "strict": sorted(strict), "words_a_second": speed
    }  # fmt: skip
