"""The issues of a guide: a table, and the form that filters and sorts it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.estimates import Span
from sphinxext_revguide.i18n import _
from sphinxext_revguide.model import Impact, Issue, Status
from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.render import words
from sphinxext_revguide.render.badges import impact_classes, impact_word, status_badge, status_word
from sphinxext_revguide.render.elements import anchor_link, box, line
from sphinxext_revguide.render.places import card_link, place
from sphinxext_revguide.render.sortable_tables import Column, table

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book

_NOT_CHECKED = -1
_MOST_PERCENT = 100
"""Reductions in words are sorted after those in percent, as they cannot be compared."""
"""The sort value of an issue whose samples are not searched for."""
Choice = tuple[str, str]
"""The value and the text of an option."""


def issue_table(book: Book, shown: Sequence[Issue], docname: str) -> revguide_box:
    """Return the table for HTML; rows and headings contain the data of the form and the review.

    :param docname: the page that it is on: links to issues elsewhere are resolved.
    """
    names = (
        _("No."), _("Issue"), _("Impact"), _("Status"), _("Shorter"), _("Work"), _("In the book"),
    )  # fmt: skip
    rows = [_row(book, issue, docname) for issue in shown]
    values: list[dict[str, float]] = [{} for _name in names]
    for issue in shown:
        for column, (text, value) in zip(values[2:], _sorted_by(book, issue), strict=True):
            if text:
                column[str(text)] = value
    head = box("tr", *map(_heading, names, values))
    # The script finds cells by position, so empty columns stay; the style sheet hides them.
    unused = "".join(f" rg-no{index + 1}" for index in _not_given(shown))
    issues = box(
        "table", box("thead", head), box("tbody", *rows), aria_label=_("Issues"),
        classes="revguide-table revguide-issues revguide-sortable" + unused,
    )  # fmt: skip
    goal, work = _("Shorter by"), _("Work")
    label = f'--rg-goal:"{goal} ";--rg-work:"{work} "'
    return box("div", issues, classes="rg-list", style=label)


def _not_given(shown: Sequence[Issue]) -> list[int]:
    """Return the indices of columns that are empty for all issues."""
    given = {
        2: any(issue.impact for issue in shown),
        4: any(issue.reduction for issue in shown),
        5: any(issue.effort for issue in shown),
    }
    return [column for column, is_given in given.items() if not is_given]


def _heading(name: str, values: dict[str, float]) -> revguide_box:
    """Return the heading of a column, with the sort value of each text unless sorted as text."""
    head = box("th", nodes.Text(name), scope="col")
    if values:
        head["attributes"]["data-values"] = json.dumps(values, separators=(",", ":"))
    return head


def _sorted_by(book: Book, issue: Issue) -> list[tuple[str, float]]:
    """Return the text and the sort value of each cell from the third on."""
    goal, work = issue.reduction, issue.effort
    count, text, _classes = found_words(book, issue)
    return [
        (impact_word(issue.impact), [*Impact, None].index(issue.impact)),
        (status_word(issue.status), [*Status].index(issue.status)),
        (words.reduction(goal), goal.high + goal.in_words * _MOST_PERCENT) if goal else ("", 0),
        (words.hours(work), work.high) if work else ("", 0),
        (text, count),
    ]


def _row(book: Book, issue: Issue, docname: str) -> revguide_box:
    here = issue.docname == docname and book.shows_anchor(docname, issue.anchor)
    link = anchor_link(issue.title, issue.anchor) if here else card_link(issue)
    goal, work = issue.reduction, issue.effort
    row = box(
        "tr",
        box("td", nodes.Text(str(issue.number))),
        line("td", link),
        box("td", nodes.Text(impact_word(issue.impact)), classes=impact_classes(issue.impact)),
        box("td", status_badge(issue.status)),
        box("td", nodes.Text(words.reduction(goal) if goal else "")),
        box("td", nodes.Text(words.hours(work) if work else "")),
        _found(book, issue),
    )
    if not here:
        # If the card is on this page, the script reads them from it.
        row["attributes"].update({"data-issue": issue.id, "data-digest": issue.digest})
    if issue.patterns:
        row["attributes"]["data-patterns"] = " ".join(issue.patterns)
    return row


def found_words(book: Book, issue: Issue) -> tuple[int, str, str]:
    """Return the number of places that an issue still flags, its text, and its classes."""
    found = len(book.flagged_for(issue))
    if found:
        return found, words.findings(found), ""
    looked_for = bool(issue.patterns or issue.pairs) and issue.status.flags
    if not looked_for or (book.progress(issue) == "unknown" and not issue.patterns):
        return _NOT_CHECKED, _("Not checked"), "rg-quiet"
    gone = _("Replaced") if issue.status is Status.APPLIED else _("Gone")
    return 0, gone, "rg-kept"


def _found(book: Book, issue: Issue) -> nodes.Element:
    count, text, classes = found_words(book, issue)
    content: nodes.Node = nodes.Text(text)
    if count > 0:
        first = book.flagged_for(issue)[0].finding
        content = place(first.docname, first.path, first.line, text=text, mark=first.fingerprint)
    return line("td", content, classes=classes)


def plain_issue_table(book: Book, shown: Sequence[Issue]) -> revguide_box:
    """Return the table for builders that only know docutils nodes."""
    columns = (
        Column("number", _("No."), 6), Column("issue", _("Issue"), 40),
        Column("impact", _("Impact")), Column("status", _("Status")),
        Column("goal", _("Shorter")), Column("work", _("Work")),
        Column("found", _("In the book"), 16),
    )  # fmt: skip
    unused = _not_given(shown)
    rows: list[list[list[nodes.Node]]] = []
    for issue in shown:
        texts = [
            impact_word(issue.impact),
            status_word(issue.status),
            words.reduction(issue.reduction) if issue.reduction else "",
            words.hours(issue.effort) if issue.effort else "",
            found_words(book, issue)[1],
        ]
        cells: list[list[nodes.Node]] = []
        cells += ([nodes.Text(text)] if text else [] for text in texts)
        row: list[list[nodes.Node]] = [[nodes.Text(str(issue.number))], [card_link(issue)], *cells]
        rows.append([cell for index, cell in enumerate(row) if index not in unused])
    used = [column for index, column in enumerate(columns) if index not in unused]
    return table(used, rows, "revguide-issues", "revguide-sortable")


# The form


def filter_form(book: Book, shown: Sequence[Issue]) -> nodes.raw:
    """Return the form that filters the table; the style sheet hides it if scripts are disabled."""
    fields = [
        _choice("impact", _("Impact"), _impacts(shown)),
        _choice("status", _("Status"), _statuses(shown)),
        _choice("patterns", _("Pattern"), _patterns(book, shown)),
        _choice("work", _("Work"), _efforts(shown)),
    ]
    name, search = _("Filter the issues"), _("Search")
    only, clear = _("Only issues still in the book"), _("Clear filters")
    every, some, none = words.issues(len(shown)), _("%s of %s issues"), _("No issue matches")
    form = (
        f'<form class="rg-filter rg-flow" role="search" aria-label="{_quoted(name)}">'
        f'<label class="rg-in rg-i rg-find"><span class="rg-hidden">{escape(search)}</span>'
        f'<input type="search" name="text" placeholder="{_quoted(search)}"></label>'
        f'{"".join(fields)}<div class="rg-shown rg-flow"><label>'
        f'<input type="checkbox" name="found"> {escape(only)}</label>'
        f'<output class="rg-end rg-quiet" data-all="{_quoted(every)}" data-some="{_quoted(some)}"'
        f' data-none="{_quoted(none)}">{escape(every)}</output>'
        f'<button type="reset" class="rg-button rg-plain" hidden>{escape(clear)}</button>'
        "</div></form>"
    )
    return nodes.raw("", form, format="html", classes=["no-search"])


def _quoted(text: str) -> str:
    return escape(text, quote=True)


def _choice(name: str, label: str, choices: Iterable[Choice]) -> str:
    options = [*choices]
    if len(options) < 2:
        return ""
    shown = "".join(f'<option value="{_quoted(v)}">{escape(text)}</option>' for v, text in options)
    every = escape(_("Any"))
    return (
        f'<label class="rg-in"><span>{escape(label)}</span><select name="{name}">'
        f'<option value="">{every}</option>{shown}</select></label>'
    )


def _impacts(shown: Sequence[Issue]) -> Iterable[Choice]:
    given = {issue.impact for issue in shown}
    for rank, impact in enumerate([*Impact, None]):
        if impact in given:
            yield str(rank), impact_word(impact)


def _statuses(shown: Sequence[Issue]) -> Iterable[Choice]:
    given = {issue.status for issue in shown}
    for rank, status in enumerate(Status):
        if status in given:
            yield str(rank), status_word(status)


def _patterns(book: Book, shown: Sequence[Issue]) -> list[Choice]:
    library = book.library.patterns
    names = {name for issue in shown for name in issue.patterns}
    titled = [(name, _(library[name].title) if name in library else name) for name in names]
    return sorted(titled, key=lambda row: (row[1], row[0]))


def _efforts(shown: Sequence[Issue]) -> list[Choice]:
    tops = sorted({issue.effort.high for issue in shown if issue.effort})
    most = _("up to %s")
    return [(f"{top:g}", most % words.hours(Span(top, top))) for top in tops]
