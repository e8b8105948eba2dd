"""What a guide's page shows of the rest of the book: figures, issues, passages, locks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import (
    interface_text,
    label,
    revguide_facts,
    revguide_overview,
)
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import heading
from sphinxext_revguide.render.facts import facts
from sphinxext_revguide.render.findings import finding_content
from sphinxext_revguide.render.found_passages import MOST_ON_A_CARD, found_by_chapter, still_on_card
from sphinxext_revguide.render.guide_head import (
    about,
    figures,
    folded,
    how_to_review,
    measurements,
    skip_to_first,
)
from sphinxext_revguide.render.issue_table import filter_form, issue_table, plain_issue_table
from sphinxext_revguide.render.measures import promises_in_words
from sphinxext_revguide.render.places import place
from sphinxext_revguide.render.since import since_last_visit_of_guide
from sphinxext_revguide.sphinx.domain import BROWSED, RevguideDomain

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Card, Guide, Issue

_FEW = 2
"""So few issues need no form to filter them."""


def fill_guide(node: revguide_overview, domain: RevguideDomain) -> None:
    """Fill the overview of a guide, and on HTML pages move the guide's text to its place there."""
    book = domain.book
    guide = book.guide_at(node["card"])
    issues = book.issues_of(node["guide"])
    if guide is None:
        node.replace_self([])
        return
    if domain.builder_format != "html":
        node.replace_self(_plainly(book, guide, issues))
        return
    whole = node.parent
    prose = [
        node for node in whole.children if not isinstance(node, revguide_facts | revguide_overview)
    ]
    browsed = domain.builder_name in BROWSED
    kept = _lock_anchor(node, book, guide)
    sizes = measurements(book, guide)
    own = [issue for issue in issues if issue.docname == guide.docname]
    here = [issue for issue in own if book.shows_anchor(guide.docname, issue.anchor)]
    whole.children = []
    if browsed and here:
        whole += [skip_to_first(here[0])]
    whole += [
        about(book, guide),
        *([since_last_visit_of_guide(domain, guide)] if browsed else []),
        figures(book, guide, kept, charts=browsed),
        *([sizes] if sizes else []),
    ]
    whole += folded(prose)
    if browsed and here:
        whole += how_to_review(here[0])
    whole += [*_issues(book, guide, issues, has_form=browsed and len(issues) > _FEW)]
    if issues:
        whole += heading(_("Still in the book"), f"{guide.anchor}-found")
        whole += found_by_chapter(book, guide.id)


def _issues(
    book: Book, guide: Guide, issues: list[Issue], *, has_form: bool
) -> Iterator[nodes.Node]:
    """Yield the table of a guide's issues below its heading."""
    yield heading(_("Issues"), f"{guide.anchor}-issues")
    if not issues:
        yield interface_text(_("This guide has no issues yet."), "revguide-note")
        return
    if has_form:
        yield filter_form(book, issues)
    yield issue_table(book, issues, guide.docname)


def _lock_anchor(node: nodes.Element, book: Book, guide: Guide) -> str:
    """Give the guide's first list of what must stay on the page an anchor, and return it."""
    anchor = f"{guide.anchor}-kept"
    # The document of a node is not the one shown if all pages are in one file.
    root = node
    while root.parent is not None:
        root = root.parent
    for container in root.findall(nodes.container):
        if "revguide-locked" in container["classes"] and guide.id in _guides_of(container, book):
            if anchor not in container["ids"]:
                container["ids"].append(anchor)
            return anchor
    return ""


def _guides_of(locked: nodes.Element, book: Book) -> set[str]:
    """Return the ids of the guides that the items of a list of what must stay belong to."""
    places = (item.get("revguide_lock") for item in locked.findall(nodes.list_item))
    states = (
        book.lock_state(place["docname"], place["item_path"], place["item_line"], place["item"])
        for place in places
        if place
    )
    return {state.lock.guide for state in states if state}


def _plainly(book: Book, guide: Guide, issues: list[Issue]) -> list[nodes.Node]:
    """Return a table, measures and places, for builders that only know docutils nodes."""
    if not issues:
        return [interface_text(_("This guide has no issues yet."), "revguide-note")]
    shown: list[nodes.Node] = [plain_issue_table(book, issues)]
    measured = promises_in_words(book.promised_by(guide))
    measures = facts((key, name, [nodes.Text(text)]) for key, name, text in measured)
    measures["classes"].append("revguide-measures")
    shown += [measures] if measures.children else []
    flagged = book.flagged_for_guide(guide.id)
    shown.append(label(_("Still in the book")))
    if flagged:
        shown.append(_places(book, flagged))
    else:
        text = _("Nothing that this guide flags is left in the book.")
        shown.append(interface_text(text, "revguide-note"))
    return shown


def _places(book: Book, flagged: list[Flagged]) -> nodes.bullet_list:
    places = nodes.bullet_list(classes=["revguide-places"], bullet="*")
    for entry in flagged:
        finding = entry.finding
        title = book.host.title(finding.docname)
        where = _("%s, line %s") % (title, finding.line)
        paragraph = nodes.paragraph(translatable=False)
        paragraph += place(
            finding.docname, finding.path, finding.line, text=where, mark=finding.fingerprint
        )
        content = finding_content(finding, book)
        paragraph += nodes.Text(f": {content.title}. {content.sentence}")
        places += nodes.list_item("", paragraph)
    return places


def still_found(domain: RevguideDomain, card: Card) -> list[nodes.Node]:
    """Return what an issue's card says about the places that it flags."""
    book = domain.book
    issue = book.issue_at(card)
    if issue is None:
        return []
    flagged = book.flagged_for(issue)
    is_html = domain.builder_format == "html"
    if not flagged:
        looked_for = issue.status.flags and (issue.patterns or issue.pairs)
        known = book.progress(issue) not in ("unknown", "not-found")
        if is_html and looked_for and known:
            return [interface_text(_("No longer in the book"), "rg-i", "rg-kept")]
        return []
    if is_html:
        several = len(book.chapters_named(issue.guide)) > 1
        return [still_on_card(book, issue, with_chapter=several)]
    text = words.findings(len(flagged))
    fields = facts([("found", _("Still in the book"), [nodes.inline(text, text)])])
    fields["classes"].append("revguide-still-found")
    places = _places(book, flagged[:MOST_ON_A_CARD])
    left = len(flagged) - MOST_ON_A_CARD
    if left > 0:
        more = words.and_more(left)
        places += nodes.list_item("", nodes.paragraph("", more, translatable=False))
    return [fields, places]
