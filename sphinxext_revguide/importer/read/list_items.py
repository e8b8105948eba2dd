"""Issues that are the items of a list: each becomes a heading and the blocks below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sphinxext_revguide.importer.read.blocks import Block, blocks_of, without_mark
from sphinxext_revguide.importer.read.sample_labels import sample_roles
from sphinxext_revguide.importer.recognise.heads import LEAF, UnitHead
from sphinxext_revguide.importer.recognise.lines import Line

_TITLED = re.compile(r"(?:\*\*|__)([^*_]++)(?:\*\*|__)[ \t:.–—-]*+(.*)")


def listed(blocks: Sequence[Block]) -> tuple[list[Block], list[UnitHead | None]]:
    """Open the lists of issues among some blocks.

    :returns: the blocks, and of each its head, where it is the first line of an issue; none is
        where no list has issues for items.
    """
    found: list[Block] = []
    heads: list[UnitHead | None] = []
    for block in blocks:
        if block.kind != "list" or not _holds_issues(block):
            found.append(block)
            heads.append(None)
            continue
        for item in block.items:
            opened = list(_opened(item))
            head = UnitHead("item", sum(map(bool, heads)) + 1, opened[0].text)
            found += opened
            heads += [head, *([None] * (len(opened) - 1))]
    return found, heads


def _holds_issues(block: Block) -> bool:
    """Return whether items begin with a title, most hold a sample, and one holds both."""
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


def _opened(item: tuple[Line, ...]) -> Iterator[Block]:
    """Yield a heading with all lines of an item, and the blocks that are in it."""
    first, *others = without_mark(item)
    match = _TITLED.fullmatch(first.text.strip())
    yield Block("heading", item, LEAF, match[1].strip() if match else first.text.strip())
    rest = [Line(match[2], first.number)] if match and match[2].strip() else []
    yield from blocks_of([*rest, *others])
