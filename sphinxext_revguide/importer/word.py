"""Reads a guide in a Word document as Markdown.

In an export (``importer/word_export.py``) deleted text is a BEFORE, inserted text an AFTER, whoever
changed it. Any other document is a guide that an editor wrote (``importer/word_document.py``), or a
chapter in which an editor marked something (``importer/word_chapter.py``). This needs the extra
``docx``; nothing else in the package does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinxext_revguide.importer.export_record import without_record
from sphinxext_revguide.importer.word_blocks import Block, blocks_of
from sphinxext_revguide.importer.word_chapter import is_chapter, print_chapter
from sphinxext_revguide.importer.word_document import print_document
from sphinxext_revguide.importer.word_export import AUTHOR, MARK, SAMPLE
from sphinxext_revguide.importer.word_runs import accepted, markdown, plain
from sphinxext_revguide.importer.word_tables import print_table
from sphinxext_revguide.text.fence_length import fence_around

if TYPE_CHECKING:
    from docx.document import Document

_NUMBER = re.compile(r"ISSUE #(\S+):")
_HEAD = re.compile(r"^#{1,6} ISSUE #(\S+):", re.MULTILINE)
_MARKS = (f"{MARK} BEFORE", f"{MARK} AFTER")
_LARGEST = 50_000_000
"""A document with more bytes than this once it is unpacked is refused."""


class NoDocumentError(ValueError):
    """The file is not a Word document that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class WordText:
    """The content of a document as Markdown.

    ``decided`` maps the numbers of issues whose changes an editor has all accepted or all rejected
    to ``accepted`` or ``rejected``. If ``is_chapter``, it is not a guide but a chapter in
    CriticMarkup.
    """

    text: str
    decided: dict[str, str] = field(default_factory=dict)
    is_chapter: bool = False


def from_word(content: bytes) -> str:
    """Return the Markdown of a guide in a Word document; see :func:`read_word`."""
    return read_word(content).text


def read_word(content: bytes) -> WordText:
    """Read a guide, or a chapter that an editor marked, in a Word document.

    :raises ImportError: if python-docx is not installed.
    :raises NoDocumentError: if it is not a Word document, or too large.
    """
    import docx  # noqa: PLC0415 -- an extra

    try:
        _check_size(content)
        document = docx.Document(io.BytesIO(content))
        blocks = list(blocks_of(document))
    except NoDocumentError:
        raise
    except Exception as error:
        msg = (
            f"cannot be read as a Word document ({type(error).__name__}); open it in Word and save "
            "it as .docx again"
        )
        raise NoDocumentError(msg) from error
    paragraphs = list(_paragraphs(blocks))
    if not _is_export(document, paragraphs):
        is_marked = is_chapter(blocks)
        text = print_chapter(blocks) if is_marked else print_document(blocks)
        return WordText(text, is_chapter=is_marked)
    parts = list(_parts(paragraphs))
    return WordText("\n".join(_lines(parts)) + "\n", _decided(parts))


def _is_export(document: Document, paragraphs: Sequence[_Paragraph]) -> bool:
    """Return whether a document was exported; programs may drop its author, or its record."""
    return document.core_properties.author == AUTHOR or any(
        paragraph.is_mark or without_record(paragraph.text)[1] for paragraph in paragraphs
    )


def _check_size(content: bytes) -> None:
    import zipfile  # noqa: PLC0415 -- only documents are archives

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST:
        msg = f"is {size:,} bytes when unpacked; at most {_LARGEST:,} are read"
        raise NoDocumentError(msg)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph: its text, and its deleted or inserted text if it contains nothing else.

    ``text`` is its text with all changes accepted, ``level`` the level of a heading or 0, and
    ``is_mono`` says whether it has the font in which an export sets samples.
    """

    text: str
    changed: str | None = None
    level: int = 0
    is_mono: bool = False
    comments: tuple[str, ...] = ()

    @property
    def is_mark(self) -> bool:
        """Whether it is the line above a sample."""
        return self.text.strip().startswith(_MARKS)

    @property
    def is_sample(self) -> bool:
        """Whether it looks like a line of a sample, or is empty, as lines of a sample may be."""
        return self.changed is not None or self.is_mono or not self.text.strip()


@dataclass(frozen=True, slots=True)
class _Sample:
    """The paragraphs of a sample, and the line above them."""

    mark: _Paragraph
    lines: tuple[_Paragraph, ...]

    @property
    def text(self) -> str:
        """The text of the document, deleted or not."""
        texts = (line.text if line.changed is None else line.changed for line in self.lines)
        return "\n".join(texts).strip("\n")

    @property
    def is_decided(self) -> bool:
        """Whether no change is left to accept or reject."""
        return all(line.changed is None for line in self.lines)


def _lines(parts: Iterable[_Paragraph | _Sample]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Sample):
            yield f"\n#### {part.mark.text.strip().removeprefix(f'{MARK} ')}\n"
            yield from _closed(part.text)
            comments = [text for line in (part.mark, *part.lines) for text in line.comments]
        else:
            yield f"{'#' * part.level} {part.text}" if part.level else part.text
            comments = [*part.comments]
        for comment in comments:
            yield f"\n{comment}\n"


def _parts(paragraphs: Sequence[_Paragraph]) -> Iterator[_Paragraph | _Sample]:
    place = 0
    while place < len(paragraphs):
        first = paragraphs[place]
        place += 1
        if not first.is_mark:
            yield first
            continue
        end = _end_of_sample(paragraphs, place)
        yield _Sample(first, tuple(paragraphs[place:end]))
        place = end


def _end_of_sample(paragraphs: Sequence[_Paragraph], place: int) -> int:
    """Return where the sample ends whose first paragraph is at a place.

    Text that an editor types directly below the line above a sample, or between its lines, is part
    of it in any font.
    """
    end = place
    while end < len(paragraphs) and _is_typed(paragraphs[end]):
        end += 1
    while end < len(paragraphs) and not (paragraphs[end].is_mark or paragraphs[end].level):
        following = paragraphs[end + 1] if end + 1 < len(paragraphs) else None
        is_between = following is not None and following.is_mono and not following.is_mark
        if not (paragraphs[end].is_sample or (is_between and _is_typed(paragraphs[end]))):
            break
        end += 1
    return end


def _is_typed(paragraph: _Paragraph) -> bool:
    """Return whether a paragraph is text without a label, such as ``**Why:**``."""
    is_text = not (paragraph.is_mark or paragraph.level or paragraph.is_sample)
    return is_text and not paragraph.text.lstrip().startswith(("**", "|"))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[_Paragraph]:
    """Yield the paragraphs of an export, and each line of a table as one."""
    for last, block in pairwise([Block(), *blocks]):
        if (block.rows or last.rows) and not (block.is_blank or last.is_blank):
            yield _Paragraph("")
        if block.rows:
            yield from map(_Paragraph, print_table(block.rows))
            continue
        runs = block.runs
        before, after = (
            plain(run for run in runs if run.change == change) for change in ("del", "ins")
        )
        is_changed = all(run.change or not run.text.strip() for run in runs)
        mark = f"{block.number}. " if block.number else "- " if block.depth else ""
        text = plain(accepted(runs))
        if not (block.level or text.strip().startswith(_MARKS)):
            text = mark + markdown(accepted(runs))
        yield _Paragraph(
            text,
            (before or after) if is_changed and (before or after) else None,
            block.level,
            bool(text.strip()) and any(run.is_mono for run in runs),
            block.comments,
        )


def _decided(parts: Iterable[_Paragraph | _Sample]) -> dict[str, str]:
    samples: dict[str, list[_Sample]] = {}
    number = ""
    for part in parts:
        if isinstance(part, _Sample):
            samples.setdefault(number, []).append(part)
        elif part.level:
            issue = _NUMBER.match(part.text)
            number = issue[1] if issue else ""
    found = {number: _decision(those) for number, those in samples.items() if number}
    return {number: status for number, status in found.items() if status}


def _decision(samples: Sequence[_Sample]) -> str:
    left: dict[str, set[bool]] = {"BEFORE": set(), "AFTER": set()}
    for sample in samples:
        role = "BEFORE" if "BEFORE" in sample.mark.text else "AFTER"
        left[role].add(bool(sample.text.strip()))
    if not all(sample.is_decided for sample in samples):
        return ""
    if left == {"BEFORE": {False}, "AFTER": {True}}:
        return "accepted"
    return "rejected" if left == {"BEFORE": {True}, "AFTER": {False}} else ""


def with_samples(text: str, export: str, numbers: Collection[str]) -> str:
    """Return the Markdown of a document with the samples restored that decisions have emptied.

    :param export: the Markdown of the document as it was exported.
    :param numbers: the issues whose changes were accepted or rejected.
    """
    known = {(number, place): found for number, place, found in _samples(export)}
    result, end = "", 0
    for number, place, found in _samples(text):
        mine = known.get((number, place))
        if mine is not None and number in numbers and mine["role"] == found["role"]:
            result += text[end : found.start()] + mine[0]
            end = found.end()
    return result + text[end:]


def _samples(text: str) -> Iterator[tuple[str, int, re.Match[str]]]:
    """Yield each sample with the number of its issue and its place there."""
    heads = [(match.start(), match[1]) for match in _HEAD.finditer(text)]
    places: dict[str, int] = {}
    for found in SAMPLE.finditer(text):
        number = next((name for start, name in reversed(heads) if start < found.start()), "")
        places[number] = places.get(number, 0) + 1
        yield number, places[number], found


def _closed(text: str) -> Iterator[str]:
    fence = fence_around(text)
    yield from (f"{fence}markdown", *text.split("\n"), fence, "")
