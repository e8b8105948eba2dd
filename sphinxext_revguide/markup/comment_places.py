"""Where a comment is in its file, and which lines the block below it has.

The parsers tell neither. MyST gives a comment the line of the block above it, and in an included
file the path of the page; docutils gives it the line of the block below, or none in a list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from docutils import nodes
from sphinx.addnodes import highlightlang, tabular_col_spec

from sphinxext_revguide.files import read_text
from sphinxext_revguide.model import FileLine, FileLines

_UNSEEN = (nodes.Invisible, highlightlang, tabular_col_spec)
"""What stands between a comment and the block that readers see below it, such as index entries."""
_END_OF_FILE = 1_000_000_000


class CommentPlaces:
    """Finds the comments of a page that contain a word.

    :param path: the page's file.
    :param text: its text; empty if the comments know their lines.
    :param word: the word; a line of a comment is recognised by the text from this word on.
    """

    def __init__(self, path: str, text: str, word: str) -> None:
        self._path = path
        self._word = word
        self._lines = {path: self._lines_with_word(text)}

    def place_of(self, comment: nodes.comment | nodes.raw, text: str = "") -> FileLine:
        """Return the file and line of a comment, or of a text in it.

        :param text: the line is looked up between the blocks above and below the comment; without
            a text, it is the line that the parser tells.
        """
        source, line = comment.source or self._path, int(comment.line or 0)
        first = self._from_word(text.partition("\n")[0])
        if not first:
            return source, max(line, 1)
        above, below = _begin(_block_above(comment)), _begin(next(_following(comment), None))
        near = [place[0] for place in (below, above) if place] if source == self._path else []
        for file in dict.fromkeys([*near, source]):
            lines = self._lines_of(file, first)
            lowest = above[1] if above and above[0] == file else 0
            if below and below[0] == file:
                found = lines[: bisect_right(lines, below[1])][-1:]
            else:
                found = lines[bisect_left(lines, lowest) :][:1] if lowest else []
            if found and found[0] >= lowest:
                return file, found[0]
        if below and below[0] == source:
            return source, max(below[1] - 1, 1)
        return source, _nearest(self._lines_of(source, first), line) or max(line, 1)

    def _lines_of(self, path: str, first: str) -> list[int]:
        """Return the lines of a file that contain the word and end with a text."""
        if path not in self._lines:
            try:
                text = read_text(Path(path))
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
        """Return a line from the word on; nothing if it does not contain the word."""
        _before, word, rest = line.partition(self._word)
        return (word + rest).rstrip()


def _nearest(lines: list[int], line: int) -> int:
    """Return the line that is nearest to another one, the later of two; 0 if there is none."""
    return min(lines, key=lambda other: (abs(other - line), -other), default=0)


def lines_below(comment: nodes.Element, place: FileLine) -> tuple[FileLines, ...]:
    """Return the lines of the block below a comment, such as the next section.

    :param place: the file and line of the comment.
    :returns: the lines from the comment to the end of the block, and those of files that the block
        includes.
    """
    source, line = place
    block = _block_below(comment)
    if block is None:
        return ((source, line, line),)
    following = (begin for begin in map(_begin, _following(block)) if begin)
    ends = (first - 1 for file, first in following if file in ("", source))
    return (source, line, next(ends, _END_OF_FILE)), *included_lines([block], source)


def included_lines(parts: Iterable[nodes.Node], source: str) -> tuple[FileLines, ...]:
    """Return the lines of other files that some elements and all below them are from.

    :param source: the file that they are in.
    """
    found: dict[str, list[int]] = {}
    for part in parts:
        for node in part.findall(nodes.Element):
            if node.line and node.source and node.source != source:
                found.setdefault(node.source, []).append(node.line)
    return tuple((path, min(lines), max(lines)) for path, lines in found.items())


def _following(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the blocks that follow a node, also those that follow what contains it."""
    current: nodes.Element | None = node
    while current is not None and (parent := current.parent) is not None:
        yield from filter(_is_block, parent.children[parent.index(current) + 1 :])
        current = parent


def _block_below(comment: nodes.Element) -> nodes.Element | None:
    """Return the block that a comment is above: the next one, or the next section."""
    node, parent = comment, comment.parent
    while parent is not None:
        block = next(filter(_is_block, parent.children[parent.index(node) + 1 :]), None)
        if block is not None or not isinstance(parent, nodes.section):
            return block
        node, parent = parent, parent.parent
    return None


def _block_above(node: nodes.Element) -> nodes.Element | None:
    if node.parent is None:
        return None
    siblings = node.parent.children[: node.parent.index(node)]
    return next(filter(_is_block, reversed(siblings)), None)


def _is_block(node: nodes.Node) -> TypeGuard[nodes.Element]:
    """Return whether a node is a block that readers see; comments do not tell their lines."""
    return isinstance(node, nodes.Element) and not isinstance(node, _UNSEEN)


def _begin(block: nodes.Element | None) -> FileLine | None:
    """Return where a block begins, as it or the first block in it that has a line says."""
    blocks = filter(_is_block, block.findall(nodes.Element)) if block is not None else ()
    return next(((each.source or "", each.line) for each in blocks if each.line), None)
