"""The label in force while the blocks of a unit are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinxext_revguide.importer.parts import Prose
from sphinxext_revguide.importer.recognise.labels import Label
from sphinxext_revguide.importer.recognise.lines import Line


@dataclass(slots=True)
class Slot:
    """The label in force, and the texts that came below it.

    ``taken`` means that its sample was found, ``answers`` that it introduces the AFTER of the last
    BEFORE.
    """

    label: Label
    line: Line
    taken: bool = False
    answers: bool = False
    texts: list[Prose] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        """Whether text below it is a sample, because the label is strong or answers a BEFORE."""
        return self.label.strong or self.answers

    @property
    def waits(self) -> bool:
        """Whether it introduces a sample that has not been found yet."""
        return self.label.role in ("before", "after", "both") and not self.taken
