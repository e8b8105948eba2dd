"""Rewrites callouts as headings, labels and quotations.

Obsidian and GitHub write ``> [!type] Title`` above a quotation, MkDocs ``!!! type "Title"`` above
an indented text, and Pandoc puts a text between ``::: type`` and ``:::``. A title that is a label
says what a callout is. A callout that contains samples, or precedes them, is an issue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import begins_section, opens_unit, unit_head
from sphinxext_revguide.importer.recognise.label_evidence import SIDES, Record, key_of, meanings
from sphinxext_revguide.importer.recognise.label_names import written_name
from sphinxext_revguide.importer.recognise.labels import label_role, sample_role
from sphinxext_revguide.importer.recognise.lines import END, HEADING, QUOTE, Line
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.exported_markup import BLOCK_ID

_OPENS = re.compile(r" {0,3}> ?\[!([\w-]+)\][+-]?[ \t]*(.*)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"]*)\")?[ \t]*")
_BOLD = re.compile(r"[ \t]*\*\*([^*]{3,120})\*\*:?[ \t]*")
"""The first line of a callout without a title, if it is the title."""
_TYPES = {
    **dict.fromkeys(("quote", "cite", "failure", "fail", "missing", "before"), "before"),
    **dict.fromkeys(("success", "check", "done", "after"), "after"),
}
"""What the kind of a callout means if its title is missing, repeats the kind, or recurs."""


@dataclass(slots=True)
class _Callout:
    """A callout: its kind and title, the lines below, its first line and the line after it.

    ``recurs`` is true if other callouts of its kind have the same title, which then is a label.
    ``side`` is the side that its title means, judging by all callouts.
    """

    kind: str
    title: str
    body: list[Line]
    start: int
    end: int
    recurs: bool = False
    side: str = ""

    @property
    def label(self) -> str:
        """The part of the title that may be a label."""
        return self.title.partition(":")[0].strip(" *_")

    @property
    def role(self) -> str:
        """What the callout means: a field, a side, ``lock``, or "" if that is not known."""
        if locks(self.title):
            return "lock"
        role = label_role(self.label)
        bare = not self.title or self.title.casefold() == self.kind.casefold()
        by_type = _TYPES.get(self.kind.casefold(), "") if bare or self.recurs else ""
        return role or by_type or self.side


def without_callouts(lines: Sequence[Line]) -> list[Line]:
    """Rewrite callouts that are issues, samples or fields; the others stay quotations."""
    lines = _without_admonitions(_without_divs(lines))
    callouts = list(_callouts(lines))
    if not callouts:
        return list(lines)
    _compare(lines, callouts)
    kind = _issue_kind(lines, callouts)
    holding = _issues_hold_pairs(lines, callouts)
    found: list[Line] = []
    done = count = 0
    inside = False
    for callout in callouts:
        between = lines[done : callout.start]
        if inside and any(HEADING.fullmatch(line.text) for line in between):
            inside = False
        found += between
        done = callout.end
        number = lines[callout.start].number
        head = unit_head(callout.title)
        is_issue = callout.kind.casefold() == kind or (holding and (head or _holds_pair(callout)))
        if is_issue and not callout.role:
            count += 1
            title = callout.title if head else f"ISSUE #{count}: {callout.title}"
            found += [*apart(Line(f"### {title}", number)), *without_callouts(callout.body)]
            inside = True
        elif callout.role:
            if inside and callout.role == "lock":
                found += apart(Line(END, 0))
                inside = False
            found += _labelled(callout, number)
        else:
            found += lines[callout.start : callout.end]
    return [*found, *lines[done:]]


def _compare(lines: Sequence[Line], callouts: Sequence[_Callout]) -> None:
    """Set ``recurs`` and ``side`` of each callout."""
    titles = Counter((callout.kind, key_of(callout.title)) for callout in callouts)
    heads = [place for place, line in enumerate(lines) if begins_section(line.text)]
    records = [
        Record(
            callout.title or callout.kind,
            " ".join(line.text for line in callout.body),
            bisect_left(heads, callout.start),
            passage=True,
        )
        for callout in callouts
    ]
    roles = meanings(records)
    for callout, record in zip(callouts, records, strict=True):
        callout.recurs = titles[callout.kind, key_of(callout.title)] > 1
        role = roles.get(record.key, "")
        callout.side = role if role in SIDES and {*SIDES} <= {*roles.values()} else ""


_DIV = re.compile(r":{3,}[ \t]*(?:\{[ ]?\.([\w-]+)[^{}]{0,80}\}|([\w-]+))[ \t]*:*[ \t]*")
_DIV_END = re.compile(r":{3,}[ \t]*")


def _without_divs(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the divs of Pandoc, ``::: yours``, as callouts; a div that does not end stays."""
    found: list[Line] = []
    place = 0
    while place < len(lines):
        text = lines[place].text
        match = _DIV.fullmatch(text) if text.startswith(":::") else None
        end = place
        while match and end < len(lines) and not _DIV_END.fullmatch(lines[end].text):
            end += 1
        if match is None or end == len(lines):
            found.append(lines[place])
            place += 1
            continue
        found += (Line("", 0), Line(f"> [!div] {match[1] or match[2]}", lines[place].number))
        own = lines[place + 1 : end]
        found += [Line(f"> {line.text}".rstrip(), line.number) for line in own]
        found.append(Line("", lines[end].number))
        place = end + 1
    return found


def _without_admonitions(lines: Sequence[Line]) -> list[Line]:
    """Rewrite the admonitions of MkDocs as callouts."""
    found: list[Line] = []
    inside = False
    for line in lines:
        match = _ADMONITION.fullmatch(line.text)
        if match is not None:
            title = f" {match[2]}" if match[2] else ""
            found += (Line("", 0), Line(f"> [!{match[1]}]{title}", line.number))
            inside = True
        elif inside and (line.text.startswith("    ") or not line.text.strip()):
            found.append(Line(f"> {line.text[4:]}".rstrip(), line.number))
        else:
            inside = False
            found.append(line)
    return found


def _callouts(lines: Sequence[Line]) -> Iterator[_Callout]:
    place = 0
    while place < len(lines):
        match = _OPENS.fullmatch(lines[place].text)
        end = place + 1
        if match is not None:
            while end < len(lines) and QUOTE.fullmatch(lines[end].text):
                if _OPENS.fullmatch(lines[end].text):
                    break
                end += 1
            own = ((QUOTE.fullmatch(line.text), line.number) for line in lines[place + 1 : end])
            body = [Line(quote[1], number) for quote, number in own if quote]
            title = BLOCK_ID.sub("", match[2]).strip()
            bold = _BOLD.fullmatch(body[0].text) if body else None
            if bold and (not title or (match[1] == "div" and locks(bold[1]))):
                title, body = bold[1].rstrip(": "), body[1:]
            yield _Callout(match[1], title, body, place, end)
        place = end


def _issue_kind(lines: Sequence[Line], callouts: Sequence[_Callout]) -> str:
    """Return the kind of the callouts that are issues, or "".

    At least half of them have both samples, inside or in callouts before the next issue.
    """
    if any(opens_unit(line.text) for line in lines):
        return ""
    own = [callout for callout in callouts if not callout.role and callout.title]
    starts = [callout.start for callout in callouts]
    for kind, count in Counter(callout.kind.casefold() for callout in own).most_common():
        issues = [callout for callout in own if callout.kind.casefold() == kind]
        ends = [*(callout.start for callout in issues[1:]), len(lines)]
        paired = 0
        for callout, end in zip(issues, ends, strict=True):
            near = callouts[bisect_right(starts, callout.start) : bisect_left(starts, end)]
            roles = {other.role for other in near}
            roles |= {_inner_role(line.text) for line in callout.body}
            paired += {"before", "after"} <= roles
        if count > 1 and 2 * paired >= count:
            return kind
    return ""


def _issues_hold_pairs(lines: Sequence[Line], callouts: Sequence[_Callout]) -> bool:
    """Return whether the callouts that contain both samples are issues, whatever their kinds.

    In ``> [!danger] A title`` and ``> [!info] Another``, the kind says how serious an issue is.
    With such issues, a callout whose title is the heading of a unit is an issue even without
    samples.
    """
    if any(opens_unit(line.text) for line in lines):
        return False
    own = [callout for callout in callouts if not callout.role and callout.title]
    return sum(map(_holds_pair, own)) > 1


def _holds_pair(callout: _Callout) -> bool:
    return {"before", "after"} <= {_inner_role(line.text) for line in callout.body}


def _inner_role(text: str) -> str:
    """Return the side that a line in a callout introduces, as a label or as a callout's title."""
    match = _OPENS.fullmatch(text)
    name = match[2] if match else text
    role = sample_role(name.partition(":")[0].strip(" *_"))
    return role or (_TYPES.get(match[1].casefold(), "") if match and not name.strip() else "")


def _trimmed(body: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a callout without blank lines at the end."""
    end = len(body)
    while end and not body[end - 1].text.strip():
        end -= 1
    return body[:end]


def _labelled(callout: _Callout, number: int) -> Iterator[Line]:
    """Yield a callout as a label with its text."""
    rest = callout.title.partition(":")[2].strip(" *_")
    body = list(_trimmed(callout.body))
    if callout.role in ("before", "after"):
        name = written_name(callout.role, callout.label) if callout.label else callout.role.upper()
        yield from apart(Line(f"**{name}:**", number))
        yield from (Line(f"> {rest}", number), Line(">", 0)) if rest else ()
        yield from (Line(f"> {line.text}".rstrip(), line.number) for line in body)
        yield Line("", 0)
        return
    name = callout.title.rstrip(":") if callout.role == "lock" else callout.label
    if rest and callout.role != "lock":
        yield from apart(Line(f"**{name}:** {rest}", number))
        yield from body
    elif body and callout.role != "lock" and body[0].text.strip():
        yield from apart(Line(f"**{name}:** {body[0].text.strip()}", body[0].number))
        yield from body[1:]
    else:
        yield from apart(Line(f"**{name}:**", number))
        yield from body
    yield Line("", 0)
