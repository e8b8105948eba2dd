"""Pairs the samples of a unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sphinxext_revguide.importer.parts import Comment, Prose
from sphinxext_revguide.importer.recognise.labels import Label
from sphinxext_revguide.importer.recognise.lines import Line
from sphinxext_revguide.model import INSTRUCTION, Pair, Problem, Sample, is_called_instruction


@dataclass(frozen=True, slots=True)
class Found:
    """A sample, the label that introduced it, its text and its 1-based line.

    ``cut`` means that it breaks off, ``advice`` that it is an instruction instead of a text, and
    ``raw`` that it is neither fenced nor quoted; ``kept`` holds the lines of a quotation with their
    marks. The text is empty if nothing is below the label.
    """

    label: Label
    label_line: Line
    text: str
    line: int
    cut: bool = False
    kept: tuple[str, ...] = ()
    advice: bool = False
    raw: bool = False

    def sample(self) -> Sample | None:
        """Return the sample, or None if there is no text."""
        if not self.text.strip():
            return None
        label = " ".join(self.label.remark.split())
        # The label may say so already, as in an export.
        is_called_so = is_called_instruction(label)
        if self.advice and not is_called_so:
            label = f"{INSTRUCTION}: {label}" if label else INSTRUCTION
        return Sample(self.text, label, self.line, instruction=self.advice or is_called_so)


Entry = Comment | Prose | Found


def pair_up(
    entries: Sequence[Entry], problems: list[Problem], why_missing: Callable[[int, int], str]
) -> tuple[list[Entry | Pair], tuple[Pair, ...]]:
    """Pair each AFTER with the BEFORE above it.

    :param problems: gets a problem for each sample that is missing or an instruction.
    :param why_missing: returns why there is no AFTER, given the line of its label or 0, and the
        line of the BEFORE.
    :returns: the entries with pairs in place of their samples, and the pairs.
    """
    pairing = _Pairing(problems, why_missing)
    for entry in _mark_instructions(_in_order(_without_weak(entries))):
        if not isinstance(entry, Found):
            pairing.result.append(entry)
            continue
        _report_advice(entry, problems)
        if entry.label.role == "before":
            pairing.before_found(entry)
        else:
            pairing.after_found(entry)
    pairing.end()
    return pairing.result, tuple(part for part in pairing.result if isinstance(part, Pair))


class _Pairing:
    """The BEFORE in force, and the entries and pairs so far."""

    def __init__(self, problems: list[Problem], why_missing: Callable[[int, int], str]) -> None:
        self.problems, self.why_missing = problems, why_missing
        self.result: list[Entry | Pair] = []
        self._before: Found | None = None
        self._answered = False

    def before_found(self, found: Found) -> None:
        cut = self._before
        if cut and cut.cut and not self._answered and found.text.strip():
            # The editor began again: show the sample that breaks off; it needs no AFTER.
            self.result.append(Prose(cut.text, cut.line, literal=True))
            self._answered = True
        self.end()
        self._before, self._answered = (found if found.text.strip() else None), False

    def after_found(self, found: Found) -> None:
        before, after = self._before, found.sample()
        if after is None:
            self.end(found.label_line.number)
            self._answered = True
            return
        line = before.label_line.number or before.line if before else found.line
        if before is None:
            message = "the BEFORE of this AFTER is missing; quote the text that it replaces"
            self.problems.append(Problem(found.line, message, "missing"))
        self.result.append(Pair(before.sample() if before else None, after, line))
        self._answered = True

    def end(self, label_line: int = 0) -> None:
        """Report the BEFORE in force if it has no AFTER, and add it without one."""
        before = self._before
        if before is None or self._answered:
            return
        missing = self.why_missing(label_line, before.line)
        line = label_line or before.label_line.number or before.line
        message = f"the AFTER is missing: {missing}; write it"
        self.problems.append(Problem(line, message, "missing"))
        self.result.append(Pair(before.sample(), None, before.label_line.number, missing))


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with each BEFORE above its AFTER.

    Editors may put each AFTER first, or all BEFOREs first, with numbers that tell which samples
    belong together. Any other order stays unchanged.
    """
    places = [index for index, entry in enumerate(entries) if isinstance(entry, Found)]
    found = [entry for entry in entries if isinstance(entry, Found)]
    roles = [section.label.role for section in found]
    half = len(found) // 2
    result = list(entries)
    if not roles or len(found) % 2:
        return result
    if roles == ["after", "before"] * half:
        order = [
            found_sample
            for pair in zip(found[1::2], found[::2], strict=True)
            for found_sample in pair
        ]
    elif roles == ["before"] * half + ["after"] * half and half > 1:
        numbers = [section.label.index for section in found]
        if numbers[:half] != numbers[half:] or len({*numbers}) != half:
            return result
        order = [
            found_sample
            for pair in zip(found[:half], found[half:], strict=True)
            for found_sample in pair
        ]
    else:
        return result
    for place, found_sample in zip(places, order, strict=True):
        result[place] = found_sample
    return result


_ORDER = re.compile(
    r"\W*(?:none|nothing|delete|remove|cut|drop|omit|merge|move|rewrite|replace|convert|combine|shorten|split"
    r"|fold|integrate|condense|strike|see above|same as)\b",
    re.IGNORECASE,
)


_DELETION = re.compile(
    r"\W*(?:cut|deleted?|removed?|omit(?:ted)?|strike|drop(?:ped)?)\W*", re.IGNORECASE
)
"""An AFTER that says, even if it is set off as a text, that nothing replaces the BEFORE."""


_UNQUOTED = re.compile(
    r"\W*(?:not quoted|no quot|n/?a\b|not applicable|none\W*$|throughout\b|passim\b|everywhere\W*$"
    r"|(?:the )?(?:whole|entire) (?:chapter|section|page|text|document)\W*$"
    r"|(?:various|several|many) (?:places|passages)\b)",
    re.IGNORECASE,
)
"""What editors write instead of quoting a passage; the AFTER is then an instruction."""
_ACTION = re.compile(r"\b(?:action|to do|instructions?)\W*$", re.IGNORECASE)
"""The end of a label that introduces an instruction."""


def _mark_instructions(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, with ``advice`` set on samples that are instructions.

    If the BEFORE is set off and the AFTER is not, the AFTER says what to do. If neither is set off,
    both are texts, unless the AFTER begins with an order. A single word such as "cut", or an order
    in brackets, is never a text of the book, even if it is quoted.
    """
    bare = False
    for entry in entries:
        if not isinstance(entry, Found):
            yield entry
            continue
        is_before = entry.label.role == "before"
        if is_before:
            bare = entry.raw and not _UNQUOTED.match(entry.text)
        text = entry.text.strip(" \t\n*_")
        bracketed = text.startswith("[") and text.endswith("]")
        enclosed = bracketed or (text.startswith("(") and text.endswith(")"))
        asked = bool(_ORDER.match(entry.text) or _ACTION.search(entry.label.words))
        order = bracketed or (not bare if entry.raw else False) or (not is_before and asked)
        aside = enclosed and _ORDER.match(text) and "\n" not in text
        deleted = not is_before and bool(aside or _DELETION.fullmatch(text))
        yield replace(entry, advice=True) if (entry.raw and order) or deleted else entry


_DELETED = re.compile(
    r"\W*(?:please\s+)?(?:none|nothing|delete|remove|cut|drop|omit|strike|done)\b", re.IGNORECASE
)


def _report_advice(found: Found, problems: list[Problem]) -> None:
    role = found.label.role.upper()
    if found.advice and _DELETED.match(found.text):
        return  # Nothing is left to write out.
    if found.advice:
        message = f"this {role} is an instruction, not text; write the text itself"
        problems.append(Problem(found.line, message, "advice"))
    elif not found.text.strip() and found.label.role == "before":
        message = "there is no text below this BEFORE; quote the passage"
        problems.append(Problem(found.label_line.number or found.line, message, "missing"))


def _without_weak(entries: Sequence[Entry]) -> list[Entry]:
    """Turn samples under weak labels into text if the unit has a strong label with that role.

    A BEFORE and the AFTER that follows it stay samples if both have weak labels.
    """
    found = [entry for entry in entries if isinstance(entry, Found)]
    strong = {section.label.role for section in found if section.label.strong}
    pairs: set[int] = set()
    for found_sample, other in pairwise(found):
        weak = not found_sample.label.strong and not other.label.strong
        if weak and (found_sample.label.role, other.label.role) == ("before", "after"):
            pairs |= {id(found_sample), id(other)}
    result: list[Entry] = []
    for entry in entries:
        weak = isinstance(entry, Found) and not entry.label.strong and id(entry) not in pairs
        if isinstance(entry, Found) and weak and entry.label.role in strong:
            if entry.label_line.text:
                result.append(Prose(entry.label_line.text, entry.label_line.number))
            if entry.kept:
                result.append(Prose("\n".join(entry.kept), entry.line))
            elif entry.text:
                result.append(Prose(entry.text, entry.line, literal=True))
        else:
            result.append(entry)
    return result
