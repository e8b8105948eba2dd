"""Describes an imported guide as the data that ``--json`` prints."""

from __future__ import annotations

import dataclasses
from typing import Any

from sphinxext_revguide.importer.parts import ImportedGuide, ImportedIssue
from sphinxext_revguide.importer.write.page import lines_of
from sphinxext_revguide.issue_fields import reduction_json, report_of, span_json
from sphinxext_revguide.model import Guide, Lock, Pair


def as_dict(guide: ImportedGuide) -> dict[str, Any]:
    """Describe a guide; see :func:`sphinxext_revguide.importer.as_json`."""
    return {
        "guides": [_guide(guide.guide)],
        "issues": [_issue(issue) for issue in guide.issues],
        "locks": [_lock(lock) for lock in guide.locks],
        "other": [{"title": s.title, "text": s.text, "line": s.line} for s in guide.other],
        "problems": [{"line": p.line, "message": p.message} for p in guide.problems],
        "lines": [
            {"line": account.line, "where": account.where, "issue": account.issue or None}
            for account in lines_of(guide)
        ],
    }


def _guide(guide: Guide) -> dict[str, Any]:
    return {
        "id": guide.id,
        "title": guide.title,
        "line": guide.line,
        "chapters": list(guide.chapters),
        "baseline": dataclasses.asdict(guide.baseline) if guide.baseline else None,
        "reduction": reduction_json(guide.reduction),
        "effort_hours": span_json(guide.effort),
    }


def _issue(one: ImportedIssue) -> dict[str, Any]:
    issue = one.issue
    samples = [_pair(pair) for pair in issue.pairs]
    first = samples[0] if samples else {}
    return {
        "id": issue.id,
        "guide": issue.guide,
        "title": issue.title,
        **report_of(issue),
        "pattern_guesses": list(one.guesses),
        "pattern_confidence": _confidence(one),
        "untested": list(one.untested),
        "line": issue.line,
        "problem": one.problem,
        "why": one.why,
        "notes": [{"text": note.source, "line": note.line} for note in one.notes],
        "before": first.get("before"),
        "after": first.get("after"),
        "samples": samples,
    }


def _confidence(one: ImportedIssue) -> str | None:
    """Return how sure the patterns of an issue are: high, medium, low, or None if it has none.

    Patterns that the issue names are high if its samples confirm them, else medium; guesses are
    low.
    """
    if one.issue.patterns:
        return "medium" if one.untested else "high"
    return "low" if one.guesses else None


def _pair(pair: Pair) -> dict[str, Any]:
    before, after = pair.before, pair.after
    return {
        "before": before.text if before else None,
        "after": after.text if after else None,
        "before_label": before.label if before else "",
        "after_label": after.label if after else "",
        "before_line": before.line if before else None,
        "after_line": after.line if after else None,
        "before_is_instruction": bool(before and before.instruction),
        "after_is_instruction": bool(after and after.instruction),
        "missing": pair.missing,
    }


def _lock(lock: Lock) -> dict[str, Any]:
    return {
        "guide": lock.guide,
        "text": lock.text,
        "phrases": list(lock.phrases),
        "line": lock.line,
    }
