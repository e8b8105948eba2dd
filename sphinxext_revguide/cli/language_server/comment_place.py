"""Finds where a comment must be inserted to be above the block that contains a line."""

from __future__ import annotations

from collections.abc import Sequence

from sphinxext_revguide.markup.directive_source import read_opening
from sphinxext_revguide.markup.fence_lines import Fence, read_fence
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late

_TABLES = ("csv-table", "list-table", "table")
"""Directives of docutils whose content must be a table, without a comment."""
_MARKER = late(r"(?:[-*+]|\(?[0-9a-zA-Z#]{1,6}[.)])[ \t]+")
_NOT_OF_A_BLOCK = late(r"#{1,6}[ \t].*|=+|-+|:[\w-]+:(?:[ \t].*)?")
"""Lines above a block that do not belong to it in MyST: headings, underlines, options."""


@record(frozen=True, slots=True)
class CommentPlace:
    """The line (0-based) above which a comment is inserted, its indentation, and its language."""

    line: int
    indent: str
    is_rst: bool


def comment_place(lines: Sequence[str], line: int, *, is_rst: bool) -> CommentPlace:
    """Return where a comment is above the block that contains a line.

    A table that is the content of a directive has the comment above the directive.

    :param line: 0-based.
    :param is_rst: whether the file is reStructuredText; ``eval-rst`` in MyST is recognised.
    """
    if not lines:
        return CommentPlace(0, "", is_rst)
    line = min(line, len(lines) - 1)
    top = 0
    around = None if is_rst else _fence_around(lines, line)
    if around is not None:
        name = _directive(around[0])
        if name in _TABLES:
            return CommentPlace(around[1], _indent(lines[around[1]]), is_rst=False)
        is_rst, top = name == "eval-rst", around[1] + 1
    first = _first_in_rst(lines, line, top) if is_rst else _first_in_myst(lines, line, top)
    return CommentPlace(first, _indent(lines[first]), is_rst)


def _fence_around(lines: Sequence[str], line: int) -> tuple[Fence, int] | None:
    """Return the innermost directive in a fence that contains a line, and its 0-based line."""
    opened: list[tuple[Fence, int]] = []
    for index, text in enumerate(lines[:line]):
        fence = read_fence(text)
        if fence is None:
            continue
        if opened and fence.closes(opened[-1][0].mark):
            opened.pop()
        elif not opened or opened[-1][0].is_directive:
            opened.append((fence, index))
    return opened[-1] if opened else None


def _directive(fence: Fence) -> str:
    return fence.info[1:].partition("}")[0] if fence.is_directive else ""


def _first_in_myst(lines: Sequence[str], line: int, top: int) -> int:
    while line > top and _continues(lines[line - 1].strip(), lines[line].strip(), lines[line - 1]):
        line -= 1
    return line


def _continues(above: str, text: str, whole: str) -> bool:
    """Return whether a line belongs to the same block as the line above it."""
    if not above or read_fence(above) or _NOT_OF_A_BLOCK.fullmatch(above):
        return False
    if above.startswith("|") != text.startswith("|"):
        return False
    return not _MARKER.match(text) or bool(_MARKER.match(above)) or whole[0] in " \t"


def _first_in_rst(lines: Sequence[str], line: int, top: int) -> int:
    while line > top and lines[line - 1].strip():
        above, width = lines[line - 1], len(_indent(lines[line]))
        marker = _MARKER.match(above.strip())
        is_item = marker is not None and len(_indent(above)) + len(marker[0]) == width
        if len(_indent(above)) != width and not is_item:
            break
        line -= 1
    width = len(_indent(lines[line]))
    for index in range(line - 1, top - 1, -1):
        text = lines[index]
        if text.strip() and len(_indent(text)) < width:
            width = len(_indent(text))
            opening = read_opening(text)
            if opening is not None:
                return index if opening.name in _TABLES else line
    return line


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]
