"""Reads fields of an issue from sentences: "I counted seven places", "Allow two hours"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sphinxext_revguide.importer.recognise.amount_words import (
    ABOUT,
    NUMBER,
    PLACES,
    QUANTIFIER,
    SHARES,
)
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.quote_leads import SENTENCE
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.recognise.values import is_duration, read_reduction

_ABOUT = rf"(?:{ABOUT}|another[ ])?"
_LONGEST = 60
"""A sentence with more words states no field."""

# Times

_SHORT = 9
"""A sentence with more words that begins with a duration does not state a working time."""
_DURATION = (
    r"((?:[\w½¼¾.,–-]+[ ]){0,5}?(?:half-hour|half-day|hours?|hrs?|minutes?|mins?"
    r"|days?|mornings?|afternoons?|evenings?|weekends?|weeks?)(?:[ ]and a half)?)"
)
_IS_WORK = re.compile(
    r"it(?:['’]s|['’]ll be|[ ](?:is|will be|would be))[ ]"
    rf"{_ABOUT}(.{{3,30}}?)['’]s?[ ](?:work|job)\b.*",
    re.IGNORECASE,
)
_ALLOW = re.compile(
    r"(?:i(?:['’]d|[ ](?:would|should))[ ]|you(?:['’]d|[ ](?:should|can|might))[ ])?"
    r"(?:set aside|allow|reckon(?: with| on)?|budget|need|spend|give (?:it|this)|call it|expect)"
    rf"[ ]{_ABOUT}"
    r"(.{3,30}?)(?:[ ](?:for|to|on|with|at|of)[ ].*|[,;:].*)?",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:takes?|costs?|needs?|wants?|be)[ ](?:you[ ]|us[ ])?"
    r"(?:the[ ](?!best|better|greater)\w+[ ])?"
    rf"{_ABOUT}{_DURATION}\b"
    r"(?![ ](?:ago|later|long|old|into|before|after))",
    re.IGNORECASE,
)
"""What the work takes: "It ought to take you no more than an hour"."""
_HEDGED = re.compile(
    rf",[ ](?:perhaps|maybe|say|about|probably|roughly|at most)[ ]{_DURATION}"
    r"(?=[ ](?:for|in all)\b|[,;]|$)",
    re.IGNORECASE,
)
"""An estimate that interrupts a sentence: "That is quick, perhaps two hours for both"."""
_FRAGMENT = re.compile(
    rf"{_ABOUT}{_DURATION}(?:,[ ].*|[ ](?:at (?:most|least|the outside)|or (?:so|less|two)|in all"
    r"|altogether|if|with|for|plus|perhaps)\b.*)?",
    re.IGNORECASE,
)
"""A sentence that is only a duration with a condition: "Forty minutes at most."."""

# Frequencies

_TIMES = rf"(?:once|twice|thrice|{NUMBER}[ ]times)"
_MANY = rf"(?:{NUMBER}(?:[ ]or[ ]{NUMBER})?|{QUANTIFIER})"
_OF_ALL = rf"(?:[ ](?:out[ ])?of[ ](?:the[ ]|your[ ])?{NUMBER})?"
_COUNTED = re.compile(
    r"\bI(?:['’]ve| have)?[ ]"
    r"(?:(?:count|mark|note|underline|circle|tall[yi])(?:e?d)?|find|found|see|saw)"
    rf"[ ]({ABOUT}?{NUMBER}"
    rf"(?:[ ]{PLACES}|[ ]of (?:them|these|those)|$|(?=[.,;]|[ ]in\b)))"
    r"|\b(?:happens|occurs|recurs|comes up|turns up|appears|crops up|shows up)"
    rf"[ ](?:only[ ]|just[ ])?(?:the[ ])?({ABOUT}?{_TIMES})\b"
    rf"|\b({_TIMES}[ ]in (?:the|this|your|one) chapter)\b",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    rf"\b(?:in|on)[ ](?:the[ ])?({ABOUT}?{_MANY}{_OF_ALL}[ ](?:\w+[ ])?{PLACES})\b"
    r"|\bin[ ](all(?: of (?:the|your))?[ ](?:[a-z]+[ ])?[a-z]{3,15}s)\b"
    r"(?=[ ](?:that|which|where)\b)",
    re.IGNORECASE,
)
"""Where it occurs: "in the seven or eight paragraphs", "on almost every page"."""
_SHARE = re.compile(
    rf"(?!one\b)({ABOUT}?(?:half|most|all|{NUMBER})[ ](?:out[ ])?of[ ](?:the|your)[ ]{NUMBER}"
    r"[ ][a-z]{3,15})\b.*",
    re.IGNORECASE,
)
"""How a sentence begins that says how many of a number: "Six of the seven sections end ..."."""
_NUMBER_ALONE = re.compile(
    rf"({ABOUT}?{NUMBER}(?:[ ]of (?:them|these|those))?)(?:[;:,][ ].*)?", re.IGNORECASE
)
"""A sentence that is a number: "Five.", "Thirty of them; I looked."."""
_ADVISES = re.compile(
    r"\b(?:should|could|would|must|ought|put|say|write|give|move|use|merge|make|cut|keep|will|can"
    r"|let|try|please|describe|explain|gloss|print)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says what to do: a number in it does not say how often."""

# Reductions

_WORDS = rf"(?:[0-9]{{1,3}},[0-9]{{3}}|{NUMBER})"
_AMOUNT = (
    rf"((?:between[ ])?{ABOUT}?{_WORDS}(?:(?:[ ]?[-–][ ]?|[ ](?:to|or|and)[ ]){_WORDS})?"
    r"[ ]?(?:words|%|per[ ]?cent)"
    rf"|(?<=by[ ])(?:half|(?:a|one)[ ](?:{'|'.join(SHARES)})))"
    r"(?![ ](?:out[ ])?of\b(?![ ](?:it|this|them|the[ ](?:chapter|text|section|length|passage))\b))"
)
_SAVES = re.compile(
    r"\b(?:(?:sav|los|remov|spar|reduc)(?:e|es|ing)|(?:recover|return|gain|shed|shorten|free)s?"
    r"|trims?|gives?(?:[ ](?:you|us|me))?[ ]back|(?:takes?|cuts?)[ ](?:off|out))"
    rf"[ ](?:(?!to\b|from\b|at\b)\w+,?[ ]){{0,4}}?(?:by[ ])?{_AMOUNT}",
    re.IGNORECASE,
)
"""What a change saves: "It should give us back some 900 words"."""
_OFF = re.compile(
    rf"\b{_AMOUNT}[ ](?:off|fewer|less|shorter|lighter|saved|gone|back|to be (?:had|saved|gained)"
    r"|(?:can|could|would|will|should|ought to) (?:go|come out|be (?:cut|saved)))\b",
    re.IGNORECASE,
)
"""An amount and how it changes: "perhaps 250 words off"."""

# Impacts

_GRAVE = (
    "moderately (?:important|serious)|grave|serious|severe|critical|crucial|essential|vital|fatal"
    "|urgent|major|minor|small|slight|trivial|trifling|negligible|middling|moderate|important|significant|cosmetic|big"
    "|gravest|worst|most (?:grave|serious|severe|important|urgent|damaging)"
)
_NOUN = (
    "(?:point|matter|fault|thing|one|problem|issue|flaw|blemish|failing|weakness|trouble|quibble)"
)
_IMPACT = re.compile(
    r"(?:(?:this|it|that)(?:['’]s| is)[ ]|i(?:['’]d|[ ](?:should|would))[ ]call[ ](?:this|it)[ ])?"
    r"(?:(?:an?|the|by far|easily|probably|perhaps|also|only|still)[ ]){0,3}"
    rf"(?:(?:nearly|almost|just|equally|quite|rather|very|fairly|pretty|as)[ ]){{0,2}}({_GRAVE})"
    rf"(?:[ ]{_NOUN})?(?:[ ](?:of|in) (?:the|all|them|these)\b.*|[ ]as (?:the|number) \w+"
    r"|[,;:].*|[ ](?:but|though|and)\b.*)?",
    re.IGNORECASE,
)
"""A sentence that says how serious an issue is: "A minor point, and a matter of taste"."""


def spoken_fields(text: str, *, begins: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and value of each field that the sentences of a paragraph state.

    :param begins: whether it is the first paragraph of an issue, which may state its impact.
    """
    readers: dict[str, Callable[[str], str]] = {
        "Impact": spoken_impact,
        "Frequency": spoken_frequency,
        "Reduction": spoken_reduction,
        "Time": spoken_time,
    }
    for name, reader in readers.items():
        value = reader(text) if begins or name != "Impact" else ""
        if value:
            yield name, value


def _sentences(text: str) -> list[str]:
    parts = [part for sentence in SENTENCE.split(text.strip()) for part in sentence.split("; ")]
    found = [part.strip(" .!?()") for part in parts]
    return [sentence for sentence in found if 0 < len(sentence.split()) <= _LONGEST]


def spoken_impact(text: str) -> str:
    """Return the words of a text that say how serious its issue is, "" if none do."""
    matches = map(_IMPACT.fullmatch, _sentences(text))
    found = (match[1] for match in matches if match)
    return next((words for words in found if read_impact(words).value), "")


def spoken_time(text: str) -> str:
    """Return the working time that a sentence of a text states, "" if none does.

    Examples are "It is half an hour's work.", "I'd set aside two hours for it." and, as a sentence
    of a few words, "Five minutes, and the courage for it."
    """
    found: list[str] = []
    for said in _sentences(text):
        for form in (_IS_WORK, _ALLOW, _FRAGMENT):
            match = form.fullmatch(said)
            short = form is not _FRAGMENT or len(said.split()) <= _SHORT
            found += [match[1]] if match and short else []
        for form in (_TAKES, _HEDGED):
            found += [match[1] for match in form.finditer(said)]
    return next(filter(is_duration, found), "")


def spoken_frequency(text: str) -> str:
    """Return how often a text says that its issue occurs, "" if it does not say.

    Examples are "I marked eleven.", "Six of the seven sections end so." and "on every page".
    """
    for said in _sentences(text):
        spread = _SPREAD.search(said)
        if spread and _ADVISES.search(said[: spread.start()]):
            spread = None
        counted = _COUNTED.search(said) or _SHARE.fullmatch(said) or _NUMBER_ALONE.fullmatch(said)
        if match := counted or spread:
            return next((words for words in match.groups() if words), "")
        shape = field_of_shape(said.partition(":")[0])
        if shape and shape[0] == "Frequency":
            return shape[1]
    return ""


def spoken_reduction(text: str) -> str:
    """Return what a text says that a change saves, "" if it does not say.

    Examples are "It should save you 800 words." and "That is perhaps 250 words off."
    """
    for said in _sentences(text):
        match = _SAVES.search(said) or _OFF.search(said)
        if match and read_reduction(match[1]).value:
            return match[1]
    return ""
