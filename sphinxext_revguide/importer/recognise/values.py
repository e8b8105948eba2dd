"""Reads the values of fields: impacts, reductions, hours and sizes."""

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
    FIGURES,
    NUMBER_WORDS,
    SHARES,
)
from sphinxext_revguide.model import Impact

_IMPACTS = {
    **{impact.value: impact for impact in Impact},
    **dict.fromkeys(
        (
            "very high",
            "severe",
            "blocker",
            "blocking",
            "fatal",
            "urgent",
            "extreme",
            "enormously",
            "hugely",
            "immensely",
            "a",
            "essential",
            "vital",
            "crucial",
            "p0",
            "p1",
            "sev1",
            "s1",
            "🔴",
        ),
        Impact.CRITICAL,
    ),
    **dict.fromkeys(("must fix", "must", "must do"), Impact.CRITICAL),
    **dict.fromkeys(
        (
            "major",
            "important",
            "should fix",
            "should do",
            "should",
            "h",
            "p2",
            "sev2",
            "a great deal",
            "a lot",
            "greatly",
            "very much",
            "badly",
            "b",
            "very",
            "huge",
            "big",
            "large",
            "considerable",
            "substantial",
            "significant",
            "serious",
            "grave",
            "great",
            "heavy",
            "strong",
            "s2",
            "🟠",
        ),
        Impact.HIGH,
    ),
    **dict.fromkeys(("high-medium", "medium to high", "moderate-high"), Impact.MEDIUM_HIGH),
    **dict.fromkeys(
        (
            "a fair bit",
            "a fair amount",
            "rather",
            "quite",
            "somewhat",
            "moderately",
            "quite a bit",
            "c",
            "moderate",
            "med",
            "m",
            "middling",
            "middle",
            "mid",
            "fair",
            "p3",
            "sev3",
            "s3",
            "🟡",
        ),
        Impact.MEDIUM,
    ),
    **dict.fromkeys(
        (
            "minor",
            "very low",
            "trivial",
            "trifling",
            "negligible",
            "could fix",
            "could do",
            "could",
            "l",
            "p4",
            "p5",
            "sev4",
            "sev5",
            "small",
            "slight",
            "minimal",
            "nice to have",
            "desirable",
            "niggle",
            "quibble",
            "a little",
            "a bit",
            "slightly",
            "not much",
            "hardly",
            "not the end of the world",
            "light",
            "mild",
            "little",
            "cosmetic",
            "polish",
            "nit",
            "nitpick",
            "optional",
            "s4",
            "🟢",
        ),
        Impact.LOW,
    ),
}
_FIRST = re.compile(r"\s[-–—]\s|[,;:.]")
"""Ends the impact where its reason follows."""
_WORD = re.compile(rf"\b({'|'.join(sorted(FIGURES, key=len, reverse=True))})\b", re.IGNORECASE)
_STARS = re.compile(r"([★⭐●■◆▮]{1,5})([☆✩○□◇▯]{0,4})(?:[ ]*\([0-9] ?/ ?[0-9]\))?")
_OUT_OF = re.compile(r"([0-9]{1,2}) ?(?:/|of|out of) ?(5|10)")
_BY_STARS = dict(enumerate(reversed([*Impact]), start=1))
"""Stars out of five, as there are five impacts."""
_OF_THREE = dict(enumerate((Impact.LOW, Impact.MEDIUM, Impact.HIGH), start=1))
_RANKED = re.compile(r"(?:[0-9]|[A-E]|i{1,3}|iv|v)\s*[–—:.)-]\s*(?=[^\W\d_]{3})", re.IGNORECASE)
"""The rank in front of a level: "1 – Essential"."""
_QUALIFIED = re.compile(r"(?:very|quite|rather|fairly|pretty|really|somewhat|mostly) ")
_WORD_ALONE = 4
"""Letters of a word that is an impact even if other words follow it."""
_NOT_ALONE = ("must", "should", "could", "very", "rather", "quite")
"""Words that are an impact only where no other word is behind them."""
_IT = "(?:it |this |these |they )?"
_HAPPEN = "(?: (?:happen|change|go|be (?:done|fixed|changed)))?"
_TIME = "(?:there['’]?s|there is|you have|we have|you find)?"
_ORDERED: tuple[tuple[Impact, re.Pattern[str]], ...] = (
    (Impact.CRITICAL, re.compile(f"{_IT}(?:must|ha(?:s|ve) to|needs? to|cannot wait){_HAPPEN}")),
    (Impact.HIGH, re.compile(f"{_IT}(?:really )?(?:should|ought to){_HAPPEN}")),
    (
        Impact.LOW,
        re.compile(
            f"(?:only )?(?:if|when|where|as) (?:ever )?{_TIME} ?(?:the |any )?time"
            "(?: (?:allows|permits|is left|left|remains))?|(?:it )?would be nice"
        ),
    ),
)
"""Phrases that say what has to be done first: "Has to happen", "If there's time"."""
_BETWEEN = {"low-medium": Impact.MEDIUM, "medium-low": Impact.MEDIUM}
"""Words between two impacts: the higher one is taken, and told."""

T = TypeVar("T")
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value read from a text; ``whole`` says whether the text says nothing else."""

    value: T | None
    whole: bool = False
    problem: str = ""


_BOX = re.compile(r"([☐□◻])|([☒☑✓✔■◼✅])\ufe0f?|\[( )\]|\[[xX]\]")


def ticked(text: str) -> str:
    """Return what is ticked of several boxes in a text, and any other text as it is."""
    marks = list(_BOX.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip(" *_"):
        return text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    chosen = [
        text[mark.end() : end].strip(" ,;/|")
        for mark, end in zip(marks, ends, strict=True)
        if not mark[1] and mark[3] is None
    ]
    return chosen[0] if len(chosen) == 1 else text


def read_impact(text: str) -> Read[Impact]:
    """Read an impact word; ``problem`` says what is wrong with one that is not known."""
    text = ticked(text)
    bare = re.sub(r"\([^()]*\)", " ", text).strip(" *_.!")
    bare = (bare.strip(" 🔴🟠🟡🟢") or bare).casefold()
    bare = _RANKED.sub("", bare, count=1) if _RANKED.match(bare) else bare
    words = re.sub(r"\s*[-–/]\s*", "-", " ".join(bare.split()))
    whole = "(" not in text
    if stars := _STARS.fullmatch(text.strip()):
        of_three = len(stars[1]) + len(stars[2]) == len(_OF_THREE) and bool(stars[2])
        return Read((_OF_THREE if of_three else _BY_STARS)[len(stars[1])], True)
    if (out_of := _OUT_OF.fullmatch(text.strip())) and 0 < int(out_of[1]) <= int(out_of[2]):
        rank = int(out_of[1]) if out_of[2] == "5" else (int(out_of[1]) + 1) // 2
        return Read(_BY_STARS[rank], True)
    for form in (words, words.replace(" ", "-"), words.replace("-", "")):
        if form in _IMPACTS:
            return Read(_IMPACTS[form], whole)
        if form in _BETWEEN:
            problem = (
                f"the impact {text.strip()!r} is between two levels and was read as "
                f"'{_BETWEEN[form]}'; change ':impact:' if that is wrong"
            )
            return Read(_BETWEEN[form], False, problem)
    ordered = next((impact for impact, form in _ORDERED if form.fullmatch(bare)), None)
    if ordered:
        return Read(ordered, whole)
    first = _FIRST.split(bare, maxsplit=1)[0].strip()
    if first != bare and first in _IMPACTS:
        return Read(_IMPACTS[first])
    for form in (first, _QUALIFIED.sub("", first), first.partition(" ")[0]):
        if form in _IMPACTS and len(form) >= _WORD_ALONE and form not in _NOT_ALONE:
            return Read(_IMPACTS[form])
    known = ", ".join(impact.value for impact in Impact)
    problem = f"the impact {text.strip()!r} is unknown and was kept as text; write one of {known}"
    return Read(None, False, problem)


_COUNT = r"(?:~\s*|≈\s*)?(?:[0-9]{1,3},[0-9]{3}|[0-9]{1,6})"
_NUMBER = r"(?:~\s*|≈\s*)?[0-9]{1,6}(?:\.[0-9]{1,4})?"
_PERCENT = re.compile(
    rf"{_NUMBER}\s?%?(?:\s?(?:-|–|—|to)\s?{_NUMBER})?\s?(?:%|per\s?cent\b)", re.IGNORECASE
)
_WORD_UNIT = re.compile(r"\s?\bw(?:or)?ds?\b\.?|(?<=[0-9])\s?w\b", re.IGNORECASE)
_WORDS = re.compile(
    rf"{_COUNT}(?:\s?(?:-|–|—|to)\s?{_COUNT})?\s?(?:words?|wds?|w)\b", re.IGNORECASE
)
_MINUS = re.compile(r"^[\s*~]*[-−–]\s?(?=[0-9])")
_GROWS = re.compile(
    r"\+\s?[0-9]|\b(?:adds?|adding|added|grows?|longer)\b|\bwords more\b", re.IGNORECASE
)
"""What says that a number of words is not saved."""
_SHARE = re.compile(
    rf"{ABOUT}?(?:(?:an?|one)[ ]({'|'.join(SHARES)})(?:[ ](?:off|less|shorter|out|fewer))?"
    rf"|one word in ({'|'.join(NUMBER_WORDS)}|[1-9][0-9]?)(?:[ ](?:off|less|out|can go))?)",
    re.IGNORECASE,
)
_UNIT = r"(?:hours?|hrs?|h|minutes?|mins?)"
_HOURS = re.compile(
    rf"{_NUMBER}(?:\s?{_UNIT})?(?:\s?(?:-|–|—|to)\s?{_NUMBER})?\s?{_UNIT}(?![a-z])", re.IGNORECASE
)


def read_reduction(text: str) -> Read[Reduction]:
    """Read the first percentage in a text or, if there is none, the first number of words.

    A share in words counts where the text says no more: "a sixth off", "one word in six".
    """
    if share := _SHARE.fullmatch(text.strip(" *~.")):
        percent = SHARES.get((share[1] or "").casefold()) or round(100 / int(_figure(share[2])))
        return Read(parse_reduction(f"{percent}%"), True)
    text = re.sub(r"(?<=[0-9])--(?=[0-9])", "-", _MINUS.sub("", text))
    written = re.sub(r"per\s?cent\b", "%", text, flags=re.IGNORECASE)
    found = _read_span(written, _PERCENT, parse_reduction)
    if found.value is None and not _GROWS.search(text):
        found = _read_span(text, _WORDS, _in_words)
    return found


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
    rf"\b({'|'.join(NUMBER_WORDS)}|[0-9]{{1,2}})[ ]and[ ]a[ ]half(?=[ ](?:hours?|h)\b)",
    re.IGNORECASE,
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FRACTION = re.compile(r"([0-9]{1,3})?[ ]?([½¼¾])(?:[ ]an?\b)?")
_OR = re.compile(
    rf"\b({'|'.join(NUMBER_WORDS)}|[0-9]{{1,3}})[ ]or[ ](?=(?:{'|'.join(NUMBER_WORDS)}|[0-9]))",
    re.IGNORECASE,
)
"""Two estimates: "seven or eight hours"."""
_AN_HOUR = re.compile(
    r"\b(half|a quarter of|three[- ]quarters of|a)[ ](?:an[ ])?hour\b|\ban hour\b", re.IGNORECASE
)


def _of_an_hour(match: re.Match[str]) -> str:
    word = (match[1] or "").casefold()
    if word.startswith("three"):
        return "45 min"
    return "30 min" if word == "half" else "15 min" if word.startswith("a quarter") else "1 hour"


def is_duration(text: str) -> bool:
    """Return whether a text is a duration and nothing else."""
    return read_hours(text.strip(" .")).whole


def read_hours(text: str) -> Read[Span]:
    """Read the first duration in a text, as hours."""
    text = _plain_figures(_AND_A_HALF.sub("90 min", _M.sub(" min", text)))
    if part := _HOUR_AND.search(text):
        minutes = FIGURES.get(part[1].casefold(), part[1])
        text = f"{text[: part.start()]}1 hour {minutes} min{text[part.end() :]}"
    match = _COMPOUND.search(text)
    if match is not None and int(match[2]) < 60:
        hours = int(match[1]) + int(match[2]) / 60
        return Read(Span(hours, hours), match[0] == text.strip(" *~."))
    return _read_span(text, _HOURS, parse_hours)


def _plain_figures(text: str) -> str:
    """Write fractions and ranges as figures: "1½" as 1.5 and "7 or 8" as 7-8."""
    text = _FRACTION.sub(lambda match: f"{match[1] or 0}{_FRACTIONS[match[2]]}", text)
    text = _HALVES.sub(lambda match: f"{FIGURES.get(match[1].casefold(), match[1])}.5", text)
    return re.sub(r"(?<=[0-9])--(?=[0-9])", "-", _OR.sub(r"\1-", text))


def _read_span(text: str, pattern: re.Pattern[str], parse: Callable[[str], S]) -> Read[S]:
    text = _WORD.sub(lambda match: FIGURES[match[0].casefold()], _AN_HOUR.sub(_of_an_hour, text))
    match = pattern.search(text)
    if match is None:
        return Read(None)
    before, after = text[: match.start()].strip(" *~"), text[match.end() :].strip(" .*")
    if (before and (before[-1].isdigit() or before[-1] in "x×")) or pattern.match(after):
        # "1 hour 30 minutes", "2 × 45 min": a part of it would be wrong.
        return Read(None)
    try:
        span = parse(match[0])
    except (ValueError, OverflowError):
        return Read(None)
    return Read(span, not before and not after)


def read_size(text: str) -> Read[Size]:
    """Read a chapter's size from parts split by bars or commas."""
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
