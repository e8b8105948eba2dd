"""The contents of all pages together: guides, issues, locks, chapters and allowances."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cached_property

from sphinxext_revguide.book.allowances import AllowedLines
from sphinxext_revguide.book.lookups import Lazy, grouped
from sphinxext_revguide.book.records import Page
from sphinxext_revguide.issue_numbers import number_key
from sphinxext_revguide.model import Allowance, Card, Finding, Guide, Issue, Lock, LockedPassage
from sphinxext_revguide.text.globs import matching


class Contents:
    """What the pages hold in one of their states; nothing else is needed."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages
        """All pages read so far, by docname."""
        self._chapters = Lazy(self._matching_chapters)
        self._allowed_lines = Lazy(self._allowed_on)

    # Allowances

    def allowance_for(self, finding: Finding) -> Allowance | None:
        """Return the allowance that covers a finding today, if any."""
        today = datetime.datetime.now(tz=datetime.UTC).date()
        return self._allowed_lines[finding.docname].covering(finding, today)

    def _allowed_on(self, docname: str) -> AllowedLines:
        return AllowedLines(self.pages[docname].allowances)

    # Guides, issues, locks

    @cached_property
    def guides(self) -> list[Guide]:
        """All guides, in the order of their pages, including guides with a repeated id."""
        return [guide for docname in sorted(self.pages) for guide in self.pages[docname].guides]

    @cached_property
    def issues(self) -> list[Issue]:
        """All issues, in the order of guide, number and place."""
        found = [issue for page in self.pages.values() for issue in page.issues]
        return sorted(
            found,
            key=lambda issue: (issue.guide, number_key(issue.number), issue.docname, issue.line),
        )

    def guide_at(self, card: Card) -> Guide | None:
        """The guide at a place, as long as its page has been read."""
        return next((guide for guide in self.guides if guide.card == card), None)

    def issues_of(self, guide: str) -> list[Issue]:
        """The issues of a guide, named by its id, in the order of number and place."""
        return self._issues_by_guide.get(guide, [])

    def issue_at(self, card: Card) -> Issue | None:
        """The issue with a card, as long as its page has been read."""
        return self._issues_by_card.get(card)

    @cached_property
    def _issues_by_card(self) -> dict[Card, Issue]:
        return {issue.card: issue for issue in self.issues}

    @cached_property
    def _issues_by_guide(self) -> dict[str, list[Issue]]:
        return grouped(self.issues, lambda issue: [issue.guide])

    @cached_property
    def locks(self) -> list[Lock]:
        """All locked items, in the order of guide and place."""
        found = [lock for page in self.pages.values() for lock in page.locks]
        return sorted(found, key=lambda lock: (lock.guide, lock.docname, lock.line))

    @cached_property
    def passages(self) -> list[LockedPassage]:
        """All locked passages by name; if a name is repeated, the first passage."""
        found: dict[str, LockedPassage] = {}
        for docname in sorted(self.pages):
            for passage in self.pages[docname].passages:
                found.setdefault(passage.name, passage)
        return sorted(found.values(), key=lambda passage: passage.name)

    @property
    def passages_named_again(self) -> list[tuple[LockedPassage, str]]:
        """The locked passages whose name is already taken, each as a problem.

        A passage of a file that several pages include is one passage.
        """
        first = {locked.name: locked for locked in self.passages}
        again = []
        for docname in sorted(self.pages):
            for locked in self.pages[docname].passages:
                known = first[locked.name]
                where = f"{known.path}:{known.line}"
                message = f"locked passage {locked.name!r} is already defined at {where}; rename it"
                if replace(locked, docname=known.docname) != known:
                    again.append((locked, message))
        return again

    # Chapters

    @cached_property
    def chapters_by_guide(self) -> dict[str, list[str]]:
        """The chapters of each guide; if an id is repeated, those of the first guide."""
        return {guide.id: self.chapters_of(guide) for guide in reversed(self.guides)}

    def chapters_named(self, guide: str) -> list[str]:
        """The chapters of all guides with an id, sorted."""
        return self._chapters_by_id.get(guide, [])

    @cached_property
    def _chapters_by_id(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for guide in self.guides:
            found.setdefault(guide.id, set()).update(self.chapters_of(guide))
        return {name: sorted(docnames) for name, docnames in found.items()}

    def chapters_of(self, guide: Guide) -> list[str]:
        """The docnames of a guide's chapters, sorted, without guide pages."""
        return self._chapters[guide.chapters] if guide.chapters else self._no_guides

    def _matching_chapters(self, globs: tuple[str, ...]) -> list[str]:
        return sorted(set(matching(globs, self._no_guides)))

    @cached_property
    def _no_guides(self) -> list[str]:
        return sorted(docname for docname, page in self.pages.items() if not page.is_guide)
