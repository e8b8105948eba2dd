"""Reads a MyST page as blocks, with the parser of MyST-Parser, and edits them in place.

A page is a sequence of headings, texts and directives; directives that contain parts of a guide are
read into. Printing an unchanged page gives the same bytes, and an edit changes only its own lines:
line ends, blank lines, comments and the form of options stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.directive_source import (
    OptionBlock,
    read_opening,
    read_options,
    set_option,
)
from sphinxext_revguide.markup.fence_lines import read_fence, separator_places

GUIDE, ISSUE, LOCKED, PAIR = "revision-guide", "revision-issue", "locked-preserve", "before-after"
_PARTS = (GUIDE, ISSUE, LOCKED)
"""Directives of which a guide consists, and whose bodies are read into blocks."""
OPTIONS_OF_PAIR = ("before", "after", "separator", "missing", "layout", "format")
"""The options of a pair; anything else at its head is quoted text."""
_LITERAL = (
    "code", "code-block", "code-cell", "eval-rst", "example", "literalinclude", "math",
    "parsed-literal", "prompt", "raw", "sourcecode",
)  # fmt: skip
"""Directives that show the source of others instead of containing them."""
_DEEPEST = 16
"""Directives nested deeper than this are not read into."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KINDS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "colon_fence": "fence",
    "fence": "fence",
    "front_matter": "front matter",
    "heading_open": "heading",
    "myst_line_comment": "comment",
    "table_open": "table",
}


@dataclass(eq=False, slots=True)
class Block:
    """A block of a page.

    :ivar kind: ``heading``, ``list``, ``table``, ``fence``, ``comment``, ``front matter``,
        ``directive``, or ``text`` for everything else.
    :ivar lines: its lines, with their ends; of a directive, the opening line and the options.
    :ivar gap: the blank lines above it.
    :ivar name: of a directive.
    :ivar level: of a heading.
    :ivar body: the blocks in a directive that is read into.
    :ivar content: the lines below the options of any other directive.
    :ivar tail: the blank lines at the end of a directive that is read into, and the line that
        closes a directive; none if nothing closes it.
    :ivar is_edited: whether its lines, or those of a block in it, have changed.
    """

    kind: str
    lines: list[str]
    gap: list[str] = field(default_factory=list)
    name: str = ""
    level: int = 0
    body: list[Block] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    is_edited: bool = False

    @property
    def title(self) -> str:
        """The text after the name of a directive in its first line."""
        opening = read_opening(self.lines[0])
        return opening.title if opening else ""

    @property
    def options(self) -> dict[str, str]:
        """The options of a directive; if a name is repeated, the first counts."""
        read = _options([line.rstrip("\r\n") for line in self.lines[1:]], self.name).options
        return {option.name: option.value for option in reversed(read)}

    @property
    def text(self) -> str:
        """The source of the block, with line feeds between the lines and none at its end."""
        return plain(self._printed())

    @property
    def inside(self) -> str:
        """The source below the options of a directive, without blank lines around it."""
        return plain([*self.content, *(line for block in self.body for line in block.print())])

    def print(self) -> Iterator[str]:
        """Yield the lines of the block, with the blank lines above it."""
        yield from self.gap
        yield from self._printed()

    def _printed(self) -> Iterator[str]:
        yield from self.lines
        yield from self.content
        for block in self.body:
            yield from block.print()
        yield from self.tail

    def set_option(self, name: str, value: str | None) -> None:
        """Set an option of a directive, or remove it."""
        set_option(self.lines, 0, name, value)
        self.is_edited = True

    def set_title(self, title: str) -> None:
        """Replace the text after the name of a directive."""
        line = self.lines[0]
        head = line[: line.index("{")] + f"{{{self.name}}} {title}".rstrip()
        self.lines[0] = head + line[len(line.rstrip("\r\n")) :]
        self.is_edited = True
        if "`" in title:
            self._set_mark("~" * len(self._mark()))

    def set_lines(self, text: str) -> None:
        """Replace the source of the block."""
        self.lines = split_at(text, line_end(self.lines))
        self.body, self.content, self.tail = [], [], []
        self.is_edited = True

    def set_content(self, text: str) -> None:
        """Replace the content below the options of a directive that is not read into."""
        end, was = line_end(self.lines), self.content
        full = [place for place, line in enumerate(was) if line.strip()] or [len(was)]
        above, below = was[: full[0]], was[full[-1] + 1 :]
        if not above and (len(self.lines) > 1 or text.lstrip().startswith((":", "---"))):
            above = [end]  # so that the text is not taken for an option
        self.content = [*above, *split_at(text, end), *below]
        self.is_edited = True

    def convert(self, end: str) -> None:
        """Set the line ends of all lines of the block, including blank lines."""
        for block in every_block([self]):
            for part in (block.gap, block.lines, block.content, block.tail):
                part[:] = [line.rstrip("\r\n") + end for line in part]
        self.is_edited = True

    def fit(self) -> bool:
        """Lengthen the fences of edited blocks so that nothing inside closes them.

        :returns: whether the block, or one in it, was edited.
        """
        inner = [block.fit() for block in self.body]
        self.is_edited = self.is_edited or any(inner)
        if self.is_edited and self.kind == "directive":
            inside = [*self.content, *(line for block in self.body for line in block.print())]
            fences = [fence for fence in map(read_fence, inside) if fence]
            mark = self._mark()
            runs = [len(fence.mark) for fence in fences if fence.closes(mark)]
            if runs:
                self._set_mark(mark[0] * (max(runs) + 1))
        return self.is_edited

    def close(self) -> None:
        """End the last line, and close a fence that nothing closes: another block can follow."""
        last, end = self._last_lines(), line_end(self.lines)
        if not last[-1].endswith(("\n", "\r")):
            last[-1] += end
        if self.kind not in ("directive", "fence"):
            return
        opening = read_fence(self.lines[0])
        own = self.tail if self.kind == "directive" else self.lines[1:]
        closing = read_fence(own[-1]) if own else None
        if opening and not (closing and closing.closes(opening.mark)):
            (self.tail if self.kind == "directive" else self.lines).append(opening.mark + end)

    def _last_lines(self) -> list[str]:
        """Return the list that contains the last line of the block."""
        if self.tail or not (self.body or self.content):
            return self.tail or self.lines
        return self.body[-1]._last_lines() if self.body else self.content

    def _mark(self) -> str:
        opening = read_opening(self.lines[0])
        return opening.mark if opening else "```"

    def _set_mark(self, mark: str) -> None:
        was = self._mark()
        self.lines[0] = self.lines[0].replace(was, mark, 1)
        if self.tail and read_fence(self.tail[-1]):
            closing = self.tail[-1].strip()
            self.tail[-1] = self.tail[-1].replace(closing, mark)


@dataclass(eq=False, slots=True)
class Page:
    """The blocks of a page, and the blank lines at its end."""

    blocks: list[Block]
    tail: list[str]
    end: str

    def print(self) -> str:
        """Return the source of the page."""
        for block in self.blocks:
            block.fit()
        return "".join([*(line for block in self.blocks for line in block.print()), *self.tail])


def guide_of(page: str) -> str:
    """Return the id of the first guide of a page, or an empty text."""
    blocks = every_block(read_page(page).blocks)
    return next((block.title.strip() for block in blocks if block.name == GUIDE), "")


def read_page(text: str) -> Page:
    """Read the blocks of a page, whatever its line ends."""
    lines = _LINE.findall(text)
    blocks, tail = _read(lines, 0)
    return Page(blocks, tail, line_end(lines))


def text_block(text: str, kind: str = "text") -> Block:
    """Return a block to be inserted into a page."""
    return Block(kind, split_at(text, "\n"))


def samples_of(pair: Block) -> tuple[str, str]:
    """Return the BEFORE and the AFTER of a ``before-after``; the AFTER may be empty."""
    lines = pair.inside.split("\n")
    places = separator_places(lines, pair.options.get("separator", ""))
    cut = places[0] if places else len(lines)
    return "\n".join(lines[:cut]).strip("\n"), "\n".join(lines[cut + 1 :]).strip("\n")


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks and those inside them, in the order of the page."""
    for block in blocks:
        yield block
        yield from every_block(block.body)


def numbered_issues(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield the issues with their numbers; issues without a number are counted."""
    highest = 0
    for block in every_block(blocks):
        if block.name == ISSUE:
            number = block.options.get("number") or str(highest + 1)
            highest = max(highest, leading_number(number))
            yield number, block


def insert_blocks(blocks: list[Block], added: Mapping[int, Sequence[Block]], end: str) -> None:
    """Put new blocks among others, with a blank line above and below each.

    :param blocks: the blocks of a page or a directive, which are changed.
    :param added: the new blocks, by the place of the block above which they go.
    :param end: the line end of the page.
    """
    merged: list[Block] = []
    for place in range(len(blocks) + 1):
        following = blocks[place] if place < len(blocks) else None
        new = added.get(place, ())
        for block in new:
            if merged:
                merged[-1].close()
            block.convert(end)
            block.gap = [end] if merged or not following else following.gap
            merged.append(block)
        if following is not None:
            if new and not (following.gap and merged[0] is not new[0]):
                following.gap = [end]
            merged.append(following)
    blocks[:] = merged


def line_end(lines: Sequence[str]) -> str:
    """Return the line end of the first of some lines; a line feed if it has none."""
    return (lines[0][len(lines[0].rstrip("\r\n")) :] if lines else "") or "\n"


def split_at(text: str, end: str) -> list[str]:
    """Return the lines of a text, each with this end."""
    return [line.rstrip("\r\n") + end for line in _LINE.findall(text)]


def plain(lines: Iterable[str]) -> str:
    """Return lines as a text with line feeds between them, without blank lines around it."""
    text = [line.rstrip("\r\n") for line in lines]
    return "\n".join(text).strip("\n")


# Reading


@cache
def _parser(*, with_front_matter: bool) -> MarkdownIt:
    config = MdParserConfig(enable_extensions={"colon_fence"})
    parser = create_md_parser(config, RendererHTML)
    return parser if with_front_matter else parser.disable("front_matter")


def _read(lines: Sequence[str], depth: int) -> tuple[list[Block], list[str]]:
    """Return the blocks of some lines, and the blank lines below the last one."""
    blocks: list[Block] = []
    place = 0
    for start, stop, token in _ranges(lines, depth):
        block = _block(lines[start:stop], token, depth)
        block.gap = list(lines[place:start])
        blocks.append(block)
        place = stop
    return blocks, list(lines[place:])


def _ranges(lines: Sequence[str], depth: int) -> Iterator[tuple[int, int, Token | None]]:
    """Yield the first line of each block, the line after it, and its token if it has one."""
    parser = _parser(with_front_matter=depth == 0)
    tokens: list[Token] = []
    parser.block.parse("\n".join(line.rstrip("\r\n") for line in lines), parser, {}, tokens)
    place = 0
    for token in tokens:
        if token.level or token.nesting < 0 or not token.map:
            continue
        start, stop = token.map
        while stop > start + 1 and not lines[stop - 1].strip():
            stop -= 1
        yield from _untold(lines, place, start)
        yield start, stop, token
        place = stop
    yield from _untold(lines, place, len(lines))


def _untold(lines: Sequence[str], place: int, end: int) -> Iterator[tuple[int, int, None]]:
    """Yield the paragraphs of a range that has no token, such as definitions of links."""
    while place < end:
        stop = place
        while stop < end and lines[stop].strip():
            stop += 1
        if stop > place:
            yield place, stop, None
        place = stop + 1


def _block(lines: Sequence[str], token: Token | None, depth: int) -> Block:
    kind = _KINDS.get(token.type, "text") if token else "text"
    level = int(token.tag[1:]) if token and kind == "heading" else 0
    block = Block(kind, list(lines), level=level)
    opening = read_opening(lines[0]) if kind == "fence" else None
    if opening is None or opening.is_rst:
        return block
    closing = read_fence(lines[-1]) if len(lines) > 1 else None
    is_closed = closing is not None and closing.closes(opening.mark)
    inside = lines[1 : len(lines) - is_closed]
    read = _options([line.rstrip("\r\n") for line in inside], opening.name)
    block.kind, block.name = "directive", opening.name
    block.lines = list(lines[: 1 + read.consumed])
    block.tail = list(lines[len(lines) - is_closed :])
    below = inside[read.consumed :]
    if depth < _DEEPEST and _holds_parts(opening.name, below):
        block.body, blank = _read(below, depth + 1)
        block.tail[:0] = blank
    else:
        block.content = list(below)
    return block


def _holds_parts(name: str, lines: Sequence[str]) -> bool:
    """Return whether a directive is a part of a guide, or contains some, as a tab may."""
    if name in _PARTS:
        return True
    if name in (PAIR, *_LITERAL):
        return False
    openings = (read_opening(line) for line in lines if "{" in line)
    return any(opening and opening.name in _PARTS for opening in openings)


def _options(lines: Sequence[str], name: str) -> OptionBlock:
    is_pair = name == PAIR
    return read_options(lines, OPTIONS_OF_PAIR if is_pair else None, quotes=is_pair)
