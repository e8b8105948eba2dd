"""Infers issues and samples that no known word introduces from what repeats.

It is tried only on guides that cannot be read otherwise. Labels, the words of a sentence, columns
of a table or struck-out texts mean BEFORE and AFTER if at least two issues use them alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.inferred_text import alike
from sphinxext_revguide.importer.recognise.lines import END, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.guide_texts import GuideTexts
from sphinxext_revguide.importer.rewrite.inferred_columns import infer_columns
from sphinxext_revguide.importer.rewrite.inferred_heads import Head, head_groups, numbered
from sphinxext_revguide.importer.rewrite.inferred_pairs import (
    InferredPair,
    RecordedLabels,
    pairs_in,
)
from sphinxext_revguide.model import Problem

_INDENT = re.compile(r"^ {1,4}")


@dataclass(slots=True)
class _Reading:
    """The issues that begin at some heads, and the pairs in each of them."""

    heads: list[Head]
    pairs: list[list[InferredPair]]

    @property
    def paired(self) -> int:
        return sum(map(bool, self.pairs))

    def rank(self) -> tuple[int, int, int]:
        """Return a sort key: many issues with pairs, then few heads, then deep heads."""
        return self.paired, -len(self.heads), max((head.level for head in self.heads), default=0)


@dataclass(frozen=True, slots=True)
class Inferred:
    """The lines of a guide with the inferred issues, and a problem for each guess.

    ``names`` maps the labels that were read as those of samples to their sides.
    """

    lines: list[Line]
    problems: list[Problem]
    names: dict[str, str]


def infer(lines: Sequence[Line], *, columns: bool = True) -> Inferred | None:
    """Rewrite the issues of a guide so that unknown labels become known ones.

    :param columns: whether the rows of a table may be issues.
    :returns: None if fewer than two issues repeat what introduces samples.
    """
    texts = GuideTexts(lines)
    readings = [_reading(texts, heads) for heads in head_groups(lines, texts.fences)]
    best = max(readings, key=_Reading.rank, default=None)
    if best is None or best.paired < 2:
        found = infer_columns(lines, texts.fences) if columns else None
        return Inferred(*found, {}) if found else None
    numbered(best.heads)
    names = {
        words: role
        for pairs in best.pairs
        for pair in pairs
        if pair.key[0] == "label"
        for words, role in zip(pair.key[1:], ("before", "after"), strict=True)
    }
    return Inferred(_written(lines, best), list(_guesses(lines, best)), names)


def _reading(texts: GuideTexts, heads: list[Head]) -> _Reading:
    """Find the pairs of the issues that begin at some heads, by evidence that recurs.

    :returns: no issues, unless at least half of them contain a pair, or several labels that recur
        with a known meaning.
    """
    recorded = RecordedLabels(texts, heads)
    found = [
        [*pairs_in(texts, head), *own] for head, own in zip(heads, recorded.pairs(), strict=True)
    ]
    counts = Counter(key for pairs in found for key in {pair.key for pair in pairs})
    sure = {
        key
        for key, count in counts.items()
        if count > (2 if key[0] in ("passages", "record") else 1)
        and _are_versions(key[0], [pair for pairs in found for pair in pairs if pair.key == key])
    }
    if len({key[0] for key in sure}) > 1:
        # With other evidence, there is no need to guess that any two passages are a pair.
        sure = {key for key in sure if key[0] != "passages"}
    pairs = [[pair for pair in own if pair.key in sure] for own in found]
    places = [place for place, own in enumerate(pairs) if own]
    kept = _siblings(texts, heads, places)
    held = {*places, *recorded.labelled()}
    if 2 * sum(place in held for place in kept) < len(kept) or 3 * len(held) < len(heads):
        return _Reading([], [])
    return _Reading([heads[place] for place in kept], [pairs[place] for place in kept])


def _are_versions(evidence: str, pairs: Sequence[InferredPair]) -> bool:
    """Return whether enough pairs are alike: most, if there is no other evidence for them."""
    texts = [(pair.old, pair.new) for pair in pairs]
    if evidence != "passages":
        return alike(texts)
    return 5 * sum(alike([text]) for text in texts) >= 3 * len(texts)


def _siblings(texts: GuideTexts, heads: list[Head], sure: list[int]) -> list[int]:
    """Return which heads are issues: the sure ones, and those numbered or placed like them.

    The one below the last sure one counts if a quotation is below it.
    """
    if not sure:
        return []
    sections = {heads[place].section for place in sure if heads[place].level > 2} - {0}
    return [
        place
        for place, head in enumerate(heads)
        if head.shape not in ("", "#")
        or head.is_item
        or sure[0] <= place <= sure[-1]
        or head.section in sections
        or (place == sure[-1] + 1 and texts.quotes_in(head.start, head.end))
    ]


def _written(lines: Sequence[Line], reading: _Reading) -> list[Line]:
    edits: dict[int, list[Line]] = {}
    for pairs in reading.pairs:
        for pair in pairs:
            for place, own in pair.edits.items():
                edits[place] = [*edits[place], *own[1:]] if place in edits else own
    begins = {head.place: head for head in reading.heads}
    found: list[Line] = []
    stops = {end for end in (head.end for head in reading.heads) if end not in begins}
    inside: Head | None = None
    for index, line in enumerate(lines):
        if index in stops:
            inside = None
            found += [] if line.text.startswith("#") else apart(Line(END, 0))
        head = begins.get(index)
        if head is None:
            moved = inside is not None and inside.is_item
            shown = line._replace(text=_INDENT.sub("", line.text)) if moved else line
            found += edits.get(index, [shown])
            continue
        inside = head
        found += apart(Line(f"{'#' * head.level} ISSUE #{head.number}: {head.title}", line.number))
        if head.rest:
            found.append(Line(head.rest, line.number))
            found += edits.get(index, [line])[1:]
    return found


def _guesses(lines: Sequence[Line], reading: _Reading) -> Iterator[Problem]:
    seen: set[str] = set()
    for head, pairs in zip(reading.heads, reading.pairs, strict=True):
        for pair in pairs:
            if pair.told and pair.told not in seen:
                seen.add(pair.told)
                message = f"{pair.told}; check that this is right"
                yield Problem(lines[head.place].number, message, "guess")
