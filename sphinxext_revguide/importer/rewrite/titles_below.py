"""Puts titles into headings that are only a number, from the labels below them.

``### Query 1``, and below it in most issues ``**In a nutshell:** The gate is late``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sphinxext_revguide.importer.recognise.label_evidence import key_of
from sphinxext_revguide.importer.recognise.labels import Label, label_of, label_role
from sphinxext_revguide.importer.recognise.lines import HEADING, Line

NUMBER_ALONE = re.compile(
    r"\W*(?:[^\W\d_]{1,20}[ .-]?)?#?(?:[0-9]{1,3}\.)?([0-9]{1,3})\W*", re.IGNORECASE
)
TITLES = frozenset({
    "title", "point", "issue", "item", "finding", "topic", "subject", "heading", "name", "problem",
    "matter", "query", "concern",
})  # fmt: skip
"""Labels that may introduce the title of an issue."""
_MIN = 2
_LONGEST = 25
"""A title has at most this many words."""


def with_titles_below(lines: Sequence[Line]) -> list[Line]:
    """Put titles into such headings, if most of them have the same label right below."""
    first: dict[int, int] = {}
    for place, line in enumerate(lines):
        match = HEADING.fullmatch(line.text)
        if match and NUMBER_ALONE.fullmatch(match[2]):
            below = range(place + 1, min(place + 3, len(lines)))
            filled = next((i for i in below if lines[i].text.strip()), -1)
            if filled >= 0 and _title(lines[filled].text)[0]:
                first[place] = filled
    keys = {place: _title(lines[below].text)[0] for place, below in first.items()}
    (key, count), *_others = Counter(keys.values()).most_common(1) or [("", 0)]
    if count < _MIN or not _may_be_title(lines, key):
        return list(lines)
    titles = {place: below for place, below in first.items() if keys[place] == key}
    gone = {*titles.values()}
    found: list[Line] = []
    for place, line in enumerate(lines):
        match = HEADING.fullmatch(line.text) if place in titles else None
        if match:
            number = NUMBER_ALONE.fullmatch(match[2])
            title = _title(lines[titles[place]].text)[1]
            text = f"{match[1]} ISSUE #{number[1] if number else 0}: {title}"
            found.append(Line(text, line.number))
        elif place not in gone:
            found.append(line)
    return found


def _title(text: str) -> tuple[str, str]:
    """Return the words of a label, for comparison, and its value, if that may be a title."""
    label = label_of(text) or _plain(text)
    if label is None or not 0 < len(label.rest.split()) <= _LONGEST:
        return ("", "")
    is_title = label_role(label.words) in ("", "problem")
    return (key_of(label.words), label.rest) if is_title else ("", "")


def _plain(text: str) -> Label | None:
    """Read a label without a mark that introduces a title: ``Title: The gate is late``."""
    name, colon, rest = text.partition(":")
    return Label(name, "", rest=rest.strip()) if colon and key_of(name) in TITLES else None


def _may_be_title(lines: Sequence[Line], key: str) -> bool:
    """Return whether a label does not state the problem, or another label does so."""
    if label_role(key) != "problem":
        return True
    found = (label_of(line.text) for line in lines)
    return any(
        label_role(label.words) == "problem" and key_of(label.words) != key
        for label in found
        if label
    )
