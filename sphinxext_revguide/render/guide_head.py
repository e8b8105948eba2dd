"""The head of a guide's page: what it is about, its figures, its text, and how to review it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinxext_revguide.i18n import STATUSES, _
from sphinxext_revguide.model import Guide, Issue, Status
from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.render import words
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.render.measures import measure_name, samples_in_words
from sphinxext_revguide.render.sortable_tables import Column, table
from sphinxext_revguide.render.summary_strip import Tile, icon_text, meter, ring, summary_strip

if TYPE_CHECKING:
    from sphinxext_revguide.book.derived.promises import Measured, Promises
    from sphinxext_revguide.book.view import Book

_LEFT = tuple(status for status in Status if not status.settled)
_NAMED = 4
"""Maximum number of chapters listed individually."""
_LONG = 90
"""A guide's text with more words than this is collapsed after its first paragraph."""


def about(book: Book, guide: Guide) -> nodes.paragraph:
    """Say in one line which chapters a guide is for, and what it wants of them."""
    shown = nodes.paragraph(classes=["rg-quiet"], translatable=False)
    shown += _chapters(book, guide)
    if guide.baseline and words.size(guide.baseline):
        shown += nodes.Text(" " + _("Reviewed at %s.") % words.size(guide.baseline))
    goal = words.shorter(guide.reduction) if guide.reduction else ""
    work = words.hours(guide.effort) if guide.effort else ""
    if goal and work:
        shown += nodes.Text(" " + _("Goal: %s in about %s of work.") % (goal, work))
    elif goal:
        shown += nodes.Text(" " + _("Goal: %s.") % goal)
    elif work:
        shown += nodes.Text(" " + _("Planned: about %s of work.") % work)
    return shown


def _chapters(book: Book, guide: Guide) -> Iterator[nodes.Node]:
    docnames = book.chapters_of(guide)
    if not docnames or not guide.chapters:
        yield nodes.Text(_("For the whole book.") if docnames else _("Not yet for any chapter."))
        return
    before, after = _("For %s.").split("%s")
    rest = len(docnames) - _NAMED if len(docnames) > _NAMED + 1 else 0
    named: list[nodes.Node] = [
        _page(book, docname) for docname in docnames[: _NAMED if rest else None]
    ]
    if rest:
        text = words.counted(rest, _("%s more chapter"), _("%s more chapters"))
        named.append(nodes.Text(text))
    yield nodes.Text(before)
    last = _("%s and %s").removeprefix("%s").removesuffix("%s")
    for number, node in enumerate(named):
        if number:
            yield nodes.Text(last if number + 1 == len(named) else ", ")
        yield node
    yield nodes.Text(after)


def _page(book: Book, docname: str) -> pending_xref:
    title = book.host.title(docname)
    return pending_xref(
        "", nodes.inline(title, title), refdomain="std", reftype="doc", reftarget=f"/{docname}",
        refexplicit=True, refwarn=False,
    )  # fmt: skip


# Figures


def figures(book: Book, guide: Guide, lock_anchor: str, *, charts: bool) -> revguide_box:
    """Return the strip of a guide's figures.

    :param lock_anchor: the anchor of the list of what must stay, or empty if there is none.
    :param charts: whether the builder supports SVG within HTML; EPUB readers do not.
    """
    issues = book.issues_of(guide.id)
    promised = book.promised_by(guide)
    tiles = [*_length(promised, guide), *_work(promised, guide)]
    if issues:
        tiles = [_settled(issues, guide), *tiles, _found(book, guide)]
    tiles += _locks(book, guide, lock_anchor)
    if not charts:
        tiles = [replace(tile, before=None, after=None) for tile in tiles]
    return summary_strip(tiles)


def _settled(issues: Sequence[Issue], guide: Guide) -> Tile:
    count = Counter(issue.status for issue in issues)
    done = sum(count[status] for status in Status if status not in _LEFT)
    rest = [f"{count[status]} {_(STATUSES[status.value])}" for status in _LEFT if count[status]]
    chart = ring([("applied", done), ("accepted", count[Status.ACCEPTED])], len(issues))
    value = _("%d of %d") % (done, len(issues))
    detail = nodes.Text(", ".join(rest) or _("nothing left to decide"))
    return Tile(_("Issues settled"), value, [detail], f"{guide.anchor}-issues", before=chart)


def _length(promised: Promises, guide: Guide) -> Iterator[Tile]:
    sizes = {measured.unit: measured for measured in promised.sizes}
    if "words" not in sizes:
        return
    measured = next(
        (measured for measured in promised.sizes if measured.target and measured.baseline), None
    )
    detail: list[nodes.Node] = []
    chart = None
    if measured is not None and measured.reduction is not None and guide.reduction:
        goal = _("goal: %s") % words.shorter(guide.reduction)
        detail = [nodes.Text(f"{words.changed(measured.reduction)}; {goal}")]
        chart = meter(measured.reduction / (guide.reduction.low or 1))
    value = words.words(sizes["words"].now)
    yield Tile(_("Length now"), value, detail, f"{guide.anchor}-sizes", after=chart)


def _work(promised: Promises, guide: Guide) -> Iterator[Tile]:
    of_issues, left = promised.hours.issues, promised.hours.left
    planned = of_issues if of_issues.high else guide.effort
    if planned is None:
        return
    # The hours of the whole guide are above the figures; those of its issues may differ.
    differs = bool(guide.effort) and planned != guide.effort
    of = _("of %s for the issues") if differs else _("of %s planned")
    detail = nodes.Text(of % words.hours(planned))
    value = words.hours(left) if left.high else _("None")
    chart = meter(promised.hours.done.high / (planned.high or 1))
    yield Tile(_("Work left"), value, [detail], f"{guide.anchor}-issues", after=chart)


def _found(book: Book, guide: Guide) -> Tile:
    issues = book.issues_of(guide.id)
    flagged = book.flagged_for_guide(guide.id)
    anchor = f"{guide.anchor}-found"
    if not flagged and not any(issue.patterns or issue.pairs or issue.budget for issue in issues):
        return Tile(_("Still in the book"), _("Not checked"), [], anchor)
    if not flagged:
        gone = nodes.Text(_("every flagged text is gone"))
        return Tile(_("Still in the book"), _("Nothing"), [gone], anchor)
    chapters = len({entry.finding.docname for entry in flagged})
    text = words.counted(chapters, _("in %s chapter"), _("in %s chapters"))
    detail = nodes.Text(text)
    return Tile(_("Still in the book"), words.findings(len(flagged)), [detail], anchor)


def _locks(book: Book, guide: Guide, anchor: str) -> Iterator[Tile]:
    states = Counter(
        lock_state.state for lock_state in book.lock_states if lock_state.lock.guide == guide.id
    )
    if not states:
        return
    checked = states.total() - states["unchecked"]
    detail: list[nodes.Node] = []
    if states["missing"]:
        detail.append(icon_text(_("%s missing") % words.number(states["missing"]), "lost"))
    if states["unchecked"]:
        text = _("%d to check yourself") % states["unchecked"]
        detail.append(nodes.Text(f", {text}" if detail else text))
    if not detail:
        detail.append(nodes.Text(_("nothing is missing")))
    value = _("%d of %d kept") % (states["kept"], checked) if checked else _("Not checked")
    yield Tile(_("What must stay"), value, detail, anchor)


def measurements(book: Book, guide: Guide) -> nodes.Element | None:
    """Return all sizes, collapsed, and whether the samples keep the promises of the issues."""
    promised = book.promised_by(guide)
    if not promised.sizes:
        return None
    columns = (
        Column("measure", _("Measure")), Column("then", _("At review")), Column("now", _("Now")),
        Column("change", _("Change")), Column("goal", _("Goal")),
    )  # fmt: skip
    rows = [[_cell(text) for text in _measured(measured)] for measured in promised.sizes]
    name = box("summary", nodes.Text(_("All measurements")), classes="rg-i")
    shown = box("details", name, table(columns, rows), classes="rg-d rg-more")
    shown["ids"].append(f"{guide.anchor}-sizes")
    samples = samples_in_words(promised.samples)
    if samples:
        shown += nodes.paragraph("", samples, translatable=False)
    return shown


def _measured(one: Measured) -> list[str]:
    return [
        words.capitalised(measure_name(one.unit)),
        "" if one.baseline is None else words.number(one.baseline),
        words.number(one.now),
        "" if one.reduction is None else words.capitalised(words.changed(one.reduction)),
        words.ranged(one.target) if one.target else "",
    ]


def _cell(text: str) -> list[nodes.Node]:
    return [nodes.Text(text)] if text else []


# What the editor says, and what to do


def folded(prose: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return a guide's text; a long one is collapsed after its first paragraph."""
    length = sum(len(node.astext().split()) for node in prose)
    first = next((n for n, node in enumerate(prose) if isinstance(node, nodes.paragraph)), 0)
    rest = list(prose[first + 1 :])
    if length <= _LONG or not rest:
        return list(prose)
    name = box("summary", nodes.Text(_("Read the whole summary")), classes="rg-i")
    return [*prose[: first + 1], box("details", name, *rest, classes="rg-d rg-fold")]


def how_to_review(first: Issue) -> revguide_box:
    """Return one line on how to review, with a button that leads to the first card."""
    paragraph = nodes.paragraph(translatable=False)
    paragraph += nodes.strong("", _("How to review."))
    paragraph += nodes.Text(" " + _(
        "Accept, change or reject each issue. Your answers stay in this browser until you "
        "download them."
    ))  # fmt: skip
    start = _start(first, "rg-button rg-primary rg-start")
    return box("div", paragraph, start, classes="rg-warm rg-call rg-flow no-search")


def skip_to_first(first: Issue) -> revguide_box:
    """Return a link to the first card for keyboard users; it is shown while it has the focus."""
    link = _start(first, "rg-button rg-primary rg-start rg-skip")
    return box("div", link, classes="no-search")


def _start(first: Issue, classes: str) -> nodes.Element:
    return span(
        "a", _("Start reviewing"), classes=classes,
        href=f"#{first.anchor}", data_none=_("Start reviewing"), data_go=_("Continue"),
        data_done=_("All reviewed"),
    )  # fmt: skip
