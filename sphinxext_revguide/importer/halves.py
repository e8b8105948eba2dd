"""A fenced text that is both samples: with BEFORE and AFTER lines of its own, or a diff."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.blocks import Block, trimmed
from sphinxext_revguide.importer.fences import Line
from sphinxext_revguide.importer.labels import Label

_SAMPLE_LINE = re.compile(r"\*{0,2}(BEFORE|AFTER)(?: TITLE)?\s*(?:\([^)]*\))?\s*:\s*\*{0,2}(.*)")


_DIFF = ("diff", "patch", "udiff")
_HEADS = re.compile(r"(?:--- .*|\+\+\+ .*|@@ .*|diff .*|index .*)")


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


def is_diff(block: Block) -> bool:
    """Tell whether a fence is a diff that takes lines away and adds some."""
    if block.kind != "fence" or block.language not in _DIFF:
        return False
    signs = {line.text[:1] for line in _changes(block)}
    return {"-", "+"} <= signs


def sides_of(block: Block) -> list[tuple[Label, Line, tuple[Line, ...]]]:
    """Split a diff into what stood and what is to stand, each with the lines that stay."""
    lines = _changes(block)
    spaced = all(line.text[1:2] in ("", " ") for line in lines if line.text[:1] in "+-")
    sides = []
    for role, other in (("before", "+"), ("after", "-")):
        own = [_unsigned(line, spaced=spaced) for line in lines if line.text[:1] != other]
        number = lines[0].number
        sides.append((Label("diff", role), Line("", number), trimmed(tuple(own))))
    return sides


def _changes(block: Block) -> list[Line]:
    return [line for line in block.body if line.number and not _HEADS.fullmatch(line.text)]


def _unsigned(line: Line, *, spaced: bool) -> Line:
    sign, rest = line.text[:1], line.text[1:]
    if sign not in ("+", "-"):
        return Line(rest if sign == " " else line.text, line.number)
    return Line(rest[1:] if spaced else rest, line.number)
