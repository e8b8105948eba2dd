"""Builds tables of the interface that readers can sort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render.elements import box, span


@record(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, and its width where a builder needs one."""

    key: str
    heading: str
    width: int = 12


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Sequence[nodes.Node]]], *classes: str
) -> revguide_box:
    """Return a table in a frame that scrolls by itself, and by keyboard."""
    shown = nodes.table(classes=["revguide-table", "colwidths-auto", *classes])
    group = nodes.tgroup(cols=len(columns))
    shown += group
    for column in columns:
        group += nodes.colspec(colwidth=column.width)
    head, body = nodes.thead(), nodes.tbody()
    group += [head, body]
    head += _cells(columns, [[nodes.Text(column.heading)] for column in columns])
    for row in rows:
        body += _cells(columns, row)
    return box(
        "div", shown, classes="revguide-scroll", role="group", tabindex="0", aria_label=_("Table")
    )


def _cells(columns: Sequence[Column], contents: Sequence[Sequence[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for column, content in zip(columns, contents, strict=True):
        paragraph = nodes.paragraph("", "", *content, translatable=False)
        shade = (
            content[0].get("cell", "") if content and isinstance(content[0], nodes.Element) else ""
        )
        classes = [f"revguide-col-{column.key}", *([shade] if shade else [])]
        row += nodes.entry("", paragraph, classes=classes)
    return row


def sorted_as(value: float, text: str) -> list[nodes.Node]:
    """Return the content of a cell that is sorted by a number instead of its text."""
    return [span("data", text, value=f"{value:g}")]


def meter(name: str, value: float, most: float) -> nodes.Node:
    """Return a bar that shows a value; a text next to it says the same."""
    shown = max(0.0, min(value, most))
    return span("meter", max=f"{most:g}", value=f"{shown:g}", aria_label=name)
