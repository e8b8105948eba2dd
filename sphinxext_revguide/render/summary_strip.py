"""Tiles with the figures of a guide or a book, each with a link and small charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.render.elements import anchor_link, box, span

_RING = {"width": "30", "height": "30", "viewBox": "0 0 40 40", "focusable": "false"}
_CIRCLE = {"cx": "20", "cy": "20", "r": "16"}


@record(frozen=True, slots=True)
class Tile:
    """A figure: its label, its value, a note, and the anchor that it links to.

    ``before`` and ``after`` are charts of the same figure.
    """

    label: str
    value: str
    detail: Sequence[nodes.Node] = ()
    anchor: str = ""
    before: nodes.Element | None = None
    after: nodes.Element | None = None


def summary_strip(tiles: Iterable[Tile]) -> revguide_box:
    """Return the tiles in a row."""
    return box("dl", *map(_tile, tiles), classes="rg-summary simple")


def _tile(tile: Tile) -> revguide_box:
    value: nodes.Node = nodes.Text(tile.value)
    if tile.anchor:
        value = anchor_link(tile.value, tile.anchor)
    shown = box("dd", box("b", value))
    if tile.before is not None:
        shown.insert(0, tile.before)
    if tile.detail:
        shown += box("span", *tile.detail, classes="rg-tiny rg-quiet")
    if tile.after is not None:
        shown += tile.after
    return box("div", box("dt", nodes.Text(tile.label), classes="rg-tiny rg-quiet"), shown)


def ring(parts: Sequence[tuple[str, int]], total: int) -> revguide_box:
    """Return a ring of parts (class, value)."""
    chart = box("svg", box("circle", **_CIRCLE), aria_hidden="true", **_RING)
    start = 0.0
    for name, value in parts:
        length = 100 * value / (total or 1)
        if value:
            chart += box(
                "circle", classes=f"rg-{name}", pathLength="100",
                stroke_dasharray=f"{length:.2f} 100", stroke_dashoffset=f"{-start:.2f}", **_CIRCLE,
            )  # fmt: skip
        start += length
    return chart


def bar(parts: Sequence[tuple[str, float]], height: int) -> revguide_box:
    """Return a bar of parts (class, share)."""
    size = str(height)
    chart = box(
        "svg", classes="rg-bars", width="100%", height=size, aria_hidden="true", focusable="false"
    )
    x = 0.0
    for name, part in parts:
        if part > 0:
            chart += box(
                "rect", classes=f"rg-part-{name}", x=f"{x:.2f}%", width=f"{100 * part:.2f}%",
                height=size,
            )  # fmt: skip
        x += 100 * part
    return chart


def meter(value: float) -> revguide_box:
    """Return a bar that is filled up to a share."""
    filled = min(max(value, 0.0), 1.0)
    return bar([("applied", filled), ("open", 1 - filled)], 5)


def icon_text(text: str, icon: str) -> nodes.Node:
    """Return a text with an icon before it."""
    return span("span", text, classes=f"rg-i rg-{icon}")
