"""A guide's repaired lines -> what was understood, in the order of the guide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt

from sphinxext_revguide.importer.fences import Repaired, repair
from sphinxext_revguide.importer.labels import field_of, split_label, unit
from sphinxext_revguide.model import (
    Guide,
    Impact,
    Issue,
    Lock,
    Pair,
    Problem,
    Sample,
    Span,
    parse_hours,
    parse_percent,
    parse_size,
)

_PARSER = MarkdownIt("commonmark").enable("table")


_ANNOUNCED = re.compile(
    r"(?<!chapter )\b(\d{1,3})\s+(?:[\w-]+\s+){0,3}(?:issues|patterns)\b", re.IGNORECASE
)


class NotAGuideError(ValueError):
    """The text holds no issue with a sample."""


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of the guide: its kind, its lines, and the input line it begins on."""

    kind: str
    lines: tuple[str, ...]
    line: int
    level: int = 0
    content: str = ""

    @property
    def text(self) -> str:
        """The block as it was written."""
        return "\n".join(self.lines)


@dataclass
class Unit:
    """One issue as it is being read. ``replaced`` are the lines that options stand for."""

    issue: Issue
    level: int
    replaced: list[str] = field(default_factory=list)
    problem: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


@dataclass
class Prose:
    """Text of the guide that is kept as it is."""

    block: Block


@dataclass
class Locks:
    """A section of what must be preserved."""

    items: list[Lock]
    text: str


Part = Prose | Unit | Locks


@dataclass
class ImportedGuide:
    """What was understood of a guide, in the order of the guide."""

    guide: Guide
    parts: list[Part]
    problems: list[Problem]

    @property
    def units(self) -> list[Unit]:
        """The issues."""
        return [part for part in self.parts if isinstance(part, Unit)]

    @property
    def locks(self) -> list[Lock]:
        """The locked items."""
        return [lock for part in self.parts if isinstance(part, Locks) for lock in part.items]


def read_guide(text: str, *, guide_id: str = "", chapter: str = "") -> ImportedGuide:
    """Read an editor's Markdown guide.

    :param guide_id: the id of the guide; by default made of its title.
    :param chapter: docname or glob of the chapter that it is about.
    :raises NotAGuideError: if no issue with a sample is found; the message says what was expected.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    repaired = repair(lines)
    reader = _Reader(repaired)
    for block in _blocks(repaired):
        reader.take(block)
    reader.finish()
    if not any(one.pairs for one in reader.units):
        msg = (
            "this is no revision guide: no issue with a sample was found; expected headings like "
            "'### ISSUE #1: Title' or '### **1. Title**', each with a BEFORE sample in a fence"
        )
        raise NotAGuideError(msg)
    return reader.result(guide_id, chapter, len(text.rstrip().splitlines()))


def _blocks(repaired: Repaired) -> list[Block]:
    tokens = _PARSER.parse("\n".join(repaired.lines))
    found: list[Block] = []
    done = 0
    for index, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0:
            continue
        start, end = token.map
        if start > done:  # What yields no token, such as a reference definition, is kept too.
            _keep(found, repaired, done, start)
        done = max(done, end)
        kind = token.type.removesuffix("_open")
        level = int(token.tag[1]) if kind == "heading" else 0
        content = tokens[index + 1].content if kind == "heading" else token.content
        lines = tuple(repaired.lines[start:end])
        found.append(Block(kind, lines, repaired.origin[start], level, content))
    _keep(found, repaired, done, len(repaired.lines))
    return found


def _keep(found: list[Block], repaired: Repaired, start: int, end: int) -> None:
    lines = tuple(repaired.lines[start:end])
    if any(line.strip() for line in lines):
        found.append(Block("paragraph", lines, repaired.origin[start]))


class _Reader:
    """Takes the blocks one by one; knows which unit, field and sample slot is open."""

    def __init__(self, repaired: Repaired) -> None:
        self.repaired = repaired
        self.problems = list(repaired.problems)
        self.parts: list[Part] = []
        self.unit: Unit | None = None
        self.locks: Locks | None = None
        self.field = ""
        self.slot: tuple[str, str] | None = None
        self.announced: tuple[int, int] | None = None
        self.header: dict[str, tuple[str, int]] = {}
        self.title = ""

    @property
    def units(self) -> list[Unit]:
        return [part for part in self.parts if isinstance(part, Unit)]

    def take(self, block: Block) -> None:
        if block.kind == "heading":
            self._heading(block)
        elif self.unit is not None:
            self._in_unit(self.unit, block)
        elif self.locks is not None and block.kind.endswith("list"):
            self._locked_items(self.locks, block)
        else:
            self._prose(block)

    def finish(self) -> None:
        self._close_slot()

    def _heading(self, block: Block) -> None:
        field, words = field_of(block.content)
        if self.unit is not None and field and block.level > self.unit.level:
            self.unit.replaced.extend(block.lines)
            self._begin_field(field, words)
            return
        number = unit(block.content, block.level)
        if number is not None:
            self._close_slot()
            issue = Issue(guide="", number=number[0], title=number[1], line=block.line)
            self.unit, self.locks, self.field = Unit(issue, block.level), None, ""
            self.unit.replaced.extend(block.lines)
            self.parts.append(self.unit)
            return
        if self.unit is not None and block.level > self.unit.level:
            self.unit.notes.append(block.text)
            return
        self._close_slot()
        self.unit = None
        self._announce(block)
        if re.search(r"\b(?:locked|must preserve|preserve)\b", block.content, re.IGNORECASE):
            self.locks = Locks([], "")
        elif self.locks is not None:
            self.locks = None
        if block.level == 1 and not self.title:
            self.title = block.content
        self.parts.append(Prose(block))

    def _announce(self, block: Block) -> None:
        match = _ANNOUNCED.search(block.content)
        if match and self.announced is None:
            self.announced = (int(match[1]), block.line)

    def _locked_items(self, locks: Locks, block: Block) -> None:
        if locks not in self.parts:
            self.parts.append(locks)
        locks.text = f"{locks.text}\n{block.text}".strip("\n")
        for offset, line in enumerate(block.lines):
            match = re.match(r"\s{0,3}(?:[-*+]|\d+[.)])\s+(.*)", line)
            if match:
                text = match[1].removeprefix("✅").strip()
                phrases = tuple(re.findall(r"`([^`]+)`", text))
                locks.items.append(Lock(text, phrases, line=block.line + offset))

    def _prose(self, block: Block) -> None:
        for offset, line in enumerate(block.lines):
            label = split_label(line)
            if label is not None:
                name = line.strip().strip("*").split(":")[0].strip("* ").lower()
                self.header.setdefault(name, (label[2], block.line + offset))
        self.parts.append(Prose(block))

    # Inside an issue

    def _in_unit(self, unit: Unit, block: Block) -> None:
        if block.kind == "fence":
            self._fence(unit, block)
        elif block.kind == "paragraph":
            for offset, line in enumerate(block.lines):
                self._line(unit, line, block.line + offset)
            self._text(unit, "")
        elif block.kind != "hr":
            self._text(unit, block.text)

    def _line(self, unit: Unit, line: str, number: int) -> None:
        label = split_label(line)
        if label is None:
            self._text(unit, line)
            return
        field, words, rest = label
        if not field:
            self.field = "notes"
            self._text(unit, line)
        elif field in ("before", "after"):
            unit.replaced.append(line)
            self._begin_field(field, words)
            if rest:
                unit.notes.append(rest)
        elif field in ("problem", "why"):
            unit.replaced.append(line)
            self.field = field
            self._text(unit, rest)
        else:
            unit.replaced.append(line)
            for part in re.split(r"\s*\|\s*(?=\*\*)", line):
                piece = split_label(part)
                if piece is not None:
                    self._value(unit, piece[0], piece[2], number)

    def _text(self, unit: Unit, text: str) -> None:
        target = {"problem": unit.problem, "why": unit.why}.get(self.field, unit.notes)
        target.append(text)

    def _value(self, unit: Unit, field: str, text: str, number: int) -> None:
        try:
            if field == "impact":
                impact = Impact("-".join(text.lower().split()[0:1]).strip(".,;"))
                unit.issue = replace(unit.issue, impact=impact)
            elif field == "frequency":
                unit.issue = replace(unit.issue, frequency=text)
            elif field == "reduction":
                unit.issue = replace(unit.issue, reduction=_percent(text))
            elif field == "effort":
                unit.issue = replace(unit.issue, effort=_hours(text))
        except ValueError:
            known = f"one of {', '.join(Impact)}" if field == "impact" else "a number with its unit"
            message = (
                f"the {field} {text!r} is not understood; expected {known}. It is kept as text"
            )
            self.problems.append(Problem(number, message, "value"))

    def _begin_field(self, field: str, words: str) -> None:
        self._close_slot()
        self.field = field
        if field in ("before", "after"):
            self.slot = (field, words)

    def _fence(self, unit: Unit, block: Block) -> None:
        if self.slot is None:
            unit.notes.append(block.text)
            return
        role, words = self.slot
        self.slot = None
        content = block.content.removesuffix("\n")
        sample = Sample(content, words, block.line + 1)
        last = unit.pairs[-1] if unit.pairs else None
        if role == "before" or last is None or last.after is not None:
            before = sample if role == "before" else None
            after = sample if role == "after" else None
            unit.pairs.append(Pair(before, after, block.line))
        else:
            unit.pairs[-1] = replace(last, after=sample)
        self.field = "notes"
        self.last_sample = block

    def _close_slot(self) -> None:
        """Tell of a sample that was announced and did not come."""
        if self.slot is not None and self.unit is not None:
            role, words = self.slot
            number = self.unit.issue.number
            message = f"issue {number} announces its {role.upper()} and does not give it"
            self.problems.append(Problem(self.unit.issue.line, message, "missing_sample"))
            if role == "after" and self.unit.pairs:
                reason = f"announced as “{words}”, but not in the guide" if words else ""
                last = self.unit.pairs[-1]
                self.unit.pairs[-1] = replace(last, missing=reason or "not in the guide")
        self.slot = None

    # The whole

    def result(self, guide_id: str, chapter: str, length: int) -> ImportedGuide:
        guide = self._guide(guide_id, chapter)
        self._renumber()
        for one in self.units:
            one.issue = replace(one.issue, guide=guide.id, pairs=tuple(one.pairs))
            self._check(one)
        self._check_whole(guide, length)
        self.problems.sort(key=lambda problem: (problem.line, problem.message))
        return ImportedGuide(guide, self.parts, self.problems)

    def _renumber(self) -> None:
        """Give a unit whose number is taken the next free one, and say so."""
        taken: set[int] = set()
        for one in self.units:
            number = one.issue.number
            if number in taken:
                free = max(*taken, *(unit.issue.number for unit in self.units)) + 1
                message = f"there is an issue {number} already; this one becomes issue {free}"
                self.problems.append(Problem(one.issue.line, message, "number"))
                one.issue = replace(one.issue, number=free)
            taken.add(one.issue.number)

    def _guide(self, guide_id: str, chapter: str) -> Guide:
        titles = [p.block.content for p in self.parts if isinstance(p, Prose) and p.block.level]
        title = self.title or (titles[0] if titles else "Revision guide")
        match = re.search(r"\bchapter\s+(\d+)", title, re.IGNORECASE)
        default = f"chapter-{int(match[1]):02d}" if match else "guide"
        guide = Guide(id=guide_id or default, title=title, chapters=(chapter,) if chapter else ())
        for name, (value, line) in self.header.items():
            guide = self._header_value(guide, name, value, line)
        return guide

    def _header_value(self, guide: Guide, name: str, value: str, line: int) -> Guide:
        try:
            if "metrics" in name or "size" in name:
                return replace(guide, baseline=parse_size(value))
            if "reduction" in name and guide.reduction is None:
                return replace(guide, reduction=_percent(value))
            if ("implementation" in name or "time" in name) and guide.effort is None:
                return replace(guide, effort=_hours(value), line=line)
        except ValueError:
            message = f"the header's {name} {value!r} is not understood; it is kept as text"
            self.problems.append(Problem(line, message, "value"))
        return guide

    def _check(self, unit: Unit) -> None:
        issue = unit.issue
        if not unit.pairs:
            message = f"issue {issue.number} has no sample"
            self.problems.append(Problem(issue.line, message, "missing_sample"))
        for pair in unit.pairs:
            if pair.before is not None and pair.after is None and not pair.missing:
                message = f"issue {issue.number} has a BEFORE and no AFTER"
                self.problems.append(Problem(pair.line, message, "missing_sample"))
            if issue.reduction and pair.before and pair.after:
                before, after = len(pair.before.text.split()), len(pair.after.text.split())
                if after > before:
                    message = (
                        f"issue {issue.number} promises a reduction of {issue.reduction}%, but its "
                        f"AFTER is longer than its BEFORE: {after} against {before} words"
                    )
                    self.problems.append(Problem(pair.after.line, message, "longer"))

    def _check_whole(self, guide: Guide, length: int) -> None:
        found = len(self.units)
        if self.announced and self.announced[0] > found:
            message = f"{self.announced[0]} issues are announced here and {found} are in the file"
            self.problems.append(Problem(self.announced[1], message, "announced"))
            tail = f"the file ends here; {self.announced[0] - found} announced issues are missing"
            self.problems.append(Problem(length, tail, "announced"))
        efforts = [unit.issue.effort for unit in self.units if unit.issue.effort]
        if guide.effort and efforts:
            total = Span(sum(one.low for one in efforts), sum(one.high for one in efforts))
            if total != guide.effort:
                message = (
                    f"the header estimates {guide.effort} h; the {len(efforts)} issues that give "
                    f"a time add up to {total} h"
                )
                self.problems.append(Problem(guide.line, message, "hours"))


def _percent(text: str) -> Span:
    match = re.match(r"[~≈]?\s*\d[\d.]*(?:\s*%?\s*(?:-|–|—|to)\s*\d[\d.]*)?\s*%", text)
    return parse_percent(match[0] if match else text)


def _hours(text: str) -> Span:
    match = re.match(
        r"[~≈]?\s*\d[\d.]*(?:\s*(?:-|–|—|to)\s*\d[\d.]*)?\s*(?:hours?|hrs?|h|minutes?|mins?|m)\b",
        text,
        re.IGNORECASE,
    )
    return parse_hours(match[0] if match else text)
