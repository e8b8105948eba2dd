"""Signals of sequences: weekdays, periods, steps, stages, ticked items, fields."""

from __future__ import annotations

import re
from collections import Counter

from sphinxext_revguide.patterns.context import Context
from sphinxext_revguide.patterns.outline import Item, Listing, Paragraph, Section, Table
from sphinxext_revguide.patterns.signals.plain_digits import is_dated
from sphinxext_revguide.patterns.signals.registry import Found, listed, signal, slow, up_to
from sphinxext_revguide.text.late_patterns import late

_LABEL = late(r"([A-Z][\w /&'-]{1,40}):\s")
_MEANS = late(
    r"[ .:*\u2013\u2014-]*(?:an?|any|the(?: [\w-]+){1,2} (?:of|in|at|on|between|from|to|by|during|"
    r"before|after|who|which|that|whose)) "
)
"""How what is defined begins: "an hour without a reading", "the part of the hours in which"."""
_WEEKDAY = late(
    r"\W*(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)


def _runs(context: Context) -> list[list[str]]:
    """Return the runs of labels: first columns, the labels of lists, titles, labelled lines."""
    tables = [[row.cells[0] for row in t.rows if row.cells] for t in context.tables]
    listings = [[item.label or item.text for item in listing.items] for listing in context.listings]
    titles = _titles_below(context) if context.block is None else []
    lines = [label for section in context.sections for label in _fields(section)]
    return [run for run in (*tables, *listings, titles, lines) if run]


def _titles_below(context: Context) -> list[str]:
    """Return the titles of the highest level that has several; nested sections are not steps."""
    below = context.sections[1:]
    levels = Counter(child.level for child in below)
    level = min((level for level, count in levels.items() if count > 1), default=None)
    return [child.title for child in below if child.level == level]


def _fields(section: Section) -> list[str]:
    """Return the labels of paragraphs such as "**Detect:** the desk sees ..." or "**Cause.**"."""
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            labels = block.labels
            if not labels and ":" in block.text:
                match = _LABEL.match(block.text)
                labels = (match[1],) if match else ()
            found.extend(labels)
    return found


@signal
def sequence(context: Context, *, lexicon: str = "", least: int = 4) -> Found | None:
    """The first entries of rows, items or sections are in the lexicon: weekdays, steps."""
    for run in context.once(_runs) if context.has(lexicon) else ():
        labels = [
            step for step in run if context.matches(lexicon, step) and not _is_day_of_year(step)
        ]
        if len(labels) >= least:
            words = f"{len(labels)} steps in a row: {listed(labels[:2])} …"
            return Found(1, words, facts={"count": len(labels), "words": tuple(labels)})
    return None


def _is_day_of_year(label: str) -> bool:
    """Return whether a label is a weekday with a date, which is not part of a cycle."""
    return _WEEKDAY.match(label) is not None and is_dated(label)


_COUNTED = late(r"(?:[a-z]+ )?#?(\d{1,2})(?:\s*(?:-|and|to|&)\s*\d{1,2})?\b[^\d]*$", re.IGNORECASE)


@signal
def counted(context: Context, *, least: int = 4) -> Found | None:
    """The first entries are numbered consecutively: "Day 1-2", "3 and 4", "Week 5"."""
    for run in context.once(_runs):
        if len(run) >= least and _is_counted(run):
            return Found(1, f"{len(run)} even steps", facts={"count": len(run)})
    return None


def _is_counted(run: list[str]) -> bool:
    """Return whether each label has a number, and a higher one than the label before it."""
    last = 0
    for label in run:
        match = _COUNTED.match(label)
        if match is None or int(match[1]) <= last:
            return False
        last = int(match[1])
    return True


@signal
def labelled_steps(context: Context, *, least: int = 3, lexicon: str = "") -> Found | None:
    """Steps have names, in a list, labelled lines or headings; a lexicon limits which."""
    runs = [[label for label in run if 0 < len(label.split()) <= 6] for run in context.once(_runs)]
    if lexicon:
        runs = [
            [step for step in run if context.matches(lexicon, step) and not _is_day_of_year(step)]
            for run in runs
        ]
    longest = max(runs, key=len, default=[])
    if len(longest) < least:
        return None
    words = f"{len(longest)} named steps: {listed(longest[:3])}"
    return Found(1, words, facts={"count": len(longest), "words": tuple(longest)})


@up_to(4)
@signal
def staged(context: Context, *, least: int = 2, lexicon: str = "stage") -> Found | None:
    """Sections follow one another as numbered stages."""
    titles = [
        section.title for section in context.sections if context.matches(lexicon, section.title)
    ]
    if len(titles) < least:
        return None
    words = f"{len(titles)} numbered stages"
    return Found(min(len(titles), 4), words, facts={"count": len(titles)})


@signal
def ticked(context: Context, *, least: int = 3) -> Found | None:
    """Every item of a list is ticked or called done."""
    for listing in context.listings:
        texts = [item.text for item in listing.items]
        if len(texts) >= least and all(_is_done(context, text) for text in texts):
            facts = {"count": len(texts), "total": len(texts)}
            return Found(1, f"{len(texts)} of {len(texts)} items are ticked", facts=facts)
    return None


def _is_done(context: Context, text: str) -> bool:
    judged = context.polarity(text)
    return judged == 1 or (judged is None and context.matches("polarity-positive", text))


@slow
@up_to(4)
@signal
def same_fields(context: Context, *, fields: int = 3, entries: int = 2) -> Found | None:
    """Several entries consist of the same fields: labels, list labels, or table headers."""
    shapes: Counter[tuple[str, ...]] = Counter()
    for section in context.sections:
        shapes.update(shape for shape in _shapes(section) if len(shape) >= fields)
    common = [shape for shape, count in shapes.items() if count >= entries]
    if not common:
        repeated = _repeated_fields(context, fields, entries)
        if repeated is None:
            return None
        return repeated
    count = max(shapes.values())
    best = max(common, key=lambda shape: shapes[shape])
    words = f"{count} entries with the same fields: {listed(best[:4])}"
    return Found(min(count, 4), words, facts={"count": count, "words": best})


def _shapes(section: Section) -> list[tuple[str, ...]]:
    labels = tuple(label.lower() for label in _fields(section))
    found = [labels] if labels else []
    for block in section.blocks:
        if isinstance(block, Listing):
            found.append(tuple(item.label.lower() for item in block.items if item.label))
        elif isinstance(block, Table):
            found.append(block.head)
    return found


_FIELD = late(r"\b([A-Z][a-z]+(?: \w+)?):\s")


def _repeated_fields(context: Context, fields: int, entries: int) -> Found | None:
    """Find fields that recur within one section: labels inside items or paragraphs."""
    counts: Counter[str] = Counter()
    for block in (block for section in context.sections for block in section.blocks):
        lines = block.items if isinstance(block, Listing) else [block]
        for item in lines:
            if isinstance(item, Table):
                continue
            said = _FIELD.findall(item.text) if ":" in item.text else ()
            labels = [*said, *item.labels]
            counts.update(dict.fromkeys(label.lower() for label in labels).keys())
    common = [label for label, count in counts.items() if count >= entries]
    if len(common) < fields:
        return None
    count = max(counts.values())
    words = f"{count} entries with the same fields: {listed(common[:4])}"
    least = min(counts[label] for label in common)
    return Found(min(count, 4), words, facts={"least": least, "words": tuple(common)})


@signal
def defines(context: Context, *, share: float = 0.4, least: int = 3) -> Found | None:
    """Items say what a word means: a label, then "a ...", "the time between ..."."""
    for listing in context.listings:
        labels = [item.label for item in listing.items if _is_defined(item)]
        if len(labels) >= max(least, share * len(listing.items)):
            return Found(1, f"{len(labels)} items are definitions: {listed(labels[:3])}")
    return None


def _is_defined(item: Item) -> bool:
    """Return whether what follows an item's label says what it means."""
    return bool(item.label) and _MEANS.match(item.text, len(item.label)) is not None


@signal
def terse(context: Context, *, share: float = 0.9, words: int = 6) -> Found | None:
    """Cells, or items, are short labels."""
    texts = [cell for t in context.tables for row in t.rows for cell in row.cells[1:]]
    texts = texts or [item.text for listing in context.listings for item in listing.items]
    brief = sum(len(text.split()) <= words for text in texts)
    if not texts or brief < share * len(texts):
        return None
    return Found(1, f"{brief} of {len(texts)} entries are {words} words or fewer")
