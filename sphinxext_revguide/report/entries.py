"""The entries of a report, one for each warning, from which all formats for CI are made."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from sphinxext_revguide.book.derived.verdicts import NO_FINDING
from sphinxext_revguide.files import read_json
from sphinxext_revguide.model import STILL_PRESENT, STILL_PRESENT_TITLE
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.report.subtypes import SUBTYPES
from sphinxext_revguide.text.control_characters import one_line
from sphinxext_revguide.text.in_words import counted

Json = dict[str, Any]

SITE = "https://sphinxext-revguide.readthedocs.io/en/latest"
"""Where the documentation is published; rules link to it."""
MOST_ISSUES = 10
"""Maximum number of issues that a message names."""
_TITLES = {STILL_PRESENT: STILL_PRESENT_TITLE}
"""Titles of what is flagged in a chapter without being a pattern."""

CONF = "conf.py"
"""The path of a problem without a place: such problems are in the configuration."""


class ReportError(ValueError):
    """A file is not a report that can be read; the message says why and what to do."""


@record(frozen=True, slots=True)
class Rule:
    """Why something is reported: a pattern, or a type of problem. ``text`` is Markdown."""

    id: str
    title: str
    text: str
    url: str


@record(frozen=True, slots=True)
class Replacement:
    """The text that would replace some lines (1-based, inclusive), without the last line end."""

    line: int
    end_line: int
    text: str


@record(frozen=True, slots=True)
class Entry:
    """Something that a build warns about. ``path`` is relative to the repository's root.

    ``page`` is the path of the page that shows a passage, which may include the passage's file.
    ``flagged`` is true for a passage of a chapter, false for another problem; ``impact`` is the
    impact of the first issue that requests it, or empty. ``replacement`` contains the lines that
    would replace the passage. ``known`` is true for a finding in the baseline, ``allowed`` is the
    reason why a passage may stay, and ``dismissed`` why somebody dismissed it; builds do not warn
    about any of these.
    """

    rule: str
    path: str
    line: int
    end_line: int
    message: str
    fingerprint: str
    page: str = ""
    flagged: bool = False
    impact: str = ""
    replacement: Replacement | None = None
    known: bool = False
    allowed: str = ""
    dismissed: str = ""

    @property
    def is_new(self) -> bool:
        """Whether builds warn about it."""
        return not (self.known or self.allowed or self.dismissed)


def read_report(text: str) -> Json:
    """Read a report from its JSON text.

    :raises ReportError: if it is not a report, or has an unknown version.
    """
    remedy = "write one with `sphinx-build -b revguide`"
    try:
        report = read_json(text)
    except ValueError as error:
        msg = f"is not valid JSON ({error}); {remedy}"
        raise ReportError(msg) from error
    if not isinstance(report, dict):
        msg = f"is not a report: it contains no object; {remedy}"
        raise ReportError(msg)
    version = report.get("schema_version")
    named = repr(version)[:20] if isinstance(version, int | str) else type(version).__name__
    lacking = [key for key in ("findings", "problems", "patterns", "chapters") if key not in report]
    if version != 1 or lacking:
        what = f"its schema_version is {named}, not 1" if version != 1 else f"lacks {lacking}"
        msg = f"is not a report of this version: {what}; {remedy}"
        raise ReportError(msg)
    loaded: Json = report
    return loaded


def entries(report: Json, folder: str = "") -> list[Entry]:
    """Return everything that builds warn about, by path and line.

    :param folder: the source directory, relative to the root of the repository.
    """
    return [entry for entry in all_entries(report, folder) if entry.is_new]


def all_entries(report: Json, folder: str = "") -> list[Entry]:
    """Return the same, and also findings that are known, allowed or dismissed."""
    issues = {issue.get("card", issue["id"]): issue for issue in report["issues"]}
    pages = {chapter.get("docname"): chapter["path"] for chapter in report["chapters"]}
    found = [
        _flagged(finding, issues, pages.get(finding.get("docname"), finding["path"]), folder)
        for finding in report["findings"]
        if _is_requested(finding)
    ]
    for problem in report["problems"]:
        line = max(problem["line"], 1)
        path = in_repository(folder, problem["path"] or CONF)
        message, fingerprint = one_line(problem["message"]), problem["fingerprint"]
        found.append(Entry(problem["type"], path, line, line, message, fingerprint))
    return sorted(found, key=lambda entry: (entry.path, entry.line, entry.rule, entry.message))


def _is_requested(finding: Json) -> bool:
    # A report of an older build does not say which of the findings that stay are requested.
    stays = finding.get("requested", True) and (finding.get("allowed") or _dismissed(finding))
    return bool(finding["flagged"] or stays)


def _flagged(finding: Json, issues: Json, page: str, folder: str) -> Entry:
    # A report of an older build has ids alone.
    cards: list[str] = finding["cards"] if "cards" in finding else finding["issues"]
    requesting = [issues[card] for card in cards if card in issues]
    replacement = finding.get("replacement")
    names = [(issue["id"], issue["title"]) for issue in requesting]
    return Entry(
        rule=finding["pattern"],
        path=in_repository(folder, finding["path"]),
        line=finding["line"],
        end_line=finding["end_line"],
        message=one_line(with_reason(finding["message"], names)),
        fingerprint=finding["fingerprint"],
        page=in_repository(folder, page),
        flagged=True,
        impact=next((issue["impact"] or "" for issue in requesting), ""),
        replacement=Replacement(**replacement) if replacement else None,
        known=bool(finding.get("known")),
        allowed=(finding.get("allowed") or {}).get("reason", ""),
        dismissed=_dismissed(finding),
    )


def _dismissed(finding: Json) -> str:
    """Return why somebody dismissed a finding, or an empty string."""
    verdict = finding.get("verdict") or {}
    return str(verdict.get("reason", "")) if verdict.get("verdict") == NO_FINDING else ""


def with_reason(message: str, issues: list[tuple[str, str]]) -> str:
    """Return the message of a finding with the issues (id and title) that request it."""
    issues = list(dict.fromkeys(issues))
    names = "; ".join(f"issue {name}, “{title}”" for name, title in issues[:MOST_ISSUES])
    left = len(issues) - MOST_ISSUES
    names += f"; and {counted(left, 'more issue')}" if left > 0 else ""
    return f"{message} ({names or 'requested by revguide_flag'})"


def rules(report: Json) -> dict[str, Rule]:
    """Return the rules that the entries of a report name, by id."""
    return {rule.id: rule for rule in _rules(report)}


def _rules(report: Json) -> Iterator[Rule]:
    for row in report["patterns"]:
        text = "\n\n".join(
            [row["what"], f"**Why it hurts:** {row['why']}", f"**Instead:** {row['instead']}"]
        )
        url = f"{SITE}/reference/patterns/{row['id']}.html" if row["shipped"] else SITE
        yield Rule(row["id"], one_line(row["title"]), text, url)
    named = {entry.rule for entry in all_entries(report)}
    for name in sorted(named - {pattern["id"] for pattern in report["patterns"]}):
        text = SUBTYPES.get(name, "See the message.")
        title = _TITLES.get(name, f"Revision guide: {name.replace('_', ' ')}")
        anchor = f"warning-{name.replace('_', '-')}"
        yield Rule(name, title, text, f"{SITE}/reference/warnings.html#{anchor}")


def in_repository(folder: str, path: str) -> str:
    """Convert a path relative to the source directory to one relative to the repository."""
    return posixpath.normpath(posixpath.join(folder, path))
