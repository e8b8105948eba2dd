"""Numbers in a text, with their units, and what they say.

Two figures are the same if they state the same value: ``$1.44M`` and ``1,440,000 dollars``,
``4.8s`` and ``4.8 seconds``, ``45%`` and ``45 percent``, ``Week 10`` and ``week ten``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.late_patterns import late
from sphinxext_revguide.text.measure import plain_typography

Key = tuple[str, ...]
"""The meaning of a figure: its kind and its values in the unit of that kind."""

_UNITS = {
    "ms": ("time", "0.001"), "milliseconds": ("time", "0.001"), "s": ("time", "1"),
    "sec": ("time", "1"), "second": ("time", "1"), "m": ("", "1"), "min": ("time", "60"),
    "minute": ("time", "60"), "h": ("time", "3600"), "hr": ("time", "3600"),
    "hour": ("time", "3600"), "d": ("time", "86400"), "day": ("time", "86400"),
    "week": ("time", "604800"), "month": ("month", "1"), "quarter": ("month", "3"),
    "year": ("month", "12"), "%": ("percent", "1"), "percent": ("percent", "1"),
    "per cent": ("percent", "1"), "b": ("byte", "1"), "byte": ("byte", "1"),
    "kb": ("byte", "1000"), "mb": ("byte", "1000000"), "gb": ("byte", "1000000000"),
    "tb": ("byte", "1000000000000"), "dollar": ("$", "1"), "usd": ("$", "1"), "euro": ("€", "1"),
    "eur": ("€", "1"), "pound": ("£", "1"), "gbp": ("£", "1"),
}  # fmt: skip
_MAGNITUDES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9,
}  # fmt: skip
_LABELS = (
    "week", "day", "month", "quarter", "year", "phase", "step", "sprint", "layer", "level", "tier",
    "stage", "round", "chapter", "part", "version",
)  # fmt: skip
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    **{word: 10 * tens for tens, word in enumerate(_TENS, 3)},
}  # fmt: skip

_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTING = {
    **{word: ("3rd" if rank == 3 else f"{rank}th") for rank, word in enumerate(_ORDINALS, 3)},
    "twice": "twice", "two times": "twice", "thrice": "thrice", "three times": "thrice",
    "half": "half",
}  # fmt: skip
"""Counting words that are not figures, with their meanings."""


def _first(words: Iterable[str]) -> str:
    """Return the letters with which some words begin."""
    return "".join(sorted({word[0] for word in words}))


_COUNTING_WORD = late(
    rf"(?<!\w)(?=[{_first(_COUNTING)}\d])"
    rf"(?:{'|'.join(_COUNTING)}|\d{{1,3}}(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MAGNITUDE = r"(?:thousand|million|billion|bn|mn)\b|(?:(?(money)[kmb]|(?-i:[kKMB])))(?!\w)"
"""A small m or b is metres, minutes or bytes, except with money."""
_UNIT = (
    r"(?:milliseconds|percent|per cent|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|"
    r"months?|quarters?|years?|bytes?|dollars?|euros?|pounds?|usd|eur|gbp|[kmgt]b|ms|s|h|d)\b|%"
)
_FIGURE = late(
    # What begins with a letter, then all else: most characters are behind a letter, most words
    # begin with a letter of none of these.
    r"(?<!\w)(?:(?=[a-z])(?:"
    rf"(?=[{_first(_LABELS)}])(?P<label>{'|'.join(_LABELS)})s?[ -]"
    rf"(?P<of>\d+(?:\s?-\s?\d+)?|{'|'.join(_SPELLED)})\b(?!\.\d)"
    r"|(?<!\.)(?P<name>[a-z]{1,3}\d+(?:\.\d+)*)(?![\w]|\.\d)"
    rf"|(?=[{_first(_SPELLED)}])(?P<spelled>{'|'.join(_SPELLED)})\b"
    rf"(?:[\s-](?P<spelled_unit>{_UNIT}))?"
    r")|(?<!\.)(?P<date>\d{4}-\d\d-\d\d|\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m\b)?)(?![\w:])"
    r"|(?<!\.)(?P<dotted>\d{1,9}(?:\.\d{1,9}){2,5})(?![\w]|\.\d)"
    rf"|(?<![.,])(?P<sign>±\s?|[-+](?=\d))?(?P<money>[$€£]\s?)?(?P<low>{_NUMBER})"
    rf"(?:\s?(?P<ratio>/|:)\s?(?P<under>{_NUMBER})(?![\w/])"
    rf"|(?P<first>\s?(?:{_MAGNITUDE}))?(?:\s?(?:-|to)\s?[$€£]?(?P<high>{_NUMBER}))?"
    rf"(?:\s?(?P<magnitude>{_MAGNITUDE}))?\+?[\s-]?(?P<unit>{_UNIT})?))",
    re.IGNORECASE,
)
_NUMBERED_LABEL = late(
    rf"(?<!\w)(?=[{_first(_LABELS)}])(?:{'|'.join(_LABELS)})s?[ -](\d+)", re.IGNORECASE
)
_NO_FIGURE = late(r"^\s*(?:>\s*)*(?:#{1,6}\s+(?:\d+(?:\.\d+)*\.?\s)?|\d{1,3}[.)]\s+)")
"""The mark of a heading with its number, or of an item of a list."""
_COUNTER = late(r"^\s*\|\s*\d{1,3}\s*(?=\|)")
"""The number of a row, in the first column of a table."""


@record(frozen=True, slots=True)
class Figure:
    """A figure as it is written, and its meaning."""

    text: str
    key: Key


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the figures of a text in order.

    Numbers of rows, items and headings are left out; spelled numbers count.
    """
    for line in plain_typography(text).split("\n"):
        shown = _COUNTER.sub("", _NO_FIGURE.sub("", line)).replace("*", "").replace("`", "")
        for match in _FIGURE.finditer(shown):
            try:
                key = _key(match)
            except ArithmeticError:  # a million digits
                key = "as written", match[0]
            yield Figure(match[0].strip(), key)


def without_numbered_labels(text: str) -> str:
    """Return a text in which figures stand for labels with a number, such as *Part 5*."""
    return _NUMBERED_LABEL.sub(r"\1", text)


def counting_words_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each ordinal, multiple and half of a text as it is written, with its meaning."""
    for match in _COUNTING_WORD.finditer(text):
        yield match[0], _COUNTING.get(match[0].lower(), match[0].lower())


def _key(match: re.Match[str]) -> Key:
    if match["label"]:
        of = match["of"].lower()
        return match["label"].lower(), *re.split(r"\s?-\s?", str(_SPELLED.get(of, of)))
    if as_written := match["date"] or match["name"] or match["dotted"]:
        return "as written", as_written.lower().replace(" ", "")
    if match["spelled"]:
        kind, factor = _unit(match["spelled_unit"] or "")
        return kind, _plain(Decimal(_SPELLED[match["spelled"].lower()]) * factor)
    low = _value(match["low"])
    if match["ratio"]:
        return "ratio", _plain(low), _plain(_value(match["under"]))
    kind, factor = _unit(match["unit"] or "")
    kind = (match["money"] or "").strip() or kind
    if (match["sign"] or "").startswith("±"):
        kind += "±"
    power = _power(match["magnitude"])
    values = [low * (_power(match["first"]) if match["first"] else power)]
    if match["high"]:
        values.append(_value(match["high"]) * power)
    return kind, *(_plain(value * factor) for value in values)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _power(magnitude: str | None) -> Decimal:
    return Decimal(10) ** _MAGNITUDES.get((magnitude or "").strip().lower(), 0)


def _unit(text: str) -> tuple[str, Decimal]:
    unit = text.lower()
    kind, factor = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s")) or ("", "1")
    return kind, Decimal(factor)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


# Begins with what it consumes, so that everything but digits is skipped.
_FIRST_NUMBER = late(r"(\d[\d,]*(?:\.\d+)?)\s*(k|m|bn|million|billion)?\b", re.IGNORECASE)
_BELOW_ZERO = late(r"[-−][~$€£¥<>≤≥≈]*\s?\Z")
_SCALE = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def first_number(text: str) -> float | None:
    """Return the first number of a text, with its thousands and millions."""
    match = _FIRST_NUMBER.search(text)
    if match is None:
        return None
    value = float(match[1].replace(",", "")) * _SCALE.get((match[2] or "").lower(), 1)
    before = text[: match.start()]
    return -value if before and _BELOW_ZERO.search(before) else value
