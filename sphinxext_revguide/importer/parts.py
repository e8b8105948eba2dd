"""The parts of an imported guide: its issues and locks, and all text around them.

A guide becomes a sequence of parts in the order of its lines, and every line is in one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sphinxext_revguide.model import Guide, Issue, Lock, Pair, Problem


class NotAGuideError(ValueError):
    """The text is not a revision guide; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the editor, which readers must not see. ``line`` is its first line."""

    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A block of text. ``line`` is the 1-based line on which it begins.

    ``raw`` is the text as it is in the guide, if ``text`` omits a label; ``role`` is the meaning of
    that label (``problem``, ``why``), or empty. A ``literal`` is shown literally.
    """

    text: str
    line: int
    role: str = ""
    raw: str = ""
    literal: bool = False
    label: str = ""

    @property
    def source(self) -> str:
        """The text as it is in the guide."""
        return self.raw or self.text


@dataclass(frozen=True, slots=True)
class PairPart:
    """The place of a pair of samples."""

    pair: Pair


UnitPart: TypeAlias = Comment | Prose | PairPart


@dataclass(frozen=True, slots=True)
class ImportedIssue:
    """An issue with the text around its samples.

    ``issue`` holds the pairs; ``problem`` and ``why`` are text without its label; ``notes`` are all
    other texts of the issue, in order: excerpts, extra fields. ``body`` is everything as it is
    printed. ``guesses`` are patterns that it may be about, for the author to decide; ``untested``
    are patterns that it names but its samples do not confirm.
    """

    issue: Issue
    problem: str = ""
    why: str = ""
    notes: tuple[Prose, ...] = ()
    body: tuple[UnitPart, ...] = ()
    guesses: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading of the guide: ``level`` counts from 2, below the page's title."""

    level: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class LockedList:
    """A list of locked items, as Markdown; ``line`` is the line of the first."""

    items: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class OtherSection:
    """A section kept as prose. ``line`` is the line of its heading, or of its first text."""

    title: str
    text: str
    line: int


PagePart: TypeAlias = Comment | Prose | Heading | LockedList | ImportedIssue


@dataclass(frozen=True, slots=True)
class ImportedGuide:
    """What was read of an editor's guide.

    ``intro`` is the text about the whole guide, ``body`` everything after it, and ``source`` the
    lines of the editor's file. ``inferred`` maps labels that are not known words, in lower case, to
    the meanings that were inferred.
    """

    guide: Guide
    issues: tuple[ImportedIssue, ...] = ()
    locks: tuple[Lock, ...] = ()
    other: tuple[OtherSection, ...] = ()
    problems: tuple[Problem, ...] = ()
    intro: tuple[PagePart, ...] = ()
    body: tuple[PagePart, ...] = ()
    source: tuple[str, ...] = ()
    inferred: Mapping[str, str] = field(default_factory=dict)
