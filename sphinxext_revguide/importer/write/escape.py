"""Escapes prose so that MyST reads it as Markdown, whichever extensions a book enables.

MyST has more syntax than Markdown: comments, targets, roles, mathematics, substitutions, field
lists, raw HTML. A block that contains any of it by accident is escaped or, if that is not reliable,
shown literally.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinxext_revguide.markup.directive_source import fenced
from sphinxext_revguide.markup.nesting import has_deep_inline, is_too_deep


def literal(text: str) -> str:
    """Return a text as a literal block."""
    return fenced(text, "text")


def comment(lines: Iterable[str]) -> str:
    """Return lines as MyST comments.

    If MyST would break a line, the rest of it would not be part of the comment: the lines are then
    shown literally.
    """
    kept = [line for line in lines if line.strip()]
    if _has_extra_breaks(kept):
        return literal("\n".join(kept))
    return "\n".join(f"% {line}" for line in kept)


def _has_extra_breaks(lines: Iterable[str]) -> bool:
    """Return whether MyST would break a line where an editor does not.

    In a directive, it breaks lines at form feeds and other rare characters; the text after one
    could then begin a comment, a heading or a target.
    """
    return any(len(line.splitlines()) > 1 for line in lines)


def prose(text: str) -> str:
    """Return a block of Markdown that reads the same in MyST.

    :returns: the block unchanged if it is harmless, else escaped, else as a literal block.
    """
    lines = text.split("\n")
    if is_too_deep(text):
        return literal(text)
    safe = "\n".join(_escaped(lines))
    if _has_extra_breaks(lines) or not _harmless(safe):
        return literal(text)
    if safe == text:
        return text
    return literal(text) if _holds_code(text) else safe


def inline(text: str) -> str:
    """Return one line of text, for a title, that is safe in MyST."""
    line = " ".join(text.split())
    if has_deep_inline(line):
        return _all_escaped(line)
    safe = "\n".join(_escaped([line]))
    return safe if _harmless(safe, inline=True) else _all_escaped(line)


def item(text: str) -> str:
    """Return one line of text, for an item of a list, that is safe in MyST."""
    line = inline(text)
    if _harmless(line) and not _holds_code(line):
        return line
    return _all_escaped(" ".join(text.split()))


def _all_escaped(line: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


# Escapes

_PREFIX = re.compile(r"[ \t]*(?:(?:>|[-*+]|[0-9]{1,9}[.)])[ \t]+|>)*(?:\[[ xX]\][ \t]+)?")
_RUN = re.compile(r"`+")
_LINE_START = re.compile(
    r"%|\+{3}|:{3}|:[^:\s]|[:~][ \t]|\([^)\s]*\)=[ \t]*$|(?:=+|-+)[ \t]*$|#{1,6}(?:[ \t]|$)"
    r"|\|[ \t]*:?-|\[[^\]]*\]:"
)
_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>|\[[^\[\]]*\]\((?:https?://|mailto:)[^()\s]*\)")
_BRACKET = re.compile(r"\[(?=[\^!]|[^\[\]]*\](?:\(|\[|:))")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _escaped(lines: list[str]) -> Iterator[str]:
    for line in lines:
        match = _PREFIX.match(line)
        head = match[0] if match else ""
        rest = line[len(head) :]
        if _LINE_START.match(rest) and not _is_table_rule(line):
            yield f"{head}\\{rest[:1]}{_escape(rest[1:])}"
        else:
            yield head + _escape(rest)


def _is_table_rule(line: str) -> bool:
    return bool(re.fullmatch(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*", line)) and "|" in line


def _escape(text: str) -> str:
    """Escape what MyST would read as its own, outside code spans."""
    result: list[str] = []
    spans = _CodeSpans(text)
    place = 0
    while place < len(text):
        char = text[place]
        width = 1
        if char == "\\" and text[place + 1 : place + 2] in _PUNCTUATION:
            width = 2
        elif char == "`":
            width = spans.width(place)
        elif char in "<[" and (match := _LINK.match(text, place)):
            width = len(match[0])
        elif char == "§":
            # No backslash escapes it, and MyST may read it as a reference to a section.
            result.append("&sect;")
            place += 1
            continue
        elif _special(text, place):
            result.append("\\")
        result.append(text[place : place + width])
        place += width
    return "".join(result)


def _special(text: str, place: int) -> bool:
    char = text[place]
    if char in "${":
        return True
    if char == "<":
        return bool(_HTML.match(text, place))
    if char == "~":
        return "~" in (text[place + 1 : place + 2], text[place - 1 : place])
    if char == "!":
        return text[place + 1 : place + 2] == "["
    return char == "[" and bool(_BRACKET.match(text, place))


class _CodeSpans:
    """The runs of backticks in a text, by length, so that the text is searched only once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, list[int]] = {}
        for run in _RUN.finditer(text):
            self._ends.setdefault(len(run[0]), []).append(run.end())

    def width(self, place: int) -> int:
        """Return the width of the code span at a place, or of its backticks if it has no end."""
        run = _RUN.match(self._text, place)
        marks = len(run[0]) if run else 1
        ends = self._ends.get(marks, [])
        at = bisect_right(ends, place + marks)
        return ends[at] - place if at < len(ends) else marks


# Checks


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # If texts are not joined, an escaped character stays a token of its own.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")


_BLOCKS = frozenset(("html_block", "heading_open", "hr", "image", "html_inline", "s_open"))
_TEXT = re.compile(r"[${§]|\[\^|~~|\[!")


def _holds_code(text: str) -> bool:
    return any(token.type in ("fence", "code_block") for token in _parser().parse(text))


def _harmless(text: str, *, inline: bool = False) -> bool:
    """Return whether MyST, with any of its extensions, reads a text as Markdown does."""
    parser = _parser()
    environment: dict[str, object] = {}
    tokens = parser.parseInline(text, environment) if inline else parser.parse(text, environment)
    if environment.get("references"):
        return False
    return all(_is_harmless(token, inline) for token in tokens)


def _is_harmless(token: Token, inline: bool) -> bool:
    if token.type in _BLOCKS:
        return False
    if token.type == "fence":
        return not token.info.strip()
    if token.type == "text" and _TEXT.search(token.content):
        return False
    if token.type == "link_open":
        href = str(token.attrGet("href") or "")
        return href.startswith(("http://", "https://", "mailto:"))
    if token.type != "inline":
        return True
    starts = token.content.split("\n")
    if not inline and any(_LINE_START.match(line.lstrip()) for line in starts):
        return False
    return all(_is_harmless(child, inline) for child in token.children or [])
