"""The issues in ``tests/corpus/titles``, and how many of them the importer names right."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.importer.complaints import Complaints, shipped
from sphinxext_revguide.importer.parts import ImportedIssue, Prose
from sphinxext_revguide.importer.suggest import named
from sphinxext_revguide.model import OVERUSE, Issue
from sphinxext_revguide.patterns import load_library
from tests.evaluation.corpus import CORPUS, split

UNSEEN = Path(__file__).parent / "titles.json"
"""Figures of writers who were left out of training in turn."""


@dataclass(frozen=True)
class Complaint:
    """An issue of a guide: the pattern that it is about, or "", and what its writer says."""

    pattern: str
    title: str
    problem: str
    writer: str = ""

    @property
    def imported(self) -> ImportedIssue:
        """The issue as the importer reads it."""
        prose = Prose(self.problem, line=1)
        return ImportedIssue(Issue("guide", 1, self.title), problem=self.problem, body=(prose,))


def writers(part: str) -> list[str]:
    """Return the writers of a part: "fit", "drafted" or "measured"."""
    return split()["titles"][part]


def complaints(writer: str) -> list[Complaint]:
    """Return the issues of a writer."""
    text = (CORPUS / "titles" / f"{writer}.toml").read_text(encoding="utf-8")
    return [Complaint(writer=writer, **issue) for issue in tomllib.loads(text)["issue"]]


def fit_complaints() -> Iterator[Complaint]:
    """Yield all that may be learned from: issues, and what the library says of its patterns.

    :raises ValueError: if a writer who is only measured on is among them.
    """
    measured = set(writers("measured"))
    for writer in (*writers("fit"), *writers("drafted")):
        if writer in measured:
            msg = f"{writer} is for measuring only, and split.toml has it in another part too"
            raise ValueError(msg)
        yield from complaints(writer)
    for pattern in load_library().patterns.values():
        yield Complaint(pattern.id, pattern.title, "")
        yield Complaint(pattern.id, pattern.title, f"{pattern.what} {pattern.why}")


def measure(some: Iterable[Complaint], model: Complaints | None = None) -> dict[str, int]:
    """Count how the importer names issues.

    :returns: the number of ``issues`` and of those about a ``pattern``; how many of the latter are
        named ``right``, ``guessed`` right in a comment, and ``missing``; how many of all issues
        are named ``wrong``.
    """
    keys = ("issues", "pattern", "right", "wrong", "guessed", "missing")
    count = Counter(dict.fromkeys(keys, 0))
    for one in some:
        count["issues"] += 1
        count["pattern"] += bool(one.pattern)
        count[verdict(one, model or shipped())] += 1
    return {key: count[key] for key in keys}


def verdict(one: Complaint, model: Complaints) -> str:
    """Return "right", "wrong", "guessed" or "missing"; "unnamed" if that is right."""
    unit = named(one.imported, load_library(), model)
    found = (*unit.issue.patterns, *([OVERUSE] if unit.issue.budget else []))
    if found:
        return "right" if found == (one.pattern,) else "wrong"
    if not one.pattern:
        return "unnamed"
    return "guessed" if one.pattern in unit.guesses else "missing"


def naming() -> dict[str, dict[str, int]]:
    """Return the figures of each writer: left out of training in turn, or never learned from.

    Those of the former were measured by ``make fit``.
    """
    left_out: dict[str, dict[str, int]] = json.loads(UNSEEN.read_text(encoding="utf-8"))
    held_out = {writer: measure(complaints(writer)) for writer in writers("measured")}
    return {f"{name}, left out": row for name, row in left_out.items()} | {
        f"{name}, held out": row for name, row in held_out.items()
    }
