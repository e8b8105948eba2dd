"""The lines, id and issue numbers of an imported guide."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from sphinxext_revguide.importer.parts import ImportedIssue
from sphinxext_revguide.model import Guide
from sphinxext_revguide.text.line_ends import bare_lines

_NAMELESS = ("", "guide", "-", "stdin", "revision-guide", "feedback")


def split_lines(text: str) -> list[str]:
    """Split a text into lines at LF, CRLF and CR only, without a byte order mark."""
    return bare_lines(text.removeprefix("\ufeff"))


def guide_name(guide_id: str, name: str, chapter: str, title: str) -> str:
    """Return the guide's id: the given one, else one from the file, the chapter or the title."""
    given = _slug(guide_id)
    if given:
        return given
    stem = _slug(PurePath(name).name.partition(".")[0])
    if stem.casefold() not in _NAMELESS:
        return stem
    page = _slug(chapter.rpartition("/")[2])
    if page:
        return page
    match = re.search(r"\bchapter\s+([0-9]{1,4})\b", title, re.IGNORECASE)
    return f"chapter-{match[1]}" if match else stem or "guide"


def _slug(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text.strip()).strip("-")


def in_guide(issue: ImportedIssue, guide: Guide, number: int | str) -> ImportedIssue:
    """Return an issue with the id of its guide, and its number there."""
    return replace(issue, issue=replace(issue.issue, guide=guide.id, number=number))
