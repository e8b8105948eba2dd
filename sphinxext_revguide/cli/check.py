"""``sphinx-revguide check``: reports what a build would warn about in some files."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import is_suppressed_warning

from sphinxext_revguide.cli.changed_lines import ChangedLines, changed_lines
from sphinxext_revguide.cli.output import RefusedError, log, show, write_json
from sphinxext_revguide.cli.read_book import add_book_options, book_above, read_pages
from sphinxext_revguide.files import as_named
from sphinxext_revguide.garbage import without_collection
from sphinxext_revguide.report.warnings import TYPE, warnings_in
from sphinxext_revguide.text.control_characters import message

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Problem
    from sphinxext_revguide.sphinx.domain import RevguideDomain

_STDIN = Path("-")


def add_check(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="report the findings in some files, for editors and pre-commit hooks",
        description="Reports, as `path:line: message [type]`, what a build would warn about in "
        "the files. Only these files and changed guides are read; the other pages are taken from "
        "a cache. The book's conf.py is run.",
        epilog="Exit status: 0; 1 if anything is reported; 2 if a file or its book cannot be "
        "read. Example: sphinx-revguide check docs/harbour.md --diff-base main",
    )
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE",
        help="a page, or a file that a page includes; - reads a page from standard input",
    )  # fmt: skip
    add_book_options(parser)
    parser.add_argument(
        "--cache",
        type=Path,
        help="the folder for the cache, which must be yours and outside the repository; default: "
        "a folder in your cache directory",
    )
    parser.add_argument(
        "--stdin-filename", type=Path, metavar="FILE",
        help="the page whose text is read from standard input",
    )  # fmt: skip
    parser.add_argument(
        "--diff-base", metavar="REV",
        help="report only findings on lines that changed since a Git revision",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print a list of objects as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    # Most objects are needed until the end; collecting garbage at exit takes longer than the rest.
    atexit.register(gc.freeze)
    files, typed = _named(arguments)
    with without_collection():
        found = list(_found(arguments, files, typed))
    if arguments.json:
        write_json(found)
    else:
        for problem in found:
            show("{path}:{line}: {message} [{type}]".format_map(problem))
    return 1 if found else 0


def _found(
    arguments: argparse.Namespace, files: Iterable[Path], typed: dict[Path, str]
) -> Iterator[dict[str, str | int]]:
    """Yield the reports on the files, book by book."""
    for source, paths in _by_book(files, arguments.source).items():
        real = set(paths.values())
        domain = read_pages(
            source, arguments.conf_dir or source, real, arguments.cache, typed=typed
        )
        base = arguments.diff_base
        changed = changed_lines(base, real, typed) if base else None
        yield from _reported(domain, paths, changed)


def _named(arguments: argparse.Namespace) -> tuple[list[Path], dict[Path, str]]:
    """Return the files, and the text of the file that is read from standard input.

    :raises RefusedError: if no option names the page on standard input, or it is not UTF-8.
    """
    if _STDIN not in arguments.files:
        return arguments.files, {}
    page: Path | None = arguments.stdin_filename
    if page is None:
        msg = "-: name the page whose text is read from standard input with --stdin-filename"
        raise RefusedError(msg)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{page}: standard input is not UTF-8 (byte {error.start})"
        raise RefusedError(msg) from error
    files = [page if file == _STDIN else file for file in arguments.files]
    return files, {page.resolve(): text}


_NO_BOOK = "belongs to no book and was not checked; name the book with --source"
_NO_PAGE = "is not a page of the book, nor included by one, and was not checked"


def _by_book(files: Iterable[Path], source: Path | None) -> dict[Path, dict[Path, Path]]:
    """Return the files of each source directory, and log those that belong to none.

    :returns: the file to which each name leads; a name in a book may be a link to a file outside.
    :raises RefusedError: if a file does not exist.
    """
    books: dict[Path, dict[Path, Path]] = {}
    for file in files:
        path = file.resolve()
        if not path.is_file():
            what = "is a folder; name its pages" if path.is_dir() else "there is no such file"
            msg = f"{file}: {what}"
            raise RefusedError(msg)
        named = as_named(file)
        book = source or book_above(named.parent) or book_above(path.parent)
        if book is None:
            log(f"{file}: {_NO_BOOK}")
        elif named.is_relative_to(as_named(book)):
            inside = book.resolve() / named.relative_to(as_named(book))
            books.setdefault(book.resolve(), {})[inside] = path
        else:
            books.setdefault(book.resolve(), {})[path] = path
    return books


def _reported(
    domain: RevguideDomain, files: dict[Path, Path], changed: ChangedLines | None
) -> Iterator[dict[str, str | int]]:
    """Yield the reports on the files in the order of a build, with paths as seen from here."""
    paths = {domain.store.relative(path): path for path in files}
    pages = domain.store.pages.values()
    read = {
        name for page in pages for name in (page.path, *(path for path, _text in page.readable))
    }
    for name in sorted(paths.keys() - read):
        log(f"{os.path.relpath(paths[name])}: {_NO_PAGE}")
    suppressed = domain.env.config.suppress_warnings
    for problem in warnings_in(domain.book):
        path = paths.get(problem.path)
        if path is None or is_suppressed_warning(TYPE, problem.subtype, suppressed):
            continue
        if changed is None or _touches(problem, changed.get(files[path], [])):
            line = max(problem.line, 1)
            yield {
                "path": os.path.relpath(path),
                "line": line,
                "end_line": max(problem.end_line, line),
                "type": f"{TYPE}.{problem.subtype}",
                "message": message(problem.message),
            }


def _touches(problem: Problem, changed: Iterable[range]) -> bool:
    last = max(problem.end_line, problem.line)
    return any(lines.start <= last and problem.line < lines.stop for lines in changed)
