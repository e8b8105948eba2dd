"""Splits repaired lines into Markdown blocks, without losing a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinxext_revguide.importer.recognise.heads import bold_unit
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.lines import END, Line, without_bullet
from sphinxext_revguide.importer.recognise.underlines import underlines
from sphinxext_revguide.importer.rewrite.fences import mark_of
from sphinxext_revguide.markup.nesting import shallow

_EQUALS = re.compile(r" {0,3}={3,}[ \t]*")

_LANGUAGE = re.compile(r"[\w+#.-]*")

_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "fence",
    "code_block": "code",
    "hr": "rule",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown: its lines, and for a heading its level and text.

    ``body`` holds the lines inside a fence, ``cut`` means that the guide does not close the fence;
    ``items`` holds the lines of each item of a list.
    """

    kind: str
    lines: tuple[Line, ...]
    level: int = 0
    text: str = ""
    body: tuple[Line, ...] = ()
    cut: bool = False
    items: tuple[tuple[Line, ...], ...] = ()

    @property
    def line(self) -> int:
        """The 1-based line of the guide where the block begins; 0 if the guide has none of it."""
        return next((line.number for line in self.lines if line.number), 0)

    @property
    def mark(self) -> tuple[str, ...]:
        """The opening line of a fence if it says more than a language, else nothing."""
        opening = mark_of(self.lines[0].text) if self.kind == "fence" else None
        return () if opening is None or _LANGUAGE.fullmatch(opening.info) else (self.lines[0].text,)

    @property
    def language(self) -> str:
        """The language of a fence in lower case; "" if its opening line says more than that."""
        opening = mark_of(self.lines[0].text) if self.kind == "fence" else None
        word = opening.info if opening else ""
        return word.casefold() if _LANGUAGE.fullmatch(word) else ""

    @property
    def source(self) -> str:
        """The text of the block in the guide."""
        return source_of(self.lines)


def source_of(lines: tuple[Line, ...]) -> str:
    """Join lines, without those that the importer inserted."""
    return "\n".join(line.text for line in lines if line.number)


def trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return lines without the blank ones at both ends."""
    start, end = 0, len(lines)
    while start < end and not lines[start].text.strip():
        start += 1
    while end > start and not lines[end - 1].text.strip():
        end -= 1
    return lines[start:end]


def unquoted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return lines without the marks of a quotation."""
    return tuple(Line(re.sub(r"^ {0,3}> ?", "", line.text), line.number) for line in lines)


def without_mark(item: tuple[Line, ...]) -> list[Line]:
    """Return the lines of a list item without its marker, and unindented by its width."""
    first, *others = item
    text = without_bullet(first.text)
    width = len(first.text) - len(text)
    return [
        Line(text, first.number),
        *(Line(re.sub(rf"^ {{0,{width}}}", "", other.text), other.number) for other in others),
    ]


_COMMENT = re.compile(r"\s*<!--(?:[^-]|-(?!->))*-->\s*")


def is_comment(block: Block) -> bool:
    """Return whether a block is an HTML comment, which readers must not see."""
    return block.kind == "paragraph" and bool(_COMMENT.fullmatch(block.source))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # `_underlined` finds underlined headings. Raw HTML would swallow whole sections, and link
    # definitions would vanish. The inline text of blocks is not needed.
    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["lheading", "html_block", "reference"])
    parser.disable(["inline"])
    return parser


def blocks_of(lines: list[Line]) -> list[Block]:
    """Split lines into blocks; each line that is not blank is in exactly one of them."""
    found: list[Block] = []
    end = 0
    tokens = _parser().parse("\n".join(shallow(line.text) for line in lines))
    for index, token in enumerate(tokens):
        if token.level or not token.map or token.type not in _KINDS:
            continue
        start, stop = max(token.map[0], end), min(token.map[1], len(lines))
        found.extend(_uncovered(lines[end:start]))
        if trimmed(tuple(lines[start:stop])):  # a form feed alone is a paragraph to CommonMark
            found.extend(_split(_block(token, tokens, index, lines, stop)))
        end = max(end, stop)
    found.extend(_uncovered(lines[end:]))
    return list(_underlined(found))


def _underlined(blocks: list[Block]) -> Iterator[Block]:
    """Turn underlined lines into headings.

    Guides put a rule of hyphens directly below a text as often as they underline a heading with
    one: :func:`underlines` decides.
    """
    waiting: Block | None = None
    for block in blocks:
        last = waiting.lines[-1] if waiting else None
        below = last is not None and bool(last.number) and block.line == last.number + 1
        if waiting and last and below and block.kind == "rule" and _is_underlined(last.text, block):
            yield from _heading(waiting, block.lines)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = block if block.kind == "paragraph" else None
        if waiting is None:
            yield block
        elif len(block.lines) > 1 and _EQUALS.fullmatch(block.lines[-1].text):
            yield from _heading(_slice(block, 0, len(block.lines) - 1), block.lines[-1:])
            waiting = None
    if waiting:
        yield waiting


def _is_underlined(text: str, rule: Block) -> bool:
    return len(rule.lines) == 1 and underlines(rule.lines[0].text.strip(), text)


def _heading(text: Block, underline: tuple[Line, ...]) -> Iterator[Block]:
    if len(text.lines) > 1:
        yield _slice(text, 0, len(text.lines) - 1)
    line = text.lines[-1]
    level = 1 if _EQUALS.fullmatch(underline[0].text) else 2
    yield Block("heading", (line, *underline), level, line.text.strip())


def _uncovered(lines: list[Line]) -> Iterator[Block]:
    kept = trimmed(tuple(lines))
    if kept:
        yield Block("paragraph", kept)


def _block(token: Token, tokens: list[Token], index: int, lines: list[Line], stop: int) -> Block:
    start = (token.map or [0, 0])[0]
    kind = _KINDS[token.type]
    own = tuple(lines[start:stop])
    if kind == "fence":
        return _fence(own)
    block = Block(kind, trimmed(own))
    if kind == "heading":
        return replace(block, level=int(token.tag[1:]), text=tokens[index + 1].content)
    if kind == "list":
        return replace(block, items=_items(tokens, index, lines))
    return block


def _fence(lines: tuple[Line, ...]) -> Block:
    opening, last = mark_of(lines[0].text), lines[-1]
    closing = mark_of(last.text) if len(lines) > 1 else None
    ended = bool(opening and closing and closing.closes(opening))
    body = lines[1:-1] if ended else lines[1:]
    cut = not ended or not last.number
    return Block("fence", lines, body=trimmed(body) if cut else body, cut=cut)


def _items(tokens: list[Token], index: int, lines: list[Line]) -> tuple[tuple[Line, ...], ...]:
    items = []
    for token in tokens[index + 1 :]:
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1 and token.map:
            items.append(trimmed(tuple(lines[token.map[0] : token.map[1]])))
    return tuple(items)


def _split(block: Block) -> Iterator[Block]:
    """Split a paragraph or list at lines that begin with a label, which Markdown does not."""
    if block.lines[0].text == END:
        block = replace(block, kind="end")
    if block.kind not in ("paragraph", "list"):
        yield block
        return
    start = 0
    for index in range(1, len(block.lines)):
        text = block.lines[index].text
        headed = index == 1 and block.kind == "paragraph" and bold_unit(block.lines[0].text)
        if headed or (text.startswith("**") and _begins_block(text, block.kind)):
            yield _slice(block, start, index)
            block = replace(block, kind="paragraph", items=()) if block.kind == "list" else block
            start = index
    yield _slice(block, start, len(block.lines)) if start else block


def _begins_block(text: str, kind: str) -> bool:
    if bold_unit(text):
        return True
    labels = fields_of(text)
    # In a paragraph, any label begins a block; only a known one ends a list.
    return bool(labels) and (kind == "paragraph" or any(label.role for label in labels))


def _slice(block: Block, start: int, stop: int) -> Block:
    lines = block.lines[start:stop]
    numbers = {line.number for line in lines}
    items = tuple(item for item in block.items if item and item[0].number in numbers)
    cut = tuple(tuple(line for line in item if line.number in numbers) for item in items)
    return replace(block, lines=lines, items=cut)
