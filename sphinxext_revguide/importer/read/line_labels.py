"""Reads the labels of a line of an issue, which depend on the label in force above it.

A sample may contain a line that looks like a label, so an unmarked label counts only where the line
cannot be part of a sample.
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

        :param entries: what has been read of the issue; the caller adds to it.
        :param unlabelled: whether its samples are lines such as ``❌ text``, without other labels.
        :param weakly: whether only weak labels introduce its samples.
        """
        self.entries, self.unlabelled, self.weakly = entries, unlabelled, weakly

    def read(self, text: str, slot: Slot | None) -> list[Label]:
        """Return the labels of a line; unmarked ones only where no sample may contain them.

        :param slot: the label in force, or None.
        """
        labels = fields_of(text)
        if self.unlabelled and not labels and (label := line_label(text)):
            return [label]
        if labels:
            return labels
        waits = bool(slot and slot.waits)
        label = plain_label(text)
        if label and not label.strong and label.role != "why" and waits and not self.weakly:
            # In a letter, "To:" and "From:" are addresses, not labels of samples.
            return []
        if label and (not label.strong or not label.rest or _labels_are_unmarked(slot)):
            return [label]
        below_after = is_reason(text) and self._is_below_after(slot)
        if (_labels_are_unmarked(slot) or below_after) and (reason := plain_reason(text)):
            return [reason]
        # A sample may contain a line such as "Time: 2 hours".
        return [] if slot and (waits or slot.taken) else plain_fields(text)

    def up_to_reason(self, after: Label, lines: list[Line], slot: Slot | None) -> int:
        """Return how many lines of a paragraph that begins with an AFTER belong to the AFTER.

        The AFTER ends before a line such as ``Why: text``, unless the BEFORE has one, too.
        """
        if self.entries.before_has_reason(slot):
            return len(lines)
        first = 1 if after.rest else 2
        found = (count for count in range(first, len(lines)) if is_reason(lines[count].text))
        return next(found, len(lines))

    def _is_below_after(self, slot: Slot | None) -> bool:
        """Return whether a line such as ``Why: text`` ends the AFTER above it.

        Editors write such a line below a sample more often than a book contains one; if the book
        does, the BEFORE usually has one, too.
        """
        is_below = bool(slot and slot.texts and slot.label.role == "after")
        return is_below and not self.entries.before_has_reason(slot)


def _labels_are_unmarked(slot: Slot | None) -> bool:
    """Return whether labels are unmarked here, because the one in force is."""
    return bool(slot and (slot.waits or slot.taken) and slot.line.text.strip()[:1].isalpha())
