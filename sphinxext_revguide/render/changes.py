"""Two texts that are alike -> what has changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from rapidfuzz.distance import LCSseq

from sphinxext_revguide.i18n import _
from sphinxext_revguide.nodes import interface_text
from sphinxext_revguide.render.elements import box, span
from sphinxext_revguide.text.alignment import aligned, comparable

ALIKE = 0.4
"""How much two texts must share for their changes to be worth reading: below it, rewritten texts
look like confetti. The samples of real guides share less than 0.06, a light edit about 0.7."""

_TOKEN = re.compile(r"\w+(?:[-'’.,]\w+)*|\s+|[^\w\s]")
_BREAK = "\n"


def changes(before: nodes.Element, after: nodes.Element) -> tuple[nodes.Element | None, str]:
    """Return a panel with the changes between two samples, or why there is none.

    The reason is "few" where few words stay, "none" where all do, "long" where the samples are
    too long to be laid along each other, and empty if there is a panel.

    :param before: the panel of the BEFORE, whose first child is the sample; so with the other.
    """
    old, new = _tokens(before), _tokens(after)
    if not comparable(old, new):
        return None, "long"
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
    for block in quoted.findall(_is_text):
        text = block.astext()
        if isinstance(block, nodes.row):
            text = " | ".join(entry.astext() for entry in block.children)
        tokens += [*_TOKEN.findall(text.replace(_BREAK, " ")), _BREAK]
    return tokens[:-1]


def _is_text(node: nodes.Node) -> bool:
    if isinstance(node, nodes.row):
        return True
    in_row = isinstance(node.parent, nodes.entry)
    return isinstance(node, nodes.TextElement) and not in_row and _is_outermost(node)


def _is_outermost(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Inline) and not isinstance(node.parent, nodes.TextElement)


def _words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def _paragraphs(old: list[str], new: list[str]) -> Iterator[nodes.paragraph]:
    paragraph = nodes.paragraph(translatable=False)
    for tag, text in _runs(old, new):
        # A break ends the paragraph, whatever became of it.
        for number, part in enumerate(text.split(_BREAK)):
            if number and paragraph.children:
                yield paragraph
                paragraph = nodes.paragraph(translatable=False)
            if part:
                paragraph += span(tag, part) if tag else nodes.Text(part)
    if paragraph.children:
        yield paragraph


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield tag and text, "" for what stays; what goes is before what comes."""
    deleted = inserted = ""
    for step in aligned(old, new):
        if step.tag != "equal":
            deleted += "".join(old[step.src_start : step.src_end])
            inserted += "".join(new[step.dest_start : step.dest_end])
            continue
        yield from _edits(deleted, inserted)
        deleted = inserted = ""
        yield "", "".join(new[step.dest_start : step.dest_end])
    yield from _edits(deleted, inserted)


def _edits(deleted: str, inserted: str) -> Iterator[tuple[str, str]]:
    if deleted:
        yield "del", deleted
    if inserted:
        yield "ins", inserted
