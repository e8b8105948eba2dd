"""``sphinx-revguide history``: measures earlier commits with the current guides."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.book.history_file import HISTORY_FILE, CommitNumbers, write_history
from sphinxext_revguide.cli.book_cache import cache_folder
from sphinxext_revguide.cli.git import git
from sphinxext_revguide.cli.output import RefusedError, log, positive, write_json, writing
from sphinxext_revguide.cli.read_book import add_book_options, named_source, read_named_book
from sphinxext_revguide.files import read_json, read_text, replace_text
from sphinxext_revguide.report.replay import PageNumbers, PastPage, Replay, page_numbers
from sphinxext_revguide.version import __version__

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands

_KEPT = "history.json"
_LARGEST = 2_000_000
"""Bytes; larger pages are left out, because reading them takes minutes."""


def add_history(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "history",
        help="measure the chapters at earlier commits, for the progress chart of the overview",
        description=f"Writes {HISTORY_FILE} into the source directory: for each commit that "
        "changed a chapter, how much of the text that the current guides replace it still had. "
        "Only the chapters of a commit are read; none of its code is run.",
        epilog="Exit status: 0; 2 if the book or its Git history cannot be read. "
        "Example: sphinx-revguide history v1.0..HEAD --source book",
    )
    parser.add_argument(
        "range",
        nargs="?",
        default="HEAD",
        metavar="REV..REV",
        help="default: all commits up to HEAD",
    )
    add_book_options(parser)
    parser.add_argument(
        "--most", type=positive, default=200, metavar="N", help="use only the newest N commits"
    )
    parser.add_argument("--json", action="store_true", help="print the history and write no file")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    source: Path = named_source(arguments).resolve()
    book = read_named_book(arguments)
    replay = Replay(book)
    if not replay.chapters:
        msg = f"{source}: no guide of this book names a chapter; add ':chapters:' to a guide"
        raise RefusedError(msg)
    if git(source, "rev-parse", "--is-shallow-repository").strip() == b"true":
        log(
            "this is a shallow clone, so earlier commits are left out; "
            "'git fetch --unshallow' fetches them"
        )
    found = list(_replayed(source, arguments.range, arguments.most, replay, book))
    if arguments.json:
        write_json([asdict(commit) for commit in found])
        return 0
    path = source / HISTORY_FILE
    with writing(path):
        write_history(path, found)
    log(f"{path}: {len(found)} {'commit' if len(found) == 1 else 'commits'}")
    return 0


def _replayed(
    source: Path, revisions: str, most: int, replay: Replay, book: Book
) -> Iterator[CommitNumbers]:
    """Yield the numbers of each commit that changed a chapter, oldest first."""
    # Unlike "log", this command does not depend on the user's configuration.
    options = ("--first-parent", f"--max-count={most}", "--format=%H %cs")
    output = git(
        source, "rev-list", *options, "--end-of-options", revisions, "--", *replay.chapters
    )
    lines = [line for line in output.decode().splitlines() if not line.startswith("commit ")]
    commits = [line.split() for line in reversed(lines)]
    with _MeasurementCache(source, book) as kept:
        for number, (commit, date) in enumerate(commits, 1):
            _show_progress(number, len(commits))
            pages = {
                replay.chapters[path]: PastPage(path, numbers)
                for path, numbers in kept.pages(commit, replay.chapters)
            }
            yield replay.measure(commit, date, pages)


def _show_progress(number: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == total else ""
        sys.stderr.write(f"\rcommit {number} of {total}{end}")
        sys.stderr.flush()


class _MeasurementCache:
    """The cached measurements of pages, by the Git hash of their content."""

    def __init__(self, source: Path, book: Book) -> None:
        self._source, self._library, self._holds = source, book.library, book.host.holds
        self._file = cache_folder(source) / _KEPT
        parts = {
            (condition.kind, condition.expression)
            for page in book.pages.values()
            for condition in page.conditions
        }
        held = sorted(part for part in parts if self._holds(*part))
        self._key = f"{__version__} {book.library_digest} {held}"
        self._known: dict[str, Any] = {}

    def __enter__(self) -> _MeasurementCache:
        try:
            data = read_json(read_text(self._file))
            self._known = data["blobs"] if data["key"] == self._key else {}
        except (OSError, ValueError, KeyError, TypeError):
            self._known = {}
        return self

    def __exit__(self, *_error: object) -> None:
        data = {"key": self._key, "blobs": self._known}
        try:
            replace_text(self._file, json.dumps(data))
        except OSError as error:
            log(f"{self._file}: the measurements could not be cached: {error}")

    def pages(self, commit: str, chapters: dict[str, str]) -> Iterator[tuple[str, PageNumbers]]:
        """Yield the path and the numbers of each chapter in a commit."""
        listed = git(self._source, "ls-tree", "-z", commit, "--", *chapters).decode(
            "utf-8", "surrogateescape"
        )
        for entry in listed.split("\0"):
            what, _tab, path = entry.partition("\t")
            if path not in chapters or " blob " not in what:
                continue
            blob = what.split()[2]
            content = git(self._source, "cat-file", "blob", blob)
            if len(content) <= _LARGEST:
                text = content.decode("utf-8", "replace")
                yield path, self._numbers(blob, path, text)

    def _numbers(self, blob: str, path: str, text: str) -> PageNumbers:
        # The same text is read differently under another name.
        key = f"{blob}{Path(path).suffix}"
        try:
            numbers = self._known[key]
            readable = str(numbers["readable"])
            return PageNumbers(int(numbers["words"]), dict(numbers["findings"]), readable)
        except (KeyError, TypeError, ValueError):
            measured = page_numbers(path, text, self._library, self._holds)
            self._known[key] = asdict(measured)
            return measured
