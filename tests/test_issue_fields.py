"""The fields of an issue: one row each, from which options, reports and schema derive."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from sphinxext_revguide.issue_fields import ISSUE_FIELDS, IssueField, report_of
from sphinxext_revguide.model import Issue
from sphinxext_revguide.report.report_schema import report_schema, with_fields


def test_each_stored_field_is_an_attribute_with_the_same_default() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Issue)}
    for row in ISSUE_FIELDS:
        if row.stored and row.name != "number":
            assert defaults[row.name] == row.default, row.name


TEXTS = (
    "7",
    "12b",
    "medium-high",
    "applied",
    "strict",
    "45-50%",
    "20 min",
    "6-8 h",
    "Tide 40, Quay 2",
    "Ann: accept 2026-05-01; Ben: reject",
    "in words",
)


def parsed(row: IssueField, text: str) -> object:
    """Return the value that an option has, or None if it refuses the text."""
    try:
        return row.parse(text)
    except ValueError:
        return None


@pytest.mark.parametrize("row", ISSUE_FIELDS, ids=lambda row: row.name)
def test_every_value_that_is_printed_is_read_back(row: IssueField) -> None:
    values = [value for text in TEXTS if (value := parsed(row, text)) is not None]
    assert values, "no text here is a value of this field; add one"
    for value in values:
        assert row.parse(row.to_text(value)) == value


def test_the_published_schema_has_the_fields_that_the_rows_have() -> None:
    published = report_schema()
    assert with_fields(copy.deepcopy(published)) == published, "run make schemas"


def test_the_schema_describes_the_keys_that_the_report_writes() -> None:
    written = set(report_of(Issue("harbour", 1, "Title")))
    described = set(report_schema()["properties"]["issues"]["items"]["properties"])
    assert written <= described
