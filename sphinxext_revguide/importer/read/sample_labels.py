"""Finds the labels that introduce samples, and the blocks that contain samples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.read.combined_fences import is_diff
from sphinxext_revguide.importer.recognise.heads import LEAF, bold_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import (
    Label,
    fields_of,
    heading_label,
    line_label,
    plain_label,
    weak_heading,
)
from sphinxext_revguide.importer.recognise.lines import without_bullet

_SAMPLES = frozenset({"before", "after", "both"})
_PAIR = frozenset({"before", "after"})


def sample_roles(blocks: Sequence[Block]) -> set[str]:
    """Return which samples (before, after, both) the labels in these blocks introduce."""
    return {label.role for block in blocks for label in _labels_of(block)} & _SAMPLES


def has_samples(blocks: Sequence[Block]) -> bool:
    """Return whether blocks contain a sample: below a strong label, a weak pair, or unlabelled."""
    if pairs_without_labels(blocks):
        return True
    found = [label for block in blocks for label in _labels_of(block)]
    if any(label.strong and label.role in _SAMPLES for label in found):
        return True
    return {label.role for label in found} >= _PAIR


def strong_after(blocks: Sequence[Block]) -> bool:
    """Return whether a strong label introduces an AFTER in these blocks."""
    found = (label for block in blocks for label in _labels_of(block))
    return any(label.strong and label.role in ("after", "both") for label in found)


def understood(blocks: Sequence[Block]) -> bool:
    """Return whether blocks have a known label: that of a field, a problem or a sample."""
    return any(label.role for block in blocks for label in _labels_of(block))


def unknown_labels(blocks: Sequence[Block]) -> list[str]:
    """Return the words of the unknown labels in these blocks, without repetition."""
    found = (label for block in blocks for label in _labels_of(block))
    return list(dict.fromkeys(label.words.strip(" :") for label in found if not label.role))


def pairs_weakly(blocks: Sequence[Block]) -> bool:
    """Return whether only weak labels introduce both samples, not all above a fence or quotation.

    Such a label means nothing alone: any line may begin with "Original".
    """
    found: list[tuple[Label, bool]] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        labels = [label for label in _labels_of(block) if label.role in _SAMPLES]
        set_off = following is not None and following.kind in ("fence", "quote")
        found += [(label, set_off and label is labels[-1]) for label in labels]
    if any(label.strong for label, _set_off in found):
        return False
    both = {label.role for label, _set_off in found} >= _PAIR
    return both and not all(set_off for _label, set_off in found)


def pairs_without_labels(blocks: Sequence[Block]) -> bool:
    """Return whether samples have no label, but are a diff or lines such as ``❌ text``."""
    if sample_roles(blocks):
        return False
    if any(is_diff(block) for block in blocks):
        return True
    roles = [label.role for block in blocks for label in _line_labels_of(block)]
    # Lists of what is done and what is not contain such symbols, too.
    return bool(roles) and roles == ["before", "after"] * (len(roles) // 2)


def pairs_by_symbols(blocks: Sequence[Block]) -> bool:
    """Return whether samples are introduced by symbols alone, or are a diff."""
    words = (label.words for block in blocks for label in _line_labels_of(block))
    return pairs_without_labels(blocks) and not any(word[:1].isalpha() for word in words)


class Below(NamedTuple):
    """Whether the labels from a heading or bold line to the next introduce a pair or a field."""

    pair: bool
    field: bool


def below(blocks: Sequence[Block]) -> list[Below]:
    """Return, for each block, what the labels below it introduce.

    That is nothing unless the block is a heading, or a bold line that is the head of a unit.
    """
    roles: list[set[str]] = [set() for _block in blocks]
    above: set[str] = set()
    level = 0
    heads = _letterheads(blocks)
    for index, (block, own) in enumerate(zip(blocks, roles, strict=True)):
        labels = [] if index in heads else list(_labels_of(block))
        # A heading of a lower level that is a label is part of the issue above it.
        is_part = any(label.role in _SAMPLES or block.level > level for label in labels)
        if is_part or not _is_head(block):
            above |= {label.role for label in labels}
        else:
            above, level = own, block.level or LEAF
    # One label alone, such as "After:", may mean anything.
    return [Below(role >= _PAIR or "both" in role, bool(role - _SAMPLES - {""})) for role in roles]


def _is_head(block: Block) -> bool:
    return block.kind == "heading" or _bold_head(block)


def _bold_head(block: Block) -> bool:
    return (
        block.kind == "paragraph"
        and len(block.lines) == 1
        and bold_unit(block.lines[0].text) is not None
    )


def _labels_of(block: Block) -> Iterator[Label]:
    """Yield the label that a heading is, or the labels that begin the lines of another block."""
    if block.kind == "heading":
        label = heading_label(block.text)
        if label is None and unit_head(block.text) is None:
            label = weak_heading(block.text)
        if label:
            yield label
    elif block.kind in ("paragraph", "list"):
        for line in block.lines:
            text = without_bullet(line.text) if block.kind == "list" else line.text
            yield from fields_of(text) or _plain_labels(text)


_LETTERHEAD = re.compile(
    r"(?:^[\s*_|-]*|(?<=[*_]))(to|from|cc|date|sent|re|ref|subject)[*_ ]{0,4}:", re.IGNORECASE
)


def _letterheads(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of letterhead blocks, where "From" and "To" introduce no samples."""
    found: set[int] = set()
    named: list[tuple[int, str]] = []
    for index, block in enumerate([*blocks, Block("", ())]):
        words = [
            match[1].casefold() for line in block.lines for match in _LETTERHEAD.finditer(line.text)
        ]
        if block.kind == "paragraph" and (words or (named and any(_labels_of(block)))):
            # Other facts may stand between: "Manuscript:".
            named += [(index, word) for word in words or [""]]
            continue
        others = {word for _index, word in named} - {"to", "from", ""}
        if others and (sum(bool(word) for _index, word in named) > 2 or "cc" in others):
            found |= {place for place, _word in named}
        named = []
    return found


def _line_labels_of(block: Block) -> Iterator[Label]:
    if block.kind in ("paragraph", "list"):
        labels = (line_label(without_bullet(line.text)) for line in block.lines)
        yield from (label for label in labels if label)


def _plain_labels(text: str) -> Iterable[Label]:
    label = plain_label(text)
    return (label,) if label and (not label.strong or not label.rest) else ()
