"""Finds where a comment is in its file, and which lines the block below it has.

The parsers tell neither. MyST gives a comment the line of the block above it, and in an included
file the path of the page; docutils gives it the line of the block below, or none in a list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeGuard

from docutils import nodes
from sphinx.addnodes import highlightlang, tabular_col_spec

from sphinxext_revguide.model import FileLine, FileLines
from sphinxext_revguide.page_source import page_source

_UNSEEN = (nodes.Invisible, highlightlang, tabular_col_spec)
"""Elements that readers do not see between a comment and the block below it, such as index entries.
"""
_END_OF_FILE = 1_000_000_000


class CommentPlaces:
    """Finds the comments of a page that contain a word, and the blocks below them.

    :param path: the page's file.
    :param text: its text; empty if the comments know their lines.
    :param word: the word; a line of a comment is recognised by the text from this word on.
    """

    def __init__(self, path: str, text: str, word: str) -> None:
        self._path = path
        self._word = word
        self._lines = {path: self._lines_with_word(text)}
        self._neighbours = _Neighbours()
        self._below: dict[tuple[int, str], tuple[int, tuple[FileLines, ...]]] = {}

    def place_of(self, comment: nodes.comment | nodes.raw, text: str = "") -> FileLine:
        """Return the file and line of a comment, or of a text in it.

        :param text: the line is looked up between the blocks above and below the comment; without
            a text, it is the line that the parser tells.
        """
        source, line = comment.source or self._path, int(comment.line or 0)
        first = self._from_word(text.partition("\n")[0])
        if not first:
            return source, max(line, 1)
        above = _begin(self._neighbours.above(comment))
        below = _begin(next(self._neighbours.following(comment), None))
        near = [place[0] for place in (below, above) if place] if source == self._path else []
        for file in dict.fromkeys([*near, source]):
            lines = self._lines_of(file, first)
            lowest = above[1] if above and above[0] == file else 0
            if below and below[0] == file:
                at = bisect_right(lines, below[1]) - 1
            else:
                at = bisect_left(lines, lowest) if lowest else -1
            if 0 <= at < len(lines) and lines[at] >= lowest:
                return file, lines[at]
        if below and below[0] == source:
            return source, max(below[1] - 1, 1)
        return source, _nearest(self._lines_of(source, first), line) or max(line, 1)

    def lines_below(self, comment: nodes.comment, place: FileLine) -> tuple[FileLines, ...]:
        """Return the lines of the block below a comment, such as the next section.

        :param place: the file and line of the comment.
        :returns: the lines from the comment to the end of the block, and those of files that the
            block includes.
        """
        source, line = place
        block = self._neighbours.block_below(comment)
        if block is None:
            return ((source, line, line),)
        key = id(block), source
        if key not in self._below:  # a block may have many comments above it
            following = (begin for begin in map(_begin, self._neighbours.following(block)) if begin)
            ends = (first - 1 for file, first in following if file in ("", source))
            self._below[key] = next(ends, _END_OF_FILE), included_lines([block], source)
        end, included = self._below[key]
        return (source, line, end), *included

    def _lines_of(self, path: str, first: str) -> list[int]:
        """Return the lines of a file that contain the word and end with a text."""
        if path not in self._lines:
            try:
                text = page_source(Path(path))
            except (OSError, ValueError):
                text = ""
            self._lines[path] = self._lines_with_word(text)
        return self._lines[path].get(first, [])

    def _lines_with_word(self, text: str) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, line in enumerate(text.split("\n") if self._word in text else (), 1):
            if said := self._from_word(line):
                found.setdefault(said, []).append(number)
        return found

    def _from_word(self, line: str) -> str:
        """Return a line from the word on; "" if it does not contain the word."""
        _before, word, rest = line.partition(self._word)
        return (word + rest).rstrip()


def _nearest(lines: list[int], line: int) -> int:
    """Return which of some sorted lines is nearest to another one, the later of two; else 0."""
    at = bisect_left(lines, line)
    around = lines[max(at - 1, 0) : at + 1]
    return min(around, key=lambda other: (abs(other - line), -other), default=0)


def included_lines(parts: Iterable[nodes.Node], source: str) -> tuple[FileLines, ...]:
    """Return the lines that some elements have of files other than their own.

    :param source: the file that includes the others.
    """
    found: dict[str, list[int]] = {}
    for part in parts:
        for node in part.findall(nodes.Element):
            if node.line and node.source and node.source != source:
                found.setdefault(node.source, []).append(node.line)
    return tuple((path, min(lines), max(lines)) for path, lines in found.items())


class _Neighbours:
    """Knows the blocks above and below each node of a tree that does not change meanwhile.

    The children of an element are read once: thousands of comments may follow each other.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[nodes.Element | None, nodes.Element | None]] = {}

    def above(self, node: nodes.Element) -> nodes.Element | None:
        """Return the block above a node, with the same parent."""
        return self._of(node)[0]

    def following(self, node: nodes.Element) -> Iterator[nodes.Element]:
        """Yield the blocks that follow a node, also those that follow what contains it."""
        current: nodes.Element | None = node
        while current is not None:
            block = self._of(current)[1]
            while block is not None:
                yield block
                block = self._of(block)[1]
            current = current.parent

    def block_below(self, comment: nodes.Element) -> nodes.Element | None:
        """Return the block that a comment is above: the next one, or the next section."""
        node = comment
        while (block := self._of(node)[1]) is None and isinstance(node.parent, nodes.section):
            node = node.parent
        return block

    def _of(self, node: nodes.Element) -> tuple[nodes.Element | None, nodes.Element | None]:
        if node.parent is None:
            return None, None
        if id(node) not in self._known:
            self._read(node.parent.children)
        return self._known[id(node)]

    def _read(self, children: Sequence[nodes.Node]) -> None:
        block: nodes.Element | None = None
        above = []
        for child in children:
            above.append(block)
            if _is_block(child):
                block = child
        block = None
        for child, before in zip(reversed(children), reversed(above), strict=True):
            self._known[id(child)] = before, block
            if _is_block(child):
                block = child


def _is_block(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Return whether a node is a block that readers see; comments do not tell their lines."""
    return isinstance(node, nodes.Element) and not isinstance(node, _UNSEEN)


def _begin(block: nodes.Element | None) -> FileLine | None:
    """Return where a block begins, as it or the first block in it that has a line says."""
    blocks = filter(_is_block, block.findall(nodes.Element)) if block is not None else ()
    return next(((each.source or "", each.line) for each in blocks if each.line), None)
