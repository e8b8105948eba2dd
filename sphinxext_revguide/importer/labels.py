"""How editors mark what a text is: label synonyms and the headings of units.

To teach the importer a new word, add it to one of the two tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STRONG = {
    "before": ("before", "before title", "before text", "before example"),
    "after": ("after", "after title", "after text", "after example"),
}
"""Words that always announce a sample."""

_WEAK = {
    "before": (
        "current", "current text", "current example", "current examples", "current format",
        "current pattern", "current structure", "current version", "pattern to fix", "example",
        "examples", "instead of", "original",
    ),
    "after": (
        "rewrite", "rewritten", "recommended rewrite", "recommended change",
        "recommended changes", "enhancement option", "better", "replace with", "revised",
        "change to", "suggested rewrite",
    ),
}  # fmt: skip
"""Words that announce a sample where one follows and no strong word stands in the unit."""

_FIELDS = {
    "problem": ("problem", "problems", "the problem", "ai pattern", "pattern", "what is wrong"),
    "why": (
        "why", "why this matters", "why it matters", "why this works", "why it works", "rationale",
    ),
    "effort": (
        "time", "implementation time", "estimated time", "effort", "estimated effort",
        "time estimate", "hours",
    ),
    "severity": ("severity", "priority"),
    "impact": ("impact",),
    "frequency": ("frequency", "occurrences", "instances"),
    "reduction": ("reduction", "content reduction", "expected reduction", "word reduction"),
}  # fmt: skip
"""The fields of a unit."""

_GUIDE_FIELDS = {
    "baseline": (
        "current metrics", "metrics", "size", "current size", "chapter size", "baseline",
    ),
    "reduction": (
        "content reduction target", "reduction target", "target reduction", "reduction",
        "content reduction", "expected reduction", "target",
    ),
    "effort": (
        "estimated implementation", "estimated implementation time", "implementation time",
        "estimated time", "estimated effort", "estimated hours", "effort", "total time",
        "total effort", "revision scope",
    ),
}  # fmt: skip
"""The fields of the guide as a whole."""


def _table(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: role for role, synonyms in words.items() for word in synonyms}


_STRONG_ROLES, _WEAK_ROLES = _table(_STRONG), _table(_WEAK)
_FIELD_ROLES, _GUIDE_ROLES = _table(_FIELDS), _table(_GUIDE_FIELDS)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its words, what they mean, and the text behind it on its line.

    ``remark`` is what stands in parentheses (``Current AI Style``); ``strong`` tells a word
    that always announces a sample.
    """

    words: str
    role: str
    remark: str = ""
    rest: str = ""
    strong: bool = False
    index: int = 0


_BOLD = re.compile(r"[ \t]*(?:\*\*|__)([^*_\n][^*\n]{0,160}?)(?:\*\*|__)[ \t]*(:?)(.*)")
_ITALIC = re.compile(r"[ \t]*\*([^*:\n]{1,60}):(.*)")
_REMARK = re.compile(r"[^(]*\((.*)\)[^)]*")
_BOTH = re.compile(r"before\s*(?:→|->|=>|/|and|&)\s*after", re.IGNORECASE)


def _words(text: str) -> str:
    """Reduce a label to its words: no parentheses, punctuation, number or case."""
    bare = text.partition("(")[0].strip().strip("*_#:").strip()
    return " ".join(bare.rstrip("0123456789# ").casefold().split())


def _meaning(text: str, rest: str = "") -> Label:
    remark = match[1].strip() if (match := _REMARK.fullmatch(text)) else ""
    number = re.search(r"([0-9]{1,3})\s*(?:\(|$)", text)
    index = int(number[1]) if number else 0
    if _BOTH.fullmatch(text.strip().strip(":").strip()):
        return Label(text, "both", remark, rest, True)
    words = _words(text)
    head, dash, tail = (part.strip() for part in _partition(words))
    if words in _STRONG_ROLES:
        return Label(text, _STRONG_ROLES[words], remark, rest, True, index)
    if dash and head in _STRONG_ROLES:
        return Label(text, _STRONG_ROLES[head], remark or text[-len(tail) :], rest, True, index)
    role = _WEAK_ROLES.get(words) or _FIELD_ROLES.get(words, "")
    return Label(text, role, remark, rest, False, index)


def _partition(words: str) -> tuple[str, str, str]:
    """Split ``before - current style`` at its dash or colon."""
    for dash in (":", " - ", " – ", " — "):
        head, found, tail = words.partition(dash)
        if found and tail.strip():
            return head, found, tail
    return words, "", ""


def label_of(line: str) -> Label | None:
    """Read a line as a bold label, ``**Problem:** text``, or an italic one that is known.

    :returns: the label, with the role "" where its words say nothing; None where the line is
        no label: a bold text without a colon is one only where its words are known.
    """
    match = _BOLD.fullmatch(line)
    if match is not None:
        inner, rest = match[1].strip(), match[3].strip()
        label = _meaning(inner.rstrip(":"), rest)
        colon = inner.endswith(":") or bool(match[2])
        return label if colon or (label.role and not rest) else None
    match = _ITALIC.fullmatch(line)
    if match is not None:
        rest = match[2].rstrip(" \t")
        # "*Why:* text", or "*Why: text*"
        rest = rest[1:] if rest.startswith("*") else rest.removesuffix("*")
        label = _meaning(match[1], rest.strip())
        return label if label.role in _FIELDS else None
    return None


def fields_of(line: str) -> list[Label]:
    """Read a line of one label, or of several split by bars."""
    if line.count("|") == 0 or not line.lstrip().startswith("**"):
        label = label_of(line)
        return [label] if label else []
    found = [label_of(part) for part in line.split("|")]
    fields = [label for label in found if label]
    if len(fields) == len(found):
        return fields
    label = label_of(line)
    return [label] if label else []


def heading_label(title: str) -> Label | None:
    """Read the text of a heading as a label, where its words are known."""
    label = _meaning(plain_heading(title).strip().rstrip(":"))
    return label if label.role and (label.strong or label.role in _FIELDS) else None


def guide_role(label: Label) -> str:
    """Return what a label says of the guide as a whole: baseline, reduction, effort or ''."""
    return _GUIDE_ROLES.get(_words(label.words), "")


# Units


@dataclass(frozen=True, slots=True)
class UnitHead:
    """The heading of a unit: what kind it calls itself, its number and title."""

    kind: str
    number: int
    title: str
    continued: bool = False


# Possessive, as a line of blanks alone would else be read once for each of them.
_NUMBER = r"\s*+#?\s*+([0-9]{1,4})(?![0-9])\s*+[:.)–—-]*+\s*+(.*)"
_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("issue", re.compile(rf"(?:critical\s++)?(?:issue|finding){_NUMBER}", re.IGNORECASE)),
    ("pattern", re.compile(rf"(?:ai[ -])?pattern{_NUMBER}", re.IGNORECASE)),
    ("numbered", re.compile(r"#?([0-9]{1,4})[.)]\s++(\S.*)")),
    ("example", re.compile(rf"example{_NUMBER}", re.IGNORECASE)),
)
"""What the heading of a unit looks like; where a guide has several kinds, the first one counts."""

UNIT_KINDS = tuple(kind for kind, _pattern in _UNITS)

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_CONTINUED = re.compile(r"\(?(?:continued|cont\.?)\)?|.*\((?:continued|cont\.?)\)", re.IGNORECASE)


def plain_heading(title: str) -> str:
    """Return a heading's text without bold marks."""
    return title.replace("**", "").strip()


def unit_head(title: str, *, bold_line: bool = False) -> UnitHead | None:
    """Read the text of a heading, or of a bold line, as that of a unit."""
    plain = plain_heading(title)
    for kind, pattern in _UNITS:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        if kind == "numbered" and (bold_line or "**" not in title):
            # Plain numbered headings are a guide's own sections.
            continue
        text = match[2].strip()
        return UnitHead(kind, int(match[1]), text, bool(_CONTINUED.fullmatch(text)))
    return None


def bold_unit(line: str) -> UnitHead | None:
    """Read a line that is wholly bold as the heading of a unit."""
    text = line.strip().rstrip(":")
    if len(text) < 5 or not text.startswith("**") or not text.endswith("**") or "**" in text[2:-2]:
        return None
    return unit_head(text, bold_line=True)


def is_unit_heading(line: str) -> bool:
    """Tell whether a line can only be the heading of a unit, even inside an open fence."""
    match = _HEADING.fullmatch(line)
    if match is None:
        return False
    head = unit_head(match[2])
    # Samples hold headings such as "Example 2" or "Pattern 3" of their own.
    return head is not None and ("**" in match[2] or head.kind == "issue")


def is_sample_heading(line: str) -> bool:
    """Tell whether a line is a heading such as ``### **BEFORE:**``."""
    match = _HEADING.fullmatch(line)
    if match is None or not match[2].strip("*: ").startswith(("BEFORE", "AFTER")):
        return False
    label = heading_label(match[2])
    return label is not None and label.role in _STRONG


def is_sample_label(line: str, *, followed_by_fence: bool) -> bool:
    """Tell whether a line is a label that cannot stand in a sample.

    In capitals it always is; else only directly above a fence, as a sample may well have a bold
    "After" of its own.
    """
    if not line.startswith("**"):
        return False
    label = label_of(line)
    if label is None:
        return False
    if label.words.startswith("AI Pattern"):
        return True
    if not label.strong or label.rest:
        return False
    return followed_by_fence or label.words.startswith(("BEFORE", "AFTER"))
