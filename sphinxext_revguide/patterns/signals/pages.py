"""Signals of quantities on a page: terms, emoji, figures, tables."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from sphinxext_revguide.model import FileLine
from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.hints import hint
from sphinxext_revguide.patterns.outline import Listing, Paragraph, Section, Table
from sphinxext_revguide.patterns.sentence_features import split
from sphinxext_revguide.patterns.signals.plain_digits import measured
from sphinxext_revguide.patterns.signals.registry import (
    Found,
    first_of,
    listed,
    signal,
    up_to,
)
from sphinxext_revguide.text.in_words import counted, short
from sphinxext_revguide.text.late_patterns import late

_EMOJI = late(
    "[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u2714\u2718\u274c\u274e\u2728\u2753-\u2757\u27a1\u2b50\u2b55]"
)
_EXACT = late(
    r"(?<![\w.,:/-])[$€£]?(?!(?:19|20)\d\d\b)"
    r"(?:(?:\d{1,3}(?:,\d{3})+|\d{3,}|\d+\.\d+)(?:\s?%|[kKM]?\b)|\d*[1-46-9]\s?%)(?![:/-]\d)"
)
_RUN = re.compile(r"\d[\d.,]*")
_MAYBE_EXACT = re.compile(r"[0-9](?:[0-9][0-9]|[.,][0-9]|\s?%)")
"""A quick look at texts of which most hold no exact figure."""
_ROUND = late(r"[$€£]?[1-9]0*+(?:,?000)*+(?:\.0++)?[%kKM]?$")


def _first(found: Sequence[tuple[str, FileLine]]) -> FileLine | None:
    """Return the place of the first of several texts, in the order in which they are read."""
    return found[0][1] if found else None


def _enough(count: int, words: int, least: int, per_thousand: float) -> bool:
    return count >= least and count >= per_thousand * words / 1000


@up_to(math.inf)
@signal
def occurrences(
    context: Context, *, lexicon: str = "", least: int = 3, per_thousand: float = 0.0
) -> Found | None:
    """Words of the lexicon occur at least a given number of times, in total and per 1,000 words."""
    places: list[FileLine] = []
    said: Counter[str] = Counter()
    for text, place in context.texts_with_places if context.has(lexicon) else ():
        for words in context.reading.every(context.lexicons[lexicon], text):
            places.append(place)
            said[words] += 1
    count = len(places)
    if count < least or not _enough(count, context.size, least, per_thousand):
        return None
    common = listed(word for word, _count in said.most_common(5))
    facts = {"count": count, "words": tuple(word for word, _count in said.most_common(5))}
    words = f"{count} times {common}"
    return Found(count / max(least, 1), words, place=places[0] if places else None, facts=facts)


@up_to(math.inf)
@signal
def emoji(context: Context, *, least: int = 1) -> Found | None:
    """The text contains emoji or tick symbols."""
    found = [
        (sign, place)
        for text, place in context.texts_with_places
        if not text.isascii()
        for sign in _EMOJI.findall(text)
    ]
    if len(found) < least:
        return None
    kinds = " ".join(dict.fromkeys(sign for sign, _place in found))
    facts = {"count": len(found), "kinds": kinds}
    words = f"{len(found)} emoji: {kinds}"
    return Found(len(found) / max(least, 1), words, place=_first(found), facts=facts)


def _count_maybe_exact(text: str) -> int:
    """Count what may be exact figures: no text has more of them."""
    return len(_MAYBE_EXACT.findall(text))


def _exact_in(context: Context, text: str) -> list[str]:
    """Return the exact figures of a text, looked for once, whatever it is judged with."""

    def exact(text: str) -> list[str]:
        said = measured(context.reading, text) if any(_figures(text)) else ""
        return [figure for figure in _figures(said) if not _ROUND.match(figure)]

    once = context.reading.once
    return once(text, exact) if once(text, _count_maybe_exact) else []


def _figures(text: str) -> Iterator[str]:
    """Yield exact figures: each begins a run of digits, or is what its currency begins."""
    for run in _RUN.finditer(text):
        start = run.start()
        of_currency = start and text[start - 1] in "$€£" and _EXACT.match(text, start - 1)
        found = of_currency or _EXACT.match(text, start)
        if found:
            yield found[0]


@up_to(math.inf)
@signal
def exact_figures(
    context: Context, *, least: int = 3, per_thousand: float = 0.0, prose: bool = True
) -> Found | None:
    """Numbers are exact to the last digit; with ``prose``, only those in sentences count."""
    once = context.reading.once
    texts = context.texts_with_places
    if prose and context.block is None:
        own = set(context.prose)
        texts = [(text, place) for text, place in texts if text in own]
    most = sum(once(text, _count_maybe_exact) for text, _place in texts)
    if most < least:
        return None
    found: list[tuple[str, FileLine]] = []
    for text, place in texts:
        if not _enough(most, context.size, least, per_thousand):
            return None
        here = _exact_in(context, text)
        most -= once(text, _count_maybe_exact) - len(here)
        found.extend((figure, place) for figure in here)
    if not _enough(len(found), context.size, least, per_thousand):
        return None
    words = f"{len(found)} exact figures: {listed(figure for figure, _place in found)}"
    facts = {"count": len(found), "words": tuple(figure for figure, _place in found)}
    return Found(len(found) / max(least, 1), words, place=_first(found), facts=facts)


@up_to(math.inf)
@signal
def share_of_words(
    context: Context, *, of: Literal["tables", "lists"] = "tables", least: float = 0.4
) -> Found | None:
    """At least a given share of the words is in tables or lists."""
    kind = Table if of == "tables" else Listing
    blocks = [
        block for section in context.sections for block in section.blocks if isinstance(block, kind)
    ]
    total = sum(section.words for section in context.sections)
    inside = sum(Section("", 0, 1, blocks=[block]).words for block in blocks)
    if not total or inside < least * total:
        return None
    percent = round(100 * inside / total)
    words = f"{percent}% of the words are in {counted(len(blocks), of[:-1])}"
    facts = {"percent": percent, "count": len(blocks), "of": of}
    place = first_of(blocks)
    return Found(inside / total / max(least, 0.01), words, place=place, facts=facts)


@up_to(math.inf)
@signal
def blocks_per_thousand(
    context: Context,
    *,
    of: Literal["tables", "lists"] = "tables",
    least: int = 4,
    per_thousand: float = 3.0,
) -> Found | None:
    """There is at least a given number of tables or lists, in total and per thousand words."""
    kind = Table if of == "tables" else Listing
    blocks = [
        block for section in context.sections for block in section.blocks if isinstance(block, kind)
    ]
    words = sum(section.words for section in context.sections)
    if not _enough(len(blocks), words, least, per_thousand):
        return None
    text = f"{len(blocks)} {of} in {words} words"
    return Found(len(blocks) / max(least, 1), text, place=first_of(blocks))


_LABELS = late(r"(?:^|[|·•] ?|\s)([A-Z][\w ]{2,24}):\s")


@signal
def fields_on_top(context: Context, *, lexicon: str = "", least: int = 2) -> Found | None:
    """The page begins with labelled lines: version, status, date."""
    found: list[tuple[str, FileLine]] = []
    for section in context.outline.sections[:3]:
        for block in section.blocks[:6]:
            text = block.text if isinstance(block, Paragraph) else ""
            labels = _LABELS.findall(text) if ":" in text else []
            if isinstance(block, Listing):
                labels = [item.label for item in block.items if item.label]
            if isinstance(block, Table):
                labels = [row.cells[0] for row in block.rows if row.cells]
            place = (block.source, block.line)
            found.extend((label, place) for label in labels if context.matches(lexicon, label))
    if len(found) < least:
        return None
    facts = {"words": tuple(label for label, _place in found)}
    words = f"it begins with {listed(label for label, _place in found)}"
    return Found(1, words, place=_first(found), facts=facts)


@signal
def opens(context: Context, *, lexicon: str = "", words: int = 8) -> Found | None:
    """A paragraph, an item or a heading begins with a phrase of the lexicon."""
    for text, place in context.texts_with_places:
        if context.matches(lexicon, text) and context.found(
            lexicon, [" ".join(text.split()[:words])]
        ):
            return Found(1, f"it begins “{short(text)}”", place=place, facts={"quote": text})
    return None


@up_to(math.inf)
@signal
def negated_contrast(context: Context, *, least: int = 1) -> Found | None:
    """Sentences of the shape "This was not a failure. It was a lesson.": not this, but that."""
    found: list[tuple[str, FileLine]] = []
    for text, place in context.texts_with_places:
        small = text.lower()
        if "not" not in small and "n't" not in small:
            continue
        hints = context.reading.hints(text)
        if hints & _BUT or (hints & _IT and hints & _IS):
            found.extend((match[0], place) for match in _CONTRAST.finditer(text))
    if len(found) < least:
        return None
    words = f"it says “{short(found[0][0])}”"
    facts = {"count": len(found), "quote": found[0][0]}
    return Found(len(found) / max(least, 1), words, place=_first(found), facts=facts)


_BUT, _IT, _IS = hint("but"), hint("it this that they these"), hint("is was are were s")
_CONTRAST = late(
    r"\b(?:isn't|wasn't|aren't|weren't|is not|was not|not) "
    r"(?:just|only|merely|simply|about|an?|the)? ?"
    r"[^.;:!?]{3,60}(?:[.;:,-]+|\s-) (?:it|this|that|they|these) (?:is|was|are|were|'s)\b"
    r"|\bnot (?:just|only|merely|simply) [^.;:!?]{3,60}\bbut\b"
    r"|\b(?:it|this|that)(?:'s| is| was) not [^.;:!?]{3,50}[.;] (?:it|this|that)(?:'s| is| was)\b",
    re.IGNORECASE,
)


@signal
def items(context: Context, *, least: int = 3) -> Found | None:
    """There is a list with at least a given number of items."""
    found = [listing for listing in context.listings if len(listing.items) >= least]
    if not found:
        return None
    return Found(1, f"a list of {len(found[0].items)} items", place=first_of(found))


@up_to(math.inf)
@signal
def over_budget(context: Context) -> Found | None:
    """A page uses a term more often than its budget allows."""
    places, budget = context.term_places, context.budget
    if budget is None or len(places) <= budget:
        return None
    words = f"“{context.term}” occurs {len(places)} times; {budget} are allowed"
    facts = {"term": context.term, "count": len(places), "budget": budget}
    return Found(len(places) / max(budget, 1), words, place=places[budget], facts=facts)


@signal
def says_or_titles(context: Context, *, lexicon: str = "") -> Found | None:
    """The construct itself, heading or text, contains a word of the lexicon."""
    found = context.found(lexicon, [text for text, _place in context.texts_with_places])
    if not found:
        return None
    facts = {"words": tuple(found.values())}
    return Found(1, f"the text says {listed(found.values())}", facts=facts)


_YOU = late(r"\byour?\b", re.IGNORECASE)
_TOLD = late(
    r"\W*(?:ask yourself|take a moment|pause|stop and|try|rate|score|reflect|write down|think about"
    r"|exercise|check your|discussion)\b",
    re.IGNORECASE,
)


def _asks(text: str) -> bool:
    """Return whether "you" is followed by a question mark, with no exclamation between them."""
    for part in text.split("!") if "?" in text else ():
        found = _YOU.search(part, 0, part.rfind("?") + 1)
        if found:
            return True
    return False


@signal
def asks_reader(context: Context) -> Found | None:
    """The text addresses the reader: a question to "you", an imperative."""
    for text, place in context.texts_with_places:
        if _asks(text) or _TOLD.match(text):
            quote = _addressing(text)
            words = f"it addresses the reader: “{short(quote)}”"
            return Found(1, words, place=place, facts={"quote": quote})
    return None


def _addressing(text: str) -> str:
    """Return the sentence of a text by which it addresses the reader."""
    sentences = split(text)
    addressing = (
        [sentence for sentence in sentences if _asks(sentence) or _TOLD.match(sentence)]
        or [sentence for sentence in sentences if _YOU.search(sentence)]
        or sentences
    )
    return addressing[0]


@signal
def heading_or_lead(context: Context, *, lexicon: str = "") -> Found | None:
    """The heading, or the line before the list, contains a word of the lexicon."""
    section = context.sections[-1]
    leads = [section.title, *(b.text for b in section.blocks[-2:-1] if isinstance(b, Paragraph))]
    found = context.found(lexicon, leads)
    return Found(1, f"it sums up: {listed(found.values())}") if found else None


@signal
def ends_in_list(context: Context) -> Found | None:
    """The section ends with a list and is not the first one at its level."""
    blocks = context.sections[-1].blocks
    last = blocks[-1] if blocks else None
    if not isinstance(last, Listing) or _opens_something(context):
        return None
    facts = {"count": len(last.items)}
    return Found(1, "it ends in a list", place=first_of([last]), facts=facts)


def _opens_something(context: Context) -> bool:
    """Return whether sections are the first of several: what is there sums nothing up."""
    sections = context.outline.sections
    # A bold line above them is a heading with nothing under it; it names what they open.
    parents = {section.parent for section in sections}
    siblings = [
        index
        for index in context.outline.siblings(context.index)
        if sections[index].blocks or index in parents
    ]
    if len(siblings) > 1 and siblings[0] == context.index:
        return True
    before = any(section.blocks for section in sections[: context.index])
    after = any(section.blocks for section in sections[max(context.members) + 1 :])
    return after and not before
