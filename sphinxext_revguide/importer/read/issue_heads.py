"""Decides which headings begin issues, where such headings may also be ordinary ones."""

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
    """Keep the heads that begin issues, and replace the others by None.

    These are the heads with samples below them, the heads with fields that carry on the numbers,
    and the heads that resemble them.
    """
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
    return _add_similar(blocks, heads, sure)


def _add_similar(
    blocks: list[Block], heads: list[UnitHead | None], sure: list[UnitHead | None]
) -> list[UnitHead | None]:
    """Add the heads with fields on the level of a sure head, if their number is new."""
    levels = {block.level for block, head in zip(blocks, sure, strict=True) if head}
    taken = {head.number for head in sure if head}
    found = []
    for block, head, own, announced in zip(blocks, heads, sure, below(blocks), strict=True):
        is_new = head is not None and head.number not in {0, *taken}
        like = is_new and block.level in levels
        found.append(head if own is None and like and announced.field else own)
    return _add_between(blocks, heads, found)


def _add_between(
    blocks: list[Block], heads: list[UnitHead | None], sure: list[UnitHead | None]
) -> list[UnitHead | None]:
    """Add the heads between two sure ones, if they have exactly the numbers missing there."""
    found = list(sure)
    places = [index for index, head in enumerate(sure) if head]
    for first, last in pairwise(places):
        (part, low), (same, high) = (
            _split_number(head) if (head := sure[i]) else ("", 0) for i in (first, last)
        )
        missing = [(part, number) for number in range(low + 1, high)] if part == same else []
        own = [
            index
            for index in range(first + 1, last)
            if (head := heads[index]) and blocks[index].level == blocks[first].level
            if _split_number(head) in missing
        ]
        if own and len(own) == len(missing) and blocks[first].kind == "heading":
            for index in own:
                found[index] = heads[index]
    return found


def _split_number(head: UnitHead) -> tuple[str, int]:
    """Split the number of a head at its last dot: ``("2", 3)`` for 2.3, ``("", 3)`` for 3."""
    part, _dot, last = str(head.number).rpartition(".")
    return part, int(last) if part and last.isdigit() else leading_number(head.number)


def named_heads(blocks: list[Block]) -> list[UnitHead | None]:
    """Return, for each block that begins a unit with a title alone, a head with the next number.

    Such a block has samples below it, or fields if its level is that of the first one. The heads
    of other blocks are None.
    """
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
