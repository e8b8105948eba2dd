"""``sphinx-revguide draft``: drafts a guide for chapters that no editor has read."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError, check_new, log, save, write
from sphinxext_revguide.cli.read_book import add_book_options, named_source, read_named_book
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.importer import as_json, print_myst
from sphinxext_revguide.report.draft_guide import DraftError, draft
from sphinxext_revguide.text.control_characters import json_text
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands


def add_draft(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "draft",
        help="draft a guide for a chapter that no editor has read",
        description="Writes a guide with one issue for each pattern found in the chapter. BEFORE "
        "samples are quoted from the chapter, and AFTERs are left open. Locks are proposed for "
        "names and numbers that the chapter repeats.",
        epilog="Exit status: 0; 1 if nothing was found in a chapter; 2 if a chapter cannot be read "
        "or a file already exists. Example: sphinx-revguide draft harbour --source book --into "
        "book/guides",
    )
    parser.add_argument(
        "chapters", nargs="+", metavar="CHAPTER", help="docnames or files of chapters"
    )
    add_book_options(parser)
    parser.add_argument(
        "--into", type=Path, help="the folder to write pages into; default: standard output"
    )
    parser.add_argument("--force", action="store_true", help="overwrite existing pages")
    parser.add_argument("--json", action="store_true", help="print the guides as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    source: Path = named_source(arguments)
    if arguments.into and not is_inside(arguments.into, source):
        msg = f"{arguments.into}: is outside the book {source}; choose a folder inside it"
        raise RefusedError(msg)
    book = read_named_book(arguments)
    empty = False
    for docname, name in _named(arguments.chapters, source):
        try:
            guide = draft(book, docname, name)
        except DraftError as error:
            raise RefusedError(str(error)) from error
        if not guide.issues:
            log(f"{docname}: no pattern was found, so there is nothing to draft")
            empty = True
            continue
        text = print_myst(guide)
        if arguments.json:
            text = json_text(as_json(guide), indent=2) + "\n"
        if arguments.into is None:
            write(text)
            continue
        path = arguments.into / (f"{name}.json" if arguments.json else f"{name}.md")
        check_new(path, replace=arguments.force)
        save(path, text, parents=True)
        log(f"{path}: {counted(len(guide.issues), 'issue')}; add the page to a toctree")
    return 1 if empty else 0


def _named(chapters: Iterable[str], source: Path) -> list[tuple[str, str]]:
    """Return the docname of each chapter, once, and the name of its guide.

    :raises RefusedError: if two guides would have the same name.
    """
    found: dict[str, str] = {}
    for docname in dict.fromkeys(_docname(chapter, source) for chapter in chapters):
        name = f"draft-{docname.replace('/', '-')}"
        if name in found:
            msg = f"{found[name]} and {docname} would both get the id {name}; "
            msg += "draft one, give its guide another id and file, and then draft the other"
            raise RefusedError(msg)
        found[name] = docname
    return [(docname, name) for name, docname in found.items()]


def _docname(chapter: str, source: Path) -> str:
    """Return the docname of a chapter that is named by its docname or its file."""
    path = Path(chapter)
    if path.is_file() and is_inside(path, source):
        return path.resolve().relative_to(source.resolve()).with_suffix("").as_posix()
    return path.with_suffix("").as_posix() if path.suffix == ".md" else chapter
