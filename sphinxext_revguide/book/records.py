"""The records that the domain stores for each page, or derives for the book."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinxext_revguide.model import (
    Allowance,
    FileLine,
    Finding,
    Guide,
    Issue,
    Lock,
    LockedPassage,
    Problem,
)
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.measure import TextSize
from sphinxext_revguide.text.quote_finder import Tracked


@record(frozen=True, slots=True)
class PatternPage:
    """Where a pattern is described."""

    id: str
    title: str
    docname: str
    anchor: str


@record(frozen=True, slots=True)
class Condition:
    """A part of a page that only some builds show, which is known when pages are written.

    ``kind`` is the directive, ``only`` or ``ifconfig``. ``line`` and ``end_line`` are 1-based and
    inclusive; an ``end_line`` of 0 means the end of the file. ``anchors`` are the anchors in it.
    ``held`` says whether the build that read the page shows the part.
    """

    kind: str
    expression: str
    path: str
    line: int
    end_line: int
    anchors: frozenset[str]
    held: bool


@dataclass(slots=True)
class Page:
    """What one page says and shows. ``is_guide`` pages are never searched for patterns.

    ``terms`` are counted when an issue first gives them a budget.
    ``readable`` holds the text of each of its files as readers read it, compressed.
    ``refers`` holds the references (domain, type, target) that may lead to a guide or an issue,
    ``sections`` the path, line and anchor of each section, ``conditions`` the parts that only some
    builds show; ``shows_book`` says whether the page has an overview of the whole book,
    ``has_parts`` whether it contains a part of a guide, or did so before a release left it out,
    ``has_text`` whether it contains more than titles.
    """

    guides: list[Guide] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    patterns: list[PatternPage] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    passages: list[LockedPassage] = field(default_factory=list)
    terms: dict[str, tuple[FileLine, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refers: tuple[tuple[str, str, str], ...] = ()
    sections: tuple[tuple[str, int, str], ...] = ()
    conditions: tuple[Condition, ...] = ()
    size: TextSize = field(default_factory=lambda: TextSize(0, 0, 0, 0))
    path: str = ""
    readable: tuple[tuple[str, bytes], ...] = ()
    shows_book: bool = False
    has_parts: bool = False
    has_text: bool = False

    @property
    def is_chapter(self) -> bool:
        """Whether it counts as a chapter: a page with only titles and a toctree does not."""
        return not self.is_guide and (self.has_text or bool(self.findings))

    @property
    def is_guide(self) -> bool:
        """Whether the page contains a guide or a part of one."""
        return bool(self.guides or self.issues or self.locks)

    @property
    def names_guides(self) -> list[str]:
        """The ids of the guides that the page or a part of it belongs to, sorted."""
        names = {guide.id for guide in self.guides}
        names.update(issue.guide for issue in self.issues)
        names.update(lock.guide for lock in self.locks)
        return sorted(names)

    @property
    def is_annotated(self) -> bool:
        """Whether the page's source holds a directive or a comment of this extension."""
        return self.is_guide or bool(
            self.allowances or self.passages or self.patterns or self.shows_book
        )


@record(frozen=True, slots=True)
class Nearest:
    """The text that is most similar to a missing phrase, and its 1-based line."""

    docname: str
    path: str
    line: int
    text: str


@record(frozen=True, slots=True)
class LockState:
    """Whether a lock is kept: ``found`` holds (docname, line) for each of its phrases.

    ``nearest`` holds the most similar text for each missing phrase.
    """

    lock: Lock
    state: str
    found: tuple[tuple[tuple[str, int], ...], ...] = ()
    nearest: tuple[Nearest | None, ...] = ()

    @property
    def missing(self) -> tuple[tuple[str, Nearest | None], ...]:
        """The missing phrases, each with the most similar text."""
        phrases = zip(self.lock.phrases, self.found, self.nearest, strict=True)
        return tuple((phrase, nearest) for phrase, places, nearest in phrases if not places)


@record(frozen=True, slots=True)
class PairState:
    """The state of a pair of samples, and where how much of each was found.

    ``state`` is standing, partly, applied, gone (removed), not-found (there is no record that it
    ever was in the book) or unknown (it cannot be checked).
    """

    state: str
    before: Tracked
    after: Tracked

    @property
    def is_present(self) -> bool:
        """Whether the BEFORE, or a part of it, is still in the book."""
        return self.state in ("standing", "partly")


UNKNOWN_PAIR = PairState("unknown", Tracked(), Tracked())
"""The state of a pair that cannot be checked."""

TrackedGuide = tuple[dict[str, str], dict[str, PairState]]
"""A digest of the text of each chapter of a guide, in order, and the state of each pair."""

Tracking = dict[str, TrackedGuide]
"""The tracked samples of each guide, by the guide's id."""


@record(frozen=True, slots=True)
class Flagged:
    """A requested finding: the issues that name its pattern, and the allowance that covers it."""

    finding: Finding
    issues: tuple[Issue, ...]
    allowed: Allowance | None = None
