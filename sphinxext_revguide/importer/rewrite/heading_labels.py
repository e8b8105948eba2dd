"""Rewrites headings that recur below the headings of issues as labels.

The titles of issues differ, and the headings inside the issues are the same: ``### Complaint``,
``### Proof`` and ``### Relief``. They are labels if two of them introduce a BEFORE and an AFTER. A
bold line of its own counts as such a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.heads import LEAF, bold_unit
from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import heading_label
from sphinxext_revguide.importer.recognise.lines import HEADING, Line, plain_heading
from sphinxext_revguide.importer.recognise.pair_lines import apart

_BOLD = re.compile(r"\*\*([^*:]{2,60})\*\*\s*")
_LONGEST = 6
"""A heading that is a label has at most this many words."""


def with_heading_labels(lines: Sequence[Line]) -> list[Line]:
    """Rewrite such headings as bold labels, except those with known words."""
    headings = list(_headings(lines))
    if not headings:
        return list(lines)
    records: dict[int, Record] = {}
    parents: list[tuple[int, int]] = []
    ends = [*(place for place, _level, _text in headings[1:]), len(lines)]
    for (place, level, text), end in zip(headings, ends, strict=True):
        while parents and parents[-1][0] >= level:
            parents.pop()
        section = parents[-1][1] if parents else 0
        parents.append((level, place + 1))
        own = [line.text.strip("> ") for line in lines[place + 1 : end]]
        value = " ".join(filter(None, own))
        is_list = value.startswith(("- ", "* ", "+ ", "|"))
        if value and not is_list and section and len(text.split()) <= _LONGEST:
            quoted = any(line.text.startswith((">", "\0")) for line in lines[place + 1 : end])
            records[place] = Record(text, value, section, passage=quoted)
    roles = meanings(records.values())
    if not {*SIDES} <= {*roles.values()}:
        return list(lines)
    found: list[Line] = []
    for place, line in enumerate(lines):
        role = roles.get(records[place].key, "") if place in records else ""
        label = heading_label(records[place].words) if role else None
        if role and (label is None or label.role != role):
            found += apart(Line(f"**{written_name(role, records[place].words)}:**", line.number))
        else:
            found.append(line)
    return found


def _headings(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Yield the place, level and text of each heading, and of each bold line as the lowest one."""
    for place, line in enumerate(lines):
        if match := HEADING.fullmatch(line.text):
            yield place, len(match[1]), plain_heading(match[2])
        elif (match := _BOLD.fullmatch(line.text)) and not bold_unit(line.text):
            yield place, LEAF, match[1].strip()
