"""Sizes of texts and where phrases stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\s|]*[^\W_][^\s|]*")


def count_words(text: str) -> int:
    """Count the words of a text.

    A word is a run without blanks or table bars that holds at least one letter or digit; ticks,
    rules and the marks of lists and headings are none.
    """
    return sum(1 for _ in _WORD.finditer(text))


def count_content_lines(text: str) -> int:
    """Count the lines that are not blank."""
    return sum(1 for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class TextSize:
    """How long a text is. ``content_lines`` are the lines that are not blank."""

    bytes: int
    lines: int
    content_lines: int
    words: int


def measure(text: str) -> TextSize:
    """Measure a text; bytes are those of its UTF-8 form."""
    return TextSize(
        bytes=len(text.encode("utf-8", "surrogatepass")),
        lines=len(text.splitlines()),
        content_lines=count_content_lines(text),
        words=count_words(text),
    )
