"""Merges guides into existing pages, for ``import --update``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sphinxext_revguide.cli.output import RefusedError, log, read, read_found, save
from sphinxext_revguide.importer.editor_changes import only_changes
from sphinxext_revguide.importer.export_record import ExportRecord
from sphinxext_revguide.importer.update import update_pages

_GUIDES = re.compile(r"\{revision-guide\}[ \t]*(\S+)")


def merge_guide(
    path: Path,
    page: str,
    imported: Callable[[str], str],
    *,
    sent: Callable[[str], str] = str,
    any_guide: bool,
    exported: ExportRecord,
) -> list[str]:
    """Merge a guide into its page; if it is an export of the page, only what its editor changed.

    :param page: the page that the guide is imported as.
    :param imported: see :func:`only_changes`.
    :param sent: see :func:`only_changes`.
    :returns: what :func:`merge_into` returns; it raises the same errors.
    """
    old = read(path)
    base = ""
    if (changed := only_changes(old, page, imported, sent, is_export=bool(exported))) is not None:
        page, base = changed
    return merge_into(path, old, page, base, any_guide=any_guide, exported=exported)


def merge_into(
    path: Path,
    old: str,
    new: str,
    base: str = "",
    *,
    any_guide: bool,
    exported: ExportRecord | None = None,
) -> list[str]:
    """Merge a guide's new page into one that exists, and into pages with issues of that guide.

    :param old: what is in the file.
    :param base: see :func:`update_pages`.
    :param any_guide: see :func:`update_pages`.
    :param exported: see :func:`update_pages`.
    :returns: the lines of the report; the last one says how much has changed.
    :raises NoPageError: if the page opens no guide.
    :raises RefusedError: if a page cannot be written.
    """
    others = _other_pages(path, old)
    merged, changed, report = update_pages(
        old, new, base, others, exported=exported, any_guide=any_guide
    )
    if merged != old:
        save(path, merged)
    for name, text in changed.items():
        save(Path(name), text)
    changes = len(report) if merged != old or changed else 0
    count = f"{changes or 'no'} change{'s' * (changes != 1)}"
    return [*report, f"{', '.join([str(path), *changed])}: {count}"]


def _other_pages(page: Path, text: str) -> dict[str, str]:
    """Return the texts of the other MyST pages of the book with issues that name a guide of a page.

    The book is the closest folder above it with a ``conf.py``; without one there are none.
    """
    guides = "|".join(map(re.escape, _GUIDES.findall(text)))
    names = re.compile(rf"(?m)^[ \t]*:?guide:[ \t]*[\"']?(?:{guides})\b")
    folders = page.resolve().parents
    book = next((folder for folder in folders if (folder / "conf.py").is_file()), None)
    pages: dict[str, str] = {}
    if book is None or not guides:
        return pages
    for path in source_files(book, (".md", ".markdown")):
        if path.is_symlink() or path == page.resolve():
            continue
        try:
            other = read_found(path, book)
        except RefusedError as error:
            log(f"left out: {error}")
            continue
        if "{revision-issue}" in other and names.search(other):
            pages[str(path)] = other
    return pages


def source_files(folder: Path, suffixes: Sequence[str]) -> Iterator[Path]:
    """Yield the source files of a book, without hidden folders, builds and virtual environments."""
    for root, folders, files in os.walk(folder):
        if "pyvenv.cfg" in files:
            folders.clear()
            continue
        folders[:] = sorted(
            path for path in folders if path[0] not in "._" and path != "node_modules"
        )
        yield from (Path(root, file) for file in files if Path(file).suffix.lower() in suffixes)
