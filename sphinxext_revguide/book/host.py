"""What a book needs from Sphinx, without importing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sphinxext_revguide.model import FileLine, Problem
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.quick_records import record


@record(frozen=True, slots=True)
class Host:
    """What the host knows about a book besides the records of its pages.

    ``flag``, ``baseline`` and ``verdicts`` are the values of ``revguide_flag``,
    ``revguide_baseline`` and ``revguide_verdicts``; ``sensitivity`` has the ids of patterns that
    ``revguide_sensitivity`` names. ``library_problems`` returns what is wrong with the files of
    ``revguide_patterns``, ``files`` the file of a page and those that it includes, ``title`` the
    title of a page in plain text, ``term_places`` where each of some terms occurs on a page,
    ``holds`` whether this build shows what is under a condition (``only`` or ``ifconfig``,
    expression), and ``reading_order`` the docnames of the book in the order of its tables of
    contents, depth first.
    """

    srcdir: Path
    flag: frozenset[str]
    sensitivity: frozenset[str]
    baseline: str
    verdicts: str
    library: Callable[[], Library]
    library_problems: Callable[[], tuple[Problem, ...]]
    files: Callable[[str], Iterable[Path]]
    title: Callable[[str], str]
    term_places: Callable[[str, Iterable[str]], dict[str, tuple[FileLine, ...]]]
    holds: Callable[[str, str], bool]
    reading_order: Callable[[], Sequence[str]]
