"""Prints a guide that an editor wrote in Word as Markdown.

Bold and italic words, links, lists, quotations, code and tables become Markdown. A paragraph in
which a change of a quoted text is tracked becomes CriticMarkup, and paragraphs that are deleted and
replaced as a whole become a BEFORE and an AFTER. All other changes count as accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sphinxext_revguide.importer.recognise.labels import (
    Label,
    fields_of,
    plain_fields,
    plain_label,
    plain_reason,
    sample_role,
)
from sphinxext_revguide.importer.rewrite.tracked_changes import has_changes
from sphinxext_revguide.importer.word_blocks import Block
from sphinxext_revguide.importer.word_runs import Run, accepted, markdown, plain
from sphinxext_revguide.importer.word_tables import print_table
from sphinxext_revguide.text.fence_length import fence_around

_JOINED = ("replaced", "code", "item", "quote")
"""Kinds of paragraphs that form one block of Markdown with the next ones of the same kind."""
_EMPTY_LINE = Block((Run("", is_mono=True),))


def print_document(blocks: Sequence[Block]) -> str:
    """Return the paragraphs and tables of a document as Markdown."""
    # Below a title, headings of the first level are parts of the document.
    below = int(any(block.is_title for block in blocks))
    printed: list[str] = []
    samples: int | None = None
    for kind, group in groupby(_shown(blocks), key=_kind):
        for own in [[*group]] if kind in _JOINED else ([block] for block in group):
            texts = [*_printed(own, kind, below)]
            if kind == "heading":
                samples = None
            elif samples is None and has_sample_label(texts[0] if texts else ""):
                samples = len(printed)
            printed += texts
            # Below the label of a sample, a comment would become a part of the sample.
            comments = [comment for block in own for comment in block.comments]
            place = len(printed) if samples is None else samples
            printed[place:place] = comments
            samples = samples if samples is None else samples + len(comments)
    return "\n\n".join(printed) + "\n"


def _printed(blocks: Sequence[Block], kind: str, below: int) -> Iterator[str]:
    """Yield the Markdown of one block, or of several that form one in Markdown."""
    block = blocks[0]
    if kind == "replaced":
        yield from _replaced(blocks)
    elif kind == "code":
        yield _fenced("\n".join(plain(accepted(block.runs)).rstrip() for block in blocks))
    elif kind == "item":
        yield "\n".join(_items(blocks))
    elif kind == "quote":
        yield "\n>\n".join(_quoted(_text(block)) for block in blocks)
    elif kind == "table":
        yield "\n".join(print_table(block.rows))
    elif kind == "heading":
        level = min(block.level + (0 if block.is_title else below), 6)
        yield f"{'#' * level} {' '.join(plain(accepted(block.runs)).split())}"
    elif text := _text(block):
        lines = text.split("  \n")
        yield "\n\n".join(lines) if all(map(_labels, lines)) else text


def has_sample_label(text: str) -> bool:
    """Return whether a paragraph begins with the label of a sample and no other label."""
    labels = _labels(text)
    return len(labels) == 1 and bool(sample_role(labels[0].words))


def _labels(text: str) -> list[Label]:
    """Return the labels of the first line of a paragraph, in bold type or not."""
    line = text.split("\n", maxsplit=1)[0].rstrip()
    single = plain_label(line) or plain_reason(line)
    return fields_of(line) or plain_fields(line) or ([single] if single else [])


def _shown(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the paragraphs that contain something, and empty ones between lines of code."""
    full = [place for place, block in enumerate(blocks) if not block.is_blank]
    for place, following in pairwise([*full, len(blocks)]):
        yield blocks[place]
        if following < len(blocks) and _kind(blocks[place]) == _kind(blocks[following]) == "code":
            yield from (_EMPTY_LINE for _blank in range(place + 1, following))


def _kind(block: Block) -> str:
    if block.rows:
        return "table"
    if block.level:
        return "heading"
    if _is_replaced(block):
        return "replaced"
    if _is_code(block):
        return "code"
    return "item" if block.depth else "quote" if block.is_quote else "text"


def _is_replaced(block: Block) -> bool:
    """Return whether a paragraph contains only changes."""
    said = [run for run in block.runs if run.text.strip()]
    return bool(said) and all(run.change for run in said)


def _is_code(block: Block) -> bool:
    return bool(block.runs) and all(run.is_mono or not run.text.strip() for run in block.runs)


def _text(block: Block) -> str:
    """Return the text of a paragraph; changes in a sample or an unlabelled text stay marked."""
    marked = _tidied(markdown(block.runs))
    text = _tidied(markdown(accepted(block.runs)))
    is_quoted = has_sample_label(text) or not _labels(text)
    return marked if is_quoted and has_changes(marked) else text


def _tidied(text: str) -> str:
    """Return a text whose lines stay lines, and are not indented."""
    return re.sub(r"[ \t]*\n\s*", "  \n", text.replace("\t", " ").strip())


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _items(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines of a list; an item is never deeper than one level below the last."""
    depths: list[int] = []
    for block in blocks:
        while depths and depths[-1] > block.depth:
            depths.pop()
        if not depths or depths[-1] < block.depth:
            depths.append(block.depth)
        indent = "    " * (len(depths) - 1)
        mark = f"{block.number}." if block.number else "-"
        text = _tidied(markdown(accepted(block.runs))).replace("\n", f"\n{indent}    ")
        yield f"{indent}{mark} {text}"


def _fenced(text: str) -> str:
    fence = fence_around(text)
    return f"{fence}\n{text}\n{fence}"


def _replaced(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield paragraphs that contain only changes: a pair if there are both kinds."""
    old = "\n\n".join(filter(None, (_side(block.runs, "del") for block in blocks)))
    new = "\n\n".join(filter(None, (_side(block.runs, "ins") for block in blocks)))
    if old and new:
        yield from ("#### BEFORE", _fenced(old), "#### AFTER", _fenced(new))
    else:
        yield from filter(None, (f"{{--{old}--}}" if old else "", new))


def _side(runs: Sequence[Run], change: str) -> str:
    return _tidied(markdown(replace(run, change="") for run in runs if run.change == change))
