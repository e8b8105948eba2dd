"""Decides where the new blocks of a version go among the blocks of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sphinxext_revguide.importer.update_matches import Matches, Scope
from sphinxext_revguide.issue_numbers import number_key
from sphinxext_revguide.markup.page_blocks import ISSUE, Block, every_block


def section_end(matches: Matches, scope: Scope, place: int) -> int:
    """Return the last place of the section to which the block at a place belongs.

    An author's own texts belong to it, and, below an issue, issues that the new version lacks.
    """
    is_issue = place >= 0 and bool(_numbers(scope.old[place]))
    for below in _only_on_page(matches, scope, place):
        if matches.is_dropped(scope.old[below]) and not is_issue:
            break
        place = below
    return place


def order_by_number(matches: Matches, scope: Scope) -> None:
    """Move the new issues of a scope after issues of lower numbers that the new version lacks.

    What follows a new issue at the same place moves with it.
    """
    ordered: dict[int, list[Block]] = defaultdict(list)
    for above, blocks in sorted(scope.added.items()):
        place = above
        for block in blocks:
            if block.name == ISSUE:
                place = _behind_lower(matches, scope, place, block)
            ordered[place].append(block)
    scope.added = ordered


def _behind_lower(matches: Matches, scope: Scope, place: int, issue: Block) -> int:
    """Return the place above which a new issue goes, at or below a place."""
    own = max(_numbers(issue))
    for below in _only_on_page(matches, scope, place - 1):
        if () < max(_numbers(scope.old[below]), default=()) < own:
            place = below + 1
    return place


def _numbers(block: Block) -> list[tuple[tuple[int, int, str], ...]]:
    """Return the keys by which the issues in a block sort; that of an unnumbered one is empty."""
    issues = (inner for inner in every_block([block]) if inner.name == ISSUE)
    return [number_key(issue.options.get("number", "")) for issue in issues]


def _only_on_page(matches: Matches, scope: Scope, place: int) -> Iterator[int]:
    """Yield the places below one, up to a heading or a block that the new version has, too."""
    for below in range(place + 1, len(scope.old)):
        block = scope.old[below]
        if block.kind == "heading" or matches.is_kept(block):
            return
        yield below
