"""The known findings, recorded in a baseline; builds warn only about others.

``revguide-baseline.jsonl`` in the source directory is committed; ``sphinx-revguide baseline``
writes it. A line is a finding, without line numbers and sorted by page, so that version control
merges what two people change, by ``merge=union`` even what they add in one place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import field
from io import StringIO
from pathlib import Path
from typing import Any

from sphinxext_revguide.book.compare import Compared, compare
from sphinxext_revguide.files import (
    Mistakes,
    merge_mark,
    other_version,
    read_json,
    read_record,
    replace_text,
)
from sphinxext_revguide.model import Finding, Problem
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.control_characters import json_text
from sphinxext_revguide.text.in_words import cause

BASELINE_FILE = "revguide-baseline.jsonl"
VERSION = 1
_FIELDS = ("docname", "pattern", "section", "content", "fingerprint")


@record(frozen=True, slots=True)
class Baseline:
    """The known findings, the file that records them, and the mistakes in it."""

    path: Path | None = None
    known: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


@record(frozen=True, slots=True)
class BaselineState:
    """The findings of a book that its baseline knows, by fingerprint, and those that are fixed."""

    baseline: Baseline = field(default_factory=Baseline)
    known: frozenset[str] = frozenset()
    fixed: tuple[Finding, ...] = ()


def read_baseline(path: Path | None) -> Baseline:
    """Read a baseline; without a file, nothing is known.

    A line that cannot be read becomes a problem and is left out. If a merge left a conflict, the
    lines of both sides count.
    """
    try:
        text = read_record(path) if path else ""
    except FileNotFoundError:
        return Baseline(path)
    except (OSError, ValueError) as error:
        message = f"the baseline cannot be read ({cause(error)}); restore it from version control"
        return Baseline(path, (), (Problem(1, message, "baseline", str(path)),))
    mistakes = Mistakes("baseline", str(path))
    known: dict[Finding, None] = {}
    for number, line in enumerate(StringIO(text), 1):
        if mistakes.is_hopeless:
            break
        finding = _read_line(line)
        if isinstance(finding, Finding):
            known[finding] = None
        elif finding:
            mistakes.report(number, finding)
    return Baseline(path, tuple(known), tuple(mistakes.problems))


def _read_line(line: str) -> Finding | str:
    """Return the finding on a line, or the mistake in it; neither for the first line."""
    if not line.strip():
        return ""
    if merge_mark(line):
        return (
            "the baseline contains a merge conflict marker; both sides are used. Remove this line"
        )
    remedy = "remove it, or record the baseline again with 'sphinx-revguide baseline'"
    try:
        data: Any = read_json(line)
        if "version" in data:
            if data["version"] == VERSION:
                return ""
            return f"the baseline is {other_version(data['version'], VERSION)}"
        docname, pattern, section, content, fingerprint = (str(data[name]) for name in _FIELDS)
        return Finding(
            pattern=pattern,
            docname=docname,
            fingerprint=fingerprint,
            content=content,
            section=section,
        )
    except (ValueError, KeyError, TypeError) as error:
        return f"a line of the baseline cannot be read ({cause(error)}); {remedy}"


def write_baseline(path: Path, known: Iterable[Finding]) -> None:
    """Record findings.

    :raises OSError: if the file cannot be written; the old content stays.
    """
    entries = [{name: getattr(finding, name) for name in _FIELDS} for finding in known]
    lines = sorted(json_text(entry) for entry in entries)
    replace_text(path, "\n".join([json.dumps({"version": VERSION}), *dict.fromkeys(lines)]) + "\n")


def compared(baseline: Baseline, findings: Iterable[Finding], docnames: Iterable[str]) -> Compared:
    """Find the known findings among all findings, flagged or not.

    :param docnames: the pages that exist now.
    """
    return compare(baseline.known, findings, docnames)


def baseline_state(
    baseline: Baseline,
    findings: Iterable[Finding],
    docnames: Iterable[str],
    was_looked_for: Callable[[Finding], bool],
) -> BaselineState:
    """Compare the findings of a book with its baseline, if it has one.

    :param was_looked_for: returns whether a finding would be among them if the book had it.
    """
    if not baseline.known:
        return BaselineState(baseline)
    found = compared(baseline, findings, docnames)
    known = frozenset(now.fingerprint for _old, now in found.same)
    return BaselineState(baseline, known, tuple(filter(was_looked_for, found.fixed)))
