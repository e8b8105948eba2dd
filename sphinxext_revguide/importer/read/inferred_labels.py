"""Issues and samples that no known word announces: inferred from what repeats.

Only a text that cannot be read otherwise comes here. Labels, the words of a sentence, columns of a
table, or struck-out texts say what is BEFORE and AFTER where at least two issues use them alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.read.fences import PROSE, mark_of
from sphinxext_revguide.importer.read.inferred_columns import infer_columns
from sphinxext_revguide.importer.read.inferred_heads import Head, head_groups, numbered
from sphinxext_revguide.importer.read.inferred_text import CODE, QUOTATION, alike, quoted
from sphinxext_revguide.importer.read.labels import sample_role
from sphinxext_revguide.importer.read.lines import END, Line
from sphinxext_revguide.importer.read.pair_lines import apart, sample_lines
from sphinxext_revguide.model import Problem

_LABEL = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([^\W\d_][\w’' /-]{0,39}?)"
    r"(?::(?:\*\*|__)|(?:\*\*|__)?[ ]?:)[ \t]*(.*)"
)
_INDENT = re.compile(r"^ {1,4}")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_STRUCK = re.compile(r"\s*~~([^~]+)~~\s*(?:(?:→|->)\s*)?(?:\*\*([^*~]+)\*\*\s*|([^~\s][^~]*))")
_SENTENCE = re.compile(rf"\b(\w+):? {QUOTATION},? ((?:[^\W\d_]+[ ]){{1,4}}?){QUOTATION}")
_OTHER_ORDER = frozenset({
    "and", "or", "not", "than", "of", "over", "for", "in", "on", "as", "und", "oder",
    "nicht", "als", "statt", "für", "et", "ou", "pas", "que", "de", "pour",
})  # fmt: skip
"""Words between two quotations that do not say that the second replaces the first."""


@dataclass(slots=True)
class _Sample:
    """A quoted text below or behind a label, or in a sentence."""

    label: str
    place: int
    end: int
    text: str
    inline: bool


@dataclass(slots=True)
class _Pair:
    """A BEFORE and an AFTER, the words that announce them, and the lines that replace theirs."""

    key: tuple[str, str, str]
    old: str
    new: str
    edits: dict[int, list[Line]]
    told: str


@dataclass(slots=True)
class _Reading:
    """The issues that begin at some heads, with the pairs in them."""

    heads: list[Head]
    pairs: list[list[_Pair]]

    @property
    def paired(self) -> int:
        return sum(map(bool, self.pairs))


def infer(lines: Sequence[Line]) -> tuple[list[Line], list[Problem]] | None:
    """Write the issues of a guide with unknown labels as those with known ones.

    :returns: the lines, and a problem for each kind of words of which the meaning was inferred;
        nothing where fewer than two issues repeat them.
    """
    texts = _Texts(lines)
    readings = [_reading(texts, heads) for heads in head_groups(lines, texts.fences)]
    best = max(readings, key=lambda reading: reading.paired, default=None)
    if best is None or best.paired < 2:
        return infer_columns(lines, texts.fences)
    numbered(best.heads)
    return _written(lines, best), list(_announced(lines, best))


class _Texts:
    """The lines of a guide, and where its fences and quotations are."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.fences: dict[int, int] = {}
        opening, start = None, 0
        for index, line in enumerate(lines):
            mark = mark_of(line.text)
            if opening is None:
                opening, start = mark, index
            elif mark is not None and mark.closes(opening):
                self.fences |= dict.fromkeys(range(start, index + 1), index + 1)
                opening = None

    def labelled(self, start: int, end: int) -> Iterator[_Sample]:
        """Yield the quoted texts that have a label, up to a line."""
        for index in range(start, end):
            match = None if index in self.fences else _LABEL.fullmatch(self.lines[index].text)
            if match is None:
                continue
            if match[2].strip():
                text = quoted(match[2].strip())
                place, stop, inline = index, index + 1, True
            else:
                place = next((i for i in range(index + 1, min(index + 3, end)) if self[i]), end)
                text, stop, inline = self._below(place, end)
            if text and not CODE.search(text):
                yield _Sample(match[1].strip(), index, stop, text, inline)

    def _below(self, place: int, end: int) -> tuple[str, int, bool]:
        """Return the sample in the block that begins in a line, and where that ends."""
        if place >= end:
            return "", end, False
        if (stop := self.fences.get(place, 0)) > 0:
            mark = mark_of(self.lines[place].text)
            prose = mark is not None and mark.info.casefold() in PROSE
            own = [line.text for line in self.lines[place + 1 : stop - 1]]
            return "\n".join(own) if prose else "", stop, False
        stop = self.quote_end(place, end)
        if stop > place:
            return "\n".join(self.quotation(place, stop)), stop, False
        return quoted(self[place]), place + 1, True

    def quote_end(self, place: int, end: int) -> int:
        """Return the line after the quotation that begins in a line: that line if none does."""
        while place < end and place not in self.fences and _QUOTE.fullmatch(self.lines[place].text):
            place += 1
        return place

    def quotation(self, place: int, end: int) -> list[str]:
        """Return the lines of a quotation without their marks."""
        found = (_QUOTE.fullmatch(line.text) for line in self.lines[place:end])
        return [match[1] for match in found if match]

    def __getitem__(self, index: int) -> str:
        return self.lines[index].text.strip()


def _reading(texts: _Texts, heads: list[Head]) -> _Reading:
    """Find the pairs of the issues that begin at some heads: of the words that two of them use."""
    found = [
        [
            *_by_labels(texts, head),
            *_struck(texts, head),
            *_by_sentences(texts, head),
            *_diffs(texts, head),
        ]
        for head in heads
    ]
    counts = Counter(key for pairs in found for key in {pair.key for pair in pairs})
    sure = {
        key
        for key, count in counts.items()
        if count > 1
        and alike([(pair.old, pair.new) for pairs in found for pair in pairs if pair.key == key])
    }
    pairs = [[pair for pair in own if pair.key in sure] for own in found]
    kept = _siblings(heads, [place for place, own in enumerate(pairs) if own])
    return _Reading([heads[place] for place in kept], [pairs[place] for place in kept])


def _siblings(heads: list[Head], sure: list[int]) -> list[int]:
    """Return which heads are issues: the sure ones, and those counted or placed like them."""
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
    ]


def _by_labels(texts: _Texts, head: Head) -> Iterator[_Pair]:
    samples = list(texts.labelled(head.start, head.end))
    labels = [sample.label.casefold() for sample in samples]
    if len(samples) != 2 or labels[0] == labels[1] or samples[0].end > samples[1].place:
        return  # which of several quoted texts replaces which is not clear
    first, second = samples
    known = [sample_role(sample.label) for sample in samples]
    # "Now" is a BEFORE beside "Better", and the AFTER of "Was".
    if known[0] == "after" or (known[1] == "before" and known[0] != "before"):
        return
    edits: dict[int, list[Line]] = {}
    for sample, role in ((first, "BEFORE"), (second, "AFTER")):
        number = texts.lines[sample.place].number
        if sample.inline:
            edits |= {place: [] for place in range(sample.place + 1, sample.end)}
            text = Line(sample.text, texts.lines[sample.end - 1].number)
            edits[sample.place] = [
                *apart(Line(f"**{role}:**", number)),
                Line(f"> {text[0]}", text[1]),
            ]
            edits[sample.place].append(Line("", 0))
        else:
            edits[sample.place] = list(apart(Line(f"**{role}:**", number)))
    told = (
        f"“{first.label}” and “{second.label}” were read as BEFORE and AFTER, because they repeat "
        "with quoted text"
    )
    yield _Pair(("label", labels[0], labels[1]), first.text, second.text, edits, told)


def _struck(texts: _Texts, head: Head) -> Iterator[_Pair]:
    """Yield the struck-out texts at the beginning of quotations, each with what follows it."""
    place = head.start
    while place < head.end:
        end = texts.quote_end(place, head.end)
        own = "\n".join(texts.quotation(place, end))
        match = _STRUCK.fullmatch(own)
        if match is not None:
            group = 2 if match[2] else 3
            old, new = (
                [
                    Line(
                        text, texts.lines[place + own.count("\n", 0, match.start(name)) + i].number
                    )
                    for i, text in enumerate(match[name].rstrip().split("\n"))
                ]
                for name in (1, group)
            )
            edits = {index: list[Line]() for index in range(place, end)}
            edits[place] = [*sample_lines("BEFORE", old), *sample_lines("AFTER", new)]
            told = (
                "struck-out text and the text below it were read as BEFORE and AFTER, because they "
                "repeat"
            )
            yield _Pair(("struck", "", ""), match[1], match[group], edits, told)
        place = max(end, place + 1)


def _diffs(texts: _Texts, head: Head) -> Iterator[_Pair]:
    """Yield the fences that contain a diff; the reader of samples reads them as they are."""
    for place in range(head.start, head.end):
        mark = mark_of(texts.lines[place].text) if place in texts.fences else None
        if mark is None or mark.info.casefold() != "diff":
            continue
        own = [line.text for line in texts.lines[place + 1 : texts.fences[place] - 1]]
        old, new = (" ".join(line[1:] for line in own if line[:1] == sign) for sign in "-+")
        if old and new and not CODE.search(f"{old}\n{new}"):
            told = "diffs were read as BEFORE and AFTER, because they repeat"
            yield _Pair(("diff", "", ""), old, new, {}, told)


def _by_sentences(texts: _Texts, head: Head) -> Iterator[_Pair]:
    """Yield what sentences such as ``For "old" read "new"`` say."""
    rest = {head.place: head.rest} if head.rest else {}
    for place in (*rest, *range(head.start, head.end)):
        text = rest.get(place) or texts[place]
        if place in texts.fences or text.startswith((">", "|")):
            continue
        for match in _SENTENCE.finditer(text):
            lead, old, between, new = match[1], match[2], match[3].strip(), match[4]
            if {*between.casefold().split()} & _OTHER_ORDER or CODE.search(f"{old}\n{new}"):
                continue
            line = texts.lines[place]
            own = [Line(old, line.number)], [Line(new, line.number)]
            edits = {place: [line, *sample_lines("BEFORE", own[0]), *sample_lines("AFTER", own[1])]}
            told = (
                f"“{lead} … {between} …” was read as BEFORE and AFTER, because it repeats with "
                "quoted text"
            )
            yield _Pair(("said", lead.casefold(), between.casefold()), old, new, edits, told)


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


def _announced(lines: Sequence[Line], reading: _Reading) -> Iterator[Problem]:
    seen: set[str] = set()
    for head, pairs in zip(reading.heads, reading.pairs, strict=True):
        for pair in pairs:
            if pair.told not in seen:
                seen.add(pair.told)
                message = f"{pair.told}; check that this is right"
                yield Problem(lines[head.place].number, message, "guess")
