"""The text that readers see on a page, with the source line of each element.

Comments, front matter, markup, footnote marks and text that a build omits do not count. The text of
each file has the lines of that file, so that everything found in it has a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain, islice, repeat
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import only
from sphinx.ext.ifconfig import ifconfig

from sphinxext_revguide.markup.notebooks import page_text
from sphinxext_revguide.markup.table_rows import place_of
from sphinxext_revguide.markup.tree_attributes import QUOTATION
from sphinxext_revguide.markup.tree_contents import elements_in, text_in
from sphinxext_revguide.text.late_patterns import late

_CONDITIONAL = (only, ifconfig)
_UNREAD = (
    nodes.Invisible,
    nodes.comment,
    nodes.system_message,
    nodes.substitution_definition,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.docinfo,
    nodes.label,
)
_TAG = late(r"<!--.*?(?:-->|\Z)|<[^<>]{0,500}>", re.DOTALL)
_BREAK = late(r"<(?:br|hr)\b[^<>]{0,100}>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_NEAR = (0, 1, -1, -2, 2, -3, -4, 3)
"""How far a text may be from the line that a parser gives: some parsers count fences around it."""
_FIRST_WORDS = 4
_LAST_WORDS = 2
_Block = tuple[nodes.Element, int | None, str]
"""An element that contains text, and its line and file, if they are told."""
_BETWEEN = " | "
"""Separates two blocks on one line, such as cells of a table, so that no phrase spans both."""
_END = "|"
"""Ends a block, so that no phrase spans two paragraphs or list items."""


def condition_of(node: nodes.Element) -> tuple[str, str] | None:
    """Return the directive and the expression of a part that only some builds show."""
    if not isinstance(node, _CONDITIONAL):
        return None
    return ("only" if isinstance(node, only) else "ifconfig"), str(node.get("expr", ""))


def readable_texts(
    document: nodes.document, path: Path, text: str | None, holds: Callable[[str, str], bool]
) -> dict[Path, str]:
    """Return the readable text of each file that a page is made of.

    :param document: the page as it was read, with references not yet resolved.
    :param path: its file.
    :param text: the text that was parsed, if it is not the text of the file.
    :param holds: says whether a condition holds, by the name of its directive and its expression.
    """
    layout = _Layout(path, text)
    for block, line, source in _blocks(document, holds):
        layout.add(block, _text(block), line, source)
    return layout.texts()


def _blocks(
    root: nodes.Element, holds: Callable[[str, str], bool], line: int = 1
) -> Iterator[_Block]:
    """Yield the elements that contain text, in reading order."""
    for node in root.children:
        if not isinstance(node, nodes.Element) or _is_unread(node):
            continue
        condition = condition_of(node)
        if condition and not holds(*condition):
            continue
        line = _line(node) or line
        if isinstance(node, nodes.tgroup):
            yield from _cells(node)
        elif isinstance(node, nodes.TextElement | nodes.raw):
            yield node, line, _source(node)
        else:
            yield from _blocks(node, holds, line)


def _cells(group: nodes.Element) -> Iterator[_Block]:
    """Yield the texts of a table, each with the place that the parser tells for it or its row."""
    rows = list(group.findall(nodes.row))
    place = place_of(group.parent, rows)
    for row, line in zip(rows, place.rows or chain([place.line], repeat(None)), strict=False):
        for node in elements_in(row):
            is_text = isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline)
            # A table in a cell has rows of its own.
            if is_text and not _is_unread(node) and _row_of(node) is row:
                told = place.source if place.rows and not place.by_text else ""
                own = _line(node) if place.by_text else 0
                yield node, own or line, told or _source(node)


def _row_of(node: nodes.Element) -> nodes.Node:
    return next(above for above in _above(node) if isinstance(above, nodes.row))


def _source(node: nodes.Element) -> str:
    """Return the file that the parser tells for an element or for what contains it, or ""."""
    return next((str(above.source) for above in _above(node) if above.source), "")


def _is_unread(node: nodes.Element) -> bool:
    if isinstance(node, _UNREAD):
        # ``_`text```: a target in the midst of a text shows its text.
        if not (isinstance(node, nodes.target) and node.children):
            return True
    elif isinstance(node, nodes.raw) and "html" not in str(node.get("format", "")).split():
        return True
    # Every element of a page is looked at: each method of a node is a call of its own.
    attributes = node.attributes
    return (
        attributes.get("refdomain") == "citation"
        or bool(attributes.get(QUOTATION))
        or "revguide-locked" in attributes.get("classes", ())
    )


def _text(node: nodes.Element) -> str:
    """Return the text of an element that is read."""
    if isinstance(node, nodes.raw):
        return _TAG.sub(_blank, _BREAK.sub(" ", node.astext()))
    return "".join(map(_text_within, node.children))


def _text_within(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return text_in(node)
    assert isinstance(node, nodes.Element)  # noqa: S101 -- for the type checker
    return "" if _is_unread(node) else _text(node)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _line(node: nodes.Element) -> int:
    return int(node.line or 0)


class _WordsOf(dict[str, frozenset[str]]):
    """The words of each line that is asked for; most lines of code and of tables never are."""

    def __missing__(self, line: str) -> frozenset[str]:
        found = self[line] = frozenset(_WORD.findall(line))
        return found


class _File:
    """A file of a page: its lines as they are written, and what is read on them, by number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read: dict[int, list[str]] = {}
        self.last = 1
        """The last line of the text that was put in last."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines as they are written; none where the file cannot be read."""
        try:
            return page_text(self.path).split("\n")
        except OSError:
            return []

    @cached_property
    def lines_with(self) -> dict[str, set[int]]:
        """The numbers of the lines that contain a word, by word."""
        found: dict[str, set[int]] = {}
        for number, line in enumerate(self.lines, 1):
            for word in _WORD.findall(line):
                found.setdefault(word, set()).add(number)
        return found

    def text(self) -> str:
        """Return what is read."""
        numbers = range(1, max(self.read, default=0) + 1)
        return "\n".join(_BETWEEN.join(self.read.get(number, ())) for number in numbers)


class _Layout:
    """Puts texts on the lines of their files."""

    def __init__(self, path: Path, text: str | None) -> None:
        self._page = _File(path)
        self._files = {path: self._page}
        self._by_source = {str(path): self._page}
        self._words = _WordsOf()
        if text is not None:
            self._page.lines = text.split("\n")

    def add(self, block: nodes.Element, text: str, line: int | None, source: str) -> None:
        """Put the text of a block on its lines; one without a line follows the text before."""
        file = self._file(source)
        line = line or file.last
        lines = text.split("\n")
        while lines and not lines[0].strip():
            lines.pop(0)
            line += isinstance(block, nodes.raw)
        own: dict[int, list[str]] = {}
        for number, content in enumerate(map(str.strip, lines)):
            if content:
                at = self._place(file, line + number, content)
                own.setdefault(at, []).append(content)
                line = at if number == 0 else line
        if not own:
            return
        file.last = max(own)
        if not isinstance(block, nodes.line):
            own[file.last].append(_END)
        for at, parts in own.items():
            file.read.setdefault(at, []).append(" ".join(parts))

    def _file(self, source: str) -> _File:
        """Return a file; what no file holds, such as a docstring, is the page's."""
        if not source:
            return self._page
        found = self._by_source.get(source)
        if found is None:
            path = Path(source)
            found = self._page
            if path in self._files or path.is_file():
                found = self._files.setdefault(path, _File(path))
            self._by_source[source] = found
        return found

    def _place(self, file: _File, line: int, content: str) -> int:
        """Return the line near the one given that has the first words of a text."""
        lines, words_of = file.lines, self._words
        # Most texts are a whole line, or a cell between blanks: all their words are there.
        written = lines[line - 1] if 0 < line <= len(lines) else ""
        if content == written or f" {content} " in written:
            return line
        wanted = [word[0] for word in islice(_WORD.finditer(content), _FIRST_WORDS)]
        for near in _NEAR:
            index = line + near - 1
            if 0 <= index < len(lines) and words_of[lines[index]].issuperset(wanted):
                return index + 1
        # Some directives put words before a text, others give it no line of its own.
        ends = _WORD.findall(content)[-_FIRST_WORDS:]
        if ends and words_of[written].issuperset(ends[-_LAST_WORDS:]):
            return line
        after = max(line, max(file.read, default=0))
        for words in filter(None, (ends, wanted)):
            there = set.intersection(*(file.lines_with.get(word, set()) for word in words))
            if there:
                return min(there, key=lambda at: (abs(at - after), at))
        return max(1, min(line, len(lines))) if lines else max(1, line)

    def texts(self) -> dict[Path, str]:
        """Return the text of each file."""
        return {
            path: file.text()
            for path, file in self._files.items()
            if file.read or file is self._page
        }


def _above(node: nodes.Node | None) -> Iterator[nodes.Node]:
    while node is not None:
        yield node
        node = node.parent
