"""Names the patterns and budgets of an imported guide's issues.

The title is believed, and so are title and problem together where they say both what a passage
is about and what is wrong with it. What only a BEFORE shows, or the problem says in passing, is a
guess, and often a wrong one: it is left to the author as a comment.
"""

from __future__ import annotations

from dataclasses import replace

from sphinxext_revguide.importer.parts import ImportedGuide, ImportedIssue, Prose
from sphinxext_revguide.importer.title_words import (
    budget_named,
    pattern_described,
    pattern_named,
    term_named,
)
from sphinxext_revguide.model import Issue, Sample
from sphinxext_revguide.patterns import Library, detect, load_library
from sphinxext_revguide.patterns.standalone import outline_of_sample

_FIRST = 600
"""Only this much of a problem is read; examples follow after that."""


def with_patterns(guide: ImportedGuide) -> ImportedGuide:
    """Return the guide with patterns for each issue that names none of its own."""
    library = load_library()
    named = {
        id(issue): _named(issue, library) for issue in guide.issues if not issue.issue.patterns
    }
    issues = tuple(named.get(id(issue), issue) for issue in guide.issues)
    body = tuple(
        named.get(id(part), part) if isinstance(part, ImportedIssue) else part
        for part in guide.body
    )
    return replace(guide, issues=issues, body=body)


def _named(unit: ImportedIssue, library: Library) -> ImportedIssue:
    """Return an issue with the patterns its title names, else with those that are guesses.

    A pattern that the BEFORE shows and the problem names is no guess.
    """
    issue = unit.issue
    text = "\n".join(part.source for part in unit.body if isinstance(part, Prose))
    budget = budget_named(issue.title, text)
    if budget:
        return replace(unit, issue=replace(issue, budget=budget))
    if term_named(issue.title):
        return unit
    if pattern := pattern_named(issue.title):
        untested = () if _borne_out(pattern, issue, library) else (pattern,)
        return replace(unit, issue=replace(issue, patterns=(pattern,)), untested=untested)
    guesses = shown(issue, library)
    described = pattern_described(issue.title, unit.problem[:_FIRST])
    if len(described) == 1 and (not guesses or described[0] in guesses):
        pattern = described[0]
        untested = () if _borne_out(pattern, issue, library) else (pattern,)
        return replace(unit, issue=replace(issue, patterns=(pattern,)), untested=untested)
    said = pattern_named(unit.problem.partition("\n")[0])
    if said and said in guesses:
        return replace(unit, issue=replace(issue, patterns=(said,)))
    named = (said,) if said else described
    return replace(unit, guesses=tuple(dict.fromkeys((*guesses, *([] if guesses else named)))))


def _borne_out(pattern: str, issue: Issue, library: Library) -> bool:
    """Return whether a build would find nothing wrong with the samples of a pattern's issue."""
    befores = [_all_found(pair.before, library) for pair in issue.pairs if pair.before]
    afters = [_all_found(pair.after, library) for pair in issue.pairs if pair.after]
    if any(pattern in found for found in afters):
        return False
    of_pages = library.patterns[pattern].of_pages
    return of_pages or not befores or any(pattern in found for found in befores)


def shown(issue: Issue, library: Library) -> tuple[str, ...]:
    """Return the ids of the patterns that a BEFORE of an issue shows and no AFTER still does.

    What is a question of how much there is on a page is not for samples to tell.
    """
    named: dict[str, None] = {}
    kept: set[str] = set()
    for pair in issue.pairs:
        if pair.before is not None:
            named.update(dict.fromkeys(_found(pair.before, library)))
        if pair.after is not None:
            kept.update(_found(pair.after, library))
    return tuple(name for name in named if name not in kept)


def _all_found(sample: Sample, library: Library) -> list[str]:
    return [match.pattern for match in detect(outline_of_sample(sample.text), library)]


def _found(sample: Sample, library: Library) -> list[str]:
    found = _all_found(sample, library)
    return [section for section in found if not library.patterns[section].of_pages]
