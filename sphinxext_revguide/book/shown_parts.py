"""The parts of pages that a build shows: anchors, lines, and the section of each line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping

from sphinxext_revguide.book.line_ranges import LineRanges
from sphinxext_revguide.book.lookups import Lazy
from sphinxext_revguide.book.records import Condition, Page
from sphinxext_revguide.model import FileLines


class ShownParts:
    """What a build shows of pages, parts of which may depend on conditions.

    :param holds: returns whether a condition (``only`` or ``ifconfig``, expression) holds.
    """

    def __init__(self, pages: Mapping[str, Page], holds: Callable[[str, str], bool]) -> None:
        self._pages = pages
        self._holds = holds
        self._hidden = Lazy(self._hidden_conditions)
        self._anchors = Lazy(self._hidden_anchors)
        self._lines = Lazy(self._hidden_lines)
        self._sections = Lazy(self._shown_sections)

    def anchor(self, docname: str, anchor: str) -> bool:
        """Return whether the page of an anchor shows it."""
        return anchor not in self._anchors[docname]

    def line(self, docname: str, path: str, line: int) -> bool:
        """Return whether a page shows what is at a line of one of its files."""
        return not self.hides(docname, (path, line, line))

    def hides(self, docname: str, lines: FileLines) -> bool:
        """Return whether a page hides any of some lines of one of its files."""
        path, line, end_line = lines
        ranges = self._lines[docname].get(path)
        return ranges is not None and ranges.first_in(line, end_line) is not None

    def is_whole(self, docname: str) -> bool:
        """Return whether all of a page is shown."""
        return not self._hidden[docname]

    def section_at(self, docname: str, path: str, line: int) -> str:
        """Return the anchor of the shown section that contains a line, or an empty string."""
        starts, anchors = self._sections[docname].get(path, ([], []))
        at = bisect_right(starts, line)
        return anchors[at - 1] if at else ""

    def _hidden_conditions(self, docname: str) -> list[Condition]:
        page = self._pages.get(docname)
        return [
            condition
            for condition in (page.conditions if page else ())
            if not self._holds(condition.kind, condition.expression)
        ]

    def _hidden_anchors(self, docname: str) -> frozenset[str]:
        return frozenset().union(*(condition.anchors for condition in self._hidden[docname]))

    def _hidden_lines(self, docname: str) -> dict[str, LineRanges]:
        found: dict[str, list[tuple[int, int]]] = {}
        for condition in self._hidden[docname]:
            end = condition.end_line or _END_OF_FILE
            found.setdefault(condition.path, []).append((condition.line, end))
        return {path: LineRanges(ranges) for path, ranges in found.items()}

    def _shown_sections(self, docname: str) -> dict[str, tuple[list[int], list[str]]]:
        found: dict[str, tuple[list[int], list[str]]] = {}
        for path, start, anchor in sorted(self._pages[docname].sections):
            if self.anchor(docname, anchor):
                starts, anchors = found.setdefault(path, ([], []))
                starts.append(start)
                anchors.append(anchor)
        return found


_END_OF_FILE = 1_000_000_000
