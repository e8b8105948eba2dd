"""The whole book at a glance: chapters by patterns, guides by progress, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxext_revguide.book.compare import compare
from sphinxext_revguide.i18n import STATUSES, _
from sphinxext_revguide.model import Span, Status
from sphinxext_revguide.nodes import interface_text, label
from sphinxext_revguide.render.charts import Bar, bars
from sphinxext_revguide.render.places import place
from sphinxext_revguide.render.sortable_tables import Column, meter, sorted_as, table

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Finding, Guide, Issue

_SHADES = (1, 3, 10)
"""From so many places on, a cell of the heat table is a shade darker."""
_LISTED = 20
"""So many new findings are named one by one."""


def fill_book(node: nodes.Element, book: Book, *, browsed: bool) -> nodes.container:
    """Return what fills a ``revguide_book``, with charts where pages are browsed.

    The tables beside charts say the same.
    """
    # Writers of plain docutils know no other node than a container.
    shown = nodes.container("", *_book(book, node["since"], browsed), classes=node["classes"])
    shown.source, shown.line = node.source, node.line
    return shown


def _book(book: Book, since: list[Finding] | None, browsed: bool) -> Iterator[nodes.Node]:
    if book.guides:
        yield label(_("Guides"))
        yield from _guides(book, browsed)
    yield label(_("Where flagged patterns stand"))
    yield from _heat(book)
    if since is not None:
        yield label(_("Since the last report"))
        yield from _changes(book, since)


# Guides


def _guides(book: Book, browsed: bool) -> Iterator[nodes.Node]:
    columns = (
        Column("guide", _("Guide"), 30), Column("settled", _("Issues settled"), 14),
        Column("found", _("Still found")), Column("size", _("Size now"), 14),
        Column("left", _("Hours left")), Column("locked", _("Locked items missing")),
    )  # fmt: skip
    issues: dict[str, list[Issue]] = {}
    for issue in book.issues:
        issues.setdefault(issue.guide, []).append(issue)
    shown = []
    for guide in book.guides:
        statuses = Counter(issue.status for issue in issues.get(guide.id, []))
        parts = [(status.value, _(STATUSES[status.value]), statuses[status]) for status in Status]
        shown.append(Bar(guide.title or guide.id, tuple(parts)))
    if browsed and any(sum(part[2] for part in bar.parts) for bar in shown):
        yield nodes.container("", bars(_("Issues by status"), shown))
    rows = [_guide_row(book, guide, issues.get(guide.id, [])) for guide in book.guides]
    yield table(columns, rows, "revguide-sortable")
    hours = [one.hours.left for one in book.promises]
    left = Span(sum(one.low for one in hours), sum(one.high for one in hours))
    yield interface_text(_("Hours left in all: %s.") % left)


def _guide_row(book: Book, guide: Guide, issues: list[Issue]) -> list[list[nodes.Node]]:
    done = sum(issue.status.settled for issue in issues)
    found = {one.finding.fingerprint for issue in issues for one in book.flagged_for(issue.id)}
    promised = next((one for one in book.promises if one.guide == guide.id), None)
    size = next((one.now for one in promised.sizes if one.unit == "words"), 0) if promised else 0
    left = promised.hours.left if promised else Span(0, 0)
    missing = sum(one.lock.guide == guide.id and one.state == "missing" for one in book.lock_states)
    settled = _("%d of %d") % (done, len(issues))
    return [
        [_link("guide", guide.id, guide.title or guide.id)],
        [meter(_("Issues settled"), done, len(issues) or 1), *sorted_as(done, f" {settled}")],
        sorted_as(len(found), str(len(found))),
        sorted_as(size, _("%s words") % f"{size:,}"),
        sorted_as(left.high, str(left)),
        sorted_as(missing, str(missing)),
    ]


def _link(kind: str, target: str, text: str) -> pending_xref:
    return pending_xref(
        "", nodes.inline(text, text), refdomain="revguide", reftype=kind, reftarget=target,
        refexplicit=True, refwarn=False,
    )  # fmt: skip


# Chapters by patterns


def _heat(book: Book) -> Iterator[nodes.Node]:
    counts: dict[str, Counter[str]] = {}
    for one in book.flagged:
        counts.setdefault(one.finding.docname, Counter())[one.finding.pattern] += 1
    if not counts:
        yield interface_text(_("No flagged pattern is found in the book."), "revguide-note")
        return
    patterns = sorted({pattern for count in counts.values() for pattern in count})
    columns = [Column("chapter", _("Chapter"), 30)]
    columns += [Column(f"pattern-{name}", name) for name in patterns]
    columns += [Column("all", _("all"))]
    rows = []
    for docname in sorted(counts):
        count = counts[docname]
        row = [_chapter(book, docname), *(_shaded(count[name]) for name in patterns)]
        total = sum(count.values())
        rows.append([*row, sorted_as(total, str(total))])
    yield table(columns, rows, "revguide-heat", "revguide-sortable")


def _chapter(book: Book, docname: str) -> list[nodes.Node]:
    first = next(one for one in book.flagged if one.finding.docname == docname).finding
    return [
        place(
            docname, first.path, first.line, text=book.host.title(docname), mark=first.fingerprint
        )
    ]


def _shaded(count: int) -> list[nodes.Node]:
    cell = sorted_as(count, str(count) if count else "–")
    shade = sum(count >= least for least in _SHADES)
    cast("nodes.Element", cell[0])["cell"] = f"revguide-heat-{shade}" if shade else ""
    return cell


# What has changed


def _changes(book: Book, since: list[Finding]) -> Iterator[nodes.Node]:
    found = compare(since, [one.finding for one in book.flagged], book.pages)
    counts = len(found.fixed), len(found.new), len(found.same)
    yield interface_text(_("%d fixed, %d new, %d as before.") % counts)
    for name, entries in ((_("New"), _new(found.new)), (_("Fixed"), _fixed(found.fixed))):
        if entries:
            yield label(name)
            yield nodes.bullet_list("", *entries[:_LISTED], bullet="*")
            if len(entries) > _LISTED:
                yield interface_text(_("and %d more") % (len(entries) - _LISTED))


def _new(findings: Sequence[Finding]) -> list[nodes.list_item]:
    return [_item(_at(one), one.pattern, one.message) for one in findings]


def _at(finding: Finding) -> nodes.Node:
    return place(finding.docname, finding.path, finding.line, mark=finding.fingerprint)


def _fixed(findings: Sequence[Finding]) -> list[nodes.list_item]:
    return [
        _item(nodes.Text(f"{one.path}:{one.line}"), one.pattern, one.message) for one in findings
    ]


def _item(where: nodes.Node, pattern: str, message: str) -> nodes.list_item:
    parts = [where, nodes.Text(" "), nodes.literal(pattern, pattern), nodes.Text(f" {message}")]
    return nodes.list_item("", nodes.paragraph("", "", *parts, translatable=False))
