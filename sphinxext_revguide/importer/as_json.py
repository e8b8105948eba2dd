"""What was understood of a guide, as JSON."""

from __future__ import annotations

from typing import Any

from sphinxext_revguide.importer.reader import ImportedGuide, Prose, Unit
from sphinxext_revguide.model import Pair, Span


def as_json(guide: ImportedGuide) -> dict[str, Any]:
    """Return guides, issues with the full text of their samples, locks, prose and problems."""
    own = guide.guide
    size = own.baseline
    return {
        "guides": [
            {
                "id": own.id,
                "title": own.title,
                "chapters": list(own.chapters),
                "baseline": None
                if size is None
                else {
                    "bytes": size.bytes,
                    "lines": size.lines,
                    "content_lines": size.content_lines,
                },
                "reduction": _span(own.reduction),
                "effort_hours": _span(own.effort),
            }
        ],
        "issues": [_issue(unit) for unit in guide.units],
        "locks": [
            {"text": lock.text, "phrases": list(lock.phrases), "line": lock.line}
            for lock in guide.locks
        ],
        "other": _other(guide),
        "problems": [
            {"line": problem.line, "message": problem.message} for problem in guide.problems
        ],
    }


def _span(span: Span | None) -> dict[str, float] | None:
    return {"min": span.low, "max": span.high} if span else None


def _issue(unit: Unit) -> dict[str, Any]:
    issue = unit.issue
    first = unit.pairs[0] if unit.pairs else Pair(None, None)
    return {
        "number": issue.number,
        "title": issue.title,
        "line": issue.line,
        "impact": issue.impact.value if issue.impact else None,
        "frequency": issue.frequency,
        "reduction": _span(issue.reduction),
        "effort_hours": _span(issue.effort),
        "status": issue.status.value,
        "patterns": list(issue.patterns),
        "problem": "\n".join(unit.problem).strip(),
        "why": "\n".join(unit.why).strip(),
        "notes": "\n".join(unit.notes).strip(),
        "before": first.before.text if first.before else None,
        "after": first.after.text if first.after else None,
        "samples": [_pair(pair) for pair in unit.pairs],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    before, after = pair.before, pair.after
    return {
        "before": before.text if before else None,
        "after": after.text if after else None,
        "before_label": before.label if before else "",
        "after_label": after.label if after else "",
        "before_line": before.line if before else None,
        "after_line": after.line if after else None,
    }


def _other(guide: ImportedGuide) -> list[dict[str, Any]]:
    """Gather the prose into sections, each under its heading."""
    sections: list[dict[str, Any]] = []
    for part in guide.parts:
        if not isinstance(part, Prose):
            continue
        block = part.block
        if block.level or not sections:
            title = block.content if block.level else ""
            sections.append({"title": title, "line": block.line, "text": ""})
        if not block.level:
            sections[-1]["text"] = f"{sections[-1]['text']}\n\n{block.text}".strip("\n")
    return sections
