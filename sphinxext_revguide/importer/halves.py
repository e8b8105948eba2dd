"""A fenced text that holds BEFORE and AFTER lines of its own."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.blocks import trimmed
from sphinxext_revguide.importer.fences import Line
from sphinxext_revguide.importer.labels import Label

_SAMPLE_LINE = re.compile(r"\*{0,2}(BEFORE|AFTER)(?: TITLE)?\s*(?:\([^)]*\))?\s*:\s*\*{0,2}(.*)")


def text_of(body: tuple[Line, ...]) -> str:
    """Join the lines inside a fence, without those that the repair has put in."""
    return "\n".join(line.text for line in body if line.number)


def halves_of(body: tuple[Line, ...]) -> list[tuple[Label, Line, tuple[Line, ...]]] | None:
    """Split a fenced text that holds BEFORE and AFTER lines of its own."""
    parts: list[tuple[Label, Line, list[Line]]] = []
    for line in body:
        match = _SAMPLE_LINE.fullmatch(line.text)
        if match is None:
            if not parts:
                parts.append((Label("", ""), line, []))
            parts[-1][2].append(line)
            continue
        label = Label(match[1], match[1].lower(), strong=True)
        rest = [Line(match[2], line.number)] if match[2].strip() else []
        parts.append((label, line, rest))
    roles = [label.role for label, _line, _body in parts]
    if "before" not in roles or "after" not in roles[roles.index("before") :]:
        return None
    cut = [(label, line, trimmed(tuple(lines))) for label, line, lines in parts]
    return [part for part in cut if part[2] or part[0].role]
