"""Finds pairs of samples that no known word introduces in the lines of an issue.

The key of each pair is the evidence for it. A pair counts if other issues have pairs with its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sphinxext_revguide.importer.recognise.inferred_text import CODE, QUOTATION, quoted
from sphinxext_revguide.importer.recognise.label_evidence import meanings
from sphinxext_revguide.importer.recognise.labels import column_role, sample_role
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.importer.recognise.pair_lines import apart, sample_lines
from sphinxext_revguide.importer.rewrite.fences import mark_of
from sphinxext_revguide.importer.rewrite.guide_texts import GuideTexts, records_in
from sphinxext_revguide.importer.rewrite.inferred_heads import Head
from sphinxext_revguide.importer.rewrite.issue_tables import tables_in
from sphinxext_revguide.importer.rewrite.spoken import says_pair

_ARROW = re.compile(r"^(?:→|->|=>|⇒|➔)[ \t]*")
_STRUCK = re.compile(r"\s*~~([^~]+)~~\s*(?:(?:→|->)\s*)?(?:\*\*([^*~]+)\*\*\s*|([^~\s][^~]*))")
_WORDS = 4
"""A passage has at least this many words."""
_SENTENCE = re.compile(
    rf"\b(\w+):? {QUOTATION},? ((?:[^\W\d_]+[ ]){{1,4}}?)(?:{QUOTATION}|\*([^*]{{3,200}})\*)"
)
_BULLET = re.compile(r"^[-*+•][ \t]+")
_LEAD_IN = 30
"""A text of at most this many characters before a sentence says only where it is: "Page 4:"."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OTHER_ORDER = frozenset({
    "and", "or", "not", "than", "of", "over", "for", "in", "on", "as", "und", "oder",
    "nicht", "als", "statt", "für", "et", "ou", "pas", "que", "de", "pour",
})  # fmt: skip
"""Words between two quotations that do not mean that the second replaces the first."""


@dataclass(slots=True)
class InferredPair:
    """A BEFORE and an AFTER, the evidence for them, and the lines that replace those of the guide.

    ``edits`` has the new lines by the index of the old one; ``told`` is the guess to report, if
    any.
    """

    key: tuple[str, str, str]
    old: str
    new: str
    edits: dict[int, list[Line]]
    told: str


def pairs_in(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the pairs of the issue below a head, by all evidence except labels that recur."""
    for finder in (_by_labels, _struck, _by_sentences, _diffs, _tables, _passages):
        yield from finder(texts, head)


def _by_labels(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    samples = list(texts.labelled(head.start, head.end))
    labels = [sample.label.casefold() for sample in samples]
    if len(samples) != 2 or labels[0] == labels[1] or samples[0].end > samples[1].place:
        return  # it is not clear which quoted text replaces which
    first, second = samples
    known = [sample_role(sample.label) for sample in samples]
    # "Now" means BEFORE next to "Better", but AFTER next to "Was".
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
        f"“{first.label}” and “{second.label}” were read as BEFORE and AFTER because more than "
        "one issue uses them with quoted text"
    )
    yield InferredPair(("label", labels[0], labels[1]), first.text, second.text, edits, told)


class RecordedLabels:
    """The labels of the issues that begin at some heads, and the meanings of those that recur."""

    def __init__(self, texts: GuideTexts, heads: Sequence[Head]) -> None:
        self.records = [list(records_in(texts, head.start, head.end)) for head in heads]
        self.roles = meanings(
            replace(record, section=section)
            for section, own in enumerate(self.records)
            for record in own
        )

    def pairs(self) -> Iterator[list[InferredPair]]:
        """Yield the pairs of each issue, without edits: a later step rewrites their labels."""
        for own in self.records:
            by_role = {self.roles.get(record.key, ""): record for record in reversed(own)}
            old, new = by_role.get("before"), by_role.get("after")
            key = ("record", "", "")
            yield [InferredPair(key, old.value, new.value, {}, "")] if old and new else []

    def labelled(self) -> Iterator[int]:
        """Yield the place of each issue that has labels with two known meanings."""
        for place, own in enumerate(self.records):
            if len({self.roles[record.key] for record in own if record.key in self.roles}) > 1:
                yield place


def _tables(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the pair in a table with a column for each side; the table stays as it is."""
    for _start, _end, ((_line, names), *rows) in tables_in(texts.lines, head.start, head.end):
        roles = list(map(column_role, names))
        if sorted(filter(None, roles)) == ["after", "before"]:
            columns = roles.index("before"), roles.index("after")
            if columns[0] > columns[1]:
                return  # it shows good style, and then bad style
            own = [cells for _line, cells in rows if len(cells) == len(names)]
            old, new = (" ".join(cells[column] for cells in own) for column in columns)
            yield InferredPair(("table", "", ""), old, new, {}, "")


def _passages(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the only two passages of an issue as a pair."""
    found: list[tuple[int, int, str]] = []
    place = head.start
    while place < head.end:
        end = texts.quote_end(place, head.end)
        if end > place:
            found.append((place, end, "\n".join(texts.quotation(place, end))))
        elif place in texts.fences:
            end = texts.fences[place]
            text, _stop, _inline = texts.below(place, head.end)
            found.append((place, end, text))
        elif text := quoted(_ARROW.sub("", texts[place])):
            found.append((place, place + 1, text))
        place = max(end, place + 1)
    found = [passage for passage in found if _is_passage(passage[2])]
    if len(found) != 2:
        return
    edits: dict[int, list[Line]] = {}
    for (start, end, text), role in zip(found, ("BEFORE", "AFTER"), strict=True):
        lines = [Line(part, texts.lines[start].number) for part in text.split("\n")]
        if start in texts.fences or end - start > 1 or texts[start].startswith(">"):
            edits[start] = [*apart(Line(f"**{role}:**", 0)), texts.lines[start]]
        else:
            edits[start] = list(sample_lines(role, lines))
    told = (
        "two passages in each issue were read as BEFORE and AFTER because they are similar in most "
        "issues"
    )
    yield InferredPair(("passages", "", ""), found[0][2], found[1][2], edits, told)


def _is_passage(text: str) -> bool:
    return len(text.split()) >= _WORDS and not CODE.search(text) and "```" not in text


def _struck(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the struck-out texts that begin quotations, each with the text that follows it."""
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
                "struck-out text and the text below it were read as BEFORE and AFTER because more "
                "than one issue contains them"
            )
            yield InferredPair(("struck", "", ""), match[1], match[group], edits, told)
        place = max(end, place + 1)


def _diffs(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the pairs in fences with diffs, without edits: the reader of samples can read diffs."""
    for place in range(head.start, head.end):
        mark = mark_of(texts.lines[place].text) if place in texts.fences else None
        if mark is None or mark.info.casefold() != "diff":
            continue
        own = [line.text for line in texts.lines[place + 1 : texts.fences[place] - 1]]
        old, new = (" ".join(line[1:] for line in own if line[:1] == sign) for sign in "-+")
        if old and new and not CODE.search(f"{old}\n{new}"):
            told = "diffs were read as BEFORE and AFTER because more than one issue contains them"
            yield InferredPair(("diff", "", ""), old, new, {}, told)


def _by_sentences(texts: GuideTexts, head: Head) -> Iterator[InferredPair]:
    """Yield the pairs in sentences such as ``For "old" read "new"``."""
    rest = {head.place: head.rest} if head.rest else {}
    for place in (*rest, *range(head.start, head.end)):
        text = rest.get(place) or texts[place]
        if place in texts.fences or text.startswith((">", "|")):
            continue
        for match in _SENTENCE.finditer(text):
            lead, old, between = match[1], match[2], match[3].strip()
            new = match[4] or f"[{match[5]}]"  # a text in italics is an instruction
            prose = _IN_BRACKETS.sub("", f"{old}\n{new}")  # a reference may look like code
            if {*between.casefold().split()} & _OTHER_ORDER or CODE.search(prose):
                continue
            line = texts.lines[place]
            own = [Line(old, line.number)], [Line(new, line.number)]
            lead_in = _BULLET.sub("", text[: match.start()]).strip(" :")
            alone = len(lead_in) <= _LEAD_IN and not text[match.end() :].strip(" .")
            name = f"BEFORE ({lead_in})" if alone and lead_in else "BEFORE"
            samples = [*sample_lines(name, own[0]), *sample_lines("AFTER", own[1])]
            # A later step rewrites the sentences that have known words.
            known = says_pair(text)
            edits = {} if known else {place: samples if alone else [line, *samples]}
            told = (
                f"“{lead} … {between} …” was read as BEFORE and AFTER because more than one issue "
                "uses it with quoted text"
            )
            yield InferredPair(("said", lead.casefold(), between.casefold()), old, new, edits, told)
