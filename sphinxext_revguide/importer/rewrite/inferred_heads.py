"""Finds the lines that may begin issues in a guide that has no known word for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.amount_words import NUMBER_WORDS, ORDINALS
from sphinxext_revguide.importer.recognise.labels import label_role
from sphinxext_revguide.importer.recognise.lines import HEADING, Line, plain_heading
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.rewrite.remarks import in_brackets
from sphinxext_revguide.importer.rewrite.titles_below import NUMBER_ALONE

_BOLD = re.compile(r" {0,3}\*\*([^*]{3,120}[^*:])\*\*[ \t]*")
_ITEM = re.compile(r"([0-9]{1,2})[.)][ \t]+(\S.*)")
_LEAD = re.compile(r"\*\*([^*]{1,80}?)[.:]?\*\*[.:]?[ \t]*(.*)")
_COUNTED = re.compile(r"((?:[^\W\d_]+|[^\w\s]{1,2})?[ ]?#?)([0-9]{1,3})\b[ ]?[.:)–—-]?[ ]*(.*)")
_CALL = re.compile(r"([^\W\d_]{3,20}):[ ]+(\S.*)")
_IN_WORDS = "|".join((*NUMBER_WORDS, *ORDINALS))
_CALLED = re.compile(
    rf"((?:[^\W\d_]|-){{3,20}}[ ])([A-Z]|[IVX]{{1,4}}|(?i:{_IN_WORDS}))"
    rf"(?:[.:)]|[ ]?[–—-])[ ]+(\S.*)"
)
_LETTERED = re.compile(r"([(\[]?)([A-Z]|[IVX]{1,4})[.:)\]]+[ ]+(\S.*)")
_BOLD_LED = re.compile(r" {0,3}\*\*([^*]{3,160})\*\*[ \t]*(\S.*)")
_BULLET = re.compile(r"[-*+•][ \t]+(\S.*)")
_COUNTED_LINE = re.compile(
    r"[(\[#§]{0,2}(?:[^\W\d_]{2,16}[ ]#?)?(?:[0-9]{1,2}|[A-H]|[IVX]{1,4})"
    r"(?:[.:)\]/]+|[ ]?[–—-])[ ]+\S.*[^:;,]"
)
_LONGEST = 120
_RULE = re.compile(r" {0,3}(?:[-*_][ \t]*){3,}")
_TRIED = 20
"""This many kinds of lines are tried, the most frequent ones first."""


@dataclass(slots=True)
class Head:
    """A line that may begin an issue, its title, and the line at which the issue ends.

    ``rest`` is the text after the title; ``section`` is the line of the heading above.
    """

    place: int
    level: int
    text: str
    rest: str = ""
    section: int = 0
    number: int = 0
    title: str = ""
    end: int = 0

    @property
    def start(self) -> int:
        """The first line below the head."""
        return self.place + 1

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list, whose whole text is in ``rest``."""
        return not self.text

    @property
    def shape(self) -> str:
        """How it is numbered: what is before the number, and ``#``; "" if it has no number."""
        match = _COUNTED.match(self.text) or _numbered_without_digits(self.text)
        return f"{match[1].strip()}#" if match else ""


def _numbered_without_digits(text: str) -> re.Match[str] | None:
    """Match a text numbered by a letter, a Roman numeral or a word: "Stage two – Bells"."""
    return _CALLED.fullmatch(text) or _LETTERED.fullmatch(text)


def title_in(text: str) -> str:
    """Return a title without the number, letter or word that numbers the issue."""
    named = _numbered_without_digits(text)
    match = None if named else _COUNTED.fullmatch(text)
    return named[3] if named else match[3] if match and match[3] else text


def head_groups(lines: Sequence[Line], fenced: Collection[int]) -> Iterator[list[Head]]:
    """Yield the lines that may begin the issues, a list for each kind of line.

    They are headings of one level, bold lines, lines that begin in bold, numbered lines, or items
    of a list. Lines that are numbered in different ways are of different kinds.
    """
    kinds: dict[str, list[Head]] = {}
    level, run = 1, 0
    after_rule = False
    head: Head | None
    headings: list[list[int]] = [[] for _level in range(7)]
    for index, line in enumerate(lines):
        if index in fenced:
            continue
        if match := HEADING.fullmatch(line.text):
            level = len(match[1])
            headings[level].append(index)
            head, kind = Head(index, level, plain_heading(match[2]).strip()), str(level)
        else:
            run += line.text.startswith(("1. ", "1) "))
            head, kind = _unmarked(lines, index, min(level + 1, 6), after_rule=after_rule)
            kind = f"{kind} {run}" if kind == "item" else kind
        if line.text.strip():
            after_rule = bool(_RULE.fullmatch(line.text))
        if head is None:
            continue
        kinds.setdefault(f"{kind} {head.shape}", []).append(head)
        head.section = max((own[-1] for own in headings[: head.level] if own), default=0)
    for heads in sorted(kinds.values(), key=len, reverse=True)[:_TRIED]:
        ended = _with_ends(lines, heads, headings)
        own = [head for head in ended if not locks(head.text or head.rest.strip("*_ "))]
        if len(own) > 1 and _differ(own):
            yield own


def _unmarked(
    lines: Sequence[Line], index: int, level: int, *, after_rule: bool
) -> tuple[Head | None, str]:
    """Return the head that a line may be that is not marked as a heading, and its kind.

    :param after_rule: whether it is the first line of text below a rule.
    :returns: None if the line cannot begin an issue.
    """
    text = lines[index].text
    above = lines[index - 1].text if index else ""
    if match := _BOLD.fullmatch(text):
        return Head(index, level, match[1].strip()), "bold"
    if match := _ITEM.fullmatch(text):
        return Head(index, level, "", match[2]), "item"
    if match := _BULLET.fullmatch(text):
        return Head(index, level, "", match[1]), f"bullet {level}"
    if above.strip() and not _RULE.fullmatch(above):
        return None, ""
    if after_rule and NUMBER_ALONE.fullmatch(text):
        return Head(index, level, text.strip()), "rule"
    if match := _BOLD_LED.fullmatch(text):
        return Head(index, level, match[1].strip(" .:"), match[2]), "led"
    return (Head(index, level, text.strip()), "line") if _is_counted(lines, index) else (None, "")


def _is_counted(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is a paragraph of its own with a number near its beginning."""
    text = lines[index].text.strip()
    alone = index + 1 == len(lines) or not lines[index + 1].text.strip()
    return alone and len(text) <= _LONGEST and bool(_COUNTED_LINE.fullmatch(text))


def _differ(heads: Sequence[Head]) -> bool:
    """Return whether most heads have texts of their own: labels recur, and titles do not."""
    texts = {(head.text or head.rest).casefold() for head in heads}
    return 5 * len(texts) >= 4 * len(heads)


def numbered(heads: list[Head]) -> None:
    """Set the number and title of each head; their own numbers count only if consecutive."""
    found = [_COUNTED.fullmatch(head.text) for head in heads]
    named = [_numbered_without_digits(head.text) for head in heads]
    counted = [int(match[2]) if match and match[3] else 0 for match in found]
    _remove_shared_word(heads)
    own = counted[0] > 0 and counted == list(range(counted[0], counted[0] + len(heads)))
    for place, (head, match) in enumerate(zip(heads, found, strict=True)):
        head.number = counted[place] if own else place + 1
        other = named[place]
        if NUMBER_ALONE.fullmatch(head.text):
            continue  # its title may be below it
        head.title = (
            match[3] if own and match else other[3] if other and all(named) else head.text
        ) or _title(head)


def _remove_shared_word(heads: Sequence[Head]) -> None:
    """Remove the word for a problem that all heads begin with: "Issue: The gate is late"."""
    found = [_CALL.fullmatch(head.text) for head in heads]
    if all(match and label_role(match[1]) == "problem" for match in found):
        for head, match in zip(heads, found, strict=True):
            head.text = match[2] if match else head.text


def _title(head: Head) -> str:
    """Return the title of an item: its beginning if that is bold, or its first words.

    A title in bold is removed from the rest of the item.
    """
    lead = _LEAD.fullmatch(head.rest)
    if lead:
        head.rest = in_brackets(lead[2])
    if lead and re.search(r"[^\W\d_]{2}", lead[1]):
        return lead[1]
    words = head.rest.split()
    said = " ".join(words[:7]) + ("…" if words[7:] else "")
    return f"{lead[1]} {said}" if lead else said


def _with_ends(lines: Sequence[Line], heads: list[Head], headings: list[list[int]]) -> list[Head]:
    """Set where each issue ends: at the next head, or at a heading that is not below its own."""
    for index, head in enumerate(heads):
        heading = lines[head.place].text.lstrip().startswith("#")
        ends = [other.place for other in heads[index + 1 : index + 2]]
        for own in headings[: head.level + 1 if heading else 7]:
            ends += own[(after := bisect_right(own, head.place)) : after + 1]
        head.end = min(ends, default=len(lines))
        if not heading:
            head.end = _end_without_heading(lines, head, last=index + 1 == len(heads))
    return heads


def _end_without_heading(lines: Sequence[Line], head: Head, *, last: bool) -> int:
    """Return where an issue without a heading ends.

    The last one ends at a rule or, if it is an item, at the first paragraph that is not indented.
    """
    for place in range(head.start, head.end):
        text = lines[place].text
        outside = head.is_item and text[:1] not in {"", " ", "\t", ">"}
        if last and (_RULE.fullmatch(text) or (outside and not lines[place - 1].text.strip())):
            return place
    return head.end
