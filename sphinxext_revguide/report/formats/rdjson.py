"""The Diagnostic Format of reviewdog: comments on a pull request, with suggestions to accept."""

from __future__ import annotations

from sphinxext_revguide.report.entries import SITE, Entry, Json, entries, rules
from sphinxext_revguide.text.control_characters import json_text


def rdjson(report: Json, folder: str) -> str:
    """Return one object with a diagnostic for each entry.

    Ranges hold lines and no columns, which in this format means whole lines.
    """
    urls = {rule.id: rule.url for rule in rules(report).values()}
    log = {
        "source": {"name": "sphinxext-revguide", "url": SITE},
        "severity": "WARNING",
        "diagnostics": [_diagnostic(entry, urls[entry.rule]) for entry in entries(report, folder)],
    }
    return json_text(log, indent=2) + "\n"


def _diagnostic(entry: Entry, url: str) -> Json:
    diagnostic: Json = {
        "message": entry.message,
        "severity": "WARNING",
        "location": {"path": entry.path, "range": _range(entry.line, entry.end_line)},
        "code": {"value": f"revguide.{entry.rule}", "url": url},
    }
    if entry.replacement is not None:
        lines = _range(entry.replacement.line, entry.replacement.end_line)
        diagnostic["suggestions"] = [{"range": lines, "text": entry.replacement.text}]
    return diagnostic


def _range(first: int, last: int) -> Json:
    return {"start": {"line": first}, "end": {"line": last}}
