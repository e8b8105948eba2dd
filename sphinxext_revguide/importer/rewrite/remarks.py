"""Rewrites remarks whose clauses are fields of an issue as fields.

``*Grave; it occurs in all four scenes. I should allow an hour.*``, or ``[grade 2] [seven places]``.
A remark below the head of an issue counts if it begins with an impact; other remarks count if they
recur. The shape of a clause tells its field, or else the clauses of other issues in its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from sphinxext_revguide.importer.recognise.clauses import REMARK, Clause, clause_of, clauses_in
from sphinxext_revguide.importer.recognise.heads import begins_section, opens_unit
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.label_evidence import are_facts
from sphinxext_revguide.importer.recognise.lines import END, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.bare_labels import fields_in_text

_CLAUSE = re.compile(r"(?<=[.;!])\s+|\s+[–—·•|]\s+|,\s+(?!\d)")
_MIN = 2
_LINES = 8


@dataclass(frozen=True, slots=True)
class _Remark:
    """The line of a remark, the section that it is in, and its clauses."""

    place: int
    section: int
    clauses: list[Clause]

    @property
    def names(self) -> set[str]:
        return {clause.name for clause in self.clauses} - {""}


def with_remarks(lines: Sequence[Line]) -> list[Line]:
    """Move the fields of such remarks to lines of their own; other clauses stay text."""
    lines = _joined(list(_with_heads_apart(lines)))
    remarks = _by_place(list(_recurring(lines)))
    found: list[Line] = []
    below = False
    for index, line in enumerate(lines):
        fields = list(fields_of_remark(line.text)) if below else []
        if index in remarks:
            fields = list(_fields(remarks[index].clauses))
        if fields:
            for field in fields:
                found += apart(Line(field, line.number))
        else:
            found.append(line)
        below = opens_unit(line.text) or (below and not line.text.strip())
    return found


_HEAD_WITH_REMARK = re.compile(r"( {0,3}#{1,6}[ \t]+\S.*?)([(\[][^()\[\]]{5,200}[)\]])[ \t]*")


def _with_heads_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, with remarks that contain at least two fields moved out of headings."""
    for line in lines:
        match = _HEAD_WITH_REMARK.fullmatch(line.text) if line.text[:1] == "#" else None
        if match and sum(bool(clause.name) for clause in clauses_in(match[2])) >= _MIN:
            yield from apart(Line(match[1].rstrip(), line.number))
            yield Line(match[2], line.number)
            yield Line("", 0)
        else:
            yield line


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a remark if it contains at least two fields."""
    found: list[Line] = []
    texts = [line.text for line in lines]
    place = 0
    while place < len(lines):
        if parts := behind_remark(texts[place]):
            number = lines[place].number
            found += (Line(parts[0], number), Line("", 0), Line(parts[1], number))
            place += 1
            continue
        end = end_of_wrapped(texts, place)
        text = joined_text(line.text for line in lines[place:end]) if end else ""
        if text:
            found.append(Line(text, lines[place].number))
            place = end
        else:
            found.append(lines[place])
            place += 1
    return found


_BEFORE_TEXT = re.compile(r"([(\[][^()\[\]]{3,200}[)\]])[.:]?[ ]+(\S.*)")


def behind_remark(text: str) -> tuple[str, str] | None:
    """Split a line into a remark with at least two fields and the text after it."""
    match = _BEFORE_TEXT.fullmatch(text) if text[:1] in ("(", "[") else None
    if match is None or sum(bool(clause.name) for clause in clauses_in(match[1])) < _MIN:
        return None
    return match[1], match[2]


def joined_text(texts: Iterable[str]) -> str:
    """Return lines as one if they are a remark with at least two fields; otherwise ""."""
    text = " ".join(own.strip() for own in texts)
    if not REMARK.fullmatch(text):
        return ""
    known = [clause for clause in clauses_in(text) if clause.name]
    return text if len(known) >= _MIN or len(fields_in_text(text)) >= _MIN else ""


def end_of_wrapped(texts: Sequence[str], place: int) -> int:
    """Return the end of the marked paragraph that begins at a line, 0 if it has only one line."""
    above = texts[place - 1] if place else ""
    if above.strip() or texts[place][:1] not in ("*", "_", "(", "["):
        return 0
    most = min(place + _LINES, len(texts))
    end = next((i for i in range(place, most) if not texts[i].strip()), most)
    return end if end > place + 1 else 0


_BEHIND_DASH = re.compile(r"\s*[–—-]{1,3}\s+([^()]{3,80}[^().:])")


def in_brackets(text: str) -> str:
    """Put the text after a title's dash, "— serious; once", in brackets."""
    match = _BEHIND_DASH.fullmatch(text)
    return f"({match[1]})" if match else text


def fields_of_remark(text: str) -> Iterator[str]:
    """Yield the clauses of a remark that begins with an impact, as fields or as a text."""
    match = REMARK.fullmatch(text.strip())
    if match is None:
        return
    parts = [part.strip() for part in _CLAUSE.split(match[2] or match[3] or match[4]) if part]
    clauses = clauses_in(text) or list(map(clause_of, parts))
    if clauses and read_impact(clauses[0].text.strip(" .;,")).whole:
        yield from _fields(clauses)


def clauses_of_remark(text: str) -> Iterator[str]:
    """Yield the clauses of any remark, as fields if their shapes tell which."""
    for clause in clauses_in(text):
        yield f"**{clause.name}:** {clause.value}" if clause.name else clause.text


def _fields(clauses: Sequence[Clause]) -> Iterator[str]:
    taken: set[str] = set()
    rest: list[str] = []
    for clause in clauses:
        if clause.name in taken or not clause.name:
            rest.append(clause.text)
            continue
        taken.add(clause.name)
        yield f"**{clause.name}:** {clause.value}"
        if not clause.whole:
            rest.append(clause.text)
    if rest:
        yield f"*{' '.join(rest)}*"


# Remarks that recur


def _recurring(lines: Sequence[Line]) -> Iterator[_Remark]:
    """Yield remarks with fields, if those of two issues have two fields or an impact first."""
    section = 0
    found: list[_Remark] = []
    first = False  # whether only the head of an issue is above
    for index, line in enumerate(lines):
        text = line.text
        if begins_section(text):
            section += 1
            first = text != END
            continue
        if section and (clauses := clauses_in(text, unmarked=first)):
            found.append(_Remark(index, section, clauses))
        first = first and not text.strip()
    sure = [
        remark
        for remark in found
        if len(remark.names) >= _MIN or remark.clauses[0].name == "Impact"
    ]
    if len({remark.section for remark in sure}) >= _MIN:
        counts = {len(remark.clauses) for remark in sure}
        yield from (
            remark
            for remark in found
            if len(remark.names) >= _MIN or (remark.names and len(remark.clauses) in counts)
        )


def _by_place(remarks: Sequence[_Remark]) -> dict[int, _Remark]:
    """Name clauses without a name after those in the same places in other issues.

    Editors list the fields of all issues in the same order, and leave some out.
    """
    order = _order(remarks)
    if "Frequency" not in order:
        remarks = _with_facts(remarks)
    found: dict[int, _Remark] = {}
    learned: dict[str, str] = {}
    for remark in remarks:
        found[remark.place] = _named_in(remark, _names_between(remark, order))
        clauses = found[remark.place].clauses
        learned |= {clause.text.casefold(): clause.name for clause in clauses if clause.name}
    for place, remark in found.items():
        # A text that is a field in one issue is that field in all.
        names = [learned.get(clause.text.casefold(), "") for clause in remark.clauses]
        found[place] = _named_in(remark, names)
    return found


def _order(remarks: Sequence[_Remark]) -> list[str]:
    """Return the names that at least two remarks have, in the order in which they occur."""
    places: dict[str, list[float]] = defaultdict(list)
    for remark in remarks:
        for place, clause in enumerate(remark.clauses):
            places[clause.name].append(place / len(remark.clauses))
    means = {name: fmean(own) for name, own in places.items() if name and len(own) >= _MIN}
    return sorted(means, key=lambda name: means[name])


def _names_between(remark: _Remark, order: Sequence[str]) -> list[str]:
    """Return a name for each clause of a remark, or "" if it has one or its place does not tell it.

    Clauses between two named ones get the names that are between these in the order, if there are
    as many.
    """
    names = [""] * len(remark.clauses)
    ranks = [order.index(clause.name) if clause.name in order else -1 for clause in remark.clauses]
    place = 0
    while place < len(names):
        end = place
        while end < len(names) and not remark.clauses[end].name:
            end += 1
        first = ranks[place - 1] + 1 if place else 0
        last = ranks[end] if end < len(names) else len(order)
        between = [name for name in order[first : max(last, first)] if name not in remark.names]
        if 0 < end - place == len(between):
            names[place:end] = between
        place = end + 1
    return names


def _named_in(remark: _Remark, names: Sequence[str]) -> _Remark:
    """Return a remark with names for its clauses, unless these, or others of it, have them."""
    clauses = [
        replace(clause, name=name, value=clause.text, whole=True)
        if name and not clause.name and name not in remark.names
        else clause
        for clause, name in zip(remark.clauses, names, strict=True)
    ]
    return replace(remark, clauses=clauses)


def _with_facts(remarks: Sequence[_Remark]) -> list[_Remark]:
    """Name the only unnamed clause of each remark "Frequency" if these clauses are facts."""
    alone = {
        remark.place: own[0]
        for remark in remarks
        if len(own := [place for place, one in enumerate(remark.clauses) if not one.name]) == 1
    }
    texts = [
        remark.clauses[alone[remark.place]].text for remark in remarks if remark.place in alone
    ]
    if len(texts) <= _MIN or not are_facts(texts):
        return list(remarks)
    return [
        _named_in(remark, ["Frequency" if not one.name else "" for one in remark.clauses])
        if remark.place in alone
        else remark
        for remark in remarks
    ]
