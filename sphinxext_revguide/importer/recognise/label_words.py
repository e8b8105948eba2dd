"""The words that editors use as labels, and their roles.

To teach the importer a new word, add it to one of the tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sphinxext_revguide.importer.recognise.label_senses import sensed_role
from sphinxext_revguide.issue_fields import ISSUE_FIELDS

_STRONG = {
    "before": (
        "before",
        "before title",
        "before text",
        "before example",
        "before sample",
        "sample before",
    ),
    "after": (
        "after",
        "after title",
        "after text",
        "after example",
        "after sample",
        "sample after",
    ),
}
"""Words that always introduce a sample."""

_WEAK = {
    "before": (
        "current", "current text", "current example", "current examples", "current format",
        "current pattern", "current structure", "current version", "current wording",
        "current passage", "as written", "as drafted", "existing", "existing text",
        "pattern to fix", "example", "examples", "instead of", "original", "original text",
        "original version",
        "original passage", "old", "old text", "old version", "draft", "bad", "weak", "avoid",
        "from", "do not write", "don't write", "was", "wrong", "incorrect", "as is", "as published",
        "quoted text", "text in question", "present text", "present wording", "currently",
        "current title", "original title", "original wording", "old wording", "what it says now",
        "what it says", "it says now", "as it stands", "text as it stands", "reads now",
        "now reads", "it reads now", "currently reads", "at present", "now", "present", "you write",
        "you wrote", "you have", "in the manuscript", "in the draft", "reads", "the text reads",
        "as-is", "what you wrote", "what you have", "what the text says", "what is there now",
        "what it is now", "text",
    ),
    "after": (
        "rewrite", "rewritten", "recommended rewrite", "recommended change",
        "recommended changes", "recommended text", "enhancement option", "better", "replace with",
        "revised", "revised text", "revised version", "revision", "change to", "suggested",
        "suggested rewrite", "suggested text", "suggested version", "suggested revision",
        "suggested change", "suggestion", "proposed", "proposed text", "proposed version",
        "proposed rewrite", "proposed revision", "improved", "improved text", "improved version",
        "new", "new text", "new version", "good", "strong", "to", "write", "write instead",
        "try", "try instead", "use instead", "should be", "becomes", "suggested fix",
        "suggested amendment", "recommendation", "recommended", "recommended version",
        "recommended revision", "rewrite to", "corrected", "corrected text", "corrected version",
        "enhanced", "enhanced version", "edited", "edited text", "edited version", "alternative",
        "fix", "use", "amended", "amended text", "amended version", "amendment", "correction",
        "correct", "right", "new wording", "new title", "suggested wording", "suggested title",
        "proposed wording", "proposed change", "proposed title", "recommended wording",
        "recommended fix", "rephrased", "reworded", "replacement", "replacement text",
        "reads better", "preferred", "preferred wording", "make it", "could read", "consider",
        "solution", "action", "resolution", "remedy", "how to fix", "what to do", "instruction",
        "instructions", "what it could say", "it could say", "what it should say", "should read",
        "should say", "could say", "to read", "would read", "let it read", "my suggestion",
        "my version", "i suggest", "i would write", "instead", "proposal", "to-be", "i'd write",
        "what i would write", "what i'd write", "what i suggest", "what i'd say", "as it should be",
        "what it should be", "how about", "what about", "rework", "reworked", "redraft",
        "redrafted", "new draft", "turn it into", "turn into", "change into", "make this",
        "my take",
    ),
}  # fmt: skip
"""Words that introduce a sample if one follows and no strong word is in the unit."""

_FIELDS = {
    "problem": (
        "problem", "problems", "the problem", "ai pattern", "pattern", "what is wrong", "issue",
        "the issue", "concern", "diagnosis", "what's wrong",
    ),
    "why": (
        "why", "why this matters", "why it matters", "why this works", "why it works", "rationale",
        "reason", "reasoning", "justification",
    ),
    "severity": ("severity", "priority", "seriousness", "importance"),
    **{row.name: row.editor_words for row in ISSUE_FIELDS if row.editor_words},
}  # fmt: skip
"""The labels of the fields of a unit."""

_GUIDE_FIELDS = {
    "baseline": (
        "current metrics", "metrics", "size", "current size", "chapter size", "baseline",
        "reviewed", "present length", "current length",
    ),
    "reduction": (
        "content reduction target", "reduction target", "target reduction", "reduction",
        "content reduction", "expected reduction", "overall reduction", "total reduction",
        "overall target", "target",
    ),
    "effort": (
        "estimated implementation", "estimated implementation time", "implementation time",
        "estimated time", "estimated effort", "estimated hours", "effort", "total time",
        "total effort", "estimated total time", "total estimated time", "estimated total effort",
        "overall effort", "overall time", "revision scope", "total hours", "time investment",
        "estimated revision time", "revision time", "total revision time", "estimated work",
        "total implementation time", "time budget", "estimated total hours", "hours",
    ),
}  # fmt: skip
"""The labels of the fields of the guide as a whole."""

_BEGINNINGS = {
    **dict.fromkeys(("current", "existing", "original"), "before"),
    **dict.fromkeys(
        (
            "revised",
            "rewritten",
            "recommended",
            "suggested",
            "proposed",
            "improved",
            "corrected",
            "amended",
            "edited",
            "rephrased",
            "reworded",
        ),
        "after",
    ),
}
"""Words that introduce a sample when one or two other words follow them: "Revised opening"."""

_EXACT = frozenset({
    "from", "to", "was", "becomes", "use", "as is", "right", "consider", "try", "now", "present",
    "instead", "proposal", "text",
})  # fmt: skip
"""Words that introduce samples as the head of a column only if nothing follows them."""

PRINTERS = {
    "for": "before",
    "read": "after",
    "delete": "before",
    "insert": "after",
    "edit": "after",
    "edits": "after",
}
"""Printers' heads for the columns of a list of errors: "For", "Read"."""

_SYMBOLS = {"❌": "before", "✗": "before", "✅": "after", "✓": "after"}
"""Symbols that introduce a sample."""
NAMED_FENCES = {
    "before": "before",
    "old": "before",
    "original": "before",
    "after": "after",
    "new": "after",
    "revised": "after",
}
"""Names of samples that editors give to fences in place of a language."""
FIELD_SIGNS = {
    **dict.fromkeys("📍📌🔁🔢", "Frequency"),
    **dict.fromkeys("✂📉🪓", "Reduction"),
    **dict.fromkeys("⏱⏲⏰⌛⏳🕐🕒🕓", "Time"),
    **dict.fromkeys("💡🎁❓❔", "Why"),
    **dict.fromkeys("🔍🔎🐛🩺", "Problem"),
}
"""Symbols that introduce a field if several issues have them, and the label of that field."""


def _table(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: role for role, synonyms in words.items() for word in synonyms}


SAMPLE_ROLES = frozenset(_STRONG)
FIELD_ROLES = frozenset(_FIELDS)
_STRONG_ROLES, _WEAK_ROLES = _table(_STRONG), _table(_WEAK)
_FIELD_WORDS, _GUIDE_WORDS = _table(_FIELDS), _table(_GUIDE_FIELDS)


def bare_words(text: str) -> str:
    """Reduce a label to its words, without parentheses, symbols, number and case."""
    bare = without_marks(text.partition("(")[0].replace("’", "'"))
    return " ".join(bare.rstrip("0123456789# ").casefold().split())


_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


def without_marks(text: str) -> str:
    """Return a text from its first to its last letter or digit."""
    match = _CORE.search(text)
    return match[0] if match else ""


def strong_role(words: str) -> str:
    """Return the sample that these words always introduce: before, after or ''."""
    return _STRONG_ROLES.get(words, "")


def other_role(words: str) -> str:
    """Return the sample or field that words introduce as a label, strong words aside; or ''."""
    known = _WEAK_ROLES.get(words) or _FIELD_WORDS.get(words) or _beginning_role(words)
    return known or ("" if words in _GUIDE_WORDS else sensed_role(words))


def _beginning_role(words: str) -> str:
    parts = words.split()
    known = 1 < len(parts) <= 3 and words not in _GUIDE_WORDS
    return _BEGINNINGS.get(parts[0], "") if known else ""


def head_role(words: str) -> str:
    """Return the sample that the first words of a column's head introduce: before, after or ''."""
    parts = words.split()
    if len(parts) == 1 and words in PRINTERS:
        return PRINTERS[words]
    for count in range(len(parts) - 1, 0, -1):
        start = " ".join(parts[:count])
        role = strong_role(start) or _WEAK_ROLES.get(start, "")
        if role and start not in _EXACT:
            return role
    return ""


def guide_field_role(words: str) -> str:
    """Return the guide's field that these words introduce: baseline, reduction, effort or ''."""
    return _GUIDE_WORDS.get(words, "")


def symbol_role(symbol: str) -> str:
    """Return the sample that a symbol introduces: before, after or ''."""
    return _SYMBOLS.get(symbol, "")
