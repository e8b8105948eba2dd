"""``sphinx-revguide check``: what a build would tell of some files, without building."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import is_suppressed_warning

from sphinxext_revguide.cli.output import RefusedError, tell, write
from sphinxext_revguide.cli.read_book import CACHE, read_pages
from sphinxext_revguide.report.warnings import TYPE, told
from sphinxext_revguide.text.control_characters import message

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.sphinx.domain import RevguideDomain


def add_check(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="tell what is flagged in some files, for editors and before commits",
        description="Tells, as `path:line: message [type]`, what a build would warn of in the "
        "files. Only they are read again, and guides that have changed; what is known of the "
        f"other pages is kept in {CACHE}. The exit status is 1 where anything is told.",
    )
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a page, or what a page includes"
    )
    parser.add_argument(
        "--source", type=Path, help="the source directory; default: the next folder with conf.py"
    )
    parser.add_argument("--conf-dir", type=Path, help="where conf.py is; default: SOURCE")
    parser.add_argument("--cache", type=Path, help=f"default: {CACHE} in the source directory")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    # All that is read is needed to the end: looking for what is not takes longer than the rest.
    atexit.register(gc.freeze)
    return int(_tell(arguments))


def _tell(arguments: argparse.Namespace) -> bool:
    """Tell what is found, and whether anything is."""
    found = False
    for source, files in _by_book(arguments.files, arguments.source).items():
        domain = read_pages(source, arguments.conf_dir or source, files, arguments.cache)
        for line in _lines(domain, files):
            write(f"{line}\n")
            found = True
    return found


def _by_book(files: Iterable[Path], source: Path | None) -> dict[Path, set[Path]]:
    """Return the files of each source directory, telling of those that belong to none.

    :raises RefusedError: if a file is not there.
    """
    books: dict[Path, set[Path]] = {}
    for file in files:
        path = file.resolve()
        if not path.is_file():
            msg = f"{file}: there is no such file"
            raise RefusedError(msg)
        folders = [source.resolve()] if source else path.parents
        book = next((one for one in folders if source or (one / "conf.py").is_file()), None)
        if book is None or not path.is_relative_to(book):
            tell(f"{file}: belongs to no book and is not checked; name the book with --source")
        else:
            books.setdefault(book, set()).add(path)
    return books


def _lines(domain: RevguideDomain, files: set[Path]) -> Iterator[str]:
    """Yield what is told of the files, as a build orders it, each path as seen from here."""
    names = {domain.store.relative(path): os.path.relpath(path) for path in files}
    suppressed = domain.env.config.suppress_warnings
    for one in told(domain.book):
        name = names.get(one.path)
        if name and not is_suppressed_warning(TYPE, one.subtype, suppressed):
            yield f"{name}:{max(one.line, 1)}: {message(one.message)} [{TYPE}.{one.subtype}]"
