"""Reads a book for commands."""

from __future__ import annotations

import argparse
import io
import os
import pickle
import stat
import tempfile
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxext_revguide.cli.book_cache import cache_folder
from sphinxext_revguide.cli.output import RefusedError, log
from sphinxext_revguide.files import replace_bytes, repository_of
from sphinxext_revguide.garbage import collect_from_now_on
from sphinxext_revguide.page_source import reading_typed
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.in_words import cause

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinxext_revguide.book.view import Book


_OFFLINE: dict[str, Any] = {"intersphinx_mapping": {}}
_FEW_PAGES = 20
"""At most this many pages are read without garbage collection."""


def add_book_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that works on the book in which it is called."""
    parser.add_argument(
        "--source",
        type=Path,
        help="the source directory; default: the closest parent folder with conf.py, up to the "
        "root of the repository",
    )
    parser.add_argument("--conf-dir", type=Path, help="the folder with conf.py; default: SOURCE")


def add_book_folder(parser: argparse.ArgumentParser) -> None:
    """Add the source directory of a book to a command, as an argument and as an option."""
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="SOURCE", help="the same as --source SOURCE"
    )
    add_book_options(parser)


def named_source(arguments: argparse.Namespace) -> Path:
    """Return the source directory for a command.

    :raises RefusedError: if none is named and the working directory is in no book.
    """
    named: Path | None = arguments.source or getattr(arguments, "folder", None)
    source = named or book_above(Path.cwd())
    if source is None:
        msg = "no conf.py in this folder or above it, up to the root of its repository; name the "
        msg += "book with --source"
        raise RefusedError(msg)
    return source


def read_named_book(arguments: argparse.Namespace) -> Book:
    """Read the book for a command; see :func:`read_book`."""
    source = named_source(arguments)
    return read_book(source, arguments.conf_dir or source)


def book_above(folder: Path) -> Path | None:
    """Return the source directory that contains a folder: the nearest one with a ``conf.py``.

    ``conf.py`` is a program, so none is used from above the root of the repository, or from a
    folder to which everybody can write, such as ``/tmp``.
    """
    root = repository_of(folder)
    for parent in (folder, *folder.parents):
        if os.name == "posix" and parent.is_dir() and parent.stat().st_mode & stat.S_IWOTH:
            return None
        if (parent / "conf.py").is_file():
            return parent
        if parent == root:
            return None
    return None


def read_book(source: Path, confdir: Path) -> Book:
    """Read a book and return what is known about it.

    :raises RefusedError: if it is not a book, or does not use this extension.
    """
    with tempfile.TemporaryDirectory() as folder, application(source, confdir, folder) as app:
        read_all(app)
        return RevguideDomain.of(app.env).book


def read_pages(
    source: Path,
    confdir: Path,
    files: Set[Path],
    cache: Path | None,
    *,
    typed: Mapping[Path, str] | None = None,
) -> RevguideDomain:
    """Return what is known about a book, after the named pages have been read again.

    Other changed pages are not read, and stay as they were when the cache was written, except
    guides, which decide what is flagged, and new pages.

    :param files: resolved paths of pages, or of files that pages include.
    :param cache: the folder of the cache; default: the user's own cache of this book.
    :param typed: texts, by resolved path, that are read instead of these files.
    :raises RefusedError: if it is not a book, or does not use this extension.
    """
    folder = cache_folder(source, cache)
    texts = typed or {}
    read: list[str] = []

    def named_only(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        if set(docnames) != env.found_docs:  # else patterns or the configuration have changed
            docnames[:] = [name for name in docnames if _is_read(env, name, files)]
        named = (name for name in sorted(env.found_docs) if texts.keys() & _files_of(env, name))
        docnames.extend(name for name in named if name not in docnames)
        read.extend(docnames)
        if len(docnames) > _FEW_PAGES:
            collect_from_now_on()

    with application(source, confdir, folder, overrides=_OFFLINE) as app, typed_in(app, texts):
        app.connect("env-before-read-docs", named_only)
        RevguideDomain.of(app.env).emits_warnings = False
        read_all(app)
        if not texts and any(_file_of(app.env, name) not in files for name in read):
            keep(app, folder)
        return RevguideDomain.of(app.env)


@contextmanager
def typed_in(app: Sphinx, texts: Mapping[Path, str]) -> Iterator[None]:
    """Have texts read instead of the files of pages and of what they include.

    :param texts: by resolved path; may change while this is in force.
    """

    def take_text(app: Sphinx, docname: str, content: list[str]) -> None:
        content[0] = texts.get(_file_of(app.env, docname), content[0])

    def take_included(app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
        content[0] = texts.get(Path(app.srcdir, path).resolve(), content[0])

    app.connect("source-read", take_text)
    app.connect("include-read", take_included)
    with reading_typed(texts):
        yield


def read_all(app: Sphinx) -> list[str]:
    """Read the pages that have changed, and return their docnames.

    :raises RefusedError: if Sphinx or an extension cannot read a page.
    """
    try:
        return app.builder.read()
    except (SphinxError, OSError):
        raise
    except UnicodeDecodeError as error:
        msg = f"{app.env.doc2path(app.env.docname)}: {cause(error)}; save it as UTF-8"
        raise RefusedError(msg) from error
    except Exception as error:
        page, name = app.env.doc2path(app.env.docname), type(error).__name__
        msg = f"{page}: Sphinx cannot read it: {name}: {error}; run sphinx-build to see where"
        raise RefusedError(msg) from error


def _file_of(env: BuildEnvironment, docname: str) -> Path:
    return Path(env.doc2path(docname)).resolve()


def _files_of(env: BuildEnvironment, docname: str) -> set[Path]:
    """Return the resolved paths of a page's file and of what it was made of when it was read."""
    included = env.dependencies.get(docname, ())
    return {_file_of(env, docname), *(Path(env.srcdir, name).resolve() for name in included)}


def _is_read(env: BuildEnvironment, docname: str, files: Set[Path]) -> bool:
    """Return whether an outdated page is read again."""
    known = RevguideDomain.of(env).store.pages.get(docname)
    return known is None or known.is_guide or bool(files & _files_of(env, docname))


def keep(app: Sphinx, folder: Path) -> None:
    """Save what is known; if this fails, the next check reads the book again."""
    try:
        content = pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL)
        replace_bytes(folder / ENV_PICKLE_FILENAME, content)
    except (OSError, pickle.PicklingError, TypeError, AttributeError) as error:
        log(f"{folder}: the cache cannot be written: {error}")


@contextmanager
def application(
    source: Path, confdir: Path, folder: Path | str, *, overrides: dict[str, Any] | None = None
) -> Iterator[Sphinx]:
    """Yield the Sphinx application of a book, and log its errors at the end.

    :raises RefusedError: if it is not a book, cannot be read, or does not use this extension.
    """
    warnings = io.StringIO()
    with patch_docutils(confdir), docutils_namespace():
        try:
            # Read the book as its HTML pages show it, like the builder revguide.
            app = Sphinx(
                source, confdir, folder, folder, "dummy", overrides, status=None, warning=warnings,
                tags=["html"],
            )  # fmt: skip
            if "revguide" not in app.env.domains:
                msg = f"{confdir / 'conf.py'}: add 'sphinxext_revguide' to extensions"
                raise RefusedError(msg)
            yield app
        except (SphinxError, OSError) as error:
            msg = f"{source}: the book cannot be read: {error}"
            raise RefusedError(msg) from error
    for line in warnings.getvalue().splitlines():
        if "ERROR" in line:
            log(line)
