"""Sizes of texts and where phrases stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sphinxext_revguide.quick_records import record

_WORD = re.compile(r"[^\W_][^\s|]*")
"""From its first letter or digit on: what is before it must not be tried at each character."""


def count_words(text: str) -> int:
    """Count the words of a text.

    A word is a run without blanks or table bars that holds at least one letter or digit; ticks,
    rules and the marks of lists and headings do not count.
    """
    return len(_WORD.findall(text))


def count_content_lines(text: str) -> int:
    """Count the lines that are not blank."""
    return _content_lines(text.splitlines())


def _content_lines(lines: Iterable[str]) -> int:
    return sum(1 for line in lines if line and not line.isspace())


@record(frozen=True, slots=True)
class TextSize:
    """The size of a text. ``content_lines`` counts the lines that are not blank."""

    bytes: int
    lines: int
    content_lines: int
    words: int


def measure(text: str) -> TextSize:
    """Measure a text; bytes are counted in UTF-8."""
    lines = text.splitlines()
    return TextSize(
        bytes=len(text.encode("utf-8", "surrogatepass")),
        lines=len(lines),
        content_lines=_content_lines(lines),
        words=count_words(text),
    )


_TYPOGRAPHY = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-",
    "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "…": "...",
    # Nobody sees these: soft hyphens, and blanks and joiners without a width.
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip


def plain_typography(text: str) -> str:
    """Return a text with ASCII quotes, dashes and dots; its lines stay the same."""
    if text.isascii():
        return text
    for mark, plain in _TYPOGRAPHY.items():
        text = text.replace(mark, plain)
    return text


def folded(text: str) -> str:
    """Return a text that contains each phrase that :func:`find_phrase` finds, folded as well."""
    # `re.IGNORECASE` takes a dotted and a dotless i for an i, which `casefold` does not.
    plain = plain_typography(text).casefold().replace("i\u0307", "i").replace("ı", "i")
    return " ".join(plain.split())


def find_phrase(text: str, phrase: str) -> list[int]:
    """Return the 1-based lines on which a phrase begins.

    Case, line ends, runs of blanks and the typography of quotes and dashes make no difference.
    A phrase that begins or ends with a letter or digit is not found inside a longer word.
    """
    words = plain_typography(phrase).split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    haystack = _haystack(text)
    found = re.finditer(before + pattern + after, haystack, re.IGNORECASE)
    return [haystack.count("\n", 0, match.start()) + 1 for match in found]


@lru_cache(maxsize=64)
def _haystack(text: str) -> str:
    return plain_typography(text)
