"""Reads issues that are items of a list: each becomes a heading and the blocks below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.read.blocks import Block, blocks_of, without_mark
from sphinxext_revguide.importer.read.sample_labels import sample_roles
from sphinxext_revguide.importer.recognise.heads import LEAF, UnitHead
from sphinxext_revguide.importer.recognise.lines import Line

_TITLED = re.compile(r"(?:\*\*|__)([^*_]++)(?:\*\*|__)[ \t:.–—-]*+(.*)")


def listed(blocks: Sequence[Block]) -> tuple[list[Block], list[UnitHead | None]]:
    """Replace each list of issues by the blocks of its items.

    :returns: the blocks, and for each block the head of the issue that it begins, or None.
    """
    found: list[Block] = []
    heads: list[UnitHead | None] = []
    for block in blocks:
        if block.kind != "list" or not _holds_issues(block):
            found.append(block)
            heads.append(None)
            continue
        for item in block.items:
            opened = list(_blocks_of_item(item))
            head = UnitHead("item", sum(map(bool, heads)) + 1, opened[0].text)
            found += opened
            heads += [head, *([None] * (len(opened) - 1))]
    return found, heads


def _holds_issues(block: Block) -> bool:
    """Return whether a list holds issues.

    No item may begin with the label of a sample, most must contain one below their first line, and
    one item must contain both labels.
    """
    items = [without_mark(item) for item in block.items]
    if any(sample_roles(blocks_of(item[:1])) for item in items):
        return False
    roles = [sample_roles(blocks_of(item[1:])) for item in items]
    holding = [role for role in roles if role]
    return (
        len(holding) > 1
        and len(holding) * 2 > len(items)
        and any(len(entry) > 1 for entry in holding)
    )


def _blocks_of_item(item: tuple[Line, ...]) -> Iterator[Block]:
    """Yield a heading that has all lines of an item, then the blocks inside the item."""
    first, *others = without_mark(item)
    match = _TITLED.fullmatch(first.text.strip())
    yield Block("heading", item, LEAF, match[1].strip() if match else first.text.strip())
    rest = [Line(match[2], first.number)] if match and match[2].strip() else []
    yield from blocks_of([*rest, *others])
