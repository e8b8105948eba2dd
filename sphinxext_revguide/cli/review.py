"""``sphinx-revguide review apply``: a reviewer's decisions into the guide's source."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError, difference, read, save, tell, write
from sphinxext_revguide.cli.read_book import read_book
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.markup.review_file import ReviewError, UnfitError, apply, read_review
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.markup.review_file import Decision


def add_review(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "review",
        help="write a reviewer's decisions into the guides",
        description="Works with the file that a reviewer saved from the built pages.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    action = actions.add_parser(
        "apply",
        help="show what would change in the guides, or change it",
        description="Shows the difference. With --write, the guides are changed: status and note "
        "of each issue, and not another byte.",
        epilog="Exit status: 0; 1 where a decision was refused; 2 where the file or the book "
        "cannot be read.",
    )
    action.add_argument("file", type=Path, help="the review: revguide-review.json")
    action.add_argument("source", type=Path, help="the source directory of the book")
    action.add_argument("--conf-dir", type=Path, help="where conf.py is; default: SOURCE")
    action.add_argument("--write", action="store_true", help="change the guides")
    action.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    try:
        decisions = read_review(read(arguments.file))
    except ReviewError as error:
        msg = f"{arguments.file}: {error}"
        raise RefusedError(msg) from error
    source: Path = arguments.source
    book = read_book(source, arguments.conf_dir or source)
    old, new, refused = _applied(book, decisions)
    for path, text in new.items():
        _show(path, old[path], text, source)
        if arguments.write and text != old[path]:
            save(path, text)
    changed = sum(old[path] != text for path, text in new.items())
    done = "changed" if arguments.write else "would change; write it with --write"
    tell(f"{counted(changed, 'page')} {done}")
    return 1 if refused else 0


def _applied(
    book: Book, decisions: list[Decision]
) -> tuple[dict[Path, str], dict[Path, str], bool]:
    """Return the pages as they are and as they are to be, and whether something was refused."""
    old: dict[Path, str] = {}
    new: dict[Path, str] = {}
    refused = False
    issues = {issue.id: issue for issue in reversed(book.issues)}
    # From below, as a new line moves all that stand under it.
    for one in sorted(decisions, key=lambda one: -getattr(issues.get(one.issue), "line", 0)):
        issue = issues.get(one.issue)
        if issue is None:
            tell(f"{one.issue}: refused: no guide has this issue")
            refused = True
            continue
        path = Path(book.host.srcdir, issue.path)
        if not is_inside(path, Path(book.host.srcdir)):
            tell(f"{issue.path}:{issue.line}: {one.issue}: refused: outside the source directory")
            refused = True
            continue
        if path not in old:
            old[path] = new[path] = path.read_bytes().decode("utf-8")
        try:
            new[path] = apply(new[path], issue, one)
        except UnfitError as error:
            tell(f"{book.relative(path)}:{issue.line}: {one.issue}: refused: {error}")
            refused = True
    return old, new, refused


def _show(path: Path, old: str, new: str, source: Path) -> None:
    name = path.resolve().relative_to(source.resolve()).as_posix()
    for line in difference(name, old, new):
        write(f"{line}\n")
