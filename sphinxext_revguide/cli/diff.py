"""``sphinx-revguide diff``: compares two reports."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.book.compare import compare, flagged_in
from sphinxext_revguide.cli.output import RefusedError, say, write_json
from sphinxext_revguide.cli.report import load
from sphinxext_revguide.text.in_words import cause

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Finding
    from sphinxext_revguide.report.entries import Json


def add_diff(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "diff",
        help="show which findings were fixed, are new or have moved between two reports",
        description="Compares the findings of two reports.",
        epilog="Exit status: 0; 1 if there are new findings; 2 if a report cannot be read. "
        "Example: sphinx-revguide diff old/revguide.json new/revguide.json --json",
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("old", type=Path, help="the earlier revguide.json")
    parser.add_argument("new", type=Path, help="the later revguide.json")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    old, new = load(arguments.old), load(arguments.new)
    earlier, _pages = _flagged(old, arguments.old)
    now, pages = _flagged(new, arguments.new)
    found = compare(earlier, now, pages)
    moved = sorted(found.moved, key=lambda pair: (pair[1].path, pair[1].line))
    if arguments.json:
        listed = {
            "fixed": list(map(_as_json, found.fixed)),
            "new": list(map(_as_json, found.new)),
            "moved": [{"from": _as_json(was), "to": _as_json(now)} for was, now in moved],
        }
        write_json(listed)
        return 1 if found.new else 0
    _print_lines("fixed", [_line(finding) for finding in found.fixed])
    _print_lines("new", [_line(finding) for finding in found.new])
    _print_lines("moved", [f"{was.path}:{was.line} -> {_line(now)}" for was, now in moved])
    left = len(found.same) - len(moved)
    say(f"{len(found.fixed)} fixed, {len(found.new)} new, {len(moved)} moved, {left} unchanged")
    return 1 if found.new else 0


def _flagged(report: Json, path: Path) -> tuple[list[Finding], list[str]]:
    """Return what a report flags, and its pages."""
    try:
        return flagged_in(report), [str(chapter["docname"]) for chapter in report["chapters"]]
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{path}: is not a complete report ({cause(error)}); write it again"
        raise RefusedError(msg) from error


def _as_json(one: Finding) -> Json:
    return {
        "pattern": one.pattern,
        "path": one.path,
        "line": one.line,
        "message": one.message,
        "fingerprint": one.fingerprint,
    }


def _line(one: Finding) -> str:
    return f"{one.path}:{one.line}: {one.message} [{one.pattern}]"


def _print_lines(name: str, lines: Iterable[str]) -> None:
    for line in lines:
        say(f"{name}: {line}")
