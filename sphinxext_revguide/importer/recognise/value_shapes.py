"""Recognises fields without a label by the shape of their values.

"★★★☆☆", "found in all 6 sections", "about 40 minutes to mend": each is a field of an issue.
"""

from __future__ import annotations

import re

from sphinxext_revguide.importer.recognise.amount_words import ABOUT, NUMBER, PLACES, QUANTIFIER
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.values import is_duration

_DURATION = re.compile(
    r"(?:(?:allow|give it|takes?|needs?|budget|est\.?|estimated|effort|time|fix)[ ])?"
    rf"({ABOUT}?.{{1,24}}?"
    r"(?:hours?|hrs?|h|minutes?|mins?|m))\.?"
    r"(?:[ ](?:to (?:mend|fix|do|revise|repair|edit|rewrite)|of work|work|or so|each|in all))*",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?:(?:half|most of|about|the better part of)[ ])?(?:an?|one|two|three|[1-9])[ ]"
    r"(?:full[ ]|quiet[ ]|whole[ ])?(?:day|morning|afternoon|evening|weekend|week)s?"
    r"(?:,[ ].{1,30}|[ ](?:of|for|with|to|in|at|on|or|including|each|per|if)\b.{0,30})?",
    re.IGNORECASE,
)
"""Times that the model cannot express as a number; they are kept as text."""
_MORE_OF_TIME = re.compile(
    r"(?:(?:less than|under|up to|at most|at least) )?"
    rf"({ABOUT}?.{{1,24}}?(?:hours?|hrs?|h|minutes?|mins?))"
    r"(?:[ ]?[,(].{1,40}|[ ](?:at most|at least|or (?:two|so|less)|each|per|plus)\b.{0,30})?",
    re.IGNORECASE,
)
"""A duration with a condition: "90 minutes, plus a call", "15 min per section"."""
_IMPACT = re.compile(
    r"(?:impact|severity|priority)?[ ]?(.{1,30}?)[ -]?(?:impact|priority|severity|importance)?",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    rf"(?:(?:found|seen|occurs?|occurring|appears?|spotted|turns up|used|happens)[ ]"
    rf"(?:in[ ]|on[ ]|at[ ])?({ABOUT}?.{{1,60}})"
    rf"|({ABOUT}?(?:{NUMBER}|{QUANTIFIER})[ ]?(?:x|×|(?:\w+[ ]){{0,2}}{PLACES})(?:,?[ ].{{1,40}})?"
    r"|(?:once|twice|thrice)(?:,[ ].{1,60})?|(?:the )?(?:whole|entire) \w+|all over"
    r"|(?:on|in) (?:nearly |almost )?(?:every|each|all|most) .{1,40}"
    rf"|{NUMBER} (?:out )?of (?:the )?(?:{NUMBER} )?[a-z]+"
    r"|throughout(?:[ ].{1,30})?|passim|everywhere|×[0-9]{1,3}|x[0-9]{1,3}))",
    re.IGNORECASE,
)
_REDUCTION = re.compile(
    r"(?:(?:should|could|can|must|aim(?:ing)?|goal|target|cut|reduce|save|saves|bring|leave|saving)s?\b"
    r"[ ]?(?:to|at|of|by|down|for|leave|drop|fall|be|save)?\b.{0,50}"
    r"|[-–−][ ]?[0-9][0-9,]{0,5}(?:[ ]?(?:to|–|-)[ ]?[-–−]?[0-9][0-9,]{0,5})?[ ]?(?:%|w|words?)"
    r"(?:[ ](?:or so|or thereabouts))?"
    rf"|{ABOUT}?[0-9][0-9,]{{0,5}}[ ](?:words?|wds|w|lines|pages)[ ]"
    r"(?:fewer|less|shorter|lighter|saved|out|off)"
    r"|no[ ](?:change|saving|difference|gain)(?:[ ]in[ ](?:length|size|words))?"
    r"|.{1,24}(?:→|->|=>).{1,24})",
    re.IGNORECASE,
)


def field_of_shape(text: str) -> tuple[str, str] | None:
    """Return the label and value of the field that a text is by its shape, or None."""
    bare = text.strip(" *_.")
    if is_duration(bare) or _DAYS.fullmatch(bare):
        return "Time", bare
    match = _DURATION.fullmatch(bare)
    if match and is_duration(re.sub(rf"^{ABOUT}", "", match[1], flags=re.IGNORECASE)):
        return "Time", match[1]
    match = _MORE_OF_TIME.fullmatch(bare)
    if match and is_duration(re.sub(rf"^{ABOUT}", "", match[1], flags=re.IGNORECASE)):
        return "Time", bare
    match = _IMPACT.fullmatch(bare)
    if match and len(match[1]) > 1 and read_impact(match[1]).whole:
        return "Impact", match[1]
    match = _FREQUENCY.fullmatch(bare)
    if match:
        return "Frequency", (match[1] or match[2]).strip()
    return ("Reduction", bare) if _REDUCTION.fullmatch(bare) else None
