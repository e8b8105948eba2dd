"""Rewrites list items that are a label alone, with a sample indented below, as labels.

Exports write toggles like this: ``- Your text``, with an indented paragraph below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import begins_section
from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.lines import END, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.nested_fields import MOVED, without_indentation

_ITEM = re.compile(
    r"[-*+][ \t]+(?:[^\w\s(\[\"“'*_`]{1,4}[ \t]*)?[*_]{0,2}"
    r"([^\W\d_][\w'’ /-]{0,40}(?:\([^()]{1,40}\))?)[*_:]{0,4}[ \t]*"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: its words, its section, its first line, the line after it, and the text below."""

    words: str
    section: int
    start: int
    end: int
    body: list[Line]

    @property
    def record(self) -> Record:
        text = " ".join(line.text.strip("> ") for line in self.body)
        return Record(self.words, text, self.section, passage=True)


def without_labelled_items(lines: Sequence[Line]) -> list[Line]:
    """Rewrite such items as labels above quotations, if they introduce both BEFORE and AFTER."""
    items = list(_items(lines))
    roles = meanings(item.record for item in items)
    if not {*SIDES} <= {*roles.values()}:
        return list(lines)
    found: list[Line] = []
    done = 0
    for item in items:
        role = roles.get(key_of(item.words), "")
        if role not in SIDES:
            continue
        found += lines[done : item.start]
        name = written_name(role, item.words)
        found += apart(Line(f"**{name}:**", lines[item.start].number))
        found += _quotation(item.body)
        done = item.end
    return [*found, *lines[done:]]


def _items(lines: Sequence[Line]) -> Iterator[_Item]:
    section = index = 0
    while index < len(lines):
        text = lines[index].text
        section += begins_section(text)
        match = _ITEM.fullmatch(text)
        end = index + 1
        while match and end < len(lines) and _is_below(lines[end].text):
            end += 1
        body = list(lines[index + 1 : end])
        while body and not body[-1].text.strip():
            body.pop()
        while body and not body[0].text.strip():
            del body[0]
        if match and body:
            yield _Item(match[1].strip(), section, index, end, without_indentation(body))
        index = end


def _is_below(text: str) -> bool:
    return (text[:1] in (" ", "\t", "\0") and text != END) or not text.strip()


def _quotation(body: Sequence[Line]) -> Iterator[Line]:
    """Yield a sample as a quotation, or as it is if it is fenced or quoted."""
    is_set_off = any(line.text.startswith(("\0", ">")) for line in body)
    for line in body:
        if is_set_off:
            moved = MOVED if line.text.startswith("\0") else ""
            yield Line(f"{line.text}{moved}", line.number)
        else:
            yield Line(f"> {line.text}".rstrip(), line.number)
    yield Line("", 0)
