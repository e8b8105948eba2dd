"""The program ``sphinx-revguide``: one subcommand, one function."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sphinxext_revguide.importer import NotAGuideError, as_json, print_myst, read_guide
from sphinxext_revguide.suggest import with_patterns

REFUSED = 2
"""Exit status where there was nothing to work on, or no place to write."""


class RefusedError(Exception):
    """The program cannot do what it was asked to; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    :param argv: the arguments; default: those of the process.
    :returns: the exit status: 0, or 2 where the program refused.
    """
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except RefusedError as error:
        _tell(str(error))
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sphinx-revguide", description="Works with revision guides of Sphinx books."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_import(commands)
    return parser


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "import",
        help="turn an editor's Markdown guide into a MyST page",
        description="Turns an editor's Markdown guide into a MyST page of directives. "
        "What needs attention is told on standard error.",
    )
    command.add_argument("guide", metavar="GUIDE.md", type=Path, help="the editor's guide")
    command.add_argument(
        "--output", metavar="FILE", type=Path, help="write to FILE instead of standard output"
    )
    command.add_argument("--force", action="store_true", help="overwrite FILE")
    command.add_argument(
        "--guide-id", metavar="ID", default="", help="the guide's id; default: after its file"
    )
    command.add_argument(
        "--chapter", metavar="DOCNAME", default="", help="the chapter that the guide is about"
    )
    command.add_argument(
        "--json", action="store_true", help="print what was understood, as JSON, instead"
    )
    command.set_defaults(run=_import)


def _import(arguments: argparse.Namespace) -> int:
    path: Path = arguments.guide
    output: Path | None = arguments.output
    if output is not None and output.exists() and not arguments.force:
        msg = f"{output}: this file exists; name another one, or give --force to overwrite it"
        raise RefusedError(msg)
    try:
        guide = read_guide(
            _read(path),
            guide_id=arguments.guide_id,
            chapter=arguments.chapter,
            name=path.name,
        )
        guide = with_patterns(guide)
    except NotAGuideError as error:
        msg = f"{path}: {error}"
        raise RefusedError(msg) from error
    if arguments.json:
        text = json.dumps(as_json(guide), ensure_ascii=False, indent=2) + "\n"
    else:
        text = print_myst(guide)
    if output is None:
        _print(text)
    else:
        _save(output, text)
    for problem in guide.problems:
        _tell(f"{path}:{problem.line}: {problem.message}")
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise RefusedError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise RefusedError(msg) from error


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror or error}"
        raise RefusedError(msg) from error


def _print(text: str) -> None:
    """Write a page to standard output, in UTF-8 whatever the locale: it is data, not a message."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()


def _tell(text: str) -> None:
    """Write a message to standard error, which need not know all of its characters."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(f"{text}\n".encode(encoding, "backslashreplace").decode(encoding))
