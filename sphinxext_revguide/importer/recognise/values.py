"""Reads the values of fields: reductions, hours and sizes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sphinxext_revguide.estimates import (
    Reduction,
    Size,
    Span,
    parse_hours,
    parse_reduction,
    parse_size,
)
from sphinxext_revguide.importer.recognise.amount_words import (
    ABOUT,
    FIGURE,
    FIGURES,
    LARGE,
    NUMBER_WORDS,
    SHARES,
)

_WORD = re.compile(rf"\b({FIGURE})\b", re.IGNORECASE)
_LARGE = re.compile(rf"\b{LARGE}", re.IGNORECASE)
T = TypeVar("T")
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value read from a text, or None.

    ``whole`` means that the text says nothing else; ``problem`` says what is wrong with it.
    """

    value: T | None
    whole: bool = False
    problem: str = ""


_COUNT = r"(?:~\s*|≈\s*)?(?:[0-9]{1,3},[0-9]{3}|[0-9]{1,6})"
_NUMBER = r"(?:~\s*|≈\s*)?[0-9]{1,6}(?:\.[0-9]{1,4})?"
_PERCENT = re.compile(
    rf"{_NUMBER}\s?%?(?:\s?(?:-|–|—|to)\s?{_NUMBER})?\s?(?:%|per\s?cent\b)", re.IGNORECASE
)
_WORD_UNIT = re.compile(r"\s?\bw(?:or)?ds?\b\.?|(?<=[0-9])\s?w\b", re.IGNORECASE)
_WORDS = re.compile(
    rf"{_COUNT}(?:\s?(?:-|–|—|to)\s?{_COUNT})?\s?(?:words?|wds?|w)\b", re.IGNORECASE
)
_MINUS = re.compile(r"(?:^[\s*~]*|(?<=[ ]to[ ]))[-−–]\s?(?=[0-9])")
_BETWEEN = re.compile(r"\b(?:between|from)[ ](\S{1,12})[ ](?:and|to)[ ](?=\S)", re.IGNORECASE)
_GROWS = re.compile(
    r"\+\s?[0-9]|\b(?:adds?|adding|added|grows?|longer)\b|\bwords more\b", re.IGNORECASE
)
"""Text that says that words are added and not saved."""
_SHARE = re.compile(
    rf"(?:by[ ])?(?:(?!a[ ]){ABOUT})?(?:(?:(?:(an?|one|two|three|four)[ -])?(?:good[ ]|full[ ])?"
    rf"({'|'.join(SHARES)})s?"
    rf"|one word in ({'|'.join(NUMBER_WORDS)}|[1-9][0-9]?))"
    r"(?:[ ](?:off|less|shorter|out|fewer|can go|of (?:it|this)))?)",
    re.IGNORECASE,
)
"""A fraction in words, with the number of such parts: "a sixth off", "two thirds"."""
_UNIT = r"(?:hours?|hrs?|h|minutes?|mins?)"
_HOURS = re.compile(
    rf"{_NUMBER}(?:\s?{_UNIT})?(?:\s?(?:-|–|—|to)\s?{_NUMBER})?\s?{_UNIT}(?![a-z])", re.IGNORECASE
)


_FROM_TO = re.compile(
    rf"\bfrom[ ](?:{ABOUT})?([0-9]{{1,3}},?[0-9]{{3}}|[0-9]{{2,4}})(?:[ ]words)?[ ]"
    rf"(?:(?:down[ ])?to|and[ ]leave)[ ](?:{ABOUT})?([0-9]{{1,3}},?[0-9]{{3}}|[0-9]{{2,4}})"
    r"(?=[ ]words\b|\W*$)(?![ ]?%)",
    re.IGNORECASE,
)
"""The lengths before and after a change: "from 1,200 words to about 800"."""
_NOTHING = re.compile(
    r"(?:(?:none|nil|nothing|zero|no[ ](?:change|savings?|reduction|difference|gain))\b"
    r"(?![ ](?:but|less|other))|(?:\w+[ ]){0,3}(?:no|not|hardly|scarcely)(?:[ ](?:any|much))?"
    r"[ ]shorter\b|(?:the[ ])?length[ ](?:\w+[ ]){0,2}the[ ]same\b"
    r"|(?=negligible|trifling|minimal|next[ ]to[ ]nothing|hardly[ ]any|barely[ ]any))",
    re.IGNORECASE,
)
"""Words for a change that saves nothing, or almost nothing."""


def read_reduction(text: str) -> Read[Reduction]:
    """Read the first percentage in a text or, if there is none, the first number of words.

    A fraction in words counts only if the text says nothing else: "a sixth off", "one word in six".
    """
    if (percent := _share_in_words(text.strip(" *~."))) > 0:
        return Read(parse_reduction(f"{percent}%"), True)
    text = _LARGE.sub(_large, text)
    if left := _FROM_TO.search(text):
        lost = int(left[1].replace(",", "")) - int(left[2].replace(",", ""))
        return Read(parse_reduction(f"{lost} words")) if lost > 0 else Read(None)
    if none := _NOTHING.match(text.strip(" *~")):
        return Read(parse_reduction("0 words"), none.end() == len(text.strip(" *~.")))
    text = re.sub(r"(?<=[0-9])--(?=[0-9])", "-", _BETWEEN.sub(r"\1-", _MINUS.sub("", text)))
    written = re.sub(r"per\s?cent\b", "%", text, flags=re.IGNORECASE)
    found = _read_span(written, _PERCENT, parse_reduction)
    if found.value is None and not _GROWS.search(text):
        found = _read_span(text, _WORDS, _in_words)
    return found


def _share_in_words(text: str) -> int:
    """Return the percentage that a fraction in words is; 0 if the text is none below the whole."""
    match = _SHARE.fullmatch(text)
    if match is None or not (match[1] or match[3] or match[2].casefold() == "half"):
        return 0  # "third" alone is a rank
    if match[3]:
        return round(100 / int(_figure(match[3])))
    parts = {"two": 2, "three": 3, "four": 4}.get((match[1] or "").casefold(), 1)
    whole = round(100 / SHARES[match[2].casefold()])
    return round(100 * parts / whole) % 100


def _large(match: re.Match[str]) -> str:
    """Return a number above a hundred in digits, or a range of two: 600-700."""
    words = match[0].casefold().replace("-hundred", " hundred").replace("-thousand", " thousand")
    count, unit, rest = re.split(r" (hundred|thousand)", words, maxsplit=1)
    scale = 100 if unit == "hundred" else 1000
    counts = [
        "2" if "couple" in one else "1" if one in ("a", "an") else _figure(one)
        for one in re.split(r" (?:or|to) ", count)
    ]
    more = int(_figure(rest.strip().removeprefix("and ").strip() or "0"))
    return "-".join(str(int(one) * scale + more) for one in counts)


def _figure(number: str) -> str:
    return FIGURES.get(number.casefold(), number)


def _in_words(text: str) -> Reduction:
    return parse_reduction(_WORD_UNIT.sub(" words", text))


_COMPOUND = re.compile(
    r"([0-9]{1,3})\s?(?:hours?|hrs?|h)(?:\s?(?:,|and|&))?\s?([0-9]{1,2})"
    r"(?:\s?(?:minutes?|mins?|m)\b|(?!\.?\w))",
    re.IGNORECASE,
)


_M = re.compile(r"(?<![0-9.]h )(?<=[0-9])\s?m\b")
"""The unit of "30m"."""
_AND_A_HALF = re.compile(r"\b(?:an|one)[ ]hour[ ]and[ ]a[ ]half\b", re.IGNORECASE)
_HOUR_AND = re.compile(
    rf"\b(?:an|one)[ ]hour[ ]and[ ]([1-5]?[0-9]|{'|'.join(FIGURES)})[ ](?:minutes|min)\b",
    re.IGNORECASE,
)
_HALVES = re.compile(
    rf"\b({'|'.join(NUMBER_WORDS)}|[0-9]{{1,2}})[ ]and[ ]a[ ]half"
    r"(?=[ ](?:hours?|h|days?|weeks?)\b)",
    re.IGNORECASE,
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FRACTION = re.compile(r"([0-9]{1,3})?[ ]?([½¼¾])(?:[ ]an?\b)?")
_OR = re.compile(
    rf"\b({'|'.join(NUMBER_WORDS)}|[0-9]{{1,3}})[ ]or[ ](?=(?:{'|'.join(NUMBER_WORDS)}|[0-9]))",
    re.IGNORECASE,
)
"""Alternative estimates: "seven or eight hours"."""
_COUPLE = re.compile(r"\ba couple of (?=\w)", re.IGNORECASE)
_AN_HOUR = re.compile(
    r"\b(half|a quarter of|three[- ]quarters of|a)[ -](?:an[ ])?hour\b|\ban hour\b", re.IGNORECASE
)


def _of_an_hour(match: re.Match[str]) -> str:
    word = (match[1] or "").casefold()
    if word.startswith("three"):
        return "45 min"
    return "30 min" if word == "half" else "15 min" if word.startswith("a quarter") else "1 hour"


def is_duration(text: str) -> bool:
    """Return whether a text is a duration and nothing else."""
    bare = _PART_OF.sub("", text.strip(" ."))
    in_days = bool(_HAS_DAYS.search(bare)) and bool(_DAYS.fullmatch(_in_digits(bare)))
    return in_days or read_hours(bare).whole


def read_hours(text: str) -> Read[Span]:
    """Read the first duration in a text, in hours."""
    said = text.strip()
    text = _BETWEEN.sub(r"\1-", _M.sub(" min", _COUPLE.sub("2 ", text)))
    text = _plain_figures(_AND_A_HALF.sub("90 min", text))
    if part := _HOUR_AND.search(text):
        minutes = FIGURES.get(part[1].casefold(), part[1])
        text = f"{text[: part.start()]}1 hour {minutes} min{text[part.end() :]}"
    match = _COMPOUND.search(text)
    if match is not None and int(match[2]) < 60:
        hours = int(match[1]) + int(match[2]) / 60
        return Read(Span(hours, hours), match[0] == text.strip(" *~."))
    if _HAS_DAYS.search(text) and not _HOURS.search(text):
        return _read_days(text, said)
    return _read_span(text, _HOURS, parse_hours)


_WORKING_HOURS = {"day": 8, "morning": 4, "afternoon": 4, "evening": 4, "week": 40, "weekend": 16}
"""The hours of work in a day or another stretch of time."""
_PART_OF = re.compile(r"(?:the )?(?:best|better|greater) part of ", re.IGNORECASE)
_HAS_DAYS = re.compile(rf"(?:{'|'.join(_WORKING_HOURS)})s?\b", re.IGNORECASE)
_DAY_AND_A_HALF = re.compile(r"\b(?:an?|one)[ ](day|week)[ ]and[ ]a[ ]half\b", re.IGNORECASE)
_HALF_DAY = re.compile(r"\bhalf[ -](?:an?[ ])?(?:working[ ])?(?=day\b)", re.IGNORECASE)
_DAYS = re.compile(
    rf"\b(?:({_NUMBER})(?:\s?[-–—]\s?({_NUMBER}))?|an?|another|one)[ -]"
    r"(?:(?:full|whole|good|long|short|clear|quiet|working|solid)[ -])?"
    rf"({'|'.join(sorted(_WORKING_HOURS, key=len, reverse=True))})s?\b"
    r"(?!['’-]|[ ](?:ago|later|earlier|before|after)\b)",
    re.IGNORECASE,
)


def _read_days(text: str, said: str) -> Read[Span]:
    """Read the only time in days, or in parts of a day, as hours of work; it is an assumption.

    :param said: the text as its editor wrote it.
    """
    found = list(_DAYS.finditer(_in_digits(text)))
    if len(found) != 1:
        return Read(None)
    low, high, unit = found[0].groups()
    scale = _WORKING_HOURS[unit.casefold()]
    ends = sorted(float((end or low or "1").strip("~≈ ")) * scale for end in (low, high))
    span = Span(*ends)
    problem = (
        f"{said!r} was read as {span} h, at {_WORKING_HOURS['day']} hours a day; change "
        "':effort:' if that is wrong"
    )
    return Read(span, False, problem)


def _in_digits(text: str) -> str:
    """Write the numbers of days in digits: "half a day" as 0.5 day, "two or three days" as 2-3."""
    text = _HALF_DAY.sub("0.5 ", _DAY_AND_A_HALF.sub(r"1.5 \1s", _plain_figures(text)))
    text = _WORD.sub(lambda match: _figure(match[0]), text)
    return re.sub(r"(?<=[0-9])[ ]to[ ](?=[0-9])", "-", text)


def _plain_figures(text: str) -> str:
    """Write fractions and ranges in digits: "1½" as 1.5 and "7 or 8" as 7-8."""
    text = _FRACTION.sub(lambda match: f"{match[1] or 0}{_FRACTIONS[match[2]]}", text)
    text = _HALVES.sub(lambda match: f"{FIGURES.get(match[1].casefold(), match[1])}.5", text)
    return re.sub(r"(?<=[0-9])--(?=[0-9])", "-", _OR.sub(r"\1-", text))


def _read_span(text: str, pattern: re.Pattern[str], parse: Callable[[str], S]) -> Read[S]:
    text = _WORD.sub(lambda match: _figure(match[0]), _AN_HOUR.sub(_of_an_hour, text))
    match = pattern.search(text)
    if match is None:
        return Read(None)
    before, after = text[: match.start()].strip(" *~"), text[match.end() :].strip(" .*")
    if (before and (before[-1].isdigit() or before[-1] in "x×")) or pattern.match(after):
        # Of "1 hour 30 minutes" or "2 × 45 min", a part alone would be wrong.
        return Read(None)
    try:
        span = parse(match[0])
    except (ValueError, OverflowError):
        return Read(None)
    return Read(span, not before and not after)


def read_size(text: str) -> Read[Size]:
    """Read a chapter's size, whose parts may be separated by bars, commas or semicolons."""
    if re.search(r"[0-9]{12}", text):
        return Read(None)
    try:
        return Read(parse_size(text.strip(" .")), True)
    except (ValueError, OverflowError):
        pass
    sizes = [size for part in re.split(r",(?!\d{3})|[|;]", text) if (size := _part(part))]
    if not sizes:
        return Read(None)
    found = {
        field.name: next((value for value in values if value is not None), None)
        for field in dataclasses.fields(Size)
        if (values := [getattr(size, field.name) for size in sizes])
    }
    return Read(Size(**found))


def _part(text: str) -> Size | None:
    try:
        size = parse_size(text.strip(" ."))
    except (ValueError, OverflowError):
        return None
    return size if size != Size() else None
