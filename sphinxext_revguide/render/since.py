"""The changes since a reader's last visit, found by a script in the browser.

The page contains what can change: the status of each issue, the samples that are still in the book,
the findings, and the length. The names are those of the history (``book/history_file.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import STILL_PRESENT, Status
from sphinxext_revguide.render.elements import box

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Guide, Issue
    from sphinxext_revguide.nodes import revguide_box
    from sphinxext_revguide.sphinx.domain import RevguideDomain


def since_last_visit_of_book(domain: RevguideDomain) -> revguide_box:
    """Return the line for the whole book, which a script fills and shows if something changed."""
    book = domain.book
    chapters = {docname for guide in book.guides for docname in book.chapters_of(guide)}
    return _line(domain, "", book.issues, chapters)


def since_last_visit_of_guide(domain: RevguideDomain, guide: Guide) -> revguide_box:
    """Return the line for one guide."""
    book = domain.book
    return _line(domain, guide.id, book.issues_of(guide.id), book.chapters_of(guide))


def _line(
    domain: RevguideDomain, name: str, issues: list[Issue], chapters: Iterable[str]
) -> revguide_box:
    now = {
        "of": name,
        **_issues_now(domain, name, issues),
        **_flagged_now(domain.book, issues),
        "words": sum(domain.book.pages[docname].size.words for docname in chapters),
    }
    return box(
        "p",
        classes="revguide-since",
        hidden="hidden",
        data_now=json.dumps(now, ensure_ascii=False, separators=(",", ":")),
        data_words=json.dumps(_in_words(), default=str, ensure_ascii=False, separators=(",", ":")),
    )


def _issues_now(domain: RevguideDomain, name: str, issues: list[Issue]) -> dict[str, object]:
    """Return the issues by status, and where to find the cards that are not on this page."""
    here = domain.env.docname
    # Browsers remember ids: of issues with one id, the first.
    named = {issue.id: issue for issue in reversed(issues)}
    return {
        # In few bytes: a page may show 300 issues.
        "issues": {
            status.value: " ".join(
                issue.id.removeprefix(f"{name}-") for issue in issues if issue.status is status
            )
            for status in Status
        },
        "flags": [status.value for status in Status if status.flags],
        "at": {
            issue.id: address
            for issue in reversed(named.values())
            if (address := _address(domain, here, issue)) != f"#revision-issue-{issue.id}"
        },
    }


def _flagged_now(book: Book, issues: list[Issue]) -> dict[str, object]:
    """Return the samples that are still in the book and the findings, each with its issue."""
    cards = {issue.card for issue in issues}
    return {
        "passage": {
            f"{issue.id} {number}": issue.id
            for issue in issues
            for number, pair in enumerate(issue.pairs, 1)
            if book.pair_state(issue.docname, pair).is_present
        },
        "finding": {
            flagged.finding.fingerprint: issue.id
            for flagged in book.flagged
            for issue in flagged.issues
            if issue.card in cards and flagged.finding.pattern != STILL_PRESENT
        },
    }


def _address(domain: RevguideDomain, docname: str, issue: Issue) -> str:
    """Return the address of a card, relative to a page; empty if no page shows it."""
    if not domain.book.shows_anchor(issue.docname, issue.anchor):
        return ""
    here = domain.builder_name == "singlehtml" or issue.docname == docname
    page = "" if here else domain.builder.get_relative_uri(docname, issue.docname)
    return f"{page}#{issue.anchor}"


def _in_words() -> dict[str, str | list[str]]:
    """Return what the line says, for one and for several."""
    return {
        "since": _("Since you last looked (%s):"),
        "open": [_("%s issue reopened"), _("%s issues reopened")],
        "change-requested": [
            _("%s issue with changes requested"), _("%s issues with changes requested"),
        ],
        "accepted": [_("%s issue accepted"), _("%s issues accepted")],
        "applied": [_("%s issue applied"), _("%s issues applied")],
        "deferred": [_("%s issue deferred"), _("%s issues deferred")],
        "rejected": [_("%s issue rejected"), _("%s issues rejected")],
        "passage-gone": [_("%s old text gone"), _("%s old texts gone")],
        "passage-new": [_("%s old text added"), _("%s old texts added")],
        "finding-gone": [_("%s finding gone"), _("%s findings gone")],
        "finding-new": [_("%s new finding"), _("%s new findings")],
        "more": [_("%s more word"), _("%s more words")],
        "less": [_("%s fewer word"), _("%s fewer words")],
    }  # fmt: skip
