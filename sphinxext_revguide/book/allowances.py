"""Passages that may keep a pattern: the comment syntax, and which findings an allowance covers.

The directive ``revision-allow`` writes the same records (``directives/allow.py``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from sphinxext_revguide.book.line_ranges import LineRanges
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


class AllowedLines:
    """Finds the allowances that contain the place of a finding."""

    def __init__(self, allowances: Iterable[Allowance]) -> None:
        self._allowances: dict[tuple[str, str], list[Allowance]] = {}
        lines: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for allowance in allowances:
            for pattern in allowance.patterns:
                for path, line, end_line in allowance.lines:
                    self._allowances.setdefault((pattern, path), []).append(allowance)
                    lines.setdefault((pattern, path), []).append((line, end_line))
        self._ranges = {key: LineRanges(there) for key, there in lines.items()}

    def around(self, finding: Finding) -> list[Allowance]:
        """Return the allowances that name the pattern of a finding and contain its place."""
        key = finding.pattern, finding.path
        there = self._allowances.get(key, [])
        return [there[number] for number in self._ranges[key].around(finding.line)] if there else []

    def covering(self, finding: Finding, today: datetime.date) -> Allowance | None:
        """Return the first allowance around a finding that gives a reason and has not expired."""
        return next((one for one in self.around(finding) if _is_valid(one, today)), None)


def _is_valid(allowance: Allowance, today: datetime.date) -> bool:
    return bool(allowance.reason) and not (allowance.until and allowance.until < today)
