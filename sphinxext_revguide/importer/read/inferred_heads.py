"""Lines that may begin issues in a guide that calls them by no known word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.read.lines import HEADING, Line, plain_heading
from sphinxext_revguide.importer.read.lock_words import locks

_BOLD = re.compile(r" {0,3}\*\*([^*]{3,120}[^*:])\*\*[ \t]*")
_ITEM = re.compile(r"([0-9]{1,2})[.)][ \t]+(\S.*)")
_LEAD = re.compile(r"\*\*([^*]{1,80}?)[.:]?\*\*[.:]?[ \t]*(.*)")
_COUNTED = re.compile(r"((?:[^\W\d_]+|[^\w\s]{1,2})?[ ]?#?)([0-9]{1,3})\b[ ]?[.:)–—-]?[ ]*(.*)")
_RULE = re.compile(r" {0,3}(?:[-*_][ \t]*){3,}")
_TRIED = 20
"""So many kinds of lines are tried, the most frequent ones first."""


@dataclass(slots=True)
class Head:
    """A line that may begin an issue: its title, and the lines up to the next one."""

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
        """Whether it is an item of a numbered list, of which the text is the rest."""
        return not self.text

    @property
    def shape(self) -> str:
        """What is before the number, where one is near the beginning."""
        match = _COUNTED.match(self.text)
        return f"{match[1].strip()}#" if match else ""


def head_groups(lines: Sequence[Line], fenced: Collection[int]) -> Iterator[list[Head]]:
    """Yield each set of lines of one kind: headings of a level, bold lines, or items.

    A set is all that is counted in the same way; without numbers, all in the same sections.
    """
    kinds: dict[str, list[Head]] = {}
    level, run = 1, 0
    headings: list[list[int]] = [[] for _level in range(7)]
    for index, line in enumerate(lines):
        if index in fenced:
            continue
        if match := HEADING.fullmatch(line.text):
            level = len(match[1])
            head = Head(index, level, plain_heading(match[2]).strip())
            kinds.setdefault(f"{level} {head.shape}", []).append(head)
            headings[level].append(index)
        elif match := _BOLD.fullmatch(line.text):
            head = Head(index, min(level + 1, 6), match[1].strip())
            kinds.setdefault(f"bold {head.shape}", []).append(head)
        elif match := _ITEM.fullmatch(line.text):
            run += match[1] == "1"
            head = Head(index, min(level + 1, 6), "", match[2])
            kinds.setdefault(f"item {run}", []).append(head)
        else:
            continue
        head.section = max((own[-1] for own in headings[: head.level] if own), default=0)
    for heads in sorted(kinds.values(), key=len, reverse=True)[:_TRIED]:
        own = [head for head in heads if not locks(head.text)]
        if len(own) > 1:
            yield _ended(lines, own, headings)


def numbered(heads: list[Head]) -> None:
    """Give each head its number and title: its own number only where all count on by one."""
    found = [_COUNTED.fullmatch(head.text) for head in heads]
    counted = [int(match[2]) if match and match[3] else 0 for match in found]
    own = counted[0] > 0 and counted == list(range(counted[0], counted[0] + len(heads)))
    for place, (head, match) in enumerate(zip(heads, found, strict=True)):
        head.number = counted[place] if own else place + 1
        head.title = match[3] if own and match else head.text or _title(head)


def _title(head: Head) -> str:
    """Return the title of an item: what is in bold at its beginning, or its first words."""
    lead = _LEAD.fullmatch(head.rest)
    if lead:
        head.rest = lead[2]
    if lead and re.search(r"[^\W\d_]{2}", lead[1]):
        return lead[1]
    words = head.rest.split()
    said = " ".join(words[:7]) + ("…" if words[7:] else "")
    return f"{lead[1]} {said}" if lead else said


def _ended(lines: Sequence[Line], heads: list[Head], headings: list[list[int]]) -> list[Head]:
    """Give each head its end: the next head, or the next heading that is not below it."""
    for index, head in enumerate(heads):
        heading = lines[head.place].text.lstrip().startswith("#")
        ends = [other.place for other in heads[index + 1 : index + 2]]
        for own in headings[: head.level + 1 if heading else 7]:
            ends += own[(after := bisect_right(own, head.place)) : after + 1]
        head.end = min(ends, default=len(lines))
        if not heading:
            head.end = _short(lines, head, last=index + 1 == len(heads))
    return heads


def _short(lines: Sequence[Line], head: Head, *, last: bool) -> int:
    """Return where an issue without a heading ends: at a rule, or below an item that is last."""
    for place in range(head.start, head.end):
        text = lines[place].text
        outside = head.is_item and text[:1] not in {"", " ", "\t", ">"}
        if last and (_RULE.fullmatch(text) or (outside and not lines[place - 1].text.strip())):
            return place
    return head.end
