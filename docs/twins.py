"""The directive ``example``, which shows markup in MyST and, converted, in reStructuredText.

Authors of these pages write only MyST. ``tests/test_docs_snippets.py`` builds both and checks that
the results are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import column_width
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_OPENING = re.compile(r"(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\}|(?P<code>\w+))(?P<rest>.*)")
_HEADING = re.compile(r"(#+) (.*)")
_OPTION = re.compile(r":[\w-]+:( .*)?$")
_INLINE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<text>[^`]+)`|`(?P<code>[^`]+)`")
_UNDERLINES = "=-~"


class Example(SphinxDirective):
    """Shows its body as MyST and as reStructuredText, in tabs that switch together."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the tabs."""
        text = "\n".join(self.content)
        return self.parse_text_to_nodes("\n".join(_tabs(text)))


class ShowInOrder(SphinxPostTransform):
    """Shows both markups one below the other, where nothing switches tabs."""

    default_priority = 100
    builders = ("html", "dirhtml", "singlehtml")

    def is_supported(self) -> bool:
        """Return whether the builder is another one."""
        return not super().is_supported()

    def run(self, **_kwargs: Any) -> None:
        """Replace the tabs."""
        for tabs in list(self.document.findall(nodes.container)):
            if tabs.get("design_component") == "tab-set":
                tabs.replace_self([node for item in tabs.children for node in _untabbed(item)])


def _untabbed(item: nodes.Node) -> Iterator[nodes.Node]:
    label, content = item.children
    yield nodes.paragraph("", "", nodes.strong("", label.astext()))
    yield from content.children


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("example", Example)
    app.add_post_transform(ShowInOrder)


def _tabs(myst: str) -> Iterator[str]:
    fence = "`" * (3 + max((len(run) for run in re.findall("`{3,}", myst)), default=0))
    yield f"{fence}``{{tab-set}}\n:sync-group: markup\n"
    for name, sync, text in (("MyST", "md", myst), ("reStructuredText", "rst", as_rst(myst))):
        yield f"{fence}`{{tab-item}} {name}\n:sync: {sync}\n"
        yield f"{fence}{sync}\n{text}\n{fence}"
        yield f"{fence}`"
    yield f"{fence}``"


def as_rst(myst: str) -> str:
    """Translate the MyST that examples are written in: fences, headings, tables, comments, roles.

    :raises ValueError: if a fence is not closed.
    """
    return "\n".join(_block(myst.split("\n"))).strip("\n")


def _block(lines: list[str]) -> Iterator[str]:
    index = 0
    while index < len(lines):
        line = lines[index]
        opening, heading = _OPENING.fullmatch(line), _HEADING.fullmatch(line)
        end = index + 1
        if opening:
            end = _closing(lines, index, opening["fence"]) + 1
            yield from _directive(opening, lines[index + 1 : end - 1])
        elif heading:
            title = _inline(heading[2])
            yield title
            yield _UNDERLINES[len(heading[1]) - 1] * len(title)
        elif line.startswith("|"):
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            yield from _table(lines[index:end])
        elif line.startswith("% "):
            yield f".. {line[2:]}"
        else:
            yield _inline(line)
        index = end


def _closing(lines: list[str], start: int, fence: str) -> int:
    for index in range(start + 1, len(lines)):
        line = lines[index].rstrip()
        if len(line) >= len(fence) and not line.strip(fence[0]):
            return index
    msg = f"nothing closes {lines[start]!r}"
    raise ValueError(msg)


def _directive(opening: re.Match[str], body: list[str]) -> Iterator[str]:
    name = opening["name"] or "code-block"
    yield f".. {name}:: {(opening['code'] or opening['rest']).strip()}".rstrip()
    options = 0
    while options < len(body) and _OPTION.match(body[options]):
        yield f"   {body[options]}"
        options += 1
    text = body[options:]
    verbatim = name in ("code-block", "toctree")
    yield ""
    for line in text if verbatim else _block(text):
        yield f"   {line}".rstrip()
    yield ""


def _table(lines: list[str]) -> Iterator[str]:
    rows = [
        [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines
    ]
    del rows[1]
    # A tick is as wide as two letters, for docutils too.
    widths = [max(map(column_width, column)) for column in zip(*rows, strict=True)]
    yield _rule(widths, "-")
    for number, row in enumerate(rows):
        cells = (
            cell + " " * (width - column_width(cell))
            for cell, width in zip(row, widths, strict=True)
        )
        yield f"| {' | '.join(cells)} |"
        yield _rule(widths, "-" if number else "=")


def _rule(widths: list[int], mark: str) -> str:
    return f"+{'+'.join(mark * (width + 2) for width in widths)}+"


def _inline(text: str) -> str:
    def translated(match: re.Match[str]) -> str:
        if match["role"]:
            return f":{match['role']}:`{match['text']}`"
        return f"``{match['code']}``"

    return _INLINE.sub(translated, text)
