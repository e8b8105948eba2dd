"""Reads the file that a reviewer downloaded from the built pages.

Version 1, of earlier releases, has neither a reviewer nor dates, passages or findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sphinxext_revguide.files import other_version, read_json
from sphinxext_revguide.model import Verdict
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.control_characters import unturned
from sphinxext_revguide.text.in_words import cause
from sphinxext_revguide.text.late_patterns import late

FORMAT = "revguide-review"
VERSION = 2

_DATE = late(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z)?")
_IN_NAMES = late(r"[\s:;¶]+")
"""Separators of names, verdicts and comments in the options of an issue."""
_LONGEST_NAME = 60
"""Characters."""


class ReviewError(ValueError):
    """The text is not a review; the message says what was expected."""


@record(frozen=True, slots=True)
class Decision:
    """What a reviewer said about one issue.

    ``decision`` is a verdict, or empty if there is only a comment; ``digest`` is the digest of the
    issue as it was shown; ``date`` is ISO 8601 in UTC, or empty.
    """

    issue: str
    digest: str
    decision: str
    comment: str
    reviewer: str = ""
    date: str = ""


@record(frozen=True, slots=True)
class PassageComment:
    """A comment on some words of a page, which a text-quote selector of the W3C identifies."""

    docname: str
    exact: str
    prefix: str
    suffix: str
    comment: str
    reviewer: str = ""
    date: str = ""


@record(frozen=True, slots=True)
class Dismissal:
    """A finding that a reviewer dismissed, and why."""

    fingerprint: str
    docname: str
    reason: str
    reviewer: str = ""
    date: str = ""


@record(frozen=True, slots=True)
class ReviewFile:
    """The content of one file; ``reviewer`` may be empty."""

    reviewer: str
    decisions: Sequence[Decision]
    passages: Sequence[PassageComment] = ()
    dismissals: Sequence[Dismissal] = ()


def reviewer_name(text: str) -> str:
    """Return a name in a form that options of an issue can contain."""
    return _IN_NAMES.sub(" ", unturned(text)).strip()[:_LONGEST_NAME].strip()


def named(review: ReviewFile, name: str) -> ReviewFile:
    """Return a review with the name of its reviewer, if it does not give one itself."""
    who = reviewer_name(name)
    if review.reviewer or not who:
        return review
    return ReviewFile(
        who,
        [replace(decision, reviewer=who) for decision in review.decisions],
        [replace(passage, reviewer=who) for passage in review.passages],
        [replace(dismissal, reviewer=who) for dismissal in review.dismissals],
    )


def read_review(text: str) -> ReviewFile:
    """Read the file that a reviewer saved.

    :raises ReviewError: if it is not a review, or has an unknown version.
    """
    try:
        data = read_json(text)
        if data["format"] != FORMAT:
            actual = (
                f"{data['format']!r}"[:40] if isinstance(data["format"], str) else "not a string"
            )
            msg = f"it is not a review: 'format' is {actual}, expected {FORMAT!r}"
            raise ReviewError(msg)
        if data["version"] not in (1, VERSION):
            msg = f"it is {other_version(data['version'], VERSION)}"
            raise ReviewError(msg)
        who = reviewer_name(str(data.get("reviewer", "")))
        return ReviewFile(
            who,
            [_decision(entry, who) for entry in data["decisions"]],
            [_passage(entry, who) for entry in data.get("passages", ())],
            [_dismissal(entry, who) for entry in data.get("findings", ())],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, ReviewError):
            raise
        msg = f"it is not a review downloaded from a guide's page ({cause(error)})"
        raise ReviewError(msg) from error


def _decision(one: dict[str, Any], who: str) -> Decision:
    decision = str(one["decision"])
    if decision and decision not in list(Verdict):
        msg = f"{decision!r} is not a decision; write one of {', '.join(Verdict)}"
        raise ReviewError(msg)
    issue, digest, comment = (str(one[name]) for name in ("issue", "digest", "comment"))
    return Decision(issue, digest, decision, unturned(comment), who, _date(one))


def _passage(one: dict[str, Any], who: str) -> PassageComment:
    quote = one["quote"]
    exact, prefix, suffix = (str(quote[name]) for name in ("exact", "prefix", "suffix"))
    docname, comment = str(one["docname"]), unturned(str(one["comment"]))
    return PassageComment(docname, exact, prefix, suffix, comment, who, _date(one))


def _dismissal(one: dict[str, Any], who: str) -> Dismissal:
    fingerprint, docname, reason = (str(one[name]) for name in ("fingerprint", "docname", "reason"))
    if not reason.strip():
        msg = f"its finding {fingerprint[:16]!r} has no reason"
        raise ReviewError(msg)
    return Dismissal(fingerprint, docname, unturned(reason), who, _date(one))


def _date(one: dict[str, Any]) -> str:
    date = str(one.get("date", ""))
    return date if _DATE.fullmatch(date) else ""
