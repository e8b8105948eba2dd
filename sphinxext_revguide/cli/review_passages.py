"""What reviewers said about chapters: comments on words are listed, dismissed findings recorded."""

from __future__ import annotations

from collections.abc import Iterable
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
from sphinxext_revguide.text.in_words import counted
from sphinxext_revguide.text.text_quote import place_of_quote

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.markup.review_file import Dismissal, PassageComment

_SHOWN = 60
"""Characters of a quotation."""


def list_comments(book: Book, comments: Iterable[PassageComment]) -> None:
    """Print each comment on a passage with its place; they are nowhere written."""
    for one in comments:
        found = place_of_quote(one.exact, one.prefix, one.suffix, book.sources[one.docname])
        exact = f"{one.exact[:_SHOWN]}…" if len(one.exact) > _SHOWN else one.exact
        place = f"{found[0]}:{found[1]}" if found else one.docname
        state = "" if found and found[2] else " (changed since)" if found else " (no longer there)"
        say(f"{place}: {one.reviewer or 'the reviewer'} on “{exact}”{state}: “{one.comment}”")


def record_dismissals(book: Book, dismissals: Iterable[Dismissal], *, write: bool) -> bool:
    """Record findings that reviewers dismissed, and return whether one was refused.

    :param write: whether the file is written; else only what would be recorded is printed.
    :raises RefusedError: if the file cannot be written.
    """
    known = {one.fingerprint: one for one in book.findings}
    verdicts: dict[str, Verdict] = {}
    refused = False
    for one in dismissals:
        finding, who = known.get(one.fingerprint), one.reviewer or "the reviewer"
        recorded = book.verdict_state.fitting.get(one.fingerprint)
        if finding is None:
            log(f"{one.docname}: refused: this finding is no longer there ({who}: “{one.reason}”)")
            refused = True
        elif recorded is not None and recorded.dismisses:
            continue
        elif recorded is not None:
            log(
                f"{finding.path}:{finding.line}: refused: {recorded.by or 'somebody'} recorded "
                f"that this is a finding: “{recorded.reason}” ({who}: “{one.reason}”)"
            )
            refused = True
        else:
            say(f"{finding.path}:{finding.line}: {finding.message}: dismissed by {who}: "
                f"“{one.reason}”")  # fmt: skip
            verdict = verdict_on(
                finding, NO_FINDING, one.reason, by=one.reviewer, date=one.date[:10]
            )
            earlier = verdicts.get(one.fingerprint)
            verdicts[one.fingerprint] = verdict if earlier is None else _both(earlier, verdict)
    if verdicts and write:
        path = verdict_path(book)
        with recording(path):
            record_verdicts(path, verdicts.values(), book.verdict_state)
    if verdicts:
        log(f"{counted(len(verdicts), 'verdict')} {'recorded' if write else 'would be recorded'}")
    return refused


def _both(one: Verdict, other: Verdict) -> Verdict:
    """Return a verdict with the reasons of both reviewers."""
    by = ", ".join(dict.fromkeys(filter(None, (one.by, other.by))))
    reason = "; ".join(dict.fromkeys((one.reason, other.reason)))
    return replace(one, by=by, reason=reason)
