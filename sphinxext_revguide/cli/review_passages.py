"""Lists reviewers' comments on chapters, and records the findings that they dismissed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_revguide.book.derived.verdicts import (
    NO_FINDING,
    Verdict,
    record_verdicts,
    verdict_on,
)
from sphinxext_revguide.cli.output import log, say
from sphinxext_revguide.cli.verdict import recording, verdict_path
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.in_words import counted, short
from sphinxext_revguide.text.text_quote import place_of_quote

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.markup.review_file import Dismissal, PassageComment
    from sphinxext_revguide.model import Finding


def list_comments(book: Book, comments: Iterable[PassageComment]) -> None:
    """Print each comment on a passage with its place; no file is changed."""
    for comment in comments:
        found = place_of_quote(
            comment.exact, comment.prefix, comment.suffix, book.sources[comment.docname]
        )
        place = f"{found[0]}:{found[1]}" if found else comment.docname
        state = "" if found and found[2] else " (changed since)" if found else " (no longer there)"
        who = comment.reviewer or "the reviewer"
        say(f"{place}: {who} on “{short(comment.exact)}”{state}: “{comment.comment}”")


def record_dismissals(book: Book, dismissals: Iterable[Dismissal], *, write: bool) -> bool:
    """Record findings that reviewers dismissed, and return whether one was refused.

    :param write: whether to write the file; otherwise what would be recorded is only printed.
    :raises RefusedError: if the file cannot be written.
    """
    known = {finding.fingerprint: finding for finding in book.findings}
    verdicts: dict[str, Verdict] = {}
    refused = False
    for dismissal in dismissals:
        finding, who = _dismissed(dismissal, known), dismissal.reviewer or "the reviewer"
        recorded = book.verdict_state.fitting.get(finding.fingerprint) if finding else None
        said = f"{who}: “{dismissal.reason}”"
        if finding is None:
            log(f"{dismissal.docname}: refused: this finding is no longer there ({said})")
            refused = True
        elif recorded is None:
            place = f"{finding.path}:{finding.line}"
            say(f"{place}: {finding.message}: dismissed by {said}")
            by, date = dismissal.reviewer, dismissal.date[:10]
            verdict = verdict_on(finding, NO_FINDING, dismissal.reason, by=by, date=date)
            earlier = verdicts.get(finding.fingerprint)
            verdicts[finding.fingerprint] = _both(earlier, verdict) if earlier else verdict
        elif not recorded.dismisses:
            log(
                f"{finding.path}:{finding.line}: refused: {recorded.by or 'somebody'} recorded "
                f"that this is a finding: “{recorded.reason}” ({said})"
            )
            refused = True
    if verdicts and write:
        path = verdict_path(book)
        with recording(path):
            record_verdicts(path, verdicts.values(), book.verdict_state)
    if verdicts:
        log(f"{counted(len(verdicts), 'verdict')} {'recorded' if write else 'would be recorded'}")
    return refused


def _dismissed(dismissal: Dismissal, known: Mapping[str, Finding]) -> Finding | None:
    """Return the finding that a reviewer dismissed, if it is still there.

    Of equal passages, the first one in the book has the plain fingerprint; another one may have
    been first when the review was written.

    :param known: all findings by fingerprint.
    """
    found = known.get(dismissal.fingerprint)
    if found is not None and found.docname == dismissal.docname:
        return found
    for finding in known.values():
        if finding.docname != dismissal.docname:
            continue
        if dismissal.fingerprint in (finding.content, digest(finding.content, finding.docname)):
            return finding
    return found


def _both(one: Verdict, other: Verdict) -> Verdict:
    """Return a verdict with the reasons of both reviewers."""
    by = ", ".join(dict.fromkeys(filter(None, (*one.by.split(", "), other.by))))
    said = other.reason in (one.reason, *one.reason.split("; "))
    reason = one.reason if said else f"{one.reason}; {other.reason}"
    return replace(one, by=by, reason=reason)
