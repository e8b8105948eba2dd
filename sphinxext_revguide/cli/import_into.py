"""Imports guides into a book: matches each to a chapter, and writes its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.cli.import_chapters import PAGE_SUFFIXES
from sphinxext_revguide.cli.import_proposals import write_proposals
from sphinxext_revguide.cli.import_update import merge_guide, source_files
from sphinxext_revguide.cli.output import (
    REFUSED,
    RefusedError,
    check_new,
    log,
    read,
    read_found,
    save,
    show,
)
from sphinxext_revguide.files import read_content
from sphinxext_revguide.importer import ImportedGuide, NotAGuideError, print_myst, read_guide
from sphinxext_revguide.importer.export_record import ExportRecord, split_record
from sphinxext_revguide.importer.match_chapters import Page, chapter_of, guide_ids, page_of
from sphinxext_revguide.importer.propose import propose
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update import NoPageError
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.option_values import print_docnames
from sphinxext_revguide.text.control_characters import one_line

PAGES = "revision-guides"
"""The folder of the book that the pages are written to."""
_GUIDES = (".md", ".markdown")
_HEAD = ("guide", "chapter", "issues", "pairs", "problems", "page")
_TAKEN = "already exists; use --update to merge the guide into it, or --force to overwrite it"
_LOST = "matches no chapter; not imported. Name its chapter: --chapter '{}=DOCNAME'"
_NOT_LISTED = (
    f"no toctree lists the new pages; add {PAGES}/* to one that has the option :glob:, so that "
    "readers find them"
)
_LEFT_OVER = (
    "an earlier import wrote this page when its chapter had one guide; delete it, or the book "
    "will contain its issues twice"
)
_OURS = ("{revision-guide}", ".. revision-guide::")


@dataclass(frozen=True, slots=True)
class _Row:
    """One file: the cells of its row, or what is wrong with it."""

    name: str
    cells: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class _Book:
    """The pages of a book that are not guides.

    ``lists_guides`` says whether any page mentions the folder of the guides, as a toctree does.
    """

    chapters: list[Page]
    lists_guides: bool


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of the guides of a book, and how they may be written."""

    source: Path
    force: bool
    update: bool
    provenance: bool

    def path(self, guide_id: str) -> Path:
        """Return where the page of a guide is."""
        return self.source / PAGES / f"{guide_id}.md"

    def add_all(
        self, folder: Path, texts: Mapping[str, str], matches: Mapping[str, str]
    ) -> tuple[list[ImportedGuide], list[_Row]]:
        """Write the page of each guide; return the guides written, and a row for every guide.

        :param folder: where the files of the guides are.
        :param texts: the text of each guide, by the name of its file.
        :param matches: the chapter of each guide, by the name of its file.
        """
        guides, rows = [], []
        for name, guide_id in guide_ids(matches).items():
            chapter = matches[name]
            try:
                guide = self.add(folder / name, texts[name], name, guide_id, chapter)
            except RefusedError as error:
                rows.append(_Row(name, refused=str(error)))
            else:
                guides.append(guide)
                rows.append(_Row(name, (name, chapter, *_counts(guide), f"{PAGES}/{guide_id}.md")))
        return guides, rows

    def add(self, path: Path, text: str, name: str, guide_id: str, chapter: str) -> ImportedGuide:
        """Read a guide, write its page, and log what needs attention.

        :param path: the file of the guide, as problems name it.
        :raises RefusedError: if the page cannot be written.
        """
        named = print_docnames([f"/{chapter}"])

        def guide_in(markdown: str) -> ImportedGuide:
            guide = read_guide(markdown, name=name, guide_id=guide_id, chapter=named)
            return with_patterns(guide)

        markdown, exported = split_record(text)
        guide = guide_in(markdown)
        page, printed = self.path(guide_id), self._printed(guide)
        if not page.resolve().is_relative_to(self.source.resolve()):
            msg = f"{page}: is a link to a file outside the book; nothing was written"
            raise RefusedError(msg)
        if page.exists() and self.update:
            self._merge(page, printed, lambda text: self._printed(guide_in(text)), exported)
        else:
            check_new(page, replace=self.force, taken=_TAKEN)
            save(page.resolve(), printed, parents=True)
        for problem in guide.problems:
            log(f"{path}:{problem.line}: {problem.message}")
        return guide

    def _printed(self, guide: ImportedGuide) -> str:
        return print_myst(guide, provenance=self.provenance)

    def _merge(
        self,
        page: Path,
        printed: str,
        imported: Callable[[str], str],
        exported: ExportRecord,
    ) -> None:
        try:
            *report, count = merge_guide(
                page, printed, imported, any_guide=self.force, exported=exported
            )
        except NoPageError as error:
            msg = f"{page}: {error}"
            raise RefusedError(msg) from error
        for line in (*(f"{page}: {line}" for line in report), count):
            log(line)

    def left_over(self, matches: Mapping[str, str]) -> list[Path]:
        """Return the pages that are named after a chapter whose guides have other names now."""
        alone = {
            guide_id
            for name, chapter in matches.items()
            for guide_id in guide_ids({name: chapter}).values()
        }
        left = alone.difference(guide_ids(matches).values())
        return [page for page in map(self.path, sorted(left)) if page.is_file()]


def import_into(
    path: Path,
    source: Path,
    overrides: Sequence[str],
    *,
    force: bool,
    update: bool,
    provenance: bool = False,
    proposals: Path | None = None,
) -> int:
    """Import a guide, or a folder of guides, into a book, and print a table of the matches.

    :param source: the source directory; nothing is written outside it.
    :param overrides: ``GUIDE=DOCNAME``, the chapter of a guide by the guide's file name.
    :param force: overwrite pages that exist.
    :param update: merge guides into pages that exist.
    :param provenance: keep lines that a page expresses differently as comments.
    :param proposals: where to write patterns for complaints that no pattern covers.
    :returns: the exit status: 0, or 2 if nothing was imported.
    :raises RefusedError: if a folder or an override names nothing.
    """
    folder, paths = _guide_files(path, source)
    names = [path.relative_to(folder).as_posix() for path in paths]
    book = _read_book(source, {path.resolve() for path in paths})
    chosen = _chosen(overrides, names, [page.name for page in book.chapters])
    texts, rows = _guides(names, paths, folder if path.is_dir() else None)
    matches = {
        name: chosen.get(name) or chapter_of(page_of(name, text, guide=True), book.chapters)
        for name, text in texts.items()
    }
    rows += [_Row(name, refused=_LOST.format(name)) for name in texts if not matches[name]]
    matches = {name: chapter for name, chapter in matches.items() if chapter}
    pages = _Pages(source, force, update, provenance)
    guides, written = pages.add_all(folder, texts, matches)
    for line in _table(sorted([*rows, *written], key=lambda row: row.name)):
        show(line)
    if guides and not book.lists_guides:
        log(_NOT_LISTED)
    for page in pages.left_over(matches):
        log(f"{page}: {_LEFT_OVER}")
    write_proposals(proposals, propose(guides), force=force)
    return 0 if guides else REFUSED


def _guide_files(path: Path, source: Path) -> tuple[Path, list[Path]]:
    """Return the folder of the guides and their files.

    :raises RefusedError: if there are none, or the source directory is not a folder.
    """
    if not source.is_dir():
        msg = f"{source}: is not a folder; name the source directory of the book"
        raise RefusedError(msg)
    if not path.exists():
        msg = f"{path}: there is no such file or folder"
        raise RefusedError(msg)
    if path.suffix.lower() == ".docx":
        msg = f"{path}: is a Word document; use '--chapter' and '--output', not '--into'"
        raise RefusedError(msg)
    if not path.is_dir():
        return path.parent, [path]
    paths = sorted(source_files(path, _GUIDES))
    if not paths:
        msg = f"{path}: contains no Markdown file (*.md)"
        raise RefusedError(msg)
    return path, paths


def _guides(
    names: list[str], paths: list[Path], folder: Path | None
) -> tuple[dict[str, str], list[_Row]]:
    """Return the text of each file that is a guide, and a row for each other file.

    :param folder: the folder in which the files were found; None if the user named the file.
    """
    texts, rows = {}, []
    for name, path in zip(names, paths, strict=True):
        try:
            text = read_found(path, folder) if folder else read(path)
            read_guide(text, name=name)
        except (NotAGuideError, RefusedError) as error:
            rows.append(_Row(name, refused=str(error).removeprefix(f"{path}: ")))
        else:
            texts[name] = text
    return texts, rows


def _read_book(source: Path, guides: set[Path]) -> _Book:
    """Read the pages of a book once."""
    chapters: list[Page] = []
    lists_guides = False
    for path in sorted(source_files(source, PAGE_SUFFIXES)):
        try:
            text = read_content(path).decode("utf-8", "replace")
        except OSError as error:
            log(f"{path}: left out: {error.strerror or error}")
            continue
        lists_guides = lists_guides or PAGES in text
        if path.resolve() in guides or any(mark in text for mark in _OURS):
            continue
        docname = path.relative_to(source).with_suffix("").as_posix()
        chapters.append(page_of(docname, text))
    return _Book(chapters, lists_guides)


def _chosen(overrides: Sequence[str], names: list[str], docnames: list[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for override in overrides:
        guide, equals, docname = override.partition("=")
        docname = docname.strip("/")
        found = [name for name in names if guide in (name, Path(name).name, Path(name).stem)]
        if not equals:
            msg = f"--chapter {override}: write GUIDE=DOCNAME, with the file name of one guide"
            raise RefusedError(msg)
        if len(found) != 1:
            hint = f"write one of {', '.join(found)}" if found else did_you_mean(guide, names)
            msg = f"--chapter {override}: {len(found) or 'no'} guides are called {guide!r}"
            raise RefusedError("; ".join(filter(None, (msg, hint))))
        if docname not in docnames:
            msg = f"--chapter {override}: the book has no page {docname!r}"
            raise RefusedError("; ".join(filter(None, (msg, did_you_mean(docname, docnames)))))
        if chosen.get(found[0], docname) != docname:
            msg = (
                f"--chapter {override}: {guide} already has the chapter {chosen[found[0]]!r}; "
                "name one, and add others to ':chapters:' of its page"
            )
            raise RefusedError(msg)
        chosen[found[0]] = docname
    return chosen


def _counts(guide: ImportedGuide) -> tuple[str, str, str]:
    pairs = [pair for issue in guide.issues for pair in issue.issue.pairs]
    complete = sum(pair.before is not None and pair.after is not None for pair in pairs)
    return str(len(guide.issues)), str(complete), str(len(guide.problems))


def _table(rows: list[_Row]) -> list[str]:
    """Return the lines of a table of all files; a refusal is a sentence in its row."""
    rows = [
        _Row(one_line(row.name), tuple(map(one_line, row.cells)), one_line(row.refused))
        for row in rows
    ]
    table = [_HEAD, *(row.cells for row in rows if row.cells)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    widths[0] = max(widths[0], *(len(row.name) for row in rows))
    lines = []
    for cells in (_HEAD, *(row.cells or (row.name, row.refused) for row in rows)):
        lined = len(cells) == len(_HEAD)
        padded = [
            cell.ljust(width) if lined or place == 0 else cell
            for place, (cell, width) in enumerate(zip(cells, widths, strict=False))
        ]
        lines.append("  ".join(padded).rstrip())
    return lines
