"""``sphinx-revguide report``: converts a report to a format for CI systems."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError, read, save, write
from sphinxext_revguide.report.entries import Json, ReportError, read_report
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.text.in_words import cause

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands


def add_report(commands: Commands) -> None:
    """Declare the command."""
    readers = "; ".join(f"{name}: {item.readers}" for name, item in FORMATS.items())
    parser = commands.add_parser(
        "report",
        help="convert a report to a format that CI systems read",
        description=f"Converts revguide.json to another format. {readers}.",
        epilog="Exit status: 0; 2 if the report cannot be read. "
        "Example: sphinx-revguide report sarif build/revguide.json --folder docs",
    )
    parser.add_argument("format", choices=FORMATS, help="the format")
    parser.add_argument(
        "file", type=Path, help="revguide.json, written by `sphinx-build -b revguide`"
    )
    parser.add_argument("--output", type=Path, help="where to write; default: standard output")
    parser.add_argument(
        "--folder", default="", help="the source directory, relative to the root of the repository"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    report = load(arguments.file)
    try:
        text = FORMATS[arguments.format].render(report, arguments.folder)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"{arguments.file}: is not a complete report ({cause(error)}); write it again"
        raise RefusedError(msg) from error
    if arguments.output:
        save(arguments.output, text)
    else:
        write(text)
    return 0


def load(path: Path) -> Json:
    """Read a report from its file.

    :raises RefusedError: if it cannot be read, or is not a report.
    """
    try:
        return read_report(read(path))
    except ReportError as error:
        msg = f"{path}: {error}"
        raise RefusedError(msg) from error
