"""The label in force while the blocks of a unit are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinxext_revguide.importer.parts import Prose
from sphinxext_revguide.importer.recognise.labels import Label
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import without_quotes

_SAID = 7
"""A paragraph in quotation marks with at most this many words may be what somebody says."""


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

    def ends_before(self, text: str) -> bool:
        """Return whether its sample is in quotation marks, and a text below it is not."""
        own = [prose.text for prose in self.texts]
        is_quoted = bool(own) and all(
            len(sample.split()) > _SAID and without_quotes(sample) != sample.strip()
            for sample in own
        )
        return is_quoted and not text.lstrip().startswith(('"', "“"))
