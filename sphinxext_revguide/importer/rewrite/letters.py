"""Gives headings to the issues of letters: numbered points, bold heads and items of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from sphinxext_revguide.importer.recognise.heads import bold_unit, opens_unit, unit_head
from sphinxext_revguide.importer.recognise.impacts import read_impact
from sphinxext_revguide.importer.recognise.labels import line_label
from sphinxext_revguide.importer.recognise.lines import END, HEADING, Line
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.bare_labels import fields_in_text
from sphinxext_revguide.importer.rewrite.remarks import clauses_of_remark
from sphinxext_revguide.issue_numbers import leading_number

_POINT = re.compile(r"\(?([0-9]{1,2})[.):][ \t]+(\S.{1,90}?)[ \t]*")
_MIN = 3
_FIRST = re.compile(r"(?:\*\*)?([A-Z][^*:|]{5,90}[^*:|.,;!?\s])(?:\*\*)?")
_HEADED = re.compile(r" {0,3}(?:#{1,2}[ \t]|={3,}[ \t]*$)")


def with_headings(lines: Sequence[Line]) -> list[Line]:
    """Give a guide without headings a title, and headings for its points.

    A point is a short numbered line that is a paragraph of its own, numbered from 1.
    """
    if any(_HEADED.match(line.text) for line in lines):
        return list(lines)
    return _with_title(_with_points(lines))


_SIGNED_HEAD = re.compile(r"([^\w\s*>|#-]{0,4})[ \t]*\*\*([^*]{3,160})\*\*[ \t]*(\S.*)")
_BOLD_HEAD = re.compile(r"\*\*([^*]{3,160})\*\*[ \t]*(\S.*)")


def behind_bold_head(text: str) -> tuple[str, str]:
    """Return the text in bold that begins a line and the text after it; two empty ones if none."""
    match = _BOLD_HEAD.fullmatch(text) if text.startswith("**") else None
    return (match[1].strip(" ."), match[2]) if match and not match[1].endswith(":") else ("", "")


_IS_REMARK = re.compile(r"[(\[*_–—·•|-]")


def with_bold_heads(lines: Sequence[Line]) -> list[Line]:
    """Move the text after the bold heads of issues to lines of its own: ``**A. Bells** (grave)``.

    The heads have to be numbered in order, each below a blank line, or to have fields after them.
    """
    heads: dict[int, tuple[str, str]] = {}
    numbers: list[int] = []
    for place, line in enumerate(lines):
        title, rest = behind_bold_head(line.text)
        above = lines[place - 1].text.strip() if title and place else ""
        head = unit_head(f"**{title}**", bold_line=True) if title and not above else None
        if head and head.title:
            heads[place] = f"**{title}**", rest
            numbers.append(leading_number(head.number))
    if len(numbers) < _MIN or numbers != list(range(1, len(numbers) + 1)):
        heads = _with_fields(lines)
    if not heads:
        return list(lines)
    found: list[Line] = []
    for place, line in enumerate(lines):
        title, rest = heads.get(place, ("", ""))
        if title:
            found += (*apart(Line(title, line.number)), Line(rest, line.number))
            # A remark has a paragraph of its own; a text goes on in the next line.
            found += (Line("", 0),) if _IS_REMARK.match(rest) or "**" in rest else ()
        else:
            found.append(line)
    return found


def _with_fields(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """Return the bold lines with at least two fields after them, as headings, and those fields."""
    heads: dict[int, tuple[str, str]] = {}
    for place, line in enumerate(lines):
        match = _SIGNED_HEAD.fullmatch(line.text) if "**" in line.text else None
        above = lines[place - 1].text.strip() if match and place else ""
        if (
            match is None
            or above
            or "**" in match[3]
            or read_impact(match[2]).whole
            or unit_head(f"**{match[2]}**", bold_line=True)
        ):
            continue
        rest = match[3].strip(" \t·•|–—-")
        fields = fields_in_text(rest) or [one for one in clauses_of_remark(rest) if "**" in one]
        if len(fields) > 1:
            sign = f"Impact: {match[1].strip()} · " if read_impact(match[1]).whole else ""
            title = f"### ISSUE #{len(heads) + 1}: {match[2].strip(' .')}"
            heads[place] = title, f"{sign}{rest}"
    return heads if len(heads) > 1 else {}


def _with_title(lines: Sequence[Line]) -> list[Line]:
    """Make the first line a heading if it looks like a title."""
    found = list(lines)
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    first = filled[0] if filled else -1
    alone = first >= 0 and (len(filled) == 1 or filled[1] > first + 1)
    match = _FIRST.fullmatch(lines[first].text.strip()) if alone else None
    if match is not None and not bold_unit(lines[first].text):
        found[first : first + 1] = apart(Line(f"# {match[1]}", lines[first].number))
    return found


def _with_points(lines: Sequence[Line]) -> list[Line]:
    points: dict[int, str] = {}
    for index, line in enumerate(lines):
        match = _POINT.fullmatch(line.text)
        around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
        if match is None or any(neighbour.text.strip() for neighbour in around):
            continue
        if int(match[1]) == len(points) + 1 and not match[2].endswith((".", ":", ";", ",")):
            points[index] = f"### ISSUE #{match[1]}: {match[2]}"
    if len(points) < _MIN:
        return list(lines)
    found: list[Line] = []
    for index, line in enumerate(lines):
        head = points.get(index)
        found += [line] if head is None else apart(Line(head, line.number))
    return found


_NUMBERED = re.compile(r"([0-9]{1,2})[.)][ \t]+(?:\*\*(.+?)\*\*)?[ \t]*(.*)")
_IN_BOLD = re.compile(
    r"\*\*(?:[A-Z]{1,3}[ -]?)?([0-9]{1,2})[.):]?(?:[ \t]+([^*]+?))?\*\*[ \t]*(\S.*)"
)
_BULLETED = re.compile(r"[-*+][ \t]+(\S.*)")


def with_listed_points(lines: Sequence[Line], says_pair: Callable[[str], bool]) -> list[Line]:
    """Rewrite the items of a list that contain texts and quotations as issues.

    The title of an issue is the bold beginning of its item, or its first words. At least two items,
    or one if most have titles in bold, must quote a passage or state a pair. Items without a number
    count only in a guide without sections, and if most of them do so.

    :param says_pair: tells whether a text states a pair of samples.
    """
    if any(opens_unit(line.text) for line in lines):
        return list(lines)
    items = _items(lines)
    sections = any(_SECTION.match(line.text) for line in lines)
    titled = [item for item in items if _parts(lines[item[0]].text)[1]]
    most = 2 * len(titled) > len(items)
    said = not sections or most
    quoting = [item for item in items if _quotes(lines[slice(*item)], says_pair if said else None)]
    if len(items) < _MIN or len(quoting) < (1 if most else 2) or 3 * len(quoting) < len(items):
        items = [] if sections else _bullets(lines)
        quoting = [item for item in items if _quotes(lines[slice(*item)], says_pair)]
        if len(quoting) < 2 or 3 * len(quoting) < 2 * len(items):
            return list(lines)
    found: list[Line] = list(lines[: items[0][0]])
    for count, (start, end) in enumerate(items, 1):
        found += _issue(count, lines[start], lines[start + 1 : end])
    return [*found, *apart(Line(END, 0)), *lines[items[-1][1] :]]


_SECTION = re.compile(r" {0,3}#{2,6}[ \t]")


def _parts(text: str) -> tuple[int, str, str]:
    """Return the number, the title in bold and the rest of the first line of an item."""
    match = _NUMBERED.fullmatch(text) or _IN_BOLD.fullmatch(text)
    return (int(match[1]), match[2] or "", match[3]) if match else (0, "", "")


def _issue(count: int, first: Line, body: Sequence[Line]) -> Iterator[Line]:
    _number, title, rest = _parts(first.text)
    bullet = _BULLETED.fullmatch(first.text)
    rest = bullet[1] if bullet else rest
    words = re.sub(r"[~*_`]+", "", rest).split()
    if not title and first.text[2:3].isalpha() and first.text.startswith("**"):
        rest = first.text.replace("**", "", 2)  # keep the letters before its number
    title = title.strip(" .:") or " ".join(words[:8]) + ("…" if words[8:] else "")
    yield from apart(Line(f"### ISSUE #{count}: {title}", first.number))
    yield Line(rest, first.number)
    yield from (Line(re.sub(r"^ {1,4}", "", line.text), line.number) for line in body)


def _quotes(lines: Sequence[Line], says_pair: Callable[[str], bool] | None) -> bool:
    """Return whether an item quotes a passage in lines of its own, or states a pair."""
    if any(map(_is_quoted, lines)):
        return True
    labels = {label.role for line in lines if (label := line_label(line.text))}
    text = " ".join(line.text.strip() for line in lines)
    return says_pair is not None and (says_pair(text) or labels >= {"before", "after"})


def _bullets(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the first line of each item of the first bulleted list, and the line after it."""
    first = next((i for i, line in enumerate(lines) if _BULLETED.fullmatch(line.text)), len(lines))
    starts, end = [], first
    while end < len(lines):
        text = lines[end].text
        if _BULLETED.fullmatch(text):
            starts.append(end)
        elif text[:1] not in {"", " ", "\t"} and not lines[end - 1].text.strip():
            break
        end += 1
    return list(zip(starts, [*starts[1:], end], strict=True)) if starts else []


def _is_quoted(line: Line) -> bool:
    return line.text.lstrip().startswith(">")


def _items(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the first line of each item numbered from 1, and the line after the item.

    An item continues to the next one. The last ends where neither an indented text nor a quotation
    follows.
    """
    starts: list[int] = []
    last = 0
    restarts = False
    for index, line in enumerate(lines):
        number, title, rest = _parts(line.text)
        restarts = restarts or bool(starts and _SECTION.match(line.text))
        if number and (title or rest) and (number == last + 1 or (restarts and number == 1)):
            starts.append(index)
            last, restarts = number, False
    if not starts:
        return []
    indented = any(
        _is_quoted(line) and line.text[:1] == " " for line in lines[starts[0] : starts[-1]]
    )
    end = starts[-1] + 1
    quotes = [index for index in range(end, len(lines)) if _is_quoted(lines[index])]
    last = -1 if indented else next(iter(quotes[1:2] or quotes), -1)
    while end < len(lines):
        text = lines[end].text
        outside = not lines[end - 1].text.strip() and text[:1] not in {"", " ", "\t", ">"}
        if HEADING.fullmatch(text) or (outside and end > last):
            break
        end += 1
    end = _with_last_remark(lines, starts, end)
    return list(zip(starts, [*starts[1:], end], strict=True))


_REMARK = re.compile(r"([*_])(?!\1)[^*_]{3,400}\1")


def _with_last_remark(lines: Sequence[Line], starts: Sequence[int], end: int) -> int:
    """Return the end of the last item, with its remark in italics if all others end with one."""
    closing = [_last_filled(lines, start, stop) for start, stop in pairwise(starts)]
    if len(closing) < _MIN - 1 or not all(_REMARK.fullmatch(lines[i].text) for i in closing):
        return end
    longest = max(place - start for start, place in zip(starts, closing, strict=False))
    for place in range(starts[-1] + 1, min(starts[-1] + longest + 1, len(lines))):
        if HEADING.fullmatch(lines[place].text):
            break
        if _REMARK.fullmatch(lines[place].text):
            return max(end, place + 1)
    return end


def _last_filled(lines: Sequence[Line], start: int, stop: int) -> int:
    return max(place for place in range(start, stop) if lines[place].text.strip())
