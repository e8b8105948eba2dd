"""Checks that need the whole book."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.book.allowances import AllowedLines
from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE
from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE
from sphinxext_revguide.files import MOST_REPORTED
from sphinxext_revguide.model import (
    STILL_PRESENT,
    Allowance,
    Finding,
    Guide,
    Issue,
    Lock,
    Pair,
    Problem,
    Status,
)
from sphinxext_revguide.near_names import did_you_mean, nearest_name
from sphinxext_revguide.option_values import print_docnames
from sphinxext_revguide.text.control_characters import message as one_line
from sphinxext_revguide.text.globs import matching
from sphinxext_revguide.text.in_words import counted

if TYPE_CHECKING:
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.text.facts_ledger import Fact


Key = tuple[str, tuple[str, ...]]
"""The kind of a fact, and the key by which it is compared."""
_Findings = dict[tuple[str, str], list[Finding]]
"""Findings by pattern and file."""

_PAGE_SUFFIXES = (".md", ".rst", ".ipynb")
_NO_PATTERN = "'sphinx-revguide patterns list' prints all patterns"
"""The remedy for a name that is not like the name of any pattern."""


def problems(book: Book) -> list[Problem]:
    """Return all problems of pages, patterns and the book, sorted, with relative paths.

    One in a file that several pages include is returned once.
    """
    own = (problem for page in book.pages.values() for problem in page.problems)
    found = (
        # A relative path is one already, whatever folder the command runs in.
        replace(problem, path=book.relative(problem.path))
        if Path(problem.path).is_absolute()
        else problem
        for problem in (*own, *book.host.library_problems(), *_book_problems(book))
    )
    return sorted(dict.fromkeys(found), key=attrgetter("path", "line", "subtype", "message"))


def _book_problems(book: Book) -> Iterator[Problem]:
    yield from _duplicates(book)
    yield from _unknown_guides(book)
    yield from _chapters_without_a_page(book)
    yield from _missing_phrases(book)
    yield from _unknown_patterns(book)
    yield from _useless_allowances(book)
    yield from _contradicted_statuses(book)
    yield from _lost_facts(book)
    yield from _broken_promises(book)
    yield from _changed_passages(book)
    yield from _baseline(book)
    yield from _history(book)
    yield from _verdicts(book)


def _verdicts(book: Book) -> Iterator[Problem]:
    name = book.host.verdicts
    path = book.verdict_path
    if name and path is None:
        message = f"revguide_verdicts is outside the source directory: {name!r}; move it inside"
        yield Problem(0, message, "verdict")
    elif path and name != VERDICT_FILE and not path.exists():
        message = f"revguide_verdicts names {name!r}, which does not exist; "
        yield Problem(0, f"{message}write it with 'sphinx-revguide verdict'", "verdict")
    yield from book.verdict_state.file.problems
    unused = book.verdict_state.unused
    here = {finding.fingerprint for finding in book.findings} if unused else set()
    for verdict in unused[:MOST_REPORTED]:
        named = one_line(verdict.in_words)
        message = f"the verdict on {named} matches no finding; remove it with "
        # An equal passage may have its fingerprint now, and a verdict of its own.
        is_taken = verdict.fingerprint in here
        option = "--prune" if is_taken else f"--remove {one_line(verdict.fingerprint)}"
        command = f"'sphinx-revguide verdict {option}'"
        yield Problem(verdict.line, message + command, "verdict", str(path))
    if more := unused[MOST_REPORTED:]:
        message = f"{counted(len(more), 'more verdict')} of the file match no finding; remove all "
        message += "of them with 'sphinx-revguide verdict --prune'"
        yield Problem(more[0].line, message, "verdict", str(path))


def _history(book: Book) -> Iterator[Problem]:
    """Yield the mistake in the history file, if an overview shows the history."""
    _commits, problem = book.history
    if problem is not None and any(page.shows_book for page in book.pages.values()):
        yield problem


def _baseline(book: Book) -> Iterator[Problem]:
    name = book.host.baseline
    path = book.baseline_path
    if name and path is None:
        message = f"revguide_baseline is outside the source directory: {name!r}; move it inside"
        yield Problem(0, message, "baseline")
    elif path and name != BASELINE_FILE and not path.exists():
        message = f"revguide_baseline names {name!r}, which does not exist; "
        yield Problem(0, f"{message}write it with 'sphinx-revguide baseline'", "baseline")
    yield from book.baseline_state.baseline.problems


def _duplicates(book: Book) -> Iterator[Problem]:
    """Report repeated ids of guides and issues, but not each issue of a repeated guide."""
    issues: dict[str, Issue] = {}
    every = [(issue, issues.setdefault(issue.id, issue)) for issue in book.issues]
    repeated = [(issue, first) for issue, first in every if first is not issue]
    copies = Counter(map(_copied_page, repeated))
    reported: set[tuple[str, str]] = set()
    guides: dict[str, Guide] = {}
    for guide in book.guides:
        known = guides.setdefault(guide.id, guide)
        if known is guide:
            continue
        message = f"guide {guide.id} is already defined at {known.path}:{known.line}"
        page = guide.id, guide.docname
        if copies[page] and page not in reported:
            reported.add(page)
            same = counted(copies[page], "issue number")
            message += f", with {same} in common. If it was imported twice, remove one of the two "
            message += "pages; otherwise give it another id"
        else:
            message += "; give it another id"
        yield Problem(guide.line, message, "duplicate", guide.path)
    for issue, first in repeated:
        if _copied_page((issue, first)) in reported:
            continue
        message = (
            f"issue {issue.id} is already defined at {first.path}:{first.line}; give it another "
            "':number:'"
        )
        yield Problem(issue.line, message, "duplicate", issue.path)


def _copied_page(pair: tuple[Issue, Issue]) -> tuple[str, str]:
    """Return the guide and page of an issue, if the first issue with its id is on another page."""
    issue, known = pair
    return (issue.guide, issue.docname) if known.docname != issue.docname else ("", "")


def _unknown_guides(book: Book) -> Iterator[Problem]:
    known = dict.fromkeys(guide.id for guide in book.guides)
    belonging: list[Issue | Lock] = [*book.issues, *book.locks]
    for issue in belonging:
        if issue.guide and issue.guide not in known:
            hint = did_you_mean(issue.guide, known, "add one with 'revision-guide'")
            message = f"no page has the guide {issue.guide!r}; {hint}"
            yield Problem(issue.line, message, "unknown_guide", issue.path)


def _chapters_without_a_page(book: Book) -> Iterator[Problem]:
    for guide in book.guides:
        for chapter in guide.chapters:
            matched = [chapter] if chapter in book.pages else matching([chapter], book.pages)
            if not matched:
                hint = _instead_of_chapter(chapter, book)
                message = f"':chapters:' matches no page: {chapter!r}; {hint}"
                yield Problem(guide.chapters_line, message, "chapters", guide.path)
            elif all(book.pages[name].is_guide for name in matched):
                message = (
                    "':chapters:' matches only pages with parts of a guide, which are never "
                    f"searched: {chapter!r}; move these parts to another page"
                )
                yield Problem(guide.chapters_line, message, "chapters", guide.path)


def _instead_of_chapter(chapter: str, book: Book) -> str:
    """Return what helps against a chapter that is no page of the book."""
    for name in book.pages:
        if " " in name and any(f"/{chapter}".endswith(f"/{part}") for part in name.split()):
            return f"names with spaces need quotation marks: {print_docnames([f'/{name}'])}"
    if any((book.host.srcdir / f"{chapter}{suffix}").is_file() for suffix in _PAGE_SUFFIXES):
        return "its file exists, but exclude_patterns excludes it from the book"
    # An editor's guide is about no other guide.
    close = nearest_name(chapter, (name for name, page in book.pages.items() if not page.is_guide))
    return f"did you mean {'/' + close!r}?" if close else "write docnames or globs"


def _missing_phrases(book: Book) -> Iterator[Problem]:
    for state in book.lock_states:
        lock = state.lock
        lost = [name for name in lock.where if not matching([name], book.pages)]
        for name in lost:
            message = f"':in:' of “{lock.text}” matches no page: {name!r}; "
            message += _instead_of_chapter(name, book)
            yield Problem(lock.line, message, "locked", lock.path)
        if lost and len(lost) == len(lock.where):
            continue  # no page was searched
        chapters = f"chapters of {lock.guide or 'any guide'}"
        searched = f"pages {print_docnames(lock.where)}" if lock.where else chapters
        for phrase, nearest in state.missing:
            instead = ""
            if nearest:
                instead = f" (closest text: {nearest.text!r}, {nearest.path}:{nearest.line})"
            message = (
                f"locked phrase {phrase!r} is missing from the {searched}{instead}; put it back, "
                f"or unlock “{lock.text}”"
            )
            yield Problem(lock.line, message, "locked", lock.path)


def _unknown_patterns(book: Book) -> Iterator[Problem]:
    for value, names in (
        ("revguide_flag", book.host.flag),
        ("revguide_sensitivity", book.host.sensitivity),
    ):
        for name in sorted(names - {"*"}):
            # Patterns are loaded only if a name has to be looked up.
            if not book.library.lacks(name):
                continue
            hint = book.library.hint(name, _NO_PATTERN)
            message = f"{value} in conf.py names {name!r}, which is not a pattern; {hint}"
            yield Problem(0, message, "unknown_pattern")


def _useless_allowances(book: Book) -> Iterator[Problem]:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    given = [(name, each) for name, page in book.pages.items() for each in page.allowances]
    findings = book.findings if given else []
    allowed = AllowedLines(allowance for _docname, allowance in given)
    used = {(id(one), found.pattern) for found in findings for one in allowed.around(found)}
    by_place = _by_pattern_and_file(findings)
    for docname, allowance in given:
        message = _fault(book, allowance, today)
        if message is None and not any(book.hides(docname, lines) for lines in allowance.lines):
            idle = [name for name in allowance.patterns if (id(allowance), name) not in used]
            message = _without_effect(book, allowance, idle, by_place)
        if message:
            yield Problem(allowance.line, message, "allowance", allowance.path)


def _by_pattern_and_file(findings: Iterable[Finding]) -> _Findings:
    found: _Findings = {}
    for finding in findings:
        found.setdefault((finding.pattern, finding.path), []).append(finding)
    return found


def _fault(book: Book, allowance: Allowance, today: datetime.date) -> str | None:
    """Return the mistake in an allowance, if it has one."""
    names = ", ".join(allowance.patterns)
    if not names:
        return "an allowance names no pattern; name the patterns that may stay"
    for name in allowance.patterns:
        if book.library.lacks(name) and name != STILL_PRESENT:
            hint = book.library.hint(name, _NO_PATTERN)
            return f"an allowance names {name!r}, which is not a pattern; {hint}"
    if not allowance.reason:
        return (
            f"the allowance of {names} gives no reason, so it has no effect; write why it may stay"
        )
    if allowance.until and allowance.until < today:
        return (
            f"the allowance of {names} ended on {allowance.until}; revise the passage, or set a "
            "later day"
        )
    return None


def _without_effect(
    book: Book, allowance: Allowance, idle: Iterable[str], findings: _Findings
) -> str | None:
    """Return why an allowance covers no finding of a pattern.

    :param idle: those of its patterns of which it covers no finding.
    """
    for name in idle:
        if book.library.is_left_out(name):
            continue
        near = findings.get((name, allowance.path), ())
        around = next((finding for finding in near if _begins_above(finding, allowance)), None)
        if around is not None:
            return (
                f"the allowance of {name} has no effect, because the finding begins above it, at "
                f"{around.path}:{around.line}; write it above the whole passage"
            )
        return f"the allowance of {name} is not needed: the pattern was not found there; remove it"
    return None


def _begins_above(finding: Finding, allowance: Allowance) -> bool:
    """Return whether an allowance is inside a finding, such as one of a list."""
    return finding.line < allowance.line <= finding.end_line


def _contradicted_statuses(book: Book) -> Iterator[Problem]:
    """Report issues that are marked as applied but are not."""
    for issue in book.issues:
        if issue.status is not Status.APPLIED:
            continue
        for pair in issue.pairs:
            state = book.pair_state(issue.docname, pair)
            if state.state == "standing":
                place = state.before.passages[0]
                message = (
                    f"issue {issue.id} is marked as applied, but its BEFORE is still at "
                    f"{place.path}:{place.line}; apply it, or set ':status:' to open"
                )
                yield Problem(issue.line, message, "status", issue.path)
                break


def _lost_facts(book: Book) -> Iterator[Problem]:
    """Report samples whose AFTER loses a fact that is locked."""
    locked = _locked_facts(book)
    for issue in book.issues:
        of_guide = locked.get(issue.guide, {})
        is_used = issue.status.flags and not issue.withdrawn
        for pair in issue.pairs if of_guide and is_used else ():
            for item, facts in _lost_under(of_guide, pair).items():
                message = (
                    f"the AFTER loses {', '.join(facts)}, which “{item}” locks; keep it in the "
                    "AFTER, or unlock it"
                )
                yield Problem(pair.line, message, "fact", pair.path)


def _locked_facts(book: Book) -> dict[str, dict[Key, str]]:
    """Return the facts in the phrases of each guide's locks, each with its item."""
    locked: dict[str, dict[Key, str]] = {}
    for lock in book.locks:
        for phrase in lock.phrases:
            for fact in _facts_of(phrase):
                locked.setdefault(lock.guide, {}).setdefault((fact.kind, fact.key), lock.text)
    return locked


@lru_cache(maxsize=4096)
def _facts_of(phrase: str) -> tuple[Fact, ...]:
    from sphinxext_revguide.text.facts_ledger import facts_in

    return tuple(facts_in(phrase, known=[phrase]))


def _lost_under(locked: dict[Key, str], pair: Pair) -> dict[str, list[str]]:
    """Return the facts that an AFTER loses, by the item that locks them."""
    from sphinxext_revguide.text.facts_ledger import ledger

    found: dict[str, list[str]] = {}
    for fact in ledger(*pair.texts).lost if pair.texts else ():
        if (fact.kind, fact.key) in locked:
            found.setdefault(locked[fact.kind, fact.key], []).append(fact.text)
    return found


def _broken_promises(book: Book) -> Iterator[Problem]:
    """Report guides that are settled but miss their target."""
    for guide, promised in zip(book.guides, book.promises, strict=True):
        missed = [
            f"{measured.now:,} {measured.unit.replace('_', ' ')} "
            f"(promised: at most {int(measured.target.high):,})"
            for measured in promised.missed
            if measured.target
        ]
        if missed:
            message = (
                f"all issues of {guide.id} are settled, but its chapters have {', '.join(missed)}; "
                "shorten them, or correct ':reduction:'"
            )
            yield Problem(guide.line, message, "promise", guide.path)


def _changed_passages(book: Book) -> Iterator[Problem]:
    """Report locked passages that differ from the record, and repeated names."""
    problem = book.lock_record[1]
    if problem is not None:
        yield problem
    # Which of two the record is about is only known once one of them is renamed.
    named_again = book.passages_named_again
    twice = {locked.name for locked, _message in named_again}
    for state in book.passage_states:
        if state.state != "kept" and state.name not in twice:
            yield Problem(state.line, state.message, "passage", state.path)
    for locked, message in named_again:
        yield Problem(locked.line, message, "duplicate", locked.path)
