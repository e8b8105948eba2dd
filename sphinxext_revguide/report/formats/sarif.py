"""SARIF 2.1.0, the OASIS standard for results of analysis."""

from __future__ import annotations

import json
import posixpath
import re
from importlib.metadata import version
from urllib.parse import quote

from sphinxext_revguide.report.entries import SITE, Entry, Json, Rule, entries, rules

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
        "rules": [_rule(one) for one in known.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index[one.rule]) for one in entries(report, folder)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "help": {"text": re.sub(r"\*\*|`", "", rule.text), "markdown": rule.text},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": "warning"},
    }


def _result(entry: Entry, index: int) -> Json:
    location: Json = {"uri": quote(entry.path)}
    if posixpath.isabs(entry.path):
        location["uri"] = f"file://{quote(entry.path)}"
    else:
        location["uriBaseId"] = "%SRCROOT%"
    return {
        "ruleId": entry.rule,
        "ruleIndex": index,
        "level": "warning",
        "message": {"text": entry.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": location,
                    "region": {"startLine": entry.line, "endLine": entry.end_line},
                }
            }
        ],
        "partialFingerprints": {"revguide/v1": entry.fingerprint},
    }
