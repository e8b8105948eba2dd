"""What can only be judged when the whole book is known."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.book.allowances import concerns
from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE, baseline_path
from sphinxext_revguide.book.derived.passages import LOCK_FILE, passage_states, read_lock_file
from sphinxext_revguide.book.derived.sample_states import PATTERN as STANDING
from sphinxext_revguide.model import Allowance, Guide, Issue, Lock, Pair, Problem, Status
from sphinxext_revguide.text.globs import matching
from sphinxext_revguide.text.quantities import Key, compare_figures, figures_in

if TYPE_CHECKING:
    from sphinxext_revguide.sphinx.domain import RevguideDomain


def problems(domain: RevguideDomain) -> list[Problem]:
    """Return all problems of pages, patterns and the book, sorted, with relative paths."""
    own = (problem for page in domain.pages.values() for problem in page.problems)
    found = [
        replace(one, path=domain.relative(one.path) if one.path else "")
        for one in (*own, *domain.library_problems, *_book_problems(domain))
    ]
    return sorted(found, key=lambda one: (one.path, one.line, one.subtype, one.message))


def _book_problems(domain: RevguideDomain) -> Iterator[Problem]:
    yield from _duplicates(domain.guides())
    yield from _duplicates(domain.issues())
    yield from _unknown_guides(domain)
    yield from _chapters_without_a_page(domain)
    yield from _missing_phrases(domain)
    yield from _unknown_flags(domain)
    yield from _useless_allowances(domain)
    yield from _contradicted_statuses(domain)
    yield from _dropped_figures(domain)
    yield from _broken_promises(domain)
    yield from _changed_passages(domain)
    yield from _baseline(domain)


def _baseline(domain: RevguideDomain) -> Iterator[Problem]:
    name = domain.env.config.revguide_baseline
    path = baseline_path(domain)
    if name and path is None:
        message = f"revguide_baseline is outside the source directory: {name!r}; keep it inside"
        yield Problem(0, message, "baseline")
    elif path and name != BASELINE_FILE and not path.exists():
        message = f"revguide_baseline names {name!r}, which is not there; "
        yield Problem(0, f"{message}write it with 'sphinx-revguide baseline'", "baseline")
    yield from domain.standing().baseline.problems


def _duplicates(ones: Sequence[Guide | Issue]) -> Iterator[Problem]:
    first: dict[str, Guide | Issue] = {}
    for one in ones:
        known = first.setdefault(one.id, one)
        if known is not one:
            kind, key = ("issue", "':number:'") if isinstance(one, Issue) else ("guide", "id")
            where = f"{known.path}:{known.line}"
            message = f"{kind} {one.id} stands at {where} already; give it another {key}"
            yield Problem(one.line, message, "duplicate", one.path)


def _unknown_guides(domain: RevguideDomain) -> Iterator[Problem]:
    known = {guide.id for guide in domain.guides()}
    belonging: list[Issue | Lock] = [*domain.issues(), *domain.locks()]
    for one in belonging:
        if one.guide and one.guide not in known:
            close = difflib.get_close_matches(one.guide, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "open it with 'revision-guide'"
            message = f"no page opens the guide {one.guide!r}; {hint}"
            yield Problem(one.line, message, "unknown_guide", one.path)


def _chapters_without_a_page(domain: RevguideDomain) -> Iterator[Problem]:
    for guide in domain.guides():
        for chapter in guide.chapters:
            if chapter not in domain.pages and not matching([chapter], domain.pages):
                close = difflib.get_close_matches(chapter, domain.pages, n=1)
                hint = f"did you mean {'/' + close[0]!r}?" if close else "write docnames or globs"
                message = f"':chapters:' matches no page: {chapter!r}; {hint}"
                yield Problem(guide.chapters_line, message, "chapters", guide.path)


def _missing_phrases(domain: RevguideDomain) -> Iterator[Problem]:
    for state in domain.lock_states():
        lock = state.lock
        for phrase, nearest in state.missing:
            instead = (
                f" (nearest is {nearest.text!r}, {nearest.path}:{nearest.line})" if nearest else ""
            )
            message = (
                f"locked phrase {phrase!r} stands nowhere in the chapters of "
                f"{lock.guide or 'any guide'}{instead}; put it back, or unlock “{lock.text}”"
            )
            yield Problem(lock.line, message, "locked", lock.path)


def _unknown_flags(domain: RevguideDomain) -> Iterator[Problem]:
    for name in domain.env.config.revguide_flag:
        if name != "*" and name not in domain.library.patterns:
            close = domain.library.nearest(name)
            hint = f"did you mean {close!r}?" if close else "see the list of patterns"
            message = f"revguide_flag in conf.py names {name!r}, which is no pattern; {hint}"
            yield Problem(0, message, "unknown_pattern")


def _useless_allowances(domain: RevguideDomain) -> Iterator[Problem]:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for page in domain.pages.values():
        for allowance in page.allowances:
            message = _fault(domain, allowance, today)
            if message:
                yield Problem(allowance.line, message, "allowance", allowance.path)


def _fault(domain: RevguideDomain, allowance: Allowance, today: datetime.date) -> str | None:
    """Say what is wrong with an allowance, or that it allowed nothing."""
    names = ", ".join(allowance.patterns)
    if not names:
        return "an allowance names no pattern; name those that may stay"
    for name in allowance.patterns:
        if name not in domain.library.patterns and name != STANDING:
            close = domain.library.nearest(name)
            hint = f"did you mean {close!r}?" if close else "see the list of patterns"
            return f"an allowance names {name!r}, which is no pattern; {hint}"
    if not allowance.reason:
        return (
            f"the allowance of {names} gives no reason, so it allows nothing; write why it may stay"
        )
    if allowance.until and allowance.until < today:
        return (
            f"the allowance of {names} ended on {allowance.until}; revise the passage, or set a "
            "new day"
        )
    for name in allowance.patterns:
        alone = replace(allowance, patterns=(name,))
        if not any(concerns(alone, finding) for finding in domain.findings()):
            return f"the allowance of {name} allows nothing: it does not show there; remove it"
    return None


def _contradicted_statuses(domain: RevguideDomain) -> Iterator[Problem]:
    """Tell of issues that are marked as applied and are not."""
    for issue in domain.issues():
        if issue.status is not Status.APPLIED:
            continue
        for pair in issue.pairs:
            state = domain.pair_state(issue.docname, pair)
            if state.state == "standing":
                place = state.before.passages[0]
                message = (
                    f"issue {issue.id} is marked as applied, but its BEFORE still stands at "
                    f"{place.path}:{place.line}; apply it, or set ':status:' to open"
                )
                yield Problem(issue.line, message, "status", issue.path)
                break


def _dropped_figures(domain: RevguideDomain) -> Iterator[Problem]:
    """Tell of samples whose AFTER drops a figure that is locked."""
    locked = _locked_figures(domain)
    for issue in domain.issues():
        of_guide = locked.get(issue.guide, {})
        for pair in issue.pairs if of_guide and issue.status.flags else ():
            for item, figures in _dropped_under(of_guide, pair).items():
                message = (
                    f"the AFTER drops {', '.join(figures)}, which “{item}” locks; keep it in the "
                    "AFTER, or unlock it"
                )
                yield Problem(pair.line, message, "figure", pair.path)


def _locked_figures(domain: RevguideDomain) -> dict[str, dict[Key, str]]:
    """Return the figures that each guide locks, and the item that does."""
    locked: dict[str, dict[Key, str]] = {}
    for lock in domain.locks():
        for phrase in lock.phrases:
            for figure in figures_in(phrase):
                locked.setdefault(lock.guide, {}).setdefault(figure.key, lock.text)
    return locked


def _dropped_under(locked: dict[Key, str], pair: Pair) -> dict[str, list[str]]:
    """Return the figures that an AFTER drops, by the item that locks them."""
    found: dict[str, list[str]] = {}
    if pair.before is not None and pair.after is not None:
        for written in compare_figures(pair.before.text, pair.after.text).dropped:
            for figure in figures_in(written):
                if figure.key in locked:
                    found.setdefault(locked[figure.key], []).append(written)
    return found


def _broken_promises(domain: RevguideDomain) -> Iterator[Problem]:
    """Tell of guides of which nothing is left to do and whose target is missed."""
    for guide, promised in zip(domain.guides(), domain.promises(), strict=True):
        missed = [
            f"{one.now:,} {one.unit.replace('_', ' ')} where at most {int(one.target.high):,} were "
            "promised"
            for one in promised.missed
            if one.target
        ]
        if missed:
            message = (
                f"all issues of {guide.id} are settled, and its chapters have {', '.join(missed)}; "
                "shorten them, or mend ':reduction:'"
            )
            yield Problem(guide.line, message, "promise", guide.path)


def _changed_passages(domain: RevguideDomain) -> Iterator[Problem]:
    """Tell of locked passages that are not what was recorded, and of two of one name."""
    recorded, problem = read_lock_file(Path(domain.env.srcdir) / LOCK_FILE)
    if problem is not None:
        yield problem
    for state in passage_states(domain, recorded):
        if state.state != "kept":
            yield Problem(state.line, state.message, "passage", state.path)
    first = {one.name: one for one in domain.passages()}
    for page in domain.pages.values():
        for one in page.passages:
            known = first[one.name]
            if known is not one:
                where = f"{known.path}:{known.line}"
                message = f"locked passage {one.name!r} stands at {where} already; rename it"
                yield Problem(one.line, message, "duplicate", one.path)
