"""Merges an editor's new version of a guide into the page that was made of an earlier one.

Changes made by authors stay: statuses, patterns, allowances, added words. Unchanged blocks keep
every byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from rapidfuzz.fuzz import ratio, token_set_ratio

from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.directive_source import (
    fence_mark,
    print_directive,
    read_opening,
    read_options,
    set_option,
)

_OPENED = ("revision-guide", "revision-issue", "locked-preserve")
"""Directives whose body is merged block by block; all others are taken as they are."""
_EDITORS = (*(field.name for field in ISSUE_FIELDS if field.by_editor), "baseline")
"""Options that the editor decides; all others are the author's."""
_KEPT = ("layout", "format")
"""Options of a pair that the editor knows nothing of."""
_OF_A_PAIR = ("before", "after", "separator", "missing", *_KEPT)
"""Anything else at the head of a pair is a text that it quotes."""
_SAME_TITLE = 85
_SIMILAR_TITLE = 60
_SAME_SAMPLE = 50
_SAME_TEXT = 70
"""How similar (percent) titles are of one issue, those of one number, samples of one pair, and
paragraphs of which one is the other, reworded."""


class NoPageError(ValueError):
    """The text is not a page of a guide; the message says what was expected."""


@dataclass
class Block:
    """A block of a page: some text, or a directive with its options and the blocks of its body.

    ``raw`` is the block as it stands; once it is ``changed``, it is printed again, with the
    options in the form that ``head``, the lines above its body, has. ``gap`` is how many line
    ends are before it.
    """

    raw: str
    name: str = ""
    title: str = ""
    mark: str = "```"
    head: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    changed: bool = False
    gap: int = 2

    @property
    def key(self) -> str:
        """What tells a text from others, however its lines are broken."""
        return " ".join(self.raw.split())

    def render(self) -> str:
        """Return the block as it is to be written."""
        if not self.is_changed:
            return self.raw
        text = join_blocks(self.body)
        directive = partial(
            print_directive, self.name, self.title, least=len(self.mark), char=self.mark[0]
        )
        if not self.head:
            return directive(self.options.items(), text)
        lines = [line + "\n" for line in self.head]
        was = {option.name: option.value for option in read_options(self.head[1:]).options}
        for name in was | self.options:
            if was.get(name) != self.options.get(name):
                set_option(lines, 0, name, self.options.get(name))
        inside = "\n\n".join(part for part in ("".join(lines[1:]).rstrip("\n"), text) if part)
        return directive((), inside)

    @property
    def is_changed(self) -> bool:
        """Whether it, or a block of its body, is to be printed again."""
        return self.changed or any(block.is_changed for block in self.body)


def update_page(old: str, new: str) -> tuple[str, list[str]]:
    """Merge a page that was just imported into one that exists.

    :param old: the page as its author has it.
    :param new: the page that the editor's new version imports as.
    :returns: the merged page, and a line for each thing that has changed, in order.
    :raises NoPageError: if the old page opens no guide.
    """
    blocks, others = list(page_blocks(old)), list(page_blocks(new))
    if not any(block.name == "revision-guide" for block in blocks):
        msg = "this page has no 'revision-guide' into which the new version could be merged"
        raise NoPageError(msg)
    merge = _Merge()
    merged = merge.sequences(blocks, others, "the page")
    merge.renumber(merged)
    if not merge.changes:
        return old, []
    return join_blocks(merged) + old[len(old.rstrip("\n")) :], merge.changes


def join_blocks(blocks: Sequence[Block]) -> str:
    """Return the text of a page, without line ends at its end."""
    text = ""
    for block in blocks:
        text += "\n" * block.gap * bool(text) + block.render()
    return text


# Reading a page


def page_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a page: directives with their bodies, and what is between them."""
    lines = text.split("\n")
    index, gap = 0, 1
    while index < len(lines):
        if not lines[index].strip():
            index, gap = index + 1, gap + 1
            continue
        end = _end_of(lines, index)
        block = _block(lines[index:end])
        block.gap = gap
        yield block
        index, gap = end, 1


def _end_of(lines: Sequence[str], start: int) -> int:
    """Return the index behind the block that begins at a line."""
    mark = fence_mark(lines[start])
    index = start + 1
    if not mark:
        while index < len(lines) and lines[index].strip() and not fence_mark(lines[index]):
            index += 1
        return index
    while index < len(lines):
        line = lines[index].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            return index + 1
        index += 1
    return index


def _block(lines: Sequence[str]) -> Block:
    block = Block("\n".join(lines))
    opening = read_opening(lines[0])
    if opening is None or opening.is_rst or opening.indent or len(lines) < 2:
        return block
    block.name, block.title, block.mark = opening.name, opening.title, opening.mark
    inside = lines[1:-1]
    is_pair = block.name == "before-after"
    written = read_options(inside, _OF_A_PAIR if is_pair else None, quotes=is_pair)
    block.head = list(lines[: 1 + written.consumed])
    for option in reversed(written.options):
        block.options[option.name] = option.value
    block.options = dict(reversed(block.options.items()))
    text = "\n".join(inside[written.consumed :]).strip("\n")
    if block.name in _OPENED:
        block.body = list(page_blocks(text))
    elif text:
        block.body = [Block(text)]
    return block


# Merging


class _Merge:
    def __init__(self) -> None:
        self.changes: list[str] = []

    def sequences(self, old: list[Block], new: list[Block], where: str) -> list[Block]:
        """Return the old blocks, each merged with its match, and the new ones in their places."""
        matches = _matches(old, new)
        merged = list(old)
        place = 0
        for index, block in enumerate(new):
            if index in matches:
                mine = matches[index]
                self._into(mine, block, where)
                place = next(i for i, block in enumerate(merged) if block is mine) + 1
            elif not _is_old_comment(block, old):
                self.changes.append(f"{where}: new: {_shown(block)}")
                block.gap = 2
                merged.insert(place, block)
                place += 1
                if place < len(merged):
                    merged[place].gap = max(2, merged[place].gap)
        found = {id(block) for block in matches.values()}
        for block in old:
            if id(block) not in found:
                self._left_alone(block, where)
        return merged

    def _into(self, mine: Block, other: Block, where: str) -> None:
        if mine.name == "revision-issue":
            self._facts(mine, other, f"issue {mine.options.get('number', '?')}")
            self._body(mine, other, f"issue {other.options.get('number', '?')}")
        elif mine.name == "revision-guide":
            self._facts(mine, other, "the guide")
            self._body(mine, other, "the guide")
        elif mine.name == "locked-preserve":
            self._items(mine, other)
        elif not mine.name and mine.key != other.key and not mine.raw.startswith(("# ", "% ")):
            self.changes.append(f"{where}: kept, and differs from the guide: {_shown(mine)}")
        elif mine.name == "before-after" and _sample(mine) != _sample(other):
            kept = {key: mine.options[key] for key in _KEPT if key in mine.options}
            mine.options, mine.body = other.options | kept, other.body
            mine.head, mine.changed = [], True
            self.changes.append(f"{where}: samples replaced")

    def _body(self, mine: Block, other: Block, where: str) -> None:
        body = self.sequences(mine.body, other.body, where)
        mine.changed = mine.changed or len(body) > len(mine.body)
        mine.body = body

    def _facts(self, mine: Block, other: Block, where: str) -> None:
        if mine.options.pop("withdrawn", None) is not None:
            mine.changed = True
            self.changes.append(f"{where}: is in the guide again")
        if mine.name == "revision-issue" and mine.title != other.title:
            self.changes.append(f"{where}: title changed to “{other.title}”")
            mine.title, mine.changed = other.title, True
        for key in _EDITORS:
            value = other.options.get(key)
            if value is not None and mine.options.get(key) != value:
                was = mine.options.get(key, "not given")
                self.changes.append(f"{where}: {key} is now {value} (was {was})")
                mine.options[key], mine.changed = value, True

    def _items(self, mine: Block, other: Block) -> None:
        """Add the items of a locked list that are new."""
        known = {item for block in mine.body for item in _items_of(block)}
        added = [item for block in other.body for item in _items_of(block) if item not in known]
        if added:
            mine.body = [*mine.body[:-1], Block("\n".join([mine.body[-1].raw, *added]))]
            mine.changed = True
            self.changes += [f"locked: new: {item.removeprefix('- ')}" for item in added]

    def _left_alone(self, block: Block, where: str) -> None:
        """Mark an issue that has vanished; other blocks may be the author's own."""
        if block.name == "revision-issue" and "withdrawn" not in block.options:
            block.options["withdrawn"], block.changed = "yes", True
            number = block.options.get("number", "?")
            self.changes.append(f"issue {number}: is no longer in the guide; marked as withdrawn")
        elif block.name == "before-after":
            self.changes.append(f"{where}: a pair of samples is no longer in the guide; kept")

    def renumber(self, blocks: list[Block]) -> None:
        """Give withdrawn issues numbers that no other has."""
        issues = [block for block in blocks if block.name == "revision-issue"]
        used = {issue.options.get("number") for issue in issues if "withdrawn" not in issue.options}
        last = max((leading_number(status) for status in used if status), default=0)
        for issue in issues:
            number = issue.options.get("number")
            if "withdrawn" in issue.options and number in used:
                last += 1
                self.changes.append(f"issue {number}, withdrawn: is now issue {last}")
                issue.options["number"], issue.changed = str(last), True
                used.add(str(last))


def _matches(old: list[Block], new: list[Block]) -> dict[int, Block]:
    """Return, by the index of each new block that is known, the old one that it is."""
    found: dict[int, Block] = {}
    free = list(old)
    for likeness in (_equal, _alike):
        for index, block in enumerate(new):
            if index in found:
                continue
            mine = max(free, key=lambda old, new=block: likeness(old, new), default=None)  # type: ignore[misc]
            if mine is not None and likeness(mine, block) > 0:
                found[index] = mine
                free.remove(mine)
    return found


def _equal(mine: Block, other: Block) -> float:
    return float(mine.name == other.name and mine.key == other.key)


def _alike(mine: Block, other: Block) -> float:
    """Return how similar two directives are, 0 if they are not the same one."""
    if mine.name != other.name:
        return 0.0
    if not mine.name:
        return _alike_texts(mine, other)
    if mine.name == "revision-issue":
        return _alike_issues(mine, other)
    if mine.name == "before-after":
        alike = ratio(_before(mine), _before(other))
        return alike if alike >= _SAME_SAMPLE else 0.0
    return 1.0 if mine.name in ("revision-guide", "locked-preserve") else 0.0


def _alike_texts(mine: Block, other: Block) -> float:
    """Return how similar two texts are; the title of a page is the author's."""
    if mine.raw.startswith("# ") and other.raw.startswith("# "):
        return 1.0
    alike = ratio(mine.key, other.key)
    return alike if alike >= _SAME_TEXT else 0.0


def _alike_issues(mine: Block, other: Block) -> float:
    title = max(ratio(mine.title, other.title), token_set_ratio(mine.title, other.title) - 5)
    samples = max(
        (
            ratio(_before(block), _before(two))
            for block in mine.body
            for two in other.body
            if block.name == two.name == "before-after"
        ),
        default=0.0,
    )
    same_number = mine.options.get("number") == other.options.get("number")
    if title >= (_SIMILAR_TITLE if same_number else _SAME_TITLE) or samples >= _SAME_TITLE:
        return title + samples + same_number
    return 0.0


def _sample(pair: Block) -> tuple[str, ...]:
    """Return what an editor says in a pair: the samples and their labels."""
    labels = [pair.options.get(key, "") for key in ("before", "after")]
    return (*labels, "\n".join(block.raw for block in pair.body))


def _before(pair: Block) -> str:
    text = "\n".join(block.raw for block in pair.body)
    return re.split(r"(?m)^\+{3,}$", text, maxsplit=1)[0]


def _items_of(block: Block) -> list[str]:
    return [line for line in block.raw.split("\n") if line.startswith("- ")]


def _is_old_comment(block: Block, old: list[Block]) -> bool:
    """Return whether a block only keeps lines that a directive replaces: these are not for readers.

    Where the page has such a comment already, a new one would repeat what its options say.
    """
    lines = block.raw.split("\n")
    return all(line.startswith("% ") for line in lines) and any(
        block.raw.startswith("% ") for block in old
    )


def _shown(block: Block) -> str:
    if block.name == "revision-issue":
        return f"issue {block.options.get('number', '?')}, “{block.title}”"
    if block.name:
        return f"{block.name}"
    line = block.raw.split("\n")[0]
    return line if len(line) <= 60 else f"{line[:57]}…"
