"""Reads the paragraphs and tables of a Word document in order, with what their styles make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.importer.word_export import HINT
from sphinxext_revguide.importer.word_runs import Remark, Run, accepted, markdown, runs_of
from sphinxext_revguide.importer.word_tables import Cell, read_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_QUOTES = ("quote", "intense quote", "quotations", "block text", "block quotation")
_LINKED = ("http://", "https://", "mailto:")
_NOTES = ("footnote", "endnote")
_LEVELS = 6
_LIST_LEVELS = 9
"""The number of levels that a list in Word has."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table.

    ``level`` is the level of a heading, ``depth`` that of an item of a list, both from 1, and 0 for
    other paragraphs. ``number`` is the number of an item, or 0 if it has a bullet. ``rows`` are the
    cells of a table.
    """

    runs: tuple[Run, ...] = ()
    level: int = 0
    is_title: bool = False
    is_quote: bool = False
    depth: int = 0
    number: int = 0
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether it contains nothing that is printed."""
        return not self.rows and not any(run.text.strip() for run in self.runs)

    @property
    def every_run(self) -> Iterator[Run]:
        """Its runs, also those in cells."""
        yield from self.runs
        for row in self.rows:
            for cell in row:
                yield from cell

    @property
    def comments(self) -> tuple[str, ...]:
        """The texts of its footnotes and comments, as paragraphs of Markdown."""
        remarks = (run.remark for run in self.every_run if run.remark is not None)
        return (
            *self.notes,
            *(
                f"**Comment{f' by {remark.author}' if remark.author else ''}:** {remark.text}"
                for remark in remarks
            ),
        )


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield the paragraphs and tables of a document in order, without its table of contents."""
    from docx.table import Table  # noqa: PLC0415 -- an extra

    reader = _Reader(document)
    for element in _elements(document.element.body):
        if element.tag.endswith("}tbl"):
            yield Block(rows=read_table(Table(element, document), reader.runs))
        else:
            yield reader.read(element)


def _elements(container: Any) -> Iterator[Any]:
    for element in container:
        name = str(element.tag).rpartition("}")[2]
        if name in ("p", "tbl"):
            yield element
        elif name == "sdt" and not _all(element, "w:sdtPr/w:docPartObj/w:docPartGallery"):
            for content in _all(element, "w:sdtContent"):
                yield from _elements(content)


class _Reader:
    """Reads paragraphs, and counts the items of lists."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._formats = _formats(document)
        self._counts: dict[tuple[str, int], int] = {}
        self._notes = {kind: _notes(document, kind) for kind in _NOTES}

    def read(self, element: Any) -> Block:
        """Return a paragraph, given its ``w:p``."""
        from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- an extra

        paragraph = Paragraph(element, self._document._body)
        runs = self.runs(element)
        names, level = _style(paragraph)
        is_title = "title" in names
        depth, number = (0, 0) if level or not runs else self._item(paragraph)
        if depth:
            depth = max([depth, *map(_depth, names)])
        return Block(
            runs,
            1 if is_title else level,
            is_title,
            any(name in _QUOTES for name in names),
            depth,
            number,
            tuple(self._notes_in(element)),
        )

    def runs(self, element: Any) -> tuple[Run, ...]:
        """Return the runs of a paragraph, with its links and comments."""
        return tuple(runs_of(element, self._target, self._remark))

    def _target(self, name: str) -> str:
        relation = self._document.part.rels.get(name)
        target = str(relation.target_ref) if relation is not None and relation.is_external else ""
        return target if target.startswith(_LINKED) and not set(target) & set(" ()<>\n") else ""

    def _item(self, paragraph: Paragraph) -> tuple[int, int]:
        """Return the depth and the number of an item of a list, and count it."""
        name, level = _numbering(paragraph)
        kind = self._formats.get((name, level), "bullet" if name else "")
        if not kind:
            return 0, 0
        for deeper in range(level + 1, _LIST_LEVELS):
            self._counts.pop((name, deeper), None)
        if kind in ("bullet", "none"):
            return level + 1, 0
        count = self._counts[name, level] = self._counts.get((name, level), 0) + 1
        return level + 1, count

    def _notes_in(self, element: Any) -> Iterator[str]:
        """Yield the texts of the footnotes and endnotes of a paragraph."""
        for kind, notes in self._notes.items():
            for reference in _all(element, f".//w:{kind}Reference") if notes else ():
                text = notes.get(_value(reference, "", "id"))
                if text:
                    yield f"**{kind.capitalize()}:** {text}"

    def _remark(self, name: str) -> Remark | None:
        """Return the comment with an id, unless an export wrote it."""
        comment = self._document.comments.get(int(name)) if name.isdecimal() else None
        text = " ".join(comment.text.split()) if comment is not None else ""
        if comment is None or not text or text.startswith(HINT):
            return None
        return Remark(comment.author, text)


def _style(paragraph: Paragraph) -> tuple[list[str], int]:
    """Return the names of a paragraph's style and of those it is based on, and its level."""
    names: list[str] = []
    level = _outline_level(paragraph._p)
    style = paragraph.style
    # The styles of a broken file may be based on each other in a circle.
    while style is not None and len(names) <= _LEVELS:
        name = str(style.name or "").casefold()
        names.append(name)
        digit = name.removeprefix("heading ")
        level = level or (int(digit) if digit != name and digit.isdecimal() else 0)
        level = level or _outline_level(style.element)
        style = style.base_style
    return names, min(level, _LEVELS)


def _depth(name: str) -> int:
    """Return the depth of items in the name of their style, ``list bullet 2``, or 0 without one."""
    match = re.fullmatch(r"list (?:bullet|number) ([2-5])", name)
    return int(match[1]) if match else 0


def _outline_level(element: Any) -> int:
    """Return the level of a heading, from 1, or 0 for text, whose level in the file is 9."""
    found = _value(element, "w:pPr/w:outlineLvl")
    return int(found) + 1 if found and found in "012345678" else 0


def _numbering(paragraph: Paragraph) -> tuple[str, int]:
    """Return the list to which a paragraph belongs, and its level from 0; or an empty name."""
    style: Any = paragraph.style
    elements = [paragraph._p]
    while style is not None and len(elements) <= _LEVELS:
        elements.append(style.element)
        style = style.base_style
    name, level = "", 0
    for element in elements:
        said = _value(element, "w:pPr/w:numPr/w:ilvl")
        level = level or (int(said) if said.isdecimal() else 0)
        name = _value(element, "w:pPr/w:numPr/w:numId")
        if name:
            break
    return ("", 0) if name == "0" else (name, min(level, _LIST_LEVELS - 1))


def _formats(document: Document) -> dict[tuple[str, int], str]:
    """Return how each level of each list is numbered, such as ``bullet`` or ``decimal``."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 -- an extra

    relations = document.part.rels.values()
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in relations):
        return {}
    numbering = document.part.numbering_part.element
    abstract: dict[str, dict[int, str]] = {}
    for kind in _all(numbering, "w:abstractNum"):
        levels = abstract[_value(kind, "", "abstractNumId")] = {}
        for level in _all(kind, "w:lvl"):
            number = _value(level, "", "ilvl")
            if number.isdecimal():
                levels[int(number)] = _value(level, "w:numFmt") or "decimal"
    return {
        (_value(one, "", "numId"), level): form
        for one in _all(numbering, "w:num")
        for level, form in abstract.get(_value(one, "w:abstractNumId"), {}).items()
    }


def _notes(document: Document, kind: str) -> dict[str, str]:
    """Return the texts of the footnotes or endnotes of a document, by their ids."""
    from docx.oxml import parse_xml  # noqa: PLC0415 -- an extra

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
            notes = _all(parse_xml(relation.target_part.blob), f"w:{kind}")
            return {_value(note, "", "id"): _note_text(note) for note in notes}
    return {}


def _note_text(note: Any) -> str:
    texts = (markdown(accepted(runs_of(part))) for part in _all(note, "w:p"))
    return " ".join(" ".join(texts).split())


def _all(element: Any, path: str) -> list[Any]:
    from docx.oxml.ns import nsmap  # noqa: PLC0415 -- an extra

    return [*element.iterfind(path, nsmap)]


def _value(element: Any, path: str, attribute: str = "val") -> str:
    """Return an attribute of the first element at a path, or an empty text."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    found = _all(element, path)[:1] if path else [element]
    return str(found[0].get(qn(f"w:{attribute}")) or "") if found else ""
