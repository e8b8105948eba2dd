"""Labels quotations that a sentence introduces: "At present it reads:", "I would write"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sphinxext_revguide.importer.recognise.heads import bold_unit, opens_unit
from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import fields_of, plain_label, sample_role
from sphinxext_revguide.importer.recognise.lines import END, HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import CUT, apart, sample_lines
from sphinxext_revguide.importer.recognise.quote_leads import (
    LEAD_WORDS,
    ORDER,
    QUOTED,
    SENTENCE,
    STRIKE,
    side_of_lead,
)
from sphinxext_revguide.importer.rewrite.quoted_apart import quoted_apart_in

_MIN = 2
_LEAD_ALONE = 6
"""A lead that is a paragraph of its own, without a colon, has at most this many words."""
_MAY_QUOTE = re.compile(r"[\w:,][ ](?:[“\"]\w|[*_][^\s*_])")


@dataclass(slots=True)
class _Quote:
    """A quotation: its first line, the line after it, its lead (the paragraph above), and its role.

    ``struck`` is true if the editor wants the passage gone, so that it has no AFTER. ``order`` are
    the lines below that say what to do with the passage, in place of an AFTER. ``unwritten`` is the
    line with the label of an AFTER that has no text yet.
    """

    start: int
    end: int
    lead: range
    role: str
    struck: bool = False
    order: range = range(0)
    unwritten: int = -1


@dataclass(slots=True)
class _Edits:
    """The changes to lines, by their indexes: labels to put above, lines to leave out or to quote.

    ``struck`` are texts to put above lines as an AFTER, and ``rest`` is what an order goes on with.
    """

    labels: dict[int, Line] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    struck: dict[int, Line] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)
    rest: dict[int, Line] = field(default_factory=dict)


def with_led_quotes(lines: Sequence[Line]) -> list[Line]:
    """Put a label above each quotation of an issue if the texts above it say which sample it is."""
    lines = _set_off(lines)
    heads = _heads(lines)
    known = _leads(lines, heads)
    places = list(pairwise([*heads, len(lines)]))
    sections = [
        (opens_unit(lines[start].text), _samples(lines, start + 1, end, known))
        for start, end in places
    ]
    # Sections without a number are issues if several of them have pairs.
    unnumbered = sum(bool(quotes) and not numbered for numbered, quotes in sections)
    labelled = sum(
        opens_unit(lines[start].text) and _has_sample_labels(lines, start, end)
        for start, end in places
    )
    if labelled + sum(bool(quotes) for _numbered, quotes in sections) >= _MIN:
        sections = [
            (numbered, quotes or _by_order(lines, start + 1, end, known))
            for (numbered, quotes), (start, end) in zip(sections, places, strict=True)
        ]
    counts = Counter(lines[quote.start].number for _numbered, own in sections for quote in own)
    edits = _Edits()
    for numbered, quotes in sections:
        for quote in quotes if numbered or unnumbered > 1 else ():
            _edit(lines, quote, counts, edits)
    return list(_written(lines, edits))


def _edit(lines: Sequence[Line], quote: _Quote, counts: Mapping[int, int], edits: _Edits) -> None:
    """Add the label of a quotation, and what takes the place of its AFTER, to the edits.

    :param counts: the number of quotations from each line of the guide.
    """
    alone = quote.lead[0] if len(quote.lead) == 1 else -1
    lead = lines[alone] if alone >= 0 and _is_label_of(lines, quote, alone, counts) else None
    edits.gone |= {alone} if lead else set()
    name = written_name(quote.role, lead.text.strip()) if lead else ""
    label = f"**{name or quote.role.upper()}:**"
    edits.labels[quote.start] = Line(label, lead.number if lead else 0)
    if lines[quote.start].text.lstrip().startswith("|"):
        # Quote a table, so that the text below it is not part of the sample.
        edits.quoted |= set(range(quote.start, quote.end))
    if quote.unwritten >= 0:
        edits.gone.add(quote.unwritten)
        edits.labels[quote.unwritten] = Line("**AFTER:**", lines[quote.unwritten].number)
    if quote.struck:
        edits.struck[quote.end] = Line(CUT, lines[quote.start].number)
    if quote.order:
        said = " ".join(lines[place].text.strip() for place in quote.order)
        order, *others = SENTENCE.split(said)
        number = lines[quote.order[0]].number
        edits.struck[quote.end] = Line(f"[{order}]", number)
        edits.gone |= {*quote.order}
        if others:
            edits.rest[quote.order[0]] = Line(" ".join(others), number)


def _is_label_of(
    lines: Sequence[Line], quote: _Quote, place: int, counts: Mapping[int, int]
) -> bool:
    """Return whether the only line of a lead is a label, and not a sentence that has to stay."""
    text = lines[place].text
    words = text.rstrip(" :")
    is_word = _is_short(words) and (len(words.split()) <= _MIN or not side_of_lead(text))
    # A lead on the same line as several quotations is part of a sentence.
    number = lines[quote.start].number
    is_above = lines[place].number != number or counts[number] == 1
    return is_above and (is_word or _is_label(text))


def _heads(lines: Sequence[Line]) -> list[int]:
    return [
        place
        for place, line in enumerate(lines)
        if HEADING.fullmatch(line.text) or line.text == END or bold_unit(line.text)
    ]


def _set_off(lines: Sequence[Line]) -> list[Line]:
    """Move the passages that sentences of an issue quote to quotations below the sentences.

    ``You write: "It was felt." I would write: "We felt it."`` becomes a pair if all passages that
    the issue quotes like this form pairs. In a guide with such pairs, an order below the only
    passage of an issue counts as well: ``It begins: "It was felt." Cut that.``
    """
    heads = _heads(lines)
    sections = [lines[start:end] for start, end in pairwise([*heads, len(lines)])]
    moved = [_moved(own) for own in sections]
    paired = sum(bool(own and _samples(own, 1, len(own), {})) for own in moved)
    found = list(lines[: heads[0] if heads else len(lines)])
    for own, other in zip(sections, moved, strict=True):
        quotes = _samples(other, 1, len(other), {}) if other else []
        if other and not quotes and paired >= _MIN:
            quotes = _by_order(other, 1, len(other), {})
        found += other if quotes else own
    return found


def _moved(section: Sequence[Line]) -> list[Line]:
    """Return a section with its passages set apart; nothing if it has none, or has labels."""
    if not any(_MAY_QUOTE.search(line.text) for line in section):
        return []
    found = quoted_apart_in(section)
    is_changed = found != list(section) and not _has_sample_labels(section, 0, len(section))
    return found if is_changed else []


def _leads(lines: Sequence[Line], heads: Sequence[int]) -> dict[str, str]:
    """Return the side of each lead that recurs above quotations, by its words.

    :returns: nothing unless both sides occur.
    """
    found: list[Record] = []
    for section, (start, end) in enumerate(pairwise([*heads, len(lines)])):
        for quote in _quotes(lines, start + 1, end, {}):
            text = " ".join(lines[place].text.strip() for place in quote.lead)
            if _is_short(text) or (text.endswith(":") and len(text.split()) <= LEAD_WORDS):
                passage = " ".join(line.text.strip("> ") for line in lines[quote.start : quote.end])
                found.append(Record(text, passage, section, passage=True))
    roles = meanings(found, least=0.25)
    sides = {key: role for key, role in roles.items() if role in SIDES}
    return sides if {*SIDES} <= {*sides.values()} else {}


def _written(lines: Sequence[Line], edits: _Edits) -> Iterator[Line]:
    """Yield the lines with labels above samples, and an AFTER below each passage that is to go."""
    for index, line in enumerate([*lines, Line("", 0)]):
        yield from sample_lines("AFTER", [edits.struck[index]]) if index in edits.struck else ()
        yield from apart(edits.labels[index]) if index in edits.labels else ()
        yield from apart(edits.rest[index]) if index in edits.rest else ()
        if index not in edits.gone and index < len(lines):
            yield Line(f"> {line.text}", line.number) if index in edits.quoted else line


def _end(lines: Sequence[Line], start: int) -> int:
    """Return the line after a quotation."""
    others = (i for i in range(start, len(lines)) if not QUOTED.fullmatch(lines[i].text))
    return next(others, len(lines))


def _is_short(text: str) -> bool:
    """Return whether a lead is a few words without punctuation at the end."""
    return len(text.split()) <= _LEAD_ALONE and text.strip()[-1:].isalnum()


def _is_label(text: str) -> bool:
    label = plain_label(text)
    return label is not None and not label.rest and bool(sample_role(text.strip(" :")))


def _samples(lines: Sequence[Line], start: int, end: int, known: Mapping[str, str]) -> list[_Quote]:
    """Return the quotations of an issue, each BEFORE with its AFTER; nothing if unclear."""
    if _has_sample_labels(lines, start, end):
        return []
    quotes = list(_quotes(lines, start, end, known))
    if "after" in {quote.role for quote in quotes}:
        for quote, other in zip(quotes, [*quotes[1:], None], strict=True):
            if quote.role == "before" and (other is None or other.role == "before"):
                quote.order = _order_below(lines, quote.end, end)
    return _paired(quotes)


def _order_below(lines: Sequence[Line], start: int, end: int) -> range:
    """Return the lines of the next paragraph if it says what to do with the passage above it."""
    below = next((i for i in range(start, end) if lines[i].text.strip()), end)
    stop = next((i for i in range(below, end) if not lines[i].text.strip()), end)
    said = " ".join(line.text.strip() for line in lines[below:stop])
    return range(below, stop) if ORDER.match(said) else range(0)


def _paired(quotes: list[_Quote]) -> list[_Quote]:
    """Give quotations without a role that of their places; return none if the pairs are unclear."""
    for first, second in pairwise(quotes):
        if not first.role and second.role == "after":
            first.role = "before"
        if not second.role and first.role == "before" and not (first.struck or first.order):
            second.role = "after"
        if not second.role and first.role == "after":
            second.role = "before"
    roles: list[str] = []
    for quote in quotes:
        roles += [quote.role, "after"] if quote.struck or quote.order else [quote.role]
    return quotes if roles and roles == ["before", "after"] * (len(roles) // 2) else []


def _by_order(
    lines: Sequence[Line], start: int, end: int, known: Mapping[str, str]
) -> list[_Quote]:
    """Return the quotations of an issue that is unclear by itself, in a guide with pairs.

    Here a lead that is only a label counts, and an order below the only quotation, such as "Delete
    it.", takes the place of an AFTER.
    """
    if _has_sample_labels(lines, start, end):
        return []
    quotes = list(_quotes(lines, start, end, known))
    if len(quotes) == 1 and quotes[0].role != "after":
        if order := _order_below(lines, quotes[0].end, end):
            quotes[0].role, quotes[0].order = "before", order
            return quotes
        below = next((i for i in range(quotes[0].end, end) if lines[i].text.strip()), end)
        stop = next((i for i in range(below, end) if not lines[i].text.strip()), end)
        said = " ".join(line.text.strip() for line in lines[below:stop])
        if stop == end or not any(lines[i].text.strip() for i in range(stop, end)):
            # This may be the label of an AFTER that the editor has yet to write.
            role = sample_role(said[:-1]) if said.endswith(":") else ""
            if "after" in (role, side_of_lead(said), known.get(key_of(said), "")):
                quotes[0].role, quotes[0].unwritten = "before", below
                return quotes
    for quote in quotes:
        lead = " ".join(lines[place].text.strip() for place in quote.lead)
        quote.role = quote.role or (sample_role(lead[:-1]) if lead.endswith(":") else "")
    return _paired(quotes)


def _has_sample_labels(lines: Sequence[Line], start: int, end: int) -> bool:
    """Return whether an issue has labels for its samples."""
    own = (line.text for line in lines[start:end])
    return any(
        label.role in ("before", "after", "both") for text in own for label in fields_of(text)
    )


def _quotes(
    lines: Sequence[Line], start: int, end: int, known: Mapping[str, str]
) -> Iterator[_Quote]:
    for index in range(start, end):
        above = lines[index - 1].text
        if not QUOTED.fullmatch(lines[index].text) or QUOTED.fullmatch(above):
            continue
        stop = index if above.strip() else index - 1
        first = stop
        while first > start and lines[first - 1].text.strip():
            first -= 1
        lead = range(first, max(first, stop))
        text = " ".join(lines[place].text.strip() for place in lead)
        role = side_of_lead(text) or known.get(key_of(text), "")
        if role or not lines[index].text.lstrip().startswith("|"):
            yield _Quote(
                index,
                _end(lines, index),
                lead,
                role,
                role == "before" and bool(STRIKE.search(text)),
            )
