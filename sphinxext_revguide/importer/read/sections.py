"""Reads sections that are not units: prose, fields of the guide, and lists of locked items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from sphinxext_revguide.importer.parts import Comment, LockedList, PagePart, Prose
from sphinxext_revguide.importer.read.blocks import Block, is_comment, source_of, unquoted
from sphinxext_revguide.importer.read.fields import GuideFields
from sphinxext_revguide.importer.read.guide_targets import facts_of_row, facts_of_text
from sphinxext_revguide.importer.read.locked_prose import passages_in_prose, signing_off
from sphinxext_revguide.importer.recognise.labels import fields_of, guide_field, plain_guide_field
from sphinxext_revguide.importer.recognise.lines import Line, without_bullet
from sphinxext_revguide.importer.recognise.lock_words import locks
from sphinxext_revguide.importer.recognise.table_cells import cells_of
from sphinxext_revguide.model import Lock

_STYLE_RULE = re.compile(
    r"\W*(?:no|never|avoid|zero|don['’]t use|do not use|always (?:use|write)|at most|max(?:imum)?)"
    r"\b"
    r"(?!.*\b(?:chang|edit|touch|alter|remov|cut|delet))(?!\.? ?\d)",
    re.IGNORECASE,
)
"""A rule that says how to write, and not what must stay."""
_QUOTES = ("`", '"', "“", "„", "«", ">")
_TARGETS = re.compile(
    r"\b(?:targets?|goals?|metrics|estimates?|summary|overview|scope|at a glance|numbers)\b",
    re.IGNORECASE,
)
_TICK = re.compile(r"[ \t]*[✓✔✅☑☒🔒]\ufe0f?[ \t]*")
_BOXED = re.compile(r"[ \t]*(?:[✓✔✅☑☒🔒■●•◦▪]\ufe0f?|\[[xX]\])[ \t]*\S")
"""An item with a box or a bullet that does not begin a list item in Markdown."""
_PASSAGE = re.compile(r"[“\"]([^“”\"]{1,500})[”\"]")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(\S(?:[^*_\n]*\S)?)\1(?![\w*_])")
"""Emphasized text; a literal would show its marks."""
_LETTERED = re.compile(r"\((?:[a-z]|[ivx]{1,4}|[0-9]{1,2})\)[ \t]+\S")
"""An item such as "(a) text", which is a paragraph in Markdown."""
_MIN = 3
"""A quotation in an item is a passage to keep if it has at least this many words."""
_HEADING = 8
"""A heading that is not marked as one has at most this many words."""
_LITERAL = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")


_ORDERS = re.compile(
    r"(?:please |do |then |but |now |and |so |otherwise,? |everything else,? )*"
    r"(?:change|cut|fix|rewrite|revise|edit|delete|remove"
    r"|here|the|in the|what|this|these|look|see)\b",
    re.IGNORECASE,
)
"""How a sentence begins that is about other passages than those that stay."""
_INTRODUCES = re.compile(r"(?:.*[.!?][ ])?(?:\*\*)?([^.!?]{3,120}):(?:\*\*)?", re.DOTALL)


def introduces_locks(block: Block) -> bool:
    """Return whether a paragraph ends by saying that what follows must stay."""
    if block.kind != "paragraph":
        return False
    text = " ".join(line.text.strip() for line in block.lines)
    if match := _INTRODUCES.fullmatch(text):
        if locks(match[1]):
            return True
        # An aside may come last: "Leave these as they are. Authors are apt to cut them:"
        return locks(text) and not _ORDERS.match(match[1].strip())
    # It may be a heading that is not marked as one, or that is in bold.
    text = text.strip("*_ ")
    is_heading = len(block.lines) == 1 and text[-1:].isalpha() and len(text.split()) <= _HEADING
    return is_heading and locks(text)


def _as_phrases(item: str) -> str:
    """Write the quotations in an item as literals, which are searched for in the chapters."""
    return _PASSAGE.sub(_as_phrase, item)


def _as_phrase(match: re.Match[str]) -> str:
    text = match[1]
    skipped = len(text.split()) < _MIN or "`" in text or "…" in text or "..." in text
    if skipped or "\n" in text:
        return match[0]
    # Before "said", a quotation ends with a comma instead of a full stop.
    bare = text.strip().rstrip(",;:")
    return f"`{_EMPHASIS.sub(_inside, bare)}`{text.strip()[len(bare) :]}"


def _inside(match: re.Match[str]) -> str:
    return match[2]


def _quoted_paragraphs(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    for blank, own in groupby(lines, key=lambda line: not line.text.strip()):
        if not blank:
            yield tuple(own)


def _quoted_item(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return a quoted paragraph as a list item in quotation marks."""
    text = " ".join(line.text.strip() for line in lines).strip('“”"')
    return (Line(f"- “{text}”", lines[0].number),)


def _row_item(line: Line) -> tuple[Line, ...]:
    """Return a row of a table as a list item, without the number of the row."""
    cells = [cell for cell in cells_of(line.text) if cell.strip("-–— ")]
    if len(cells) > 1 and re.fullmatch(r"#?[A-Z]{0,3}-?[0-9]{1,3}\.?", cells[0]):
        del cells[0]
    return (Line(f"- {' – '.join(cells)}", line.number),) if cells else ()


def _lettered_items(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Yield the items of a paragraph, each with its lines up to the next letter."""
    starts = [index for index, line in enumerate(lines) if _LETTERED.match(line.text)]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _is_style_rule(item: tuple[Line, ...]) -> bool:
    """Return whether an item says how to write; a quoted item is a passage."""
    text = without_bullet(item[0].text)
    return not text.startswith(_QUOTES) and bool(_STYLE_RULE.match(text))


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each line that has a label, then all other lines as one text."""
    own = [without_bullet(line.text.strip("> \t")) for line in lines]
    labelled = [text for text in own if re.match(r"[^:.]{2,60}:", text)]
    yield from labelled
    yield " ".join(text for text in own if text not in labelled)


@dataclass(slots=True)
class Section:
    """A heading, or None, and the blocks below it.

    ``locked_from`` is the level of the heading above that locks this section, or 0.
    """

    heading: Block | None
    blocks: list[Block] = field(default_factory=list)
    locked_from: int = 0

    @property
    def level(self) -> int:
        """The level of the heading, 0 without one."""
        return self.heading.level if self.heading else 0

    @property
    def locks(self) -> bool:
        """Whether its own heading, or one above it, says that what is listed here must stay."""
        own = self.heading is not None and locks(self.heading.text)
        return own or self.locked_from > 0

    @property
    def targets(self) -> bool:
        """Whether the heading says that the section is about the guide as a whole."""
        return self.heading is not None and bool(_TARGETS.search(self.heading.text))

    def opens(self, heading: Block) -> Section:
        """Return the section that a heading begins; a subsection of a locked one is locked, too."""
        level = (self.locked_from or self.level) if self.locks else 0
        return Section(heading, locked_from=level if 0 < level < heading.level else 0)


class SectionReader:
    """Reads the blocks of one section."""

    def __init__(
        self,
        fields: GuideFields,
        *,
        header: bool = False,
        locked: bool = False,
        targets: bool = False,
    ) -> None:
        """Begin a section.

        :param fields: gets what the section says about the guide as a whole.
        :param header: whether to omit fields that were understood; the directive shows them.
        :param locked: whether lists hold locked items.
        :param targets: whether lists and tables hold fields of the guide.
        """
        self.fields, self.header, self.locked, self.targets = fields, header, locked, targets
        self.locks: list[Lock] = []
        self.parts: list[PagePart] = []
        self._introduced = self._listing = False

    def read(self, blocks: list[Block]) -> list[PagePart]:
        """Read all blocks and return the parts to be printed."""
        end = signing_off(blocks) if self.locked else 0
        if items := passages_in_prose(blocks[:end]):
            self._locked(tuple((item,) for item in items), ())
            blocks, self.locked = blocks[end:], False
        for block in blocks:
            if block.kind == "rule":
                continue
            if block.kind == "paragraph":
                self._paragraph(block)
            elif block.kind == "list" and (self.locked or self._introduced):
                self._locked(block.items, block.lines)
            elif block.kind == "table" and (self.locked or self._introduced):
                self._locked(tuple(map(_row_item, block.lines[2:])), ())
            elif block.kind == "quote" and self.locked:
                lines = unquoted(block.lines)
                self._locked(
                    tuple(_quoted_item(piece) for piece in _quoted_paragraphs(lines)), lines
                )
            elif block.kind in ("fence", "code"):
                self._literal(block)
            else:
                if self.targets and block.kind in ("list", "table"):
                    self._targets(block)
                self._facts(block)
                self.parts.append(Prose(block.source, block.line))
            self._introduced = self._listing or (self._introduced and block.kind == "paragraph")
            self._listing = False
        return self.parts

    def _targets(self, block: Block) -> None:
        """Read the fields in a list or a table, which is also shown unchanged."""
        for line in block.lines:
            if block.kind == "list":
                label = plain_guide_field(without_bullet(line.text))
                if label:
                    self.fields.take(label, line.number)
                continue
            name, *values = line.text.strip().strip("|").split("|")
            for value in values:
                label = guide_field(name, value)
                if label and self.fields.take(label, line.number):
                    break

    def _facts(self, block: Block) -> None:
        """Read what a block says about the chapter as a whole; the block is also shown."""
        if self.locked or self._introduced:
            return
        if block.kind == "table":
            heads, _rule, *rows = (cells_of(line.text) for line in block.lines)
            if len(rows) == 1:
                for name, cell in zip(heads, rows[0], strict=False):
                    self.fields.take_facts(facts_of_row(name, [cell]), block.line)
            pairs = zip((block.lines[0], *block.lines[2:]), (heads, *rows), strict=True)
            for line, cells in pairs:
                self.fields.take_facts(facts_of_row(cells[0], cells[1:], heads[1:]), line.number)
            return
        texts = block.items if block.kind == "list" else (block.lines,)
        for lines in texts:
            for text in _texts(lines):
                self.fields.take_facts(facts_of_text(text), lines[0].number)

    def _literal(self, block: Block) -> None:
        body = block.body if block.kind == "fence" else block.lines
        if body:
            self.parts.append(Prose(source_of(body), body[0].number, literal=True))

    def _paragraph(self, block: Block) -> None:
        if is_comment(block):
            self.parts.append(Comment(tuple(line.text for line in block.lines), block.line))
            return
        if self.locked and all(_TICK.match(line.text) for line in block.lines):
            self._locked(tuple((line,) for line in block.lines), block.lines)
            return
        if (self.locked or self._introduced) and _LETTERED.match(block.lines[0].text):
            self._locked(tuple(_lettered_items(block.lines)), block.lines)
            self._listing = True
            return
        if self.locked and all(_BOXED.match(line.text) for line in block.lines):
            self._locked(tuple((line,) for line in block.lines), block.lines)
            return
        self._facts(block)
        shown: list[Line] = []
        for line in block.lines:
            labels = fields_of(line.text)
            understood = [self.fields.take(label, line.number) for label in labels]
            if self.header and labels and all(understood):
                self._show(shown)
                shown = []
            else:
                shown.append(line)
            self._introduced = any(locks(label.words) for label in labels)
        self._introduced = self._introduced or introduces_locks(block)
        self._show(shown)

    def _show(self, lines: list[Line]) -> None:
        if lines:
            self.parts.append(Prose(source_of(tuple(lines)), lines[0].number))

    def _locked(self, items: tuple[tuple[Line, ...], ...], lines: tuple[Line, ...]) -> None:
        for is_rule, own in groupby(filter(None, items), key=_is_style_rule):
            if is_rule:
                self._show([line for item in own for line in item])
                continue
            kept = list(own)
            self.parts.append(LockedList(tuple(map(self._lock, kept)), kept[0][0].number))
        covered = {line.number for item in items for line in item}
        self._show([line for line in lines if line.number not in covered and line.text.strip()])

    def _lock(self, item: tuple[Line, ...]) -> str:
        """Add an item that must stay to the locks, and return its text for the page."""
        first, more = item[0], item[1:]
        bare = without_bullet(first.text)
        rest = "\n".join(line.text for line in more)
        plain = _TICK.sub("", " ".join(f"{bare} {rest}".split()), count=1)
        phrases = tuple(found.strip() for _, found in _LITERAL.findall(_as_phrases(plain)))
        self.locks.append(Lock(plain, phrases, line=first.number))
        return _as_phrases(f"{bare}\n{rest}" if more else bare)
