"""The whole book at a glance, for builders that only know docutils nodes: narrow tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import interface_text, label
from sphinxext_revguide.render import words
from sphinxext_revguide.render.book_figures import Heat, Progress
from sphinxext_revguide.render.sortable_tables import Column, table

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book


def work_left(row: Progress) -> str:
    """Return the hours left for a guide, which may be unknown."""
    if row.left is None:
        return _("Unknown")
    if not row.left.high:
        return _("None")
    text = words.hours(row.left)
    return _("at least %s") % text if row.unknown else text


def plain_guides(guides: Sequence[Progress]) -> Iterator[nodes.Node]:
    """Yield the guides by progress."""
    if not guides:
        return
    columns = (
        Column("guide", _("Guide"), 30), Column("settled", _("Progress"), 14),
        Column("found", _("Still in the book")), Column("size", _("Length"), 14),
        Column("left", _("Work left")), Column("locked", _("Missing")),
    )  # fmt: skip
    rows = []
    for progress in guides:
        texts = (
            progress.guide.title or progress.guide.id,
            _("%s of %s settled") % (words.number(progress.settled), words.number(progress.issues)),
            words.findings(len(progress.found)) if progress.found else _("Nothing"),
            words.words(progress.length),
            work_left(progress),
            words.number(progress.missing) if progress.missing else _("None"),
        )
        rows.append([[nodes.Text(text)] for text in texts])
    yield label(_("Guides"))
    yield table(columns, rows)


def plain_heat(book: Book, heat: Heat) -> Iterator[nodes.Node]:
    """Yield a line for each chapter and pattern, because columns would not fit on a page."""
    yield label(_("Findings by chapter"))
    if not heat.patterns:
        text = _("No flagged pattern is found in the book.")
        yield interface_text(text, "revguide-note")
        return
    columns = (
        Column("chapter", _("Chapter"), 30), Column("pattern", _("Pattern"), 30),
        Column("found", _("Findings")),
    )  # fmt: skip
    rows = [
        [[nodes.Text(book.host.title(docname))], [nodes.Text(title)], [nodes.Text(str(count))]]
        for docname in heat.chapters
        for name, title in heat.patterns
        if (count := heat.counts.get((name, docname)))
    ]
    yield table(columns, rows)
