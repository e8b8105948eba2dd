"""``sphinx-revguide lock``: records locked passages, or checks them against the record."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sphinxext_revguide.book.derived.locked_passages import (
    LOCK_FILE,
    PassageState,
    read_lock_file,
    write_lock_file,
)
from sphinxext_revguide.cli.output import RefusedError, log, say, show, writing
from sphinxext_revguide.cli.read_book import add_book_folder, named_source, read_book
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands


def add_lock(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "lock",
        help="record the locked passages of a book, or check them",
        description=f"Writes {LOCK_FILE}, which you should commit, and prints the changes. With "
        "--check nothing is written.",
        epilog="Exit status: 0; 1 if --check found differences; 2 if the book or the record cannot "
        "be read. Example: sphinx-revguide lock docs --check",
    )
    add_book_folder(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with status 1 if there are differences",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    source = named_source(arguments)
    path = source / LOCK_FILE
    _recorded, problem = read_lock_file(path)
    if problem is not None and arguments.check:
        raise RefusedError(problem.message)
    if problem is not None:
        log(f"{path}:{problem.line}: {problem.message}")
    book = read_book(source, arguments.conf_dir or source)
    states = book.passage_states
    named_again = book.passages_named_again
    twice = {locked.name for locked, _message in named_again}
    changed = [state for state in states if state.state != "kept" and state.name not in twice]
    for locked, message in named_again:
        log(f"{locked.path}:{locked.line}: {message}")
    if named_again and not arguments.check:
        msg = "two locked passages have the same name; nothing was written"
        raise RefusedError(msg)
    for state in changed:
        message = f"{state.state}: {state.message}" if arguments.check else _noticed(state)
        say(f"{state.path}:{state.line}: {message}")
    if arguments.check:
        kept = sum(state.state == "kept" and state.name not in twice for state in states)
        not_kept = len(changed) + len(named_again)
        show(f"{counted(kept, 'locked passage')} kept, {not_kept} not")
        return 1 if not_kept else 0
    passages = book.passages
    with writing(path):
        write_lock_file(path, passages)
    show(f"{counted(len(passages), 'locked passage')} recorded in {path}")
    return 0


def _noticed(state: PassageState) -> str:
    """Return the change that a new record makes; unlike a difference, it needs no remedy."""
    if state.state == "unrecorded":
        return f"new: locked passage {state.name!r}"
    return f"{state.state}: {state.what}"
