"""Asks one signal of a text, in a pattern of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sphinxext_revguide.patterns import Match, detect, load_library
from sphinxext_revguide.patterns.language import Form, Library, Pattern, SignalUse
from sphinxext_revguide.patterns.lexicons import Lexicon
from sphinxext_revguide.patterns.standalone_page import outline_of_page

LEXICONS = {
    **{name: lexicon for name, lexicon in load_library().lexicons.items() if not lexicon.graded},
    "own": Lexicon.of("own", ("tide*", "mole", "the quay")),
    "days": Lexicon.of("days", ("monday", "tuesday", "wednesday", "thursday", "friday")),
}

PAGE = Path("page.md")


def seen(text: str, signal: str, *, shape: str = "section", **params: Any) -> Match | None:
    """Return what a pattern that is nothing but one signal finds first in a text."""
    found = all_seen(text, signal, shape=shape, **params)
    return found[0] if found else None


def all_seen(text: str, signal: str, *, shape: str, **params: Any) -> Sequence[Match]:
    """Return all that a pattern that is nothing but one signal finds in a text."""
    form = Form((shape,), 0.0, (SignalUse(signal, 1.0, params),), 0.0, (), (), ())
    pattern = Pattern("own", "Own", "What.", "Why.", "Instead.", forms=(form,))
    return detect(outline_of_page(PAGE, text), Library({"own": pattern}, LEXICONS))


def table(*rows: str) -> str:
    """Write a table; its first row is its head."""
    head, *body = (f"| {row} |" for row in rows)
    return "\n".join([head, "|---" * rows[0].count("|") + "|---|", *body]) + "\n"


def listing(*items: str) -> str:
    return "".join(f"- {item}\n" for item in items)


def sections(*titles: str, text: str = "It rains.") -> str:
    return "".join(f"## {title}\n\n{text}\n\n" for title in titles)


GOOD = ["Locks | ✅", "Lights | ✅", "Buoys | ✅", "Ropes | ✅"]

WHOLE = {
    "alike_headings", "alike_siblings", "blocks_per_thousand", "colon_headings", "emoji",
    "exact_figures", "fields_on_top", "numbered_headings", "occurrences", "same_fields",
    "share_of_words", "staged",
}  # fmt: skip
"""Signals that are asked of a page as a whole."""


def shape_of(signal: str) -> str:
    return "page" if signal in WHOLE else "section"


Seen = tuple[str, dict[str, Any], str, float, str]
"""A signal, its parameters, a text, how strong it is there, and words of what it says."""
Left = tuple[str, dict[str, Any], str]
"""A signal, its parameters, and a text in which it sees nothing."""
