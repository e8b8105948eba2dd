"""Measures what excuses: triples of a flagged text, the same with a hedge, the same with testimony.

A hedge is hollow, and the text must stay flagged; testimony is specific, and it must not.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.evaluation.corpus import CORPUS
from tests.evaluation.corpus import hands as hands_of

KEPT = tuple(hands_of("measured"))
"""The hands that are only measured on: no fit may read them."""
PLACE = "{{here}}"


@dataclass(frozen=True)
class Triple:
    """A flagged text with a place in it, and what may be there."""

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
    for load in tomllib.loads(path.read_text(encoding="utf-8"))["triple"]:
        yield Triple(hand=hand, **load)


def measure(some: list[Triple], library: Library) -> dict[str, int]:
    """Count the texts, those found, and of these those found with the hedge and the testimony."""
    counts = {"texts": len(some), "found": 0, "hedge": 0, "testimony": 0}
    for triple in some:
        if not _shows(triple, "", library):
            continue
        counts["found"] += 1
        counts["hedge"] += _shows(triple, triple.hedge, library)
        counts["testimony"] += _shows(triple, triple.testimony, library)
    return counts


def tell(title: str, counts: dict[str, int]) -> dict[str, int]:
    """Print the rates with their intervals, and return the counts."""
    found = counts["found"]
    print(f"{title}: {_share(found, counts['texts'])} found; of these "
          f"{_share(counts['hedge'], found)} stay flagged with the hedge, "
          f"{_share(counts['testimony'], found)} with the testimony")  # fmt: skip
    return counts


def kept(library: Library) -> dict[str, dict[str, int]]:
    """Measure, and print, the triples of the hands that nothing was learned from."""
    return {hand: tell(f"triples, {hand}", measure(list(triples(hand)), library)) for hand in KEPT}


def _share(count: int, total: int) -> str:
    """Return a share with its interval of 95 percent, after Wilson."""
    if not total:
        return "none"
    z = 1.96
    share, room = count / total, z * z / total
    middle = (share + room / 2) / (1 + room)
    half = z / (1 + room) * math.sqrt(share * (1 - share) / total + room / (4 * total))
    return f"{share:.2f} ({middle - half:.2f}-{middle + half:.2f}, {count} of {total})"


def _shows(triple: Triple, what: str, library: Library) -> bool:
    found = detect(outline_of_sample(triple.filled(what)), library)
    return any(section.pattern == triple.pattern for section in found)


def flagged_by(hand: str) -> list[str]:
    """Return the flagged texts of a hand that are not triples."""
    return [other["text"] for other in _others(hand) if other["flagged"]]


def flagged_texts(hand: str) -> list[tuple[str, str]]:
    """Return all flagged texts of a hand, those of triples too, each with its pattern."""
    others = [(other["pattern"], other["text"]) for other in _others(hand) if other["flagged"]]
    return [*others, *((triple.pattern, triple.filled("")) for triple in triples(hand))]


def clean_by(hand: str) -> list[str]:
    """Return the clean texts of a hand."""
    return [other["text"] for other in _others(hand) if not other["flagged"]]


def _others(hand: str) -> list[dict[str, Any]]:
    path = CORPUS / "hands" / f"{hand}.toml"
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    return found
