"""``sphinx-revguide judge``: passes findings to a command that decides about them.

The command reads the findings from standard input, one JSON object per line, and prints an object
with ``fingerprint``, ``verdict`` and ``reason`` per line. Builds never call it.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.book.derived.verdicts import (
    VERDICTS,
    Verdict,
    VerdictError,
    record_verdicts,
    today,
    verdict_on,
)
from sphinxext_revguide.cli.output import RefusedError, log, say, write_json
from sphinxext_revguide.cli.read_book import add_book_options, read_named_book
from sphinxext_revguide.cli.run_command import run_command
from sphinxext_revguide.cli.verdict import entry_of, in_line, recording, verdict_path
from sphinxext_revguide.files import read_json, read_text
from sphinxext_revguide.model import STILL_PRESENT_TITLE
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Finding

_SECONDS = 600.0
_LONGEST = 2_000
"""A reason has at most this many characters."""
_SAMPLE = {
    "title": STILL_PRESENT_TITLE,
    "what": "A passage that an editor quoted as the state before a revision, or most of it.",
    "why": "The editor found a problem in it.",
    "instead": "The AFTER of the issue.",
}
"""Describes a BEFORE that is still in the book with the keys of a pattern."""


def add_judge(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "judge",
        help="let a command of your own judge findings",
        description="Passes each flagged finding that has no verdict yet to the command: one "
        "JSON object per line on standard input, with fingerprint, pattern (id, title, what, why "
        "and instead), passage, section, message, path and lines. The command prints one JSON "
        "object per line with fingerprint, verdict "
        f"({' or '.join(VERDICTS)}) and reason; a finding that it leaves out stays undecided. "
        "What changes is printed and recorded in the verdict file. Nothing leaves this machine "
        "unless the command sends it.",
        epilog="Exit status: 0; 2 if the book cannot be read, or the command fails, takes too "
        "long, or prints anything else; nothing is written then. Example: sphinx-revguide judge "
        "--dry-run -- python ask.py",
    )
    parser.add_argument(
        "command", nargs="+", metavar="COMMAND", help="after --: the command and its arguments"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the changes and write nothing"
    )
    parser.add_argument(
        "--again", action="store_true",
        help="judge its own earlier verdicts again; verdicts of others are kept",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=float, default=_SECONDS, metavar="SECONDS",
        help=f"for the whole run, in seconds; default: {_SECONDS:g}",
    )  # fmt: skip
    parser.add_argument(
        "--by", metavar="NAME", help="who decides; default: 'judge: ' and the name of the command"
    )
    add_book_options(parser)
    parser.add_argument("--json", action="store_true", help="print the changes as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    command: list[str] = arguments.command
    by = arguments.by or f"judge: {Path(command[0]).name}"
    book = read_named_book(arguments)
    path = verdict_path(book)
    damage = book.verdict_state.file.damage
    if damage is not None:
        msg = f"{path}:{damage.line}: {damage.message}"
        raise RefusedError(msg)
    findings = _undecided(book, by if arguments.again else None)
    verdicts = _judged(book, findings, command, arguments.timeout, by) if findings else {}
    known = book.verdict_state.fitting
    changed = [
        (findings[name], verdict)
        for name, verdict in verdicts.items()
        if name not in known
        or (known[name].verdict, known[name].reason) != (verdict.verdict, verdict.reason)
    ]
    if changed and not arguments.dry_run:
        with recording(path):
            record_verdicts(path, (state for _finding, state in changed), book.verdict_state)
    entries = [
        entry_of(finding, state)
        | {"was": known[name].verdict if (name := finding.fingerprint) in known else None}
        for finding, state in changed
    ]
    if arguments.json:
        write_json(entries)
    for entry in [] if arguments.json else entries:
        say(f"{entry['was'] or 'undecided'} -> {entry['verdict']}: {in_line(entry)}")
    done = "would be recorded" if arguments.dry_run else f"recorded in {path}"
    log(f"{len(findings)} given, {len(verdicts)} judged; {len(changed)} {done}")
    if silent := len(findings) - len(verdicts):
        log(f"the command gave no verdict on {counted(silent, 'finding')}; they stay as they are")
    return 0


def _undecided(book: Book, again: str | None) -> dict[str, Finding]:
    """Return the requested findings without allowance or verdict, by fingerprint.

    :param again: the judge whose verdicts are ignored.
    """
    known = book.verdict_state.fitting
    return {
        flagged.finding.fingerprint: flagged.finding
        for flagged in book.requested
        if flagged.allowed is None
        and ((old := known.get(flagged.finding.fingerprint)) is None or old.by == again)
    }


def _judged(
    book: Book, findings: dict[str, Finding], command: list[str], timeout: float, by: str
) -> dict[str, Verdict]:
    """Return the verdicts of a command, by fingerprint.

    :raises RefusedError: if it fails, or prints anything but verdicts on the findings that it was
        given.
    """
    given = "".join(
        json.dumps(_question(book, finding), ensure_ascii=False) + "\n"
        for finding in findings.values()
    )
    output = run_command(command, given.encode("utf-8", "surrogatepass"), timeout)
    verdicts: dict[str, Verdict] = {}
    for number, line in enumerate(output.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            verdict = _answer(line, findings)
        except ValueError as error:
            msg = f"{command[0]}: line {number} of its output: {error}; nothing was written"
            raise RefusedError(msg) from error
        other = verdicts.setdefault(verdict.fingerprint, verdict)
        if other.verdict != verdict.verdict:
            msg = (
                f"{command[0]}: line {number} of its output: {verdict.fingerprint} already has "
                "another verdict; nothing was written"
            )
            raise RefusedError(msg)
    return {name: replace(verdict, by=by, date=today()) for name, verdict in verdicts.items()}


def _question(book: Book, finding: Finding) -> dict[str, Any]:
    pattern = book.library.patterns.get(finding.pattern)
    about = {name: getattr(pattern, name, _SAMPLE[name]) for name in _SAMPLE}
    return {
        "fingerprint": finding.fingerprint,
        "pattern": {"id": finding.pattern} | about,
        "path": finding.path,
        "line": finding.line,
        "end_line": finding.end_line,
        "section": finding.heading,
        "message": finding.message,
        "passage": _passage(book, finding),
    }


def _passage(book: Book, finding: Finding) -> str:
    """Return the source lines of a finding; for a notebook, the text as readers see it."""
    path = Path(book.host.srcdir, finding.path)
    texts = {source.path: source.text for source in book.sources[finding.docname]}
    text = texts.get(finding.path, "")
    if path.suffix != ".ipynb":
        try:
            text = read_text(path)
        except (OSError, ValueError):
            log(f"{finding.path}: cannot be read; its passages are passed as readers see them")
    return "\n".join(text.split("\n")[finding.line - 1 : finding.end_line])


def _answer(line: bytes, findings: dict[str, Finding]) -> Verdict:
    """Return the verdict in a line.

    :raises ValueError: if it is not a verdict, or is about a finding that was not given.
    """
    try:
        answer = read_json(line.decode("utf-8"))
    except ValueError as error:
        msg = f"is not UTF-8 encoded JSON ({error})"
        raise VerdictError(msg) from error
    names = ("fingerprint", "verdict", "reason")
    if not isinstance(answer, dict) or not all(isinstance(answer.get(name), str) for name in names):
        msg = f"is not an object with {', '.join(names)} as strings"
        raise VerdictError(msg)
    finding = findings.get(answer["fingerprint"])
    if finding is None:
        msg = f"{answer['fingerprint'][:40]!r} is not one of the given fingerprints"
        raise VerdictError(msg)
    if len(answer["reason"]) > _LONGEST:
        msg = f"its reason has {len(answer['reason']):,} characters; the limit is {_LONGEST:,}"
        raise VerdictError(msg)
    return verdict_on(finding, answer["verdict"], answer["reason"])
