"""``sphinx-revguide baseline``: records the known findings."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sphinxext_revguide.book.derived.baseline_state import (
    BASELINE_FILE,
    compared,
    write_baseline,
)
from sphinxext_revguide.cli.output import RefusedError, log, say, show, writing
from sphinxext_revguide.cli.read_book import add_book_folder, named_source, read_book

if TYPE_CHECKING:
    from sphinxext_revguide.book.derived.baseline_state import Baseline
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Finding


def add_baseline(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "baseline",
        help="record the current findings, so that builds report only new ones",
        description=f"Writes {BASELINE_FILE}, or the file that revguide_baseline names; commit "
        "this file. With --update, fixed findings are removed and nothing is added.",
        epilog="Exit status: 0; 2 if the book cannot be read or the file cannot be written. "
        "Example: sphinx-revguide baseline docs --update",
    )
    add_book_folder(parser)
    parser.add_argument("--update", action="store_true", help="remove fixed findings")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    source = named_source(arguments)
    book = read_book(source, arguments.conf_dir or source)
    path = book.baseline_path
    if path is None:
        msg = "revguide_baseline is empty or outside the source directory; name a file inside"
        raise RefusedError(msg)
    baseline = book.baseline
    for problem in baseline.problems:
        log(f"{path}:{problem.line}: {problem.message}")
    if arguments.update and not path.exists():
        msg = f"{path}: does not exist; write it first, without --update"
        raise RefusedError(msg)
    known, summary = _updated(book, baseline) if arguments.update else _recorded(book, baseline)
    with writing(path):
        write_baseline(path, known)
    show(f"{summary}; {len(known)} known in {path}")
    return 0


def _recorded(book: Book, baseline: Baseline) -> tuple[list[Finding], str]:
    """Return all flagged findings, and a summary of the changes."""
    known = [flagged.finding for flagged in book.flagged]
    stayed = {now.fingerprint for _old, now in compared(baseline, book.findings, book.pages).same}
    kept = sum(finding.fingerprint in stayed for finding in known)
    gone = len(baseline.known) - kept
    return known, f"{len(known) - kept} added, {gone} removed"


def _updated(book: Book, baseline: Baseline) -> tuple[list[Finding], str]:
    """Return the findings of the baseline that are left, at their current places, and a summary.

    Findings that the book was not searched for are kept, for example if a pattern cannot be read.
    """
    found = compared(baseline, book.findings, book.pages)
    kept: list[Finding] = []
    fixed: list[Finding] = []
    for finding in found.fixed:
        (fixed if book.was_looked_for(finding) else kept).append(finding)
    for finding in fixed:
        say(f"fixed: {finding.in_words}")
    return [*(now for _old, now in found.same), *kept], f"{len(fixed)} fixed and removed"
