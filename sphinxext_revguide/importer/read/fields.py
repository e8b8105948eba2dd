"""Collects the fields of a unit and of a guide from their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from sphinxext_revguide.estimates import Reduction, Size, Span, parse_hours, parse_reduction
from sphinxext_revguide.importer.recognise.amount_words import ABOUT
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.labels import Label, guide_role
from sphinxext_revguide.importer.recognise.values import Read, read_hours, read_reduction, read_size
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.model import Problem

_NOTHING = ("", "none", "n/a", "0", "nil", "no", "not applicable")

_AMOUNT = re.compile(
    r"\b(?:words?|lines?|rows?|characters?|pages?|paragraphs?|sentences?|headings?|all)\b"
    r"|[0-9]\s*(?:→|->|to|become)\s*(?:about\s+)?[0-9]",
    re.IGNORECASE,
)
"""An amount in a unit that the option does not know: it is kept as text, but not reported."""
_SENTENCE = 4
"""A value with at least this many words is a sentence: as an impact, it describes the effect."""


@dataclass(slots=True)
class Fields:
    """The fields of a unit, by name; problems with them are added to ``problems``."""

    problems: list[Problem]
    values: dict[str, Any] = dataclass_field(default_factory=dict)
    _by_severity: bool = False

    def take(self, label: Label, line: int) -> bool:
        """Store the field that a label states; return whether all of it was understood."""
        if label.role in ("impact", "severity"):
            return self._impact(label, line)
        row = _ROWS.get(label.role)
        if row is None or row.name in self.values:
            return False
        reader, wanted = _READERS.get(row.parse, (_text, ""))
        read = reader(label)
        if read.value is None:
            nothing = label.rest.strip(" .*-–—").casefold() in _NOTHING
            if wanted and not nothing and not _AMOUNT.search(label.rest):
                message = f"{label.rest.strip()!r} was kept as text: it is not {wanted}"
                self.problems.append(Problem(line, message, label.role))
            return False
        if read.problem:
            self.problems.append(Problem(line, read.problem, label.role))
        self.values[row.name] = read.value
        return read.whole

    def _impact(self, label: Label, line: int) -> bool:
        read = read_impact(label.rest)
        if label.role == "impact" and self._by_severity:
            # Next to a severity, "Impact" describes the effect in words.
            return False
        if "impact" in self.values and not (label.role == "severity" and read.value):
            return False
        self._by_severity = label.role == "severity" and read.value is not None
        if read.value:
            self.values["impact"] = read.value
        if read.problem and len(label.rest.split()) < _SENTENCE:
            self.problems.append(Problem(line, read.problem, "impact"))
        return read.whole


def _text(label: Label) -> Read[str]:
    """Read a text, without its full stop if it is too short for a sentence."""
    text = " ".join(label.rest.split())
    text = text[:-1] if text.endswith(".") and len(text.split()) < _SENTENCE else text
    return Read(text or None, text == label.rest.strip().removesuffix("."))


def _reduction(label: Label) -> Read[Reduction]:
    """Read a reduction; a bare number is in words if the label names that unit."""
    if _COUNT.fullmatch(label.rest.strip()) and _IN_WORDS.search(label.words):
        return read_reduction(f"{label.rest.strip(' .')} words")
    return read_reduction(label.rest)


_COUNT = re.compile(rf"(?:{ABOUT}|[−-])?\s?[0-9,.]+(?:\s?(?:-|–|—|to)\s?[0-9,.]+)?", re.IGNORECASE)
_IN_WORDS = re.compile(r"\bwords?\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:hours?|hrs?|h|minutes?|mins?)\b", re.IGNORECASE)


def _hours(label: Label) -> Read[Span]:
    """Read a duration; a bare number is in the unit that the label names."""
    if re.search("[A-Za-z]", label.rest):
        return read_hours(label.rest)
    unit = _UNIT.search(label.words)
    return read_hours(f"{label.rest} {unit[0]}" if unit else label.rest)


def _stated_in_hours(hours: Read[Span]) -> Span | None:
    """Return a duration unless it was assumed: days of a whole revision are not days of work."""
    return None if hours.problem else hours.value


_ROWS = {row.name: row for row in ISSUE_FIELDS if row.editor_words}
_READERS: dict[Callable[[str], Any], tuple[Callable[[Label], Read[Any]], str]] = {
    parse_reduction: (_reduction, "a reduction; write 30%, 45-50% or 150 words"),
    parse_hours: (_hours, "a time; write 6-8 hours or 45 min"),
}
"""The reader of a field, and the form that it expects, by the parser of the field's option; all
other fields are texts."""


_NEAR = 40
"""Facts that belong together are at most this many lines apart."""


@dataclass(slots=True)
class GuideFields:
    """The fields of the guide as a whole; the first value of each counts."""

    baseline: Size | None = None
    reduction: Reduction | None = None
    effort: Span | None = None
    effort_line: int = 0
    _said: list[tuple[str, str, int]] = dataclass_field(default_factory=list)
    _sized: int = 0

    def take(self, label: Label, line: int) -> bool:
        """Store the field that a label states; return whether all of it was understood."""
        role = guide_role(label)
        if role == "baseline" and self.baseline is None:
            size = read_size(label.rest)
            self.baseline = size.value
            return size.whole
        if role == "reduction" and self.reduction is None:
            reduction = _reduction(label)
            self.reduction = reduction.value
            return reduction.whole
        if role == "effort" and self.effort is None:
            hours = _hours(label)
            self.effort = _stated_in_hours(hours)
            self.effort_line = line if self.effort else 0
            return hours.whole
        return False

    def take_facts(self, facts: Iterable[tuple[str, str]], line: int) -> None:
        """Remember what a text says about the chapter, for the fields that no label states.

        :param facts: roles of fields, and the texts that state them.
        """
        for role, text in facts:
            if role == "baseline" and self._sized:
                continue
            if role == "baseline":
                self._sized = line
            self._said.append((role, text, line))

    def complete(self) -> None:
        """Fill the fields that no label states from the remembered texts.

        A reduction or a time applies to the chapter only if its length is stated nearby.
        """
        for role, text, line in self._said:
            if not self._sized or abs(line - self._sized) > _NEAR:
                continue
            if role == "baseline" and (size := read_size(text).value):
                self.baseline = replace(self.baseline or Size(), words=size.words)
            elif role == "reduction" and self.reduction is None:
                self.reduction = read_reduction(text).value
            elif role == "effort" and self.effort is None:
                self.effort, self.effort_line = _stated_in_hours(read_hours(text)), line
