"""Sets the patterns and budgets of an imported guide's issues.

Phrases that editors use in titles (``title_words``) and a model learned from whole issues
(``complaints``) judge the title and the problem together. A phrase names its pattern unless the
model clearly disagrees; without a phrase, the model names a pattern only if a problem describes
it. What only a BEFORE, a title or a passing word suggests is a guess, which is left to the author
as a comment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sphinxext_revguide.importer.complaints import NOTHING, Complaints, shipped
from sphinxext_revguide.importer.parts import ImportedGuide, ImportedIssue, Prose
from sphinxext_revguide.importer.title_words import (
    budget_named,
    budget_of,
    pattern_named,
    term_named,
)
from sphinxext_revguide.model import OVERUSE, Issue, Sample
from sphinxext_revguide.patterns import Library, detect, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample

_FIRST = 600
"""Only this much of a problem is read; examples follow after that."""
_MIN_WORDS = 6
"""A problem with fewer words, such as ``**Example fix:**``, describes nothing."""


def with_patterns(guide: ImportedGuide) -> ImportedGuide:
    """Return the guide with patterns for each issue that names none itself."""
    library = load_library()
    of_issue = {
        id(issue): named(issue, library, shipped())
        for issue in guide.issues
        if not issue.issue.patterns
    }
    issues = tuple(of_issue.get(id(issue), issue) for issue in guide.issues)
    body = tuple(
        of_issue.get(id(part), part) if isinstance(part, ImportedIssue) else part
        for part in guide.body
    )
    return replace(guide, issues=issues, body=body)


def named(unit: ImportedIssue, library: Library, model: Complaints) -> ImportedIssue:
    """Return an issue with the pattern or budget that it names, or with guesses."""
    issue = unit.issue
    text = "\n".join(part.source for part in unit.body if isinstance(part, Prose))
    budget = budget_named(issue.title, text)
    if budget:
        return replace(unit, issue=replace(issue, budget=budget))
    shown_here = shown(issue, library)
    problem = unit.problem[:_FIRST]
    read = _read(issue.title, problem, model)
    if read.name == OVERUSE and (budget := budget_of(issue.title, problem, text)):
        return replace(unit, issue=replace(issue, budget=budget))
    if read.name and (read.by_title or _fits(read.name, shown_here, library)):
        untested = () if is_borne_out(read.name, issue, library) else (read.name,)
        return replace(unit, issue=replace(issue, patterns=(read.name,)), untested=untested)
    said = next((guess for guess in read.guesses if guess in shown_here), "")
    if said:
        return replace(unit, issue=replace(issue, patterns=(said,)))
    guesses = (*([read.name] if read.name else read.guesses), *shown_here)
    return replace(unit, guesses=tuple(dict.fromkeys(guesses)))


@dataclass(frozen=True)
class _Read:
    """The pattern that the words of an issue name, or "" and guesses, the best first."""

    name: str = ""
    by_title: bool = False
    guesses: tuple[str, ...] = ()


def _read(title: str, problem: str, model: Complaints) -> _Read:
    phrase = OVERUSE if term_named(title) else pattern_named(title)
    likely, clear = model.likeliest(title, problem, phrase)
    described = len(problem.split()) >= _MIN_WORDS
    if phrase and likely == phrase and (clear >= model.naming or not described):
        return _Read(phrase, by_title=True)
    if described and likely != NOTHING and clear >= model.naming:
        return _Read(likely)
    weak = (
        likely if clear >= model.guess else NOTHING,
        phrase,
        pattern_named(problem.partition("\n")[0]),
    )
    return _Read(guesses=tuple(dict.fromkeys(guess for guess in weak if guess)))


def _fits(pattern: str, shown_here: tuple[str, ...], library: Library) -> bool:
    """Return whether the samples show the pattern, show no pattern at all, or cannot show it."""
    return not shown_here or pattern in shown_here or library.patterns[pattern].of_pages


def is_borne_out(pattern: str, issue: Issue, library: Library) -> bool:
    """Return whether a build would find nothing wrong with the samples of a pattern's issue."""
    befores = [_all_found(pair.before, library) for pair in issue.pairs if pair.before]
    afters = [_all_found(pair.after, library) for pair in issue.pairs if pair.after]
    if any(pattern in found for found in afters):
        return False
    of_pages = library.patterns[pattern].of_pages
    return of_pages or not befores or any(pattern in found for found in befores)


def shown(issue: Issue, library: Library) -> tuple[str, ...]:
    """Return the ids of the patterns that a BEFORE of an issue shows and no AFTER still does.

    Samples cannot show patterns that are measured over a whole page.
    """
    found: dict[str, None] = {}
    kept: set[str] = set()
    for pair in issue.pairs:
        if pair.before is not None:
            found.update(dict.fromkeys(_found(pair.before, library)))
        if pair.after is not None:
            kept.update(_found(pair.after, library))
    return tuple(name for name in found if name not in kept)


def _all_found(sample: Sample, library: Library) -> list[str]:
    return [match.pattern for match in detect(outline_of_sample(sample.text), library)]


def _found(sample: Sample, library: Library) -> list[str]:
    found = _all_found(sample, library)
    return [section for section in found if not library.patterns[section].of_pages]
