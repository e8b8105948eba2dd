"""``sphinx-revguide apply``: replaces each BEFORE that is still in a chapter with its AFTER."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.cli.output import (
    RefusedError,
    difference,
    log,
    positive,
    save,
    say,
    write,
    write_json,
)
from sphinxext_revguide.cli.read_book import add_book_options, read_named_book
from sphinxext_revguide.files import path_inside
from sphinxext_revguide.markup.review_merge import StaleDecisionError, set_options
from sphinxext_revguide.model import Status
from sphinxext_revguide.report.proposed_changes import Proposal, complete, propose_named
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Issue
    from sphinxext_revguide.report.proposed_changes import Change, Refusal

_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_RESET = "\x1b[0m"


def add_apply(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "apply",
        help="replace the BEFORE of an issue with its AFTER in the chapter",
        description="Shows the diff, asks for confirmation, and replaces the BEFORE of each issue "
        "with its AFTER if the chapter contains it completely and exactly once. Nothing else in "
        "the chapter changes, and the status of the issue becomes 'applied'. Locked text is "
        "never changed.",
        epilog="Exit status: 0; 1 if an issue was refused or --check found something to apply; "
        "2 if the book cannot be read. Example: sphinx-revguide apply chapter-12-1 --source book "
        "--diff",
    )
    parser.add_argument("issues", nargs="+", metavar="ISSUE", help="ids such as chapter-12-1")
    add_book_options(parser)
    parser.add_argument("--diff", action="store_true", help="show the diff and write nothing")
    parser.add_argument("--check", action="store_true", help="exit 1 if anything can be applied")
    parser.add_argument("--yes", action="store_true", help="write without confirmation")
    parser.add_argument(
        "--after",
        type=positive,
        default=0,
        metavar="N",
        help="which AFTER to use if a BEFORE has several",
    )
    parser.add_argument(
        "--best",
        action="store_true",
        help="if the chapter contains only part of the BEFORE, write both versions between "
        "conflict markers",
    )
    parser.add_argument(
        "--withdrawn",
        action="store_true",
        help="apply also issues that their editor has withdrawn",
    )
    parser.add_argument("--json", action="store_true", help="print the planned changes as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    book = read_named_book(arguments)
    proposal = propose_named(
        book,
        arguments.issues,
        after=arguments.after,
        best=arguments.best,
        withdrawn=arguments.withdrawn,
    )
    if arguments.json:
        write_json(_as_json(proposal))
    else:
        _show(proposal)
    if arguments.check:
        return 1 if proposal.changes or proposal.refusals else 0
    writes = proposal.changes and not (arguments.diff or arguments.json)
    if writes and (arguments.yes or _agreed(proposal)):
        _write(book, proposal)
    return 1 if proposal.refusals else 0


def _show(proposal: Proposal) -> None:
    """Print the difference to standard output, and refusals and losses to standard error."""
    colors = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for path, text in proposal.replaced().items():
        for line in difference(path, proposal.sources[path].text, text):
            color = _COLORS.get(line[:1], "") if colors else ""
            write(f"{color}{line}{_RESET if color else ''}\n")
    for change in proposal.changes:
        for lost in _losses(change):
            log(f"{change.path}:{change.place.line}: {change.issue.id}: {lost}")
    for refusal in proposal.refusals:
        log(f"{refusal.issue}: not applied: {_reason(refusal)}")


def _reason(refusal: Refusal) -> str:
    return f"{refusal.reason}; {refusal.hint}" if refusal.hint else refusal.reason


def _losses(change: Change) -> Iterator[str]:
    """Yield in words which facts a change would lose, and which it would change in meaning."""
    lost: dict[str, list[str]] = {}
    for fact in change.facts.lost:
        lost.setdefault(fact.kind, []).append(fact.text)
    for kind, texts in lost.items():
        listed = ", ".join(map(repr, texts))
        kinds = kind if len(texts) == 1 or kind == "code" else f"{kind}s"
        yield f"the AFTER does not contain the {kinds} {listed}"
    for shift in change.facts.shifts:
        words = f"{shift.before or 'nothing'!r} becomes {shift.after or 'nothing'!r}"
        yield f"the AFTER changes the meaning ({shift.kind}): {words}"


def _agreed(proposal: Proposal) -> bool:
    """Ask for confirmation on a terminal; without one, nobody can answer, so refuse."""
    count, files = len(proposal.changes), len(proposal.replaced())
    what = f"{counted(count, 'change')} in {counted(files, 'file')}"
    if not sys.stdin.isatty():
        log(f"{what}: not written; use --yes to write without confirmation")
        return False
    sys.stderr.write(f"Write {what}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _write(book: Book, proposal: Proposal) -> None:
    """Write the chapters, then the status of each issue that is now applied.

    :raises RefusedError: if a file has changed since it was read; then nothing is written.
    """
    srcdir = Path(book.host.srcdir)
    files = {path: (srcdir / path).resolve() for path in proposal.replaced()}
    for path, file in files.items():
        if file.read_bytes() != proposal.sources[path].text.encode("utf-8"):
            msg = (
                f"{path}: has changed since it was read; nothing was written. Run the command again"
            )
            raise RefusedError(msg)
    for path, text in proposal.replaced().items():
        save(files[path], text)
        say(f"{path}: written")
    # From the bottom up: a new option moves the lines below it.
    issues = sorted(complete(proposal), key=lambda issue: (issue.path, -issue.line))
    applied = [issue for issue in issues if _set_applied(book, issue)]
    for issue in sorted(applied, key=lambda issue: (issue.path, issue.line)):
        say(f"{issue.path}:{issue.line}: {issue.id} is applied")


def _set_applied(book: Book, issue: Issue) -> bool:
    """Set the status of an issue; if that is impossible, report it and return false."""
    page = path_inside(book.host.srcdir, issue.path)
    try:
        if page is None:
            msg = "its page is outside the source directory"
            raise StaleDecisionError(msg)
        text = page.read_bytes().decode("utf-8")
        save(page, set_options(text, issue, {"status": Status.APPLIED.value}))
    except (StaleDecisionError, OSError, UnicodeDecodeError) as error:
        log(f"{issue.path}:{issue.line}: set :status: applied by hand: {error}")
        return False
    return True


def _as_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "changes": [
            {
                "issue": change.issue.id,
                "path": change.path,
                "line": change.place.line,
                "end_line": change.place.end_line,
                "before": change.old,
                "after": change.text,
                "whole": change.whole,
                "lost": [{"kind": fact.kind, "text": fact.text} for fact in change.facts.lost],
            }
            for change in proposal.changes
        ],
        "refused": [
            {"issue": refusal.issue, "reason": _reason(refusal)} for refusal in proposal.refusals
        ],
    }
