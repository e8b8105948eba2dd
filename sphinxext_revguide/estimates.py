"""Reductions, hours and sizes of chapters, and how authors write them."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _number(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of a quantity, as a guide estimates it: ``low`` equals ``high`` for a single value.

    The unit depends on the field that contains it: hours for an effort.
    """

    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return _number(self.low)
        return f"{_number(self.low)}-{_number(self.high)}"


@dataclass(frozen=True, slots=True, order=True)
class Reduction(Span):
    """By how much a text should become shorter: in percent or, if ``in_words``, in words."""

    in_words: bool = False

    def __str__(self) -> str:
        return f"{Span.__str__(self)} words" if self.in_words else f"{Span.__str__(self)}%"

    def leaves(self, size: float, unit: str) -> Span | None:
        """Return what is left of a size; ``None`` if a reduction in words says nothing about it.

        :param unit: the unit of ``size``: words, or anything else.
        """
        if not self.in_words:
            return Span(round(size * (1 - self.high / 100)), round(size * (1 - self.low / 100)))
        if unit != "words":
            return None
        return Span(max(0, size - self.high), max(0, size - self.low))


_AMOUNT = r"\d{{1,9}}(?:\.\d{{1,9}})?"
"""No guide estimates longer numbers, and they could be larger than any float."""
_RANGE = (
    r"(?:~|≈|about\s+|approx\.?\s+|around\s+|up\s+to\s+)?\s*"
    rf"({_AMOUNT})(?:\s*{{unit}})?(?:\s*(?:-|–|—|to)\s*({_AMOUNT}))?"
)
_COUNT = r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})"
_PERCENT = _RANGE.format(unit="%") + r"\s*%"
_HOUR = r"(?:h|hr|hrs|hour|hours)"
_MINUTE = r"(?:m|min|mins|minute|minutes)"
_HOURS = _RANGE.format(unit=_HOUR) + rf"\s*{_HOUR}"
_MINUTES = _RANGE.format(unit=_MINUTE) + rf"\s*{_MINUTE}"
_WORDS = (
    rf"(?:[~≈]|about\s+|approx\.?\s+|around\s+|up\s+to\s+)?\s*{_COUNT}(?:\s*words)?"
    rf"(?:\s*(?:-|–|—|to)\s*{_COUNT})?\s*words?"
)


def _whole(pattern: str, text: str) -> re.Match[str] | None:
    """Match a whole text; the pattern is compiled when the first is read, in builds of guides."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def _span(match: re.Match[str], scale: float = 1.0) -> Span:
    low = float(match[1].replace(",", ""))
    high = float(match[2].replace(",", "")) if match[2] else low
    if high < low:
        msg = f"the range {match[0].strip()!r} is reversed; write the smaller number first"
        raise ValueError(msg)
    return Span(low * scale, high * scale)


def parse_reduction(text: str) -> Reduction:
    """Read a reduction: ``45-50%``, ``~30%``, ``150 words`` or ``1,000-1,200 words``.

    :raises ValueError: if ``text`` is anything else; the message names the remedy.
    """
    stripped = text.strip()
    if match := _whole(_PERCENT, stripped):
        span = _span(match)
        return Reduction(span.low, span.high)
    if match := _whole(_WORDS, stripped):
        span = _span(match)
        return Reduction(span.low, span.high, in_words=True)
    msg = f"{stripped!r} is neither a percentage nor words; write 30%, 45-50% or 150 words"
    raise ValueError(msg)


def parse_hours(text: str) -> Span:
    """Read an effort and return it in hours: ``6-8 h``, ``1.5 hours`` or ``45 min``.

    :raises ValueError: if ``text`` is anything else; the message names the remedy.
    """
    stripped = text.strip()
    if match := _whole(_HOURS, stripped):
        return _span(match)
    if match := _whole(_MINUTES, stripped):
        return _span(match, 1 / 60)
    msg = f"{stripped!r} is not a number of hours; write 6-8 h, 1.5 hours or 45 min"
    raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a chapter; ``None`` if a guide does not give that measure."""

    bytes: int | None = None
    lines: int | None = None
    content_lines: int | None = None
    words: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.bytes is not None:
            parts.append(f"{_number(round(self.bytes / 1000, 1))} KB")
        if self.lines is not None:
            parts.append(f"{self.lines} lines")
        if self.content_lines is not None:
            parts.append(f"{self.content_lines} content lines")
        if self.words is not None:
            parts.append(f"{self.words} words")
        return ", ".join(parts)


_SIZE_PART = (
    r"(?:~\s*)?(\d[\d,]{0,17}(?:\.\d{1,9})?)\s*"
    r"(kb|kib|mb|bytes?|b|content[ -]lines?|lines? of content|lines?|words?)"
)
_BYTES_PER_UNIT = {"kb": 1000, "kib": 1024, "mb": 1_000_000, "b": 1, "byte": 1, "bytes": 1}


def parse_size(text: str) -> Size:
    """Read a chapter's size: ``57 KB, 1419 lines, 999 content lines, 4850 words``, in any order.

    One KB is 1,000 bytes, and one KiB is 1,024 bytes.

    :raises ValueError: if a part cannot be read; the message names the remedy.
    """
    measures: dict[str, int] = {}
    for part in re.split(r",(?!\d{3})|[|;]", text):
        if not part.strip():
            continue
        match = _whole(_SIZE_PART, part.strip())
        if match is None:
            msg = (
                f"{part.strip()!r} is not a size; write it like "
                "'57 KB, 1419 lines, 999 content lines, 4850 words'"
            )
            raise ValueError(msg)
        amount, unit = float(match[1].replace(",", "")), match[2].lower()
        if unit in _BYTES_PER_UNIT:
            measures["bytes"] = round(amount * _BYTES_PER_UNIT[unit])
        elif "content" in unit:
            measures["content_lines"] = round(amount)
        elif unit in ("word", "words"):
            measures["words"] = round(amount)
        else:
            measures["lines"] = round(amount)
    return Size(**measures)
