"""Moves passages that sentences quote to quotations below the sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinxext_revguide.importer.recognise.lines import Line, paragraphs
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.recognise.quote_leads import LEAD_WORDS, ORDER, side_of_lead

_PAIR = ("before", "after")
_MARKED = re.compile(r"[>|#\0]|[-*+][ \t]|\d{1,3}[.)][ \t]")
"""The beginning of a paragraph that is not plain text."""
_PASSAGE = re.compile(r"[“\"]((?:[^\s“”\"]+\s+){3,200}[^\s“”\"]+)[”\"]")
_EMPHASIZED = re.compile(r"[^*_:]{2,60}:[ ][*_](?![*_])([^*_]{8,2000})[*_]")
"""A lead, and a passage in italics."""


def quoted_apart_in(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of an issue, with the passages that its sentences introduce set apart."""
    found: list[Line] = []
    waits = False  # whether the last passage has no AFTER yet
    for paragraph in paragraphs(lines):
        pieces = _quoted_apart(paragraph, waits=waits)
        passages = sum(piece.text.startswith("> ") for piece in pieces) if pieces[1:] else 0
        waits = waits != (passages % 2 == 1)
        found += pieces
    return found


def _quoted_apart(paragraph: Sequence[Line], *, waits: bool) -> list[Line]:
    """Return the lines of a paragraph, with the passages that its sentences introduce set apart.

    An unknown lead introduces the other side of the passage beside it if it ends with a colon.

    :param waits: whether the passage above has no AFTER yet.
    """
    text = " ".join(line.text.strip() for line in paragraph)
    whole = _EMPHASIZED.fullmatch(text)
    matches = [] if _MARKED.match(text) else [whole] if whole else list(_PASSAGE.finditer(text))
    leads = [
        text[start : match.start(1) - 1].strip()
        for start, match in zip([0, *(match.end() for match in matches)], matches, strict=False)
    ]
    roles = list(map(side_of_lead, leads))
    rest = text[matches[-1].end() :].strip() if matches else ""
    is_led = bool(leads) and len(leads[0].split()) <= LEAD_WORDS  # a lead and its passage alone
    answered = bool(ORDER.match(rest)) or (not rest and (waits or is_led))
    alone = len(leads) == 1 and _introduces(leads[0], roles[0], answered=answered)
    if not alone and not _alternate(leads, roles):
        return list(paragraph)
    number = paragraph[0].number
    found: list[Line] = []
    for lead, match in zip(leads, matches, strict=True):
        found += (*apart(Line(lead, number)), Line(f"> {match[1]}", number), Line("", 0))
    return [*found, *(apart(Line(rest, number)) if rest.strip(".") else ())]


def _introduces(lead: str, role: str, *, answered: bool) -> bool:
    """Return whether a lead introduces the only passage of a paragraph.

    :param answered: whether what is around the passage tells its side, so that any lead will do.
    """
    return (lead.endswith(":") and answered) or (lead.endswith((":", ",")) and bool(role))


def _alternate(leads: Sequence[str], roles: Sequence[str]) -> bool:
    """Return whether leads introduce a BEFORE and its AFTER in turn, one of each pair surely."""
    fits = all(
        role == side or (not role and lead.endswith(":"))
        for lead, role, side in zip(leads, roles, _PAIR * len(roles), strict=False)
    )
    pairs = zip(roles[::2], roles[1::2], strict=False)
    return bool(roles) and len(roles) % 2 == 0 and fits and all(any(pair) for pair in pairs)
