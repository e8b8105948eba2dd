"""Names the patterns of an imported guide's issues: those that their BEFORE samples show."""

from __future__ import annotations

from dataclasses import replace

from sphinxext_revguide.importer.parts import ImportedGuide, ImportedIssue
from sphinxext_revguide.model import Issue, Sample
from sphinxext_revguide.patterns import Library, detect, load_library
from sphinxext_revguide.patterns.standalone import outline_of_sample


def with_patterns(guide: ImportedGuide) -> ImportedGuide:
    """Return the guide with patterns for each issue that names none of its own."""
    library = load_library()
    named = {
        id(one): replace(one, issue=replace(one.issue, patterns=shown(one.issue, library)))
        for one in guide.issues
        if not one.issue.patterns
    }
    issues = tuple(named.get(id(one), one) for one in guide.issues)
    body = tuple(
        named.get(id(part), part) if isinstance(part, ImportedIssue) else part
        for part in guide.body
    )
    return replace(guide, issues=issues, body=body)


def shown(issue: Issue, library: Library) -> tuple[str, ...]:
    """Return the ids of the patterns that an issue is about, as its samples show, in their order.

    Those that a BEFORE shows and no AFTER still does; what is a question of how much there is on
    a page is not for samples to tell.
    """
    named: dict[str, None] = {}
    kept: set[str] = set()
    for pair in issue.pairs:
        if pair.before is not None:
            named.update(dict.fromkeys(_found(pair.before, library)))
        if pair.after is not None:
            kept.update(_found(pair.after, library))
    return tuple(name for name in named if name not in kept)


def _found(sample: Sample, library: Library) -> list[str]:
    found = detect(outline_of_sample(sample.text), library)
    return [one.pattern for one in found if not library.patterns[one.pattern].of_pages]
