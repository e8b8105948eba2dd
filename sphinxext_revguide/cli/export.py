"""``sphinx-revguide export``: writes a guide in a format for its editor."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError, check_new, log, read, write, writing
from sphinxext_revguide.cli.read_book import add_book_options, read_named_book
from sphinxext_revguide.files import replace_bytes
from sphinxext_revguide.importer import NotAGuideError, print_myst, read_guide
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.export_record import with_record
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.importer.update_base import said_on
from sphinxext_revguide.importer.word import from_word
from sphinxext_revguide.importer.word_export import to_word
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.report.critic_markup import critic_markup
from sphinxext_revguide.report.proposed_changes import propose

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.report.proposed_changes import Proposal

_FORMS = ("md", "docx", "critic")
_NOT_WRITTEN = (".doc", ".odt", ".pages", ".pdf", ".rtf")
"""Extensions of formats that are not written: no program would open a file of Markdown with them.
"""


def add_export(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "export",
        help="export a guide for its editor as Markdown, Word document or CriticMarkup",
        description="md: the guide as Markdown, which `import` reads back. docx: the same as a "
        "Word document, each AFTER a tracked change (needs the extra `docx`). critic: the "
        "chapters of the guide with each change marked in CriticMarkup.",
        epilog="Exit status: 0; 2 if the guide cannot be read or written. "
        "Example: sphinx-revguide export ferry --to docx --source book --output ferry.docx",
    )
    parser.add_argument("guide", metavar="GUIDE", help="the id of a guide")
    parser.add_argument(
        "--to",
        choices=_FORMS,
        help="default: docx if the name of the output ends in .docx, otherwise md",
    )
    add_book_options(parser)
    parser.add_argument("--output", type=Path, help="where to write; default: standard output")
    parser.add_argument("--force", action="store_true", help="overwrite an existing file")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    book = read_named_book(arguments)
    output: Path | None = arguments.output
    form = _form(arguments.to, output)
    if output is not None:
        check_new(output, replace=arguments.force)
    if output is None and form == "docx" and sys.stdout.isatty():
        msg = "a Word document cannot be printed; name a file with --output"
        raise RefusedError(msg)
    content = _exported(book, arguments.guide, form)
    if output is not None:
        with writing(output):
            replace_bytes(output, content)
        log(f"{output}: written")
    elif form == "docx":
        sys.stdout.buffer.write(content)
    else:
        write(content.decode("utf-8"))
    return 0


def _form(named: str | None, output: Path | None) -> str:
    """Return the format to write.

    :raises RefusedError: if the file name has the extension of another format: no program could
        open it.
    """
    suffix = output.suffix.lower() if output is not None else ""
    if suffix in _NOT_WRITTEN:
        msg = f"{output}: {suffix} files cannot be written; use a name that ends in .docx or .md"
        raise RefusedError(msg)
    is_word = suffix == ".docx"
    form = named or ("docx" if is_word else "md")
    if output is not None and is_word != (form == "docx"):
        wanted = ".docx" if form == "docx" else ".md"
        msg = f"{output}: does not fit the format {form}; use a name that ends in {wanted}"
        raise RefusedError(msg)
    return form


def _exported(book: Book, guide_id: str, form: str) -> bytes:
    guide = next((guide for guide in book.guides if guide.id == guide_id), None)
    if guide is None:
        known = [guide.id for guide in book.guides]
        hint = did_you_mean(guide_id, known, f"the ids are: {', '.join(known) or 'none'}")
        msg = f"{guide_id}: no guide of this book has this id; {hint}"
        raise RefusedError(msg)
    if form == "critic":
        return _marked(propose(book, book.issues_of(guide.id)))
    if not guide.path.endswith((".md", ".markdown", ".myst")):
        msg = f"{guide.path}: is not Markdown; only guides in MyST can be exported"
        raise RefusedError(msg)
    page = read(book.host.srcdir / guide.path)
    markdown = to_markdown(page)
    if form == "md":
        return _recorded(page, markdown, markdown).encode("utf-8")
    try:
        return to_word(_recorded(page, markdown, from_word(to_word(markdown))))
    except ImportError as error:
        msg = "a Word document needs python-docx: pip install 'sphinxext-revguide[docx]'"
        raise RefusedError(msg) from error


def _recorded(page: str, markdown: str, back: str) -> str:
    """Return an export with the record of the texts of the page, and of the texts it comes back as.

    :param back: the export as an editor who changed nothing would return it.
    """
    said = list(said_on(page))
    with suppress(NotAGuideError):
        said += said_on(print_myst(with_patterns(read_guide(back))))
    return with_record(markdown, said)


def _marked(proposal: Proposal) -> bytes:
    """Return the chapters with each change marked, and log the changes that cannot be marked.

    :raises RefusedError: if no change can be marked, because an editor would get an empty file.
    """
    for refusal in proposal.refusals:
        log(f"{refusal.issue}: not marked: {refusal.reason}")
    if not proposal.changes:
        msg = "no change can be marked in the chapters; nothing was written"
        raise RefusedError(msg)
    return critic_markup(proposal).encode("utf-8")
