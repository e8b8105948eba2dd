"""The changes between two similar texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import interface_text
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.text.alignment import aligned, comparable

ALIKE = 0.4
"""How much two texts must share for their changes to be worth reading: below it, rewritten texts
look like confetti. The samples of real guides share less than 0.06, a light edit about 0.7."""

_TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*|\s+|[^\w\s]")
_BREAK = "\n"
_MOST_KEPT = 3
"""Words that are read as a part of the edits around them, if these are longer."""


def changes(before: nodes.Element, after: nodes.Element) -> tuple[nodes.Element | None, str]:
    """Return a panel with the changes between two samples, or why there is none.

    The reason is "few" if few words stay, "none" if all words stay, "long" if the samples are too
    long to be compared, and empty if there is a panel.

    :param before: the panel of the BEFORE; its first child is the sample. ``after`` likewise.
    """
    old, new = _tokens(before), _tokens(after)
    if not comparable(old, new):
        return None, "long"
    from rapidfuzz.distance import LCSseq

    kept = LCSseq.normalized_similarity(_words(old), _words(new))
    if not ALIKE <= kept < 1:
        return None, "few" if kept < ALIKE else "none"
    panel = box("div", classes="revguide-sample revguide-changes no-search")
    panel += box("div", *_paragraphs(old, new), classes="revguide-quoted")
    stays = _("%s%% of the words stay the same") % round(100 * kept)
    panel += interface_text(stays)
    return panel, ""


def _tokens(panel: nodes.Element) -> list[str]:
    """Cut the text of a sample into words, marks, blanks, and a break behind each block."""
    tokens: list[str] = []
    quoted = panel.children[0]
    # Of all nodes, as docutils takes several times as long to search by a function.
    for block in filter(_is_text, quoted.findall()):
        text = block.astext()
        if isinstance(block, nodes.row):
            text = " | ".join(entry.astext() for entry in block.children)
        elif isinstance(block, nodes.line_block):
            # Two versions of a passage are wrapped differently; verse is rare.
            text = " ".join(line.astext() for line in block.findall(nodes.line))
        tokens += [*_TOKEN.findall(text.replace(_BREAK, " ")), _BREAK]
    return tokens[:-1]


def _is_text(node: nodes.Node) -> bool:
    if isinstance(node, nodes.row | nodes.line_block):
        return not isinstance(node.parent, nodes.line_block)
    if isinstance(node, nodes.line):
        return False
    in_row = isinstance(node.parent, nodes.entry)
    return isinstance(node, nodes.TextElement) and not in_row and _is_outermost(node)


def _is_outermost(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Inline) and not isinstance(node.parent, nodes.TextElement)


def _words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def _paragraphs(old: list[str], new: list[str]) -> Iterator[nodes.paragraph]:
    paragraph = nodes.paragraph(translatable=False)
    for tag, text in _runs(old, new):
        # A break ends the paragraph, whether it was kept, added or removed.
        for number, part in enumerate(text.split(_BREAK)):
            if number and paragraph.children:
                yield paragraph
                paragraph = nodes.paragraph(translatable=False)
            if part:
                paragraph += span(tag, part) if tag else nodes.Text(part)
    if paragraph.children:
        yield paragraph


@dataclass(slots=True)
class _Edit:
    """The removed words, the added words, and the words that follow unchanged."""

    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return max(len(_words(self.deleted)), len(_words(self.inserted)))

    def is_part_of(self, following: _Edit, most: int) -> bool:
        """Return whether there are so few words between two edits that they read as one."""
        if _BREAK in self.kept or not self.size:
            return False
        stays = len(_words(self.kept))
        return not stays or (stays <= most and stays < min(self.size, following.size))

    def extend(self, following: _Edit) -> None:
        """Join with the following edit and the words between both."""
        self.deleted += self.kept + following.deleted
        self.inserted += self.kept + following.inserted
        self.kept = following.kept


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield tag and text, "" for what stays; what goes is before what comes."""
    # Words in a row first: how much is replaced decides whether a word between belongs to it.
    for edit in _joined(_joined(_edits(old, new), most=0), most=_MOST_KEPT):
        for tag, tokens in (("del", edit.deleted), ("ins", edit.inserted), ("", edit.kept)):
            if tokens:
                yield tag, "".join(tokens)


def _joined(edits: Iterable[_Edit], *, most: int) -> Iterator[_Edit]:
    """Join edits with few words between them."""
    last: _Edit | None = None
    for edit in edits:
        if last is not None and last.is_part_of(edit, most):
            last.extend(edit)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _edits(old: list[str], new: list[str]) -> Iterator[_Edit]:
    edit = _Edit()
    for step in aligned(old, new):
        if step.tag == "equal":
            edit.kept = new[step.dest_start : step.dest_end]
            yield edit
            edit = _Edit()
        else:
            edit.deleted += old[step.src_start : step.src_end]
            edit.inserted += new[step.dest_start : step.dest_end]
    if edit.deleted or edit.inserted:
        yield edit
