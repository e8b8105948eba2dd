"""Reads the blocks of one unit as an issue: its fields, pairs of samples and all other text."""

from __future__ import annotations

import re
from dataclasses import replace

from sphinxext_revguide.importer.parts import Comment, ImportedIssue, Prose
from sphinxext_revguide.importer.read.arrange import arranged
from sphinxext_revguide.importer.read.arrow_lines import arrows_in
from sphinxext_revguide.importer.read.blocks import (
    Block,
    blocks_of,
    is_comment,
    source_of,
    unquoted,
    without_mark,
)
from sphinxext_revguide.importer.read.combined_fences import (
    is_diff,
    samples_in_fence,
    sides_of,
    text_of,
)
from sphinxext_revguide.importer.read.endings import Ending
from sphinxext_revguide.importer.read.fields import Fields
from sphinxext_revguide.importer.read.line_labels import LineLabels
from sphinxext_revguide.importer.read.pair_tables import (
    fields_in,
    is_of_data,
    pair_in,
    pairs_of_rows,
)
from sphinxext_revguide.importer.read.sample_labels import (
    has_samples,
    pairs_weakly,
    pairs_without_labels,
    strong_after,
)
from sphinxext_revguide.importer.read.sample_pairs import Found, pair_up
from sphinxext_revguide.importer.read.slot import Slot
from sphinxext_revguide.importer.read.unit_entries import UnitEntries
from sphinxext_revguide.importer.recognise.casing import Casing
from sphinxext_revguide.importer.recognise.heads import UnitHead, without_impact
from sphinxext_revguide.importer.recognise.labels import (
    Label,
    fields_of,
    heading_label,
    plain_fields,
    weak_heading,
)
from sphinxext_revguide.importer.recognise.lines import Line, plain_heading, without_bullet
from sphinxext_revguide.importer.recognise.pair_lines import CUT, without_quotes
from sphinxext_revguide.importer.rewrite.fences import PROSE
from sphinxext_revguide.issue_fields import ISSUE_FIELDS
from sphinxext_revguide.markup.directive_source import fenced
from sphinxext_revguide.model import Impact, Issue, Problem

_LONGEST_VALUE = 12
"""A text with more words below the label of a field is not its value."""
_VALUES = ("severity", *(row.name for row in ISSUE_FIELDS if row.editor_words))


class UnitReader:
    """Reads the blocks of one unit, in order."""

    def __init__(
        self,
        head: UnitHead,
        heading: Block,
        *,
        casing: Casing,
        next_unit_line: int,
        end: int,
        impact: Impact | None = None,
    ) -> None:
        """Begin a unit.

        :param casing: converts titles in capitals.
        :param next_unit_line: the line of the heading below the unit, or 0 at the end of the file.
        :param end: the last line of the file.
        :param impact: the impact that a heading above gives to all issues below it.
        """
        self.head, self.heading, self.casing = head, heading, casing
        self.next_unit_line, self.end = next_unit_line, end
        self.impact = impact
        self.entries = UnitEntries()
        self.problems: list[Problem] = []
        self.fields = Fields(self.problems)
        self.labels = LineLabels(self.entries)
        self._slot: Slot | None = None
        self._weakly = self._unlabelled = self._samples = False
        self._in_list = False

    def read(self, blocks: list[Block]) -> ImportedIssue:
        """Read all blocks and return the issue."""
        self._unlabelled = pairs_without_labels(blocks)
        self._samples = has_samples(blocks)
        self._answered = strong_after(blocks)
        self._weakly = self._unlabelled or pairs_weakly(blocks)
        self.labels = LineLabels(self.entries, unlabelled=self._unlabelled, weakly=self._weakly)
        for block in blocks:
            self._block(block)
        self._close()
        ending = Ending(blocks, self.next_unit_line, self.end)
        entries, pairs = pair_up(list(self.entries), self.problems, ending.why_missing)
        title = self._title()
        issue = Issue(
            guide="",
            number=self.head.number,
            title=title or f"{self.head.kind.capitalize()} {self.head.number}",
            line=self.heading.line,
            pairs=pairs,
            **self.fields.values,
        )
        return arranged(issue, entries)

    def _title(self) -> str:
        """Return the title; if no field gave the impact, take it from the title or from above."""
        title, impact = without_impact(self.head.title)
        if impact is None and not any(problem.subtype == "impact" for problem in self.problems):
            impact = self.impact
        if "impact" in self.fields.values or impact is None:
            return self.head.title
        self.fields.values["impact"] = impact
        return title

    # Blocks

    def _block(self, block: Block) -> None:
        arrows = arrows_in(block)
        if arrows and not (self._slot and self._slot.waits and self._slot.label.role != "both"):
            self._close()
            for label, line in arrows:
                self.entries.add(Found(label, Line("", line.number), line.text, line.number))
        elif block.kind == "heading":
            self._heading(block)
        elif block.kind == "paragraph":
            self._paragraph(block)
        elif block.kind == "fence":
            self._fence(block)
        elif block.kind == "rule":
            self._close()
        elif block.kind == "quote" and self._slot and self._takes("quote"):
            self._quote(block, self._slot)
        elif not self._labelled(block):
            self._text(Prose(block.source, block.line, literal=block.kind == "code"))

    def _takes(self, kind: str) -> bool:
        """Return whether a block of this kind belongs to the sample of the label in force."""
        slot = self._slot
        waits = slot is not None and slot.waits and not (slot.label.rest and slot.texts)
        return waits or self.entries.goes_on(slot, kind)

    def _labelled(self, block: Block) -> bool:
        """Read a table or a list of samples or fields; return False for any other block."""
        slot = self._slot
        if block.kind == "table" and slot and slot.waits and slot.sure and not slot.texts:
            return slot.label.role == "both" and self._table(block)
        if block.kind == "table":
            return self._table(block)
        return block.kind == "list" and self._list_of_labels(block)

    def _heading(self, block: Block) -> None:
        label = heading_label(block.text)
        if label is None and self._weakly:
            label = weak_heading(block.text)
        if label:
            self._label(label, Line(block.source, block.line), ())
            return
        self._close()
        title = self.casing.normal(plain_heading(block.text))
        bold = f"**{title}**" if title else block.source
        self.entries.add(Prose(bold, block.line, raw=block.source))

    def _paragraph(self, block: Block) -> None:
        if is_comment(block):
            self.entries.add(Comment(tuple(line.text for line in block.lines), block.line))
            return
        rest = list(block.lines)
        while rest:
            first, count = rest[0], 1
            while count < len(rest) and not self._labels(rest[count]):
                count += 1
            labels = self._labels(first)
            if labels and labels[0].role == "after":
                count = self.labels.up_to_reason(labels[0], rest[:count], self._slot)
            more = tuple(rest[1:count])
            is_value = bool(labels and not labels[0].strong and labels[0].role in _VALUES)
            if len(labels) > 1 or (is_value and (labels[0].rest or len(more) > 1)):
                self._close()
                self._fields(labels, (first, *more))
            elif labels:
                self._label(labels[0], first, more)
            else:
                self._text(Prose(source_of((first, *more)), first.number))
            rest = rest[count:]

    def _labels(self, line: Line) -> list[Label]:
        return self.labels.read(line.text, self._slot)

    def _fields(self, labels: list[Label], lines: tuple[Line, ...]) -> None:
        """Store fields; keep their lines as text if these say more than was understood."""
        understood = [self.fields.take(label, lines[0].number) for label in labels]
        if not all(understood) or len(lines) > 1:
            source, number = source_of(lines), lines[0].number
            bare = len(labels) == 1 and not fields_of(lines[0].text)
            rest = source.partition(":")[2].strip()
            text = f"**{labels[0].words}:** {rest}" if bare and rest else source
            self.entries.add(Prose(text, number, raw=source if bare and rest else ""))

    def _label(self, label: Label, line: Line, more: tuple[Line, ...]) -> None:
        slot = self._slot
        if not label.role and slot and slot.waits and slot.label.strong and not slot.texts:
            # A sample may begin with a label of its own.
            self._text(Prose(source_of((line, *more)), line.number))
            return
        self._close()
        answers = label.role == "after" and not self._answered and self.entries.end_with_before()
        if self._weakly and label.role in ("before", "after"):
            label = replace(label, strong=True)
        raw = source_of((line, *more))
        if label.role in ("problem", "why"):
            text = "\n".join(
                [*([label.rest] if label.rest else []), *(entry.text for entry in more)]
            )
            self._slot = Slot(label, line)
            self.entries.add(Prose(text, line.number, label.role, raw, label=label.words))
        elif label.role in ("before", "after", "both"):
            self._slot = Slot(label, line, answers=answers)
            text = "\n".join(
                [*([label.rest] if label.rest else []), *(entry.text for entry in more)]
            )
            if self._slot.sure and text and label.role != "both":
                self._slot.texts.append(Prose(text, line.number))
            elif more or label.rest:
                self.entries.add(Prose(raw, line.number))
                self._slot.line = Line("", line.number)
        elif label.role and not label.rest and len(more) < 2:
            self._slot = Slot(label, line)
            if more:
                self._text(Prose(more[0].text, more[0].number))
        elif label.role:
            self._fields([label], (line, *more))
        else:
            self._slot = Slot(label, line)
            self.entries.add(Prose(raw, line.number))

    def _text(self, prose: Prose) -> None:
        if self._slot and self._slot.ends_before(prose.text):
            self._close()
        slot = self._slot
        if slot and slot.label.role in _VALUES:
            self._value(slot, prose)
            return
        weak = slot is not None and (self._weakly or not slot.sure)
        if slot and slot.waits and weak and re.fullmatch(r"\*\*[^*]+\*\*", prose.text):
            # A bold line is a heading here: the text below it is one of several.
            self.entries.add_label(slot)
            self.entries.add(prose)
            self._slot = None
        elif slot and slot.waits and slot.sure and slot.label.role != "both":
            slot.texts.append(prose)
        elif slot and slot.waits:
            # A weak label with text below it introduces no sample: show it above its text.
            self.entries.add_label(slot)
            self.entries.add(prose)
        elif slot and slot.label.role in ("problem", "why"):
            self.entries.add(replace(prose, role=slot.label.role))
        else:
            self.entries.add(prose)

    def _value(self, slot: Slot, prose: Prose) -> None:
        """Store a short text below the label of a field as its value; keep any other as text."""
        self._slot = None
        text = prose.text.strip(" *_")
        is_short = "\n" not in text and len(text.split()) <= _LONGEST_VALUE
        label = replace(slot.label, rest=text)
        if prose.literal or not is_short or not self.fields.take(label, prose.line):
            self.entries.add_label(slot)
            self.entries.add(prose)

    # Samples

    def _fence(self, block: Block) -> None:
        slot = self._slot
        sure = slot and slot.waits and slot.sure and slot.label.role != "both"
        if self._unlabelled and is_diff(block):
            self._combined(None, sides_of(block), block)
            return
        if slot and self.entries.goes_on(slot, "fence") and not is_diff(block):
            self._found(slot, block)
            return
        halves = None if sure else samples_in_fence(block.body)
        if halves:
            self._combined(slot, halves, block)
            return
        if slot and slot.waits and slot.label.role != "both":
            self._found(slot, block)
            return
        if slot and slot.waits:
            self.entries.add_label(slot)
        if slot and slot.label.role in ("before", "after", "both"):
            slot.taken = True
        if block.body:
            start = block.body[0].number
            self.entries.add(Prose(source_of(block.body), start, literal=True))

    def _combined(
        self, slot: Slot | None, halves: list[tuple[Label, Line, tuple[Line, ...]]], block: Block
    ) -> None:
        if slot is not None:
            slot.taken = True
        for label, line, body in halves:
            if not label.role:
                self.entries.add(Prose(source_of(body), body[0].number, literal=True))
                continue
            text = text_of(body)
            gone = not text.strip() and is_diff(block)
            self.entries.add(
                Found(label, line, CUT if gone else text, line.number, block.cut, advice=gone)
            )

    def _found(self, slot: Slot, block: Block) -> None:
        number = block.body[0].number if block.body else block.line
        text = text_of(block.body)
        if block.language not in PROSE and text:
            # As Markdown, code would lose its line breaks and many of its symbols.
            text = fenced(text, block.language)
        found = Found(slot.label, slot.line, text, number, block.cut)
        self.entries.add_sample(slot, found, "fence")

    def _quote(self, block: Block, slot: Slot) -> None:
        """Add a quotation as a sample, without its marks and one pair of quotation marks."""
        text = text_of(unquoted(block.lines))
        outer = text.strip()
        advice = outer.startswith("[") and outer.endswith("]")
        text = without_quotes(text)
        kept = tuple(line.text for line in block.lines)
        found = Found(slot.label, slot.line, text, block.line, False, kept, advice)
        self.entries.add_sample(slot, found, "quote")

    # Labels in lists and tables

    def _list_of_labels(self, block: Block) -> bool:
        """Read the items of a list as blocks if all begin with labels, most of them known."""
        first = [without_bullet(item[0].text) if item else "" for item in block.items]
        labels = [self.labels.read(text, self._slot) or plain_fields(text) for text in first]
        known = all(labels) and 2 * sum(
            section.role != "" for found in labels for section in found
        ) > sum(map(len, labels))
        if self._in_list or not labels or not known:
            return False
        self._close()
        self._in_list = True
        for item in block.items:
            for inner in blocks_of(without_mark(item)):
                self._block(inner)
        self._close()
        self._in_list = False
        return True

    def _table(self, block: Block) -> bool:
        """Read a table of fields, or of BEFORE and AFTER; return False for any other table."""
        found, labels = pair_in(block), fields_in(block)
        if self._samples and is_of_data(block):
            found = []
        if not found and not labels:
            return False
        self._close()
        understood = [self.fields.take(label, block.line) for label in labels if not found]
        if not all(understood):
            self.entries.add(Prose(block.source, block.line))
            return True
        for label, line in pairs_of_rows(block, found):
            self.entries.add(Found(label, Line("", line.number), line.text, line.number))
        return True

    def _close(self) -> None:
        """End the label in force: unfenced text below a BEFORE or AFTER becomes its sample."""
        slot, self._slot = self._slot, None
        if slot is not None and slot.label.role in _VALUES:
            self.entries.add_label(slot)
        if slot is None or not slot.waits:
            return
        if not slot.sure or slot.label.role == "both":
            self.entries.add_label(slot)
            return
        if not slot.texts:
            if slot.label.strong:
                self.entries.add(Found(slot.label, slot.line, "", 0))
            else:
                self.entries.add_label(slot)
            return
        text = without_quotes("\n\n".join(prose.text for prose in slot.texts))
        number = slot.texts[0].line
        self.entries.add(Found(slot.label, slot.line, text, number, raw=True))
