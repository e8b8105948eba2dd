"""How editors mark what a text is: synonyms of labels.

To teach the importer a new word, add it to one of the two tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

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
"""Words that always announce a sample."""

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
"""Words that announce a sample where one follows and no strong word is in the unit."""

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
"""The fields of a unit."""

_GUIDE_FIELDS = {
    "baseline": (
        "current metrics", "metrics", "size", "current size", "chapter size", "baseline",
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
"""The fields of the guide as a whole."""


def _table(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: role for role, synonyms in words.items() for word in synonyms}


_STRONG_ROLES, _WEAK_ROLES = _table(_STRONG), _table(_WEAK)
_FIELD_ROLES, _GUIDE_ROLES = _table(_FIELDS), _table(_GUIDE_FIELDS)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its words, what they mean, and the text after it on its line.

    ``remark`` is what is in parentheses (``Current AI Style``); ``strong`` tells a word
    that always announces a sample.
    """

    words: str
    role: str
    remark: str = ""
    rest: str = ""
    strong: bool = False
    index: int = 0


_BOLD = re.compile(
    r"[ \t]*(?:[^\w\s*|>#`\\-]{1,4}[ \t]*)?"  # a symbol may be before it
    r"(?:\*\*|__)([^*_\n][^*\n]{0,160}?)(?:\*\*|__)[ \t]*(:?)(.*)"
)
_ITALIC = re.compile(r"[ \t]*([*_])([^*_:\n]{1,60}):(.*)")
_PLAIN = re.compile(
    r"[ \t]*([^\W\d_][\w' -]{1,40}?(?:[ \t]*\([^()]{0,60}\))?)[ \t]*:(?:[ \t]+(.*))?"
)
_DASHED = re.compile(r"[-–—][ \t]+(\S.*)")
_SPLIT = re.compile(r"[|·•]|(?<=[.;,])[ \t]+(?=[*_]{1,2}[^\W\d_][^*_:]{1,40}:)")
_REMARK = re.compile(r"[^(]*\((.*)\)[^)]*")
_BOTH = re.compile(r"before\s*(?:→|->|=>|/|and|&)\s*after", re.IGNORECASE)


def _words(text: str) -> str:
    """Reduce a label to its words: no parentheses, symbols, number or case."""
    bare = text.partition("(")[0].replace("’", "'")
    ends = [index for index, char in enumerate(bare) if char.isalnum()]
    bare = bare[ends[0] : ends[-1] + 1] if ends else ""
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
    if dash and tail in _STRONG_ROLES:
        return Label(text, _STRONG_ROLES[tail], remark or text[: len(head)], rest, True, index)
    if dash and head in _STRONG_ROLES:
        return Label(text, _STRONG_ROLES[head], remark or text[-len(tail) :], rest, True, index)
    role = _WEAK_ROLES.get(words) or _FIELD_ROLES.get(words, "") or _beginning(words)
    if role == "problem" and index:
        role = ""  # "Issue 2:" and "Pattern 2:" begin a unit
    return Label(text, role, remark, rest, False, index)


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
"""Words that announce a sample with any one or two words behind them: "Revised opening"."""


def _beginning(words: str) -> str:
    parts = words.split()
    known = 1 < len(parts) <= 3 and words not in _GUIDE_ROLES
    return _BEGINNINGS.get(parts[0], "") if known else ""


def sample_role(text: str) -> str:
    """Return which sample the head of a column, or a label, announces: before, after or ''."""
    role = _meaning(text).role
    return role if role in _STRONG else ""


_EXACT = frozenset({
    "from", "to", "was", "becomes", "use", "as is", "right", "consider", "try", "now", "present",
    "instead", "proposal", "text",
})  # fmt: skip
"""Words that announce a sample as the head of a column only where nothing follows them."""


PRINTERS = {
    "for": "before",
    "read": "after",
    "delete": "before",
    "insert": "after",
    "edit": "after",
    "edits": "after",
}
"""What printers call the columns of a list of errors: "For", "Read"."""


def column_role(head: str) -> str:
    """Return which sample the head of a column announces: a known label, or one that begins so."""
    role = sample_role(head)
    if role:
        return role
    words = _words(head).split()
    if len(words) == 1 and words[0] in PRINTERS:
        return PRINTERS[words[0]]
    for count in range(len(words) - 1, 0, -1):
        start = " ".join(words[:count])
        role = _STRONG_ROLES.get(start) or _WEAK_ROLES.get(start, "")
        if role and start not in _EXACT:
            return role
    return ""


def label_role(text: str) -> str:
    """Return what a text means as a label, of an issue or of a guide; "" if nothing."""
    label = _meaning(text.strip(" *_:"))
    return label.role or guide_role(label) or _SYMBOLS.get(text.strip().removesuffix("\ufe0f"), "")


def _partition(words: str) -> tuple[str, str, str]:
    """Split ``before - current style`` at its dash or colon."""
    for dash in (":", " - ", " – ", " — "):
        head, found, tail = words.partition(dash)
        if found and tail.strip():
            return head, found, tail
    return words, "", ""


def label_of(line: str) -> Label | None:
    """Read a line as a bold label, ``**Problem:** text``, or an italic one that is known.

    :returns: the label, with the role "" if its words say nothing; None if the line is
        no label: a bold text without a colon is one only where its words are known.
    """
    match = _BOLD.fullmatch(line)
    if match is not None:
        inner, rest = match[1].strip(), match[3].strip()
        label = _meaning(inner.rstrip(":"), rest)
        colon = inner.endswith(":") or bool(match[2])
        if not colon and label.role and rest:
            # "**Why.** text", "**Impact** - high"
            dashed = _DASHED.fullmatch(rest)
            colon = bool(dashed) or inner.endswith(".")
            label = replace(label, rest=dashed[1] if dashed else rest)
        return label if colon or (label.role and not rest) else None
    match = _ITALIC.fullmatch(line)
    if match is not None:
        mark, rest = match[1], match[3].rstrip(" \t")
        # "*Why:* text", or "*Why: text*"
        rest = rest[1:] if rest.startswith(mark) else rest.removesuffix(mark)
        label = _meaning(match[2], rest.strip())
        alone = label.role in ("before", "after") and not label.rest
        return label if label.role in _FIELDS or label.strong or alone else None
    return None


def fields_of(line: str) -> list[Label]:
    """Read a line of one label, or of several split by bars or dots."""
    if line.lstrip().startswith(("**", "*", "_")) and _SPLIT.search(line):
        whole = line.strip()
        if whole.startswith("**") and whole.endswith("**") and "**" not in whole[2:-2]:
            return plain_fields(whole[2:-2])
        found = [label_of(part) for part in _SPLIT.split(line)]
        fields = [label for label in found if label]
        known = "|" in line or all(label.role for label in fields)
        if len(fields) == len(found) and known:
            return fields
    label = label_of(line)
    return [label] if label else []


def plain_fields(line: str) -> list[Label]:
    """Read a line of labels without any mark, ``Impact: high | Effort: 2 h``, all of them fields.

    Sentences may begin alike: who asks has to know that none is meant here.
    """
    parts = _SPLIT.split(line)
    found = [_PLAIN.fullmatch(part.strip()) for part in (parts if parts[1:] else line.split(";"))]
    labels = [_meaning(section[1], (section[2] or "").strip()) for section in found if section]
    fields = all(label.role in _FIELDS and label.rest for label in labels)
    return labels if len(labels) == len(found) and fields else []


_SYMBOLS = {"❌": "before", "✗": "before", "✅": "after", "✓": "after"}


def plain_label(line: str) -> Label | None:
    """Read a line as a label without any mark, ``Before:`` or ``Why it matters: text``.

    A symbol alone is a weak label.
    """
    if line.strip() in _SYMBOLS:
        return Label(line.strip(), _SYMBOLS[line.strip()])
    match = _PLAIN.fullmatch(line)
    if match is None:
        return None
    label = _meaning(match[1], (match[2] or "").strip())
    if label.strong or (label.role in ("before", "after") and not label.rest):
        return label
    return label if label.role == "why" and label.words.casefold().startswith("why ") else None


def plain_reason(line: str) -> Label | None:
    """Read ``Why: text`` or ``Problem: text``: only where other labels have no mark either."""
    match = _PLAIN.fullmatch(line)
    label = _meaning(match[1], (match[2] or "").strip()) if match else None
    return label if label and label.role in ("problem", "why") and label.rest else None


def line_label(line: str) -> Label | None:
    """Read ``❌ text``, or ``Original: text``, as a label: only where a unit has no other."""
    plain = plain_label(line)
    if plain and plain.strong and plain.rest:
        return plain
    if (match := _ITALIC.fullmatch(line)) and (role := sample_role(match[2])):
        rest = match[3].strip()
        rest = rest[1:] if rest.startswith(match[1]) else rest.removesuffix(match[1])
        return Label(match[2], role, rest=rest.strip()) if rest.strip() else None
    match = _PLAIN.fullmatch(line)
    if match and match[2] and (role := sample_role(match[1])):
        return Label(match[1], role, rest=match[2].strip())
    symbol, _blank, text = line.strip().partition(" ")
    role = _SYMBOLS.get(symbol.removesuffix("\ufe0f"), "")
    return Label(symbol, role, rest=text.strip()) if role and text.strip() else None


def heading_label(title: str) -> Label | None:
    """Read the text of a heading as a label, where its words are known."""
    label = _meaning(plain_heading(title).strip().rstrip(":"))
    return label if label.role and (label.strong or label.role in _FIELDS) else None


def weak_heading(title: str) -> Label | None:
    """Read the text of a heading as a label that announces a sample where its fellow follows."""
    label = _meaning(plain_heading(title).strip().rstrip(":"))
    return label if label.role in ("before", "after") and not label.strong else None


def guide_field(name: str, value: str) -> Label | None:
    """Return what a row of a table, or an item ``Size: 57 KB``, says about the guide as a whole."""
    label = Label(name.strip(" *_:"), "", rest=value.strip())
    return label if guide_role(label) else None


def plain_guide_field(text: str) -> Label | None:
    """Read an item of a list as a field of the guide, with or without marks."""
    name, colon, value = text.partition(":")
    return guide_field(name, value.strip(" *_")) if colon else None


def guide_role(label: Label) -> str:
    """Return what a label says about the guide as a whole: baseline, reduction, effort or ''."""
    return _GUIDE_ROLES.get(_words(label.words), "")


_BULLET = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)")


def without_bullet(line: str) -> str:
    """Return the first line of an item of a list without its mark."""
    match = _BULLET.match(line)
    return line[match.end() :] if match else line


HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")


def plain_heading(title: str) -> str:
    """Return a heading's text without bold marks."""
    return title.replace("**", "").strip()


def is_sample_heading(line: str) -> bool:
    """Return whether a line is a heading such as ``### **BEFORE:**``."""
    match = HEADING.fullmatch(line)
    if match is None or not match[2].strip("*: ").startswith(("BEFORE", "AFTER")):
        return False
    label = heading_label(match[2])
    return label is not None and label.role in _STRONG


def is_sample_label(line: str, *, followed_by_fence: bool) -> bool:
    """Return whether a line is a label that cannot be in a sample.

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
