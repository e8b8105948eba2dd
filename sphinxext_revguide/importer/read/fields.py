"""The fields of a unit and of a guide, as their labels are met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from sphinxext_revguide.importer.read.labels import Label, guide_role
from sphinxext_revguide.importer.read.values import (
    Read,
    read_hours,
    read_impact,
    read_percent,
    read_size,
)
from sphinxext_revguide.model import Impact, Problem, Size, Span

T = TypeVar("T")

_NOTHING = ("", "none", "n/a", "0", "nil", "no", "not applicable")


@dataclass(slots=True)
class Fields:
    """The fields of a unit. Problems go to the list that it is given."""

    problems: list[Problem]
    impact: Impact | None = None
    frequency: str = ""
    reduction: Span | None = None
    effort: Span | None = None
    _by_severity: bool = False

    def take(self, label: Label, line: int) -> bool:
        """Take a field, and tell whether it was understood to the last word."""
        if label.role in ("impact", "severity"):
            return self._impact(label, line)
        if label.role == "frequency" and label.rest and not self.frequency:
            self.frequency = " ".join(label.rest.split())
            return self.frequency == label.rest.strip()
        if label.role == "reduction" and self.reduction is None:
            read = read_percent(label.rest)
            self.reduction = read.value
            return self._told(read, label, line, "a percentage; write 30% or 45-50%")
        if label.role == "effort" and self.effort is None:
            read = _hours(label)
            self.effort = read.value
            return self._told(read, label, line, "a time; write 6-8 hours or 45 min")
        return False

    def _impact(self, label: Label, line: int) -> bool:
        read = read_impact(label.rest)
        if label.role == "impact" and self._by_severity:
            # Where a severity is given, "Impact" is the effect in words.
            return False
        if self.impact is not None and not (label.role == "severity" and read.value):
            return False
        self._by_severity = label.role == "severity"
        self.impact = read.value
        if read.told:
            self.problems.append(Problem(line, read.told, "impact"))
        return read.whole

    def _told(self, read: Read[T], label: Label, line: int, wanted: str) -> bool:
        if read.value is None and label.rest.strip(" .*-–—").casefold() not in _NOTHING:
            message = f"{label.rest.strip()!r} was kept as text: it is not {wanted}"
            self.problems.append(Problem(line, message, label.role))
        return read.value is not None and read.whole


def _hours(label: Label) -> Read[Span]:
    """Read a duration; where the label names the unit, a bare number is one."""
    bare = not re.search("[A-Za-z]", label.rest) and "hour" in label.words.casefold()
    return read_hours(f"{label.rest} hours" if bare else label.rest)


@dataclass(slots=True)
class GuideFields:
    """The fields of the guide as a whole; the first of each kind counts."""

    baseline: Size | None = None
    reduction: Span | None = None
    effort: Span | None = None
    effort_line: int = 0

    def take(self, label: Label, line: int) -> bool:
        """Take a field, and tell whether it was understood to the last word."""
        role = guide_role(label)
        if role == "baseline" and self.baseline is None:
            size = read_size(label.rest)
            self.baseline = size.value
            return size.whole
        if role == "reduction" and self.reduction is None:
            percent = read_percent(label.rest)
            self.reduction = percent.value
            return percent.whole
        if role == "effort" and self.effort is None:
            hours = _hours(label)
            self.effort = hours.value
            self.effort_line = line if self.effort else 0
            return hours.whole
        return False
