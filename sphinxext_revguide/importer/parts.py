"""What was read of a guide: its issues and locks, and all text around them.

A guide becomes a sequence of parts in the order of its lines, and every line is in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sphinxext_revguide.model import Guide, Issue, Lock, Pair, Problem


class NotAGuideError(ValueError):
    """The text is not a revision guide; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the editor, which readers are not to see. ``line`` is its first line."""

    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A block of text. ``line`` is the 1-based line on which it begins.

    ``raw`` is the text as the guide has it, where ``text`` leaves out a label; ``role`` is what
    that label said (``problem``, ``why``) or empty. A ``literal`` is shown literally.
    """

    text: str
    line: int
    role: str = ""
    raw: str = ""
    literal: bool = False
    label: str = ""

    @property
    def source(self) -> str:
        """The text as the guide has it."""
        return self.raw or self.text


@dataclass(frozen=True, slots=True)
class PairPart:
    """Where a pair of samples stands."""

    pair: Pair


UnitPart: TypeAlias = Comment | Prose | PairPart


@dataclass(frozen=True, slots=True)
class ImportedIssue:
    """An issue with the text around its samples.

    ``issue`` holds the pairs; ``problem`` and ``why`` are text without its label; ``notes`` is
    every other text of the unit, in order: excerpts, extra fields. ``body`` is all of it as it
    is printed. ``guesses`` are patterns that it may be about, for its author to decide;
    ``untested`` those it names and its samples do not confirm.
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
    """A list of locked items: the text of each as Markdown; ``line`` is that of the first."""

    items: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class OtherSection:
    """A section kept as prose. ``line`` is that of its heading, or of its first text."""

    title: str
    text: str
    line: int


PagePart: TypeAlias = Comment | Prose | Heading | LockedList | ImportedIssue


@dataclass(frozen=True, slots=True)
class ImportedGuide:
    """An editor's guide, understood.

    ``intro`` is the text that belongs to the guide as a whole, ``body`` all that follows it, and
    ``source`` are the lines of the editor's file.
    """

    guide: Guide
    issues: tuple[ImportedIssue, ...] = ()
    locks: tuple[Lock, ...] = ()
    other: tuple[OtherSection, ...] = ()
    problems: tuple[Problem, ...] = ()
    intro: tuple[PagePart, ...] = ()
    body: tuple[PagePart, ...] = ()
    source: tuple[str, ...] = ()
