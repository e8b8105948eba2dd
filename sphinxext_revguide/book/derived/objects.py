"""What references of the domain can lead to: guides, patterns and issues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinxext_revguide.book.records import PatternPage
from sphinxext_revguide.model import Guide, Issue

Target = tuple[str, str, str]
"""Title, page and anchor of an object."""
Objects = dict[tuple[str, str], Target]
"""All objects by their kind (guide, pattern or issue) and id."""


def objects(
    guides: Iterable[Guide], patterns: Iterable[PatternPage], issues: Iterable[Issue]
) -> Objects:
    """Return the objects of a book; of several with one id, the first."""
    found: Objects = {}
    for kind, name, target in _objects(guides, patterns, issues):
        found.setdefault((kind, name), target)
    return found


def _objects(
    guides: Iterable[Guide], patterns: Iterable[PatternPage], issues: Iterable[Issue]
) -> Iterator[tuple[str, str, Target]]:
    for guide in guides:
        yield "guide", guide.id, (guide.title or guide.id, guide.docname, guide.anchor)
    for pattern in patterns:
        yield "pattern", pattern.id, (pattern.title, pattern.docname, pattern.anchor)
    for issue in issues:
        yield "issue", issue.id, (issue.title, issue.docname, issue.anchor)


def pattern_target(name: str, title: str, issues: Iterable[Issue]) -> Target:
    """Return where a pattern leads that no page describes: to the first issue that names it.

    Where none does, page and anchor are empty.
    """
    issue = next((one for one in issues if name in one.patterns), None)
    return (title, issue.docname, issue.anchor) if issue else (title, "", "")
