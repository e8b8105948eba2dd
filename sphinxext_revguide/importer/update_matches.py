"""Matches the blocks of a page with those of a new version of its guide."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sphinxext_revguide.importer.likeness import best_matches
from sphinxext_revguide.importer.update_issues import (
    is_wrap,
    issue_name,
    match_issues,
    name_and_title,
)
from sphinxext_revguide.importer.update_texts import (
    is_text,
    key_of,
    likeness,
    locked_items,
)
from sphinxext_revguide.markup.page_blocks import (
    GUIDE,
    ISSUE,
    LOCKED,
    Block,
    Page,
    every_block,
    line_end,
)


@dataclass(eq=False)
class Scope:
    """Blocks of the page, and the blocks of the new version that belong among them.

    ``added`` are the new blocks to be inserted above the old block at a place, and ``end`` is their
    line end.
    """

    where: str
    old: list[Block]
    new: list[Block]
    end: str
    added: dict[int, list[Block]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def places(self) -> dict[int, int]:
        """The places of the old blocks, by their ids."""
        return {id(block): place for place, block in enumerate(self.old)}


class Matches:
    """Matching blocks of a page and of the new version.

    ``issues`` are the issues of the guide, on all pages; ``known`` maps the ids of new blocks to
    blocks of the page, and ``found`` contains the ids of the latter. ``scopes`` begins with the
    whole page.
    """

    def __init__(
        self, page: Page, other: Page, blocks: Sequence[Block], guides: tuple[Block, Block]
    ) -> None:
        """Match the guides and their issues.

        :param blocks: the blocks of the guide, on all of its pages.
        :param guides: the guide of the page and of the new version.
        """
        guide, theirs = guides
        self.mine = blocks
        self.known: dict[int, Block] = {id(theirs): guide}
        self.found: set[int] = {id(guide)}
        news = [block for block in every_block(other.blocks) if block.name == ISSUE]
        self.issues = [block for block in blocks if block.name == ISSUE]
        for mine, new in match_issues(self.issues, news):
            self._match(mine, new)
        self.has_issue_of_both = len(self.known) > 1
        self._top = {id(inner): block for block in page.blocks for inner in every_block([block])}
        self.scopes: list[Scope] = []
        self._inner: dict[int, Scope] = {}
        self._open("the page", page.blocks, other.blocks, page.end)

    @cached_property
    def dropped(self) -> list[Block]:
        """The issues of the page that the new version lacks."""
        return [issue for issue in self.issues if id(issue) not in self.found]

    def is_dropped(self, block: Block) -> bool:
        """Return whether all parts of a guide in a block are issues that the new version lacks."""
        parts = _parts_in(block)
        return bool(parts) and self._dropped.issuperset(map(id, parts))

    def is_kept(self, block: Block) -> bool:
        """Return whether both versions have a block, or it contains a part that is not dropped."""
        is_found = id(block) in self.found
        return is_found or not self._dropped.issuperset(map(id, _parts_in(block)))

    @cached_property
    def _dropped(self) -> set[int]:
        return {id(issue) for issue in self.dropped}

    def of(self, other: Block) -> Block | None:
        """Return the block of the page that matches a block of the new version."""
        return self._list_like(other) if other.name == LOCKED else self.known.get(id(other))

    def inside(self, other: Block) -> Scope | None:
        """Return the scope inside a block of the new version, if the page has a matching block."""
        return self._inner.get(id(other.body))

    def place(self, scope: Scope, mine: Block) -> int | None:
        """Return the place of a block, or of the block that contains it, in a scope."""
        anchor = mine if id(mine) in scope.places else self._top.get(id(mine))
        return scope.places.get(id(anchor))

    def _open(self, where: str, old: list[Block], new: list[Block], end: str) -> None:
        """Add a scope, and the scopes of matching directives in it."""
        scope = Scope(where, old, new, end)
        self.scopes.append(scope)
        self._inner[id(new)] = scope
        wraps = [block for block in old if is_wrap(block)]
        for other in new:
            if is_wrap(other):
                same = [mine for mine in wraps if (mine.name, mine.title) == name_and_title(other)]
                if same:
                    wraps.remove(same[0])
                    self._match(same[0], other)
            mine = self.known.get(id(other))
            if mine is not None and other.name != LOCKED:
                inner = where
                if other.name in (GUIDE, ISSUE):
                    inner = "the guide" if other.name == GUIDE else issue_name(other)
                self._open(inner, mine.body, other.body, line_end(mine.lines))

    def _match(self, mine: Block, other: Block) -> None:
        self.known[id(other)] = mine
        self.found.add(id(mine))

    def match_texts(self) -> None:
        """Match each text and pair of the new version with the page, identical ones first."""
        for scope in self.scopes:
            self._match_equal(scope.old, scope.new)
        # An author may have moved a text; texts in dropped issues do not count.
        dropped = {id(block) for block in every_block(self.dropped)}
        elsewhere = [block for block in self.mine if id(block) not in dropped]
        self._match_equal(elsewhere, [block for scope in self.scopes for block in scope.new])
        for scope in self.scopes:
            for mine, other in best_matches(
                [block for block in scope.old if is_text(block) and id(block) not in self.found],
                [block for block in scope.new if is_text(block) and id(block) not in self.known],
                lambda block: key_of(block)[1],
                likeness,
            ):
                self._match(mine, other)

    def _match_equal(self, old: Iterable[Block], new: Iterable[Block]) -> None:
        places: dict[tuple[str, str], deque[Block]] = defaultdict(deque)
        for block in old:
            if is_text(block) and id(block) not in self.found:
                places[key_of(block)].append(block)
        for block in new:
            if is_text(block) and id(block) not in self.known and places.get(key_of(block)):
                self._match(places[key_of(block)].popleft(), block)

    def _list_like(self, other: Block) -> Block | None:
        """Return the locked list of the page that matches a list of the new version."""
        if id(other) not in self.known:
            keys = locked_items(other)
            free = [b for b in self.mine if b.name == LOCKED and id(b) not in self.found]
            shared = [len(keys & locked_items(block)) for block in free]
            if free:
                self._match(free[shared.index(max(shared))], other)
        return self.known.get(id(other))


def _parts_in(block: Block) -> list[Block]:
    return [inner for inner in every_block([block]) if inner.name in (GUIDE, ISSUE, LOCKED)]
