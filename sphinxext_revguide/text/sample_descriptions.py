"""Samples that describe what is on a page, and quote none of it: “all four tables”."""

from __future__ import annotations

import re

from sphinxext_revguide.text.late_patterns import late

_DESCRIPTION = late(
    r"\W*(?:all|both|each|every|many|several|most|multiple|various|some|two|three|four|five|six|"
    r"seven|eight|nine|ten|dozens?|\d+(?:\s*(?:-|–|to)\s*\d+)?)\b[^.!?|]{0,60}?\b(?:tables?|"
    r"sections?|lists?|checklists?|bullets?|paragraphs?|headings?|headers?|titles?|box(?:es)?|"
    r"figures|diagrams?|emojis?|mentions|instances|occurrences|examples|repetitions|callouts?|"
    r"sentences|pages|phases|blocks?|summar(?:y|ies))\b[^.!?|\n]*\W*",
    re.IGNORECASE,
)
"""A count and what is counted: a sample that describes a page without quoting it."""
_SENTENCE = late(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|could|will|would|should|must|may|might|do|does|"
    r"did)\b",
    re.IGNORECASE,
)
"""Verbs, which descriptions do not contain, because they are lists of nouns."""


def is_description(text: str) -> bool:
    """Return whether a sample only describes a chapter, so that nothing can be found."""
    start = text.strip()[:400]
    return bool(_DESCRIPTION.fullmatch(start)) and not _SENTENCE.search(start)
