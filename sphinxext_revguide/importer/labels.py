"""The words by which editors name the parts of an issue: one table for every shape of guide."""

from __future__ import annotations

import re

FIELDS: dict[str, tuple[str, ...]] = {
    "before": ("before", "current", "current text", "current examples", "current format",
               "current pattern", "current structure", "pattern to fix", "example", "examples"),
    "after": ("after", "rewrite", "recommended rewrite", "recommended change",
              "recommended changes", "enhancement option", "better", "replace with"),
    "problem": ("problem", "the problem", "ai pattern", "issue", "what is wrong"),
    "why": ("why this matters", "why it matters", "why", "rationale"),
    "effort": ("implementation time", "time", "estimated time", "time estimate", "effort",
               "time to fix"),
    "impact": ("impact", "severity", "priority"),
    "frequency": ("frequency", "occurrences", "how often"),
    "reduction": ("reduction", "expected reduction", "content reduction", "savings"),
}  # fmt: skip
"""Part of an issue -> the labels that stand for it, lower-cased and without parentheses."""

_BY_LABEL = {label: field for field, labels in FIELDS.items() for label in labels}
_LABEL = re.compile(r"\*\*([^*]{1,80}?):?\*\*:?\s*(.*)")
_UNIT = re.compile(
    r"\**\s*(?:(?:issue|example|pattern)\s*#?(\d{1,3})\b[\s:.—–-]*|(\d{1,3})\.\s+)(.*)",
    re.IGNORECASE,
)


def split_label(line: str) -> tuple[str, str, str] | None:
    """Split ``**BEFORE (Current style):** rest`` into field, words in parentheses, and rest.

    :returns: ``None`` where the line begins with no bold label; the field is empty where the
        label is unknown.
    """
    match = _LABEL.match(line.strip())
    if match is None:
        return None
    field, words = field_of(match[1])
    return field, words, match[2].strip()


def field_of(label: str) -> tuple[str, str]:
    """Return the field that a label stands for (or nothing) and its words in parentheses."""
    text = label.strip(" *:#")
    words = ""
    if text.endswith(")") and "(" in text:
        text, _, words = text[:-1].partition("(")
    return _BY_LABEL.get(" ".join(text.lower().split()), ""), words.strip()


def unit(heading: str, level: int) -> tuple[int, str] | None:
    """Return number and title if a heading begins an issue.

    A heading that merely begins with a number must be of level 3: above it are the parts of the
    guide, below it the parts of an issue.
    """
    match = _UNIT.match(heading)
    if match is None or (match[2] and level != 3):
        return None
    return int(match[1] or match[2]), match[3].strip(" *")
