"""The passages that a guide still flags, by chapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import interface_text, revguide_box
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import box, line, span
from sphinxext_revguide.render.findings import finding_content
from sphinxext_revguide.render.places import card_link, place

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Issue

_GROUPS = 5
"""If there are more chapters than this, the whole list is collapsed."""
MOST_ON_A_CARD = 10
"""Maximum number of findings that a card lists. The head of the guide lists all of them: where each
of many issues names a pattern of many places, cards would repeat them again and again."""
_MOST_ISSUES = 10
"""Maximum number of issues that are named at a place."""


def found_by_chapter(book: Book, guide: str) -> list[nodes.Node]:
    """Return the passages of a guide, each chapter behind a disclosure."""
    flagged = book.flagged_for_guide(guide)
    if not flagged:
        text = _("Nothing that this guide flags is left in the book.")
        return [interface_text(text, "rg-i", "rg-kept")]
    groups: dict[str, list[Flagged]] = {}
    for entry in flagged:
        groups.setdefault(entry.finding.docname, []).append(entry)
    shown: list[nodes.Node] = [_group(book, guide, *group) for group in groups.items()]
    if len(shown) <= _GROUPS:
        return shown
    text = f"{words.findings(len(flagged))} · {words.chapters(len(groups))}"
    name = box("summary", nodes.Text(text), classes="rg-i")
    return [box("details", name, *shown, classes="rg-d rg-fold")]


def _group(book: Book, guide: str, docname: str, flagged: list[Flagged]) -> revguide_box:
    named = {issue.card for entry in flagged for issue in entry.issues}
    numbers = [issue.number for issue in book.issues_of(guide) if issue.card in named]
    runs = words.runs(numbers)
    about = _("issue %s") if len(set(numbers)) == 1 else _("issues %s")
    text = f"{words.findings(len(flagged))} · {about % words.listed(runs)}"
    title = book.host.title(docname)
    name = box("summary", nodes.strong("", title), nodes.Text(" "), classes="rg-i")
    name += box("span", nodes.Text(text), classes="rg-quiet")
    rows = _rows(book, flagged, with_chapter=False, guide=guide)
    return box("details", name, rows, classes="rg-d rg-group")


def still_on_card(book: Book, issue: Issue, *, with_chapter: bool) -> revguide_box:
    """Return the passages that an issue flags, collapsed."""
    flagged = book.flagged_for(issue)
    still = _("Still in the book: %s") % words.findings(len(flagged))
    head = box("strong", nodes.Text(still), classes="rg-i rg-there")
    rows = _rows(book, flagged[:MOST_ON_A_CARD], with_chapter=with_chapter)
    left = len(flagged) - MOST_ON_A_CARD
    if left > 0:
        rows += line("li", nodes.Text(words.and_more(left)))
    name = box("summary", head, classes="rg-i")
    return box("details", name, rows, classes="rg-d rg-places rg-warm")


def _rows(
    book: Book, flagged: Sequence[Flagged], *, with_chapter: bool, guide: str = ""
) -> revguide_box:
    """Return findings, each a link, one sentence and the evidence behind "why".

    :param guide: the id of the guide whose issues are named in each row, or an empty string.
    """
    rows = box("ul", classes="rg-rows")
    for entry in flagged:
        finding = entry.finding
        text = _("line %s") % finding.line
        if with_chapter:
            text = f"{book.host.title(finding.docname)}, {text}"
        link = place(
            finding.docname, finding.path, finding.line, text=words.capitalised(text),
            mark=finding.fingerprint,
        )  # fmt: skip
        content = finding_content(finding, book)
        row = line("li", link, box("div", *content.blocks(with_instead=False)))
        if guide:
            row += _issues(entry, guide)
        rows += row
    return rows


def _issues(one: Flagged, guide: str) -> nodes.Node:
    shown = span("span")
    issues = [issue for issue in one.issues if issue.guide == guide]
    for issue in issues[:_MOST_ISSUES]:
        if shown.children:
            shown += nodes.Text(", ")
        shown += card_link(issue, _("Issue %s") % issue.number)
    if len(issues) > _MOST_ISSUES:
        shown += nodes.Text(f", {words.and_more(len(issues) - _MOST_ISSUES)}")
    return shown
