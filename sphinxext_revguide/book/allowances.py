"""Passages that may keep a pattern: the comment syntax, and which findings an allowance covers.

The directive ``revision-allow`` writes the same records (``directives/allow.py``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from sphinxext_revguide.markup.comment_places import CommentPlaces
from sphinxext_revguide.model import Allowance, FileLine, Finding, Problem
from sphinxext_revguide.text.late_patterns import late

_BEGINS = late(r"\s*revguide(?::|\s+allow\b)")
_COMMENT = late(r"\s*revguide:\s*(\w*)\s*(.*)", re.DOTALL)
_HTML = re.compile(r"<!--\s*revguide\b")
_REASON = late(r"\s+(?:--?|—|–)\s+|\s+(?:--?|—|–)$")
_UNTIL = late(
    r"\(\s*until\s+(?P<day>\d{4}-\d\d-\d\d)\s*\)|\(\s*until\s+(?P<any>[^()\n]*)\)\s*$|"
    r"\(?\buntil\s+(?P<word>\S+?)\)?\s*$",
    re.IGNORECASE,
)
_NO_EFFECT = "has no effect; write '% revguide: allow PATTERN -- REASON'"


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
    :returns: each allowance for the block after its comment, and the mistakes; one whose last day
        is invalid allows nothing.
    """
    places = CommentPlaces(path, text, "revguide")
    for comment in comments:
        if not isinstance(comment, nodes.raw):
            for entry in _entries(comment.astext()):
                yield _read_entry(entry, comment, places)
        elif _HTML.search(comment.astext()):
            place = places.place_of(comment)
            yield None, _mistake(place, f"'revguide' in an HTML comment {_NO_EFFECT}")


def _entries(text: str) -> list[str]:
    """Return the allowances in a comment, each with the lines that continue it.

    MyST makes one comment of several on lines that follow each other.
    """
    entries: list[list[str]] = []
    for line in text.split("\n"):
        if _BEGINS.match(line):
            entries.append([line])
        elif entries:
            entries[-1].append(line)
    return ["\n".join(lines) for lines in entries]


def _read_entry(
    entry: str, comment: nodes.comment, places: CommentPlaces
) -> tuple[Allowance | None, Problem | None]:
    place = places.place_of(comment, entry)
    match = _COMMENT.match(entry)
    if match is None:
        return None, _mistake(place, f"a comment 'revguide allow' without a colon {_NO_EFFECT}")
    if match[1] != "allow":
        message = f"a comment says 'revguide: {match[1]}'; write 'revguide: allow PATTERN'"
        return None, _mistake(place, message)
    names, reason = _names_and_reason(match[2])
    until = None
    dated = _UNTIL.search(reason)
    if dated:
        parts = (reason[: dated.start()].strip(" (,;"), reason[dated.end() :].strip())
        reason = " ".join(filter(None, parts))
        try:
            until = read_date(dated["day"] or dated["any"] or dated["word"] or "")
        except ValueError as error:
            message = f"an allowance has no effect, because its last day is invalid: {error}"
            return None, _mistake(place, message)
    here, *included = places.lines_below(comment, place)
    return Allowance(names, reason, until, *here, tuple(included)), None


def _mistake(place: FileLine, message: str) -> Problem:
    path, line = place
    return Problem(line, message, "allowance", path)


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
    return finding.pattern in allowance.patterns and any(
        finding.path == path and line <= finding.line <= end_line
        for path, line, end_line in allowance.lines
    )
