"""Which block begins an issue, where a heading of its kind may call anything else."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.read.pair_tables import has_pair_table
from sphinxext_revguide.importer.read.sample_labels import below, pairs_without_labels
from sphinxext_revguide.importer.recognise.heads import UnitHead
from sphinxext_revguide.importer.recognise.lines import plain_heading
from sphinxext_revguide.issue_numbers import leading_number


def sure_heads(blocks: list[Block], heads: list[UnitHead | None]) -> list[UnitHead | None]:
    """Leave the heads with samples below them, and those counted on with fields, or a diff."""
    sure: list[UnitHead | None] = []
    last: int = 0
    ends = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    ends.append(len(blocks))
    for index, (head, announced) in enumerate(zip(heads, below(blocks), strict=True)):
        keep = head is not None and announced.pair
        if head and not keep:
            end = ends[bisect_right(ends, index)]
            counted_on = bool(last) and leading_number(head.number) in (last, last + 1)
            keep = announced.field if counted_on else False
            own = blocks[index + 1 : end]
            keep = keep or pairs_without_labels(own) or has_pair_table(own)
        sure.append(head if keep else None)
        last = leading_number(head.number) if head and keep else last
    return _alike(blocks, heads, sure)


def _alike(
    blocks: list[Block], heads: list[UnitHead | None], sure: list[UnitHead | None]
) -> list[UnitHead | None]:
    """Add the heads that look like those which are sure, with a number that none of them has."""
    levels = {block.level for block, head in zip(blocks, sure, strict=True) if head}
    taken = {head.number for head in sure if head}
    found = []
    for block, head, own, announced in zip(blocks, heads, sure, below(blocks), strict=True):
        is_new = head is not None and head.number not in {0, *taken}
        like = is_new and block.level in levels
        found.append(head if own is None and like and announced.field else own)
    return _between(blocks, heads, found)


def _between(
    blocks: list[Block], heads: list[UnitHead | None], sure: list[UnitHead | None]
) -> list[UnitHead | None]:
    """Add the heads of which the number and the place are between two that are sure."""
    found = list(sure)
    places = [index for index, head in enumerate(sure) if head]
    for first, last in pairwise(places):
        (part, low), (same, high) = (
            _counted(head) if (head := sure[i]) else ("", 0) for i in (first, last)
        )
        missing = [(part, number) for number in range(low + 1, high)] if part == same else []
        own = [
            index
            for index in range(first + 1, last)
            if (head := heads[index]) and blocks[index].level == blocks[first].level
            if _counted(head) in missing
        ]
        if own and len(own) == len(missing) and blocks[first].kind == "heading":
            for index in own:
                found[index] = heads[index]
    return found


def _counted(head: UnitHead) -> tuple[str, int]:
    """Return what a number counts, and how far: ``("2", 3)`` of 2.3, ``("", 3)`` of 3."""
    part, _dot, last = str(head.number).rpartition(".")
    return part, int(last) if part and last.isdigit() else leading_number(head.number)


def named_heads(blocks: list[Block]) -> list[UnitHead | None]:
    """Return the heads of units that are called by their titles alone, numbered in order."""
    number, level = 0, 0
    heads: list[UnitHead | None] = []
    for block, announced in zip(blocks, below(blocks), strict=True):
        if not announced.pair and not (announced.field and block.level == level):
            heads.append(None)
            continue
        number, level = number + 1, level or block.level
        title = plain_heading(block.text or block.lines[0].text)
        heads.append(UnitHead("named", number, title))
    return heads
