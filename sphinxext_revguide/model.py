"""The types of the package: guides, issues, samples, locks and findings.

Plain frozen dataclasses that know nothing of Sphinx or docutils: the types that the other packages
exchange.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import TypeAlias

from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.quick_records import record


class Impact(StrEnum):
    """How much an issue matters, most important first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM_HIGH = "medium-high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    """What happened to an issue."""

    OPEN = "open"
    CHANGE_REQUESTED = "change-requested"
    ACCEPTED = "accepted"
    APPLIED = "applied"
    DEFERRED = "deferred"
    REJECTED = "rejected"

    @property
    def flags(self) -> bool:
        """Whether an issue of this status still has its patterns flagged."""
        return self not in (Status.DEFERRED, Status.REJECTED)

    @property
    def settled(self) -> bool:
        """Whether no work is left on an issue of this status."""
        return self in (Status.APPLIED, Status.DEFERRED, Status.REJECTED)


Card = tuple[str, str]
"""Docname and anchor of a guide or of an issue's card, which are unique even if ids are not."""


class Verdict(StrEnum):
    """What a reviewer decides on an issue, mildest first."""

    ACCEPT = "accept"
    CHANGE = "change"
    REJECT = "reject"


@record(frozen=True, slots=True)
class Review:
    """One reviewer's verdict on an issue; ``date`` is ISO 8601 or empty."""

    reviewer: str
    verdict: Verdict
    date: str = ""


class Limit(StrEnum):
    """The two limits of a pattern, by the word that authors and reports use.

    The sensitive limit applies where an issue names the pattern, the strict one everywhere else.
    """

    SENSITIVE = "sensitive"
    STRICT = "strict"


class Layout(StrEnum):
    """How HTML pages show a pair of samples."""

    TABS = "tabs"
    SIDE_BY_SIDE = "side-by-side"
    STACKED = "stacked"


class Mode(StrEnum):
    """What a build is for."""

    REVIEW = "review"
    RELEASE = "release"


class SampleFormat(StrEnum):
    """How the text of a sample is read."""

    MARKDOWN = "markdown"
    RST = "rst"
    TEXT = "text"


INSTRUCTION = "Instruction"
"""The label of a sample that says what to do, or the beginning of its label."""


def is_called_instruction(label: str) -> bool:
    """Return whether the label of a sample says that it is an instruction."""
    return label == INSTRUCTION or label.startswith(f"{INSTRUCTION}: ")


@record(frozen=True, slots=True)
class Sample:
    """A text quoted by an editor; ``line`` is the 1-based line of its first line.

    ``instruction`` is true if it says what to do ("delete this") instead of quoting a text.
    """

    text: str
    label: str = ""
    line: int = 0
    instruction: bool = False


@record(frozen=True, slots=True)
class Pair:
    """A BEFORE sample and its AFTER; either may be missing.

    ``missing`` says why there is no AFTER, if the author or the importer knows. ``path`` is the
    file, relative to the source directory: a page may include other files.
    """

    before: Sample | None
    after: Sample | None
    line: int = 0
    missing: str = ""
    path: str = ""

    @property
    def texts(self) -> tuple[str, str] | None:
        """Both texts, to compare them; None if one is missing or an instruction."""
        before, after = self.before, self.after
        if before is None or after is None or before.instruction or after.instruction:
            return None
        return before.text, after.text


@record(frozen=True, slots=True)
class Issue:
    """One ranked issue of a guide. ``line`` is 1-based; efforts are hours.

    ``number`` is a whole number, or a label such as ``1A`` or ``2.3`` if the editor uses labels.
    ``sensitivity`` is the limit that findings of its patterns have to reach. ``budget`` says how
    often a term may occur in each of the guide's chapters, ``note`` what reviewers said.
    ``digest`` changes with the content of the issue. ``withdrawn`` is ``yes``, or the reason, if
    the editor no longer asks for it.
    """

    guide: str
    number: int | str
    title: str
    docname: str = ""
    line: int = 0
    impact: Impact | None = None
    frequency: str = ""
    reduction: Reduction | None = None
    effort: Span | None = None
    status: Status = Status.OPEN
    patterns: tuple[str, ...] = ()
    sensitivity: Limit = Limit.SENSITIVE
    pairs: tuple[Pair, ...] = ()
    anchor: str = ""
    budget: tuple[tuple[str, int], ...] = ()
    note: str = ""
    digest: str = ""
    path: str = ""
    reviews: tuple[Review, ...] = ()
    withdrawn: str = ""

    @property
    def id(self) -> str:
        """The name by which the book refers to this issue, such as ``chapter-12-1``."""
        return f"{self.guide}-{self.number}" if self.guide else str(self.number)

    @property
    def card(self) -> Card:
        """Where its card is, which distinguishes it from other issues with the same id."""
        return self.docname, self.anchor

    @property
    def address(self) -> str:
        """Its card as one text."""
        return f"{self.docname}#{self.anchor}"


@record(frozen=True, slots=True)
class Lock:
    """Something that must stay; a build searches the chapters for its ``phrases``.

    ``where`` narrows the search to some pages: docnames or globs.
    """

    text: str
    phrases: tuple[str, ...] = ()
    guide: str = ""
    docname: str = ""
    line: int = 0
    where: tuple[str, ...] = ()
    path: str = ""


@record(frozen=True, slots=True)
class LockedPassage:
    """A passage that must not change: 1-based lines of its directive, and its words."""

    name: str
    docname: str
    path: str
    line: int
    end_line: int
    text: str


@record(frozen=True, slots=True)
class Guide:
    """An editor's guide to one or more chapters.

    ``chapters`` are docnames or globs as the author wrote them, already joined to the page's
    folder; empty means every page that is not a guide page.
    """

    id: str
    title: str = ""
    docname: str = ""
    line: int = 0
    chapters: tuple[str, ...] = ()
    chapters_line: int = 0
    baseline: Size | None = None
    reduction: Reduction | None = None
    effort: Span | None = None
    anchor: str = ""
    path: str = ""

    @property
    def card(self) -> Card:
        """Where it is, which distinguishes it from other guides with the same id."""
        return self.docname, self.anchor


STILL_PRESENT = "standing"
"""The pattern of a BEFORE that is still in its chapter."""
STILL_PRESENT_TITLE = "Old text still in the book"
"""What warnings and reports call such a BEFORE; pages translate it (``render/findings.py``)."""

OVERUSE = "term-overuse"
"""The pattern of terms that are used more often than an issue or a pattern file allows."""

_SECTIONS = {STILL_PRESENT: ", issue {}", OVERUSE: ", of “{}”"}
"""How a message names the section of a finding, for patterns whose section is not a title."""


@record(frozen=True, slots=True)
class Finding:
    """A place where a pattern was found. ``line`` and ``end_line`` are 1-based and inclusive.

    ``path`` is relative to the source directory. ``content`` is a hash of the words that show the
    pattern, wherever they are. ``section`` contains the titles above them; for a sample it is the
    issue, for a budget the term. ``fingerprint`` is derived from ``content`` and is unique.
    ``evidence`` counts for the finding; ``against`` counts against it, but not enough; ``excuses``
    would count against it if they were there. ``score`` is the sum: if it reaches ``threshold``,
    this is a finding where an issue names the pattern, and if it reaches ``strict``, anywhere.

    A finding from a baseline or a report contains only what these keep; a line of 0 is unknown.
    """

    pattern: str
    docname: str
    path: str = ""
    line: int = 0
    end_line: int = 0
    message: str = ""
    evidence: tuple[str, ...] = ()
    fingerprint: str = ""
    content: str = ""
    section: str = ""
    against: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()
    score: float = 0.0
    threshold: float = 0.0
    strict: float = 0.0

    @property
    def limit(self) -> Limit:
        """The stricter of the limits that its score reaches."""
        return Limit.STRICT if self.score >= self.strict else Limit.SENSITIVE

    @property
    def in_words(self) -> str:
        """The pattern and its place, without the line."""
        about = _SECTIONS.get(self.pattern, ", under “{}”").format(self.section)
        return f"{self.pattern} in {self.docname}{about if self.section else ''}"

    @property
    def heading(self) -> str:
        """The title above it, if it is known."""
        return "" if self.pattern in _SECTIONS else self.section


FileLine: TypeAlias = tuple[str, int]
"""A file and a 1-based line of it: a page may include other files."""
FileLines: TypeAlias = tuple[str, int, int]
"""A file, and the first and last of some of its lines, 1-based and inclusive."""


@record(frozen=True, slots=True)
class Allowance:
    """Lines of a page in which patterns may stay, with the reason and the last day.

    ``included`` are lines of other files that these lines include. Without a reason, or after the
    last day, it has no effect.
    """

    patterns: tuple[str, ...]
    reason: str
    until: datetime.date | None
    path: str
    line: int
    end_line: int
    included: tuple[FileLines, ...] = ()

    @property
    def lines(self) -> tuple[FileLines, ...]:
        """All lines in which the patterns may stay."""
        return ((self.path, self.line, self.end_line), *self.included)


@record(frozen=True, slots=True)
class Problem:
    """Something an author or an editor wrote that needs their attention, and the remedy.

    ``end_line`` is the last line that it concerns, or 0 if that is the first one.
    """

    line: int
    message: str
    subtype: str = ""
    path: str = ""
    end_line: int = 0
