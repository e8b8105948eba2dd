"""Rewrites labels as editors type them as bold labels on lines of their own.

They may be a word alone above a quotation, labels inside a quotation, or several fields on a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.heads import opens_unit
from sphinxext_revguide.importer.recognise.label_words import (
    FIELD_SIGNS,
    NAMED_FENCES,
    SAMPLE_ROLES,
)
from sphinxext_revguide.importer.recognise.labels import (
    Label,
    label_of,
    label_role,
    line_label,
    sample_role,
)
from sphinxext_revguide.importer.recognise.lines import QUOTE, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, pair_lines, sample_lines
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.recognise.values import is_duration
from sphinxext_revguide.issue_fields import ISSUE_FIELDS

_SIGN = re.compile(rf"(?:(?<=^)|(?<=[ \t(|]))([{''.join(FIELD_SIGNS)}])\ufe0f?[ \t]+(?=\S)")
_HELD = re.compile(r"\0fence [0-9]+ (\w+)")
_ALONE = re.compile(r"[*_]{0,2}(Before|After|BEFORE|AFTER)[*_]{0,2}")
_WORDS_ALONE = re.compile(r"[A-Z][\w'’ -]{1,30}:?")
_NAMED = re.compile(r"([*_])([A-Z][\w'’ -]{2,40})\1")
_GONE = re.compile(
    r"[*_]{0,2}(After|AFTER)[*_]{0,2}:[*_]{0,2}[ \t]*(\*[^*]+\*|\([^()]+\)|\[[^\[\]]+\]|[-–—])\.?"
)
_QUOTED = re.compile(r"(?:(→|->|=>|⇒|➔)[ \t]*)?[“\"]([^“”\"]+)[”\"]")
_NAME = r"[*_]{0,2}([A-Z][a-z]+(?: [a-z]+){0,5}):[*_]{0,2}[ \t]+"
_FIELD = re.compile(_NAME)
_NEXT = re.compile(rf"(?<=[.;?!])[ \t]+(?={_NAME})")
_DOTS = re.compile(r"[ \t](?:[·•/–—‖]|//)[ \t]")
_EMPHASIZED = re.compile(r"(\*{1,3}|_{1,3})([^*_]+)\1")
_BOLD_NAME = re.compile(r"\*\*([^*:]{1,40})\*\*[ \t]+([^*]{1,200})")
_BOLD_NAMES = re.compile(rf"(?:{_BOLD_NAME.pattern}){{2,12}}")
_BETWEEN = " \t·•|,;/–—-"
_MIN_FIELDS = 2
_LONG = 1000
"""A longer line is text, not fields."""
_ALLOW = re.compile(r"(?:allow|takes?|needs?)[ \t]+(.+?)\.?", re.IGNORECASE)


_FIELDS = frozenset({
    "severity", "problem", "why", *(row.name for row in ISSUE_FIELDS if row.editor_words),
})  # fmt: skip
_PLACES = frozenset({
    "where", "place", "location", "on", "re", "about", "regarding", "anchor", "selected text",
    "highlighted text", "page", "para", "paragraph", "section", "line",
})  # fmt: skip
"""Labels of places: the model has no field for them, but they stand among fields."""


def issue_field(name: str) -> bool:
    """Return whether words label a field of an issue, such as its impact, effort or place."""
    return label_role(name) in _FIELDS or name.strip().casefold() in _PLACES


_IN_BRACKETS = re.compile(r"(.*\S)[ \t]*[(\[]([^()\[\]]{3,90})[)\]]\W*")
_PARTS = re.compile(r"[;|·•/]|,(?!\d)")


def with_fields_of_heads(lines: Sequence[Line]) -> list[Line]:
    """Move several fields in brackets after the head of an issue to lines below it."""
    found: list[Line] = []
    for line in lines:
        match = _IN_BRACKETS.fullmatch(line.text) if opens_unit(line.text) else None
        parts = [part.strip() for part in _PARTS.split(match[2])] if match else []
        fields = list(map(_as_field, parts))
        if match is None or len(fields) < _MIN_FIELDS or not all(fields):
            found.append(line)
            continue
        found += apart(Line(match[1], line.number))
        for field in fields:
            found += apart(Line(field, line.number))
    return found


def with_signs_named(lines: Sequence[Line]) -> list[Line]:
    """Replace signs that introduce fields with labels: ``⏱ 2 h`` becomes ``Time: 2 h``."""
    counts = Counter(match[1] for line in lines for match in _SIGN.finditer(line.text))
    if sum(count > 1 for count in counts.values()) < _MIN_FIELDS:
        return list(lines)

    def named(match: re.Match[str]) -> str:
        return f"{FIELD_SIGNS[match[1]]}: "

    return [line._replace(text=_SIGN.sub(named, line.text)) for line in lines]


def with_named_fences(lines: Sequence[Line]) -> list[Line]:
    """Put a label above each fence that is named after its sample: ``~~~before``."""
    sides = {
        place: NAMED_FENCES[match[1]]
        for place, line in enumerate(lines)
        if (match := _HELD.match(line.text)) and match[1] in NAMED_FENCES
    }
    if not {*SAMPLE_ROLES} <= {*sides.values()}:
        return list(lines)
    found: list[Line] = []
    for place, line in enumerate(lines):
        label = f"**{sides[place].upper()}:**" if place in sides else ""
        found += (*(apart(Line(label, line.number)) if label else ()), line)
    return found


def with_labels(lines: Sequence[Line]) -> list[Line]:
    """Return lines with their labels in bold."""
    found: list[Line] = []
    alone = _sides_alone(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        if index in alone:
            found += apart(Line(f"**{line.text.strip(' :')}:**", line.number))
            index += 1
            continue
        if QUOTE.fullmatch(line.text):
            end = index
            while end < len(lines) and QUOTE.fullmatch(lines[end].text):
                end += 1
            found += _quotation(lines[index:end])
            index = end
            continue
        if pair := _arrow(lines, index):
            found += pair
            index += 2
            continue
        found += _label_alone(lines, index) or _fields(line) or [line]
        index += 1
    return found


def _sides_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are paragraphs of their own and name a sample: ``BEFORE``.

    There are none if only one side is named so: "Now" may begin something else.
    """
    texts = ["", *(line.text.strip() for line in lines), ""]
    sides = {
        index: sample_role(text.rstrip(":"))
        for index, (above, text, below) in enumerate(zip(texts, texts[1:], texts[2:], strict=False))
        if not above and not below and _WORDS_ALONE.fullmatch(text)
    }
    both = {*SAMPLE_ROLES} <= {*sides.values()}
    return frozenset(index for index, side in sides.items() if both and side)


def _label_alone(lines: Sequence[Line], index: int) -> list[Line]:
    """Rewrite a label alone above a quotation or a fence, *Before*, or ``After: *delete*``."""
    line = lines[index]
    if match := _ALONE.fullmatch(line.text.strip()):
        below = next((line.text for line in lines[index + 1 : index + 3] if line.text.strip()), "")
        if QUOTE.fullmatch(below) or below.startswith("\x00"):
            return list(apart(Line(f"**{match[1].upper()}:**", line.number)))
    if (match := _NAMED.fullmatch(line.text.strip())) and sample_role(match[2]):
        below = next((line.text for line in lines[index + 1 : index + 3] if line.text.strip()), "")
        if QUOTE.fullmatch(below) or below.startswith("\x00"):
            return list(apart(Line(f"**{match[2]}:**", line.number)))
    if match := _GONE.fullmatch(line.text.strip()):
        text = match[2].strip("*()[]")
        return list(sample_lines("AFTER", [Line(f"[{text}]", line.number)]))
    return []


def _arrow(lines: Sequence[Line], index: int) -> list[Line]:
    """Rewrite a quoted line, and below it an arrow and another quoted line, as a pair."""
    both = lines[index : index + 2]
    old, new = (
        (_QUOTED.fullmatch(label.text.strip()) for label in both) if both[1:] else (None, None)
    )
    if old is None or new is None or old[1] or not new[1]:
        return []
    return list(pair_lines([Line(old[2], both[0].number)], [Line(new[2], both[1].number)]))


def _quotation(lines: Sequence[Line]) -> list[Line]:
    """Take the labels out of a quotation with a BEFORE and an AFTER; leave any other as it is."""
    inner = [Line(match[1], line.number) for line in lines if (match := QUOTE.fullmatch(line.text))]
    above = ["", *(line.text for line in inner)]
    # A label follows a blank line: "**Fix:**" right below another line belongs to the sample.
    roles = [
        "" if before.strip() else _side_of(line.text)
        for before, line in zip(above, inner, strict=False)
    ]
    if "before" not in roles or "after" not in roles:
        return list(lines)
    found: list[Line] = []
    text: list[Line] = []
    name = ""
    for line, role in zip(inner, roles, strict=True):
        if not role:
            text.append(line)
            continue
        found += _sample(name, text)
        label = _label_in_quotation(line.text)
        name = role.upper()
        text = [Line(label.rest, line.number)] if label and label.rest else []
    return [*found, *_sample(name, text)]


def _side_of(text: str) -> str:
    label = _label_in_quotation(text)
    return sample_role(label.words.strip(" :")) if label else ""


def _label_in_quotation(text: str) -> Label | None:
    if not text.startswith(("*", "_")):
        return None
    return label_of(text) if text.startswith("**") else line_label(text)


def _sample(name: str, text: list[Line]) -> Iterator[Line]:
    while text and not text[-1].text.strip():
        text = text[:-1]
    if not name:
        yield from (Line(f"> {line.text}", line.number) for line in text)
        return
    bare = " ".join(line.text for line in text).strip()
    if bare.startswith("(") and bare.endswith(")"):
        text = [Line(f"[{bare[1:-1]}]", text[0].number)]
    yield from sample_lines(name, text)


def _fields(line: Line) -> list[Line]:
    return [
        piece for field in fields_in_text(line.text) for piece in apart(Line(field, line.number))
    ]


def fields_in_text(line: str) -> list[str]:
    """Return the fields that a line consists of; nothing if it is another text."""
    text = line.strip()
    if bold := _bold_names(text):
        return bold
    if text.startswith("**") and _DOTS.search(text):
        return _fields_behind_label(text)
    if whole := _EMPHASIZED.fullmatch(text):
        text = whole[2].strip()
    if text.startswith(("|", "#", ">", "- ", "* ", "**", "\x00")) or len(text) > _LONG:
        return []
    parts = _NEXT.split(text)[::2] if _NEXT.search(text) else _DOTS.split(text)
    if len(parts) == 1 and "|" in text:
        parts = text.split("|")
    parts = parts if len(parts) > 1 else _with_duration(text)
    fields = [_as_field(part.strip()) for part in parts]
    if len(parts) > 1 and all(fields):
        return fields
    # Among known fields, an unknown label is one of a field as well.
    own = [field or _unknown(part.strip()) for field, part in zip(fields, parts, strict=True)]
    known = sum(map(bool, fields))
    return own if known >= _MIN_FIELDS and 2 * known >= len(own) and all(own) else []


def _unknown(part: str) -> str:
    match = _FIELD.match(part)
    return f"**{match[1]}:** {part[match.end() :].strip()}" if match else ""


def _bold_names(text: str) -> list[str]:
    """Split fields whose names are bold and have no colon: ``**Weight** high · **Seen** twice``."""
    if not text.startswith("**") or not _BOLD_NAMES.fullmatch(text):
        return []
    found = [(match[1], match[2].strip(_BETWEEN)) for match in _BOLD_NAME.finditer(text)]
    known = all(value and issue_field(name) for name, value in found)
    return [f"**{name}:** {value}" for name, value in found] if known else []


def _fields_behind_label(text: str) -> list[str]:
    """Split fields of which only the first has a label: ``**Impact:** high · 7 times · 20 min``."""
    first, *others = _DOTS.split(text)
    label = label_of(first)
    fields = list(map(_as_field, others))
    if label is None or not label.rest or not issue_field(label.words) or not all(fields):
        return []
    return [first.strip(), *fields]


def _as_field(part: str) -> str:
    """Return a field with its label in bold, or "" if the text is not a field."""
    name, colon, value = part.partition(":")
    bare = name.strip("*_ ")
    if not colon or not value.strip("*_ ") or not issue_field(bare):
        field = field_of_shape(part)
        return f"**{field[0]}:** {field[1]}" if field else ""
    return f"**{bare}:** {value.strip().lstrip('*_').strip()}"


def _with_duration(text: str) -> list[str]:
    """Split a field and the duration after it: ``Seriousness: must fix. Allow one hour.``."""
    first, stop, rest = text.partition(". ")
    match = _ALLOW.fullmatch(rest.strip())
    return [first, match[1]] if stop and match and is_duration(match[1]) else []
