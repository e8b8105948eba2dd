"""Writes the BEFORE and the AFTER in a row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import sample_lines

_ORDER = re.compile(
    r"\W*(?:(?:the )?(?:author|au|aq)(?:/editor)? (?:to|please|must|should)\b"
    r"|please (?:supply|add|move|check|delete|remove)\b"
    r"|(?:delete|remove|cut|omit|strike|drop)(?: out)?(?:[,;:(]| or | and (?:replace|merge|move)\b"
    r"|\W*$| (?:it|them|this|these|both|all of (?:it|them|this))\W*$"
    r"| (?:this|the) (?:sentence|paragraph|passage|phrase|word|line|section|quotation)\b))",
    re.IGNORECASE,
)
"""An instruction that an editor gives in place of a text."""


def row_pair(names: Sequence[str], texts: Sequence[str], number: int) -> Iterator[Line]:
    """Yield the BEFORE and the AFTER of a row, and the names of columns that are not known words.

    :param names: the heads of both columns, as :func:`with_named_columns` writes them.
    """
    for side, name, text in zip(("BEFORE", "AFTER"), names, texts, strict=True):
        label = name if name.startswith(f"{side} (") else side
        yield from sample_lines(label, [Line(text, number)])


def sample_in(cell: str) -> str:
    """Return the text of a cell; one in parentheses only describes a passage, and gets brackets."""
    if cell.startswith("(") and cell.endswith(")") and not {"(", ")"} & {*cell[1:-1]}:
        return f"[{cell[1:-1]}]"
    return cell


def replacement_in(cell: str) -> str:
    """Return the text of a cell that replaces another text, in brackets if it is an instruction."""
    text = sample_in(cell)
    return f"[{text}]" if _ORDER.match(text) else text
