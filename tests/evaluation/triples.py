"""Measures what excuses: triples of a flagged text, the same with a hedge, the same with testimony.

A hedge is hollow, and the text must stay flagged; testimony is specific, and it must not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.standalone import outline_of_sample
from tests.evaluation.corpus import CORPUS

KEPT = ("scientist", "volunteer")
"""The hands that are only measured on: no fit may read them."""
PLACE = "{{here}}"


@dataclass(frozen=True)
class Triple:
    """A flagged text with a place in it, and what may stand there."""

    hand: str
    pattern: str
    form: str
    text: str
    hedge: str
    testimony: str

    def filled(self, what: str) -> str:
        """Return the text with something in its place."""
        return self.text.replace(PLACE, what)


def hands() -> list[str]:
    """Return the names of the hands that wrote triples."""
    return sorted(path.stem for path in (CORPUS / "triples").glob("*.toml"))


def triples(hand: str) -> Iterator[Triple]:
    """Yield the triples of a hand."""
    path = CORPUS / "triples" / f"{hand}.toml"
    for one in tomllib.loads(path.read_text(encoding="utf-8"))["triple"]:
        yield Triple(hand=hand, **one)


def measure(some: list[Triple], library: Library) -> dict[str, int]:
    """Count the texts, those found, and of these those found with the hedge and the testimony."""
    counts = {"texts": len(some), "found": 0, "hedge": 0, "testimony": 0}
    for one in some:
        if not _shows(one, "", library):
            continue
        counts["found"] += 1
        counts["hedge"] += _shows(one, one.hedge, library)
        counts["testimony"] += _shows(one, one.testimony, library)
    return counts


def _shows(triple: Triple, what: str, library: Library) -> bool:
    found = detect(outline_of_sample(triple.filled(what)), library)
    return any(one.pattern == triple.pattern for one in found)


def flagged_by(hand: str) -> list[str]:
    """Return the flagged texts of a hand that are no triples."""
    return [one["text"] for one in _others(hand) if one["flagged"]]


def clean_by(hand: str) -> list[str]:
    """Return the clean texts of a hand."""
    return [one["text"] for one in _others(hand) if not one["flagged"]]


def _others(hand: str) -> list[dict[str, Any]]:
    path = CORPUS / "hands" / f"{hand}.toml"
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    return found
