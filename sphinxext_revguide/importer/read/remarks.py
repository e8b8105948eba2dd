"""A remark right below the head of an issue that says its fields in clauses -> fields.

``*Grave; it occurs in all four scenes. I should allow an hour.*``: an impact first, then how often,
and how long it takes, in words that the editor chooses anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.read.amount_words import ABOUT, NUMBER, QUANTIFIER
from sphinxext_revguide.importer.read.heads import opens_unit
from sphinxext_revguide.importer.read.lines import Line
from sphinxext_revguide.importer.read.pair_lines import apart
from sphinxext_revguide.importer.read.value_shapes import field_of_shape
from sphinxext_revguide.importer.read.values import read_impact

_REMARK = re.compile(r"([*_]{1,2})([^*_]{3,400})\1|\(([^()]{3,400})\)|\[([^\[\]]{3,400})\]")
_CLAUSE = re.compile(r"(?<=[.;!])\s+|\s+[–—·•|]\s+|,\s+(?!\d)")
_LEAD = re.compile(
    r"(?:and |but )?(?:(?:it|this|they|which|that)[ ](?:is |are )?"
    r"(?=occurs?|found|seen|appears?|turns|happens|takes?|needs?|should|could)"
    r"|(?:i|you|we|one)(?:['’]d|[ ](?:should|would|might|could|may|can))?[ ]"
    r"(?:allow|set aside|reckon(?: with| on)?|budget|give it|expect|count|counted|found|find|saw|"
    r"need|plan)[ ](?:for[ ]|it[ ])?)",
    re.IGNORECASE,
)
"""Words that only lead to a value: "it occurs in", "I should allow"."""
_COUNT = re.compile(
    rf"(?:(?:only |just )?(?:an?|one)[ ](?:single[ ])?|{ABOUT}?(?:{NUMBER}|{QUANTIFIER})[ ])"
    r"[a-z]{3,15}(?:[ ][a-z]{3,15})?",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"i (?:stopped|gave up|quit) counting (?:at|after) \w+", re.IGNORECASE)
_TAIL = re.compile(r"(.+?)[ ](?:with|for|on|of|in|at)[ ].+", re.IGNORECASE)


def with_remarks(lines: Sequence[Line]) -> list[Line]:
    """Put the fields of such remarks on lines of their own; other clauses stay a text."""
    found: list[Line] = []
    below = False
    for line in lines:
        fields = list(fields_of_remark(line.text)) if below else []
        if fields:
            for field in fields:
                found += apart(Line(field, line.number))
        else:
            found.append(line)
        below = opens_unit(line.text) or (below and not line.text.strip())
    return found


def fields_of_remark(text: str) -> Iterator[str]:
    """Yield the clauses of a remark: a label where one is a field, the others as a text."""
    match = _REMARK.fullmatch(text.strip())
    if match is None:
        return
    clauses = [part.strip() for part in _CLAUSE.split(match[2] or match[3] or match[4]) if part]
    if not clauses or not read_impact(clauses[0].strip(" .;,")).whole:
        return
    taken: set[str] = set()
    rest: list[str] = []
    for clause in clauses:
        name, value, whole = _field(clause)
        if name in taken or not name:
            rest.append(clause)
            continue
        taken.add(name)
        yield f"**{name}:** {value}"
        if not whole:
            rest.append(clause)
    if rest:
        yield f"*{' '.join(rest)}*"


def _field(clause: str) -> tuple[str, str, bool]:
    """Return the field that a clause is, its value, and whether the clause says no more."""
    bare = clause.strip(" .;,!")
    if read_impact(bare).whole:
        return "Impact", bare, True
    said = _LEAD.sub("", bare, count=1)
    if _STOPPED.fullmatch(bare):
        return "Frequency", bare, True
    shape = field_of_shape(said)
    if shape and shape[0] != "Impact":
        return *shape, True
    if _COUNT.fullmatch(said):
        return "Frequency", said, True
    tail = _TAIL.fullmatch(said)
    if tail and ((shape := field_of_shape(tail[1])) or _COUNT.fullmatch(tail[1])):
        name, value = shape or ("Frequency", tail[1])
        return (name, value, False) if name in ("Time", "Frequency") else ("", "", False)
    return "", "", False
