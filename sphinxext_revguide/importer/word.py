"""A guide as a Word document, with each AFTER as a tracked change of its BEFORE.

The document is made of the Markdown that ``importer/export_markdown.py`` prints, and is read back
to Markdown: deleted text is a BEFORE, inserted text an AFTER, whoever changed it. Needs the extra
``docx``; nothing else of the package does.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.importer.export_record import without_record
from sphinxext_revguide.text.control_characters import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

AUTHOR = "Revision guide"
_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The same for all changes, so that equal guides give equal documents."""
_HEADING = re.compile(r"(#{1,6}) (.*)")
_SAMPLE = re.compile(
    r"#### (?P<role>BEFORE|AFTER)(?: \((?P<label>[^\n]*)\))?\n\n(?P<fence>`{3,})markdown\n"
    r"(?P<text>.*?)\n(?P=fence)(?=\n\n|\n?\Z)",
    re.DOTALL,
)
_MARK = "Sample"
"""The first word of the paragraph above a sample; its label follows in parentheses."""
_HINT = "Edit the "
"""The beginning of the comments that an export writes."""
_FONT = "Courier New"
"""The font of samples."""
_NUMBER = re.compile(r"ISSUE #(\S+):")
_HEAD = re.compile(r"^#{1,6} ISSUE #(\S+):", re.MULTILINE)
_ROLES = {"BEFORE": "del", "AFTER": "ins"}
_LARGEST = 50_000_000
"""Bytes of a document's text once it is unpacked; a larger one is refused."""


class NoDocumentError(ValueError):
    """The file is not a Word document that can be read; the message says why."""


def to_word(markdown: str) -> bytes:
    """Return a guide as a Word document.

    :param markdown: what :func:`sphinxext_revguide.importer.export_markdown.to_markdown` returns.
    :raises ImportError: if python-docx is not installed.
    """
    import docx  # noqa: PLC0415 -- an extra

    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.created = document.core_properties.modified = _DATE
    markdown, record = without_record(markdown)
    if record:
        # At the end it would be taken for a part of a sample that an editor has deleted.
        document.add_paragraph().add_run(record).font.hidden = True
    place = 0
    for match in _SAMPLE.finditer(markdown):
        _add_text(document, markdown[place : match.start()])
        _add_sample(document, match["role"], match["label"] or "", match["text"])
        place = match.end()
    _add_text(document, markdown[place:])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_text(document: Document, text: str) -> None:
    for line in text.strip("\n").split("\n") if text.strip("\n") else ():
        heading = _HEADING.fullmatch(line)
        if heading:
            document.add_heading(_fit(heading[2]), len(heading[1]))
        else:
            document.add_paragraph(_fit(line))


def _add_sample(document: Document, role: str, label: str, text: str) -> None:
    mark = document.add_paragraph(_fit(f"{_MARK} {role}" + (f" ({label})" if label else "")))
    document.add_comment(mark.runs, text=f"{_HINT}{role} below; the whole text is imported again.")
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(_fit(line))
        run.font.name = _FONT
        _track(paragraph, run, _ROLES[role])


def _track(paragraph: Any, run: Any, kind: str) -> None:
    """Make a run a tracked insertion or deletion."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), str(len(paragraph.part.element.xpath("//w:ins|//w:del")) + 1))
    change.set(qn("w:author"), AUTHOR)
    change.set(qn("w:date"), _DATE.strftime("%Y-%m-%dT%H:%M:%SZ"))
    paragraph._p.remove(run._r)
    change.append(run._r)
    paragraph._p.append(change)
    if kind == "del":
        for text in run._r.findall(qn("w:t")):
            text.tag = qn("w:delText")


def _fit(text: str) -> str:
    """Return a text with visible symbols for the characters that XML cannot hold."""
    return "".join(
        char if "\ue000" <= char < "\ufffe" or char < "\ud800" or char > "\uffff" else "\ufffd"
        for char in visible(text)
    )


def from_word(content: bytes) -> str:
    """Return the Markdown of a guide in a Word document; see :func:`read_word`."""
    return read_word(content)[0]


def read_word(content: bytes) -> tuple[str, dict[str, str]]:
    """Read a guide in a Word document.

    :returns: its Markdown, and the issues of which an editor accepted or rejected all changes:
        ``accepted`` or ``rejected`` by number.
    :raises ImportError: if python-docx is not installed.
    :raises NoDocumentError: if it is not a Word document, or too large.
    """
    import docx  # noqa: PLC0415 -- an extra

    try:
        _check_size(content)
        document = docx.Document(io.BytesIO(content))
    except NoDocumentError:
        raise
    except Exception as error:
        msg = (
            f"is not a readable Word document ({type(error).__name__}); save it as .docx in Word "
            "again"
        )
        raise NoDocumentError(msg) from error
    parts = list(_parts(document))
    return "\n".join(_lines(parts)) + "\n", _decided(parts)


def _check_size(content: bytes) -> None:
    import zipfile  # noqa: PLC0415 -- only documents are archives

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST:
        msg = f"holds {size:,} bytes once it is unpacked; at most {_LARGEST:,} are read"
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
        return self.text.strip().startswith((f"{_MARK} BEFORE", f"{_MARK} AFTER"))

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
            yield f"\n#### {part.mark.text.strip().removeprefix(f'{_MARK} ')}\n"
            yield from _closed(part.text)
            comments = [text for line in (part.mark, *part.lines) for text in line.comments]
        else:
            yield f"{'#' * part.level} {part.text}" if part.level else part.text
            comments = [*part.comments]
        for comment in comments:
            yield f"\n{comment}\n"


def _parts(document: Document) -> Iterator[_Paragraph | _Sample]:
    paragraphs = list(_paragraphs(document))
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
    """Return where a sample ends whose first paragraph is at a place.

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


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a document in order, and each line of a table as one."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra
    from docx.table import Table  # noqa: PLC0415

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from map(_Paragraph, ("", *_table_lines(block), ""))
            continue
        before, after, plain, text = _texts(block._p)
        style = str(block.style.name if block.style is not None else "")
        level = style.removeprefix("Heading ")
        fonts = {font.get(qn("w:ascii")) for font in block._p.iter(qn("w:rFonts"))}
        is_changed = bool(before or after) and not plain.strip()
        yield _Paragraph(
            text,
            (before or after) if is_changed else None,
            int(level) if level.isdigit() else 0,
            _FONT in fonts and bool(text.strip()),
            tuple(_comments(document, block._p)),
        )


def _table_lines(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        cells = [" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'---|' * len(cells)}"


def _comments(document: Document, element: Any) -> Iterator[str]:
    """Yield the texts of the comments on a paragraph."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    for reference in element.iter(qn("w:commentReference")):
        number = reference.get(qn("w:id")) or ""
        comment = document.comments.get(int(number)) if number.isdigit() else None
        text = " ".join(comment.text.split()) if comment is not None else ""
        if comment is not None and text and not text.startswith(_HINT):
            yield f"**Comment{f' by {comment.author}' if comment.author else ''}:** {text}"


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
    """Return the Markdown of a document with the samples that decisions have emptied.

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
    for found in _SAMPLE.finditer(text):
        number = next((name for start, name in reversed(heads) if start < found.start()), "")
        places[number] = places.get(number, 0) + 1
        yield number, places[number], found


def _closed(text: str) -> Iterator[str]:
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    yield from (f"{fence}markdown", *text.split("\n"), fence, "")


def _texts(element: Any) -> tuple[str, str, str, str]:
    """Return the deleted, the inserted and the other text of a paragraph, and all but the first."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    parts = {"del": "", "ins": "", "": ""}
    text = ""
    for node in element.iter(qn("w:t"), qn("w:delText"), qn("w:tab"), qn("w:br")):
        above = [parent.tag for parent in node.iterancestors()]
        removed, added = qn("w:del") in above, qn("w:ins") in above
        if removed and added:
            continue  # what somebody inserted and somebody took out again
        kind = "del" if removed else "ins" if added else ""
        name = node.tag.rpartition("}")[2]
        word = {"tab": "\t", "br": "\n"}.get(name, node.text or "")
        parts[kind] += word
        text += "" if removed else word
    return parts["del"], parts["ins"], parts[""], text
