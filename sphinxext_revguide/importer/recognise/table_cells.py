"""The cells of pipe tables."""

from __future__ import annotations

import re

RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?")
"""The line below the heads of the columns."""
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"[ ]?<br ?/?>[ ]?", re.IGNORECASE)


def cells_of(line: str) -> list[str]:
    """Split a row of a pipe table into its cells, with escaped bars unescaped."""
    bare = line.strip().removeprefix("|")
    bare = bare if bare.endswith("\\|") else bare.removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(bare)]


def cell_text(cell: str) -> str:
    """Return the text of a cell, with line breaks in place of ``<br>``."""
    return _BREAK.sub("\n", cell)
