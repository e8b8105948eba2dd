"""What a report tells, one entry a warning: all that a format for CI is made of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sphinxext_revguide.files import read_json
from sphinxext_revguide.report.subtypes import SUBTYPES

Json = dict[str, Any]

SITE = "https://sphinxext-revguide.readthedocs.io/en/latest"
"""Where the documentation is published; rules link to it."""
CONF = "conf.py"
"""Where a problem stands that is told without a place: it is one of the configuration."""


class ReportError(ValueError):
    """A file is no report that can be read; the message says why, and the remedy."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Why something is told: a pattern, or a type of problem. ``text`` is Markdown."""

    id: str
    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a build warns of. ``path`` is relative to the repository's root.

    ``flagged`` tells a passage of a chapter from another problem; ``impact`` is that of the first
    issue that asks for it, or empty.
    """

    rule: str
    path: str
    line: int
    end_line: int
    message: str
    fingerprint: str
    flagged: bool = False
    impact: str = ""


def read_report(text: str) -> Json:
    """Return a report from its JSON text.

    :raises ReportError: if it is none, or of a version that is not known here.
    """
    remedy = "write one with `sphinx-build -b revguide`"
    try:
        report = read_json(text)
    except ValueError as error:
        msg = f"is no JSON ({error}); {remedy}"
        raise ReportError(msg) from error
    if not isinstance(report, dict):
        msg = f"is no report: it holds no object; {remedy}"
        raise ReportError(msg)
    version = report.get("schema_version")
    named = repr(version)[:20] if isinstance(version, int | str) else type(version).__name__
    lacking = [key for key in ("findings", "problems", "patterns", "chapters") if key not in report]
    if version != 1 or lacking:
        what = f"its schema_version is {named}, not 1" if version != 1 else f"lacks {lacking}"
        msg = f"is no report of this version: {what}; {remedy}"
        raise ReportError(msg)
    loaded: Json = report
    return loaded


def entries(report: Json, folder: str = "") -> list[Entry]:
    """Return what is flagged and new, and what else is told, by path and line.

    :param folder: the source directory as seen from the repository's root.
    """
    issues = {issue["id"]: issue for issue in report["issues"]}
    found = []
    for one in report["findings"]:
        if one["flagged"] and not one.get("known"):
            asking = [issues[name] for name in one["issues"] if name in issues]
            found.append(
                Entry(
                    rule=one["pattern"],
                    path=in_repository(folder, one["path"]),
                    line=one["line"],
                    end_line=one["end_line"],
                    message=with_reason(one["message"], [(i["id"], i["title"]) for i in asking]),
                    fingerprint=one["fingerprint"],
                    flagged=True,
                    impact=next((issue["impact"] or "" for issue in asking), ""),
                )
            )
    for one in report["problems"]:
        line = max(one["line"], 1)
        path = in_repository(folder, one["path"] or CONF)
        found.append(Entry(one["type"], path, line, line, one["message"], one["fingerprint"]))
    return sorted(found, key=lambda one: (one.path, one.line, one.rule, one.message))


def with_reason(message: str, issues: list[tuple[str, str]]) -> str:
    """Return the message of a finding with the issues (id and title) that ask for it."""
    names = "; ".join(f"issue {name}, “{title}”" for name, title in issues)
    return f"{message} ({names or 'asked for by revguide_flag'})"


def rules(report: Json) -> dict[str, Rule]:
    """Return the rules that the entries of a report name, by id."""
    return {rule.id: rule for rule in _rules(report)}


def _rules(report: Json) -> Iterator[Rule]:
    for one in report["patterns"]:
        text = "\n\n".join(
            [one["what"], f"**Why it hurts:** {one['why']}", f"**Instead:** {one['instead']}"]
        )
        url = f"{SITE}/reference/patterns/{one['id']}.html" if one["shipped"] else SITE
        yield Rule(one["id"], one["title"], text, url)
    told = {entry.rule for entry in entries(report)} - {one["id"] for one in report["patterns"]}
    for name in sorted(told):
        text = SUBTYPES.get(name, "See the message.")
        title = f"Revision guide: {name.replace('_', ' ')}"
        anchor = f"warning-{name.replace('_', '-')}"
        yield Rule(name, title, text, f"{SITE}/reference/warnings.html#{anchor}")


def in_repository(folder: str, path: str) -> str:
    """Return a path as the repository names it, from one relative to the source directory."""
    return posixpath.normpath(posixpath.join(folder, path))
