"""Rewrites lists in which each item is an issue, with a label in each item of the list below it.

``1. **The title** [P1]`` and below it ``- freq: 7x``, ``- old: "..."``, ``- new: "..."``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import opens_unit, unit_head
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.labels import column_role, label_role
from sphinxext_revguide.importer.recognise.lines import END, HEADING, Line, without_bullet
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.recognise.pair_lines import apart, sample_lines, without_quotes
from sphinxext_revguide.importer.recognise.table_cells import cells_of
from sphinxext_revguide.importer.recognise.value_shapes import field_of_shape
from sphinxext_revguide.importer.rewrite.remarks import clauses_of_remark, in_brackets
from sphinxext_revguide.importer.rewrite.tracked_changes import has_changes

_ITEM = re.compile(r"(?:[-*+]|([0-9]{1,2})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)")
_BULLET = re.compile(r"([ \t]+)(?:[-*+•◦]|[0-9]{1,2}[.)]|[a-z][.)])[ \t]+(\S.*)")
_LABEL = re.compile(
    r"[*_]{0,2}([^\W\d_][^:*_\n]{0,48}?)[*_]{0,2}[ \t]*"
    r"(?::[*_]{0,2}|(?<=\?)|[ ][-–—=→])(?:[ \t]+(.*))?"
)
_BOLD = re.compile(r"(?:\*\*|__)(.+?)[.:]?(?:\*\*|__)[ \t]*[:.–—-]*[ \t]*(.*)")
_DIFF = re.compile(r"\0fence [0-9]+ (?:diff|patch)\b")
MOVED = "<"
"""The end of the line of a held fence that is to be moved left."""
_SECTION = re.compile(r"[-*+][ \t]+(?:\*\*|__)([^*_]+)(?:\*\*|__):?")
_NUMBERED = re.compile(r"[ \t]+[0-9]{1,2}[.)][ \t]+\S")
_SECTIONS = 3
_MIN = 2
_SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: its first line, its text, the lines below it, and the line after it."""

    first: Line
    text: str
    body: list[Line]
    end: int

    def labels(self) -> list[str]:
        """Return what the labels of the items directly below it mean."""
        return [role for role, _label, _value in map(_labelled, self._own()) if role]

    def _own(self) -> list[str]:
        bullets = [match for line in self.body if (match := _BULLET.fullmatch(line.text))]
        least = min((len(match[1].expandtabs(4)) for match in bullets), default=0)
        return [match[2] for match in bullets if len(match[1].expandtabs(4)) == least]


def without_nested_fields(lines: Sequence[Line]) -> list[Line]:
    """Rewrite each item of such a list as an issue below a heading."""
    if any(opens_unit(line.text) for line in lines if HEADING.fullmatch(line.text)):
        return list(lines)
    lines = _with_sections(lines)
    lists = list(_lists(lines))
    issues = [own for own in lists if own and _may_be_issues(own)]
    paired = sum(_is_paired(item) for own in issues for item in own)
    if paired < _MIN or all(len(own) < _MIN for own in issues):
        return list(lines)
    found: list[Line] = []
    count = 0
    chosen = {id(own) for own in issues}
    for place, own in zip(_places(lists), lists, strict=True):
        if id(own) not in chosen:
            found += lines[place : own[-1].end if own else place + 1]
            continue
        for item in own:
            if locks(item.text):
                found += apart(Line(f"## {item.text.strip('*_ ')}", item.first.number))
                found += _body(item.body)
                continue
            count += 1
            found += _issue(item, count)
        found += apart(Line(END, 0))
    return found


def _lists(lines: Sequence[Line]) -> Iterator[list[_Item]]:
    """Yield the items of each list, and an empty list for each line outside lists."""
    place = 0
    while place < len(lines):
        items = list(_items(lines, place))
        yield items
        place = items[-1].end if items else place + 1


def _places(lists: Sequence[Sequence[_Item]]) -> Iterator[int]:
    """Yield the first line of each list, or the line outside lists that an empty one stands for."""
    place = 0
    for items in lists:
        yield place
        place = items[-1].end if items else place + 1


def _with_sections(lines: Sequence[Line]) -> list[Line]:
    """Rewrite a list that contains a whole guide, bold items above lists, as sections."""
    tops = [place for place, line in enumerate(lines) if _ITEM.fullmatch(line.text.rstrip())]
    named = [place for place in tops if _SECTION.fullmatch(lines[place].text.rstrip())]
    nested = [
        place for place in named if place + 1 < len(lines) and lines[place + 1].text[:1].isspace()
    ]
    items = sum(bool(_NUMBERED.match(line.text)) for line in lines)
    if len(named) < _SECTIONS or len(nested) < len(tops) or not items:
        return list(lines)
    found: list[Line] = []
    for place, line in enumerate(lines):
        section = _SECTION.fullmatch(line.text.rstrip())
        if section:
            found += apart(Line(f"## {section[1].rstrip(':')}", line.number))
        elif place > named[0] and line.text[:1].isspace():
            found.append(Line(_moved(line.text, 4 if line.text[:4].isspace() else 2), line.number))
        else:
            found.append(line)
    return found


def _items(lines: Sequence[Line], place: int) -> Iterator[_Item]:
    """Yield the items of the list that begins at a line."""
    while place < len(lines) and (match := _ITEM.fullmatch(lines[place].text.rstrip())):
        end = place + 1
        while end < len(lines) and (
            lines[end].text[:1] in (" ", "\t", "\0") or not lines[end].text.strip()
        ):
            if lines[end].text == END:
                break
            end += 1
        yield _Item(lines[place], match[2], list(lines[place + 1 : end]), end)
        place = end


def _may_be_issues(items: Sequence[_Item]) -> bool:
    """Return whether most items of a list have labels below them, and none is a sample itself."""
    holding = sum(len(item.labels()) > 1 for item in items)
    titled = not any(_labelled(item.text)[0] in _SIDES for item in items)
    return titled and 3 * holding >= 2 * len(items)


def _is_paired(item: _Item) -> bool:
    """Return whether the items below an item, or the columns of a table, are both samples."""
    return set(_SIDES) <= {*item.labels()} or any(map(_is_pair, item.body))


def _is_pair(line: Line) -> bool:
    """Return whether a line marks changes, heads a table of pairs, or stands for a diff."""
    text = line.text.strip()
    roles = {column_role(cell) for cell in cells_of(text)} if text.startswith("|") else set()
    return set(_SIDES) <= roles or has_changes(text) or bool(_DIFF.match(text))


def _labelled(text: str) -> tuple[str, str, str]:
    """Return what the label of an item means, its words, and the text after it."""
    match = _LABEL.fullmatch(text.strip())
    if match is None or (match[1].endswith("?") and not label_role(match[1])):
        field = field_of_shape(text.strip())
        return (field[0].casefold(), field[0], field[1]) if field else ("", "", "")
    return label_role(match[1]), match[1].strip(" ?"), (match[2] or "").strip()


def _issue(item: _Item, count: int) -> Iterator[Line]:
    bold = _BOLD.fullmatch(item.text)
    title, rest = (bold[1], bold[2]) if bold else (item.text, "")
    rest = in_brackets(rest)
    is_remark = len(list(clauses_of_remark(rest))) > 1
    if re.fullmatch(r"[(\[][^()\[\]]{1,40}[)\]]", rest) and not is_remark:
        title, rest = f"{title} {rest}", ""
    head = unit_head(f"**{title}**", bold_line=True)
    shown = title if head and head.title else f"ISSUE #{count}: {title}"
    yield from apart(Line(f"### {shown}", item.first.number))
    if rest:
        name = "**Impact:** " if read_impact(rest).whole else ""
        yield from apart(Line(f"{name}{rest}", item.first.number))
    yield from _body(item.body)


def _body(body: Sequence[Line]) -> Iterator[Line]:
    place = 0
    filled = [line.text.expandtabs(4) for line in body if line.text.strip()]
    width = min(map(_indent, filled), default=0)
    while place < len(body):
        match = _BULLET.fullmatch(body[place].text.rstrip())
        role, name, value = _labelled(match[2]) if match else ("", "", "")
        if match is None or not name:
            yield _within(body[place], width)
            place += 1
            continue
        start = place
        place = _end(body, place, len(match[1].expandtabs(4)))
        below = [_within(line, width) for line in body[start + 1 : place]]
        passages = [Line(value, body[start].number), *below]
        changed = [line for line in passages if has_changes(without_bullet(line.text.strip()))]
        if changed:
            for line in changed:
                yield from apart(Line(without_bullet(line.text.strip()), line.number))
            continue
        if role in _SIDES:
            yield from _sample(role, Line(value, body[start].number), below)
            continue
        yield from apart(Line(f"**{name}:** {value}".rstrip(), body[start].number))
        yield from below
        yield Line("", 0)


def _sample(role: str, first: Line, below: Sequence[Line]) -> Iterator[Line]:
    """Yield a sample from the text after its label and the lines below."""
    filled = [line for line in below if line.text.strip()]
    if not first.text and filled and any(line.text.lstrip()[:1] in (">", "\0") for line in filled):
        yield from apart(Line(f"**{role.upper()}:**", first.number))
        for line in below:
            yield Line(line.text.lstrip(), line.number)
        yield Line("", 0)
        return
    width = min((_indent(line.text) for line in filled), default=0)
    own = [Line(line.text[width:], line.number) for line in filled]
    texts = [*([first] if first.text else []), *own]
    if texts:
        whole = without_quotes("\n".join(line.text for line in texts)).split("\n")
        alone = len(texts) == 1 and re.match(r"[-*+][ \t]+", whole[0])
        texts = [Line(text, line.number) for text, line in zip(whole, texts, strict=True)]
        if alone:
            bare = without_quotes(re.sub(r"^[-*+][ \t]+", "", whole[0]))
            texts = [Line(bare, texts[0].number)]
    if first.text and not texts[1:] and re.fullmatch(r"\([^()]+\)", texts[0].text):
        texts = [Line(f"[{texts[0].text[1:-1]}]", texts[0].number)]
    yield from sample_lines(role.upper(), texts or [Line("", first.number)])


def moved_left(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a fence without the indentation of its first line."""
    width = _indent(lines[0].text)
    return [Line(_moved(line.text, width), line.number) for line in lines]


def without_indentation(body: Sequence[Line]) -> list[Line]:
    """Return the lines of an item without their common indentation; fences stay as they are."""
    own = [
        line if line.text.startswith("\0") else Line(line.text.expandtabs(4), line.number)
        for line in body
    ]
    filled = [line.text for line in own if line.text.strip() and not line.text.startswith("\0")]
    width = min(map(_indent, filled), default=0)
    return [
        line if line.text.startswith("\0") else Line(line.text[width:], line.number) for line in own
    ]


def _end(body: Sequence[Line], place: int, indent: int) -> int:
    """Return the line after an item: the next one that is not indented more."""
    end = place + 1
    while end < len(body):
        text = body[end].text.expandtabs(4)
        if text.strip() and not text.startswith("\0") and _indent(text) <= indent:
            break
        end += 1
    return end


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _within(line: Line, width: int) -> Line:
    """Return a line of an item moved left, or the line of a held fence marked to be moved."""
    if line.text.startswith("\0"):
        return Line(f"{line.text.removesuffix(MOVED)}{MOVED}", line.number)
    return Line(_moved(line.text, width), line.number)


def _moved(text: str, width: int) -> str:
    own = text.expandtabs(4) if text.startswith("\t") else text
    return own[width:] if not own[:width].strip() else own
