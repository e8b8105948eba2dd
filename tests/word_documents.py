"""Word documents that tests write and edit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from sphinxext_revguide.importer.word import from_word


def document_of(fill: Callable[[Any], object]) -> str:
    document, content = docx.Document(), io.BytesIO()
    fill(document)
    document.save(content)
    return from_word(content.getvalue())


def styled(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def track(paragraph: Any, kind: str, text: str) -> None:
    change = paragraph._p.makeelement(qn(f"w:{kind}"), {qn("w:id"): "1", qn("w:author"): "Hale"})
    run = paragraph.add_run(text)
    paragraph._p.append(change)
    change.append(run._r)
    for part in run._r.iter(qn("w:t")):
        part.tag = qn("w:delText" if kind == "del" else "w:t")


def with_text_replaced(path: Path, old: str, new: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(content, "w") as written:
        for entry in archive.infolist():
            written.writestr(entry, archive.read(entry).replace(old.encode(), new.encode()))
    return content.getvalue()
