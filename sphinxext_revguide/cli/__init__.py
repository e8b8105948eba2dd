"""The program ``sphinx-revguide``: one module per command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import NoReturn

from sphinxext_revguide.cli.output import REFUSED, RefusedError, drop_output, log
from sphinxext_revguide.garbage import without_collection
from sphinxext_revguide.text.control_characters import one_line
from sphinxext_revguide.version import __version__

_MODULES = {
    "import": "import_", "patterns": "patterns", "lock": "lock", "review": "review",
    "apply": "apply", "draft": "draft", "report": "report", "baseline": "baseline",
    "check": "check", "diff": "diff", "lsp": "lsp", "verdict": "verdict", "judge": "judge",
    "history": "history", "export": "export",
}  # fmt: skip
"""The module that declares each command, in a function named ``add_COMMAND``."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    :param argv: the arguments; default: those of the process.
    :returns: the exit status: 0, 1 if a check failed, or 2 if the command was refused.
    """
    given = sys.argv[1:] if argv is None else list(argv)
    # Some commands run before each commit, so only the module of the named command is imported.
    named = [name for name in given[:1] if name in _MODULES]
    with without_collection():
        parser = command_parser(named or _MODULES)
    arguments = parser.parse_args(given)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except RefusedError as error:
        log(str(error))
        return REFUSED
    except BrokenPipeError:
        # The reader of the output, such as head, has closed it.
        drop_output()
        return 0
    except OSError as error:
        log(f"{error.filename or 'the files of the book'}: {error.strerror or error}")
        return REFUSED


class _Parser(argparse.ArgumentParser):
    """A parser that escapes file names in its messages like all other messages."""

    def error(self, message: str) -> NoReturn:
        super().error(one_line(message))


def command_parser(names: Iterable[str] = _MODULES) -> argparse.ArgumentParser:
    """Return the parser of the arguments, from which the reference documentation is generated.

    :param names: the commands to add; default: all.
    """
    parser = _Parser(
        prog="sphinx-revguide", description="Work with the revision guides of a Sphinx book."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in names:
        module = import_module(f"{__name__}.{_MODULES[name]}")
        getattr(module, f"add_{name}")(commands)
    return parser
