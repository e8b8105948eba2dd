"""What the earlier version of a guide said."""

from __future__ import annotations

from sphinxext_revguide.importer.update_issues import match_issues
from sphinxext_revguide.importer.update_texts import key_of, list_items
from sphinxext_revguide.markup.page_blocks import GUIDE, ISSUE, Block, Page, every_block, read_page


class Base:
    """What an earlier version of the guide said, as far as it is known."""

    def __init__(self, base: str, new: Page) -> None:
        page = read_page(base) if base else Page([], [], "\n")
        self.is_known = bool(base)
        every = list(every_block(page.blocks))
        self.keys = {key_of(block) for block in every if not block.body}
        self.items = {
            key for block in every if block.kind == "list" for key, _ in list_items(block.text)
        }
        self.issues = [block for block in every if block.name == ISSUE]
        self._was = {
            id(other): mine
            for mine, other in match_issues(
                self.issues, [block for block in every_block(new.blocks) if block.name == ISSUE]
            )
        }
        self.guide = next((block for block in every if block.name == GUIDE), None)

    def of(self, other: Block) -> Block | None:
        """Return what an issue or the guide of the new version was before."""
        return self.guide if other.name == GUIDE else self._was.get(id(other))

    def has(self, block: Block) -> bool:
        """Return whether a text or a pair was there already."""
        return key_of(block) in self.keys
