"""Signals of the headings of a page, and of sections that are built alike."""

from __future__ import annotations

import math
import re
from collections import Counter

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Listing, Paragraph, Section, Table
from sphinxext_revguide.patterns.signals.registry import Found, first_of, listed, signal, up_to
from sphinxext_revguide.text.late_patterns import late

_NUMBERED = late(r"(?:(?:part|step|section|phase|chapter)\s+)?\d+(?:\.\d+)*[.):]?\s", re.IGNORECASE)
_LABEL = re.compile(r"([\w ]{2,30}):")


@up_to(math.inf)
@signal
def alike_headings(context: Context, *, least: int = 5, share: float = 0.4) -> Found | None:
    """Headings have the same form: they begin with the same word."""
    every = [section for section in context.sections if section.title]
    headings = [section for section in every if not section.pseudo]
    headings = headings if len(headings) >= least else every
    first = Counter(section.title.split()[0].lower().strip("'\"“:") for section in headings)
    if not first:
        return None
    word, count = first.most_common(1)[0]
    if count < least or count < share * len(headings) or not word.isalpha():
        return None
    found = [section for section in headings if section.title.lower().startswith(word + " ")]
    words = f"{count} of {len(headings)} headings begin with “{word.capitalize()}”"
    facts = {"count": count, "total": len(headings), "word": word.capitalize()}
    return Found(count / max(least, 1), words, place=first_of(found), facts=facts)


@up_to(math.inf)
@signal
def colon_headings(context: Context, *, least: int = 5, share: float = 0.4) -> Found | None:
    """Headings have the same form: a label, a colon, and a description."""
    headings = [section for section in context.sections if section.title]
    found = [section for section in headings if re.match(r"[^:]{3,40}: \S", section.title)]
    if len(found) < least or len(found) < share * len(headings):
        return None
    words = f"{len(found)} of {len(headings)} headings are a label and a colon"
    facts = {"count": len(found), "total": len(headings)}
    return Found(len(found) / max(least, 1), words, place=first_of(found), facts=facts)


@up_to(math.inf)
@signal
def numbered_headings(context: Context, *, least: int = 5, share: float = 0.5) -> Found | None:
    """Headings contain numbers typed by hand."""
    headings = [section for section in context.sections if section.title]
    found = [section for section in headings if _NUMBERED.match(section.title)]
    if len(found) < least or len(found) < share * len(headings):
        return None
    words = f"{len(found)} of {len(headings)} headings are numbered: {listed([found[0].title])} …"
    facts = {"count": len(found), "total": len(headings), "quote": found[0].title}
    return Found(len(found) / max(least, 1), words, place=first_of(found), facts=facts)


@up_to(math.inf)
@signal
def alike_siblings(context: Context, *, least: int = 3, blocks: int = 2) -> Found | None:
    """Neighbouring sections have the same structure, block by block and label by label."""
    groups: dict[tuple[object, ...], list[Section]] = {}
    for section in context.sections:
        skeleton = tuple(_kind(block) for block in section.blocks)
        if section.title and len(skeleton) >= blocks and len(set(skeleton)) > 1:
            groups.setdefault((section.parent, section.level, skeleton), []).append(section)
    alike = max(groups.values(), key=len, default=[])
    if len(alike) < least:
        return None
    titles = [section.title for section in alike]
    words = f"{len(alike)} sections have the same structure: {listed(titles[:3])}"
    facts = {"count": len(alike), "words": tuple(titles)}
    return Found(len(alike) / max(least, 1), words, place=first_of(alike), facts=facts)


def _kind(block: object) -> object:
    if isinstance(block, Table):
        return ("table", *block.head)
    if isinstance(block, Listing):
        return ("list", *(item.label.lower() for item in block.items if item.label))
    text = block.text if isinstance(block, Paragraph) else ""
    label = _LABEL.match(text) if ":" in text else None
    return ("text", label[1].lower()) if label else "text"
