"""Separates an editor's changes to an exported guide from changes by the export itself.

An export writes directives as the labels that editors use, and importing it does not restore every
line: the label above locked passages, a chapter, or an issue without a number. So a text is
compared with what the export itself is imported as, and only the differences are the editor's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.parts import NotAGuideError
from sphinxext_revguide.importer.update_texts import key_of
from sphinxext_revguide.markup.page_blocks import Block, every_block, read_page


def only_changes(
    page: str,
    new: str,
    imported: Callable[[str], str],
    sent: Callable[[str], str] = str,
    *,
    is_export: bool,
) -> tuple[str, str] | None:
    """Return the new version of a page, and the version that its editor had if it is an export.

    Usually they are the page with what the editor changed, and the page as it is. If a change has
    no place on the page, or nobody knows whether its editor had an export, they are what the text
    and the export are imported as.

    :param page: the guide's page, as its author has it.
    :param new: the page that the editor's text is imported as.
    :param imported: imports Markdown, as the text was.
    :param sent: returns the Markdown that an export comes back as in the editor's file format.
    :param is_export: whether the text is known to be an export.
    :returns: None if no guide can be read from an export of the page.
    """
    lined = "\n".join(re.split(r"\r\n|\r|\n", page))
    try:
        base = imported(sent(to_markdown(lined)))
    except NotAGuideError:
        return None
    if is_export:
        changed = _carried(lined.split("\n"), base.split("\n"), new.split("\n"))
        if changed is not None and _has_parts_of(changed, lined, base, new):
            return changed, page
    return new, base


def _carried(page: Sequence[str], base: Sequence[str], new: Sequence[str]) -> str | None:
    """Apply the differences between two texts to a third one that is similar to the first.

    :returns: None if a place in the third text is not found.
    """
    places: dict[int, int] = {}
    for match in SequenceMatcher(None, base, page, autojunk=False).get_matching_blocks():
        places.update((match.a + step, match.b + step) for step in range(match.size))
    changed: list[str] = []
    done = 0
    for tag, start, end, first, last in SequenceMatcher(
        None, base, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        found = _range_in(places, start, end)
        if found is None or found[0] < done:
            return None
        changed += [*page[done : found[0]], *new[first:last]]
        done = found[1]
    return "\n".join([*changed, *page[done:]])


def _has_parts_of(changed: str, page: str, base: str, new: str) -> bool:
    """Return whether a page gains the directives and texts that another one gains by a change."""
    one, two, three, four = (
        Counter(map(_part, every_block(read_page(text).blocks)))
        for text in (changed, base, page, new)
    )
    return one + two == three + four


def _part(block: Block) -> tuple[str, ...]:
    return (block.name, block.title) if block.body else key_of(block)


def _range_in(places: dict[int, int], start: int, end: int) -> tuple[int, int] | None:
    """Return where a run of lines of the base is in the page, if it is one run there."""
    if start == end:
        after = places[start - 1] + 1 if start - 1 in places else places.get(start)
        return None if after is None else (after, after)
    here = [places.get(line) for line in range(start, end)]
    first = here[0]
    if first is None or here != list(range(first, first + len(here))):
        return None
    return first, first + len(here)
