"""Passages that may keep a pattern: the comment syntax, and which findings an allowance covers.

The directive ``revision-allow`` writes the same records (``directives/allow.py``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from sphinxext_revguide.markup.comment_places import CommentPlaces, lines_below
from sphinxext_revguide.model import Allowance, Finding, Problem
from sphinxext_revguide.text.late_patterns import late

_COMMENT = late(r"\s*revguide:\s*(\w+)\b\s*(.*)", re.DOTALL)
_NO_COLON = late(r"\s*revguide\s+allow\b")
_HTML = re.compile(r"\s*<!--\s*revguide\b")
_REASON = late(r"\s+(?:--?|—|–)\s+|\s+(?:--?|—|–)$")
_UNTIL = late(
    r"\(\s*until\s+(?P<any>[^()\n]*)\)\s*$|\(?\buntil\s+(?P<word>\S+?)\)?\s*$", re.IGNORECASE
)


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
    :param path: the page's file.
    :param text: the content of that file, to look up the lines of comments; empty if they are
        known.
    :returns: the allowance of each such comment for the block after it, and its mistakes; one whose
        last day is invalid allows nothing.
    """
    places = CommentPlaces(path, text, "revguide")
    for comment in comments:
        source, line = places.place_of(comment)
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
        own, *included = lines_below(comment, (source, line))
        yield Allowance(names, reason, until, *own, tuple(included)), None


def _without_effect(comment: nodes.comment | nodes.raw) -> str:
    """Return what is wrong with a comment that was meant to allow something, if anything is."""
    text = comment.astext()
    if isinstance(comment, nodes.raw):
        return "'revguide' in an HTML comment" if _HTML.match(text) else ""
    return "a comment 'revguide allow' without a colon" if _NO_COLON.match(text) else ""


def _names_and_reason(text: str) -> tuple[tuple[str, ...], str]:
    names, *reason = _REASON.split(" ".join(text.split()), maxsplit=1)
    return tuple(re.split(r"[,\s]+", names.strip())), "".join(reason)


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
    own = (allowance.path, allowance.line, allowance.end_line)
    return finding.pattern in allowance.patterns and any(
        finding.path == path and line <= finding.line <= end_line
        for path, line, end_line in (own, *allowance.included)
    )
