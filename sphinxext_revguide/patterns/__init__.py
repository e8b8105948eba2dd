"""Loads patterns from TOML, and finds their matches in outlines of pages.

``language`` defines what a pattern is, ``loader`` reads files, ``signals`` are the tests that
patterns are composed of, and ``engine`` computes scores. The shipped patterns are in ``packs``, in
the same format as an author's own.
"""

from __future__ import annotations

from sphinxext_revguide.patterns.engine import detect, find_terms, signal_in_words, weigh
from sphinxext_revguide.patterns.language import Library, Match, Pattern
from sphinxext_revguide.patterns.loader import files_digest, load_files, load_library

__all__ = [
    "Library",
    "Match",
    "Pattern",
    "detect",
    "files_digest",
    "find_terms",
    "load_files",
    "load_library",
    "signal_in_words",
    "weigh",
]
