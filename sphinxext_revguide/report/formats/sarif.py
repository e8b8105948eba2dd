"""SARIF 2.1.0, the OASIS standard for results of analysis."""

from __future__ import annotations

import posixpath
import re
from importlib.metadata import version
from urllib.parse import quote

from sphinxext_revguide.report.entries import (
    SITE,
    Entry,
    Json,
    Replacement,
    Rule,
    all_entries,
    rules,
)
from sphinxext_revguide.text.control_characters import json_text

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif(report: Json, folder: str) -> str:
    """Return the report as SARIF: one run, its rules with help, a result for each entry."""
    known = rules(report)
    index = {name: place for place, name in enumerate(known)}
    driver = {
        "name": "sphinxext-revguide",
        "version": version("sphinxext-revguide"),
        "informationUri": SITE,
        "rules": [_rule(rule) for rule in known.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, index[entry.rule]) for entry in all_entries(report, folder)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log, indent=2) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "help": {"text": re.sub(r"\*\*|`", "", rule.text), "markdown": rule.text},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": "warning"},
    }


def _result(entry: Entry, index: int) -> Json:
    """Return a result; findings without a warning are included, or they would count as fixed."""
    artifact = _artifact(entry.path)
    result: Json = {
        "ruleId": entry.rule,
        "ruleIndex": index,
        "level": "warning",
        "message": {"text": entry.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": entry.line, "endLine": entry.end_line},
                }
            }
        ],
        "partialFingerprints": {"revguide/v1": entry.fingerprint},
        "baselineState": "unchanged" if entry.known else "new",
        "suppressions": _suppressions(entry),
    }
    if entry.replacement is not None:
        result["fixes"] = [_fix(entry.replacement, artifact)]
    return result


def _artifact(path: str) -> Json:
    if posixpath.isabs(path):
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _suppressions(entry: Entry) -> list[Json]:
    """Return why builds do not warn; the list is empty if they do."""
    if entry.allowed:
        return [{"kind": "inSource", "status": "accepted", "justification": entry.allowed}]
    if entry.dismissed:
        return [{"kind": "external", "status": "accepted", "justification": entry.dismissed}]
    if entry.known:
        reason = "recorded in the baseline"
        return [{"kind": "external", "status": "accepted", "justification": reason}]
    return []


def _fix(replacement: Replacement, artifact: Json) -> Json:
    return {
        "description": {"text": "Replace the BEFORE with its AFTER"},
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": replacement.line,
                            "startColumn": 1,
                            "endLine": replacement.end_line,
                        },
                        "insertedContent": {"text": replacement.text},
                    }
                ],
            }
        ],
    }
