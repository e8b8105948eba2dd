"""The words of a chapter's files, indexed so that samples can be searched for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.measure import folded, plain_typography
from sphinxext_revguide.text.sample_words import words_in

_ANCHOR_LENGTHS = (3, 2)
_COMMON = 6
"""A run of words at more places than this does not identify a place."""
_WHOLE_LINE = 5
"""A line of fewer words than this must match a whole line of the chapter."""

Word = tuple[str, int]
"""A word and its 1-based line."""
Places = dict[tuple[str, ...], list[int]]
"""Where each run of words begins."""


def words_of(text: str) -> list[Word]:
    """Cut a text into lower-case words with their lines, without markup and symbols."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        found += [(word, number) for word in words_in(line)]
    return found


@record(frozen=True, slots=False)
class Source:
    """The text of a file of a chapter, as readers see it."""

    path: str
    text: str

    @cached_property
    def digest(self) -> str:
        """A hash of the file's name and text."""
        text = f"{self.path}\0{self.text}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def plain(self) -> str:
        """The text with ASCII quotes and dashes."""
        return plain_typography(self.text)

    @cached_property
    def folded(self) -> str:
        """The text in lower case and without line ends, for searching phrases."""
        return folded(self.text)


class WordIndex:
    """The words of a file of a chapter, ready to be searched.

    It takes fifty times the memory of the text, so it is not kept for every chapter of a book.
    """

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.words = words_of(source.text)
        """All words with their lines."""
        self._places: dict[int, Places] = {}

    def _places_of(self, length: int) -> Places:
        """Return where each run of a given number of words begins."""
        if length not in self._places:
            words = [word for word, _line in self.words]
            places: Places = {}
            for index, run in enumerate(
                zip(*(words[start:] for start in range(length)), strict=False)
            ):
                places.setdefault(run, []).append(index)
            self._places[length] = places
        return self._places[length]

    def lines_of(self, sample: Sequence[str], after: int) -> tuple[int, int] | None:
        """Return the first and last line of a run of words, from a line on if it is there.

        A short run must match whole lines.
        """
        size, here, first = len(sample), self.words, None
        begin = tuple(sample[: _ANCHOR_LENGTHS[0]])
        for start in self._places_of(len(begin)).get(begin, ()):
            end = start + size
            if [word for word, _line in here[start:end]] != sample:
                continue
            lines = here[start][1], here[end - 1][1]
            around = [
                line for _word, line in (*here[max(0, start - 1) : start], *here[end : end + 1])
            ]
            if size >= _WHOLE_LINE or not {*lines}.intersection(around):
                if lines[0] >= after:
                    return lines
                first = first or lines
        return first

    def anchors(self, sample: Sequence[str]) -> list[tuple[int, float]]:
        """Return where runs of a sample's words are, each with its evidence for the place."""
        found: list[tuple[int, float]] = []
        for length in _ANCHOR_LENGTHS:
            known = self._places_of(length)
            for index in range(len(sample) - length + 1):
                places = known.get(tuple(sample[index : index + length]), ())
                if len(places) <= _COMMON:
                    found += [(place, 1 / len(places)) for place in places]
            if len(found) >= _ANCHOR_LENGTHS[0]:
                break
        return sorted(found)
