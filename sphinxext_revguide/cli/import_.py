"""``sphinx-revguide import``: converts an editor's guide to a page of the book."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.import_chapters import chapters_option
from sphinxext_revguide.cli.import_folder import import_folder
from sphinxext_revguide.cli.import_into import import_into
from sphinxext_revguide.cli.import_marked import import_chapter, update_page_from_chapters
from sphinxext_revguide.cli.import_proposals import write_proposals
from sphinxext_revguide.cli.import_update import merge_guide, merge_into
from sphinxext_revguide.cli.output import (
    RefusedError,
    check_new,
    log,
    read,
    read_bytes,
    save,
    say,
    write,
)
from sphinxext_revguide.importer import (
    ImportedGuide,
    NotAGuideError,
    as_json,
    print_myst,
    read_guide,
)
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.export_record import ExportRecord, split_record
from sphinxext_revguide.importer.marked_chapters import (
    decide,
    decides,
    has_marks,
    record_of,
)
from sphinxext_revguide.importer.propose import propose
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update import NoPageError
from sphinxext_revguide.importer.word import (
    NoDocumentError,
    WordText,
    from_word,
    read_word,
    with_samples,
)
from sphinxext_revguide.importer.word_export import to_word
from sphinxext_revguide.markup.page_blocks import guide_of
from sphinxext_revguide.text.control_characters import json_text
from sphinxext_revguide.text.in_words import counted, short
from sphinxext_revguide.text.line_ends import bare_lines

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands


_TAKEN = (
    "this file already exists; name another file, or use --update to merge the guide into it, or "
    "--force to overwrite it"
)


def add_import(commands: Commands) -> None:
    """Declare the command."""
    command = _add_command(commands)
    _add_page_options(command)
    _add_book_options(command)
    _add_reading_options(command)
    command.set_defaults(run=_import)


def _add_command(commands: Commands) -> argparse.ArgumentParser:
    command = commands.add_parser(
        "import",
        help="convert an editor's guide to a MyST page",
        description="Converts an editor's guide in Markdown or Word, or each guide in a folder, "
        "to a MyST page of directives. A Word chapter with tracked changes becomes a guide, too. "
        "Anything that needs attention is reported on standard error.",
        epilog="Exit status: 0; 2 if the file is not a guide or cannot be read, or the output "
        "already exists. Example: sphinx-revguide import notes.md --output docs/guide.md",
    )
    command.add_argument(
        "guide", metavar="GUIDE.md", type=Path, help="the editor's guide, or a folder of guides"
    )
    return command


def _add_page_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say which page is written."""
    command.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        help="write to FILE instead of standard output; for a folder, the folder to write to",
    )
    command.add_argument(
        "--update",
        action="store_true",
        help="merge the guide into FILE and keep the author's changes",
    )
    command.add_argument(
        "--base",
        metavar="GUIDE.md",
        type=Path,
        help="with --update, the version of the guide that was last imported into FILE; the "
        "page then contains both texts only where both of you changed them",
    )
    command.add_argument(
        "--force",
        action="store_true",
        help="overwrite existing files; with --update, merge even a guide that has no issue in "
        "common with the page",
    )
    command.add_argument(
        "--guide-id",
        metavar="ID",
        default="",
        help="the guide's id; default: derived from the file name",
    )


def _add_book_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say to which book and chapters the guide belongs."""
    command.add_argument(
        "--into",
        metavar="SOURCE_DIR",
        type=Path,
        help="match each guide to a chapter of this book, and write the pages below it",
    )
    command.add_argument(
        "--chapter",
        metavar="DOCNAME",
        action="append",
        default=[],
        help="the chapter that the guide is about; with --into, GUIDE=DOCNAME; repeat it for more "
        "chapters, or guides",
    )


def _add_reading_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say what else is written about the guide."""
    command.add_argument(
        "--propose-patterns",
        metavar="FILE.toml",
        type=Path,
        help="write patterns for complaints of the guides that no pattern covers",
    )
    command.add_argument(
        "--provenance",
        action="store_true",
        help="keep, as comments, the lines of the guide that the page expresses differently",
    )
    command.add_argument(
        "--json", action="store_true", help="instead of the page, print what was read as JSON"
    )


def _import(arguments: argparse.Namespace) -> int:
    path: Path = arguments.guide
    output: Path | None = arguments.output
    if arguments.into is not None:
        return _into(arguments)
    if path.is_dir():
        others = (arguments.json, arguments.guide_id, arguments.chapter, arguments.base)
        if output is None or any(others):
            msg = (
                f"{path}: is a folder; use '--into SOURCE_DIR', or '--output FOLDER' without "
                "other options"
            )
            raise RefusedError(msg)
        return import_folder(
            path,
            output,
            force=arguments.force,
            provenance=arguments.provenance,
            proposals=arguments.propose_patterns,
        )
    return _import_file(arguments, path, output)


def _into(arguments: argparse.Namespace) -> int:
    if arguments.output is not None or arguments.json or arguments.guide_id or arguments.base:
        msg = (
            "--into can only be combined with --chapter, --update, --force, --provenance and "
            "--propose-patterns"
        )
        raise RefusedError(msg)
    return import_into(
        arguments.guide,
        arguments.into,
        arguments.chapter,
        force=arguments.force,
        update=arguments.update,
        provenance=arguments.provenance,
        proposals=arguments.propose_patterns,
    )


def _check_options(arguments: argparse.Namespace, path: Path, output: Path | None) -> None:
    """Check where the page of a guide is to be written, before anything is read.

    :raises RefusedError: if it cannot be written there, or the options contradict each other.
    """
    if arguments.update and (output is None or arguments.json):
        msg = "--update needs '--output FILE', the page to update"
        raise RefusedError(msg)
    if arguments.base is not None and not arguments.update:
        msg = "--base works only with --update; add '--update'"
        raise RefusedError(msg)
    if output is not None:
        replace = arguments.force or arguments.update
        check_new(output, replace=replace, taken=_TAKEN, example=path.name)


def _import_file(arguments: argparse.Namespace, path: Path, output: Path | None) -> int:
    _check_options(arguments, path, output)
    arguments.chapters = chapters_option(arguments.chapter, output)
    if arguments.update and output is not None and output.exists() and not arguments.guide_id:
        # Messages name the issues as the book does, whatever the file is called.
        arguments.guide_id = guide_of(read(output))
    sent = _sent(path)
    if sent.is_chapter:
        return import_chapter(arguments, output, sent.text)
    return _import_guide(arguments, output, sent)


def _import_guide(arguments: argparse.Namespace, output: Path | None, sent: WordText) -> int:
    path: Path = arguments.guide
    decided = sent.decided
    editors, exported = split_record(sent.text)
    is_update = arguments.update and output is not None and output.exists()
    if output is not None and is_update:
        if decided:
            # Accepting a change takes its BEFORE out of the document, rejecting it the AFTER.
            export = from_word(to_word(to_markdown(read(output))))
            editors = with_samples(editors, export, decided)
        if has_marks(editors):
            if arguments.base is not None:
                exported = record_of(_sent(arguments.base).text)
            return update_page_from_chapters(output, editors, path, exported)
    try:
        guide = _guide_in(editors, arguments)
        proposals = propose([guide])
    except NotAGuideError as error:
        return _decisions(arguments, editors, error)
    if arguments.json:
        text = json_text(as_json(guide), indent=2) + "\n"
    else:
        text = print_myst(guide, provenance=arguments.provenance)
    if output is None:
        write(text)
    elif is_update:
        _update(output, text, arguments, exported)
        _set_statuses(output, decided)
    else:
        save(output, text)
        log(f"{output}: {counted(len(guide.issues), 'issue')}; add the page to a toctree")
    lines = bare_lines(editors) if path.suffix.lower() == ".docx" else []
    for problem in guide.problems:
        log(f"{path}:{_place(problem.line, lines)}: {problem.message}")
    write_proposals(arguments.propose_patterns, proposals, force=arguments.force)
    return 0


def _place(line: int, of_word: Sequence[str]) -> str:
    """Return the line of a problem, or its text in a Word document, which has no line numbers."""
    text = short(of_word[line - 1]) if 0 < line <= len(of_word) else ""
    return f" “{text}”" if text else str(line)


def _decisions(arguments: argparse.Namespace, text: str, error: NotAGuideError) -> int:
    """Apply the decisions of an editor who accepted or rejected every change and left no mark.

    :raises RefusedError: if nothing was decided: then the text is not a guide.
    """
    output: Path | None = arguments.output
    is_update = arguments.update and output is not None and output.exists()
    if output is not None and is_update and decides(read(output), text):
        return update_page_from_chapters(output, text, arguments.guide)
    msg = f"{arguments.guide}: {error}"
    if has_marks(text):
        msg = (
            f"{arguments.guide}: these are chapters with CriticMarkup; name the page of their "
            "guide with '--output PAGE --update'"
        )
    raise RefusedError(msg) from error


def _guide_in(text: str, arguments: argparse.Namespace) -> ImportedGuide:
    """Import a guide.

    :raises NotAGuideError: if the text is not a guide.
    """
    name, chapters = arguments.guide.name, arguments.chapters
    guide = read_guide(text, guide_id=arguments.guide_id, chapter=chapters, name=name)
    return with_patterns(guide)


def _sent(path: Path) -> WordText:
    """Return what an editor sent, as Markdown."""
    if path.suffix.lower() != ".docx":
        return WordText(read(path))
    try:
        return read_word(read_bytes(path))
    except ImportError as error:
        msg = f"{path}: needs python-docx: pip install 'sphinxext-revguide[docx]'"
        raise RefusedError(msg) from error
    except NoDocumentError as error:
        msg = f"{path}: {error}"
        raise RefusedError(msg) from error


def _set_statuses(output: Path, statuses: dict[str, str]) -> None:
    page, report = decide(read(output), statuses)
    if report:
        save(output, page)
    for line in report:
        say(line)


def _update(
    output: Path,
    page: str,
    arguments: argparse.Namespace,
    exported: ExportRecord,
) -> None:
    """Merge a page into one that exists, and report what has changed.

    :param exported: what the page said when the guide was exported, if it was.
    """
    is_word = arguments.guide.suffix.lower() == ".docx"

    def imported(export: str) -> str:
        return print_myst(_guide_in(export, arguments), provenance=arguments.provenance)

    sent = (lambda export: from_word(to_word(export))) if is_word else str
    force = arguments.force
    try:
        if arguments.base is not None:
            base = imported(_sent(arguments.base).text)
            report = merge_into(output, read(output), page, base, any_guide=force)
        else:
            report = merge_guide(
                output, page, imported, sent=sent, any_guide=force, exported=exported
            )
    except (NoPageError, NotAGuideError) as error:
        name = arguments.base if isinstance(error, NotAGuideError) else output
        msg = f"{name}: {error}"
        raise RefusedError(msg) from error
    for line in report:
        say(line)
