"""Imports chapters in which an editor marked changes, for ``sphinx-revguide import``."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from sphinxext_revguide.cli.output import RefusedError, log, read, save, write
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.marked_chapters import new_page, update_from_chapters
from sphinxext_revguide.importer.update import NoPageError
from sphinxext_revguide.text.in_words import counted


def update_page_from_chapters(
    output: Path, text: str, path: Path, exported: ExportRecord | None = None
) -> int:
    """Apply the changes that an editor marked in chapters to the page of the guide."""
    old = read(output)
    try:
        page, changes = update_from_chapters(old, text, exported)
    except NoPageError as error:
        msg = f"{output}: {error}"
        raise RefusedError(msg) from error
    if page != old:
        save(output, page)
    for change in changes:
        log(f"{path}: {change}")
    if not changes:
        log(f"{output}: no changes")
    return 0


def import_chapter(arguments: argparse.Namespace, output: Path | None, text: str) -> int:
    """Write what an editor marked in a Word chapter as issues, to a new page or an existing one."""
    path: Path = arguments.guide
    if arguments.json:
        msg = f"{path}: is a chapter with tracked changes, not a guide; leave out --json"
        raise RefusedError(msg)
    is_update = arguments.update and output is not None and output.exists()
    if output is not None and is_update:
        old = read(output)
    else:
        old = new_page(path.name, arguments.guide_id, arguments.chapters, text)
    try:
        page, changes = update_from_chapters(old, text, are_exported=False)
    except NoPageError as error:
        msg = f"{output}: {error}"
        raise RefusedError(msg) from error
    if output is None:
        write(page)
    elif page != old:
        save(output, page)
    for change in changes:
        # A Word document has no line numbers.
        log(f"{path}: {re.sub(r'line [0-9]+: ', '', change, count=1)}")
    if output is not None and not is_update:
        log(f"{output}: {counted(len(changes), 'issue')}; add the page to a toctree")
    elif not changes:
        log(f"{output}: no changes")
    return 0
