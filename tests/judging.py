"""Verdicts for tests that need no book."""

from __future__ import annotations

from dataclasses import replace

from sphinxext_revguide.book.derived.verdicts import Verdict


def verdict(name: str = "aa", **fields: str) -> Verdict:
    given = Verdict(name, "no-finding", "quoted", docname="harbour")
    return replace(given, **fields)  # type: ignore[arg-type]
