"""Signals of numbers: amounts, percentages, periods, changes, thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.signals.registry import Found, signal


def _any(*words: str) -> str:
    return rf"(?:{'|'.join(words)})"


_UNIT = _any("ms", "s", r"secs?", r"seconds?", "m", r"mins?", r"minutes?", r"hrs?", r"h", r"hours?")
_LONG_UNIT = _any(_UNIT, "d", r"days?", r"weeks?", r"months?")
_MONTH = _any(
    r"jan(?:uary)?", r"feb(?:ruary)?", r"mar(?:ch)?", r"apr(?:il)?", r"june?", r"july?",
    r"aug(?:ust)?", r"sep(?:tember)?", r"oct(?:ober)?", r"nov(?:ember)?", r"dec(?:ember)?",
)  # fmt: skip
_BEYOND = _any(
    "above", "below", "over", "under", r"exceeds?", "more than", "less than", "at least",
    "at most", "up to", "beyond", "higher than", "lower than", "greater than", "reaches",
    "falls below", "drops below", "rises above",
)  # fmt: skip
_COUNT = _any("one", "two", "three", "four", "five", "ten", "fifteen", "twenty", "thirty", "sixty")
_PERCENT = r"(?:%|percent\b|per cent\b)"
_RANGE = r"\d+(?:\s?(?:-|to)\s?\d+)"

_KINDS = {
    "money": r"[$€£¥₹]\s?\d|\b(?:usd|eur|gbp|chf|sek|dkk|nok)\s?\d"
    r"|\d\s?(?:€|£|k€|(?:euros?|dollars|pounds|eur|usd|gbp|chf)\b)",
    "percent": rf"\d\s?{_PERCENT}",
    "availability": rf"\b9\d(?:[.,]\d+)?\s?{_PERCENT}",
    "duration": rf"\d\s?{_LONG_UNIT}\b",
    "period": rf"\b(?:week|month|quarter|day|year|sprint|q)\s?\d{{1,2}}\b|\bq[1-4]\b|\b{_MONTH}\b",
    "exact": r"(?<![#\d.])\d{1,3}(?:,\d{3})+\b|(?<![\d.])\d+\.\d++(?![\d.]*\d)",
    "range": r"\d\s?(?:-|to|and|\.\.)\s?\d|±|\b(?:between|about)\s+\d"
    r"|\b(?:plus or minus|roughly|or so)\b",
    "comparison": rf"[<>≤≥]\s?=?\s?[$€£]?\d|\b{_BEYOND}\s+[$€£]?\d",
    "change": r"\bfrom\s+[^\s\w]?\d[\d.,]*\s?\S{0,14}(?: \w+){0,2} to\s+(?:\w+ )?[^\s\w]?\d"
    r"|\d\s?\S{0,3}\s?(?:→|->|=>)\s?[^\s\w]?\d"
    rf"|\b(?:by|of)\s+\d[\d.,]*\s?{_PERCENT}",
    "minute": rf"(?:\bt\s?\+\s?|\+|<\s?|≤\s?|\b(?:within|minutes?|after|by minute)\s+)\d"
    rf"|\b{_RANGE}\s?{_UNIT}\b|\bwithin (?:{_COUNT}|an|the)\b",
    "clock": r"\b\d{1,2}[:.h]\d{2}\b",
}
Kind = Literal[
    "money", "percent", "availability", "duration", "period", "exact", "range", "comparison",
    "change", "minute", "clock",
]  # fmt: skip
_PATTERNS = {name: re.compile(text, re.IGNORECASE) for name, text in _KINDS.items()}
_NAMES = {
    "money": "amounts of money", "percent": "percentages", "availability": "levels of 90 % or more",
    "duration": "durations", "period": "periods", "exact": "exact figures", "range": "ranges",
    "comparison": "limits", "change": "changes “from … to …”", "minute": "times after the start",
    "clock": "times of day",
}  # fmt: skip
_FIGURELESS = {"minute": "within", "range": "", "period": ""}
"""Kinds that are told without a figure too, and what such a text holds (nothing certain)."""


@signal
def quantities(
    context: Context, *, kind: Kind = "exact", least: int = 1, most: int = 4
) -> Found | None:
    """There are quantities of a kind.

    Strength counts them in units of ``least``, up to ``most`` units.
    """
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return None

    word = _FIGURELESS.get(kind)

    def may_hold(text: str) -> bool:
        return context.reading.has_digit(text) or (word is not None and word in text.lower())

    def counted(texts: Iterable[str]) -> int:
        return sum(len(pattern.findall(text)) for text in texts if may_hold(text))

    count = sum(context.reading.in_section(index, kind, counted) for index in context.members)
    if count < least:
        return None
    return Found(min(count / max(least, 1), most), f"{count} {_NAMES[kind]}")
