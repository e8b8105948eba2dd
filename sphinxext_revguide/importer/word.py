"""A guide as a Word document, with each AFTER as a tracked change of its BEFORE.

The document is made of the Markdown that ``importer/editor_markdown.py`` prints, and is read back
to Markdown: deleted text is a BEFORE, inserted text an AFTER, whoever changed it. Needs the extra
``docx``; nothing else of the package does.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.text.control_characters import visible

if TYPE_CHECKING:
    from docx.document import Document

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
_ROLES = {"BEFORE": "del", "AFTER": "ins"}
_LARGEST = 50_000_000
"""Bytes of a document's text once it is unpacked; a larger one is refused."""


class NoDocumentError(ValueError):
    """The file is not a Word document that can be read; the message says why."""


def to_word(markdown: str) -> bytes:
    """Return a guide as a Word document.

    :param markdown: what :func:`sphinxext_revguide.importer.editor_markdown.to_markdown` returns.
    :raises ImportError: if python-docx is not installed.
    """
    import docx  # noqa: PLC0415 -- an extra

    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.created = document.core_properties.modified = _DATE
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
    document.add_comment(
        mark.runs, text=f"Edit the {role} below; the whole text is imported again."
    )
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(_fit(line))
        run.font.name = "Courier New"
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
    """Return the Markdown of a guide that a Word document holds.

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
        msg = f"is not a readable Word document ({type(error).__name__})"
        raise NoDocumentError(msg) from error
    return "\n".join(_lines(document)) + "\n"


def _check_size(content: bytes) -> None:
    import zipfile  # noqa: PLC0415 -- only documents are archives

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST:
        msg = f"holds {size:,} bytes once it is unpacked; at most {_LARGEST:,} are read"
        raise NoDocumentError(msg)


def _lines(document: Document) -> Iterator[str]:
    sample: list[str] | None = None
    for paragraph in document.paragraphs:
        before, after, plain = _texts(paragraph._p)
        text = plain + after
        changed = bool(before or after) and not plain.strip()
        if sample is not None and (changed or not text.strip()) and not _is_mark(text):
            sample.append(before or after)
            continue
        if sample is not None:
            yield from _closed(sample)
            sample = None
        if _is_mark(text):
            yield f"\n#### {text.strip().removeprefix(f'{_MARK} ')}\n"
            sample = []
            continue
        style = str(paragraph.style.name if paragraph.style is not None else "")
        level = style.removeprefix("Heading ")
        yield f"{'#' * int(level)} {text}" if level.isdigit() else text
    if sample is not None:
        yield from _closed(sample)


def _closed(sample: list[str]) -> Iterator[str]:
    longest = max((len(run) for run in re.findall("`{3,}", "\n".join(sample))), default=2)
    fence = "`" * (longest + 1)
    yield from (f"{fence}markdown", *"\n".join(sample).strip("\n").split("\n"), fence, "")


def _is_mark(text: str) -> bool:
    return text.strip().startswith((f"{_MARK} BEFORE", f"{_MARK} AFTER"))


def _texts(element: Any) -> tuple[str, str, str]:
    """Return the deleted, the inserted and the other text of a paragraph."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- an extra

    parts = {"del": "", "ins": "", "": ""}
    for node in element.iter(qn("w:t"), qn("w:delText"), qn("w:tab"), qn("w:br")):
        above = [parent.tag for parent in node.iterancestors()]
        removed, added = qn("w:del") in above, qn("w:ins") in above
        if removed and added:
            continue  # what somebody inserted and somebody took out again
        kind = "del" if removed else "ins" if added else ""
        name = node.tag.rpartition("}")[2]
        parts[kind] += {"tab": "\t", "br": "\n"}.get(name, node.text or "")
    return parts["del"], parts["ins"], parts[""]
