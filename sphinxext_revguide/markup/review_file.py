"""A reviewer's decisions, taken away from the built pages -> the guide's source.

Only the options ``status`` and ``note`` of an issue are written; every other byte stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sphinxext_revguide.files import other_version, read_json
from sphinxext_revguide.markup.directive_source import read_opening, set_option, split_lines
from sphinxext_revguide.model import Issue, Status

FORMAT = "revguide-review"
VERSION = 1

_STATUS = {"accept": Status.ACCEPTED, "change": Status.OPEN, "reject": Status.REJECTED}


class ReviewError(ValueError):
    """The text is no review; the message says what was expected."""


class UnfitError(ValueError):
    """A decision does not fit what it is about; the message says why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of one issue.

    ``decision`` is accept, change, reject, or empty where there is only a comment. ``digest`` is
    that of the issue as it was shown.
    """

    issue: str
    digest: str
    decision: str
    comment: str

    @property
    def options(self) -> dict[str, str]:
        """The options of the issue that follow."""
        options = {"status": _STATUS[self.decision].value} if self.decision else {}
        comment = " ".join(self.comment.split())
        return options | ({"note": comment} if comment else {})


def read_review(text: str) -> list[Decision]:
    """Read the file that a reviewer saved.

    :raises ReviewError: if it is none, or of a version that is not known.
    """
    try:
        data = read_json(text)
        if data["format"] != FORMAT:
            told = f"{data['format']!r}"[:40] if isinstance(data["format"], str) else "no text"
            msg = f"it is no review: 'format' is {told}, expected {FORMAT!r}"
            raise ReviewError(msg)
        if data["version"] != VERSION:
            msg = f"it is {other_version(data['version'], VERSION)}"
            raise ReviewError(msg)
        return [_decision(one) for one in data["decisions"]]
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, ReviewError):
            raise
        msg = f"it is no review that was saved from a guide's page ({error!r})"
        raise ReviewError(msg) from error


def _decision(one: dict[str, object]) -> Decision:
    decision = str(one["decision"])
    if decision and decision not in _STATUS:
        msg = f"{decision!r} is no decision; known are {', '.join(_STATUS)}"
        raise ReviewError(msg)
    return Decision(str(one["issue"]), str(one["digest"]), decision, str(one["comment"]))


def apply(text: str, issue: Issue, decision: Decision) -> str:
    """Write a decision into the source of a page.

    :param text: the page, with whatever line ends it has.
    :raises UnfitError: if the issue has changed since, or is not where it should be.
    """
    if issue.digest != decision.digest:
        msg = "it has changed since it was reviewed; look at its card again"
        raise UnfitError(msg)
    return set_options(text, issue, decision.options)


def set_options(text: str, issue: Issue, options: Mapping[str, str]) -> str:
    """Give options of an issue a value in the source of its page, and leave every other byte.

    :param text: the page, with whatever line ends it has.
    :raises UnfitError: if the issue is not where it should be.
    """
    lines = split_lines(text)
    start = issue.line - 1
    opening = read_opening(lines[start]) if 0 <= start < len(lines) else None
    if opening is None or opening.name != "revision-issue":
        msg = f"line {issue.line} of its page does not open it; is it in an included file?"
        raise UnfitError(msg)
    for name, value in options.items():
        set_option(lines, start, name, value)
    return "".join(lines)
