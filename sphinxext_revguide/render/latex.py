"""LaTeX: frames and symbols, only in books that contain a part of a guide."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinxext_revguide.model import Mode
from sphinxext_revguide.nodes import revguide_span
from sphinxext_revguide.render.post_transforms import GuideTransform
from sphinxext_revguide.sphinx.domain import RevguideDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


STYLE = Path(__file__).parent / "texinputs" / "revguide.sty"
SYMBOLS = "revguide-symbols.def"
"""The file with replacements for symbols, which the style reads."""

_WIDE = 7
"""Tables with at least this number of columns are set in small type."""
_DEEP = 4
"""LaTeX nests up to six lists, four of one kind; samples and dialogues count as lists."""

_FITTING = {
    "✓✔✅☑": r"\ding{51}", "✗✘❌❎☒": r"\ding{55}", "★⭐": r"\ding{72}", "☆": r"\ding{73}",
    "→➔➜➡⟶": r"\ensuremath{\rightarrow}", "←⬅⟵": r"\ensuremath{\leftarrow}",
    "↑⬆": r"\ensuremath{\uparrow}", "↓⬇": r"\ensuremath{\downarrow}",
    "↔⟷": r"\ensuremath{\leftrightarrow}", "⇒⟹": r"\ensuremath{\Rightarrow}",
    "⇐": r"\ensuremath{\Leftarrow}", "⇔": r"\ensuremath{\Leftrightarrow}",
    "↗": r"\ensuremath{\nearrow}", "↘": r"\ensuremath{\searrow}",
    "≥⩾": r"\ensuremath{\geq}", "≤⩽": r"\ensuremath{\leq}", "≠": r"\ensuremath{\neq}",
    "≈": r"\ensuremath{\approx}", "≡": r"\ensuremath{\equiv}", "∼": r"\ensuremath{\sim}",
    "−": r"\ensuremath{-}", "∞": r"\ensuremath{\infty}", "∑": r"\ensuremath{\sum}",
    "∆": r"\ensuremath{\Delta}", "√": r"\ensuremath{\surd}", "∈": r"\ensuremath{\in}",
    "■▪◼": r"\ensuremath{\blacksquare}", "□▫◻": r"\ensuremath{\square}",
    "●⬤": r"\ensuremath{\bullet}", "○◯": r"\ensuremath{\circ}",
    "▶►▸": r"\ensuremath{\blacktriangleright}", "◀◄": r"\ensuremath{\blacktriangleleft}",
    "▲": r"\ensuremath{\blacktriangle}", "▼": r"\ensuremath{\blacktriangledown}",
    "◆": r"\ding{117}", "➤": r"\ding{228}",
}  # fmt: skip
"""Symbols for which every TeX has a similar one; others are named."""
_ANOTHER = {ord(symbol): shown for symbols, shown in _FITTING.items() for symbol in symbols}
_WORDS = {"⚠": "warning", "✅": "check mark", "❌": "cross mark", "™": "TM"}
_SELECTORS = range(0xFE00, 0xFE10)
"""Characters that only select how the symbol before them is drawn."""


class ShowInLaTeX(GuideTransform):
    """Prepares nodes for the LaTeX style, and limits the nesting of samples."""

    default_priority = 159
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Change the nodes of guides."""
        for span in list(self.document.findall(revguide_span)):
            if span["tag"] == "meter":
                attributes = span["attributes"]
                share = float(attributes["value"]) / float(attributes["max"])
                span.append(nodes.raw("", rf"\revguidemeter{{{share:.3f}}}", format="latex"))
        for paragraph in self.document.findall(nodes.paragraph):
            for name in {"revguide-label", "revguide-told"} & set(paragraph["classes"]):
                paragraph[:] = [nodes.inline("", "", *paragraph.children, classes=[name])]
        for quoted in list(filter(_is_quoted, self.document.findall(nodes.block_quote))):
            _flatten(quoted)
            plain = nodes.container("", *quoted.children, classes=quoted["classes"])
            quoted.parent[quoted.parent.index(quoted)] = plain
            for table in list(plain.findall(nodes.table)):
                _shrink(table)


def _is_quoted(node: nodes.Node) -> bool:
    return isinstance(node, nodes.block_quote) and "revguide-quoted" in node["classes"]


def _shrink(table: nodes.table) -> None:
    """Set a wide table in small type."""
    if len(list(table.findall(nodes.colspec))) >= _WIDE:
        small = nodes.container(classes=["revguide-wide"])
        table.parent[table.parent.index(table)] = small
        small += table


_NESTING = (nodes.bullet_list, nodes.enumerated_list, nodes.block_quote)


def _flatten(quoted: nodes.Element) -> None:
    """Turn lists that are nested too deeply for LaTeX into paragraphs with bullets."""
    for node in list(quoted.findall(_is_too_deep)):
        if isinstance(node, nodes.Element) and _depth(node) == _DEEP + 1:
            node.replace_self(list(_paragraphs(node, "")))


def _is_too_deep(node: nodes.Node) -> bool:
    return isinstance(node, _NESTING) and _depth(node) > _DEEP


def _depth(node: nodes.Node) -> int:
    depth, parent = 0, node
    while parent is not None and not _is_quoted(parent):
        depth += isinstance(parent, _NESTING)
        parent = parent.parent
    return depth


def _paragraphs(node: nodes.Element, mark: str) -> Iterator[nodes.Node]:
    for number, child in enumerate(node.children, int(node.get("start", 1))):
        if isinstance(child, nodes.list_item):
            own = f"{number}. " if isinstance(node, nodes.enumerated_list) else "- "
            yield from _paragraphs(child, mark + own)
        elif isinstance(child, _NESTING):
            yield from _paragraphs(child, mark + ("> " * isinstance(child, nodes.block_quote)))
        else:
            if isinstance(child, nodes.paragraph) and mark:
                child.insert(0, nodes.Text(mark))
            yield child


# The files beside the document


def add_style(app: Sphinx, env: BuildEnvironment) -> None:
    """Load the style in review mode, if any page contains a part of a guide."""
    if app.builder.name == "latex" and _is_needed(app, env):
        app.add_latex_package(STYLE.stem)


def write_style(app: Sphinx, exception: Exception | None) -> None:
    """Write the style and the replacements for symbols beside the documents."""
    if exception is None and app.builder.name == "latex" and _is_needed(app, app.env):
        outdir = Path(app.outdir)
        shutil.copyfile(STYLE, outdir / STYLE.name)
        # Sphinx itself warns about documents that it cannot write.
        paths = [outdir / str(entry[1]) for entry in app.config.latex_documents]
        text = "".join(path.read_text(encoding="utf-8") for path in paths if path.is_file())
        (outdir / SYMBOLS).write_text("".join(symbols(text)), encoding="utf-8")


def _is_needed(app: Sphinx, env: BuildEnvironment) -> bool:
    domain = RevguideDomain.of(env)
    return app.config.revguide_mode == Mode.REVIEW and any(
        page.is_guide or page.shows_book or page.passages for page in domain.store.pages.values()
    )


def symbols(text: str) -> Iterator[str]:
    """Return the replacement of each non-ASCII character, for fonts that lack it."""
    for character in sorted(set(text)):
        code = ord(character)
        if code < 0x80:
            continue
        another, words = _in_place_of(character)
        kind = "symbol" if unicodedata.category(character)[0] == "S" else "letter"
        yield f"\\revguide{kind}{{{character}}}{{{code:04X}}}{{{another}}}{{{words}}}%\n"


def _in_place_of(character: str) -> tuple[str, str]:
    """Return the replacements of a character in the document and in its bookmarks."""
    if ord(character) in _SELECTORS or unicodedata.category(character) == "Cf":
        return "", ""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    words = f"[{_WORDS.get(character, name.lower())}]"
    return _ANOTHER.get(ord(character), words), words
