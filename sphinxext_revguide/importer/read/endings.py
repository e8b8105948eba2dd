"""Explains why an AFTER is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.recognise.labels import Label, fields_of


@dataclass(frozen=True, slots=True)
class Ending:
    """The blocks of a unit, and where it ends.

    ``next_unit_line`` is the line of the heading below it, or 0 at the end of the file; ``end`` is
    the last line of the file.
    """

    blocks: Sequence[Block]
    next_unit_line: int
    end: int

    def why_missing(self, label_line: int, before_line: int = 0) -> str:
        """Return why a BEFORE has no AFTER, as a clause for a message.

        :param label_line: the line of the label of an AFTER without a text, or 0.
        :param before_line: the line of the BEFORE.
        """
        if not self.next_unit_line and self._cut_off(label_line, before_line):
            return f"the file ends at line {self.end}"
        if label_line:
            return f"there is no text below its label on line {label_line} of the guide"
        unknown = self._unknown_label(before_line)
        if unknown is not None:
            label, line = unknown
            words = label.words.strip(" :")
            return f"the label “{words}” on line {line} was not recognised as an AFTER"
        return "no label for it was found below its BEFORE"

    def _cut_off(self, label_line: int, before_line: int) -> bool:
        """Return whether the unit ends with the BEFORE, or with the label of the AFTER."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or label_line:
            return last is not None and last.lines[-1].number == label_line
        return last.kind in ("fence", "quote") and before_line >= last.line

    def _unknown_label(self, before_line: int) -> tuple[Label, int] | None:
        """Return the first unknown label below the BEFORE that introduces a fence or a quotation.

        :returns: the label and its line, or None.
        """
        for block, following in zip(self.blocks, self.blocks[1:], strict=False):
            if block.kind != "paragraph" or block.lines[-1].number <= before_line:
                continue
            labels = fields_of(block.lines[-1].text)
            if labels and not labels[-1].role and following.kind in ("fence", "quote"):
                return labels[-1], block.lines[-1].number
        return None
