"""Finds the card of an issue in the HTML of an earlier build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.files import read_content

if TYPE_CHECKING:
    from sphinxext_revguide.model import Issue

_OUTPUTS = ("_build", "build", "../_build", "../build")
"""The output folders of ``make html`` and ``sphinx-quickstart``, relative to the source directory.
"""
_BUILDERS = ("html", "dirhtml", "")


def built_card(srcdir: Path, issue: Issue) -> str:
    """Return the URI of an issue's card in the page that was built last, or an empty string.

    A page without the card, such as one of a release build or of an older guide, does not count.
    """
    pages = sorted(_pages(srcdir, issue.docname), reverse=True)
    mark = f'id="{issue.anchor}"'
    for _time, page in pages if issue.anchor else ():
        if mark in read_content(page).decode("utf-8", "replace"):
            return f"{page.resolve().as_uri()}#{issue.anchor}"
    return ""


def _pages(srcdir: Path, docname: str) -> Iterator[tuple[float, Path]]:
    for output in _OUTPUTS:
        for builder in _BUILDERS:
            folder = srcdir / output / builder
            for page in (folder / f"{docname}.html", folder / docname / "index.html"):
                if page.is_file():
                    yield page.stat().st_mtime, page
