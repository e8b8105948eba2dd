"""Builds a library from pattern files, one after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from sphinxext_revguide.files import AND_MORE, MOST_REPORTED
from sphinxext_revguide.model import Problem
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.text.late_patterns import late

_LONGEST_MESSAGE = 1000
"""In characters. A file may come from a stranger, and messages quote it."""
_ID = late(r"""^[ \t]*id[ \t]*=[ \t]*(["'])([^"'\n]*)\1""", re.MULTILINE)
_LEXICON_NAME = late(r"""^[ \t]*\[lexicon\.(["']?)([^\]"'\n]*)\1""", re.MULTILINE)
_Named = tuple[str, str, Callable[[], int]]
"""A name that a pattern uses, the file of the pattern, and what determines the line."""


class LibraryBuilder:
    """Adds what pattern files contain to a library, and records their mistakes."""

    def __init__(self, base: Library) -> None:
        self.patterns = dict(base.patterns)
        self.lexicons = dict(base.lexicons)
        self.budgets = dict(base.budgets)
        self.written = set(base.written)
        self.written_lexicons: set[str] = set()
        self.is_partial = base.is_partial
        self.problems: list[Problem] = []
        self.reported: Counter[str] = Counter()
        self.used: list[_Named] = []
        self.yielded_to: list[_Named] = []

    @property
    def library(self) -> Library:
        """The patterns, lexicons and budgets gathered so far."""
        written = frozenset(self.written)
        return Library(self.patterns, self.lexicons, self.budgets, written, self.is_partial)

    def note_names(self, text: str) -> None:
        """Record which patterns and lexicons a file defines, even if it cannot be parsed."""
        self.written.update(name for _quote, name in _ID.findall(text))
        self.written_lexicons.update(name for _quote, name in _LEXICON_NAME.findall(text))

    def report(self, path: str, line: int, message: str) -> None:
        """Record a mistake in a file, unless enough of them have been reported."""
        if self.reported_enough(path):
            return
        self.reported[path] += 1
        more = AND_MORE if self.reported_enough(path) else ""
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[:_LONGEST_MESSAGE]}…"
        self.problems.append(Problem(line, f"{message}{more}", "pattern_file", path))

    def reported_enough(self, path: str) -> bool:
        """Return whether no more mistakes in a file will be reported."""
        return self.reported[path] >= MOST_REPORTED

    def check_names(self) -> None:
        """Check the names of lexicons and patterns that patterns use."""
        self._check_yields()
        self._check_lexicons()

    def _check_yields(self) -> None:
        """Check that every pattern that another one yields to exists."""
        for name, path, line in self.yielded_to:
            is_known = self.is_partial or name in self.written or name in self.patterns
            if not is_known and not self.reported_enough(path):
                hint = did_you_mean(name, self.patterns, "see 'sphinx-revguide patterns list'")
                self.report(path, line(), f"there is no pattern {name!r} to yield to; {hint}")

    def _check_lexicons(self) -> None:
        """Check that every lexicon that a pattern names exists, and drop patterns that cannot work.

        A lexicon that was dropped because of a mistake is not reported again.
        """
        for name, path, line in self.used:
            is_known = self.is_partial or name in self.written_lexicons or name in self.lexicons
            if not is_known and not self.reported_enough(path):
                hint = did_you_mean(name, self.lexicons, "define it as [lexicon.NAME]")
                self.report(path, line(), f"there is no lexicon {name!r}; {hint}")
        broken = {name for name, _path, _line in self.used if name not in self.lexicons}
        for name, pattern in list(self.patterns.items()):
            uses = [use for form in pattern.forms for use in form.uses]
            if any(use.params.get("lexicon") in broken for use in uses):
                del self.patterns[name]
