"""Distinguishes a quoted text and its replacement from other texts in quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

QUOTATION = r"[\"“„«][ \u00a0\u202f]?([^\"“”„«»]{2,900}?)[ \u00a0\u202f]?[\"”“»]"
CODE = re.compile(r"^\s*(?:[$#{}<>]|//)|[{}<>=|\\]|\w\(|\w/\w+/|\w\.\w|_", re.MULTILINE)
"""What programs, commands and file names contain, but sentences do not."""
_QUOTED = re.compile(rf"{QUOTATION}\.?")
_MARKED = re.compile(r"~~([^~]+)~~|\*\*([^*]+)\*\*|\*([^*]+)\*|_([^_]+)_")
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = 0.5
"""The share of the words of the shorter text that the longer one must contain."""


def quoted(text: str) -> str:
    """Return the inside of a text that is all quoted, struck out, bold or emphasized; else ""."""
    match = _QUOTED.fullmatch(text) or _MARKED.fullmatch(text)
    return next(filter(None, match.groups()), "") if match else ""


def alike(pairs: Sequence[tuple[str, str]]) -> bool:
    """Return whether in at least one third of the pairs the two texts share words.

    A text and its replacement do; a request and its response, or a question and its answer, do not.
    """
    likenesses = 0
    for old, new in pairs:
        first, second = (Counter(map(str.casefold, _WORD.findall(text))) for text in (old, new))
        shorter = min(first.total(), second.total())
        same = (first & second).total()
        likenesses += old != new and shorter > 0 and same >= _ALIKE * shorter
    return 0 < len(pairs) <= 3 * likenesses
