"""Quotes an author's words in sentences of the interface."""

from __future__ import annotations

from collections.abc import Iterable

from sphinxext_revguide.i18n import _
from sphinxext_revguide.text.in_words import short

_NAMED = 3
_LONGEST = 90
"""Characters of a sentence that is quoted; a longer one is cut at a word."""


def quoted(words: Iterable[str]) -> str:
    """Return up to three words in quotation marks as an enumeration."""
    found = list(dict.fromkeys(" ".join(word.split()) for word in words))
    *others, last = (_("“%s”") % short(word) for word in found[:_NAMED])
    if not others:
        return last
    return _("%(some)s and %(last)s") % {"some": ", ".join(others), "last": last}


def shortened(sentence: str) -> str:
    """Return a sentence that fits into a message, without the full stop at its end."""
    text = " ".join(sentence.split()).rstrip(".:;, ")
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rpartition(' ')[0].rstrip(' ,;:–-')} …"
