"""Compares the texts and pairs of a page with those of a new version."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinxext_revguide.importer.likeness import alike, best_matches
from sphinxext_revguide.markup.page_blocks import (
    GUIDE,
    ISSUE,
    LOCKED,
    PAIR,
    Block,
    line_end,
    samples_of,
    split_at,
)
from sphinxext_revguide.text.in_words import short

_SAME_SAMPLE = 50
_SAME_TEXT = 70
"""How similar (percent) the samples of matching pairs, and reworded texts, are."""
_WORDS_OF_PART = 4
"""A text of at least this many words inside another was put there by somebody."""
GUESS = "% :patterns: "
"""Begins the comment in which an import guesses the patterns of an issue."""
_LINES_OF_ITEM = 20
"""An item to which an author added lines is recognized by at most this many of its own."""
_LINE = re.compile(r"\bline [0-9]+")
_BULLETS = "-*+"
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$)")


def is_text(block: Block) -> bool:
    """Return whether a block is a text or a pair, which are merged by content."""
    if block.kind == "directive":
        return not block.body and block.name not in (GUIDE, ISSUE, LOCKED)
    return block.kind != "front matter"


def is_guess(mine: Block, other: Block) -> bool:
    """Return whether two blocks are an import's guesses at the patterns of an issue."""
    return _guesses(mine) and _guesses(other)


def _guesses(block: Block) -> bool:
    return block.kind == "comment" and block.text.startswith(GUESS)


def key_of(block: Block) -> tuple[str, str]:
    """Return a key that is equal for texts that differ only in layout."""
    text = block.text
    if block.name == PAIR:
        return PAIR, "\0".join(samples_in(block))
    if _guesses(block):
        text = text.split("\n")[0]  # the line below says only what to do with a guess
    if block.kind == "fence":
        return "fence", "\n".join(line.rstrip() for line in text.split("\n")[1:-1])
    if block.kind == "heading":
        text = re.sub(r"^\s*#+|\n\s*[=-]+\s*$", "", text)
    if block.kind == "table":
        text = re.sub("-{3,}", "---", text)
    kind = block.kind if block.kind in ("heading", "comment") else ""
    return kind, " ".join(text.split())


def samples_in(pair: Block) -> tuple[str, ...]:
    """Return the editor's words in a pair: the labels, the BEFORE and the AFTER.

    The reason why an AFTER is missing does not count: it names a line of the guide, which moves.
    """
    before, after, missing = (pair.options.get(name, "") for name in ("before", "after", "missing"))
    return before, after, _LINE.sub("line", missing), *samples_of(pair)


def likeness(mine: Block, other: Block) -> float:
    """Return how similar two texts or pairs are; 0 if they do not match."""
    if (mine.kind, mine.name, _guesses(mine)) != (other.kind, other.name, _guesses(other)):
        return 0.0
    if other.name == PAIR:
        (before, after), (new_before, new_after) = samples_of(mine), samples_of(other)
        similar, also = alike(before, new_before), alike(after, new_after)
        is_same = similar >= _SAME_SAMPLE or has_lines(before, new_before)
        is_same = is_same or (bool(after) and also >= _SAME_TEXT)
        return 2 * similar + also + 1 if is_same else 0.0
    if other.kind == "heading" and mine.level == other.level == 1:
        return 100.0
    here, there = key_of(mine)[1], key_of(other)[1]
    similar = alike(here, there)
    if similar >= _SAME_TEXT or is_guess(mine, other):
        return similar + 1
    part, whole = sorted((here, there), key=len)
    is_part = f" {part} " in f" {whole} " and len(part.split()) >= _WORDS_OF_PART
    items = {key for key, _lines in list_items(mine.text)} if mine.kind == "list" else set()
    shares = any(key in items for key, _lines in list_items(other.text))
    return similar + 1 if is_part or shares else 0.0


def has_lines(whole: str, part: str) -> bool:
    """Return whether a sample has all lines of another, in order."""
    lines = iter(" ".join(line.split()) for line in whole.split("\n"))
    return all(" ".join(line.split()) in lines for line in part.split("\n") if line.strip())


def unshared_lines(here: str, there: str) -> list[str]:
    """Return the lines of a sample that the other one lacks."""
    lines = _lines(there)
    return [
        line for line in here.split("\n") if line.strip() and " ".join(line.split()) not in lines
    ]


def _lines(sample: str) -> set[str]:
    return {" ".join(line.split()) for line in sample.split("\n") if line.strip()}


def own_lines(here: str, there: str) -> str:
    """Return the lines of a sample to which no line of the other one is similar."""
    own = unshared_lines(here, there)
    reworded = best_matches(
        own, sorted(_lines(there)), str, lambda one, two: max(0.0, alike(one, two) - _SAME_TEXT)
    )
    known = {mine for mine, _other in reworded}
    return "\n".join(line for line in own if line not in known)


def list_items(text: str) -> list[tuple[str, str]]:
    """Return the items of a list that begins at the left margin.

    :returns: the key of each item, and its source, with blank lines below it.
    """
    items: list[list[str]] = []
    for line in text.split("\n"):
        if _ITEM.match(line):
            items.append([line])
        elif items:
            items[-1].append(line)
    return [(_item_key(item), "\n".join(item)) for item in items]


def items_said(text: str) -> dict[str, int]:
    """Return the places of the items of a list by content, with and without further lines."""
    said: dict[str, int] = {}
    for place, (_key, source) in enumerate(list_items(text)):
        lines = source.split("\n")
        for end in {len(lines), *range(1, min(len(lines), _LINES_OF_ITEM))}:
            said.setdefault(_item_key(lines[:end]), place)
    return said


def _item_key(lines: Sequence[str]) -> str:
    return " ".join(_ITEM.sub("", "\n".join(lines), count=1).split())


def with_item(items: list[tuple[str, str]], place: int, item: tuple[str, str]) -> None:
    """Insert an item into a list, with blank lines around it if the first item has one."""
    blank = "\n" * (items[0][1].endswith("\n") and len(items) > 1) if items else ""
    if place == len(items) and items:
        key, source = items[-1]
        items[-1] = key, source + blank * (not source.endswith("\n"))
        blank = ""
    source = item[1].rstrip()
    if source[0] in _BULLETS and items and items[0][1][0] in _BULLETS:
        source = items[0][1][0] + source[1:]
    items.insert(place, (item[0], source + blank))


def shown(block: Block) -> str:
    """Return the name of a block in a report."""
    if block.name == ISSUE:
        return f"issue {block.options.get('number', '?')}, “{block.title}”"
    if block.name == PAIR:
        before, after = samples_of(block)
        return short(before or after)
    return short(block.text)


def lists_in(locked: Block) -> list[Block]:
    """Return the lists of what must stay."""
    return [block for block in locked.body if block.kind == "list"]


def locked_items(locked: Block) -> set[str]:
    """Return the keys of the items of a locked list."""
    return {key for block in lists_in(locked) for key in items_said(block.text)}


def append_items(locked: Block, texts: Sequence[str]) -> None:
    """Add items to what must stay."""
    lists = lists_in(locked)
    if not lists:
        end = line_end(locked.lines)
        locked.body.append(Block("list", split_at("\n".join(texts), end), gap=[end]))
        locked.is_edited = True
        return
    items = list_items(lists[-1].text)
    for text in texts:
        with_item(items, len(items), ("", text))
    lists[-1].set_lines("\n".join(source for _key, source in items))
