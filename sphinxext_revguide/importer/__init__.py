"""Imports an editor's Markdown guide: reads it into the model, and prints a page of directives.

Fences are repaired line by line, then the lines are read as Markdown. Nothing is lost: the printed
page is compared with the guide, and lines that it does not contain are appended to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sphinxext_revguide.importer.export_record import split_record
from sphinxext_revguide.importer.parts import (
    ImportedGuide,
    ImportedIssue,
    NotAGuideError,
    OtherSection,
    Prose,
)
from sphinxext_revguide.importer.read import reader
from sphinxext_revguide.importer.write.as_json import as_dict
from sphinxext_revguide.importer.write.page import APPENDED, UNPLACED, lines_of, print_page
from sphinxext_revguide.model import Problem

__all__ = [
    "ImportedGuide",
    "ImportedIssue",
    "NotAGuideError",
    "OtherSection",
    "Prose",
    "as_json",
    "print_myst",
    "read_guide",
]


def read_guide(
    text: str, *, guide_id: str = "", chapter: str = "", name: str = "guide.md"
) -> ImportedGuide:
    """Read an editor's guide.

    :param text: the guide, as Markdown, with any line ends, and with or without a byte order mark.
    :param guide_id: the id of the guide; default: derived from its file, its chapter or its title.
    :param chapter: the docname or glob of the chapter it is about.
    :param name: the name of the file, for the id.
    :returns: what was read, with a problem for everything that needs attention. Lines are 1-based
        lines of ``text``.
    :raises NotAGuideError: if it contains no issue with a sample; the message says what was
        expected.
    """
    text, _record = split_record(text)
    guide = reader.read(text, guide_id=guide_id, chapter=chapter, name=name)
    lost = [account.line for account in lines_of(guide) if account.where == APPENDED]
    if not lost:
        return guide
    message = (
        f"{'this line was' if len(lost) == 1 else f'{len(lost)} lines were'} not recognised, "
        f"starting here; see “{UNPLACED}” at the end of the page"
    )
    return replace(guide, problems=(*guide.problems, Problem(lost[0], message, "unplaced")))


def print_myst(guide: ImportedGuide, *, provenance: bool = False) -> str:
    """Print a guide as a MyST page of this extension's directives.

    :param provenance: whether to keep lines that the page expresses differently as comments.
    :returns: the page, which contains everything that the guide says: lines without a place are at
        its end. MyST builds it without warnings, whatever extensions are enabled.
    """
    return print_page(guide, provenance=provenance)


def as_json(guide: ImportedGuide) -> dict[str, Any]:
    """Describe what was read, for :func:`json.dumps`.

    :returns: ``guides``, ``issues`` with their ``samples``, ``locks``, ``other`` (the sections kept
        as prose), ``problems``, and ``lines``: where each line of the file went. A value that the
        guide does not give is None.
    """
    return as_dict(guide)
