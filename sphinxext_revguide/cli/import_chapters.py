"""Writes the chapters of ``import --chapter`` as a guide's page names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sphinx.util import docname_join

from sphinxext_revguide.cli.import_update import source_files
from sphinxext_revguide.cli.output import log
from sphinxext_revguide.cli.read_book import book_above
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.option_values import print_docnames

PAGE_SUFFIXES = (".md", ".markdown", ".rst", ".ipynb")


def chapters_option(named: Sequence[str], page: Path | None) -> str:
    """Return the chapters as the page's option ``:chapters:`` lists them.

    The option is relative to the page, but people name a chapter as the book does: a name that fits
    only from the root of the book gets a slash. A chapter that does not exist is reported, and
    kept.

    :param page: where the page of the guide is written; None if it is printed.
    """
    source = book_above(page.absolute().parent) if page and named else None
    if page is None or source is None:
        return print_docnames(named)
    docname = _docname(page.absolute(), source)
    known = {_docname(path, source) for path in source_files(source, PAGE_SUFFIXES)}
    return print_docnames([_from_page(name, docname, known, page) for name in named])


def _docname(path: Path, source: Path) -> str:
    return path.relative_to(source).with_suffix("").as_posix()


def _from_page(name: str, docname: str, known: set[str], page: Path) -> str:
    if re.search(r"[*?[]", name) or docname_join(docname, name) in known:
        return name
    if name not in known:
        hint = did_you_mean(name, sorted(known - {docname}))
        log(f"{page}: --chapter {name}: the book has no page {name!r}; {hint}".rstrip("; "))
        return name
    return f"/{name}"
