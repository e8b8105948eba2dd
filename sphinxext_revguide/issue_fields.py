"""The fields of an issue: one row for each, from which everything that knows them derives.

A field is an option of ``revision-issue``, an attribute of :class:`~sphinxext_revguide.model.Issue`
of the same name, a label in editors' guides, a fact on the card, and a key of the report.
To add one, add the attribute and a row here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.estimates import Reduction, Span, parse_hours, parse_reduction
from sphinxext_revguide.i18n import _n
from sphinxext_revguide.issue_numbers import parse_issue_number
from sphinxext_revguide.model import Impact, Limit, Status, Verdict
from sphinxext_revguide.option_values import (
    choice,
    parse_budget,
    parse_reviews,
    parse_withdrawn,
    print_hours,
    print_reviews,
    text_line,
    words,
)
from sphinxext_revguide.quick_records import record

if TYPE_CHECKING:
    from sphinxext_revguide.model import Issue

Json = dict[str, Any]


@record(frozen=True, slots=True)
class IssueField:
    """The description of one field.

    :ivar name: the option, and the attribute of the issue where :attr:`stored` is true.
    :ivar parse: turns the option's text into the value; raises :exc:`ValueError` with a remedy.
    :ivar help: what the reference says about the option.
    :ivar default: the value of an issue without the option.
    :ivar stored: whether the issue has an attribute of this name.
    :ivar to_text: the value as an option's text, which :attr:`parse` reads back.
    :ivar label: its name on the card, to be translated; empty if no card shows it.
    :ivar report: its key in the report; empty if the report has none.
    :ivar as_json: the value as the report has it.
    :ivar schema: JSON Schema of that value, with a description.
    :ivar editor_words: the labels that editors' guides give it, in lower case.
    :ivar editor_label: its label in an exported guide; empty if it is not exported.
    :ivar by_editor: whether ``import --update`` takes it from the editor's newest guide.
    :ivar states_default: whether a printed page says it where it has the default.
    :ivar in_digest: whether an issue says something else when it changes.
    """

    name: str
    parse: Callable[[str], Any]
    help: str
    default: Any = None
    stored: bool = True
    to_text: Callable[[Any], str] = str
    label: str = ""
    report: str = ""
    as_json: Callable[[Any], Any] = lambda value: value
    schema: Mapping[str, Any] | None = None
    editor_words: tuple[str, ...] = ()
    editor_label: str = ""
    by_editor: bool = False
    in_digest: bool = True
    states_default: bool = False


def span_json(span: Span | None) -> Json | None:
    """Return a range as JSON, its ends rounded to four digits."""
    return None if span is None else {"min": _rounded(span.low), "max": _rounded(span.high)}


def reduction_json(reduction: Reduction | None) -> Json | None:
    """Return a reduction as JSON: a range, and its unit."""
    span = span_json(reduction)
    if reduction is None or span is None:
        return None
    return {**span, "unit": "words" if reduction.in_words else "percent"}


def _rounded(value: float) -> float:
    return int(value) if value == int(value) else round(value, 4)


def span_schema(description: str) -> Json:
    """Return the schema of a range, or of its absence."""
    return _range_schema(description, {})


def reduction_schema(description: str) -> Json:
    """Return the schema of a reduction, or of its absence."""
    unit = {"description": "What the range counts.", "enum": ["percent", "words"]}
    return _range_schema(description, {"unit": unit})


def _range_schema(description: str, more: Json) -> Json:
    ends = {
        "min": {"description": "The lower end.", "type": "number", "minimum": 0},
        "max": {"description": "The upper end.", "type": "number", "minimum": 0},
    }
    span = {
        "type": "object",
        "additionalProperties": False,
        "required": [*ends, *more],
        "properties": ends | more,
    }
    return {"description": description, "oneOf": [{"type": "null"}, span]}


def _text_schema(description: str) -> Json:
    return {"description": description, "type": "string"}


def _review_schema() -> Json:
    fields = {
        "reviewer": _text_schema("Whose verdict it is."),
        "verdict": {"description": "What it is.", "enum": [verdict.value for verdict in Verdict]},
        "date": _text_schema("The day of the verdict, ISO 8601; may be empty."),
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(fields),
        "properties": fields,
    }


ISSUE_FIELDS = (
    IssueField(
        "number",
        parse_issue_number,
        "Its rank in the guide: `3`, or a label such as `1A` or `2.3`; default: the next whole "
        "number.",
        report="number",
        schema={
            "description": "Its rank in the guide: a whole number, or a label such as 1A or 2.3.",
            "type": ["integer", "string"],
            "minimum": 1,
        },
        by_editor=True,
    ),
    IssueField(
        "impact",
        choice(Impact),
        "`critical`, `high`, `medium-high`, `medium` or `low`.",
        label=_n("Impact"),
        report="impact",
        as_json=lambda impact: impact.value if impact else None,
        schema={
            "description": "How much it matters, if the guide says so.",
            "enum": [*(impact.value for impact in Impact), None],
        },
        editor_words=("impact",),
        editor_label="Impact",
        by_editor=True,
    ),
    IssueField(
        "frequency",
        text_line,
        "How often it occurs, in words.",
        default="",
        label=_n("Seen in"),
        report="frequency",
        schema=_text_schema("How often it occurs, in words; may be empty."),
        editor_words=("frequency", "occurrences", "instances", "found", "count"),
        editor_label="Frequency",
        by_editor=True,
    ),
    IssueField(
        "reduction",
        parse_reduction,
        "What it should save: `45-50%`, `~30%`, `30%` or `150 words`.",
        label=_n("Goal"),
        report="reduction",
        as_json=reduction_json,
        schema=reduction_schema("What it should save, in percent or words."),
        editor_words=(
            "reduction", "content reduction", "expected reduction", "word reduction",
            "estimated reduction", "expected cut", "savings", "expected savings",
        ),
        editor_label="Reduction",
        by_editor=True,
    ),
    IssueField(
        "effort",
        parse_hours,
        "What it should take: `6-8 h`, `45 min` or `1.5 hours`.",
        to_text=print_hours,
        label=_n("Work"),
        report="effort_hours",
        as_json=span_json,
        schema=span_schema("What it should take, in hours."),
        editor_words=(
            "time", "implementation time", "estimated time", "effort", "estimated effort",
            "time estimate", "hours", "time needed", "time required", "estimate",
            "expected time", "expected effort", "expected hours", "time to fix", "fix time",
            "time to do", "time it takes", "work", "workload", "work time", "editing time",
            "duration", "how long",
        ),
        editor_label="Implementation Time",
        by_editor=True,
    ),
    IssueField(
        "patterns",
        words,
        "Ids of patterns, which are then flagged in the guide's chapters.",
        default=(),
        to_text=" ".join,
        label=_n("Patterns"),
        report="patterns",
        as_json=list,
        schema={
            "description": "Ids of the patterns that it requests.",
            "type": "array",
            "items": {"type": "string"},
        },
    ),
    IssueField(
        "untested",
        words,
        "Ids of named patterns for which the samples are not tested; `import` sets it if the "
        "title names a pattern that no BEFORE shows or an AFTER still shows.",
        default=(),
        stored=False,
        to_text=" ".join,
    ),
    IssueField(
        "sensitivity",
        choice(Limit),
        "`sensitive` or `strict`: the limit from which its patterns are flagged; default: "
        "`sensitive`.",
        default=Limit.SENSITIVE,
        report="sensitivity",
        as_json=lambda limit: limit.value,
        schema={
            "description": "The limit that findings of its patterns have to reach.",
            "enum": [limit.value for limit in Limit],
        },
        in_digest=False,
    ),
    IssueField(
        "budget",
        parse_budget,
        "Terms and how often each may occur in a chapter: `INPACT™ 40, Architecture 5`; more is "
        "flagged as `term-overuse`.",
        default=(),
        to_text=lambda budget: ", ".join(f"{term} {most}" for term, most in budget),
        label=_n("Budget"),
        report="budget",
        as_json=dict,
        schema={
            "description": "How often each term may occur in a chapter.",
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 0},
        },
    ),
    IssueField(
        "status",
        choice(Status),
        "`open` (default), `change-requested`, `accepted`, `applied`, `deferred` or `rejected`; "
        "the last two are not flagged.",
        default=Status.OPEN,
        label=_n("Status"),
        report="status",
        as_json=lambda status: status.value,
        states_default=True,
        schema={"description": "What was decided.", "enum": [status.value for status in Status]},
        in_digest=False,
    ),
    IssueField(
        "withdrawn",
        parse_withdrawn,
        "`yes` if it was dropped from the editor's latest guide (`import --update` sets it), or "
        "the reason in words; `apply` refuses it.",
        default="",
        label=_n("Withdrawn"),
        in_digest=False,
    ),
    IssueField(
        "guide",
        text_line,
        "Id of the guide, if it is on another page.",
        stored=False,
    ),
    IssueField(
        "note",
        text_line,
        "What reviewers said about it; set by `review apply`.",
        default="",
        report="note",
        schema=_text_schema("What reviewers said about it; may be empty."),
        in_digest=False,
    ),
    IssueField(
        "reviews",
        parse_reviews,
        "The verdicts of reviewers, `Ann: accept 2026-05-01; Ben: reject`; set by `review apply`.",
        default=(),
        to_text=print_reviews,
        report="reviews",
        as_json=lambda reviews: [dataclasses.asdict(review) for review in reviews],
        schema={
            "description": "The verdicts of reviewers that `review apply` wrote.",
            "type": "array",
            "items": _review_schema(),
        },
        in_digest=False,
    ),
)  # fmt: skip
"""All fields, in the order in which pages, cards and reports show them."""


def option_of(field: IssueField, issue: Issue) -> tuple[str, str]:
    """Return a stored field as an option: its name and text, ``""`` where it has none."""
    value = getattr(issue, field.name)
    is_said = value and (value != field.default or field.states_default)
    return field.name, field.to_text(value) if is_said else ""


def report_of(issue: Issue) -> Json:
    """Return what a report says about the fields of an issue."""
    return {
        field.report: field.as_json(getattr(issue, field.name))
        for field in ISSUE_FIELDS
        if field.report
    }
