"""The warnings of a build, emitted on every build, sorted, each at its file and line."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext_revguide.files import MOST_REPORTED
from sphinxext_revguide.model import Problem
from sphinxext_revguide.report.checks import problems
from sphinxext_revguide.report.entries import with_reason
from sphinxext_revguide.sphinx.domain import RevguideDomain
from sphinxext_revguide.text.control_characters import message, one_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_revguide.book.records import Flagged
    from sphinxext_revguide.book.view import Book

logger = logging.getLogger(__name__)

TYPE = "revguide"
"""The type of all warnings, for ``suppress_warnings``."""


def warn(_app: Sphinx, env: BuildEnvironment) -> None:
    """Emit warnings for all problems and all flagged findings.

    Runs at ``env-updated``: in the main process, after parallel reading, and on builds that read
    no page at all.
    """
    domain = RevguideDomain.of(env)
    if not domain.emits_warnings:
        return
    srcdir = Path(env.srcdir)
    for problem in warnings_in(domain.book):
        location = _location(problem, srcdir)
        logger.warning(
            "%s", message(problem.message), location=location, type=TYPE, subtype=problem.subtype
        )
    _report_baseline(domain)


def warnings_in(book: Book) -> list[Problem]:
    """Return all problems and new flagged findings, by path and line."""
    warnings = [*problems(book), *map(_as_problem, _new(book))]
    return sorted(
        warnings, key=lambda problem: (problem.path, problem.line, problem.subtype, problem.message)
    )


def _new(book: Book) -> list[Flagged]:
    known = book.baseline_state.known
    return [flagged for flagged in book.flagged if flagged.finding.fingerprint not in known]


def _report_baseline(domain: RevguideDomain) -> None:
    """Report how many findings are known and fixed, and name each fixed finding once."""
    state = domain.book.baseline_state
    if not state.baseline.known:
        return
    fixed = domain.store.newly_fixed(state.fixed)
    for finding in fixed[:MOST_REPORTED]:
        logger.info("fixed: %s", message(finding.in_words))
    if len(fixed) > MOST_REPORTED:
        logger.info("fixed: %d more", len(fixed) - MOST_REPORTED)
    new = len(_new(domain.book))
    known = len(domain.book.flagged) - new
    logger.info("revision guide: %d new, %d known, %d fixed", new, known, len(state.fixed))


def _location(problem: Problem, srcdir: Path) -> str | None:
    if not problem.path:
        return None
    # Sphinx takes a place without a line for a docname.
    return f"{_shown(srcdir, problem.path)}:{max(problem.line, 1)}"


@lru_cache(maxsize=1024)
def _shown(srcdir: Path, path: str) -> str:
    """Return the whole path of a file; a file has many warnings."""
    return one_line(str(srcdir / path))


def _as_problem(flagged: Flagged) -> Problem:
    finding = flagged.finding
    text = with_reason(finding.message, [(issue.id, issue.title) for issue in flagged.issues])
    return Problem(finding.line, text, finding.pattern, finding.path, finding.end_line)
