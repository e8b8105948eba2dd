"""Rewrites checklists in which each item is an issue, with fields and samples in lists below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.heads import unit_head
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.labels import label_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, sample_lines, without_quotes
from sphinxext_revguide.importer.recognise.values import is_duration
from sphinxext_revguide.importer.rewrite.nested_fields import without_indentation

_ITEM = re.compile(r"[-*+][ \t]+(?:\[[ xX]\][ \t]+)?\*\*(.+?)\*\*[ \t]*(.*)")
_BULLET = re.compile(r"([ \t]+)(?:[-*+]|[0-9]{1,2}[.)])[ \t]+(.*)")
_LABEL = re.compile(r"\W*([^\W\d_][^():\n]{0,40}?)[ \t]*(\([^()]{0,60}\))?[ \t]*:?\W*")


def without_checklists(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each item that contains a BEFORE as an issue below a heading."""
    found: list[Line] = []
    index = 0
    opened = False  # whether an item of this list is an issue: the others get headings as well
    while index < len(lines):
        match = _ITEM.fullmatch(lines[index].text.rstrip())
        if match is None:
            opened = opened and not lines[index].text.strip()
            found.append(lines[index])
            index += 1
            continue
        end = index + 1
        while end < len(lines) and (
            lines[end].text[:1] in (" ", "\t") or not lines[end].text.strip()
        ):
            end += 1
        body = lines[index + 1 : end]
        if any(_role(line.text) == "before" for line in body) and unit_head(match[1]):
            fields = _fields(match[2])
            title = match[1] if fields else f"{match[1]} {match[2]}".strip()
            for text in (f"### {title}", *fields):
                found += apart(Line(text, lines[index].number))
            found += _without_bullets(body)
            opened = True
        elif opened and any(line.text.strip() for line in body):
            found += apart(Line(f"### {match[1]} {match[2]}".strip(), lines[index].number))
            found += without_indentation(body)
        else:
            found += lines[index:end]
        index = end
    return found


def _fields(remark: str) -> list[str]:
    """Return the fields in a remark after a title, ``(high, 30 min)``, if it has nothing else."""
    found = []
    for part in remark.strip().strip("()").split(","):
        named = "Time" if is_duration(part) else "Impact" if read_impact(part).value else ""
        if not named:
            return []
        found.append(f"**{named}:** {part.strip()}")
    return found


def _role(text: str) -> str:
    """Return the side that a bullet introduces, by a label alone or with the sample after it."""
    match = _BULLET.fullmatch(text.rstrip())
    label = match[2].partition(":")[0] if match else ""
    bare = _LABEL.fullmatch(label)
    role = label_role(bare[1]) if bare else ""
    return role if role in ("before", "after") else ""


def _without_bullets(body: Sequence[Line]) -> Iterator[Line]:
    index = 0
    while index < len(body):
        line = body[index]
        match = _BULLET.fullmatch(line.text.rstrip())
        index += 1
        if match is None:
            yield Line(line.text.strip(), line.number)
            continue
        if role := _role(line.text):
            name, _colon, value = match[2].partition(":")
            label = _LABEL.fullmatch(name)
            if value.strip():
                yield from sample_lines(role.upper(), [_sample(value, line.number)])
                continue
            remark = f" {label[2]}" if label and label[2] else ""
            for sample in _below(body, index, len(match[1])):
                yield from sample_lines(f"{role.upper()}{remark}", [sample])
                index += 1
            continue
        name, colon, value = match[2].partition(":")
        field = bool(colon) and bool(label_role(name)) and "**" not in match[2]
        yield from apart(Line(f"**{name}:**{value}" if field else match[2], line.number))


def _below(body: Sequence[Line], start: int, indent: int) -> Iterator[Line]:
    """Yield the samples in the bullets below a label."""
    for line in body[start:]:
        match = _BULLET.fullmatch(line.text.rstrip())
        if match is None or len(match[1]) <= indent:
            return
        yield _sample(match[2], line.number)


def _sample(text: str, number: int) -> Line:
    text = text.strip()
    bracketed = text.startswith("(") and text.endswith(")")
    return Line(f"[{text[1:-1]}]" if bracketed else without_quotes(text), number)
