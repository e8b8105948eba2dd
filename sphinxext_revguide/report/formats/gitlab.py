"""GitLab's code quality report: the part of Code Climate's format that GitLab reads."""

from __future__ import annotations

import json

from sphinxext_revguide.report.entries import Json, entries

_SEVERITY = {
    "critical": "critical",
    "high": "major",
    "medium-high": "minor",
    "medium": "minor",
    "low": "info",
}
"""Of an issue's impact; what no issue requests is minor."""


def gitlab(report: Json, folder: str) -> str:
    """Return an array with an object for each entry."""
    found = [
        {
            "description": one.message,
            "check_name": f"revguide.{one.rule}",
            "fingerprint": one.fingerprint,
            "severity": _SEVERITY.get(one.impact, "minor"),
            "location": {"path": one.path, "lines": {"begin": one.line, "end": one.end_line}},
        }
        for one in entries(report, folder)
    ]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
