"""Which labels a line of an issue has: that depends on the label in force above it.

A sample may contain a line that looks like a label, so a label without a mark counts only where no
sample can be meant.
"""

from __future__ import annotations

from sphinxext_revguide.importer.read.slot import Slot
from sphinxext_revguide.importer.read.unit_entries import UnitEntries
from sphinxext_revguide.importer.recognise.labels import (
    Label,
    fields_of,
    is_reason,
    line_label,
    plain_fields,
    plain_label,
    plain_reason,
)
from sphinxext_revguide.importer.recognise.lines import Line


class LineLabels:
    """Reads the lines of one issue as labels."""

    def __init__(
        self, entries: UnitEntries, *, unlabelled: bool = False, weakly: bool = False
    ) -> None:
        """Begin an issue.

        :param entries: what has been read of it; more is added as it is read.
        :param unlabelled: whether lines such as ``x text`` announce its samples, and no label.
        :param weakly: whether only words announce them that may mean something else.
        """
        self.entries, self.unlabelled, self.weakly = entries, unlabelled, weakly

    def read(self, text: str, slot: Slot | None) -> list[Label]:
        """Read a line as labels; those without any mark only where no sample may have them.

        :param slot: the label in force.
        """
        labels = fields_of(text)
        if self.unlabelled and not labels and (label := line_label(text)):
            return [label]
        if labels:
            return labels
        waits = bool(slot and slot.waits)
        label = plain_label(text)
        if label and not label.strong and label.role != "why" and waits and not self.weakly:
            # Letters begin with "To:" and "From:".
            return []
        if label and (not label.strong or not label.rest or _plainly(slot)):
            return [label]
        below_after = is_reason(text) and self._is_below_after(slot)
        if (_plainly(slot) or below_after) and (reason := plain_reason(text)):
            return [reason]
        # A sample may well have a line such as "Time: 2 hours".
        return [] if slot and (waits or slot.taken) else plain_fields(text)

    def up_to_reason(self, after: Label, lines: list[Line], slot: Slot | None) -> int:
        """Return how many lines of a paragraph that begins with an AFTER belong to it."""
        if self.entries.before_has_reason(slot):
            return len(lines)
        first = 1 if after.rest else 2
        found = (count for count in range(first, len(lines)) if is_reason(lines[count].text))
        return next(found, len(lines))

    def _is_below_after(self, slot: Slot | None) -> bool:
        """Return whether a line such as ``Why: text`` is below an AFTER, and not a line of it.

        An editor ends a sample so more often than a book contains such a line; where it does, the
        BEFORE usually has one, too.
        """
        is_below = bool(slot and slot.texts and slot.label.role == "after")
        return is_below and not self.entries.before_has_reason(slot)


def _plainly(slot: Slot | None) -> bool:
    """Return whether labels have no marks here: the one in force has none."""
    return bool(slot and (slot.waits or slot.taken) and slot.line.text.strip()[:1].isalpha())
