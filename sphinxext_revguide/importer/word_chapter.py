"""Prints a chapter in which an editor tracked changes, or commented, in Word as CriticMarkup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sphinxext_revguide.importer.recognise.heads import unit_head
from sphinxext_revguide.importer.word_blocks import Block
from sphinxext_revguide.importer.word_document import has_sample_label
from sphinxext_revguide.importer.word_runs import Remark, Run, markdown
from sphinxext_revguide.importer.word_tables import print_table

_ISSUES = ("issue", "called", "pattern")
"""Kinds of headings that chapters do not have, unlike ``Chapter 2:`` and ``3. The end``."""
_MARKS = {"del": ("{--", "--}"), "ins": ("{++", "++}")}


def is_chapter(blocks: Sequence[Block]) -> bool:
    """Return whether an editor marked something in a document without issues and samples."""
    if not any(run.change or run.remark for block in blocks for run in block.every_run):
        return False
    return not any(map(_is_of_guide, blocks))


def _is_of_guide(block: Block) -> bool:
    """Return whether a paragraph is the heading of an issue, or the label of a sample."""
    text = markdown(_plain(block.runs)).strip()
    head = unit_head(text) if block.level else None
    return has_sample_label(text) or (head is not None and head.kind in _ISSUES)


def print_chapter(blocks: Sequence[Block]) -> str:
    """Return the text of a chapter with what its editor marked.

    A paragraph that is inserted as a whole belongs to the passage above it.
    """
    shown = [block for block in blocks if not block.is_blank]
    text, last = "", Block()
    for is_whole, group in groupby(shown, key=lambda block: bool(_whole_change(block))):
        # What replaces paragraphs may stand above them.
        own = sorted(group, key=lambda block: is_whole and _whole_change(block) == "ins")
        for change, alike in groupby(own, key=_whole_change):
            passages = list(alike)
            gap = _gap(last, passages[0]) if text else ""
            joined = _passage(passages[0]) + "".join(
                _gap(above, block) + _passage(block) for above, block in pairwise(passages)
            )
            text += _in_marks(gap, joined, change, is_replacing=text.endswith(_MARKS["del"][1]))
            last = passages[-1]
    return f"{text}\n"


def _gap(above: Block, below: Block) -> str:
    return "\n" if above.depth and below.depth else "\n\n"


def _in_marks(gap: str, passages: str, change: str, *, is_replacing: bool) -> str:
    """Return passages in the marks of their change, with what separates them from those above.

    :param is_replacing: whether a deletion is directly above.
    """
    opening, closing = _MARKS.get(change, ("", ""))
    if change == "ins" and is_replacing:
        return f"{opening}{passages}{closing}"
    if change == "ins" or (change and gap == "\n"):
        return f"{opening}{gap}{passages}{closing}"
    return f"{gap}{opening}{passages}{closing}"


def _whole_change(block: Block) -> str:
    """Return ``del`` or ``ins`` if all of a paragraph was deleted or inserted, or ""."""
    changes = {run.change for run in block.runs if run.text.strip()}
    return changes.pop() if len(changes) == 1 else ""


def _passage(block: Block) -> str:
    if block.rows:
        return "\n".join(print_table(block.rows, _marked))
    runs = block.runs
    if block.level:
        runs = tuple(replace(run, is_bold=False, is_italic=False) for run in runs)
    text = _marked(_plain(runs) if _whole_change(block) else runs).strip()
    if block.is_quote:
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return f"{_heading(block)}{_bullet(block)}{text}"


def _heading(block: Block) -> str:
    return f"{'#' * block.level} " if block.level else ""


def _bullet(block: Block) -> str:
    if not block.depth:
        return ""
    return f"{'    ' * (block.depth - 1)}{f'{block.number}.' if block.number else '-'} "


def _plain(runs: Sequence[Run]) -> list[Run]:
    return [replace(run, change="") for run in runs]


def _marked(runs: Sequence[Run]) -> str:
    """Return runs as Markdown with changes and comments in CriticMarkup."""
    return "".join(_marks(runs)).replace("\t", " ")


def _marks(runs: Sequence[Run]) -> Iterator[str]:
    for remark, group in groupby(runs, key=lambda run: run.remark):
        yield _comment(remark) if remark else markdown(group)


def _comment(remark: Remark) -> str:
    author = remark.author or "Comment"
    anchor = remark.anchor.strip(' "“”„»«')
    about = f" on “{anchor}”" if anchor else ""
    return f"{{>>{author}{about}: {remark.text}<<}}"
