"""Splits a remark such as ``*Grave; in all four scenes*`` into clauses, and finds their fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.amount_words import (
    ABOUT,
    NUMBER,
    QUANTIFIER,
    SHARES,
)
from sphinxext_revguide.importer.recognise.impacts import read_impact, states_impact
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.recognise.values import read_hours

REMARK = re.compile(r"([*_]{1,2})([^*_]{3,400})\1|\(([^()]{3,400})\)|\[([^\[\]]{3,400})\]")
_BOXES = re.compile(r"(?:(?:\[[^\[\]`]{1,80}\]|`[^`]{1,80}`)[ \t]*[·•|,;]?[ \t]*){2,8}")
_DIVIDED = re.compile(r"\s+[–—·•|/]\s+|\s*[·•|]\s*")
_SENTENCES = re.compile(r"(?<=[.;!])(?<!\bpp\.)(?<!\bp\.)\s+|;\s*")
_LEAD = re.compile(
    r"(?:and |but )?(?:(?:it|this|they|which|that)[ ](?:is |are )?"
    r"(?=occurs?|found|seen|appears?|turns|happens|takes?|needs?|should|could)"
    r"|(?:i|you|we|one)(?:['’]d|[ ](?:should|would|might|could|may|can))?[ ]"
    r"(?:allow|set aside|reckon(?: with| on)?|budget|give it|expect|count|counted|marked"
    r"|noted|found|find|saw|need|plan)[ ](?:for[ ]|it[ ])?)",
    re.IGNORECASE,
)
"""Words that only introduce a value: "it occurs in", "I should allow"."""
_NAMED = re.compile(
    r"(?:would |could |should |will )?"
    r"(?:(?P<impact>severity|priority|weight|grade|gravity|importance|impact|rank|rating|level)"
    r"|(?P<time>time|effort|work|takes?|allow|needs?|labou?r|budget|reckon|cost)"
    r"|(?P<reduction>saves?|saving|shorter(?: by)?|shortens?(?: it)?(?: by)?|cuts?|trims?"
    r"|reduces?(?: by)?|frees?|worth|recovers?|returns?|yields?|gives? back|sheds?)"
    r"|(?P<frequency>seen|found|occurs?|appears?|counted|frequency|hits|spotted|affects?))"
    r"[ ]?[:=]?[ ]+(?:in[ ]|of[ ])?(?P<value>\S.*)",
    re.IGNORECASE,
)
"""A clause that begins with the name of its field."""
_SAVED = re.compile(rf"\d|words?|nothing|{'|'.join(SHARES)}")
_COUNT = re.compile(
    rf"(?:(?:only |just )?(?:an?|one)[ ](?:single[ ])?|{ABOUT}?(?:{NUMBER}|{QUANTIFIER})[ ])"
    r"[a-z]{3,15}(?:[ ][a-z]{3,15})?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"{ABOUT}?{NUMBER}[ ]?(?:words|wds|w|%|per ?cent)", re.IGNORECASE)
_OWN_LABEL = re.compile(r"[*_]{0,2}[^\W\d_][\w' ]{0,40}:")
_STOPPED = re.compile(r"i (?:stopped|gave up|quit) counting (?:at|after) \w+", re.IGNORECASE)
_TAIL = re.compile(r"(.+?)[ ](?:with|for|on|of|in|at)[ ].+", re.IGNORECASE)
_MIN = 2
_LONG = 16
"""A part of a remark with more words is a sentence, not a clause."""
_LIST = 3
_SHORT = 6
_BRIEF = 9


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, with the name and value of its field if it has one.

    ``whole`` means that the clause says nothing besides this field.
    """

    text: str
    name: str = ""
    value: str = ""
    whole: bool = False


def clauses_in(text: str, *, unmarked: bool = True) -> list[Clause]:
    """Return the clauses of a remark; an empty list for any other text.

    :param unmarked: whether the sentences of a text without brackets or emphasis may be clauses.
    """
    bare = text.strip()
    if bare.startswith((">", "|", "#", "\0", "- ", "* ", "+ ")) or len(bare) > 400:
        return []
    if _BOXES.fullmatch(bare):
        parts = re.findall(r"[\[`]([^\[\]`]+)[\]`]", bare)
    else:
        match = REMARK.fullmatch(bare.lstrip("–—- "))
        inner = (match[2] or match[3] or match[4]) if match else bare
        parts = _DIVIDED.split(inner)
        if len(parts) == 1 and (match or unmarked):
            parts = _SENTENCES.split(inner)
            parts = parts if match or _are_facts(parts) else []
        if match and len(parts) == 1:
            parts = _listed(inner)
    parts = [part.strip(" .;,!") for part in parts if part.strip(" .;,!")]
    if len(parts) < _MIN or any(len(part.split()) > _LONG for part in parts):
        return []
    labels = [bool(_OWN_LABEL.match(part)) for part in parts]
    if any(labels) and (all(labels) or not REMARK.fullmatch(bare)):
        return []  # the parts are labelled fields
    return list(map(clause_of, parts))


def _are_facts(parts: Sequence[str]) -> bool:
    """Return whether at least three short sentences are all fields, with at most one exception."""
    said = [part for part in parts if part.strip(" .;,!")]
    if len(said) <= _MIN or any(len(part.split()) > _BRIEF for part in said):
        return False
    return sum(not _field(part.strip(" .;,!"))[0] for part in said) <= 1


def _listed(text: str) -> list[str]:
    """Split a list of at least three short facts, ``A, x1, -260 w, 40 m``; [] for other texts."""
    parts = re.split(r",\s+", text)
    return (
        parts if len(parts) >= _LIST and all(len(part.split()) <= _SHORT for part in parts) else []
    )


def clause_of(text: str) -> Clause:
    """Return a text as a clause, with the field that its words or shape indicate."""
    bare = text.strip(" .;,!")
    name, value, whole = _field(bare)
    return Clause(text, name, value, whole)


def _field(bare: str) -> tuple[str, str, bool]:
    """Return the name and value of a clause's field, and whether the clause says nothing else."""
    if states_impact(bare):
        return "Impact", bare, True
    said = _LEAD.sub("", bare, count=1)
    if _STOPPED.fullmatch(bare):
        return "Frequency", bare, True
    if named := _named(bare):
        return *named, True
    shape = field_of_shape(said)
    if shape and shape[0] != "Impact":
        return *shape, True
    if _AMOUNT.fullmatch(said):
        return "Reduction", said, True
    if _COUNT.fullmatch(said):
        return "Frequency", said, True
    tail = _TAIL.fullmatch(said)
    if tail and ((shape := field_of_shape(tail[1])) or _COUNT.fullmatch(tail[1])):
        name, value = shape or ("Frequency", tail[1])
        return (name, value, False) if name in ("Time", "Frequency") else ("", "", False)
    return "", "", False


def _named(bare: str) -> tuple[str, str] | None:
    """Return the field whose name begins a clause, and its value; None if that does not fit."""
    match = _NAMED.fullmatch(bare)
    if match is None:
        return None
    value = match["value"]
    if match["impact"]:
        return ("Impact", value) if read_impact(value).whole else None
    if match["time"]:
        return ("Time", value) if read_hours(value).value else None
    if match["reduction"]:
        return ("Reduction", bare) if _SAVED.search(value) else None
    return "Frequency", value
