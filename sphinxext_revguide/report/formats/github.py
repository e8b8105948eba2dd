"""Workflow commands of GitHub Actions: printed by a job, they stand beside the lines."""

from __future__ import annotations

from sphinxext_revguide.report.entries import Entry, Json, entries, rules
from sphinxext_revguide.text.control_characters import one_line

# What the runner takes for its own marks, as GitHub's toolkit writes it.
_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _TEXT | str.maketrans({":": "%3A", ",": "%2C"})


def github(report: Json, folder: str) -> str:
    """Return one command for each entry, a line each."""
    titles = {rule.id: rule.title for rule in rules(report).values()}
    return "".join(f"{_command(entry, titles[entry.rule])}\n" for entry in entries(report, folder))


def _command(entry: Entry, title: str) -> str:
    place = {
        "file": entry.path,
        "line": str(entry.line),
        "endLine": str(entry.end_line),
        "title": title,
    }
    properties = ",".join(
        f"{name}={one_line(text).translate(_PROPERTY)}" for name, text in place.items()
    )
    return f"::warning {properties}::{one_line(entry.message).translate(_TEXT)}"
