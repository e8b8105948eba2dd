"""Limits how deeply markup may be nested: deeper texts are shown as they were written.

Sphinx, docutils and ``pickle`` walk trees by recursion, and a tree that is too deep ends a build. A
parser reads a line once for each quotation or list around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from docutils import nodes
from markdown_it import MarkdownIt

from sphinxext_revguide.text.late_patterns import late

MAX_DIRECTIVES = 16
"""Nested directives of this extension."""
MAX_BLOCKS = 32
"""Levels of blocks: a quotation is one, a list and its item are two."""
MAX_INLINE = 16
"""Levels of emphasis in a line."""
_MAX_LEVELS_OF_LINES = 50_000
"""The maximum product of lines and levels around them, which takes half a second."""

_OPENS = r"(?: {0,3}> ?| {0,3}(?:[-*+]|[0-9]{1,9}[.)]) )"
_OPENED = late(rf"^(?:{_OPENS})+", re.MULTILINE)
_OPENING = late(_OPENS)
_INDENTED = late(r"^ {2,}(?=(?:>|[-*+] |[0-9]{1,9}[.)] ))", re.MULTILINE)
_MANY_MARKS = 2 * MAX_INLINE
_DEEP = late(rf"({_OPENS}{{2}}){_OPENS}+")


def shallow(line: str) -> str:
    """Return a line that opens at most two quotations or items; what follows them stays."""
    match = _DEEP.match(line)
    return line if match is None else match[1] + line[match.end() :]


def has_deep_blocks(text: str) -> bool:
    """Return whether Markdown is nested too deeply, or too long for its depth, to be parsed."""
    opened = (len(_OPENING.findall(match[0])) for match in _OPENED.finditer(text))
    deepest = max(opened, default=0)
    indented = max((len(match[0]) // 2 for match in _INDENTED.finditer(text)), default=0)
    levels = deepest + min(indented, MAX_BLOCKS)
    return deepest > MAX_BLOCKS or (
        levels > 2 and levels * (text.count("\n") + 1) > _MAX_LEVELS_OF_LINES
    )


def has_deep_inline(text: str) -> bool:
    """Return whether emphasis or links of Markdown are nested too deeply."""
    # Each level takes two marks: few texts have enough of them to be parsed.
    if text.count("*") + text.count("_") + text.count("[") < _MANY_MARKS:
        return False
    if "![" in text and _bracket_depth(text) > MAX_INLINE:
        # The parser reads what is in an image again for every image around it.
        return True
    tokens = _parser().parseInline(text)[0].children or []
    return any(token.level > MAX_INLINE for token in tokens)


def _bracket_depth(text: str) -> int:
    """Return how deep pairs of square brackets are nested."""
    deepest, opened = 0, list[int]()
    for bracket in re.findall(r"[\[\]]", text):
        if bracket == "[":
            opened.append(0)
        elif opened:
            depth = opened.pop() + 1
            deepest = max(deepest, depth)
            if opened:
                opened[-1] = max(opened[-1], depth)
    return deepest


def as_text(text: str) -> str:
    """Return Markdown whose emphasis and links are shown as they are written, on the same lines."""
    return re.sub(r"\\.|([*_\[\]~])", lambda match: f"\\{match[1]}" if match[1] else match[0], text)


def deep_paragraphs(lines: Sequence[str], prose: Iterable[int]) -> Iterator[list[int]]:
    """Yield the paragraphs in which emphasis is nested too deeply, as indices of their lines.

    :param prose: the indices of the lines that are not code, ascending.
    """
    paragraph: list[int] = []
    for index in (*prose, len(lines) + 1):
        goes_on = index < len(lines) and bool(lines[index].strip())
        if paragraph and not (goes_on and index == paragraph[-1] + 1):
            if has_deep_inline("\n".join(lines[number] for number in paragraph)):
                yield paragraph
            paragraph = []
        if goes_on:
            paragraph.append(index)


def is_too_deep(text: str) -> bool:
    """Return whether Markdown is nested too deeply, in its blocks or in a paragraph."""
    return has_deep_blocks(text) or any(map(has_deep_inline, re.split(r"\n[ \t]*\n", text)))


def deeper_than(tree: nodes.Node, levels: int) -> bool:
    """Return whether a tree has more than a given number of levels below its root."""
    level = [tree]
    for _depth in range(levels):
        level = [child for node in level for child in node.children]
        if not level:
            return False
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Brackets are read by recursion up to this depth; emphasis is not.
    return MarkdownIt("commonmark", {"maxNesting": 2 * MAX_INLINE}).enable("strikethrough")
