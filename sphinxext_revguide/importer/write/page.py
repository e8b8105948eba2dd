"""Prints the page of a guide: its parts, and the lines that none of them contains."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sphinxext_revguide.importer.parts import ImportedGuide
from sphinxext_revguide.importer.write.account import LineAccount, account
from sphinxext_revguide.importer.write.escape import comment, literal
from sphinxext_revguide.importer.write.printer import Printed, print_parts

UNPLACED = "Unplaced lines"
"""The heading above the lines that no part of the page contains."""
APPENDED = "appended"
"""The value of ``where`` for such a line."""


def print_page(guide: ImportedGuide, *, provenance: bool = False) -> str:
    """Print a guide; see :func:`sphinxext_revguide.importer.print_myst`."""
    printed = print_parts(guide)
    lost = [line.line for line in account(guide, printed) if not line.where]
    blocks = _with_provenance(guide, printed) if provenance else [part.text for part in printed]
    if lost:
        lines = "\n".join(guide.source[number - 1] for number in lost)
        blocks += [f"## {UNPLACED}", literal(lines)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def lines_of(guide: ImportedGuide) -> list[LineAccount]:
    """Return where each line of a guide went, with ``where`` never empty."""
    found = account(guide, print_parts(guide))
    return [
        section if section.where else LineAccount(section.line, APPENDED, section.issue)
        for section in found
    ]


def _with_provenance(guide: ImportedGuide, printed: Sequence[Printed]) -> list[str]:
    """Return the parts as blocks, each with the lines that it says in other words as comments."""
    order = sorted(range(len(printed)), key=lambda index: printed[index].line)
    starts = [printed[index].line for index in order]
    said = {line.rstrip() for part in printed for line in part.text.split("\n")}
    kept: dict[int, list[str]] = {}
    for number, text in enumerate(guide.source, 1):
        if text.strip() and text.rstrip() not in said:
            place = order[max(0, bisect_right(starts, number) - 1)]
            kept.setdefault(place, []).append(text)
    blocks = []
    for place, part in enumerate(printed):
        lines = comment(kept.get(place, ()))
        # A comment above a heading would belong to the section before it.
        after = part.kind in ("heading", "guide")
        blocks += [part.text, lines] if after else [lines, part.text]
    return blocks
