"""Quoted Markdown -> inert nodes.

CommonMark and pipe tables, from markdown-it-py's tokens. Whatever would take text away from the
reader (raw HTML, reference definitions, addresses behind links) is shown as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinxext_revguide.markup.nesting import MAX_BLOCKS, is_too_deep
from sphinxext_revguide.text.late_patterns import late

_MAX_COLUMN = 36
"""Cells of more letters are wrapped in plain text."""

_MIN_WRAP_WIDTH = 60
"""A paragraph narrower than this was never wrapped by an editor: its line ends are meant."""

_SPEAKER = late(r"[\"“*_]*[A-Z][\w .'’-]{0,40}[*_]*:[*_]*\s")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_BLOCKS + 2})
    parser.enable("table")
    # `lheading`: a sentence followed by a rule is a sentence and a rule, not a heading.
    return parser.disable(["html_block", "html_inline", "reference", "lheading"])


_PARSER = _parser()


def is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether a paragraph's line ends come from wrapping and not from its author.

    They do if no line could have taken the first word of the next one. The width is the
    paragraph's own longest line. Addresses and verse fail that test; lines that each begin with
    a speaker's name are dialogue, however long they are.
    """
    if all(_SPEAKER.match(line) for line in lines):
        return False
    width = max(len(line.rstrip()) for line in lines)
    if width < _MIN_WRAP_WIDTH:
        return False
    following = [(line.split() or [""])[0] for line in lines[1:]]
    return all(
        len(line.rstrip()) + 1 + len(word) > width
        for line, word in zip(lines, following, strict=False)
    )


def quote_markdown(text: str, *, source: str, line: int) -> list[nodes.Node]:
    """Return the nodes of a Markdown sample; see ``quote`` of the package."""
    if is_too_deep(text):
        return [plain(text, source=source, line=line)]
    tokens = _PARSER.parse(text)
    # Deeper blocks would be left out in silence.
    if any(token.level > MAX_BLOCKS for token in tokens):
        return [plain(text, source=source, line=line)]
    return _Renderer(text.split("\n"), source, line).render(tokens)


def plain(text: str, *, source: str, line: int) -> nodes.literal_block:
    """Return the text as it is, in a block that no highlighter touches."""
    block = nodes.literal_block(text, text, language="none")
    block.source, block.line = source, line
    return block


class _Renderer:
    """Walks the tokens once; every element gets the source line on which it begins."""

    _CONTAINERS: ClassVar[dict[str, type[nodes.Element]]] = {
        "bullet_list_open": nodes.bullet_list,
        "ordered_list_open": nodes.enumerated_list,
        "list_item_open": nodes.list_item,
        "blockquote_open": nodes.block_quote,
    }

    def __init__(self, lines: list[str], source: str, first_line: int) -> None:
        self.lines = lines
        self.source = source
        self.first_line = first_line
        self.stack: list[nodes.Element] = [nodes.container()]

    def render(self, tokens: list[Token]) -> list[nodes.Node]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
            elif token.type in ("paragraph_open", "heading_open"):
                self._text(token, tokens[index + 1])
                index += 3
            else:
                self._block(token)
                index += 1
        return list(self.stack[0].children)

    def _locate(self, node: nodes.Element, token: Token, offset: int = 0) -> None:
        start = token.map[0] if token.map else 0
        node.source, node.line = self.source, self.first_line + start + offset

    def _append(self, node: nodes.Element, token: Token) -> None:
        self._locate(node, token)
        self.stack[-1].append(node)

    def _source_lines(self, token: Token) -> list[str]:
        start, end = token.map or (0, 0)
        return self.lines[start:end]

    def _block(self, token: Token) -> None:
        if token.type in self._CONTAINERS:
            node = self._CONTAINERS[token.type]()
            if token.type == "ordered_list_open":
                node["enumtype"], node["prefix"] = "arabic", ""
                node["suffix"] = token.markup
                node["start"] = int(token.attrs.get("start", 1))
            elif token.type == "bullet_list_open":
                node["bullet"] = token.markup
            self._append(node, token)
            self.stack.append(node)
        elif token.nesting < 0:
            self.stack.pop()
        elif token.type == "hr":
            self._append(rule(token.markup[0] * 3), token)
        elif token.type == "fence":
            content = token.content.removesuffix("\n")
            if token.info.strip():
                # The info string may be a directive's name: it is part of what was quoted.
                content = "\n".join(self._source_lines(token))
            self._append(nodes.literal_block(content, content, language="none"), token)
        elif token.type == "code_block":
            content = token.content.removesuffix("\n")
            self._append(nodes.literal_block(content, content, language="none"), token)

    def _text(self, opening: Token, inline: Token) -> None:
        if opening.type == "heading_open":
            node = nodes.paragraph(classes=["revguide-heading"])
            strong = nodes.strong()
            node.append(strong)
            self._append(node, opening)
            _Inline(strong, verse=False).render(inline.children or [])
            return
        lines = inline.content.split("\n")
        if len(lines) > 1 and not is_wrapped(lines):
            self._verse(opening, inline)
            return
        paragraph = nodes.paragraph(inline.content)
        self._append(paragraph, opening)
        _Inline(paragraph, verse=False).render(inline.children or [])

    def _verse(self, opening: Token, inline: Token) -> None:
        block = nodes.line_block()
        self._append(block, opening)
        first = nodes.line()
        block.append(first)
        _Inline(first, verse=True).render(inline.children or [])
        for offset, line in enumerate(block.children):
            if isinstance(line, nodes.line):
                line.indent = 0  # type: ignore[assignment]
                self._locate(line, opening, offset)

    def _table(self, tokens: list[Token], start: int) -> int:
        end = next(
            index
            for index in range(start, len(tokens))
            if tokens[index].type == "table_close" and tokens[index].level == tokens[start].level
        )
        opening = tokens[start]
        rows = _rows(tokens[start:end])
        if _has_surplus_cells(self._source_lines(opening), len(rows[0])):
            # GFM leaves surplus cells out; a quotation may not.
            text = "\n".join(self._source_lines(opening))
            self._append(plain(text, source="", line=0), opening)
            return end + 1
        table = nodes.table(classes=["colwidths-auto"])
        self._append(table, opening)
        group = nodes.tgroup(cols=len(rows[0]))
        table.append(group)
        group.extend(nodes.colspec(colwidth=_width(cells)) for cells in zip(*rows, strict=False))
        head, body = nodes.thead(), nodes.tbody()
        group.append(head)
        for number, cells in enumerate(rows):
            row = nodes.row()
            (head if number == 0 else body).append(row)
            # The delimiter line is between the header and the first body row.
            self._locate(row, opening, number + 1 if number else 0)
            for cell in cells:
                row.append(self._cell(cell, row))
        if body.children:
            group.append(body)
        return end + 1

    def _cell(self, inline: Token, row: nodes.row) -> nodes.entry:
        entry = nodes.entry()
        paragraph = nodes.paragraph(inline.content)
        for node in (entry, paragraph):
            node.source, node.line = row.source, row.line
        entry.append(paragraph)
        _Inline(paragraph, verse=False).render(inline.children or [])
        return entry


def _rows(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return rows


def _width(cells: Iterable[Token]) -> int:
    """Return how many letters of a column are on a line, for builders that write plain text."""
    return min(max(len(cell.content) for cell in cells) or 1, _MAX_COLUMN)


def _has_surplus_cells(lines: list[str], columns: int) -> bool:
    return any(
        line.strip().strip("|").replace("\\|", "").count("|") + 1 > columns for line in lines[2:]
    )


def rule(markup: str) -> nodes.paragraph:
    """Return a rule that is not a transition: those may only stand between sections."""
    return nodes.paragraph(markup, markup, classes=["revguide-rule"])


class _Inline:
    """Renders inline tokens into an element; with ``verse``, line ends begin a new line node."""

    def __init__(self, target: nodes.Element, *, verse: bool) -> None:
        self.stack = [target]
        self.verse = verse

    def render(self, tokens: list[Token]) -> None:
        for token in tokens:
            handler = getattr(self, f"_{token.type}", None)
            if handler is None:
                self._add(token.content)
            else:
                render: Callable[[Token], None] = handler
                render(token)

    def _add(self, text: str) -> None:
        if text:
            self.stack[-1].append(nodes.Text(text))

    def _open(self, node: nodes.Element) -> None:
        self.stack[-1].append(node)
        self.stack.append(node)

    def _strong_open(self, _token: Token) -> None:
        self._open(nodes.strong())

    def _em_open(self, _token: Token) -> None:
        self._open(nodes.emphasis())

    def _strong_close(self, _token: Token) -> None:
        self.stack.pop()

    _em_close = _strong_close

    def _code_inline(self, token: Token) -> None:
        self.stack[-1].append(nodes.literal(token.content, token.content))

    def _link_open(self, token: Token) -> None:
        if token.markup != "autolink":
            self._add("[")
        self._links = [*getattr(self, "_links", []), token]

    def _link_close(self, token: Token) -> None:
        opening = self._links.pop()
        if token.markup != "autolink":
            self._add(f"]({_destination(opening)})")

    def _image(self, token: Token) -> None:
        source = _destination(token, "src")
        self._add(f"![{token.content}]({source})")

    def _hardbreak(self, _token: Token) -> None:
        self._softbreak(_token)

    def _softbreak(self, _token: Token) -> None:
        if not self.verse:
            self._add("\n")
            return
        # Open a new line, and in it again whatever markup was open across the line end.
        line, *open_markup = self.stack
        new_line = nodes.line()
        line.parent.append(new_line)
        self.stack = [new_line]
        for node in open_markup:
            self._open(type(node)())


def _destination(token: Token, attribute: str = "href") -> str:
    destination = str(token.attrs.get(attribute, ""))
    title = token.attrs.get("title")
    return f'{destination} "{title}"' if title else destination
