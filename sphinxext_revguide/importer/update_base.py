"""The earlier version of a guide, for a three-way merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.update_issues import EDITORS_OPTIONS, match_issues, said_by
from sphinxext_revguide.importer.update_texts import key_of, list_items
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.markup.page_blocks import GUIDE, ISSUE, Block, Page, every_block, read_page


def said_on(page: str) -> Iterator[tuple[str, ...]]:
    """Yield what the texts, titles and facts of a page say, for the record of an export."""
    blocks = list(every_block(read_page(page).blocks))
    yield from (key_of(block) for block in blocks if not block.body)
    for block in blocks:
        if block.name == ISSUE:
            yield _title(block.title)
            yield from (
                _fact(block.title, name, block.options[name])
                for name in EDITORS_OPTIONS
                if name in block.options
            )


def _title(title: str) -> tuple[str, ...]:
    return ISSUE, title


def _fact(title: str, name: str, value: str) -> tuple[str, ...]:
    return ISSUE, title, name, value


def _keys(blocks: Iterable[Block]) -> set[tuple[str, str]]:
    return {key_of(block) for block in blocks if not block.body}


def _items(blocks: Iterable[Block]) -> set[str]:
    lists = (block for block in blocks if block.kind == "list")
    return {key for block in lists for key, _source in list_items(block.text)}


class Base:
    """The earlier version of the guide, as far as it is known.

    :param base: that version as a page, or what an export of the page is imported as.
    :param exported: what the page said when it was exported to be changed by the editor.
    :param now: the page, if ``base`` is an export of it: then only what the export adds counts as
        an earlier text, because the page may say what its author wrote since.
    """

    def __init__(
        self, base: str, new: Page, exported: ExportRecord | None = None, now: Page | None = None
    ) -> None:
        page = read_page(base) if base else Page([], [], "\n")
        self.is_known = bool(base)
        self.exported = exported or ExportRecord()
        self.knows_texts = bool(self.exported) or (self.is_known and now is None)
        every = list(every_block(page.blocks))
        current = list(every_block(now.blocks)) if now else []
        self.keys = _keys(every) - _keys(current)
        self.items = _items(every) - _items(current)
        self.issues = [block for block in every if block.name == ISSUE]
        self._was = {
            id(other): mine
            for mine, other in match_issues(
                self.issues, [block for block in every_block(new.blocks) if block.name == ISSUE]
            )
        }
        self.guide = next((block for block in every if block.name == GUIDE), None)

    def of(self, other: Block) -> Block | None:
        """Return the earlier version of an issue or of the guide."""
        return self.guide if other.name == GUIDE else self._was.get(id(other))

    def has(self, block: Block) -> bool:
        """Return whether the earlier version contains a text or a pair."""
        key = key_of(block)
        return self.exported.has(key) if self.exported else key in self.keys

    def had_issue(self, other: Block) -> bool:
        """Return whether an issue of the new version is unchanged."""
        if self.exported:
            texts = (block for block in every_block(other.body) if not block.body)
            return self.exported.has(_title(other.title)) and all(map(self.has, texts))
        if not self.knows_texts:
            return False
        was = self.of(other)
        return was is not None and said_by(was) == said_by(other)

    def had_title(self, other: Block) -> bool:
        """Return whether the title of an issue of the new version is unchanged."""
        was = self.of(other)
        is_same = was is not None and was.title == other.title
        return is_same or self.exported.has(_title(other.title))

    def had_fact(self, other: Block, name: str, value: str) -> bool:
        """Return whether an option of an issue or the guide had this value before."""
        was = self.of(other)
        is_same = was is not None and was.options.get(name) == value
        return is_same or self.exported.has(_fact(other.title, name, value))

    def may_have_numbered(self, other: Block, number: str) -> bool:
        """Return whether an export, now or before, may have given this number to an issue.

        An issue without a number gets the one after that of an issue above it.
        """
        was = self.of(other)
        if was is None or self.knows_texts:
            return False
        above = takewhile(lambda issue: issue is not was, self.issues)
        numbers = {leading_number(issue.options.get("number", "")) for issue in above}
        return leading_number(number) - 1 in {0, *numbers}

    def of_editor(self, issues: Iterable[Block]) -> list[Block]:
        """Return the issues that the editor has seen; all others are the author's."""
        if self.exported:
            return [issue for issue in issues if self.exported.has(_title(issue.title))]
        if self.is_known:
            return [mine for mine, _was in match_issues(list(issues), self.issues)]
        return list(issues)
