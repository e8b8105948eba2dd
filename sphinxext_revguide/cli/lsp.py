"""``sphinx-revguide lsp``: starts the language server."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands


def add_lsp(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "lsp",
        help="start a language server for editors",
        description="Reads requests from standard input and writes responses to standard output. "
        "Requires the extra `lsp`: pip install 'sphinxext-revguide[lsp]'. The book's conf.py is "
        "run.",
        epilog="Exit status: 0 when the editor ends the session; 2 if the extra is missing. "
        "Example: sphinx-revguide lsp --source docs",
    )
    parser.add_argument(
        "--source", type=Path, help="the source directory; default: that of the first file opened"
    )
    parser.add_argument("--conf-dir", type=Path, help="the folder with conf.py; default: SOURCE")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    try:
        from sphinxext_revguide.cli.language_server.server import make_server  # noqa: PLC0415 -- an extra
    except ImportError as error:
        msg = f"lsp requires further packages ({error}): pip install 'sphinxext-revguide[lsp]'"
        raise RefusedError(msg) from error
    logging.basicConfig(level=logging.WARNING)  # standard output belongs to the protocol
    make_server(arguments.source, arguments.conf_dir).start_io()
    return 0
