"""Notebooks: the words of an .ipynb file, and lines of the file instead of MyST-NB's.

MyST-NB (1.4 and before) counts one line too far, leaves blank lines at the head of a cell out of
its count, and names line 3 of the second cell of an .ipynb file 20004. Once its lines are the
file's, all of this but :func:`page_text` can go; ``tests/test_hosts.py`` will say so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sphinxext_revguide.page_source import page_source
from sphinxext_revguide.text.fence_length import fence_around
from sphinxext_revguide.text.line_ends import bare_lines, split_lines

if TYPE_CHECKING:
    from docutils import nodes

T = TypeVar("T")

Move = Callable[[int], int]
"""Turns a line that MyST-NB gave into a 1-based line of the file."""

SUFFIX = ".ipynb"
_CELL = 10_000
_AHEAD = 1
_LINES = ("line", "end_line", "chapters_line")
_ATTRIBUTES = ("pair_line", "item_line")


def page_text(path: Path) -> str:
    """Return the text of a file of a book.

    For an .ipynb file, this is the source of its cells, each line at its place in the file; lines
    with other content are blank.
    """
    text = page_source(path)
    if path.suffix != SUFFIX:
        return text
    lines = [""] * len(split_lines(text))
    for number, line in (place for _kind, cell in _cells(text) for place in cell):
        lines[number - 1] = f"{lines[number - 1]} {line}" if lines[number - 1] else line
    return "\n".join(lines)


def own_text(path: Path) -> str:
    """Return the text that a page is made of, without the wrapping of an .ipynb file."""
    return without_wrapping(path, page_source(path))


def without_wrapping(path: Path, text: str) -> str:
    """Return the source of the cells of an .ipynb file; the text of any other file as it is."""
    if path.suffix != SUFFIX:
        return text
    return "\n\n".join("\n".join(line for _number, line in cell) for _kind, cell in _cells(text))


def markdown_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of an .ipynb file as a Markdown page, each with its 1-based line.

    Cells of code become blocks of code, and raw cells are left out.
    """
    found: list[tuple[int, str]] = []
    for kind, cell in _cells(text):
        first, last = cell[0][0], cell[-1][0]
        if kind == "code":
            fence = fence_around("\n".join(line for _number, line in cell))
            found += [(first, fence), *cell, (last, fence), (last, "")]
        elif kind == "markdown":
            found += [*cell, (last, "")]
    return found


def mover(path: Path, starts: Sequence[int] | None) -> Move | None:
    """Return the function that converts MyST-NB's lines to lines of the file; None for other pages.

    :param starts: where MyST-NB says that the cells of a Markdown file begin.
    """
    if path.suffix == SUFFIX:
        text = page_source(path)
        return _in_cells([cell for _kind, cell in _cells(text)])
    return _in_markdown(path, starts) if starts else None


def move_tree(document: nodes.document, path: Path, move: Move) -> None:
    """Set the lines of nodes to their lines in the file."""
    for node in document.findall():
        line = getattr(node, "line", None)
        if line and (node.source is None or Path(node.source) == path):
            node.line = move(line)
        for name in _ATTRIBUTES:
            if name in getattr(node, "attributes", ()):
                element = cast("nodes.Element", node)
                element[name] = move(element[name])


def moved(record: T, move: Move) -> T:
    """Return a record of a page with the lines of its file, also in nested records."""
    if isinstance(record, tuple | list):
        return cast("T", type(record)(moved(cell_line, move) for cell_line in record))
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changes: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        changes[field.name] = move(value) if field.name in _LINES else moved(value, move)
    return replace(record, **changes)


def _in_markdown(path: Path, starts: Sequence[int]) -> Move:
    lines = bare_lines(page_source(path))

    def move(line: int) -> int:
        start = max((index for index in starts if index + _AHEAD < line), default=None)
        if start is None:
            return line
        blank = 0
        while start + blank < len(lines) and not lines[start + blank].strip():
            blank += 1
        return line - _AHEAD + blank

    return move


def _in_cells(cells: list[list[tuple[int, str]]]) -> Move:
    def move(line: int) -> int:
        number, index = line // _CELL - 1, line % _CELL - 1 - _AHEAD
        if not 0 <= number < len(cells) or not cells[number]:
            return line
        return cells[number][min(max(index, 0), len(cells[number]) - 1)][0]

    return move


def _cells(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the type and the lines of each cell of an .ipynb file.

    Each line comes with its 1-based line in the file.
    """
    try:
        cells = [(str(cell.get("cell_type")), cell["source"]) for cell in json.loads(text)["cells"]]
    except (ValueError, LookupError, TypeError, AttributeError):
        return
    file = bare_lines(text)
    strings = [_string(line) for line in file]
    at = 0
    for kind, source in cells:
        # Jupyter writes an empty list for an empty cell.
        is_listed = isinstance(source, list) and bool(source)
        pieces = source if is_listed else [source or ""]
        size = len(pieces)
        # A list of lines as every notebook tool writes it, or else all in the line of the key.
        found = next((i for i in range(at, len(file)) if strings[i : i + size] == pieces), None)
        if found is None or not is_listed:
            keys = (i for i in range(at, len(file)) if '"source"' in file[i])
            found = next(keys, max(at - 1, 0))
            numbers = [found + 1] * size
            at = found + 1
        else:
            numbers = list(range(found + 1, found + 1 + size))
            at = found + size
        yield kind, list(_placed(pieces, numbers))


def _placed(pieces: list[str], numbers: list[int]) -> Iterator[tuple[int, str]]:
    ends = [0]
    for piece in pieces:
        ends.append(ends[-1] + len(piece))
    place = 0
    spans = list(zip(pairwise(ends), numbers, strict=True))
    for line in "".join(pieces).split("\n"):
        number = next((n for (start, end), n in spans if start <= place < end), numbers[-1])
        yield number, line
        place += len(line) + 1


def _string(line: str) -> str | None:
    stripped = line.strip().removesuffix(",")
    if not stripped.startswith('"'):
        return None
    try:
        value = json.loads(stripped)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
