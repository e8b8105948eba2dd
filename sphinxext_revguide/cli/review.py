"""``sphinx-revguide review apply``: writes reviewers' decisions to the guides."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import (
    RefusedError,
    difference,
    log,
    read,
    save,
    say,
    show,
    write,
)
from sphinxext_revguide.cli.read_book import add_book_options, named_source, read_book
from sphinxext_revguide.cli.review_passages import list_comments, record_dismissals
from sphinxext_revguide.files import is_inside
from sphinxext_revguide.markup.review_file import ReviewError, named, read_review
from sphinxext_revguide.markup.review_merge import (
    Outcome,
    Rule,
    StaleDecisionError,
    apply,
    prefer,
    settle,
    strictest,
)
from sphinxext_revguide.model import Issue, Review, Status, Verdict
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.text.control_characters import one_line
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.markup.review_file import Decision, ReviewFile


_NUMBERED = re.compile(r" ?\(\d+\)$")
"""What browsers append to the name of a download if that file already exists."""


def add_review(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "review",
        help="write reviewers' decisions to the guides",
        description="Work with the files that reviewers downloaded from the built pages.",
    )
    _add_apply(parser.add_subparsers(title="actions", metavar="ACTION", required=True))


def _add_apply(actions: Commands) -> None:
    action = actions.add_parser(
        "apply",
        help="preview or write the changes to the guides",
        description="Merges the reviews and shows the changes. With --write, writes them to the "
        "guides: only the status, note and reviews of each issue change. Records dismissed "
        "findings as 'verdict' does, and lists comments on chapters with their places. If "
        "reviewers disagree, a table shows their verdicts; --prefer, --strict or, at a terminal, "
        "you decide. Otherwise the status of that issue does not change.",
        epilog="Exit status: 0; 1 if a decision was refused or a disagreement was not "
        "decided; 2 if a file or the book cannot be read. Example: sphinx-revguide review "
        "apply ann.json ben.json docs --prefer Ann",
    )
    action.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="reviews: revguide-review.json ...; a folder in last place is the same as --source",
    )
    add_book_options(action)
    rule = action.add_mutually_exclusive_group()
    rule.add_argument(
        "--prefer",
        metavar="NAME",
        action="append",
        help="use this reviewer's verdict if verdicts differ; repeat the option for further "
        "reviewers, in order",
    )
    rule.add_argument(
        "--strict",
        action="store_true",
        help="use the strictest verdict: reject before change before accept",
    )
    action.add_argument("--write", action="store_true", help="write the changes")
    action.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    *first, last = arguments.files
    if last.is_dir() and first and arguments.source is None:
        arguments.files, arguments.source = first, last
    reviews = _read_all(arguments.files)
    _warn_of_names(arguments.prefer or (), reviews)
    source = named_source(arguments)
    book = read_book(source, arguments.conf_dir or source)
    decisions, refused = _fitting(
        book, dict.fromkeys(decision for review in reviews for decision in review.decisions)
    )
    rule = _rule(arguments)
    outcomes = [settle(issue, said, rule) for issue, said in decisions]
    _show_conflicts([outcome for outcome in outcomes if outcome.is_conflict])
    for line in [line for outcome in outcomes for line in _notices(outcome)]:
        log(line)
    refused |= any(outcome.is_open for outcome in outcomes)
    old, new, unwritten = _applied(book, outcomes)
    for path, text in new.items():
        _show(path, old[path], text, source)
        if arguments.write and text != old[path]:
            save(path, text)
    list_comments(book, dict.fromkeys(one for review in reviews for one in review.passages))
    dismissals = dict.fromkeys(one for review in reviews for one in review.dismissals)
    refused |= record_dismissals(book, dismissals, write=arguments.write)
    changed = sum(old[path] != text for path, text in new.items())
    remedy = "; use --write to write the changes" if changed else ""
    done = "changed" if arguments.write else f"would change{remedy}"
    log(f"{counted(changed, 'page')} {done}")
    return int(refused or unwritten)


def _read_all(files: Iterable[Path]) -> list[ReviewFile]:
    """Read the reviews, without copies of a file that a browser downloaded again."""
    reviews: dict[tuple[str, str], tuple[Path, ReviewFile]] = {}
    for file in files:
        text = read(file)
        review = _read(file, text)
        # Reviews without a name are told apart by the names of their files.
        name = "" if review.reviewer else _NUMBERED.sub("", file.stem)
        known, _review = reviews.setdefault((text, name), (file, review))
        if known is not file:
            same = "named twice" if file == known else f"the same review as {known}"
            log(f"{file}: left out because it is {same}")
    if len(reviews) == 1:  # needs no name
        return [review for _file, review in reviews.values()]
    return [named(review, name) for (_text, name), (_file, review) in reviews.items()]


def _read(file: Path, text: str) -> ReviewFile:
    try:
        return read_review(text)
    except ReviewError as error:
        msg = f"{file}: {error}"
        raise RefusedError(msg) from error


def _warn_of_names(preferred: Iterable[str], reviews: Iterable[ReviewFile]) -> None:
    known = {review.reviewer.casefold(): review.reviewer for review in reviews if review.reviewer}
    for name in preferred:
        if name.casefold() not in known:
            hint = did_you_mean(name, known.values(), f"they are by {', '.join(known.values())}")
            log(f"--prefer {name}: none of these reviews is by {name}; {hint}")


def _rule(arguments: argparse.Namespace) -> Rule:
    if arguments.prefer:
        return prefer(arguments.prefer)
    if arguments.strict:
        return strictest
    return _asked if sys.stdin.isatty() else lambda _issue, _reviews: None


def _asked(issue: Issue, reviews: Sequence[Review]) -> Verdict | None:
    """Ask on the terminal; any answer but a verdict or its beginning leaves the status as it is."""
    said = ", ".join(f"{review.reviewer}: {review.verdict}" for review in reviews)
    log(f"{issue.id}: {issue.title}: {said}")
    sys.stderr.write("accept, change or reject? [leave it] ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().lower()
    return next(
        (verdict for verdict in Verdict if answer and verdict.value.startswith(answer)), None
    )


def _fitting(
    book: Book, decisions: Iterable[Decision]
) -> tuple[list[tuple[Issue, list[Decision]]], bool]:
    """Return the decisions that are still valid, by issue, and whether one was refused."""
    issues = {issue.id: issue for issue in reversed(book.issues)}
    found: dict[str, list[Decision]] = {}
    refused = False
    for decision in decisions:
        issue = issues.get(decision.issue)
        reason = ""
        if issue is None:
            reason = f"{decision.issue}: refused: no guide has this issue"
        elif not is_inside(Path(book.host.srcdir, issue.path), Path(book.host.srcdir)):
            place = f"{issue.path}:{issue.line}"
            reason = f"{place}: {decision.issue}: refused: outside the source directory"
        elif issue.digest != decision.digest:
            reason = (
                f"{_place(issue)}: {decision.issue}: refused: it has changed since the review; "
                "review its card again"
            )
        if reason:
            log(f"{reason}{_words(decision)}")
            refused = True
        else:
            found.setdefault(decision.issue, []).append(decision)
    return [(issues[name], said) for name, said in found.items()], refused


def _place(issue: Issue) -> str:
    return f"{issue.path}:{issue.line}"


def _words(one: Decision) -> str:
    """Return the words of a refused decision, so that they are not lost."""
    said = ", ".join(filter(None, (one.decision, f"“{one.comment}”" if one.comment else "")))
    return f" ({one.reviewer or 'the reviewer'}: {said})" if said else ""


def _show_conflicts(conflicts: Sequence[Outcome]) -> None:
    """Print a table with the verdict of each reviewer and the verdict that is used."""
    if not conflicts:
        return
    names = list(dict.fromkeys(review.reviewer for each in conflicts for review in each.reviews))
    rows = [["issue", *(name or "(no name)" for name in names), "taken"]]
    for each in conflicts:
        by_name = {review.reviewer: review.verdict.value for review in each.reviews}
        taken = each.verdict.value if each.verdict else "none"
        rows.append([one_line(each.issue.id), *(by_name.get(name, "") for name in names), taken])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    say(f"Reviewers disagree on {counted(len(conflicts), 'issue')}:")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        show("  ".join(cells).rstrip())


def _notices(outcome: Outcome) -> Iterator[str]:
    issue = outcome.issue
    head = f"{_place(issue)}: {issue.id}:"
    for decision in outcome.older:
        by = decision.reviewer or "the reviewer"
        yield f"{head} its status does not change: the guide has a later verdict by {by}"
    status = outcome.options.get("status", issue.status.value)
    if issue.status is not Status.OPEN and status != issue.status.value:
        yield f"{head} its status changes from {issue.status.value} to {status}"
    if outcome.is_open:
        yield (
            f"{head} its status stays {issue.status.value} because reviewers disagree; decide "
            "with --prefer or --strict"
        )


def _applied(
    book: Book, outcomes: Iterable[Outcome]
) -> tuple[dict[Path, str], dict[Path, str], bool]:
    """Return the old and the new texts of the pages, and whether something was refused."""
    old: dict[Path, str] = {}
    new: dict[Path, str] = {}
    refused = False
    # From the bottom up, because a new line moves all lines below it.
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.issue.line):
        path = Path(book.host.srcdir, outcome.issue.path).resolve()
        if path not in old:
            old[path] = new[path] = path.read_bytes().decode("utf-8")
        try:
            new[path] = apply(new[path], outcome)
        except StaleDecisionError as error:
            options = " ".join(f":{name}: {value}" for name, value in outcome.options.items())
            remedy = f"; set by hand: {options}" if options else ""
            log(f"{_place(outcome.issue)}: {outcome.issue.id}: refused: {error}{remedy}")
            refused = True
    return old, new, refused


def _show(path: Path, old: str, new: str, source: Path) -> None:
    name = path.resolve().relative_to(source.resolve()).as_posix()
    for line in difference(name, old, new):
        write(f"{line}\n")
