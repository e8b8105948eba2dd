"""Rewrites pairs, fields and locks that sentences state: "Instead of X write Y", "two hours"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from sphinxext_revguide.importer.recognise.heads import bold_unit, opens_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import fields_of, plain_fields
from sphinxext_revguide.importer.recognise.lines import (
    END,
    HEADING,
    Line,
    paragraphs,
    without_bullet,
)
from sphinxext_revguide.importer.recognise.lock_words import (
    locks,
    passages_in_sentence,
    passages_introduced,
    passages_to_keep,
)
from sphinxext_revguide.importer.recognise.pair_lines import CUT, apart, pair_lines
from sphinxext_revguide.importer.recognise.spoken_values import spoken_fields

_Q = r"[“\"]([^“”\"]{2,600})[”\"]"
_B = r"[“\"]([^“”\"]{8,600})[”\"]"
_LIKE = r"(?:[ ]something[ ]like|[ ]simply|[ ]e\.g\.)?"
_PLEASE = "(?: please)?(?: i would| i'd| you could)?"
_NAMED = "(?:sentence|phrase|line|passage|title|heading|you (?:write|say|wrote))"
_BETTER_IS = "(?:suggest(?:ion|ed)?|better|consider|try|rather|make it|write)"
_PAIRS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"instead of {_Q},?{_PLEASE} (?:write|say|use|put|try){_LIKE}:? {_Q}",
        rf"where you (?:write|say) {_Q},?{_PLEASE} (?:write|say|use|put|try){_LIKE}:? {_Q}",
        rf"(?:replace|change|rename) {_Q},? (?:with|by|to|into){_LIKE}:? {_Q}",
        rf"{_NAMED}:? {_Q}[^\"“”]{{0,300}}\b{_BETTER_IS}(?: instead)?:? {_Q}",
        rf"(?<=[\w.,:;)] ){_Q} (?:->|-->|=>|→|⇒) {_Q}",
        r"~~([^~]{2,600})~~[ ]?(?:->|→)?[ ]?\*\*([^*]{2,600})\*\*",
        rf"{_Q} (?:becomes|should (?:become|read|be)|could (?:become|read)){_LIKE}:? {_Q}",
    )
)
_MORE = re.compile(rf"\band {_Q} (?:with|by|to|into){_LIKE}:? {_Q}", re.IGNORECASE)
"""Another pair in the same sentence."""
_RATHER = re.compile(
    rf"(?:write|say|use|put|prefer) {_Q},? (?:rather than|instead of) {_Q}", re.IGNORECASE
)
"""A pair with its AFTER first."""
_GO = re.compile(
    rf"(?:drop|delete|strike|remove|cut)(?: out)?(?: the (?:sentence|phrase|words?|line))? {_B}"
    rf"|{_B}(?: and {_B})? can (?:go|be (?:cut|deleted|removed|dropped))\b"
    rf"|can (?:go|be (?:cut|deleted|removed|dropped))\b[^.\"“”]{{0,40}}: {_B}",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"{_B}")
_BETTER = re.compile(rf"(?:something|anything) like: {_Q}|\bbetter: {_Q}", re.IGNORECASE)
_MIN = 3
"""A quotation with at least this many words is a passage to be kept."""
_LOCK_LABEL = re.compile(r"(?:\*\*)?([A-Z][\w' ]{3,60}?):(?:\*\*)?[ \t]+(?=\S)")
_ITEM = re.compile(r" {0,3}(?:[-*+>|#]|[0-9]{1,3}[.)][ \t]|\x00|\*\*|__)")


def with_spoken_pairs(lines: Sequence[Line]) -> list[Line]:
    """Put the pairs and the fields that the sentences of an issue state below its paragraphs."""
    found: list[Line] = []
    inside = between = begins = False
    paired = _paired(lines)
    labelled = _labelled(lines, paired)
    taken: set[str] = set()
    is_sample = False  # below a label of a sample, a text stays as it is
    for paragraph in paragraphs(lines):
        first = paragraph[0].text
        if not first.strip():
            found += paragraph
            continue
        match = HEADING.fullmatch(first)
        is_head = bool(match or bold_unit(first))
        if is_head:
            between = paragraph[0].number in paired
            inside = bool(match and unit_head(match[2])) or (not match and bool(bold_unit(first)))
            begins, taken = True, set(labelled)
        is_text = not is_head and not is_sample and not _ITEM.match(first)
        found += _with_pairs(paragraph) if is_text and inside else paragraph
        if is_text and (inside or between):
            for name, value in _fields(paragraph, begins=begins):
                if name not in taken:
                    found += apart(Line(f"**{name}:** {value}", paragraph[0].number))
                taken.add(name)
            begins = False
        labels = fields_of(paragraph[-1].text)
        is_sample = any(label.role in ("before", "after", "both") for label in labels)
    return found


_NAMES = {
    "impact": "Impact",
    "severity": "Impact",
    "frequency": "Frequency",
    "reduction": "Reduction",
    "effort": "Time",
}
_QUOTATION = re.compile(r"[“\"][^“”\"]*?([.!?]?)[”\"]")


def _labelled(lines: Sequence[Line], paired: Collection[int]) -> set[str]:
    """Return the names of the fields for which the issues of the guide have labels."""
    roles: set[str] = set()
    inside = False
    for line in lines:
        inside = inside or line.number in paired or opens_unit(line.text)
        text = without_bullet(line.text)
        labels = (fields_of(text) or plain_fields(text)) if inside else []
        roles |= {label.role for label in labels}
    return {_NAMES[role] for role in roles & {*_NAMES}}


def _fields(paragraph: Sequence[Line], *, begins: bool) -> Iterator[tuple[str, str]]:
    """Yield the fields that the sentences of a paragraph state outside quotations."""
    text = " ".join(line.text.strip() for line in paragraph)
    yield from spoken_fields(_QUOTATION.sub(r"“…\1”", text), begins=begins)


def _paired(lines: Sequence[Line]) -> set[int]:
    """Return the lines of the headings, except those of units, that have both samples below."""
    found: set[int] = set()
    heading = 0
    roles: set[str] = set()
    for line in lines:
        if match := HEADING.fullmatch(line.text):
            heading, roles = 0 if unit_head(match[2]) else line.number, set()
        roles |= {label.role for label in fields_of(line.text)}
        if heading and {"before", "after"} <= roles:
            found.add(heading)
    return found


def says_pair(text: str) -> bool:
    """Return whether a text states a pair, or says that a passage may go."""
    return bool(_stated_pairs(text)) or any(True for _deletion in _deletions(text))


def _with_pairs(paragraph: Sequence[Line]) -> Iterator[Line]:
    """Yield a paragraph with its fields, and its pairs below the sentences that state them."""
    text = " ".join(line.text.strip() for line in paragraph)
    number = paragraph[0].number
    written = _stated_pairs(text)
    gone = [
        sample
        for sample in _deletions(text)
        if not any(sample[1] in (old, new) for _, old, new in written)
    ]
    pairs = sorted([*written, *gone])
    before, said, after = _split_at(text, pairs)
    if said:
        for part in filter(None, (before, said)):
            yield from apart(Line(part, number))
    else:
        yield from paragraph
    for _at, old, new in pairs:
        yield from pair_lines([Line(old, number)], [Line(new, number)])
    yield from apart(Line(after, number)) if after else ()


_STOP = re.compile(r"[.!?][”\"]?[ ]+(?=[A-Z“\"])")


def _split_at(text: str, pairs: Sequence[tuple[int, str, str]]) -> tuple[str, str, str]:
    """Split a text into the sentences that state pairs, and what is before and after them.

    :returns: the texts in order; three empty ones if nothing is before or after the sentences.
    """
    sentences: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        said = text[: match.end()]
        if said.count('"') % 2 == 0 and said.count("“") == said.count("”"):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    sentences.append(text[start:])
    samples = [sample for _at, *both in pairs for sample in both if sample != CUT]
    own = [i for i, one in enumerate(sentences) if any(sample in one for sample in samples)]
    if not own or (own[0] == 0 and own[-1] == len(sentences) - 1):
        return "", "", ""
    before, said, after = (
        " ".join(cut)
        for cut in (
            sentences[: own[0]],
            sentences[own[0] : own[-1] + 1],
            sentences[own[-1] + 1 :],
        )
    )
    return before, said, after


def _stated_pairs(text: str) -> list[tuple[int, str, str]]:
    """Return each pair that a text states, with its place."""
    taken: list[tuple[int, str, str]] = []
    for form in (*_PAIRS, _MORE):
        if form is _MORE and not taken:
            break
        for match in form.finditer(text):
            if not any(match[1] == old for _at, old, _new in taken):
                taken.append((match.start(), match[1], match[2]))
    for match in _RATHER.finditer(text):
        if not any({match[1], match[2]} & {old, new} for _at, old, new in taken):
            taken.append((match.start(), match[2], match[1]))
    first, better = _BEGINS.match(text), _BETTER.search(text)
    if first and better and better.start() > first.end() and not taken:
        taken.append((0, first[1], better[1] or better[2]))
    return taken


def _deletions(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each passage that a text says may go, as a pair with its place."""
    for match in _GO.finditer(text):
        yield from ((match.start(), old, CUT) for old in match.groups() if old)


def with_spoken_locks(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the passages that a paragraph names or quotes as ones to keep as lists."""
    found: list[Line] = []
    above = False
    last = max((line.number for line in lines if opens_unit(line.text)), default=0)
    for paragraph in paragraphs(lines):
        first = paragraph[0].text
        text = " ".join(line.text.strip() for line in paragraph)
        match = HEADING.fullmatch(first)
        bold = re.fullmatch(r"\s*\*\*([^*]+)\*\*:?\s*", first) if len(paragraph) == 1 else None
        label = _LOCK_LABEL.match(text)
        if match or bold:
            above = bold is not None and locks(bold[1])
            label_line = f"**{bold[1].removesuffix(':')}:**" if bold and above else ""
            found += [Line(label_line, paragraph[0].number)] if label_line else paragraph
        elif (said := _named_locks(text, is_last=paragraph[0].number > last))[1]:
            found += _closing(*said, paragraph[0].number, is_last=paragraph[0].number > last)
        elif label and locks(label[1]) and _quoted(text[label.end() :]):
            found += _listed(label[1], text, paragraph[0].number)
        elif above and not _ITEM.match(first) and _quoted(text):
            found += _items(text, paragraph[0].number)
        else:
            found += paragraph
            above = above and not text.strip()
    return found


def _named_locks(text: str, *, is_last: bool) -> tuple[str, list[str]]:
    """Return the text that introduces passages to keep, and these.

    :param is_last: whether the text is below the last issue, where an order to keep them counts
        too.
    """
    if _ITEM.match(text):
        return "", []
    said = passages_in_sentence(text)
    if not is_last or said[1]:
        return said
    introduced = passages_introduced(text)
    return introduced if introduced[1] else passages_to_keep(text)


def _closing(lead: str, items: Sequence[str], number: int, *, is_last: bool) -> Iterator[Line]:
    """Yield a list below the text that introduces it; if below the last issue, end that first."""
    yield from apart(Line(END, 0)) if is_last else ()
    yield from apart(Line(lead, number))
    yield from (Line(f"- {item}", number) for item in items)
    yield Line("", 0)


def _quoted(text: str) -> list[str]:
    return [match for match in re.findall(_Q, text) if len(match.split()) >= _MIN]


def _listed(label: str, text: str, number: int) -> Iterator[Line]:
    yield Line(f"**{label}:**", number)
    yield from _items(text.partition(":")[2].removeprefix("**"), number)


def _items(text: str, number: int) -> Iterator[Line]:
    yield Line("", 0)
    yield Line(f"- {text.strip()}", number)
    yield Line("", 0)
