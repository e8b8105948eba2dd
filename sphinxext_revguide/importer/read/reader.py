"""Reads a guide: its title, fields, locked items, issues and sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import repeat

from sphinxext_revguide.importer.parts import (
    Heading,
    ImportedGuide,
    ImportedIssue,
    NotAGuideError,
    OtherSection,
    PagePart,
    Prose,
)
from sphinxext_revguide.importer.read.arrange import without_guessed_reasons
from sphinxext_revguide.importer.read.blocks import Block, blocks_of, source_of
from sphinxext_revguide.importer.read.fields import GuideFields
from sphinxext_revguide.importer.read.guide_checks import check_guide, numbered
from sphinxext_revguide.importer.read.guide_outline import (
    Unit,
    heads_of,
    outline_of,
    outside,
    unfinished,
)
from sphinxext_revguide.importer.read.issue_heads import named_heads, sure_heads
from sphinxext_revguide.importer.read.list_items import listed
from sphinxext_revguide.importer.read.pair_tables import has_pair_table
from sphinxext_revguide.importer.read.sample_labels import (
    below,
    has_samples,
    pairs_by_symbols,
    sample_roles,
    understood,
    unknown_labels,
)
from sphinxext_revguide.importer.read.sections import Section, SectionReader
from sphinxext_revguide.importer.read.unit import UnitReader
from sphinxext_revguide.importer.recognise.casing import Casing
from sphinxext_revguide.importer.recognise.heads import (
    LOOSE_KINDS,
    UNIT_KINDS,
    UnitHead,
    impact_above,
)
from sphinxext_revguide.importer.recognise.label_names import guesses, inferred_names
from sphinxext_revguide.importer.recognise.labels import fields_of
from sphinxext_revguide.importer.recognise.lines import Line, plain_heading
from sphinxext_revguide.importer.recognise.names import guide_name, in_guide, split_lines
from sphinxext_revguide.importer.rewrite.canonical import as_markdown, canonical
from sphinxext_revguide.importer.rewrite.fences import repair
from sphinxext_revguide.importer.rewrite.inferred_labels import Inferred, infer
from sphinxext_revguide.model import Guide, Impact, Lock, Problem

_SUMMARY = re.compile(r"\b(summary|overview|abstract)\b", re.IGNORECASE)


def read(text: str, *, guide_id: str, chapter: str, name: str) -> ImportedGuide:
    """Read a guide; see :func:`sphinxext_revguide.importer.read_guide`."""
    lines = split_lines(text)
    repaired, problems = repair(lines)
    outline, inferred = _best_outline(as_markdown(repaired))
    names = inferred.names if inferred else {}
    problems += inferred.problems if inferred else []
    return _Builder(outline, lines, problems, names).build(guide_id, chapter, name)


def _best_outline(lines: list[Line]) -> tuple[list[Unit | Section], Inferred | None]:
    """Sort lines into issues and sections, by known words or, if these find few, by repetition.

    :returns: the outline, and what was inferred from repetition if that was used.
    :raises NotAGuideError: if there is no issue.
    """
    known: list[Unit | Section] = []
    refused = None
    try:
        known = _outline(lines)
    except NotAGuideError as error:
        refused = error
    paired = _count_paired(known)
    if paired > 1 and 2 * paired >= len(_units(known)):
        return known, None
    inferred = infer(lines, columns=refused is not None)
    if inferred is not None:
        try:
            outline = _outline(inferred.lines)
        except NotAGuideError:
            outline = []
        more = _count_paired(outline) > max(1, _MORE * paired)
        if more and len(_units(outline)) >= len(_units(known)):
            return outline, inferred
    if refused is not None:
        raise refused
    return known, None


_MORE = 1.5
"""An outline by repetition must find this many times as many issues with samples."""


def _units(outline: list[Unit | Section]) -> list[Unit]:
    return [entry for entry in outline if isinstance(entry, Unit)]


def _count_paired(outline: list[Unit | Section]) -> int:
    """Return how many issues of an outline have samples."""
    return sum(_has_pair(unit.blocks) for unit in _units(outline))


def _outline(lines: list[Line]) -> list[Unit | Section]:
    """Sort lines into issues and sections.

    :raises NotAGuideError: if there is no issue.
    """
    blocks = blocks_of(canonical(lines))
    heads = heads_of(blocks)
    found = {head.kind for head in heads if head}
    for kind in UNIT_KINDS:
        if kind not in found:
            continue
        own = [head if head and head.kind == kind else None for head in heads]
        if kind in LOOSE_KINDS:
            own = sure_heads(blocks, own)
        outline = outline_of(blocks, own, heads)
        units = [unit.blocks for unit in outline if isinstance(unit, Unit)]
        holds = _has_labelled_pair if kind == "worded" else _has_pair
        if any(map(holds, units)):
            return outline
    opened, heads = listed(blocks)
    if not any(heads) and any(block.pair for block in below(blocks)):
        opened, heads = blocks, named_heads(blocks)
    if any(heads):
        return outline_of(opened, heads, heads)
    unpaired = _without_samples(blocks, heads_of(blocks))
    if unpaired:
        return unpaired
    raise NotAGuideError(_expected(unknown_labels(blocks), units=bool(found)))


def _has_pair(blocks: list[Block]) -> bool:
    return has_samples(blocks) or has_pair_table(blocks)


def _has_labelled_pair(blocks: list[Block]) -> bool:
    """Return whether labels introduce both samples, as heads of the kind "worded" require."""
    return {"before", "after"} <= sample_roles(blocks)


def _without_samples(
    blocks: list[Block], heads: list[UnitHead | None]
) -> list[Unit | Section] | None:
    """Return the outline of a guide without samples if most of its issues have a known label."""
    for kind in UNIT_KINDS:
        if kind == "worded":
            continue
        own = [head if head and head.kind == kind else None for head in heads]
        outline = outline_of(blocks, own, heads)
        units = [unit.blocks for unit in outline if isinstance(unit, Unit)]
        if units and sum(map(understood, units)) * 2 > len(units):
            return outline
    return None


def _expected(unknown: list[str], *, units: bool) -> str:
    if units:
        named = ", ".join(f"'{label}'" for label in unknown[:8])
        return (
            "this is not a revision guide: none of its issues has a BEFORE or an AFTER; expected "
            "a label such as '#### BEFORE (Current style)' or '**BEFORE:**' with a sample below it"
            + (f". These labels were not recognised: {named}" if named else "")
        )
    return (
        "this is not a revision guide: no issue was found; expected headings such as '### ISSUE "
        "#1: title', '### **1. title**' or '## EXAMPLE 1: title', each with a BEFORE and an AFTER"
    )


# Putting it together


class _Builder:
    def __init__(
        self,
        outline: list[Unit | Section],
        lines: list[str],
        problems: list[Problem],
        inferred: Mapping[str, str],
    ) -> None:
        self.outline, self.lines, self.problems = outline, lines, problems
        self.inferred = inferred
        self.casing = Casing(lines)
        self.fields = GuideFields()
        self.locks: list[Lock] = []
        self.other: list[OtherSection] = []
        self.intro: list[PagePart] = []
        self.body: list[PagePart] = []
        self.issues: list[ImportedIssue] = []
        self.levels: list[int] = []
        self.names: list[tuple[str, str, int]] = []
        self.ranked: tuple[int, Impact | None] = (0, None)
        units = [entry for entry in outline if isinstance(entry, Unit)]
        self.labelled = any(sample_roles(unit.blocks) for unit in units)

    def build(self, guide_id: str, chapter: str, name: str) -> ImportedGuide:
        """Read the outline and return the guide.

        :param guide_id: the id that was asked for, or "".
        :param chapter: the docname or glob of its chapter, or "".
        :param name: the name of its file.
        """
        self.problems += outside(self.outline)
        title, title_line = self._header()
        for index, entry in enumerate(self.outline):
            if isinstance(entry, Unit):
                self._unit(entry, index)
            else:
                self._section(entry)
        self.fields.complete()
        self._leave_out_guesses()
        guide = Guide(
            id=guide_name(guide_id, name, chapter, title),
            title=title,
            line=title_line,
            chapters=(" ".join(chapter.split()),) if chapter.strip() else (),
            baseline=self.fields.baseline,
            reduction=self.fields.reduction,
            effort=self.fields.effort,
        )
        self.problems += [*unfinished(self.outline, len(self.lines)), *guesses(self.names)]
        headings = [entry.heading for entry in self.outline if isinstance(entry, Section)]
        self.problems += check_guide(
            guide,
            self.issues,
            [(block.text, block.line) for block in headings if block],
            self.fields.effort_line,
        )
        return self._imported(guide)

    def _imported(self, guide: Guide) -> ImportedGuide:
        """Return the guide with all that was read; each issue gets the guide's id and a number."""
        issues = tuple(map(in_guide, self.issues, repeat(guide), numbered(self.issues)))
        renamed = dict(zip(map(id, self.issues), issues, strict=True))
        return ImportedGuide(
            guide=guide,
            issues=issues,
            locks=tuple(
                Lock(lock.text, lock.phrases, guide.id, line=lock.line) for lock in self.locks
            ),
            other=tuple(self.other),
            problems=tuple(
                sorted(self.problems, key=lambda problem: (problem.line, problem.message))
            ),
            intro=tuple(self.intro),
            body=tuple(
                renamed[id(part)] if isinstance(part, ImportedIssue) else part for part in self.body
            ),
            source=tuple(self.lines),
            inferred={
                **self.inferred,
                **{words.casefold(): role for words, role, _line in self.names},
            },
        )

    def _leave_out_guesses(self) -> None:
        """Drop the reasons that were read without a label, if most issues label theirs."""
        kept = without_guessed_reasons(self.issues)
        renewed = dict(zip(map(id, self.issues), kept, strict=True))
        self.body = [
            renewed[id(part)] if isinstance(part, ImportedIssue) else part for part in self.body
        ]
        self.issues = kept

    def _header(self) -> tuple[str, int]:
        """Read the title, and the text above and directly below it.

        :returns: the title and its line.
        """
        preface = self.outline.pop(0)
        title, line = "", 0
        header = [preface]
        if self.outline and isinstance(self.outline[0], Section) and not _is_part(self.outline):
            first = self.outline.pop(0)
            heading = first.heading if isinstance(first, Section) else None
            if heading is not None:
                title, line = plain_heading(heading.text), heading.line
            header.append(first)
            above_unit = isinstance(self.outline[1] if self.outline[1:] else None, Unit)
            if (
                not first.blocks
                and self.outline
                and _is_subtitle(self.outline[0])
                and not (above_unit and not self.outline[0].blocks)
            ):
                header.append(self.outline.pop(0))
        for index, section in enumerate(header):
            if index == 2 and isinstance(section, Section):
                self.intro.append(self._bold(section))
            reader = SectionReader(self.fields, header=True, targets=True)
            self._keep(reader.read(section.blocks), self.intro, "")
            self.locks += reader.locks
        return self.casing.normal(title), line

    def _bold(self, section: Section) -> Prose:
        heading = section.heading
        if heading is None:
            return Prose("", 0)
        title = self.casing.normal(plain_heading(heading.text))
        return Prose(f"**{title}**" if title else "", heading.line, raw=heading.source)

    def _section(self, section: Section) -> None:
        heading = section.heading
        title = plain_heading(heading.text) if heading else ""
        reader = SectionReader(self.fields, locked=section.locks, targets=section.targets)
        parts = reader.read(section.blocks)
        self.locks += reader.locks
        target = self.body
        if heading and _SUMMARY.search(title) and not self.body and not reader.locks:
            target = self.intro
            target.append(self._bold(section))
        elif heading:
            if heading.level <= self.ranked[0] or impact_above(title):
                self.ranked = (heading.level, impact_above(title))
            shown = self.casing.normal(title)
            target.append(Heading(self._level(heading.level), shown, heading.line))
        self._keep(parts, target, title, heading.line if heading else 0)

    def _keep(
        self, parts: list[PagePart], target: list[PagePart], title: str, line: int = 0
    ) -> None:
        target.extend(parts)
        prose = [part for part in parts if isinstance(part, Prose)]
        if prose:
            text = "\n\n".join(part.source for part in prose)
            self.other.append(OtherSection(title, text, line or prose[0].line))

    def _level(self, level: int) -> int:
        """Convert the level of a heading to one below the page's title, without gaps."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return min(len(self.levels) + 1, 6)

    def _unit(self, unit: Unit, index: int) -> None:
        following = self.outline[index + 1 : index + 2]
        heading = following[0].heading if following else None
        reader = UnitReader(
            unit.head,
            unit.heading,
            casing=self.casing,
            impact=self.ranked[1],
            next_unit_line=heading.line if heading else 0,
            end=len(self.lines),
        )
        issue = reader.read(unit.blocks)
        self.problems += reader.problems
        lines = (line for block in unit.blocks for line in block.lines)
        self.names += inferred_names(lines, self.lines)
        if self.labelled and pairs_by_symbols(unit.blocks):
            message = (
                "the samples of this issue are labelled differently from the others (❌ and ✅, or "
                "a diff); check that they are a BEFORE and an AFTER"
            )
            self.problems.append(Problem(unit.heading.line, message, "guess"))
        self.issues.append(issue)
        self.body.append(issue)


def _is_part(outline: Sequence[Unit | Section]) -> bool:
    """Return whether the first heading is that of a part of the guide, and not its title.

    It says that what it lists must stay, or how serious issues are, and others have its level.
    """
    first, *others = outline
    if not isinstance(first, Section) or first.heading is None:
        return False
    beside = any(isinstance(one, Section) and one.level == first.level for one in others)
    is_named = first.locks or impact_above(plain_heading(first.heading.text)) is not None
    return beside and is_named


def _is_subtitle(section: Unit | Section) -> bool:
    """Return whether a heading directly below the title is its second line."""
    if isinstance(section, Unit) or section.locks or section.heading is None:
        return False
    if _SUMMARY.search(section.heading.text):
        return False
    first = next((block for block in section.blocks if block.kind != "rule"), None)
    if first is None:
        return True
    return first.kind == "paragraph" and bool(fields_of(source_of(first.lines[:1])))
