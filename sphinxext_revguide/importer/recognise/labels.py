"""Reads lines and headings of a guide as labels: ``**Problem:** text``, ``Before:``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sphinxext_revguide.importer.recognise.label_words import (
    FIELD_ROLES,
    SAMPLE_ROLES,
    bare_words,
    guide_field_role,
    head_role,
    other_role,
    strong_role,
    symbol_role,
)
from sphinxext_revguide.importer.recognise.lines import HEADING, plain_heading


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its words, their role, and the rest of its line.

    ``remark`` is what is in parentheses (``Current AI Style``); ``strong`` means that the words
    always introduce a sample; ``index`` is the number at the end of the words, or 0.
    """

    words: str
    role: str
    remark: str = ""
    rest: str = ""
    strong: bool = False
    index: int = 0


_BOLD = re.compile(
    r"[ \t]*(?:[^\w\s*|>#`\\-]{1,4}[ \t]*)?"  # a symbol may precede it
    r"(?:\*\*|__)([^*_\n][^*\n]{0,160}?)(?:\*\*|__)[ \t]*(:?)(.*)"
)
_ITALIC = re.compile(r"[ \t]*([*_])([^*_:\n]{1,60}):(.*)")
_ASKED = re.compile(r"[ \t]*([*_])(?!\1)([^*_:\n]{1,40}[.?])\1[ \t]+(\S.*)")
_PLAIN = re.compile(
    r"[ \t]*([^\W\d_][\w' -]{1,40}?(?:[ \t]*\([^()]{0,60}\))?)[ \t]*:(?:[ \t]+(.*))?"
)
_DASHED = re.compile(r"[-–—][ \t]+(\S.*)")
_SPLIT = re.compile(r"[|·•]|(?<=[.;,])[ \t]+(?=[*_]{1,2}[^\W\d_][^*_:]{1,40}:)")
_REMARK = re.compile(r"[^(]*\((.*)\)[^)]*")
_ASIDE = re.compile(r"\(([^()]{1,60})\)[ \t]*:?")
_PLACED = re.compile(
    r"([^\W\d_][^,;:*()]{1,40})[,;]?\s+((?:(?:on|from|in)\s+)?"
    r"(?:pp?|pages?|lines?|para(?:graph)?s?|sections?|notes?|¶+|§+)\.?\s?[0-9].{0,40})",
    re.IGNORECASE,
)
"""A label followed by a place: "Original, p. 5"."""
_BOTH = re.compile(r"before\s*(?:→|->|=>|/|and|&)\s*after", re.IGNORECASE)


def _read_label(text: str, rest: str = "") -> Label:
    label = _read_words(text)
    return replace(label, rest=rest) if rest else label


@lru_cache(maxsize=4096)
def _read_words(text: str) -> Label:
    """Read the words of a label; cached, as each layout that is tried reads the same lines."""
    remark = match[1].strip() if (match := _REMARK.fullmatch(text)) else ""
    number = re.search(r"([0-9]{1,3})\s*(?:\(|$)", text)
    index = int(number[1]) if number else 0
    if _BOTH.fullmatch(text.strip().strip(":").strip()):
        return Label(text, "both", remark, strong=True)
    words = bare_words(text)
    head, dash, tail = (part.strip() for part in _partition(words))
    if role := strong_role(words):
        return Label(text, role, remark, strong=True, index=index)
    if dash and (role := strong_role(tail)):
        return Label(text, role, remark or text[: len(head)], strong=True, index=index)
    if dash and (role := strong_role(head)):
        return Label(text, role, remark or text[-len(tail) :], strong=True, index=index)
    role = other_role(words)
    if not role and (placed := _PLACED.fullmatch(text)):
        # "Original, p. 5"
        named = _read_words(placed[1])
        return replace(named, words=text, remark=placed[2]) if named.role else named
    if not role and dash and other_role(tail) in SAMPLE_ROLES:
        # "Another one, from page 9 – current text"
        return Label(text, other_role(tail), remark or text[: len(head)], index=index)
    if role == "problem" and index:
        role = ""  # "Issue 2:" and "Pattern 2:" begin a unit
    return Label(text, role, remark, index=index)


def sample_role(text: str) -> str:
    """Return the sample that a label or the head of a column introduces: before, after or ''."""
    role = _read_label(text).role
    return role if role in SAMPLE_ROLES else ""


def column_role(head: str) -> str:
    """Return the sample that all or the first words of a column's head introduce, or ''."""
    return sample_role(head) or head_role(bare_words(head))


def place_behind(text: str) -> str:
    """Return the place after the words of a label, such as "p. 5" in "Original, p. 5"; or ""."""
    placed = _PLACED.fullmatch(text)
    return placed[2] if placed else ""


def label_role(text: str) -> str:
    """Return the role of a text as a label of an issue or of a guide; "" if it has none."""
    label = _read_label(text.strip(" *_:"))
    return label.role or guide_role(label) or symbol_role(text.strip().removesuffix("\ufe0f"))


def _partition(words: str) -> tuple[str, str, str]:
    """Split ``before - current style`` at its dash or colon, if any."""
    for dash in (":", " - ", " – ", " — "):
        head, found, tail = words.partition(dash)
        if found and tail.strip():
            return head, found, tail
    return words, "", ""


@lru_cache(maxsize=4096)
def label_of(line: str) -> Label | None:
    """Read a line as a bold label, ``**Problem:** text``, or as an italic one with known words.

    :returns: the label, with the role "" if its words are unknown; None if the line is not a
        label. Bold text without a colon is a label only if its words are known.
    """
    match = _BOLD.fullmatch(line)
    if match is not None:
        inner, rest = match[1].strip(), match[3].strip()
        colon = inner.endswith(":") or bool(match[2])
        if (aside := _ASIDE.fullmatch(rest)) and sample_role(inner.rstrip(":")):
            # "**Before** (page 5)" has its remark outside the bold text.
            inner, rest = f"{inner.rstrip(':')} ({aside[1]})", ""
        label = _read_label(inner.rstrip(":"), rest)
        if not colon and label.role and rest:
            # "**Why.** text", "**Impact** - high"
            dashed = _DASHED.fullmatch(rest)
            colon = bool(dashed) or inner.endswith((".", "?"))
            label = replace(label, rest=dashed[1] if dashed else rest)
        return label if colon or (label.role and not rest) else None
    if line.lstrip()[:1] not in ("*", "_"):
        return None
    if match := _ASKED.fullmatch(line):
        label = _read_label(match[2].rstrip(".?"), match[3].strip())
        return label if label.role in FIELD_ROLES else None
    match = _ITALIC.fullmatch(line)
    if match is not None:
        mark, rest = match[1], match[3].rstrip(" \t")
        # "*Why:* text", or "*Why: text*"
        rest = rest[1:] if rest.startswith(mark) else rest.removesuffix(mark)
        label = _read_label(match[2], rest.strip())
        alone = label.role in ("before", "after") and not label.rest
        return label if label.role in FIELD_ROLES or label.strong or alone else None
    return None


def fields_of(line: str) -> list[Label]:
    """Return the label of a line, or several that are separated by bars or dots; [] if none."""
    return list(_fields_of(line))


@lru_cache(maxsize=4096)
def _fields_of(line: str) -> Sequence[Label]:
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
    """Return the labels of an unmarked line, ``Impact: high | Effort: 2 h``, if all are fields.

    A sentence may begin in the same way: call this only where no sentence is expected.
    """
    parts = _SPLIT.split(line)
    if not parts[1:] and all(":" in part for part in line.split(";")):
        parts = line.split(";")
    found = [_PLAIN.fullmatch(part.strip()) for part in parts]
    labels = [_read_label(section[1], (section[2] or "").strip()) for section in found if section]
    fields = all(label.role in FIELD_ROLES and label.rest for label in labels)
    return labels if len(labels) == len(found) and fields else []


def plain_label(line: str) -> Label | None:
    """Read a line as an unmarked label, ``Before:`` or ``Why it matters: text``; else None.

    A symbol alone is a weak label.
    """
    if role := symbol_role(line.strip()):
        return Label(line.strip(), role)
    match = _PLAIN.fullmatch(line)
    if match is None:
        return None
    label = _read_label(match[1], (match[2] or "").strip())
    if label.strong or (label.role in ("before", "after") and not label.rest):
        return label
    return label if label.role == "why" and label.words.casefold().startswith("why ") else None


def plain_reason(line: str) -> Label | None:
    """Read ``Why: text`` or ``Problem: text``; call this only where other labels are unmarked."""
    match = _PLAIN.fullmatch(line)
    label = _read_label(match[1], (match[2] or "").strip()) if match else None
    return label if label and label.role in ("problem", "why") and label.rest else None


def is_reason(line: str) -> bool:
    """Return whether a line is an unmarked reason: ``Why: text``."""
    label = plain_reason(line)
    return label is not None and label.role == "why"


def line_label(line: str) -> Label | None:
    """Read ``❌ text`` or ``Original: text`` as a label; it is one only in units without others."""
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
    role = symbol_role(symbol.removesuffix("\ufe0f"))
    return Label(symbol, role, rest=text.strip()) if role and text.strip() else None


def heading_label(title: str) -> Label | None:
    """Read the text of a heading as the label of a field, or as a strong one of a sample."""
    label = _read_label(plain_heading(title).strip().rstrip(":"))
    return label if label.role and (label.strong or label.role in FIELD_ROLES) else None


def weak_heading(title: str) -> Label | None:
    """Read the text of a heading as a weak label, which introduces a sample only in a pair."""
    label = _read_label(plain_heading(title).strip().rstrip(":"))
    return label if label.role in ("before", "after") and not label.strong else None


def guide_field(name: str, value: str) -> Label | None:
    """Return the guide's field that a table row, or an item ``Size: 57 KB``, states; or None."""
    label = Label(name.strip(" *_:"), "", rest=value.strip())
    return label if guide_role(label) else None


def plain_guide_field(text: str) -> Label | None:
    """Return the guide's field that a list item states, with or without marks; or None."""
    name, colon, value = text.partition(":")
    return guide_field(name, value.strip(" *_")) if colon else None


def guide_role(label: Label) -> str:
    """Return the guide's field that a label introduces: baseline, reduction, effort or ''."""
    return guide_field_role(bare_words(label.words))


def is_sample_heading(line: str) -> bool:
    """Return whether a line is a heading such as ``### **BEFORE:**``."""
    match = HEADING.fullmatch(line)
    if match is None or not match[2].strip("*: ").startswith(("BEFORE", "AFTER")):
        return False
    label = heading_label(match[2])
    return label is not None and label.role in SAMPLE_ROLES


def is_sample_label(line: str, *, followed_by_fence: bool) -> bool:
    """Return whether a line is a label that cannot be part of a sample.

    A strong label in capitals cannot. Any other strong one cannot only directly above a fence,
    because a sample may contain a bold "After".
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
