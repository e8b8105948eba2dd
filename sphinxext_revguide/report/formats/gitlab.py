"""GitLab's code quality report: the part of Code Climate's format that GitLab reads."""

from __future__ import annotations

from sphinxext_revguide.report.entries import Json, entries
from sphinxext_revguide.text.control_characters import json_text

_SEVERITY = {
    "critical": "critical",
    "high": "major",
    "medium-high": "minor",
    "medium": "minor",
    "low": "info",
}
"""Severities by the impact of the issue; a finding that no issue requests is minor."""


def gitlab(report: Json, folder: str) -> str:
    """Return an array with an object for each entry."""
    found = [
        {
            "description": entry.message,
            "check_name": f"revguide.{entry.rule}",
            "fingerprint": entry.fingerprint,
            "severity": _SEVERITY.get(entry.impact, "minor"),
            "location": {"path": entry.path, "lines": {"begin": entry.line, "end": entry.end_line}},
        }
        for entry in entries(report, folder)
    ]
    return json_text(found, indent=2) + "\n"
