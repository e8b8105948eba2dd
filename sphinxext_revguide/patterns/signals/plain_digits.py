"""Digits that measure nothing: dates, clock times, versions, ports, status codes, references."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from sphinxext_revguide.patterns.hints import hint
from sphinxext_revguide.text.late_patterns import late

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|to|and|until)\s?"
_YEAR = r"(?:19|20)\d\d"
_DAY_OF_YEAR = (
    rf"\b{_DAY}(?:{_TO}{_DAY})?\.?\s(?:of\s)?{MONTH}\b\.?"
    rf"|\b{MONTH}\b\.?\s{_DAY}(?:{_TO}{_DAY})?\b(?!\d)"
    rf"|\b{_YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?\b"
    r"|\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)\b(?!\.\d)"
)
DAY = late(_DAY_OF_YEAR, re.IGNORECASE)
"""A day of the calendar, or several of them."""
_UNITS = (
    r"(?:%|percent|per cent|[a-zµ°]{1,2}\b|min\b|mins\b|hours?|seconds?|minutes?|days?|weeks?"
    r"|months?|years?|points?|times|tons?|tonnes?|metres?|meters?|miles?|litres?|thousand|million"
    r"|billion|[kmgt]i?b\b|euros?|dollars?|pounds?|eur\b|usd\b)"
)
_HOUR = r"(?:[01]?\d|2[0-3])\.[0-5]\d"
_TIME_OF_DAY = (
    r"\b\d{1,2}(?:[:.]\d\d){0,2}\s?[ap]\.?m\b\.?|\b\d{1,2}:\d\d(?::\d\d)?\b"
    r"|\b(?:starts?|ends?|opens?|closes?|begins?|leaves?|departs?|arrives?|sails?|meets?|runs)"
    rf"(?: daily)?(?: (?:at|from|until|till))\s{_HOUR}(?:{_TO}{_HOUR})?(?![\d.]*\d|\s?{_UNITS})"
)
_VERSIONED = (
    r"(?:versions?|releases?|rev|revision|ports?|status(?: codes?)?|(?:exit|error|status) codes?"
    r"|http|rfc|iso|iec|ieee|din|ansi|nist|pep|cve|chapters?|sections?|figures?|tables?|pages|page"
    r"|appendix|equations?|article|paragraph|§|tickets?|issues?|bugs?|pull requests?|nos?\.)"
)
_LIST = r"(?:(?:,? (?:and|or|to|through) |, ?|-)v?\d[\w.:/]*+(?!\s?%))*+"
# Looked for only where a word begins with a digit not far behind, which is quick to tell.
_PLAIN = late(
    r"(?<![a-z])(?=[0-9a-z#+§])(?=\D{0,60}+\d)(?:"
    rf"{_DAY_OF_YEAR}|{_TIME_OF_DAY}"
    rf"|(?<![\w.,$€£]){_YEAR}\s?(?:-|/|to|and|until)\s?(?:{_YEAR}|\d\d)\b(?![\d.,]*\d|\s?{_UNITS})"
    r"|\bv?\d+\.\d+(?:\.\d+)+(?:[-.]?(?:rc|alpha|beta|dev|post)\.?\d*)?\b"
    r"|(?<![\w.])v\d+(?:\.\d+)*\b|\b\d+(?:\.\d+)+ (?:or|and) (?:later|newer|earlier)\b"
    rf"|(?<![\w-]){_VERSIONED}\s?#?\s?v?\d[\w.:/]*+(?!\s?{_UNITS}){_LIST}"
    rf"|\b(?:answers|returns|responds with|responded with) [1-5]\d\d\b(?!\s?{_UNITS}){_LIST}"
    rf"|(?<=[a-z,] )(?-i:[A-Z]\w+) \d+\.\d+\b(?!\d|,\d|\s?{_UNITS}){_LIST}"
    r"|(?<!\w)#\d+\b|(?-i:\b[A-Z]{2,}-\d+(?:-\d+)*\b)|\+\d{2,3}[\s\d()-]{6,20}\d\b"
    r"|\b\d{3}-\d{4}\b)",
    re.IGNORECASE,
)


_NAMED = hint(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept"
    " september oct october nov november dec december version versions release releases rev"
    " revision port ports status code codes http rfc iso iec ieee din ansi nist pep cve chapter"
    " chapters section sections figure figures table tables page pages appendix equation"
    " equations article paragraph § ticket tickets issue issues bug bugs pull no nos v answers"
    " returns responds responded"
)
_FORM = late(
    r"[-+#\d](?:(?<=[-+#])\d|(?<=\d)\s?(?:(?:[:/.-]|to|and|until)\s?\d|[ap]\.?m))", re.IGNORECASE
)
"""How digits that measure nothing look where no word before or after them says what they are."""


class TextCache(Protocol):
    """What :func:`measured` needs of the reading of a page, which knows much more."""

    def hints_near_digits(self, text: str, /) -> int:
        """Return what the words of a text hint at that have digits, and those near them."""

    def once(self, text: str, compute: Callable[[str], str], /) -> str:
        """Return what a function computes of a text, the first time by computing it."""


def measured(reading: TextCache, text: str) -> str:
    """Return :func:`measuring` of a text, most of which have no such digits."""
    if reading.hints_near_digits(text) & _NAMED or _FORM.search(text):
        return reading.once(text, measuring)
    return text


def measuring(text: str) -> str:
    """Return a text without the digits that measure nothing.

    :param text: with typewriter dashes, as outlines have it.
    :returns: the text with a blank for each date, time of day, version, port, status code,
        reference and number of a ticket or telephone.
    """
    return _PLAIN.sub(" ", text)


def is_dated(label: str) -> bool:
    """Return whether a label names a day of the calendar: "Monday, March 3rd"."""
    return DAY.search(label) is not None
