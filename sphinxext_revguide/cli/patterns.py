"""``sphinx-revguide patterns``: lists, tests and explains patterns."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.cli.output import RefusedError, log, read, show
from sphinxext_revguide.markup.notebooks import SUFFIX, markdown_lines, moved
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.patterns import Library, Match, load_files, load_library, weigh
from sphinxext_revguide.patterns.samples import outline_of_sample, shows
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.cli.commands import Commands
    from sphinxext_revguide.patterns.language import Example

_EPILOG = "Exit status: 0; 2 if a file cannot be read or has a mistake."

FAILED = 1
"""Exit status if an example fails."""


def add_patterns(commands: Commands) -> None:
    """Declare the command and its actions."""
    command = commands.add_parser(
        "patterns", help="list, test or explain patterns", description="Work with patterns."
    )
    actions = command.add_subparsers(title="what to do", metavar="WHAT", required=True)
    _add_list(actions)
    _add_test(actions)
    _add_explain(actions)


def _add_list(actions: Commands) -> None:
    parser = actions.add_parser(
        "list",
        help="list all patterns or those of a family",
        description="Lists id, family and what each pattern flags.",
        epilog=f"{_EPILOG} Example: sphinx-revguide patterns list --family operations",
    )
    parser.add_argument("--family", default="", help="only this family")
    _add_pattern_files(parser)
    parser.set_defaults(run=_list)


def _add_test(actions: Commands) -> None:
    parser = actions.add_parser(
        "test",
        help="run the examples of pattern files",
        description="Runs the examples of all patterns in the files, or of the built-in patterns.",
        epilog="Exit status: 0; 1 if an example fails; 2 if a file cannot be read or has a "
        "mistake. Example: sphinx-revguide patterns test own.toml",
    )
    parser.add_argument(
        "files", metavar="FILE.toml", type=Path, nargs="*", help="default: the built-in patterns"
    )
    parser.set_defaults(run=_test)


def _add_explain(actions: Commands) -> None:
    parser = actions.add_parser(
        "explain",
        help="explain why a passage is or is not flagged",
        description="Prints what each pattern finds at a line of a page: the evidence for and "
        "against it, the score, and what would excuse the passage. Only this page is read, so "
        "directives of other extensions are ignored.",
        epilog=f"{_EPILOG} Example: sphinx-revguide patterns explain docs/harbour.md:12",
    )
    parser.add_argument("place", metavar="PAGE:LINE", help="a .md or .rst file and a line")
    parser.add_argument("--pattern", metavar="ID", default="", help="only this pattern")
    _add_pattern_files(parser)
    parser.set_defaults(run=_explain)


def _add_pattern_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--patterns", metavar="FILE.toml", type=Path, action="append", default=[],
        help="your own pattern files; may be repeated",
    )  # fmt: skip


def _library(paths: Iterable[Path]) -> Library:
    library, problems = load_files(tuple(paths), load_library())
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        log(f"{place}: {problem.message}")
    if problems:
        msg = "the pattern files have mistakes"
        raise RefusedError(msg)
    return library


def _list(arguments: argparse.Namespace) -> int:
    for pattern in sorted(
        _library(arguments.patterns).patterns.values(), key=lambda pattern: pattern.id
    ):
        if arguments.family in ("", pattern.family):
            show(f"{pattern.id:26} {pattern.family:12} {pattern.what}")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    shipped = load_library()
    library = _library(arguments.files)
    own = [
        pattern
        for pattern in library.patterns.values()
        if not arguments.files or pattern.id not in shipped.patterns
    ]
    wrong = tried = 0
    for pattern in own:
        if not pattern.examples:
            show(f"{pattern.id}: no examples")
        for number, example in enumerate(pattern.examples, start=1):
            tried += 1
            if shows(example, pattern.id, library) != example.flagged:
                wrong += 1
                wanted = "flagged" if example.flagged else "clean"
                place = _example_place(arguments.files, pattern.id, number)
                show(
                    f"{place}example {number} of {pattern.id} should be {wanted} and is not: "
                    f"{_score(example, pattern.id, library)}"
                )
    show(f"{tried - wrong} of {tried} examples pass")
    return FAILED if wrong else 0


def _example_place(files: Iterable[Path], pattern: str, number: int) -> str:
    """Return where an example of a pattern begins, or "" if it is not found."""
    own_id = re.compile(rf"\s*id\s*=\s*([\"']){re.escape(pattern)}\1")
    for path in files:
        seen: int | None = None
        for line, text in enumerate(read(path).split("\n"), 1):
            if own_id.match(text):
                seen = 0
            elif seen is not None and re.match(r"\s*\[\[\s*pattern\.example\s*\]\]", text):
                seen += 1
                if seen == number:
                    return f"{path}:{line}: "
    return ""


def _score(example: Example, pattern: str, library: Library) -> str:
    """Return the score of an example."""
    wanted = replace(
        library,
        patterns={pattern: library.patterns[pattern]},
        budgets=example.budget or library.budgets,
    )
    found = weigh(outline_of_sample(example.text), wanted, all_of_them=True)
    best = max(found, key=lambda match: match.score - match.threshold, default=None)
    if best is None:
        return "no passage of its shape has all the signals that it needs"
    return f"score {best.score:g}, flagged from {best.threshold:g}"


def _explain(arguments: argparse.Namespace) -> int:
    place = re.fullmatch(r"(.+):(\d+)", arguments.place, re.DOTALL)
    if place is None:
        msg = f"{arguments.place!r} is not a place; write PAGE:LINE, such as chapter.md:42"
        raise RefusedError(msg)
    library = _library(arguments.patterns)
    if arguments.pattern and arguments.pattern not in library.patterns:
        others = "see 'sphinx-revguide patterns list'"
        hint = did_you_mean(arguments.pattern, library.ids, others)
        msg = f"{arguments.pattern!r} is not a pattern; {hint}"
        raise RefusedError(msg)
    path, line = Path(place[1]), int(place[2])
    text = read(path)
    found = [
        match
        for match in _weighed(path, text, library)
        if match.line <= line <= match.end_line and arguments.pattern in ("", match.pattern)
    ]
    if not found:
        last = len(text.splitlines())
        why = f"; the page has {counted(last, 'line')}" if line > last else ""
        show(f"{path}:{line}: no pattern applies to this line{why}")
    seen: set[str] = set()
    for match in sorted(
        found, key=lambda match: (not match.is_found, match.threshold - match.score)
    ):
        if match.pattern not in seen:
            seen.add(match.pattern)
            of_subject = any(form.about for form in library.patterns[match.pattern].forms)
            _print_match(match, path, of_subject=of_subject)
    return 0


def _weighed(path: Path, text: str, library: Library) -> Iterable[Match]:
    """Return the matches on a page, found or not, with the lines of its file."""
    if path.suffix != SUFFIX:
        return weigh(outline_of_page(path, text), library, all_of_them=True)
    lines = markdown_lines(text) or [(1, "")]
    page = outline_of_page(path, "\n".join(line for _number, line in lines))
    return [
        moved(match, lambda line: lines[min(line, len(lines)) - 1][0])
        for match in weigh(page, library, all_of_them=True)
    ]


def _print_match(match: Match, path: Path, *, of_subject: bool) -> None:
    flagged = match.is_found
    verdict = "flagged" if flagged else "excused" if match.excused_by else "not flagged"
    if flagged and not match.is_strict:
        verdict = "flagged only if an issue names the pattern"
    show(f"{match.pattern}: {verdict} ({path}:{match.line}-{match.end_line})")
    if of_subject and match.subject is not None:
        is_it = "is" if match.subject >= 0 else "is not"
        show(f"  it {is_it} about the subject, by a margin of {abs(match.subject):.2f}")
    without = (
        f", or from {match.strict:g} without an issue" if match.strict > match.threshold else ""
    )
    show(f"  score {match.score:g}, flagged from {match.threshold:g}{without}")
    if flagged:
        show(f"  {match.message}")
    for mark, texts in (("+", match.evidence), ("-", match.against)):
        for text in texts:
            show(f"  {mark} {text}")
    for sentence in match.excused_by:
        show(f"  excused by: {sentence}")
    if flagged and match.excuses:
        show("  it would be excused by, for example:")
        for text in match.excuses:
            show(f"    {text}")
