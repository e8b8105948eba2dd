"""Looks up lines in ranges of lines, which may overlap, without a look at each range."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class LineRanges:
    """Ranges of lines of one file, first and last line, 1-based."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        numbered = ((start, end, number) for number, (start, end) in enumerate(ranges))
        self._ranges = sorted(numbered)
        self._starts = [start for start, _end, _number in self._ranges]
        # How far each range or one before it reaches.
        self._furthest = list(accumulate((end for _start, end, _number in self._ranges), max))

    def first_in(self, line: int, end_line: int) -> int | None:
        """Return the index, by first line, of the first range that contains any of some lines."""
        # The first one that ends on the line or after it. Others end later, and begin later.
        at = bisect_right(self._furthest, line - 1)
        return at if at < len(self._starts) and self._starts[at] <= end_line else None

    def around(self, line: int) -> list[int]:
        """Return which ranges contain a line, by their numbers in the order given."""
        found: list[int] = []
        at = bisect_right(self._starts, line)
        while at and self._furthest[at - 1] >= line:
            at -= 1
            _start, end, number = self._ranges[at]
            if end >= line:
                found.append(number)
        return sorted(found)
