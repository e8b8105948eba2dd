"""The JSON Schema of the report: what it says about an issue's fields comes from their rows.

``make schemas`` writes the schema; a test compares it with the rows.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from typing import Any

from sphinxext_revguide.issue_fields import ISSUE_FIELDS

Json = dict[str, Any]


def report_schema() -> Json:
    """Return the JSON Schema of the report, as published beside this module."""
    text = files("sphinxext_revguide.report").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


def with_fields(schema: Json) -> Json:
    """Return the schema with the keys of issues, as the rows of their fields describe them."""
    issue = schema["properties"]["issues"]["items"]
    fields = {row.report: row.schema for row in ISSUE_FIELDS if row.report}
    above = ("id", "guide", "title")
    known: Json = issue["properties"]
    others = {name: each for name, each in known.items() if name not in above}
    issue["properties"] = {name: known[name] for name in above} | others | fields
    issue["required"] = list(issue["properties"])
    return schema


if __name__ == "__main__":
    sys.stdout.write(json.dumps(with_fields(report_schema()), indent=2, ensure_ascii=False) + "\n")
