"""Rewrites the markup that an export adds to a guide as plain Markdown.

Pandoc writes classes and ids after headings and around texts; other programs write HTML. Both may
separate a label from its words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sphinxext_revguide.importer.recognise.lines import HEADING, Line

_ATTRIBUTES = r"\{(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+))(?:[ ]+[^{}]*)?\}"
_SPAN = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]*\](?!{_ATTRIBUTES}))*)\](?<!\\\])({_ATTRIBUTES})")
_CHANGED = re.compile(r"\{\.(?:deletion|insertion|comment-start)\b")
_CHANGES = tuple(
    (re.compile(rf"\[([^\[\]]*)\]\{{\.{name}\b[^{{}}]*\}}"), marks)
    for name, marks in (("deletion", r"{--\1--}"), ("insertion", r"{++\1++}"))
)
_CHANGED_IN_PART = re.compile(
    r"\]\{\.(?:deletion|insertion|comment-start)\b[^{}]*(?:\}|$)|^[> ]*(?:[\w-]+=\"[^\"]*\"\s*)+\}"
)
"""The attributes of a change if its text, or the attributes themselves, continue on another line.
"""
_COMMENT = re.compile(
    r"^\[([^\[\]]+)\]\{\.comment-start\b[^{}]*\}(?:\[\]\{\.comment-end\b[^{}]*\})?$"
)
_BEHIND = re.compile(rf"[ \t]*{_ATTRIBUTES}[ \t]*$")
_EXPORTED = 3
"""An export has at least this many lines with attributes; a text about Pandoc has fewer."""
_BLOCK = (
    "p|div|h[1-6]|ul|ol|li|table|thead|tbody|tfoot|tr|th|td|blockquote|br|hr|section|dl|dt|dd"
    "|center|figure|caption"
)
_IS_BLOCK = re.compile(rf"[ \t]*</?(?:{_BLOCK})\b[^<>]{{0,200}}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]{0,200}>", re.IGNORECASE)
_CLOSES = re.compile(r"</(table|ul|ol|blockquote|p)>")
_INLINE = {
    **dict.fromkeys(("b", "strong", "mark", "ins"), "**"),
    **dict.fromkeys(("i", "em", "cite"), "*"),
    **dict.fromkeys(("del", "s", "strike"), "~~"),
    "code": "`",
    "br": " ",
}
_CALLOUT = re.compile(r"\[![\w-]+\][+-]?|^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+")
"""The beginning of a callout, which only says its kind."""
BLOCK_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+[ \t]*$")
"""The target of a link in Obsidian, which does not show it: ``> [!bug] A title ^b2``."""
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b[^<>]{0,200}>(.*?)(?:</t[hd]>|(?=<t[hd]\b)|$)", re.IGNORECASE)


def without_attributes(text: str) -> str:
    """Return a line without Pandoc's attributes and the brackets of the texts that have them."""
    for _nested in range(4):
        if "{" not in text:
            return text
        changed = _SPAN.sub(_in_place if text.lstrip().startswith("|") else r"\1", text)
        if changed == text:
            break
        text = changed
    return _BEHIND.sub("", text) if HEADING.fullmatch(text) else text


def _in_place(span: re.Match[str]) -> str:
    """Return the text of a span, padded to its old width to keep the columns of a grid table."""
    return f"{span[1]}{' ' * (len(span[0]) - len(span[1]))}"


def has_block_tag(text: str) -> bool:
    """Return whether a line begins with a tag that opens or closes a block of HTML."""
    return bool(_IS_BLOCK.match(text))


def plain_text(text: str) -> str:
    """Return the words of a line: without attributes, kinds of callouts and tags of blocks."""
    text = BLOCK_ID.sub("", text) if _CALLOUT.search(text) else text
    text = _CHANGED_IN_PART.sub("] ", text)
    text = without_attributes(_CALLOUT.sub(" ", text))
    return html.unescape(_TAG.sub(_bar_or_blank, text)) if has_block_tag(text) else text


def _with_changes(lines: Sequence[Line]) -> list[Line]:
    """Rewrite changes that Pandoc took from Word as CriticMarkup, with each paragraph on one line.

    ``[two]{.deletion author="A"}[three]{.insertion author="A"}`` becomes ``{--two--}{++three++}``.
    """
    if not any(_CHANGED.search(line.text) for line in lines):
        return list(lines)
    found: list[Line] = []
    for blank, group in groupby(lines, key=lambda line: not line.text.strip(" >")):
        own = list(group)
        quoted = not blank and all(line.text.startswith(">") for line in own)
        texts = [line.text.lstrip(">").strip() if quoted else line.text for line in own]
        text = " ".join(texts)
        if blank or not _CHANGED.search(text):
            found += own
            continue
        for form, marks in _CHANGES:
            text = form.sub(marks, text)
        text = _COMMENT.sub(r"**Comment:** \1", text)
        found.append(Line(f"> {text}" if quoted else text, own[0].number))
    return found


def _bar_or_blank(tag: re.Match[str]) -> str:
    return " | " if tag[2].casefold() in ("td", "th") else " "


def without_export_marks(lines: Sequence[Line]) -> list[Line]:
    """Return lines without attributes, and with blocks of HTML rewritten as Markdown."""
    own = lines = _with_changes(lines)
    plain = [without_attributes(line.text) for line in lines]
    if sum(text != line.text for text, line in zip(plain, lines, strict=True)) >= _EXPORTED:
        own = [Line(text, line.number) for text, line in zip(plain, lines, strict=True)]
    if sum(map(has_block_tag, plain)) >= _EXPORTED:
        own = [Line(_BOLD_TAG.sub("**", line.text), line.number) for line in own]
    found: list[Line] = []
    last = _last_closings(own)
    place = 0
    while place < len(own):
        end = _end(own, place, last)
        if end == place:
            found.append(own[place])
            place += 1
            continue
        found += _Html().read(own[place:end])
        place = end
    return found


def _last_closings(lines: Sequence[Line]) -> dict[str, int]:
    """Return the last line that closes a block of HTML, by its tag, and the last blank line."""
    last: dict[str, int] = {}
    for place, line in enumerate(lines):
        last |= dict.fromkeys(_CLOSES.findall(line.text.casefold()), place)
        if not line.text.strip():
            last[""] = place
    return last


def _end(lines: Sequence[Line], place: int, last: Mapping[str, int]) -> int:
    """Return the line after the block of HTML that begins at a line, or that line if none does.

    :param last: what :func:`_last_closings` returned; it saves the search for the end of a block
        that is never closed.
    """
    if not has_block_tag(lines[place].text):
        return place
    opening = re.match(r"[ \t]*<(table|ul|ol|blockquote|p)\b", lines[place].text, re.IGNORECASE)
    if opening is None:
        return place + 1
    name = opening[1].casefold()
    closing, ends_at_blank = f"</{name}>", name == "p"
    if place > max(last.get(name, -1), last.get("", -1) if ends_at_blank else -1):
        return place + 1
    for end in range(place, len(lines)):
        if closing in lines[end].text.casefold():
            return end + 1
        if ends_at_blank and not lines[end].text.strip():
            return end
    return place + 1


class _Html:
    """Writes the lines of a block of HTML as Markdown; a row may continue over several lines."""

    def __init__(self) -> None:
        self.quoted = self.counted = False
        self.rows = 0

    def read(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Yield the block between blank lines."""
        yield Line("", 0)
        held = ""
        number = 0
        for line in lines:
            for piece in _pieces(line.text):
                if held or re.match(r"<tr\b", piece, re.IGNORECASE):
                    number = number if held else line.number
                    joint = "<br>" if held and not has_block_tag(piece) else " "
                    held += f"{joint}{piece}"
                    if re.search(r"</tr>", piece, re.IGNORECASE):
                        yield from self._row(held, number)
                        held = ""
                    continue
                yield from self._piece(piece, line.number)
        if held:
            yield from self._row(held, number)
        yield Line("", 0)

    def _row(self, row: str, number: int) -> Iterator[Line]:
        cells = [_cell(cell[1]) for cell in _CELL.finditer(row)]
        if not cells:
            return
        heads = len(re.findall(r"<th\b", row, re.IGNORECASE))
        rule = Line(f"|{'---|' * len(cells)}", number)
        if not self.rows and heads < len(cells):
            yield from (Line(f"|{'  |' * len(cells)}", number), rule)
        yield Line(f"| {' | '.join(cells)} |", number)
        if not self.rows and heads == len(cells):
            yield rule
        self.rows += 1

    def _piece(self, piece: str, number: int) -> Iterator[Line]:
        tag = _TAG.match(piece)
        name = tag[2].casefold() if tag else ""
        closes = bool(tag and tag[1])
        if name == "ol":
            self.counted = not closes
        if name == "blockquote":
            self.quoted = not closes
        if name == "table" and not closes:
            self.rows = 0
        text = _inline(piece)
        if not text:
            if name in ("p", "ul", "ol", "table", "blockquote", "div", "hr"):
                yield Line(">" if self.quoted and not closes else "", 0)
            return
        if re.fullmatch(r"h[1-6]", name):
            yield from (Line("", 0), Line(f"{'#' * int(name[1])} {text}", number), Line("", 0))
        elif name == "li":
            yield Line(f"{'1.' if self.counted else '-'} {text}", number)
        elif self.quoted:
            yield Line(f"> {text}", number)
        elif name in ("p", "div", "dt", "dd", "section"):
            yield from (Line("", 0), Line(text, number), Line("", 0))
        else:
            yield Line(text, number)


def _pieces(text: str) -> list[str]:
    """Split a line before each tag that opens a block, and after each row of a table."""
    starts = re.compile(
        r"(?=<(?:p|div|h[1-6]|ul|ol|li|table|tr|blockquote|dt|dd)\b)|(?<=</tr>)", re.IGNORECASE
    )
    return [piece.strip() for piece in starts.split(text) if piece.strip()]


def _cell(text: str) -> str:
    """Return the text of a cell, with its lines separated by ``<br>``."""
    lines = [_inline(line) for line in re.split(r"<br ?/?>", text, flags=re.IGNORECASE)]
    return "<br>".join(filter(None, lines)).replace("|", "\\|")


def _inline(text: str) -> str:
    """Return a text with Markdown in place of its inline tags, and without other tags."""
    shown = _TAG.sub(lambda tag: _INLINE.get(tag[2].casefold(), ""), text)
    return html.unescape(" ".join(shown.split()))
