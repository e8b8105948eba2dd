"""Replaces the digits of a scale of importance with what the guide's legend says that they mean.

"1 = cannot be printed like this; 2 = strongly advised; 3 = at your discretion": without a legend,
1 may be the highest or the lowest grade.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.lines import Line, paragraphs
from sphinxext_revguide.model import Impact

_ENTRY = re.compile(
    r"(?:^|(?<=[\s(;,:.*_]))([0-5])[*_)]{0,3}[ ]?(?:(?:=|means|is|:|[–—-])[ ]|\()(?:the )?"
    r"([^;,.()=:0-9]{3,80})"
)
_LABELLED = re.compile(r"[ \t]*\*\*[^*]{1,60}\*\*[ \t]*([0-5])[ \t]*")
_MIN = 2


def with_legend(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the digits of severities replaced by impacts, if a legend says which."""
    graded = [place for place, line in enumerate(lines) if _grade(line.text)]
    grades = {_grade(lines[place].text) for place in graded}
    legend = _legend(lines, grades) if graded else {}
    found = list(lines)
    for place in graded if legend else ():
        text, number = lines[place]
        label = text.rpartition("**")[0]
        found[place] = Line(f"{label}** {legend[_grade(text)].value}", number)
    return found


def _grade(text: str) -> str:
    """Return the digit that the label of a severity has for its value, "" if it has another one."""
    match = _LABELLED.fullmatch(text) if "**" in text else None
    labels = fields_of(text) if match else []
    return match[1] if match and labels and labels[0].role in ("severity", "impact") else ""


def _legend(lines: Sequence[Line], grades: set[str]) -> Mapping[str, Impact]:
    """Return the impacts that the first legend for all these grades gives them; else nothing."""
    for paragraph in paragraphs(lines):
        text = " ".join(line.text.strip(" -*+|") for line in paragraph)
        entries = dict(_ENTRY.findall(text))
        if len(entries) >= _MIN and min(entries) <= min(grades) and max(grades) <= max(entries):
            return _impacts({key: entries[key] for key in sorted(entries)})
    return {}


def _impacts(entries: Mapping[str, str]) -> Mapping[str, Impact]:
    """Return the impact of each grade by its words, or by its place between the ends of the scale.

    :returns: nothing if the words do not say which end is the higher one.
    """
    scale = [*Impact]
    last = len(scale) - 1
    words = [read_impact(text.strip()).value for text in entries.values()]
    known = [scale.index(impact) for impact in words if impact]
    if not known or not (words[0] or words[-1]):
        return {}
    first = known[0] if words[0] else 0 if known[-1] > 0 else last
    final = known[-1] if words[-1] else 0 if known[0] == last else last
    low, high = map(int, (min(entries), max(entries)))
    if first == final or known not in (sorted(known), sorted(known, reverse=True)):
        return {}
    between = {
        str(grade): scale[round(first + (final - first) * (grade - low) / (high - low))]
        for grade in range(low, high + 1)
    }
    return between | {key: word for key, word in zip(entries, words, strict=True) if word}
