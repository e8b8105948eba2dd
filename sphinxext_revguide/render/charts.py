"""Charts in SVG, which take their colours from the theme by their classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docutils import nodes

from sphinxext_revguide.nodes import revguide_box
from sphinxext_revguide.render.elements import box

_LINE = 42
"""Height of a bar with its label and its gap, in CSS pixels."""
_SHOWN = 44
"""Longer labels are cut; the table beside the chart has them whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, and its parts as (class, name, value)."""

    label: str
    parts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """The sum of its parts."""
        return sum(value for _class, _name, value in self.parts)


def bars(title: str, shown: Sequence[Bar]) -> revguide_box:
    """Return stacked bars on one scale, with a legend."""
    longest = max((bar.total for bar in shown), default=0) or 1
    height = _LINE * (len(shown) + 1)
    told = "; ".join(f"{bar.label}: {_in_words(bar)}" for bar in shown)
    chart = box(
        "svg", classes="revguide-chart no-search", role="img", width="100%", height=str(height),
        aria_label=f"{title}. {told}",
    )  # fmt: skip
    for row, bar in enumerate(shown):
        top = row * _LINE
        label = bar.label if len(bar.label) <= _SHOWN else f"{bar.label[: _SHOWN - 1]}…"
        chart += _text(label, 0.0, top)
        x = 0.0
        for name, _word, value in bar.parts:
            width = 100 * value / longest
            if value:
                chart += box(
                    "rect", classes=f"revguide-bar-{name}", x=f"{x:.2f}%", y=str(top + 18),
                    width=f"{width:.2f}%", height="14",
                )  # fmt: skip
            x += width
    chart.extend(_legend(shown, len(shown) * _LINE))
    return chart


def _in_words(bar: Bar) -> str:
    return ", ".join(f"{value} {word}" for _class, word, value in bar.parts if value)


def _legend(shown: Sequence[Bar], top: int) -> list[nodes.Node]:
    used = {part[0]: part[1] for bar in shown for part in bar.parts if part[2]}
    found: list[nodes.Node] = []
    for number, (name, word) in enumerate(used.items()):
        x = number * 100 / max(len(used), 5)
        mark = f"revguide-bar-{name}"
        size = {"x": f"{x:.2f}%", "y": str(top + 5), "width": "12", "height": "12"}
        found.append(box("rect", classes=mark, **size))
        found.append(_text(word, x, top, shift=18))
    return found


def _text(text: str, x: float, top: int, *, shift: int = 0) -> revguide_box:
    node = box("text", x=f"{x:.2f}%", y=str(top + 14), dx=str(shift))
    node += nodes.Text(text)
    return node
