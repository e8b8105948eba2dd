"""Reads frequencies and times from sentences: "I counted seven places", "Allow two hours"."""

from __future__ import annotations

import re

from sphinxext_revguide.importer.recognise.amount_words import ABOUT, NUMBER, PLACES
from sphinxext_revguide.importer.recognise.values import is_duration

_ABOUT = rf"(?:{ABOUT}|another[ ])?"
_SHORT = 9
"""A sentence with more words that begins with a duration does not state a working time."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_IS_WORK = re.compile(
    r"it(?:['’]s|['’]ll be|[ ](?:is|will be|would be))[ ]"
    rf"{_ABOUT}(.{{3,30}}?)['’]s?[ ](?:work|job)\b.*",
    re.IGNORECASE,
)
_ALLOW = re.compile(
    r"(?:i(?:['’]d|[ ](?:would|should))[ ]|you(?:['’]d|[ ](?:should|can|might))[ ])?"
    rf"(?:set aside|allow|reckon(?: with| on)?|budget|give it)[ ]{_ABOUT}"
    r"(.{3,30}?)(?:[ ](?:for|to|on|with|at)[ ].*|[,;:].*)?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_ABOUT}(.{{3,25}}?)[,;][ ].{{3,60}}", re.IGNORECASE)
_TIMES = rf"(?:once|twice|thrice|{NUMBER}[ ]times)"
_COUNTED = re.compile(
    r"\bI(?:['’]ve| have)?[ ](?:counted|marked|noted|underlined|circled|tallied)[ ]"
    rf"({ABOUT}?{NUMBER}"
    rf"(?:[ ]{PLACES}|[ ]of (?:them|these|those)|(?=[.,;]|[ ]in\b)))"
    rf"|\b(?:happens|occurs|recurs|comes up)[ ]({ABOUT}?{_TIMES})\b"
    rf"|\b({_TIMES}[ ]in (?:the|this|your|one) chapter)\b",
    re.IGNORECASE,
)


def spoken_time(text: str) -> str:
    """Return the working time that a sentence of a text states, "" if none does.

    Examples are "It is half an hour's work.", "I'd set aside two hours for it." and, only as the
    last sentence, "Five minutes, and the courage for it."
    """
    sentences = [sentence.rstrip(" .!?") for sentence in _SENTENCE.split(text.strip())]
    found = [
        match[1]
        for form in (_IS_WORK, _ALLOW)
        for said in sentences
        if (match := form.fullmatch(said))
    ]
    last = _BARE.fullmatch(sentences[-1])
    if last and len(sentences[-1].split()) <= _SHORT:
        found.append(last[1])
    return next(filter(is_duration, found), "")


def spoken_frequency(text: str) -> str:
    """Return how often a text says that its issue occurs, "" if it does not say.

    Examples are "I marked eleven." and "You do so twice in the chapter."
    """
    match = _COUNTED.search(text)
    return next((said for said in match.groups() if said), "") if match else ""
