"""Signals of numbers: amounts, percentages, periods, changes, thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sphinxext_revguide.patterns.context import Context, Reading
from sphinxext_revguide.patterns.hints import DIGIT, hint
from sphinxext_revguide.patterns.signals.plain_digits import measured
from sphinxext_revguide.patterns.signals.registry import Found, signal, slow, up_to
from sphinxext_revguide.text.late_patterns import late


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
    "falls below", "drops below", "rises above", "(?:no|not) (?:more|less) than", "fewer than",
    "exceeding", "maximum", "minimum", "maximum of", "minimum of", "no later than",
)  # fmt: skip
_OR_MORE = (
    r"(?:(?:or|and) (?:more|less|fewer|higher|lower|above|below|over|under|up|greater|longer|worse)"
    r"|(?:at the )?(?:minimum|maximum)|upwards)\b"
)
_MOVED = _any(
    "up", "down", "rose", "rises", "fell", "falls", "grew", "grows", "dropped", "drops", "gained",
    "increased", "decreased", "reduced", "improved", "shrank", "climbed",
)  # fmt: skip
_MOVE = _any(
    "increase", "decrease", "reduction", "drop", "rise", "gain", "improvement", "growth", "saving",
    "fall", "uplift",
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
    # Begins with what it consumes, so that everything but digits is skipped.
    "exact": r"\d(?:(?<![#\d.].)\d{0,2}(?:,\d{3})+\b|(?<![\d.].)\d*\.\d++(?![\d.]*\d))",
    "range": r"\d\s?(?:-|to|\.\.)\s?\d|±|\b(?:between|about)\s+[$€£]?\d"
    r"|\b(?:plus or minus|roughly|or so)\b",
    "comparison": rf"[<>≤≥]\s?=?\s?[$€£]?\d|\b{_BEYOND}\s+[$€£]?\d"
    rf"|(?<![\w.,])\d[\d.,]*+\s?(?:%|{_LONG_UNIT}\b)?(?: \w+)? {_OR_MORE}"
    r"|\bbetween\s+[$€£]?\d[\d.,]*+\s?\S{0,8} and\s+[$€£]?\d",
    "change": r"\bfrom\s+[^\s\w]?\d[\d.,]*\s?\S{0,14}(?: \w+){0,2} to\s+(?:\w+ )?[^\s\w]?\d"
    r"|\d\s?\S{0,3}\s?(?:→|->|=>)\s?[^\s\w]?\d"
    rf"|\bby\s+\d[\d.,]*\s?{_PERCENT}|\b{_MOVE} of (?:\w+ )?\d[\d.,]*\s?{_PERCENT}"
    rf"|(?<![\w.)\]%])(?<!\d )[-+−]\s?\d[\d.,]*\s?{_PERCENT}"
    rf"|\b{_MOVED}\s+\d[\d.,]*\s?{_PERCENT}|\d\s?{_PERCENT} {_MOVE}\b",
    "minute": rf"(?:\bt\s?\+\s?|\+|<\s?|≤\s?|\b(?:within|minutes?|after|by minute)\s+)\d"
    rf"|\b{_RANGE}\s?{_UNIT}\b|\bwithin (?:{_COUNT}|an|the)\b",
    "clock": r"\b\d{1,2}[:.h]\d{2}\b",
    "figure": rf"\d[\d.,]*|\b(?:{_COUNT}|half|quarter|dozen|hundred|thousand|million|per cent"
    r"|percent|six|seven|eight|nine)\b",
}
Kind = Literal[
    "money", "percent", "availability", "duration", "period", "exact", "range", "comparison",
    "change", "minute", "clock", "figure",
]  # fmt: skip
# Texts are given in small letters: to ignore case takes several times as long.
_PATTERNS = {name: late(text) for name, text in _KINDS.items()}
_NAMES = {
    "money": "amounts of money", "percent": "percentages", "availability": "levels of 90% or more",
    "duration": "durations", "period": "periods", "exact": "exact figures", "range": "ranges",
    "comparison": "limits", "change": "changes", "minute": "times after the start",
    "clock": "times of day", "figure": "figures",
}  # fmt: skip
_MEASURED = {"range", "exact", "comparison", "change"}
"""Kinds for which a date, a version or a time of day is not a number."""
_MONTHS = hint(
    "jan january feb february mar march apr april jun june jul july aug august sep september oct"
    " october nov november dec december"
)
_PERIODS = hint("week month quarter day year sprint q")
_PERCENTS = hint("% percent cent")
_MONEY = hint("$ € £ ¥ ₹ usd eur gbp chf sek dkk nok k euro euros dollars pounds")
_LIMITS = hint(
    "< > ≤ ≥ above below over under exceed exceeds exceeding more less least most up beyond higher"
    " lower greater reaches falls drops rises fewer maximum minimum later longer worse between"
    " upwards"
)
_MOVES = hint(
    "- + − by up down rose rises fell falls grew grows dropped drops gained increased decreased"
    " reduced improved shrank climbed increase decrease reduction drop rise gain improvement growth"
    " saving fall uplift"
)
_EXTREMES = hint("minimum maximum upwards")
_ARROWS, _FROM, _TO = hint("→ >"), hint("from"), hint("to")
_ROUGHLY, _WITHIN = hint("± plus roughly so"), hint("within")
_ANYWHERE = dict.fromkeys(_KINDS, (DIGIT,)) | {
    "money": (), "percent": (), "availability": (), "change": (),
    "period": (_MONTHS,),
    "comparison": (DIGIT | _EXTREMES,),
    "range": (DIGIT, _ROUGHLY),
    "minute": (DIGIT, _WITHIN),
    "figure": (0,),
}  # fmt: skip
"""Kind -> hints of which one must be in a text, all parts of it, where no number is near."""
_NEAR_DIGITS = {
    "money": (_MONEY,), "percent": (_PERCENTS,), "availability": (_PERCENTS,),
    "period": (_PERIODS,), "comparison": (_LIMITS,),
    "change": (_PERCENTS | _MOVES, _ARROWS, _FROM | _TO),
}  # fmt: skip
"""Kind -> the same, of words near a number."""


_FRACTION = late(r"[.,]\d")
"""What every exact figure has, and few texts with a digit."""


def _may_hold(kind: Kind, text: str, reading: Reading) -> bool:
    """Return whether a text may hold something of a kind, by its words."""
    hints = reading.hints(text)
    if kind == "exact":
        return bool(hints & DIGIT and _FRACTION.search(text))
    for wanted in _ANYWHERE[kind]:
        if hints & wanted == wanted:
            return True
    if hints & DIGIT and kind in _NEAR_DIGITS:
        near = reading.hints_near_digits(text)
        for wanted in _NEAR_DIGITS[kind]:
            if near & wanted == wanted:
                return True
    return False


@slow
@up_to("most")
@signal
def quantities(
    context: Context, *, kind: Kind = "exact", least: int = 1, most: int = 4
) -> Found | None:
    """There are quantities of one kind.

    The strength is their number divided by ``least``, up to ``most``.
    """
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return None

    def count_in(text: str) -> int:
        if not _may_hold(kind, text, context.reading):
            return 0
        found = len(pattern.findall(text.lower()))
        # Numbers that measure nothing are removed only if there is something to count: it is slow.
        if found and kind in _MEASURED:
            said = measured(context.reading, text)
            return len(pattern.findall(said.lower())) if said is not text else found
        return found

    def counted(texts: Iterable[str]) -> int:
        return sum(map(count_in, texts))

    count = sum(context.reading.in_section(index, kind, counted) for index in context.members)
    if count < least:
        return None
    return Found(min(count / max(least, 1), most), f"{count} {_NAMES[kind]}")
