"""Passages that may keep a pattern: the comment syntax, and which findings an allowance covers.

The directive ``revision-allow`` writes the same records (``directives/allow.py``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from sphinxext_revguide.model import Allowance, Finding, Problem
from sphinxext_revguide.text.late_patterns import late

_COMMENT = late(r"\s*revguide:\s*(\w+)\b\s*(.*)", re.DOTALL)
_NO_COLON = late(r"\s*revguide\s+allow\b")
_MARKED = late(r"[ \t>]*(?:%+|\.\.)[ \t]*(.*?)[ \t]*")
_HTML = re.compile(r"\s*<!--\s*revguide\b")
_REASON = late(r"\s+(?:--?|—|–)\s+|\s+(?:--?|—|–)$")
_UNTIL = late(
    r"\(\s*until\s+(?P<any>[^()\n]*)\)\s*$|\(?\buntil\s+(?P<word>\S+?)\)?\s*$", re.IGNORECASE
)
_END_OF_PAGE = 1_000_000_000


def read_date(text: str) -> datetime.date:
    """Return a date written as 2027-01-31.

    :raises ValueError: for anything else.
    """
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        message = f"{text!r} is not a date; write it as 2027-01-31"
        raise ValueError(message) from None


def comment_allowances(
    comments: Iterable[nodes.comment | nodes.raw], path: str, text: str = ""
) -> Iterator[tuple[Allowance | None, Problem | None]]:
    """Read ``revguide: allow PATTERN... -- reason (until 2027-01-31)`` out of comments.

    :param comments: the comments of a page, and its raw HTML, in which none has an effect.
    :param path: the file that lines refer to where a comment does not name one.
    :param text: the content of that file, to look up the lines of comments; empty if they are
        known.
    :returns: the allowance of each such comment for the block after it, and its mistakes; one whose
        last day is invalid allows nothing.
    """
    for comment in comments:
        source = comment.source or path
        line = _line_of(comment, text.splitlines() if source == path else ())
        wrong = _without_effect(comment)
        if wrong:
            message = f"{wrong} has no effect; write '% revguide: allow PATTERN -- REASON'"
            yield None, Problem(line, message, "allowance", source)
        match = _COMMENT.match(comment.astext())
        if match is None or isinstance(comment, nodes.raw):
            continue
        if match[1] != "allow":
            message = f"a comment says 'revguide: {match[1]}'; write 'revguide: allow PATTERN'"
            yield None, Problem(line, message, "allowance", source)
            continue
        names, reason = _names_and_reason(match[2])
        until = None
        dated = _UNTIL.search(reason)
        if dated:
            reason = reason[: dated.start()].strip(" (,;")
            try:
                until = read_date(dated["any"] or dated["word"] or "")
            except ValueError as error:
                message = f"an allowance has no effect, because its last day is invalid: {error}"
                yield None, Problem(line, message, "allowance", source)
                continue
        yield Allowance(names, reason, until, source, line, _end(comment)), None


def _line_of(comment: nodes.comment | nodes.raw, lines: Sequence[str]) -> int:
    """Return the line of a comment in its file.

    MyST gives a comment the line of the block above it, docutils the one below, or none in a list.
    """
    line = int(comment.line or 0)
    first = comment.astext().partition("\n")[0].strip()
    if "revguide" not in first or isinstance(comment, nodes.raw):
        return max(line, 1)
    below = range(max(line - 1, 0), len(lines))
    places = (*below, *reversed(range(min(line, len(lines)))))
    matches = ((place, _MARKED.fullmatch(lines[place])) for place in places)
    return next((place + 1 for place, found in matches if found and found[1] == first), line or 1)


def _without_effect(comment: nodes.comment | nodes.raw) -> str:
    """Return what is wrong with a comment that was meant to allow something, if anything is."""
    text = comment.astext()
    if isinstance(comment, nodes.raw):
        return "'revguide' in an HTML comment" if _HTML.match(text) else ""
    return "a comment 'revguide allow' without a colon" if _NO_COLON.match(text) else ""


def _names_and_reason(text: str) -> tuple[tuple[str, ...], str]:
    names, *reason = _REASON.split(" ".join(text.split()), maxsplit=1)
    return tuple(re.split(r"[,\s]+", names.strip())), "".join(reason)


def _end(comment: nodes.comment) -> int:
    """Return the last line of the block after a comment: the line before what follows it."""
    node: nodes.Element = comment
    following = _after(node)
    while isinstance(following, nodes.comment | nodes.target):
        following = _after(following)
    if following is None:
        return _END_OF_PAGE
    node = following
    while node.parent is not None:
        after = _after(node)
        if after is not None:
            return (_first_line(after) or _END_OF_PAGE) - 1
        node = node.parent
    return _END_OF_PAGE


def _after(node: nodes.Element) -> nodes.Element | None:
    if node.parent is None:
        return None
    siblings = node.parent.children
    index = siblings.index(node)
    rest = (node for node in siblings[index + 1 :] if isinstance(node, nodes.Element))
    return next(rest, None)


def _first_line(node: nodes.Element) -> int | None:
    return next((match.line for match in node.findall() if getattr(match, "line", None)), None)


def allowance_for(
    finding: Finding, allowances: Iterable[Allowance], today: datetime.date
) -> Allowance | None:
    """Return the first allowance of a page that covers a finding on it today, if one does."""
    return next((allowance for allowance in allowances if covers(allowance, finding, today)), None)


def covers(allowance: Allowance, finding: Finding, today: datetime.date) -> bool:
    """Return whether an allowance covers a finding, gives a reason and has not expired."""
    valid = bool(allowance.reason) and not (allowance.until and allowance.until < today)
    return valid and concerns(allowance, finding)


def concerns(allowance: Allowance, finding: Finding) -> bool:
    """Return whether an allowance names the pattern of a finding and contains its place."""
    return (
        finding.pattern in allowance.patterns
        and finding.path == allowance.path
        and allowance.line <= finding.line <= allowance.end_line
    )
