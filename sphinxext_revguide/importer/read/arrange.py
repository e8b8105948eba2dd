"""Puts what was read of an issue in the order in which its card shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from sphinxext_revguide.importer.parts import Comment, ImportedIssue, PairPart, Prose, UnitPart
from sphinxext_revguide.importer.read.sample_pairs import Entry, Found
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.spoken_values import spoken_time
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.model import Issue, Pair


def arranged(issue: Issue, entries: Sequence[Entry | Pair]) -> ImportedIssue:
    """Return an issue with its problem before the first pair and its reason after the last one.

    If no label says so, the text above the pairs is the problem, and the text below them the
    reason.
    """
    parts = [PairPart(entry) if isinstance(entry, Pair) else entry for entry in entries]
    body: list[UnitPart] = [part for part in parts if not isinstance(part, Found)]
    places = [i for i, part in enumerate(body) if isinstance(part, PairPart)]
    if places:
        body = _in_order(body, places[0], places[-1])
    prose = [part for part in body if isinstance(part, Prose)]
    problem = [part.text for part in prose if part.role == "problem" and part.text]
    if not any(part.role == "problem" for part in prose):
        lead = list(takewhile(lambda part: not isinstance(part, PairPart), body))
        if not places:
            lead = list(takewhile(_is_plain, dropwhile(_is_field_part, lead)))
        pair = next((p.pair for p in body if isinstance(p, PairPart)), None)
        until = pair.line if pair and pair.before else 0
        problem = [
            p.text
            for p in lead
            if isinstance(p, Prose) and not p.literal and not p.raw and not _is_field(p.text)
            if not until or p.line <= until
        ]
        if until and len(problem) > 1 and pair and _leads_to(problem[-1], pair):
            problem.pop()
    why = [part.text for part in prose if part.role == "why" and part.text]
    if not why and places:
        # Read unlabelled text below the samples as their reason, because a card shows it there.
        below = body[max(i for i, part in enumerate(body) if isinstance(part, PairPart)) + 1 :]
        texts = [part.text for part in takewhile(_is_plain, below) if isinstance(part, Prose)]
        why = [text for text in texts if field_of_shape(text) is None and not _is_time(text)]
    notes = tuple(part for part in prose if not part.role)
    problem, why = (list(filter(_SAYS.search, texts)) for texts in (problem, why))
    return ImportedIssue(issue, "\n\n".join(problem), "\n\n".join(why), notes, tuple(body))


def _in_order(body: Sequence[UnitPart], first: int, last: int) -> list[UnitPart]:
    """Return parts with the problem before the pairs and the reason after them.

    :param first: the index of the first pair.
    :param last: the index of the last pair.
    """
    early = [p for p in body[:first] if not _has_role(p, "why")]
    early += [p for p in body[first:] if _has_role(p, "problem")]
    late = [p for p in body[:last] if _has_role(p, "why")]
    late += [p for p in body[last + 1 :] if not _has_role(p, "problem")]
    middle = [
        p for p in body[first : last + 1] if not _has_role(p, "problem") and not _has_role(p, "why")
    ]
    return [*early, *middle, *late]


def _leads_to(text: str, pair: Pair) -> bool:
    """Return whether a paragraph only introduces a sample, or contains the BEFORE of the pair."""
    return bool(_LEAD.fullmatch(text)) or (pair.before is not None and pair.before.text in text)


_OPTIONS = frozenset({"severity", *(row.name for row in ISSUE_FIELDS if row.editor_words)})
_SAYS = re.compile(r"\w")
"""A text without a letter or digit, such as a dash, says nothing."""
_LEAD = re.compile(r"[^.!?:;\n]{3,80}:")
"""A paragraph that only introduces a sample: "On page 86 you write:"."""


def without_guessed_reasons(issues: Sequence[ImportedIssue]) -> list[ImportedIssue]:
    """Return the issues, without unlabelled reasons if most issues label theirs."""
    labelled = [any(_has_role(part, "why") for part in one.body) for one in issues]
    if 2 * sum(labelled) <= len(issues):
        return list(issues)
    return [
        one if is_labelled else replace(one, why="")
        for one, is_labelled in zip(issues, labelled, strict=True)
    ]


def _is_plain(part: UnitPart) -> bool:
    """Return whether a part is a text without a label, or a comment."""
    if isinstance(part, Comment):
        return True
    if not isinstance(part, Prose) or part.literal or part.raw or part.role:
        return False
    return not fields_of(part.text.split("\n")[0])


def _is_field_part(part: UnitPart) -> bool:
    return isinstance(part, Prose) and _is_field(part.text)


def _is_field(text: str) -> bool:
    """Return whether a text is a field that was kept because it was not fully understood."""
    return any(label.role in _OPTIONS for label in fields_of(text.partition("\n")[0]))


def _is_time(text: str) -> bool:
    """Return whether a text is a single sentence that says how long the work takes."""
    return bool(spoken_time(text)) and not re.search(r"[.!?]\s", text)


def _has_role(part: UnitPart, role: str) -> bool:
    return isinstance(part, Prose) and part.role == role
