"""What was read of an issue, in the order in which its card shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sphinxext_revguide.importer.parts import ImportedIssue, PairPart, Prose, UnitPart
from sphinxext_revguide.importer.read.sample_pairs import Entry, Found
from sphinxext_revguide.model import Issue, Pair


def arranged(issue: Issue, entries: Sequence[Entry | Pair]) -> ImportedIssue:
    """Put what is the problem before the first pair, and what is the reason after the last."""
    places = [i for i, entry in enumerate(entries) if isinstance(entry, Pair)]
    parts = [PairPart(entry) if isinstance(entry, Pair) else entry for entry in entries]
    body: list[UnitPart] = [part for part in parts if not isinstance(part, Found)]
    if places:
        first, last = places[0], places[-1]
        early = [p for p in body[:first] if not _is(p, "why")]
        early += [p for p in body[first:] if _is(p, "problem")]
        late = [p for p in body[:last] if _is(p, "why")]
        late += [p for p in body[last + 1 :] if not _is(p, "problem")]
        middle = [p for p in body[first : last + 1] if not _is(p, "problem") and not _is(p, "why")]
        body = [*early, *middle, *late]
    prose = [part for part in body if isinstance(part, Prose)]
    problem = [part.text for part in prose if part.role == "problem" and part.text]
    if not any(part.role == "problem" for part in prose):
        lead = body[: next((i for i, p in enumerate(body) if isinstance(p, PairPart)), 0)]
        problem = [p.text for p in lead if isinstance(p, Prose) and not p.literal and not p.raw]
    why = [part.text for part in prose if part.role == "why" and part.text]
    notes = tuple(part for part in prose if not part.role)
    return ImportedIssue(issue, "\n\n".join(problem), "\n\n".join(why), notes, tuple(body))


def _is(part: UnitPart, role: str) -> bool:
    return isinstance(part, Prose) and part.role == role
