"""Reads lines such as ``"very soon" → "by Tuesday"``: each is a pair of samples."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.recognise.labels import Label
from sphinxext_revguide.importer.recognise.lines import Line, without_bullet

_ARROW = re.compile(
    r"\W{0,4}(?P<open>[\"“'‘*_`]{1,3})(?P<before>[^→]+?)[\"”'’*_`]{1,3}[ \t]*"
    r"(?:→|->|=>|⇒|—>|➜|➔)[ \t]*[\"“'‘*_`]{1,3}(?P<after>[^→]+?)[\"”'’*_`]{1,3}\.?"
)


def arrows_in(block: Block) -> list[tuple[Label, Line]]:
    """Return the samples of a block if each of its lines is a pair, each sample with a label.

    :returns: an empty list for any other block.
    """
    found: list[tuple[Label, Line]] = []
    for line in block.lines:
        match = _ARROW.fullmatch(without_bullet(line.text).strip())
        if match is None:
            return []
        found += [
            (Label(role, role, strong=True), Line(match[role], line.number))
            for role in ("before", "after")
        ]
    return found if block.kind in ("list", "paragraph") else []
