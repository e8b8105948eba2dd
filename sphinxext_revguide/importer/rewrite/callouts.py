"""Callouts -> headings, labels and quotations.

Obsidian and GitHub write ``> [!type] Title`` above a quotation, MkDocs ``!!! type "Title"`` above
an indented text. What a title says as a label counts; a callout that holds or precedes samples
is an issue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinxext_revguide.importer.recognise.heads import opens_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import label_role, sample_role
from sphinxext_revguide.importer.recognise.lines import END, HEADING, Line
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.recognise.pair_lines import apart
from sphinxext_revguide.importer.rewrite.exported_markup import BLOCK_ID

_OPENS = re.compile(r" {0,3}> ?\[!([\w-]+)\][+-]?[ \t]*(.*)")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"]*)\")?[ \t]*")
_TYPES = {
    **dict.fromkeys(("quote", "cite", "failure", "fail", "missing", "before"), "before"),
    **dict.fromkeys(("success", "check", "done", "after"), "after"),
}
"""What a callout is whose title says nothing."""


@dataclass(slots=True)
class _Callout:
    """A callout: its kind and title, the lines below, and where it begins and ends."""

    kind: str
    title: str
    body: list[Line]
    start: int
    end: int

    @property
    def label(self) -> str:
        """The words of the title that are a label, where it has such."""
        return self.title.partition(":")[0].strip(" *_")

    @property
    def role(self) -> str:
        """What the label means."""
        if locks(self.title):
            return "lock"
        role = label_role(self.label)
        bare = not self.title or self.title.casefold() == self.kind.casefold()
        return role or (_TYPES.get(self.kind.casefold(), "") if bare else "")


def without_callouts(lines: Sequence[Line]) -> list[Line]:
    """Write callouts that are issues, samples or fields as such; others stay quotations."""
    lines = _quoted(lines)
    callouts = list(_callouts(lines))
    if not callouts:
        return list(lines)
    kind = _issue_kind(lines, callouts)
    holding = _are_in_callouts(lines, callouts)
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


def _quoted(lines: Sequence[Line]) -> list[Line]:
    """Write the admonitions of MkDocs as callouts."""
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
            while end < len(lines) and _QUOTE.fullmatch(lines[end].text):
                if _OPENS.fullmatch(lines[end].text):
                    break
                end += 1
            own = ((_QUOTE.fullmatch(line.text), line.number) for line in lines[place + 1 : end])
            body = [Line(quote[1], number) for quote, number in own if quote]
            title = BLOCK_ID.sub("", match[2]).strip()
            yield _Callout(match[1], title, body, place, end)
        place = end


def _issue_kind(lines: Sequence[Line], callouts: Sequence[_Callout]) -> str:
    """Return the kind of callouts that are issues: most hold or precede both samples."""
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


def _are_in_callouts(lines: Sequence[Line], callouts: Sequence[_Callout]) -> bool:
    """Return whether callouts that hold both samples are the issues, whatever their kinds.

    ``> [!danger] A title`` and ``> [!info] Another``: the kind tells how bad an issue is. One that
    has a number in its title may be without samples.
    """
    if any(opens_unit(line.text) for line in lines):
        return False
    own = [callout for callout in callouts if not callout.role and callout.title]
    return sum(map(_holds_pair, own)) > 1


def _holds_pair(callout: _Callout) -> bool:
    return {"before", "after"} <= {_inner_role(line.text) for line in callout.body}


def _inner_role(text: str) -> str:
    """Return what a line in a callout announces: a label, or the title of a callout inside."""
    match = _OPENS.fullmatch(text)
    name = match[2] if match else text
    role = sample_role(name.partition(":")[0].strip(" *_"))
    return role or (_TYPES.get(match[1].casefold(), "") if match and not name.strip() else "")


def _trimmed(body: Sequence[Line]) -> Sequence[Line]:
    """Leave out the blank lines at the end of a callout."""
    end = len(body)
    while end and not body[end - 1].text.strip():
        end -= 1
    return body[:end]


def _labelled(callout: _Callout, number: int) -> Iterator[Line]:
    """Yield a callout as a label and what is below it."""
    rest = callout.title.partition(":")[2].strip(" *_")
    body = list(_trimmed(callout.body))
    if callout.role in ("before", "after"):
        yield from apart(Line(f"**{callout.role.upper()}:**", number))
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
