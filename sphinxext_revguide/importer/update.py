"""Merges a new version of a guide into the page made from an earlier version.

Both are merged by structure: issues by identity, their options, texts and pairs one by one. What
authors wrote stays, and everything in the new version is on the merged page. If the earlier version
is known too, changes by only one side are applied as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.likeness import has_all
from sphinxext_revguide.importer.update_base import Base
from sphinxext_revguide.importer.update_issues import (
    EDITORS_OPTIONS,
    blocks_elsewhere,
    blocks_of_guide,
    is_wrap,
    issue_name,
    renumber_withdrawn,
    same_value,
)
from sphinxext_revguide.importer.update_matches import Matches, Scope
from sphinxext_revguide.importer.update_places import order_by_number, section_end
from sphinxext_revguide.importer.update_texts import (
    GUESS,
    append_items,
    has_lines,
    is_guess,
    items_said,
    key_of,
    list_items,
    lists_in,
    locked_items,
    own_lines,
    shown,
    unshared_lines,
    with_item,
)
from sphinxext_revguide.markup.page_blocks import (
    GUIDE,
    ISSUE,
    LOCKED,
    PAIR,
    Block,
    Page,
    every_block,
    insert_blocks,
    read_page,
    samples_of,
)
from sphinxext_revguide.text.in_words import short

_LABELS = ("before", "after")
_OF_SAMPLES = (*_LABELS, "missing", "separator")
"""Options of a pair that the editor decides; all others are the author's."""


class NoPageError(ValueError):
    """The text is not a page of a guide; the message says what was expected."""


class OtherGuideError(NoPageError):
    """The guide of the page has no issue in common with the new version."""


def update_page(old: str, new: str, base: str = "") -> tuple[str, list[str]]:
    """Merge a page that was just imported into one that exists.

    :param old: the page as its author has it.
    :param new: the page that the editor's new version imports as.
    :param base: the page that the editor's earlier version imports as; empty if it is not known. It
        shows what only one side changed, what both changed, and what the author removed.
    :returns: the merged page, and a line for each thing that has changed or differs, in order.
    :raises NoPageError: if the old page opens no guide, or several of other names.
    """
    merged, _others, report = update_pages(old, new, base)
    return merged, report


def update_pages(
    old: str,
    new: str,
    base: str = "",
    others: Mapping[str, str] | None = None,
    *,
    exported: ExportRecord | None = None,
    any_guide: bool = True,
) -> tuple[str, dict[str, str], list[str]]:
    """Merge a page into one that exists, and into the pages to which its author moved issues.

    :param others: the other pages of the book, by any name: an issue there that names the guide
        with its option ``guide`` is one of its issues.
    :param exported: what the page said when the editor's version was exported; empty if that is not
        known. ``base`` is then an export of the page as it is now.
    :param any_guide: whether to merge a guide that has no issue in common with the page.
    :returns: the merged page, those of the others that changed, and the lines of the report.
    :raises NoPageError: as :func:`update_page` does.
    :raises OtherGuideError: if no issue is in both, unless ``any_guide``.
    """
    page, other = read_page(old), read_page(new)
    elsewhere = {name: read_page(text) for name, text in (others or {}).items()}
    guide, theirs = _guides(old, page, other)
    blocks = [
        *blocks_of_guide(page, guide),
        *(block for each in elsewhere.values() for block in blocks_elsewhere(each, guide)),
    ]
    known = Base(base, other, exported, now=page if exported is not None else None)
    matches = Matches(page, other, blocks, (guide, theirs))
    if matches.issues and not (any_guide or matches.has_issue_of_both):
        msg = (
            f"none of its {len(matches.issues)} issues is in this guide, so it seems to be the "
            "page of another one; name the right page, or merge the two with --force"
        )
        raise OtherGuideError(msg)
    merge = _Merge(matches, known)
    merge.run()
    printed = {name: each.print() for name, each in elsewhere.items()}
    changed = {name: text for name, text in printed.items() if others and text != others[name]}
    return page.print(), changed, merge.report


def _guides(old: str, page: Page, other: Page) -> tuple[Block, Block]:
    """Return the guide of the page to be updated, and the guide of the new version."""
    theirs = next(block for block in every_block(other.blocks) if block.name == GUIDE)
    guides = [block for block in every_block(page.blocks) if block.name == GUIDE]
    named = [guide for guide in guides if guide.title == theirs.title]
    if not guides and re.search(rf"(?m)^\.\. {GUIDE}::", old):
        msg = "this page is written in reST; a new version can be merged into MyST pages only"
        raise NoPageError(msg)
    if not guides:
        msg = f"this page has no '{GUIDE}' into which the new version could be merged"
        raise NoPageError(msg)
    if not named and len(guides) > 1:
        names = ", ".join(repr(guide.title) for guide in guides)
        msg = f"this page has the guides {names}; name the one to update with '--guide-id ID'"
        raise NoPageError(msg)
    return (named or guides)[0], theirs


# Merging


class _Merge:
    def __init__(self, matches: Matches, base: Base) -> None:
        self.matches, self.base = matches, base
        self.report: list[str] = []

    def run(self) -> None:
        """Merge the new version into the blocks of the page."""
        self.matches.match_texts()
        self._merge(self.matches.scopes[0])
        self._withdraw()
        scopes = self.matches.scopes
        added = [block for scope in scopes for new in scope.added.values() for block in new]
        issues = [block for block in added if block.name == ISSUE]
        self.report += renumber_withdrawn([*self.matches.issues, *issues])
        for scope in scopes:
            order_by_number(self.matches, scope)
            insert_blocks(scope.old, scope.added, scope.end)

    def _merge(self, scope: Scope) -> None:
        """Merge the blocks of a scope, in the order of the new version."""
        place = -1
        for other in scope.new:
            mine = self.matches.of(other)
            if mine is None:
                if not self._is_left_out(scope, other):
                    if other.kind == "heading" or other.name == LOCKED:
                        place = section_end(self.matches, scope, place)
                    scope.added[place + 1].append(other)
                    self._say(scope, f"new: {shown(other)}")
                continue
            found = self.matches.place(scope, mine)
            place = place if found is None else found
            self._into(scope, mine, other)
            inner = self.matches.inside(other)
            if inner is not None:
                self._merge(inner)
        self._dropped_pairs(scope)

    def _say(self, scope: Scope, text: str) -> None:
        self.report.append(f"{scope.where}: {text}")

    def _is_left_out(self, scope: Scope, other: Block) -> bool:
        """Return whether the page lacks a block because its author removed it, or decided."""
        if other.name == ISSUE:
            removed = self.base.had_issue(other)
            if removed:
                text = "left out, as it was removed from the page"
                self.report.append(f"{issue_name(other)}: {text}")
            return removed
        guesses = other.kind == "comment" and other.text.startswith(GUESS)
        # Its author has seen an issue of the page, and named patterns or removed the guess.
        if guesses and any(block.body is scope.old for block in self.matches.issues):
            return True
        return self.base.has(other)

    def _into(self, scope: Scope, mine: Block, other: Block) -> None:
        """Merge a block of the new version into the matching block of the page."""
        if other.name == ISSUE:
            self._facts(mine, other, issue_name(mine))
        elif other.name == GUIDE:
            self._facts(mine, other, "the guide")
        elif other.name == LOCKED:
            self._locks(mine, other)
        elif is_wrap(other) or key_of(mine) == key_of(other) or self.base.has(other):
            return
        elif other.name == PAIR:
            self._pair(scope, mine, other)
        elif other.level == 1:
            if self.base.has(mine):
                mine.set_lines(other.text)
                self._say(scope, f"title changed to: {shown(other)}")
            else:
                self._say(scope, f"title kept; in the guide it is: {key_of(other)[1]}")
        else:
            self._text(scope, mine, other)

    def _facts(self, mine: Block, other: Block, where: str) -> None:
        # An export contains withdrawn issues, too, and does not say that they are.
        is_withdrawn = "withdrawn" in mine.options and "withdrawn" not in other.options
        if is_withdrawn and not self.base.exported:
            mine.set_option("withdrawn", None)
            self.report.append(f"{where}: is in the guide again")
        is_renamed = other.name == ISSUE and mine.title != other.title
        if is_renamed and not self.base.had_title(other):
            self.report.append(f"{where}: title is now “{other.title}” (was “{mine.title}”)")
            mine.set_title(other.title)
        for name in EDITORS_OPTIONS:
            value, now = other.options.get(name), mine.options.get(name)
            if value is None or self.base.had_fact(other, name, value):
                continue
            if name == "number" and now is None and self.base.may_have_numbered(other, value):
                continue
            if now is None or not same_value(name, now, value):
                self.report.append(f"{where}: {name} is now {value} (was {now or 'not given'})")
                mine.set_option(name, value)

    # Texts

    def _text(self, scope: Scope, mine: Block, other: Block) -> None:
        here, there = key_of(mine)[1], key_of(other)[1]
        if self.base.has(mine) or is_guess(mine, other):
            self._say(scope, f"now says: {shown(other)}")
            mine.set_lines(other.text)
        elif mine.kind == "list" and list_items(mine.text) and list_items(other.text):
            self._list(scope, mine, other)
        elif has_all(here, there):
            return
        elif has_all(there, here):
            self._say(scope, f"now says: {shown(other)}")
            mine.set_lines(other.text)
        else:
            self._keep_both(scope, mine, other, "the guide says this in other words")

    def _keep_both(self, scope: Scope, mine: Block, other: Block, why: str) -> None:
        one, two = shown(mine), shown(other)
        if one == two and mine.name == PAIR:
            one, two = (short(samples_of(block)[1]) for block in (mine, other))
        self._say(scope, f"{why}; the page has both, keep one: {one} / {two}")
        scope.added[scope.places[id(mine)] + 1].append(other)

    def _list(self, scope: Scope, mine: Block, other: Block) -> None:
        """Add the new items of a list, each below its predecessor."""
        items = list_items(mine.text)
        known = items_said(mine.text)
        place = added = 0
        for key, source in list_items(other.text):
            if key in known:
                place = max(place, known[key] + added + 1)
            elif key not in self.base.items:
                self._say(scope, f"new: {short(source)}")
                with_item(items, place, (key, source))
                place, added = place + 1, added + 1
        if added:
            mine.set_lines("\n".join(source for _key, source in items))

    # Pairs

    def _pair(self, scope: Scope, mine: Block, other: Block) -> None:
        here, there = samples_of(mine), samples_of(other)
        is_editors = self.base.has(mine)
        is_more = not is_editors and all(map(has_lines, here, there))
        if not is_editors:
            own = [own_lines(*samples) for samples in zip(here, there, strict=True)]
            if self.base.knows_texts or (any(own) and not is_more):
                self._keep_both(scope, mine, other, "the guide has other samples")
                return
            if is_more and any(own):
                self._say(scope, f"kept, and not in the guide: {short(' '.join(own))}")
        if not is_more:
            # It is not known whose lines they were, so the report keeps them.
            pairs = [] if is_editors else zip(here, there, strict=True)
            lost = " ".join(line for pair in pairs for line in unshared_lines(*pair))
            mine.set_content(other.inside)
            self._say(scope, "samples replaced" + (f"; they said: {lost}" if lost else ""))
        was, now = mine.options, other.options
        # Samples that stay, stay with the line that separates them.
        names = _OF_SAMPLES[:-1] if is_more else _OF_SAMPLES
        for name in (name for name in names if was.get(name) != now.get(name)):
            mine.set_option(name, now.get(name))
            if is_more or name in _LABELS:
                values = f"{now.get(name, 'not given')} (was {was.get(name, 'not given')})"
                self._say(scope, f"{name} is now {values}")

    def _dropped_pairs(self, scope: Scope) -> None:
        for block in scope.old:
            is_gone = block.name == PAIR and id(block) not in self.matches.found
            if is_gone and (self.base.has(block) or not self.base.knows_texts):
                self._say(scope, "a pair of samples is no longer in the guide; kept")

    # Locked lists

    def _locks(self, mine: Block, other: Block) -> None:
        """Add the new items of a locked list."""
        lists = [block for block in self.matches.mine if block.name == LOCKED]
        known = {key for block in lists for key in locked_items(block)} | self.base.items
        items = [item for block in lists_in(other) for item in list_items(block.text)]
        added = {key: text for key, text in items if key not in known}
        self.report += [f"locked: new: {key}" for key in added]
        if added:
            append_items(mine, list(added.values()))

    # Issues

    def _withdraw(self) -> None:
        """Mark the issues that are no longer in the guide."""
        gone = self.base.of_editor(self.matches.dropped)
        for issue in self.matches.issues:
            if issue in gone and "withdrawn" not in issue.options:
                issue.set_option("withdrawn", "yes")
                text = "is no longer in the guide; marked as withdrawn"
                self.report.append(f"{issue_name(issue)}: {text}")
