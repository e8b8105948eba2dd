"""Collects what has been read of a unit: its texts and samples, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinxext_revguide.importer.parts import Prose
from sphinxext_revguide.importer.read.sample_pairs import Entry, Found
from sphinxext_revguide.importer.read.slot import Slot
from sphinxext_revguide.importer.recognise.labels import is_reason
from sphinxext_revguide.importer.recognise.lines import Line


class UnitEntries:
    """The entries of a unit; a sample may consist of several blocks of one kind."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._kind = ""  # of the block of the last sample

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def add(self, entry: Entry) -> None:
        """Add an entry that does not continue a sample."""
        self._entries.append(entry)

    def add_label(self, slot: Slot) -> None:
        """Add the line of a label as text, once."""
        if slot.line.text:
            self.add(Prose(slot.line.text, slot.line.number))
            slot.line = Line("", slot.line.number)

    def add_sample(self, slot: Slot, found: Found, kind: str) -> None:
        """Add a sample under a label, or append it to the last sample if it continues that.

        :param kind: the kind of its block.
        """
        self._entries.extend(slot.texts)
        slot.texts = []
        last = self._entries[-1] if self._entries else None
        if isinstance(last, Found) and self.goes_on(slot, kind):
            text, kept = f"{last.text}\n\n{found.text}", (*last.kept, *found.kept)
            self._entries[-1] = replace(last, text=text, kept=kept, cut=found.cut)
            return
        self.add(found)
        slot.taken, self._kind = True, kind

    def goes_on(self, slot: Slot | None, kind: str) -> bool:
        """Return whether a block of this kind continues the last sample below the same label."""
        last = self._entries[-1] if self._entries else None
        return (
            kind == self._kind
            and slot is not None
            and slot.taken
            and isinstance(last, Found)
            and last.label is slot.label
            and not last.advice
            and not last.cut
        )

    def before_has_reason(self, slot: Slot | None) -> bool:
        """Return whether the last BEFORE has a line such as ``Why: text``.

        :param slot: the label in force; if it is that of a BEFORE, its texts are not yet a sample.
        """
        texts = [prose.text for prose in slot.texts] if slot and slot.label.role == "before" else []
        found = [
            entry.text
            for entry in self
            if isinstance(entry, Found) and entry.label.role == "before"
        ]
        return any(map(is_reason, "\n".join(texts or found[-1:]).splitlines()))

    def end_with_before(self) -> bool:
        """Return whether the last sample is a BEFORE, so that a weak label introduces its AFTER."""
        found = [entry for entry in self if isinstance(entry, Found)]
        return bool(found) and found[-1].label.role == "before"
