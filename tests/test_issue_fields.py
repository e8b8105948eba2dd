"""The fields of an issue: one row each, from which options, reports and schema derive."""

from __future__ import annotations

import copy
import dataclasses

from sphinxext_revguide.issue_fields import ISSUE_FIELDS, report_of
from sphinxext_revguide.model import Issue
from sphinxext_revguide.report.report_schema import report_schema, with_fields


def test_each_stored_field_is_an_attribute_with_the_same_default() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Issue)}
    for row in ISSUE_FIELDS:
        if row.stored and row.name != "number":
            assert defaults[row.name] == row.default, row.name


def test_every_value_that_is_printed_is_read_back() -> None:
    texts = {
        "number": "7",
        "impact": "medium-high",
        "status": "applied",
        "withdrawn": "the chapter is gone",
        "frequency": "in every table",
        "reduction": "45-50%",
        "effort": "20 min",
        "patterns": "go-no-go false-precision",
        "budget": "Tide 40, Quay 2",
        "guide": "harbour",
        "note": "Not this year.",
        "reviews": "Ann: accept 2026-05-01; Ben Ox: reject",
    }
    for row in ISSUE_FIELDS:
        value = row.parse(texts[row.name])
        assert row.parse(row.to_text(value)) == value, row.name


def test_the_published_schema_has_the_fields_that_the_rows_have() -> None:
    published = report_schema()
    assert with_fields(copy.deepcopy(published)) == published, "run make schemas"


def test_the_schema_describes_the_keys_that_the_report_writes() -> None:
    written = set(report_of(Issue("harbour", 1, "Title")))
    described = set(report_schema()["properties"]["issues"]["items"]["properties"])
    assert written <= described
