"""What a guide, an issue, a sample, a lock and a finding are.

Plain frozen dataclasses that know nothing of Sphinx or docutils. The types that the other
packages exchange are defined here, and so is how an author spells each value.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

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
"""Docname and anchor of a guide or of the card of an issue. Two may have one id, but not one place.
"""


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

    The sensitive one holds where an issue names the pattern, the strict one everywhere else.
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


def _number(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of a quantity, as a guide estimates it: ``low`` equals ``high`` for a single value.

    The unit is that of the field that contains it: percent for a reduction, hours for an effort.
    """

    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return _number(self.low)
        return f"{_number(self.low)}-{_number(self.high)}"


_AMOUNT = r"\d{{1,9}}(?:\.\d{{1,9}})?"
"""Longer numbers are none that a guide estimates; they could be larger than any float."""
_RANGE = (
    r"(?:~|≈|about\s+|approx\.?\s+|around\s+|up\s+to\s+)?\s*"
    rf"({_AMOUNT})(?:\s*{{unit}})?(?:\s*(?:-|–|—|to)\s*({_AMOUNT}))?"
)
_PERCENT = re.compile(_RANGE.format(unit="%") + r"\s*%", re.IGNORECASE)
_HOUR = r"(?:h|hr|hrs|hour|hours)"
_MINUTE = r"(?:m|min|mins|minute|minutes)"
_HOURS = re.compile(_RANGE.format(unit=_HOUR) + rf"\s*{_HOUR}", re.IGNORECASE)
_MINUTES = re.compile(_RANGE.format(unit=_MINUTE) + rf"\s*{_MINUTE}", re.IGNORECASE)


def _span(match: re.Match[str], scale: float = 1.0) -> Span:
    low = float(match[1])
    high = float(match[2]) if match[2] else low
    if high < low:
        msg = f"the range {match[0].strip()!r} is reversed; write the smaller number first"
        raise ValueError(msg)
    return Span(low * scale, high * scale)


def parse_percent(text: str) -> Span:
    """Read a reduction in percent: ``45-50%``, ``~30%`` or ``30%``.

    :raises ValueError: if ``text`` is anything else; the message names the remedy.
    """
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        msg = f"{text.strip()!r} is not a percentage; write 30%, ~30% or 45-50%"
        raise ValueError(msg)
    return _span(match)


def parse_hours(text: str) -> Span:
    """Read an effort and return it in hours: ``6-8 h``, ``1.5 hours`` or ``45 min``.

    :raises ValueError: if ``text`` is anything else; the message names the remedy.
    """
    stripped = text.strip()
    if match := _HOURS.fullmatch(stripped):
        return _span(match)
    if match := _MINUTES.fullmatch(stripped):
        return _span(match, 1 / 60)
    msg = f"{stripped!r} is not a number of hours; write 6-8 h, 1.5 hours or 45 min"
    raise ValueError(msg)


@record(frozen=True, slots=True)
class Size:
    """The size of a chapter; ``None`` if a guide does not give that measure."""

    bytes: int | None = None
    lines: int | None = None
    content_lines: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.bytes is not None:
            parts.append(f"{_number(round(self.bytes / 1000, 1))} KB")
        if self.lines is not None:
            parts.append(f"{self.lines} lines")
        if self.content_lines is not None:
            parts.append(f"{self.content_lines} content lines")
        return ", ".join(parts)


_SIZE_PART = re.compile(
    r"(?:~\s*)?(\d[\d,]{0,17}(?:\.\d{1,9})?)\s*"
    r"(kb|kib|mb|bytes?|b|content[ -]lines?|lines? of content|lines?)",
    re.IGNORECASE,
)
_BYTES_PER_UNIT = {"kb": 1000, "kib": 1024, "mb": 1_000_000, "b": 1, "byte": 1, "bytes": 1}


def parse_size(text: str) -> Size:
    """Read a chapter's size: ``57 KB, 1419 lines, 999 content lines``, in any order.

    One KB is taken as 1,000 bytes and one KiB as 1,024.

    :raises ValueError: if a part is not understood; the message names the remedy.
    """
    measures: dict[str, int] = {}
    for part in re.split(r",(?!\d{3})|[|;]", text):
        if not part.strip():
            continue
        match = _SIZE_PART.fullmatch(part.strip())
        if match is None:
            msg = (
                f"{part.strip()!r} is not a size; write it like "
                "'57 KB, 1419 lines, 999 content lines'"
            )
            raise ValueError(msg)
        amount, unit = float(match[1].replace(",", "")), match[2].lower()
        if unit in _BYTES_PER_UNIT:
            measures["bytes"] = round(amount * _BYTES_PER_UNIT[unit])
        elif "content" in unit:
            measures["content_lines"] = round(amount)
        else:
            measures["lines"] = round(amount)
    return Size(**measures)


INSTRUCTION = "Instruction"
"""The label of a sample that says what to do, or the beginning of its label."""


def is_called_instruction(label: str) -> bool:
    """Return whether the label of a sample says that it is an instruction."""
    return label == INSTRUCTION or label.startswith(f"{INSTRUCTION}: ")


@record(frozen=True, slots=True)
class Sample:
    """A text quoted by an editor: ``line`` is the 1-based line on which its first line stands.

    ``instruction`` tells one that says what to do ("delete this") in place of a text.
    """

    text: str
    label: str = ""
    line: int = 0
    instruction: bool = False


@record(frozen=True, slots=True)
class Pair:
    """A BEFORE sample and its AFTER; either may be missing.

    ``missing`` says why the AFTER is not there, where the author or the importer knows; ``path``
    is that of the file, relative to the source directory: a page may include others.
    """

    before: Sample | None
    after: Sample | None
    line: int = 0
    missing: str = ""
    path: str = ""


@record(frozen=True, slots=True)
class Issue:
    """One ranked issue of a guide. ``line`` is 1-based; efforts are hours, reductions percent.

    ``number`` is a whole number, or a label such as ``1A`` or ``2.3`` where the editor counts so.
    ``sensitivity`` is the limit that findings of its patterns have to reach. ``budget`` says how
    often a term may occur in each of the guide's chapters, ``note`` what reviewers said;
    ``digest`` changes when the issue says something else. ``withdrawn`` is ``yes``, or the reason,
    if the editor no longer asks for it.
    """

    guide: str
    number: int | str
    title: str
    docname: str = ""
    line: int = 0
    impact: Impact | None = None
    frequency: str = ""
    reduction: Span | None = None
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
        """Where its card is, which tells it from another issue of the same id."""
        return self.docname, self.anchor

    @property
    def address(self) -> str:
        """Its card in one text, for those that do not share memory."""
        return f"{self.docname}#{self.anchor}"


@record(frozen=True, slots=True)
class Lock:
    """Something that must stay: ``phrases`` are what a build can look for.

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
    reduction: Span | None = None
    effort: Span | None = None
    anchor: str = ""
    path: str = ""

    @property
    def card(self) -> Card:
        """Where it is, which tells it from another guide of the same id."""
        return self.docname, self.anchor


_SECTIONS = {"standing": ", issue {}", "term-overuse": ", of “{}”"}
"""What the section of a finding is, by pattern, where it is no title."""


@record(frozen=True, slots=True)
class Finding:
    """A place where a pattern shows. ``line`` and ``end_line`` are 1-based and inclusive.

    ``path`` is relative to the source directory. ``content`` stands for the words that show the
    pattern, wherever they are, and ``section`` has the titles over them, of a sample its issue, of
    a budget its term; ``fingerprint`` is made of ``content`` and is of no other finding.
    ``evidence`` is what speaks for it and ``against`` what speaks against it and was not enough;
    ``excuses`` are what would speak against it, were it there. ``score`` is what all of it weighs:
    from ``threshold`` on it is a finding where an issue names the pattern, from ``strict`` on it is
    one anywhere.

    One that comes from a baseline or a report has only what these keep; a line of 0 is not known.
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
        """What it is and where, without a line."""
        about = _SECTIONS.get(self.pattern, ", under “{}”").format(self.section)
        return f"{self.pattern} in {self.docname}{about if self.section else ''}"

    @property
    def heading(self) -> str:
        """The title over it, if it is known."""
        return "" if self.pattern in _SECTIONS else self.section


@record(frozen=True, slots=True)
class Allowance:
    """Lines of a page in which patterns may stay, why, and up to which day.

    Without a reason, or after that day, it allows nothing.
    """

    patterns: tuple[str, ...]
    reason: str
    until: datetime.date | None
    path: str
    line: int
    end_line: int


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
