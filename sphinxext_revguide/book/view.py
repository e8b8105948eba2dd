"""The whole book: values derived from the records of its pages.

A :class:`Book` is a view of one state of the store. Everything is computed when it is first
needed, by the functions in ``book/derived``, and kept until a page changes: then the domain makes
another view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from zlib import decompress

from sphinxext_revguide.book.contents import Contents
from sphinxext_revguide.book.derived.baseline_state import (
    Baseline,
    BaselineState,
    baseline_state,
    read_baseline,
)
from sphinxext_revguide.book.derived.budgets import overused
from sphinxext_revguide.book.derived.flagging import (
    Requested,
    flagged,
    once_a_term,
    requested_patterns,
    with_unique_fingerprints,
)
from sphinxext_revguide.book.derived.locked_passages import (
    LOCK_FILE,
    PassageState,
    Recorded,
    passage_states,
    read_lock_file,
)
from sphinxext_revguide.book.derived.locks import PhraseSearch
from sphinxext_revguide.book.derived.objects import Objects, Target, objects, pattern_target
from sphinxext_revguide.book.derived.promises import Promises, promises
from sphinxext_revguide.book.derived.sample_states import (
    PairKey,
    pair_states,
    progress,
    still_present,
)
from sphinxext_revguide.book.derived.verdicts import VerdictState, read_verdicts, verdict_state
from sphinxext_revguide.book.history_file import HISTORY_FILE, CommitNumbers, read_history
from sphinxext_revguide.book.host import Host
from sphinxext_revguide.book.lookups import Lazy, grouped
from sphinxext_revguide.book.records import (
    UNKNOWN_PAIR,
    Flagged,
    LockState,
    PairState,
)
from sphinxext_revguide.book.shown_parts import ShownParts
from sphinxext_revguide.book.store import Store
from sphinxext_revguide.files import path_inside
from sphinxext_revguide.model import (
    OVERUSE,
    Card,
    FileLines,
    Finding,
    Guide,
    Issue,
    Lock,
    Pair,
    Problem,
)
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.text.globs import matching
from sphinxext_revguide.text.word_index import Source


class Book(Contents):
    """All pages of a book, and the values derived from them."""

    def __init__(self, store: Store, host: Host) -> None:
        super().__init__(store.pages)
        self._store = store
        self.host = host
        self.relative = store.relative
        """Returns a path as reports name it: relative to the source directory."""
        self.sources = Lazy(self._sources)
        """The text that readers see of each page, by file: its own and those that it includes."""

    @cached_property
    def library(self) -> Library:
        """The shipped patterns and those of ``revguide_patterns``."""
        return self.host.library()

    @property
    def library_digest(self) -> str:
        """A hash of the files that :attr:`library` comes from."""
        return self._store.library_digest

    def _sources(self, docname: str) -> tuple[Source, ...]:
        """Return the text that readers see of each file, except files of which they see none."""
        page = self.pages.get(docname)
        readable = page.readable if page else ()
        kept = self._store.sources.get(docname)
        if page is None or kept is None or kept[0] is not page or kept[1] is not readable:
            names = {self.relative(path): "" for path in self.host.files(docname) if path.is_file()}
            texts = {path: _unpacked(text) for path, text in readable}
            found = tuple(Source(path, text) for path, text in (names | texts).items())
            kept = self._store.sources[docname] = page, readable, found
        return kept[2]

    # What must stay, and what was promised

    @cached_property
    def lock_states(self) -> list[LockState]:
        """The state of every lock: where its phrases were found."""
        search = PhraseSearch(self.sources)
        return [search.state(lock, self._pages_for(lock)) for lock in self.locks]

    def _pages_for(self, lock: Lock) -> list[str]:
        if lock.where:
            return sorted(matching(lock.where, self.pages))
        return self.chapters_named(lock.guide)

    def lock_state(self, docname: str, path: str, line: int, text: str) -> LockState | None:
        """The state of one lock, named by its place and text."""
        return self._lock_states_by_place.get((docname, path, line, text))

    @cached_property
    def _lock_states_by_place(self) -> dict[tuple[str, str, int, str], LockState]:
        states = ((state.lock, state) for state in self.lock_states)
        return {(lock.docname, lock.path, lock.line, lock.text): state for lock, state in states}

    @cached_property
    def lock_record(self) -> tuple[dict[str, Recorded], Problem | None]:
        """The passages that the lock file records, and the mistakes in it."""
        return read_lock_file(self.host.srcdir / LOCK_FILE)

    @cached_property
    def passage_states(self) -> list[PassageState]:
        """The state of every passage that is locked or recorded."""
        recorded = self.lock_record[0]
        homes = {record.docname for record in recorded.values()}
        # A guide may quote a passage that is locked in a chapter.
        names = [name for name, page in self.pages.items() if not page.is_guide or name in homes]
        paths = {name: self.pages[name].path for name in names}
        return passage_states(self.passages, recorded, self.sources, paths)

    @cached_property
    def promises(self) -> list[Promises]:
        """What each guide promised, compared with what the book measures."""
        return [
            promises(
                guide,
                self.issues_of(guide.id),
                [self.pages[docname].size for docname in self.chapters_of(guide)],
            )
            for guide in self.guides
        ]

    def promised_by(self, guide: Guide) -> Promises:
        """What a guide promised; another guide with the same id may promise something else."""
        return self._promises_by_guide[guide.card]

    @cached_property
    def _promises_by_guide(self) -> dict[Card, Promises]:
        guides = (guide.card for guide in self.guides)
        return dict(zip(guides, self.promises, strict=True))

    # Samples

    def pair_state(self, docname: str, pair: Pair) -> PairState:
        """The state of a pair of samples of a page."""
        return self.pair_state_at(docname, pair.path, pair.line)

    def pair_state_at(self, docname: str, path: str, line: int) -> PairState:
        """The state of the pair of samples that a page has at a line of a file."""
        return self._pair_states.get((docname, path, line), UNKNOWN_PAIR)

    @cached_property
    def _pair_states(self) -> dict[PairKey, PairState]:
        """The states of all pairs; the results are stored for later builds."""
        states, self._store.tracked = pair_states(
            self.issues,
            self.chapters_by_guide,
            self.sources,
            self._store.tracked,
            {finding.fingerprint for finding in self.baseline.known},
        )
        return states

    def progress(self, issue: Issue) -> str:
        """The combined state of all samples of an issue."""
        return progress(self.pair_state(issue.docname, pair) for pair in issue.pairs)

    # Findings

    @cached_property
    def own_findings(self) -> dict[str, list[Finding]]:
        """The findings of each page, by docname."""
        return with_unique_fingerprints(
            {docname: page.findings for docname, page in self.pages.items()}
        )

    @cached_property
    def requested(self) -> list[Flagged]:
        """All findings that an issue or ``revguide_flag`` requests, including allowed ones.

        They are sorted by path and line.
        """
        return flagged(self._requested(), self.allowance_for)

    def _requested(self) -> Iterator[Requested]:
        found = requested_patterns(
            self.own_findings, self.issues, self.chapters_by_guide, self.host.flag
        )
        yield from once_a_term(self._over_budget(), found)
        passages = {docname: page.passages for docname, page in self.pages.items()}
        yield from still_present(self.issues, self._pair_states, passages)

    def _over_budget(self) -> Iterator[Requested]:
        limited = [
            (issue, docname)
            for guide in self.guides
            for issue in self.issues_of(guide.id)
            if issue.budget and issue.status.flags
            for docname in self.chapters_of(guide)
        ]
        self._count_terms(limited)
        for issue, docname in limited:
            page = self.pages[docname]
            titles = self.library.patterns[OVERUSE].title, self.host.title(docname)
            for finding in overused(issue, docname, titles, page.terms):
                yield finding, (issue,)

    def _count_terms(self, limited: Iterable[tuple[Issue, str]]) -> None:
        """Count the terms of budgets on pages where they have not been counted yet."""
        wanted: dict[str, dict[str, None]] = {}
        for issue, docname in limited:
            known = self.pages[docname].terms
            new = (term for term, _allowed in issue.budget if term not in known)
            wanted.setdefault(docname, {}).update(dict.fromkeys(new))
        for docname, terms in wanted.items():
            if terms:
                self.pages[docname].terms.update(self.host.term_places(docname, terms))

    @cached_property
    def flagged(self) -> list[Flagged]:
        """All requested findings that are neither allowed nor dismissed, by path and line."""
        dismissed = self.verdict_state.is_dismissed
        return [one for one in self.requested if not (one.allowed or dismissed(one.finding))]

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, whether or not they are requested."""
        own = [finding for found in self.own_findings.values() for finding in found]
        requested = [flagged_finding.finding for flagged_finding in self.requested]
        return list({finding.fingerprint: finding for finding in [*own, *requested]}.values())

    def flagged_on(self, docname: str) -> list[Flagged]:
        """All flagged findings of a page, by path and line."""
        return self._flagged_by_page.get(docname, [])

    @cached_property
    def _flagged_by_page(self) -> dict[str, list[Flagged]]:
        return grouped(self.flagged, lambda flagged: [flagged.finding.docname])

    def flagged_for_guide(self, guide: str) -> list[Flagged]:
        """All findings that an issue of a guide, named by its id, requests, by path and line."""
        return self._flagged_by_guide.get(guide, [])

    @cached_property
    def _flagged_by_guide(self) -> dict[str, list[Flagged]]:
        return grouped(self.flagged, lambda flagged: [issue.guide for issue in flagged.issues])

    def flagged_for(self, issue: Issue) -> list[Flagged]:
        """All findings that an issue requests; another issue with its id may request others."""
        return self._flagged_by_issue.get(issue.card, [])

    @cached_property
    def _flagged_by_issue(self) -> dict[Card, list[Flagged]]:
        return grouped(self.flagged, lambda flagged: [issue.card for issue in flagged.issues])

    # The baseline

    @cached_property
    def baseline_path(self) -> Path | None:
        """Where the baseline is, or would be; None if the book has none."""
        return path_inside(self.host.srcdir, self.host.baseline)

    @cached_property
    def baseline(self) -> Baseline:
        """The recorded known findings."""
        return read_baseline(self.baseline_path)

    @cached_property
    def baseline_state(self) -> BaselineState:
        """The findings of the book compared with its baseline."""
        # Without a baseline the findings need not be known.
        findings = self.findings if self.baseline.known else ()
        return baseline_state(self.baseline, findings, self.pages, self.was_looked_for)

    # The history

    @cached_property
    def history(self) -> tuple[list[CommitNumbers], Problem | None]:
        """The numbers of earlier commits, oldest first, and the mistake in their file, if any."""
        commits, problem = read_history(self.host.srcdir / HISTORY_FILE)
        return commits, problem and replace(problem, path=HISTORY_FILE)

    # The verdicts

    @property
    def verdict_path(self) -> Path | None:
        """Where the verdicts are, or would be; None if the book has none."""
        return path_inside(self.host.srcdir, self.host.verdicts)

    @cached_property
    def verdict_state(self) -> VerdictState:
        """The verdicts on the findings of the book."""
        file = read_verdicts(self.verdict_path)
        findings = self.findings if file.verdicts else ()
        return verdict_state(file, findings, self.pages, self.was_looked_for)

    def was_looked_for(self, finding: Finding) -> bool:
        """Return whether the book was searched for a finding.

        It was not if a mistake left out the pattern, or if another build shows more of the page.
        """
        known = not self.library.is_left_out(finding.pattern)
        return known and self._shown.is_whole(finding.docname)

    # Objects

    @cached_property
    def objects(self) -> Objects:
        """The targets of references."""
        patterns = [
            pattern_page
            for docname in sorted(self.pages)
            for pattern_page in self.pages[docname].patterns
        ]
        return objects(self.guides, patterns, self.issues, self.shows_anchor)

    def object_named(self, kind: str, name: str) -> Target | None:
        """Return title, page and anchor of an object, or None if there is none.

        A pattern that no page describes leads to the first issue that names it. Page and anchor
        are empty if no issue does, or if this build does not show the object.
        """
        found = self.objects.get((kind, name))
        if found is not None or kind != "pattern" or name not in self.library.patterns:
            return found
        return pattern_target(
            name, self.library.patterns[name].title, self.issues, self.shows_anchor
        )

    def shown_card(self, title: str, card: Card) -> Target:
        """Return a reference to a guide or an issue; page and anchor are empty if none shows it."""
        return (title, *card) if self.shows_anchor(*card) else (title, "", "")

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """The docnames of the pages that readers can reach, in the order of the contents."""
        return tuple(self.host.reading_order())

    # What this build shows

    def shows_anchor(self, docname: str, anchor: str) -> bool:
        """Return whether the page of an anchor shows it."""
        return self._shown.anchor(docname, anchor)

    def shows_line(self, docname: str, path: str, line: int) -> bool:
        """Return whether a page shows the content at a line of one of its files."""
        return self._shown.line(docname, path, line)

    def hides(self, docname: str, lines: FileLines) -> bool:
        """Return whether a page hides any of some lines of one of its files."""
        return self._shown.hides(docname, lines)

    def section_at(self, docname: str, path: str, line: int) -> str:
        """Return the anchor of the shown section that contains a line, or an empty string.

        :param path: the file with the line, relative to the source directory.
        """
        return self._shown.section_at(docname, path, line)

    @cached_property
    def _shown(self) -> ShownParts:
        return ShownParts(self.pages, self.host.holds)


def _unpacked(text: bytes) -> str:
    return decompress(text).decode("utf-8", "surrogatepass")
