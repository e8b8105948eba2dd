"""Splits a fenced text that holds both samples: under BEFORE and AFTER lines, or as a diff."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.read.blocks import Block, trimmed
from sphinxext_revguide.importer.recognise.labels import Label
from sphinxext_revguide.importer.recognise.lines import Line

_SAMPLE_LINE = re.compile(
    r"\*{0,2}(BEFORE|AFTER|Before|After)(?: TITLE| title)?\s*(?:\(([^)]*)\))?\s*:\s*\*{0,2}(.*)"
)
_NOTE = re.compile(r"\*{0,2}[A-Z][A-Z ]{2,30}\*{0,2}:.*")
"""A line of such a fence that is not part of the one-line sample above it."""

_DIFF = ("diff", "patch", "udiff")
_HEAD = re.compile(r"(?:--- |\+\+\+ |diff |index ).*")
_HUNK = re.compile(r"@@.*")
_NO_END = "\\ No newline at end of file"


def text_of(body: tuple[Line, ...]) -> str:
    """Join the lines inside a fence, without those that the importer inserted."""
    return "\n".join(line.text for line in body if line.number)


def samples_in_fence(body: tuple[Line, ...]) -> list[tuple[Label, Line, tuple[Line, ...]]] | None:
    """Split a fenced text at the BEFORE and AFTER lines that it contains.

    :returns: the label, the line of the label and the lines of each part; the label of other text
        is empty. None if the text does not contain a BEFORE and an AFTER below it.
    """
    parts: list[tuple[Label, Line, list[Line]]] = []
    last = 0  # the line of the last label
    for line in body:
        match = _SAMPLE_LINE.fullmatch(line.text)
        if match is None:
            written_out = bool(parts) and len(parts[-1][2]) == 1 and parts[-1][2][0].number == last
            if not parts or (written_out and _NOTE.fullmatch(line.text)):
                parts.append((Label("", ""), line, []))
            parts[-1][2].append(line)
            continue
        label = Label(match[1], match[1].lower(), match[2] or "", strong=True)
        rest = [Line(match[3], line.number)] if match[3].strip() else []
        last = line.number
        parts.append((label, line, rest))
    roles = [label.role for label, _line, _body in parts]
    if "before" not in roles or "after" not in roles[roles.index("before") :]:
        return None
    cut = [(label, line, trimmed(tuple(lines))) for label, line, lines in parts]
    return [part for part in cut if part[2] or part[0].role]


def is_diff(block: Block) -> bool:
    """Return whether a block is a fenced diff that removes lines."""
    if block.kind != "fence" or block.language not in _DIFF:
        return False
    return "-" in {line.text[:1] for line in _changes(block)}


def sides_of(block: Block) -> list[tuple[Label, Line, tuple[Line, ...]]]:
    """Split a diff into its old and its new text, both with the lines that stay."""
    lines = _changes(block)
    rests = [line.text[1:] for line in lines if line.text[:1] in ("+", "-") and line.text[1:]]
    # A diff that was written by hand has a blank between the sign and the text.
    width = 1 if min((len(rest) - len(rest.lstrip(" ")) for rest in rests), default=0) == 1 else 0
    sides = []
    for role, other in (("before", "+"), ("after", "-")):
        own = [_unsigned(line, width) for line in lines if line.text[:1] != other]
        sides.append((Label("diff", role), Line("", lines[0].number), trimmed(tuple(own))))
    return sides


def _changes(block: Block) -> list[Line]:
    """Return the lines of a diff without its file headers, and with blanks for hunk headers."""
    lines = [line for line in block.body if line.number and line.text != _NO_END]
    first = next((i for i, line in enumerate(lines) if _HUNK.fullmatch(line.text)), 0)
    if all(_HEAD.fullmatch(line.text) for line in lines[:first]):
        lines = lines[first:]
    return [Line("", item.number) if _HUNK.fullmatch(item.text) else item for item in lines]


def _unsigned(line: Line, width: int) -> Line:
    sign, rest = line.text[:1], line.text[1:]
    if sign not in ("+", "-"):
        return Line(rest if sign == " " else line.text, line.number)
    return Line(rest[width:], line.number)
