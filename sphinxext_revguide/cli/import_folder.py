"""Imports a folder of guides, and sums up what was found in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sphinxext_revguide.cli.import_proposals import write_proposals
from sphinxext_revguide.cli.output import REFUSED, RefusedError, log, read, save, write
from sphinxext_revguide.importer import ImportedGuide, NotAGuideError, print_myst, read_guide
from sphinxext_revguide.importer.propose import propose
from sphinxext_revguide.importer.suggest import with_patterns

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
    """Turn every guide of a folder, and of those below it, into a page of the same name.

    Progress and problems go to standard error, a summary of all files to standard output. A file
    that is not a guide is reported as such; one that cannot be read or written does not stop the
    others.

    :param force: overwrite pages that exist.
    :param provenance: keep, as comments, the lines that a page says in other words.
    :param proposals: where to write patterns for what no pattern covers.
    :returns: the exit status: 0, or 2 where nothing was imported.
    :raises RefusedError: if there is no Markdown file.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
    if not paths:
        msg = f"{folder}: contains no Markdown file (*.md)"
        raise RefusedError(msg)
    rows: list[_Row] = []
    ids: set[str] = set()
    for number, path in enumerate(paths, 1):
        log(f"[{number}/{len(paths)}] {path}")
        name = path.relative_to(folder)
        try:
            guide = _import_one(
                path, output / name.with_suffix(".md"), ids, force=force, provenance=provenance
            )
            rows.append(_Row(name.as_posix(), guide))
        except NotAGuideError as error:
            rows.append(_Row(name.as_posix(), refused=str(error)))
        except RefusedError as error:
            rows.append(_Row(name.as_posix(), refused=str(error).partition(": ")[2]))
    write(_table(rows))
    guides = [row.guide for row in rows if row.guide]
    write_proposals(proposals, propose(guides), force=force)
    return 0 if any(row.guide for row in rows) else REFUSED


def _import_one(
    path: Path, target: Path, ids: set[str], *, force: bool, provenance: bool
) -> ImportedGuide:
    if target.exists() and not force:
        msg = f"{target}: already exists; use --force to overwrite it"
        raise RefusedError(msg)
    text = read(path)
    guide = read_guide(text, name=path.name)
    if guide.guide.id in ids:
        guide = read_guide(text, name=path.name, guide_id=_another(path, ids))
    ids.add(guide.guide.id)
    guide = with_patterns(guide)
    target.parent.mkdir(parents=True, exist_ok=True)
    save(target, print_myst(guide, provenance=provenance))
    for problem in guide.problems:
        log(f"{path}:{problem.line}: {problem.message}")
    return guide


def _another(path: Path, ids: set[str]) -> str:
    """Return an id that no guide has: after the file, with a number where need be."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "guide"
    numbered = (f"{name}-{number}" if number > 1 else name for number in range(1, len(ids) + 2))
    return next(page for page in numbered if page not in ids)


def _table(rows: list[_Row]) -> str:
    """Return a table of all files; what was refused stands as a sentence in its row."""
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
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    shown = [
        cell.ljust(width) if index < 2 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(shown).rstrip()
