"""The whole book at a glance: guides by progress, chapters by patterns, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxext_revguide.book.compare import compare
from sphinxext_revguide.i18n import STATUSES, _
from sphinxext_revguide.model import Status
from sphinxext_revguide.nodes import interface_text, label, revguide_box
from sphinxext_revguide.render import words
from sphinxext_revguide.render.book_figures import (
    LEFT,
    SETTLED,
    Heat,
    Progress,
    heat_of,
    progress_of_guides,
    sum_of,
)
from sphinxext_revguide.render.burn_down import burn_down
from sphinxext_revguide.render.elements import box, heading, line, span
from sphinxext_revguide.render.findings import finding_content
from sphinxext_revguide.render.places import card_link, place
from sphinxext_revguide.render.plain_overview import plain_guides, plain_heat, work_left
from sphinxext_revguide.render.summary_strip import Tile, icon_text, ring, summary_strip

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Finding

_STEPS = (1, 2, 4, 8, 16)
"""Numbers of findings from which a cell of the heat table is one step darker."""
_NARROW = 0.08
"""Parts of a bar below this share are too narrow for their number."""
_DRAWN = (*SETTLED, *reversed(LEFT))
"""The order of the parts of a bar: what is settled first."""
_LISTED = 20
"""Maximum number of new findings listed individually."""


def fill_book(
    node: nodes.Element, book: Book, *, is_html: bool, is_browsed: bool
) -> nodes.container:
    """Return what fills a ``revguide_book``, with charts where pages are browsed.

    The words beside charts say the same.
    """
    # Writers of plain docutils know no other node than a container.
    shown = nodes.container("", classes=node["classes"])
    shown.source, shown.line = node.source, node.line
    progress, heat = progress_of_guides(book), heat_of(book)
    if is_html:
        shown += _strip(progress, heat, is_browsed=is_browsed)
        shown += _guides(progress, is_browsed=is_browsed)
        shown += _heat(book, heat)
    else:
        shown += [*plain_guides(progress), *plain_heat(book, heat)]
    shown += burn_down(book.history[0], is_html=is_html, is_browsed=is_browsed)
    if node["since"] is not None:
        shown += _heading(_("Since the last report"), is_html=is_html)
        shown += _changes(book, node["since"])
    return shown


def _heading(text: str, *, is_html: bool) -> nodes.Node:
    return heading(text) if is_html else label(text)


# The figures


def _strip(guides: Sequence[Progress], heat: Heat, *, is_browsed: bool) -> list[nodes.Node]:
    tiles = [_settled(guides, is_browsed=is_browsed), _work(guides)] if guides else []
    count = sum(heat.counts.values())
    chapters = words.counted(len(heat.chapters), _("in %s chapter"), _("in %s chapters"))
    value, text = (
        (words.findings(count), chapters) if count else (_("Nothing"), _("nothing is flagged"))
    )
    tiles.append(Tile(_("Still in the book"), value, [nodes.Text(text)]))
    checked, missing = (
        sum(progress.checked for progress in guides),
        sum(progress.missing for progress in guides),
    )
    if checked:
        lost: list[nodes.Node] = [icon_text(_("%s missing") % words.number(missing), "lost")]
        value = _("%s of %s kept") % (words.number(checked - missing), words.number(checked))
        detail = lost if missing else [nodes.Text(_("nothing is missing"))]
        tiles.append(Tile(_("What must stay"), value, detail))
    return [summary_strip(tiles)]


def _settled(guides: Sequence[Progress], *, is_browsed: bool) -> Tile:
    statuses: Counter[Status] = Counter()
    for progress in guides:
        statuses += progress.statuses
    done, total = sum(progress.settled for progress in guides), statuses.total()
    chart = None
    if is_browsed:
        chart = ring([("applied", done), ("accepted", statuses[Status.ACCEPTED])], total)
    rest = _in_words(statuses, LEFT) or _("nothing left to decide")
    value = _("%s of %s") % (words.number(done), words.number(total))
    return Tile(_("Issues settled"), value, [nodes.Text(rest)], before=chart)


def _work(guides: Sequence[Progress]) -> Tile:
    known = [progress.left for progress in guides if progress.left is not None]
    total, unknown = sum_of(known), len(guides) - len(known)
    if unknown and not total.high:
        value = _("Unknown")
    else:
        value = words.hours(total) if total.high else _("None")
        if unknown or any(progress.unknown for progress in guides):
            value = _("at least %s") % value
    text = words.counted(len(guides), _("in %s guide"), _("in %s guides"))
    if not known:
        text = _("no guide gives hours")
    elif unknown:
        text = words.counted(unknown, _("%s guide gives no hours"), _("%s guides give no hours"))
    return Tile(_("Work left"), value, [nodes.Text(text)])


def _in_words(statuses: Counter[Status], shown: Sequence[Status]) -> str:
    counted = [(statuses[issue], _(STATUSES[issue.value])) for issue in shown if statuses[issue]]
    return ", ".join(f"{words.number(count)} {name}" for count, name in counted)


# Guides


def _guides(guides: Sequence[Progress], *, is_browsed: bool) -> list[nodes.Node]:
    if not guides:
        return []
    names = (
        _("Guide"), _("Progress"), _("Still in the book"), _("Length"), _("Work left"),
        _("Missing"),
    )  # fmt: skip
    head = box("tr", *(box("th", nodes.Text(name), scope="col") for name in names))
    body = box("tbody", *(_guide_row(progress, is_browsed=is_browsed) for progress in guides))
    shown = box(
        "table", box("thead", head), body,
        classes="revguide-table revguide-guides revguide-sortable", aria_label=_("Guides"),
    )  # fmt: skip
    result: list[nodes.Node] = [heading(_("Guides")), box("div", shown, classes="rg-list")]
    used = [status for status in _DRAWN if any(row.statuses[status] for row in guides)]
    if is_browsed and used:
        named = [
            (f"rg-part-{status.value}", words.capitalised(_(STATUSES[status.value])))
            for status in used
        ]
        result.append(_legend(named))
    return result


def _guide_row(row: Progress, *, is_browsed: bool) -> revguide_box:
    share = row.settled / (row.issues or 1)
    settled = _("%s of %s settled") % (words.number(row.settled), words.number(row.issues))
    progress = box("td", nodes.Text(settled), data_value=f"{share:g}", classes="rg-progress")
    text = _in_words(row.statuses, [*Status])
    if is_browsed and row.issues:
        progress += _bar(row)
        narrow = any(0 < row.statuses[status] / row.issues < _NARROW for status in Status)
        hidden = "rg-tiny rg-quiet" if narrow else "rg-hidden"
        progress += box("span", nodes.Text(text), classes=hidden)
    elif text:
        progress += nodes.Text(f": {text}")
    found = words.findings(len(row.found)) if row.found else _("Nothing")
    missing: nodes.Node = nodes.Text(_("None") if row.checked else "–")
    if row.missing:
        missing = icon_text(words.number(row.missing), "lost")
    high = -1 if row.left is None else row.left.high
    return box(
        "tr",
        line("th", card_link(row.guide), scope="row"),
        progress,
        _named_cell(_("Still in the book"), nodes.Text(found), len(row.found)),
        _named_cell(_("Length"), nodes.Text(words.words(row.length)), row.length),
        _named_cell(_("Work left"), nodes.Text(work_left(row)), high),
        _named_cell(_("Missing"), missing, row.missing),
    )


def _named_cell(name: str, content: nodes.Node, value: float) -> revguide_box:
    """Return a cell with its own label, for screens too narrow for the head of the table."""
    return box("td", content, data_title=name, data_value=f"{value:g}")


def _bar(row: Progress) -> revguide_box:
    """Return the statuses of a guide's issues as a bar with their numbers."""
    chart = box(
        "svg", classes="rg-bars", width="100%", height="18", aria_hidden="true", focusable="false"
    )
    x = 0.0
    for status in _DRAWN:
        share = row.statuses[status] / row.issues
        if share:
            chart += box(
                "rect", classes=f"rg-part-{status.value}", x=f"{100 * x:.2f}%",
                width=f"{100 * share:.2f}%", height="18",
            )  # fmt: skip
        if share >= _NARROW:
            number = nodes.Text(words.number(row.statuses[status]))
            middle = f"{100 * (x + share / 2):.2f}%"
            chart += box("text", number, x=middle, y="13", text_anchor="middle")
        x += share
    return chart


def _legend(named: Sequence[tuple[str, str]], name: str = "") -> revguide_box:
    items = (box("li", nodes.Text(text), classes=classes) for classes, text in named)
    shown = box("ul", *items, classes="rg-legend rg-flow rg-tiny rg-quiet")
    shown["attributes"] = {"aria-label": name} if name else {"aria-hidden": "true"}
    return shown


def _scrolled(table: nodes.Element, name: str) -> revguide_box:
    classes = "revguide-scroll rg-list"
    return box("div", table, classes=classes, role="group", tabindex="0", aria_label=name)


# Chapters by patterns


def _heat(book: Book, heat: Heat) -> list[nodes.Node]:
    title = _("Findings by chapter")
    if not heat.patterns:
        text = _("No flagged pattern is found in the book.")
        return [heading(title), interface_text(text, "revguide-note")]
    head = box("tr", box("th", nodes.Text(_("Chapter")), scope="col"))
    for _name, pattern in heat.patterns:
        head += box("th", nodes.Text(pattern), scope="col")
    body = box("tbody")
    for docname in heat.chapters:
        cells = [
            _cell(heat.counts.get((name, docname), 0), pattern) for name, pattern in heat.patterns
        ]
        body += box("tr", line("th", _chapter_link(book, heat, docname), scope="row"), *cells)
    if len(heat.chapters) > 1:
        totals = [_total(heat.of_pattern(name), pattern) for name, pattern in heat.patterns]
        body += box("tr", box("th", nodes.Text(_("All")), scope="row"), *totals)
    table = box(
        "table", box("thead", head), body, classes="revguide-table revguide-heat", aria_label=title
    )
    ends = [*(index - 1 for index in _STEPS[1:]), None]
    ranges = [_range(*step) for step in zip(_STEPS, ends, strict=True)]
    named = [(f"revguide-heat-{step}", text) for step, text in enumerate(ranges, 1)]
    return [heading(title), _scrolled(table, title), _legend(named, _("Findings in a chapter"))]


def _chapter_link(book: Book, heat: Heat, docname: str) -> pending_xref:
    first = heat.first[docname]
    title = book.host.title(docname)
    return place(docname, first.path, first.line, text=title, mark=first.fingerprint)


def _cell(count: int, pattern: str) -> revguide_box:
    step = sum(count >= least for least in _STEPS)
    if not step:
        none = [span("span", "·", aria_hidden="true"), span("span", "0", classes="rg-hidden")]
        return box("td", *none, classes="rg-quiet")
    cell = _total(count, pattern)
    cell["classes"].append(f"revguide-heat-{step}")
    return cell


def _total(count: int, pattern: str) -> revguide_box:
    return box("td", nodes.Text(words.number(count)), data_title=pattern)


def _range(low: int, high: int | None) -> str:
    if high is None:
        return _("%s or more") % words.number(low)
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


# What has changed


def _changes(book: Book, since: list[Finding]) -> Iterator[nodes.Node]:
    found = compare(since, [flagged.finding for flagged in book.flagged], book.pages)
    fixed = list(filter(book.was_looked_for, found.fixed))
    counts = tuple(words.number(len(group)) for group in (fixed, found.new, found.same))
    yield interface_text(_("%s fixed, %s new, %s unchanged.") % counts)
    for name, entries in (
        (_("New"), [_item(book, finding, _at(book, finding)) for finding in found.new[:_LISTED]]),
        (
            _("Fixed"),
            [_item(book, finding, _was(book, finding)) for finding in fixed[:_LISTED]],
        ),
    ):
        if entries:
            yield label(name)
            yield nodes.bullet_list("", *entries, bullet="*")
            rest = len(found.new if name == _("New") else fixed) - len(entries)
            if rest:
                yield interface_text(_("and %s more") % words.number(rest))


def _at(book: Book, finding: Finding) -> nodes.Node:
    text = _where(book, finding)
    return place(finding.docname, finding.path, finding.line, text=text, mark=finding.fingerprint)


def _was(book: Book, finding: Finding) -> nodes.Node:
    known = finding.docname in book.pages
    return nodes.Text(_where(book, finding) if known else f"{finding.path}:{finding.line}")


def _where(book: Book, finding: Finding) -> str:
    return _("%s, line %s") % (book.host.title(finding.docname), finding.line)


def _item(book: Book, finding: Finding, where: nodes.Node) -> nodes.list_item:
    content = finding_content(finding, book)
    name = nodes.strong("", f"{content.title}.")
    parts = [where, nodes.Text(": "), name, nodes.Text(f" {content.sentence}")]
    return nodes.list_item("", nodes.paragraph("", "", *parts, translatable=False))
