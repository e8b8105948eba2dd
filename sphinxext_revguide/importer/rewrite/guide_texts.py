"""The lines of a guide with its fences and quotations, and the texts that have labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.inferred_text import CODE, quoted
from sphinxext_revguide.importer.recognise.label_evidence import Record
from sphinxext_revguide.importer.recognise.labels import label_of
from sphinxext_revguide.importer.recognise.lines import QUOTE, Line, without_bullet
from sphinxext_revguide.importer.recognise.table_cells import cells_of
from sphinxext_revguide.importer.rewrite.fences import PROSE, mark_of

_LABEL = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([^\W\d_][\w’' /-]{0,39}?)"
    r"(?::(?:\*\*|__)|(?:\*\*|__)?[ ]?:)[ \t]*(.*)"
)
_LINES = 30
"""This many lines of a block are enough to recognise it."""


@dataclass(slots=True)
class QuotedSample:
    """A quoted text with its label: the line of the label, and the line after the text.

    ``inline`` is true if the text is on one line, in quotation marks or emphasis.
    """

    label: str
    place: int
    end: int
    text: str
    inline: bool


class GuideTexts:
    """The lines of a guide, and where its fences and quotations are.

    ``fences`` maps each line of a fence to the line after the fence.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.fences: dict[int, int] = {}
        opening, start = None, 0
        for index, line in enumerate(lines):
            mark = mark_of(line.text)
            if opening is None:
                opening, start = mark, index
            elif mark is not None and mark.closes(opening):
                self.fences |= dict.fromkeys(range(start, index + 1), index + 1)
                opening = None

    def labelled(self, start: int, end: int) -> Iterator[QuotedSample]:
        """Yield the quoted texts with labels between two lines."""
        for index in range(start, end):
            match = None if index in self.fences else _LABEL.fullmatch(self.lines[index].text)
            if match is None:
                continue
            if match[2].strip():
                text = quoted(match[2].strip())
                place, stop, inline = index, index + 1, True
            else:
                place = next((i for i in range(index + 1, min(index + 3, end)) if self[i]), end)
                text, stop, inline = self.below(place, end)
            if text and not CODE.search(text):
                yield QuotedSample(match[1].strip(), index, stop, text, inline)

    def below(self, place: int, end: int) -> tuple[str, int, bool]:
        """Return the sample that begins at a line, the line after it, and whether it is inline."""
        if place >= end:
            return "", end, False
        if (stop := self.fences.get(place, 0)) > 0:
            mark = mark_of(self.lines[place].text)
            prose = mark is not None and mark.info.casefold() in PROSE
            own = [line.text for line in self.lines[place + 1 : stop - 1]]
            return "\n".join(own) if prose else "", stop, False
        stop = self.quote_end(place, end)
        if stop > place:
            return "\n".join(self.quotation(place, stop)), stop, False
        return quoted(self[place]), place + 1, True

    def quote_end(self, place: int, end: int) -> int:
        """Return the line after the quotation that begins at a line, or that line if none does."""
        while place < end and place not in self.fences and QUOTE.fullmatch(self.lines[place].text):
            place += 1
        return place

    def quotes_in(self, start: int, end: int) -> bool:
        """Return whether a quotation begins between two lines."""
        return any(self.quote_end(place, end) > place for place in range(start, end))

    def quotation(self, place: int, end: int) -> list[str]:
        """Return the lines of a quotation without their marks."""
        found = (QUOTE.fullmatch(line.text) for line in self.lines[place:end])
        return [match[1] for match in found if match]

    def block(self, place: int, end: int) -> str:
        """Return the text of the block that begins at a line, or at one of the next two."""
        place = next((i for i in range(place, min(place + 3, end)) if self[i]), end)
        if place >= end:
            return ""
        if place in self.fences:
            own = self.lines[place + 1 : self.fences[place] - 1]
            return " ".join(line.text for line in own)
        most = min(place + _LINES, end)
        stop = next((i for i in range(place, most) if not self[i]), most)
        return " ".join(self[i].strip("> ") for i in range(place, stop))

    def __getitem__(self, index: int) -> str:
        return self.lines[index].text.strip()


def records_in(texts: GuideTexts, start: int, end: int) -> Iterator[Record]:
    """Yield the labels between two lines with their values, on the same line or the block below."""
    for place in range(start, end):
        text = texts[place]
        if place in texts.fences or not text or text.startswith((">", "#")):
            continue
        if text.startswith("|"):
            cells = cells_of(text)
            if len(cells) == 2 and all(cell.strip("-: ") for cell in cells):
                yield Record(cells[0], cells[1], 0)
            continue
        match = _LABEL.fullmatch(text)
        label = label_of(without_bullet(text))
        words = match[1] if match else label.words if label else ""
        if not words:
            continue
        rest = (match[2] if match else label.rest if label else "").strip()
        below = "" if rest else texts.block(place + 1, end)
        if rest or below:
            yield Record(words, rest or below, 0, passage=not rest)
