"""The vocabulary of patterns: every signal that a pattern file may name.

A signal is a function of a context (a table, a list, sections or a page) and its parameters; it
returns how strong it is and what it saw, in words, or nothing. To add one, write the function
under ``@signal`` in the module that its subject belongs to.
"""

from __future__ import annotations

from sphinxext_revguide.patterns.signals import (
    amounts,
    cells,
    contests,
    headings,
    measures_moved,
    pages,
    sequences,
    wording,
)
from sphinxext_revguide.patterns.signals.registry import (
    SIGNALS,
    SLOW,
    Found,
    Weights,
    choices,
    defaults,
    listed,
    parameters,
    strongest,
)

__all__ = [
    "SIGNALS",
    "SLOW",
    "Found",
    "Weights",
    "amounts",
    "cells",
    "choices",
    "contests",
    "defaults",
    "headings",
    "listed",
    "measures_moved",
    "pages",
    "parameters",
    "sequences",
    "strongest",
    "wording",
]
