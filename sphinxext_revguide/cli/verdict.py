"""``sphinx-revguide verdict``: lists, records and removes verdicts on findings."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.book.derived.verdicts import (
    FINDING,
    NO_FINDING,
    VERDICT_FILE,
    Verdict,
    VerdictError,
    record_verdicts,
    remove_verdicts,
    today,
    verdict_on,
)
from sphinxext_revguide.cli.git import user_name
from sphinxext_revguide.cli.output import RefusedError, log, say, show, write_json, writing
from sphinxext_revguide.cli.read_book import add_book_options, read_named_book
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.model import Finding

_SHORTEST = 4
"""At least this many characters of a fingerprint must be given."""


def add_verdict(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "verdict",
        help="dismiss findings, or list what is recorded",
        description=f"Writes {VERDICT_FILE}, or the file that revguide_verdicts names; it is meant "
        "to be committed. Without a fingerprint it lists the flagged findings, including those "
        "in the baseline, each with its fingerprint and verdict, and the verdicts that match no "
        "finding.",
        epilog="Exit status: 0; 2 if the book cannot be read, the file cannot be written, or a "
        "fingerprint matches no finding; nothing is written then. Example: sphinx-revguide verdict "
        'c81e728d --no-finding --reason "The regulator wrote this table"',
    )
    parser.add_argument(
        "fingerprints", nargs="*", metavar="FINGERPRINT",
        help="of a finding, from the list or the report; its first characters are enough",
    )  # fmt: skip
    action = parser.add_mutually_exclusive_group()
    for value, meaning in (
        (NO_FINDING, "record a false positive: builds no longer warn"),
        (FINDING, "record a true finding: builds still warn"),
    ):
        action.add_argument(
            f"--{value}", dest="verdict", action="store_const", const=value, help=meaning
        )
    action.add_argument("--remove", action="store_true", help="remove the recorded verdict")
    action.add_argument(
        "--prune", action="store_true", help="remove the verdicts that match no finding"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; required")
    parser.add_argument("--by", metavar="NAME", help="who decided; default: user.name of Git")
    add_book_options(parser)
    parser.add_argument("--json", action="store_true", help="print a list of objects as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    _check(arguments)
    book = read_named_book(arguments)
    for problem in book.verdict_state.file.problems:
        log(f"{problem.path}:{problem.line}: {problem.message}")
    if arguments.prune or arguments.remove:
        shown = _removed(book, None if arguments.prune else arguments.fingerprints)
        done = "removed"
    elif arguments.verdict:
        shown = _recorded(book, arguments)
        done = "recorded"
    else:
        shown, done = list(_listed(book)), ""
        allowed = sum(flagged.allowed is not None for flagged in book.requested)
        if allowed:
            are = "is" if allowed == 1 else "are"
            log(f"{counted(allowed, 'more finding')} {are} allowed in the chapters, and not listed")
    if arguments.json:
        write_json(shown)
    else:
        for entry in shown:
            say(in_line(entry))
        if done:
            show(f"{len(shown)} {done} in {verdict_path(book)}")
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Refuse contradictory arguments before the book is read.

    :raises RefusedError: with the remedy.
    """
    names: Sequence[str] = arguments.fingerprints
    acts = bool(arguments.verdict or arguments.remove)
    if acts and not names:
        msg = "name the findings; 'sphinx-revguide verdict' lists them with their fingerprints"
    elif names and not acts:
        msg = "choose --no-finding, --finding or --remove"
    elif arguments.verdict and not arguments.reason.strip():
        msg = "give a --reason"
    else:
        return
    raise RefusedError(msg)


def verdict_path(book: Book) -> Path:
    """Return where the verdicts of a book are written.

    :raises RefusedError: if there is no such place.
    """
    path = book.verdict_path
    if path is None:
        msg = "revguide_verdicts is empty or outside the source directory; name a file inside"
        raise RefusedError(msg)
    return path


@contextmanager
def recording(path: Path) -> Iterator[None]:
    """Turn errors while verdicts are written into refusals.

    :raises RefusedError: if the file cannot be written, or must not be overwritten.
    """
    with writing(path):
        try:
            yield
        except VerdictError as error:
            raise RefusedError(str(error)) from error


def _recorded(book: Book, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    found = _found(book, arguments.fingerprints)
    by = arguments.by if arguments.by is not None else user_name(book.host.srcdir)
    verdicts = [
        verdict_on(section, arguments.verdict, arguments.reason, by=by, date=today())
        for section in found
    ]
    path = verdict_path(book)
    with recording(path):
        record_verdicts(path, verdicts, book.verdict_state)
    return [entry_of(finding, verdict) for finding, verdict in zip(found, verdicts, strict=True)]


def _found(book: Book, names: Iterable[str]) -> list[Finding]:
    known = {finding.fingerprint: finding for finding in book.findings}
    return list(dict.fromkeys(known[_whole(name, known)] for name in names))


def _whole(name: str, known: Iterable[str]) -> str:
    """Return the only fingerprint with a given beginning.

    :raises RefusedError: if there are none or several.
    """
    fitting = (
        [finding for finding in known if finding.startswith(name)] if len(name) >= _SHORTEST else []
    )
    if len(fitting) == 1 or name in fitting:
        return name if name in fitting else fitting[0]
    if fitting:
        msg = f"{name}: {len(fitting)} fingerprints begin with this; give more characters"
    elif len(name) < _SHORTEST:
        msg = f"{name}: give at least {_SHORTEST} characters of the fingerprint"
    else:
        msg = f"{name}: no finding has this fingerprint; 'sphinx-revguide verdict' lists them"
    raise RefusedError(msg)


def _removed(book: Book, names: Iterable[str] | None) -> list[dict[str, Any]]:
    """Remove the verdicts with these fingerprints, or all unused ones.

    :param names: the beginnings of fingerprints in the file or of findings; None for unused
        verdicts.
    """
    state = book.verdict_state
    if names is None:
        gone = list(state.unused)
    else:
        recorded = {verdict.fingerprint: verdict for verdict in state.file.verdicts}
        here = {finding.fingerprint for finding in book.findings}
        # A recorded fingerprint may be that of an equal passage now.
        known = {name: recorded[name] for name in recorded.keys() - here} | dict(state.fitting)
        without = here - known.keys()
        whole = [_whole(name, [*known, *without]) for name in names]
        for name in whole:
            if name in without:
                msg = f"{name}: no verdict is recorded for this finding"
                raise RefusedError(msg)
        gone = list(dict.fromkeys(known[name] for name in whole))
    path = verdict_path(book)
    if gone:
        with recording(path):
            remove_verdicts(path, [verdict.fingerprint for verdict in gone])
    findings = {finding.fingerprint: finding for finding in book.findings}
    about = {verdict.fingerprint: findings[name] for name, verdict in state.fitting.items()}
    return [entry_of(about.get(verdict.fingerprint, verdict.about), verdict) for verdict in gone]


def _listed(book: Book) -> Iterator[dict[str, Any]]:
    """Yield the requested findings without allowance, with their verdicts, and unused verdicts.

    Each entry says whether its finding is in the baseline.
    """
    state, known = book.verdict_state, book.baseline_state.known
    for flagged in book.requested:
        name = flagged.finding.fingerprint
        if flagged.allowed is None:
            entry = entry_of(flagged.finding, state.fitting.get(name))
            yield entry | {"known": name in known}
    for verdict in state.unused:
        yield entry_of(verdict.about, verdict) | {"known": False}


def entry_of(finding: Finding, verdict: Verdict | None) -> dict[str, Any]:
    """Return a finding and the verdict on it, as ``--json`` prints them."""
    return {
        "fingerprint": finding.fingerprint,
        "pattern": finding.pattern,
        "docname": finding.docname,
        "path": finding.path,
        "line": finding.line,
        "message": finding.message,
        "verdict": verdict.verdict if verdict else None,
        "reason": verdict.reason if verdict else "",
        "by": verdict.by if verdict else "",
        "date": verdict.date if verdict else "",
    }


def in_line(entry: dict[str, Any]) -> str:
    """Return a finding and the verdict on it in one line, and whether the baseline knows it."""
    place = f"{entry['path']}:{entry['line']}: " if entry["line"] else "matches no finding: "
    about = entry["message"] or f"{entry['pattern']} in {entry['docname']}"
    signed = ", ".join(filter(None, (entry["by"], entry["date"])))
    reason = f" [{entry['verdict']}: {entry['reason']}{f' ({signed})' if signed else ''}]"
    known = " [known: in the baseline, so builds do not warn]" if entry.get("known") else ""
    return f"{entry['fingerprint']} {place}{about}{known}{reason if entry['verdict'] else ''}"
