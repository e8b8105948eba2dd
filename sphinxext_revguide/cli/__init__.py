"""The program ``sphinx-revguide``: one module a command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sphinxext_revguide import __version__
from sphinxext_revguide.cli.baseline import add_baseline
from sphinxext_revguide.cli.check import add_check
from sphinxext_revguide.cli.diff import add_diff
from sphinxext_revguide.cli.files import REFUSED, RefusedError, tell
from sphinxext_revguide.cli.import_ import add_import
from sphinxext_revguide.cli.lock import add_lock
from sphinxext_revguide.cli.patterns import add_patterns
from sphinxext_revguide.cli.report import add_report
from sphinxext_revguide.cli.review import add_review

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    :param argv: the arguments; default: those of the process.
    :returns: the exit status: 0, 1 where a check failed, or 2 where the program refused.
    """
    arguments = command_parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except RefusedError as error:
        tell(str(error))
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def command_parser() -> argparse.ArgumentParser:
    """Return what reads the arguments; the reference documentation is made from it."""
    parser = argparse.ArgumentParser(
        prog="sphinx-revguide", description="Works with revision guides of Sphinx books."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_import(commands)
    add_patterns(commands)
    add_lock(commands)
    add_review(commands)
    add_report(commands)
    add_baseline(commands)
    add_check(commands)
    add_diff(commands)
    return parser
