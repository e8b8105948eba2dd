"""Writes a guide as a Word document, with each AFTER as a tracked change of its BEFORE.

The document is made of the Markdown that ``importer/export_markdown.py`` prints. Bold and italic
words and tables are formatted as in Word only if they are read back as the same Markdown.
"""

from __future__ import annotations

import datetime
import io
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.importer.export_record import without_record
from sphinxext_revguide.importer.word_runs import FONT, runs_from
from sphinxext_revguide.importer.word_tables import cells_in
from sphinxext_revguide.text.control_characters import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

AUTHOR = "Revision guide"
"""The author of the document and of its changes."""
MARK = "Sample"
"""The first word of the paragraph above a sample; its label follows in parentheses."""
HINT = "Edit the "
"""The beginning of the comments that an export writes."""
SAMPLE = re.compile(
    r"#### (?P<role>BEFORE|AFTER)(?: \((?P<label>[^\n]*)\))?\n\n(?P<fence>`{3,})markdown\n"
    r"(?P<text>.*?)\n(?P=fence)(?=\n\n|\n?\Z)",
    re.DOTALL,
)
"""A sample in the Markdown of an export."""
_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The date of all changes, so that equal guides give equal documents."""
_HEADING = re.compile(r"(#{1,6}) (.*)")
_SPACE = 6
"""Space in points above the paragraph that introduces a sample."""
_ROLES = {"BEFORE": "del", "AFTER": "ins"}


def to_word(markdown: str) -> bytes:
    """Return a guide as a Word document.

    :param markdown: what :func:`sphinxext_revguide.importer.export_markdown.to_markdown` returns.
    :raises ImportError: if python-docx is not installed.
    """
    import docx  # noqa: PLC0415 -- an extra
    from docx.shared import Pt  # noqa: PLC0415

    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.created = document.core_properties.modified = _DATE
    # The empty lines of Markdown are paragraphs, and set the others apart.
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    markdown, record = without_record(markdown)
    if record:
        # At the end, it could be read as part of a sample whose text an editor has deleted.
        document.add_paragraph().add_run(record).font.hidden = True
    place = 0
    for match in SAMPLE.finditer(markdown):
        _add_text(document, markdown[place : match.start()])
        _add_sample(document, match["role"], match["label"] or "", match["text"])
        place = match.end()
    _add_text(document, markdown[place:])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_text(document: Document, text: str) -> None:
    lines = [_fit(line) for line in text.strip("\n").split("\n")] if text.strip("\n") else []
    for is_row, run in groupby(lines, key=lambda line: line.startswith("|")):
        own = list(run)
        if is_row and _add_table(document, own):
            continue
        for line in own:
            _add_line(document, line)


def _add_line(document: Document, line: str) -> None:
    heading = _HEADING.fullmatch(line)
    if heading:
        document.add_heading(heading[2], len(heading[1]))
        return
    _add_runs(document.add_paragraph(), line)


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for run in runs_from(text):
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.is_bold or None, run.is_italic or None


def _add_table(document: Document, lines: list[str]) -> bool:
    """Add a table, and return whether its lines come back as they are."""
    rows = cells_in(lines)
    if not rows:
        return False
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _add_runs(cell.paragraphs[0], text)
    if "*" not in lines[0]:
        # The head is bold in Markdown, too, and read without marks.
        for run in (run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs):
            run.bold = True
    return True


def _add_sample(document: Document, role: str, label: str, text: str) -> None:
    from docx.shared import Pt  # noqa: PLC0415 -- an extra

    mark = document.add_paragraph()
    mark.add_run(_fit(f"{MARK} {role}" + (f" ({label})" if label else ""))).bold = True
    mark.paragraph_format.space_before = Pt(_SPACE)
    mark.paragraph_format.keep_with_next = True
    document.add_comment(mark.runs, text=f"{HINT}{role} below; the whole text is imported again.")
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(_fit(line))
        run.font.name = FONT
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
