"""Imports a folder of guides, and prints what was found in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.cli.import_proposals import write_proposals
from sphinxext_revguide.cli.output import (
    REFUSED,
    RefusedError,
    check_new,
    log,
    read_found,
    save,
    show,
)
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.importer import ImportedGuide, NotAGuideError, print_myst, read_guide
from sphinxext_revguide.importer.propose import propose
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.text.control_characters import one_line

_SUFFIXES = (".md", ".markdown")
_HEAD = ("file", "guide", "issues", "pairs", "no AFTER", "locked", "other", "problems")


@dataclass(frozen=True, slots=True)
class _Row:
    """One file of the folder: what it contains, or why it contains nothing."""

    file: str
    guide: ImportedGuide | None = None
    refused: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        if self.guide is None:
            return (self.file, self.refused)
        pairs = [pair for issue in self.guide.issues for pair in issue.issue.pairs]
        counts = (
            len(self.guide.issues),
            sum(pair.before is not None and pair.after is not None for pair in pairs),
            sum(pair.after is None for pair in pairs),
            len(self.guide.locks),
            len(self.guide.other),
            len(self.guide.problems),
        )
        return (self.file, self.guide.guide.id, *map(str, counts))


def import_folder(
    folder: Path,
    output: Path,
    *,
    force: bool,
    provenance: bool = False,
    proposals: Path | None = None,
) -> int:
    """Import every guide of a folder and its subfolders as a page of the same name.

    Progress and problems go to standard error, a summary of all files to standard output. A file
    that is not a guide is reported as such; one that cannot be read or written does not stop the
    others.

    :param force: overwrite pages that exist.
    :param provenance: keep lines that a page expresses differently as comments.
    :param proposals: where to write patterns for complaints that no pattern covers.
    :returns: the exit status: 0, or 2 if nothing was imported.
    :raises RefusedError: if there is no Markdown file.
    """
    rows = list(_imported(folder, output, force=force, provenance=provenance))
    for line in _table(rows):
        show(line)
    guides = [row.guide for row in rows if row.guide]
    write_proposals(proposals, propose(guides), force=force)
    return 0 if guides else REFUSED


def _imported(folder: Path, output: Path, *, force: bool, provenance: bool) -> Iterator[_Row]:
    """Import each guide of a folder, and yield its row."""
    paths = _guide_files(folder)
    ids: set[str] = set()
    for number, path in enumerate(paths, 1):
        log(f"[{number}/{len(paths)}] {path}")
        name = path.relative_to(folder)
        shown = one_line(name.as_posix())
        try:
            target = _target(output, name)
            text = read_found(path, folder)
            guide = _import_one(path, text, target, ids, force=force, provenance=provenance)
            yield _Row(shown, guide)
        except NotAGuideError as error:
            yield _Row(shown, refused=str(error))
        except RefusedError as error:
            yield _Row(shown, refused=str(error).partition(": ")[2])


def _guide_files(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if not path.is_dir())
    paths = sorted(path for path in files if path.suffix.lower() in _SUFFIXES)
    if not paths:
        msg = f"{folder}: contains no Markdown file (*.md)"
        raise RefusedError(msg)
    return paths


def _target(output: Path, name: Path) -> Path:
    """Return where the page of a guide is written.

    :raises RefusedError: if a link leads out of the folder.
    """
    target = output / name.with_suffix(".md")
    if not is_inside(target, output):
        msg = f"{target}: is a link to a place outside {output}"
        raise RefusedError(msg)
    return target


def _import_one(
    path: Path, text: str, target: Path, ids: set[str], *, force: bool, provenance: bool
) -> ImportedGuide:
    check_new(target, replace=force)
    guide = read_guide(text, name=path.name)
    if guide.guide.id in ids:
        guide = read_guide(text, name=path.name, guide_id=_another(path, ids))
    ids.add(guide.guide.id)
    guide = with_patterns(guide)
    save(target.resolve(), print_myst(guide, provenance=provenance), parents=True)
    for problem in guide.problems:
        log(f"{path}:{problem.line}: {problem.message}")
    return guide


def _another(path: Path, ids: set[str]) -> str:
    """Return an unused id, named after the file, with a number if necessary."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "guide"
    numbered = (f"{name}-{number}" if number > 1 else name for number in range(1, len(ids) + 2))
    return next(page for page in numbered if page not in ids)


def _table(rows: list[_Row]) -> list[str]:
    """Return the lines of a table of all files; a refusal is a sentence in its row."""
    guides = [_HEAD, *(row.cells for row in rows if row.guide)]
    widths = [max(map(len, column)) for column in zip(*guides, strict=True)]
    widths[0] = max(len(row.file) for row in rows)
    lines = [_line(_HEAD, widths)]
    for row in rows:
        if row.guide:
            lines.append(_line(row.cells, widths))
        else:
            lines.append(f"{row.file.ljust(widths[0])}  {row.refused}")
    done = [row for row in rows if row.guide]
    totals = [sum(int(row.cells[index]) for row in done) for index in range(2, len(_HEAD))]
    lines.append(_line(("total", f"{len(done)} guides", *map(str, totals)), widths))
    return lines


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    shown = [
        cell.ljust(width) if index < 2 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(shown).rstrip()
