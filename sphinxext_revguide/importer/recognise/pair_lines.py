"""Writes pairs as labels and quotations that the reader understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxext_revguide.importer.recognise.lines import Line

CUT = "[Delete.]"
"""The AFTER if the editor wants the passage deleted."""
_NOTHING = "[Nothing.]"
"""The BEFORE if the editor adds a text."""
_GONE = re.compile(r"[\s*_]*(?:[-–—]+|\(?(?:cut|delete[d]?|remove[d]?|drop)\)?)?[\s*_.]*")
_QUOTED = re.compile(r"\"([^“”\"]+)\"|“([^“”\"]+)”")


def pair_lines(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a BEFORE and an AFTER, each below its label."""
    number = next((line.number for line in (*before, *after) if line.number), 0)
    yield from sample_lines("BEFORE", before)
    yield from sample_lines("AFTER", after or [Line("", number)])


def sample_lines(label: str, texts: Sequence[Line]) -> Iterator[Line]:
    """Yield a label and a text as a quotation.

    A text that is empty or only says "cut" or the like becomes "[Nothing.]" or "[Delete.]".
    """
    number = next((line.number for line in texts if line.number), 0)
    said = " ".join(line.text for line in texts)
    if _GONE.fullmatch(said):
        texts = [Line(_NOTHING if label.startswith("BEFORE") else CUT, number)]
    yield from apart(Line(f"**{label}:**", number))
    for line in texts:
        yield Line(f"> {line.text}".rstrip(), line.number or number)
    yield Line("", 0)


def apart(line: Line) -> Iterable[Line]:
    """Return a line between blank lines, so that it is a paragraph of its own."""
    return Line("", 0), line, Line("", 0)


def without_quotes(text: str) -> str:
    """Remove one pair of quotation marks around a text."""
    match = _QUOTED.fullmatch(text.strip())
    return (match[1] or match[2]) if match else text
