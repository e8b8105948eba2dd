"""Computes a digest of what each page shows of other pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.book.derived.objects import Target
from sphinxext_revguide.book.lookups import Lazy
from sphinxext_revguide.book.view import Book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.model import Card, Guide, Issue

_DOMAIN = "revguide"
_DIGITS = 16
"""How many hexadecimal digits of a hash are kept: 64 bits, as there may be a million of them."""
_KINDS = ("guide", "issue", "pattern")


class ShownContent:
    """The digests of one state of a book.

    :param titles: the title of each page: any object whose string changes with the title.
    """

    def __init__(self, book: Book, titles: Mapping[str, object]) -> None:
        self._book = book
        self._titles = titles
        self._of_issues: Lazy[Card, str] = Lazy(lambda card: _digest(book.issue_at(card)))
        self._of_guides = Lazy[str, str](lambda guide: _digest(list(self._facts_of(guide))))

    def on(self, docname: str) -> str:
        """Return a digest of everything that a page shows of other pages."""
        page = self._book.pages[docname]
        targets = [self._targets(*reference) for reference in page.refers]
        guides = self._guides if page.shows_book else page.names_guides
        # What no guide requests is in the overview of the book alone.
        flagged = self._all_flagged if page.shows_book else ""
        history = self._book.history[0] if page.shows_book else []
        shown = [flagged, history, *(self._of_guides[guide] for guide in guides)]
        return _digest((shown, self._marks.get(docname, []), targets))

    def is_left_dangling(self, docname: str) -> bool:
        """Return whether a page refers to a guide, an issue or a pattern that does not exist."""
        refers = self._book.pages[docname].refers
        own = [reference for reference in refers if reference[0] == _DOMAIN]
        return any(None in self._targets(*reference) for reference in own)

    def _targets(self, domain: str, kind: str, target: str) -> list[Target | None]:
        """Return the possible targets of a reference."""
        if domain == _DOMAIN:
            return [self._book.object_named(kind, target)]
        objects = self._book.objects
        return [objects[kind, target] for kind in _KINDS if (kind, target) in objects]

    @cached_property
    def _guides(self) -> list[str]:
        """The ids of all guides that a page opens or names, and the empty id."""
        named = (name for page in self._book.pages.values() for name in page.names_guides)
        return sorted({"", *named})

    @cached_property
    def _all_flagged(self) -> str:
        return _digest((list(map(self._brief, self._book.flagged)), self._book.reading_order))

    def _brief(self, flagged: Flagged) -> tuple[object, ...]:
        """Return a finding with digests of its issues, which many findings may share."""
        issues = [self._of_issues[issue.card] for issue in flagged.issues]
        return flagged.finding, issues, flagged.allowed

    def _facts_of(self, guide: str) -> Iterator[object]:
        """Yield everything that cards, locks and measures of a guide show of the book."""
        book = self._book
        issues = book.issues_of(guide)
        guides = [shown_guide for shown_guide in book.guides if shown_guide.id == guide]
        linked: list[Guide | Issue] = [*guides, *issues]
        yield from ((owner, self._shown(owner)) for owner in linked)
        yield from map(self._brief, book.flagged_for_guide(guide))
        yield from (
            book.pair_state(issue.docname, pair) for issue in issues for pair in issue.pairs
        )
        yield from (state for state in book.lock_states if state.lock.guide == guide)
        yield from (promised for promised in book.promises if promised.guide == guide)
        chapters = book.chapters_named(guide) if guide else sorted(book.pages)
        yield from map(self._of_chapters.get, chapters)

    def _shown(self, linked: Guide | Issue) -> Target:
        return self._book.shown_card(linked.title, linked.card)

    @cached_property
    def _of_chapters(self) -> dict[str, str]:
        return {
            name: _digest((name, page.path, page.sections, str(self._titles.get(name, ""))))
            for name, page in self._book.pages.items()
        }

    @cached_property
    def _marks(self) -> dict[str, list[Any]]:
        """The marks of each page, with the issues that they lead to."""
        marks: dict[str, list[Any]] = {}
        # Findings may share many issues, whose data would be repeated for each finding.
        linked: dict[Card, str] = {}
        for flagged in self._book.flagged:
            for issue in flagged.issues:
                if issue.card not in linked:
                    linked[issue.card] = self._linked(issue)
            issues = [linked[issue.card] for issue in flagged.issues]
            marks.setdefault(flagged.finding.docname, []).append((flagged.finding, issues))
        return marks

    def _linked(self, issue: Issue) -> str:
        guide = self._book.object_named("guide", issue.guide)
        return _digest((issue.number, issue.guide, self._shown(issue), guide))


def _digest(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
