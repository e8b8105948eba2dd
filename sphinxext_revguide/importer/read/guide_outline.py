"""Sorts the blocks of a guide into units and sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sphinxext_revguide.importer.read.blocks import Block
from sphinxext_revguide.importer.read.sample_labels import below
from sphinxext_revguide.importer.read.sections import Section, introduces_locks
from sphinxext_revguide.importer.recognise.heads import LEAF, UnitHead, bold_unit, unit_head
from sphinxext_revguide.importer.recognise.labels import fields_of, heading_label
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.model import Problem
from sphinxext_revguide.text.in_words import lines_in_words


@dataclass(slots=True)
class Unit:
    """A unit of the guide: its head and the blocks below it."""

    head: UnitHead
    heading: Block
    level: int
    blocks: list[Block] = field(default_factory=list)


def outline_of(
    blocks: list[Block], heads: list[UnitHead | None], others: list[UnitHead | None]
) -> list[Unit | Section]:
    """Sort the blocks into units and sections, in order.

    :param heads: for each block, the head of the unit that it begins, or None.
    :param others: for each block, the head of any kind that it is: it may continue a unit.
    """
    outline: list[Unit | Section] = [Section(None)]
    for block, head, other in zip(blocks, heads, others, strict=True):
        last = outline[-1]
        if isinstance(last, Unit) and _continues(head or other, last, is_head=head is not None):
            last.blocks.append(block)
        elif head:
            level = block.level if block.kind == "heading" else LEAF
            outline.append(Unit(head, block, level))
        elif block.kind == "heading" and _opens_section(block, last):
            outline.append(last.opens(block) if isinstance(last, Section) else Section(block))
        elif block.kind == "end":
            outline += [] if isinstance(last, Section) and last.heading is None else [Section(None)]
        else:
            last.blocks.append(block)
    final = next((entry for entry in reversed(outline) if isinstance(entry, Unit)), None)
    return [part for entry in outline for part in _without_locks(entry, is_last=entry is final)]


def _without_locks(entry: Unit | Section, *, is_last: bool) -> Iterator[Unit | Section]:
    """Yield an entry; a list of locked items in a unit, with its lead, becomes a section.

    The blocks below the list stay in the unit; those of the last unit become a section as well.
    """
    yield entry
    if isinstance(entry, Section):
        return
    for index, block in enumerate(entry.blocks):
        label = next(iter(fields_of(block.lines[0].text)), None)
        named = label is not None and not label.role and locks(label.words)
        if block.kind != "paragraph" or not (named or introduces_locks(block)):
            continue
        near = range(index + 1, min(index + 3, len(entry.blocks)))
        end = next((place for place in near if entry.blocks[place].kind in ("list", "table")), 0)
        if not end:
            continue
        own, below = entry.blocks[index + 1 : end + 1], entry.blocks[end + 1 :]
        entry.blocks[index:] = [] if is_last else below
        if label and named:
            head = replace(block, kind="heading", level=LEAF - 1, text=label.words.strip(" :"))
            text = [replace(block, lines=block.lines[1:])] if block.lines[1:] else []
            yield Section(replace(head, lines=block.lines[:1]), [*text, *own])
        else:
            yield Section(None, [block, *own], locked_from=1)
        if is_last and below:
            yield Section(None, below)
        return


def _continues(head: UnitHead | None, unit: Unit, *, is_head: bool) -> bool:
    """Return whether a heading continues a unit, as "Recommendation 1A" continues "Issue 1A"."""
    if head is None or head.number != unit.head.number:
        return False
    return head.continued or (not is_head and head.kind == "called" != unit.head.kind)


def head_of(block: Block) -> UnitHead | None:
    """Return the head of a unit that a block is, or None."""
    if block.kind == "heading":
        return unit_head(block.text)
    if block.kind == "paragraph" and len(block.lines) == 1:
        return bold_unit(block.lines[0].text)
    return None


def heads_of(blocks: Sequence[Block]) -> list[UnitHead | None]:
    """Return, for each block, the head of a unit that it is, or None.

    If the first heading is of a higher level than all others, such as "KEP-12: Quotas", it is the
    title of the file and not a unit, unless it says that it is one.
    """
    heads = [head_of(block) for block in blocks]
    levels = [block.level for block in blocks if block.kind == "heading"]
    if len(levels) > 1 and levels[0] < min(levels[1:]):
        title = next(place for place, block in enumerate(blocks) if block.kind == "heading")
        head = heads[title]
        heads[title] = None if head and head.kind == "listed" else head
    return heads


def _opens_section(block: Block, last: Unit | Section) -> bool:
    if not isinstance(last, Unit):
        return True
    if heading_label(block.text):
        return False
    return block.level <= last.level or locks(block.text)


def unfinished(outline: list[Unit | Section], end: int) -> list[Problem]:
    """Report a file that ends with a strong label in a section, which is kept as prose."""
    last = outline[-1] if outline else None
    if not isinstance(last, Section) or not last.blocks:
        return []
    block = last.blocks[-1]
    label = next(iter(fields_of(block.lines[-1].text)), None)
    if block.kind != "paragraph" or label is None or not label.strong or label.rest:
        return []
    message = (
        f"the file ends at line {end}, directly below this label; ask the editor for the missing "
        "text"
    )
    return [Problem(block.lines[-1].number, message, "cut")]


def outside(outline: list[Unit | Section]) -> list[Problem]:
    """Report pairs of samples in sections, which are kept as prose."""
    lines = [
        entry.heading.line
        for entry in outline
        if isinstance(entry, Section)
        and entry.heading
        and any(block.pair for block in below([entry.heading, *entry.blocks]))
    ]
    if not lines:
        return []
    others = lines_in_words((line, line) for line in lines[1:])
    message = (
        f"this section and those on {others} contain a BEFORE and an AFTER but were not read as "
        "issues; they were kept as prose. If they are issues, write their headings like those of "
        "the other issues"
        if lines[1:]
        else "this section contains a BEFORE and an AFTER but was not read as an issue; it was "
        "kept as prose. If it is an issue, write its heading like those of the other issues"
    )
    return [Problem(lines[0], message, "outside")]
