"""The targets of references in the domain: guides, patterns and issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sphinxext_revguide.book.records import PatternPage
from sphinxext_revguide.model import Guide, Issue

Target = tuple[str, str, str]
"""Title, page and anchor of an object; page and anchor are empty if no page shows it."""
Objects = dict[tuple[str, str], Target]
"""All objects by their kind (guide, pattern or issue) and id."""
Shows = Callable[[str, str], bool]
"""Returns whether a page, the first argument, shows the element with an anchor."""


def objects(
    guides: Iterable[Guide],
    patterns: Iterable[PatternPage],
    issues: Iterable[Issue],
    shows: Shows,
) -> Objects:
    """Return the objects of a book; if an id is repeated, the first that is shown."""
    all_objects = list(_objects(guides, patterns, issues))
    found: Objects = {}
    for key, (title, docname, anchor) in all_objects:
        if shows(docname, anchor):
            found.setdefault(key, (title, docname, anchor))
    for key, (title, _docname, _anchor) in all_objects:
        found.setdefault(key, (title, "", ""))
    return found


def _objects(
    guides: Iterable[Guide], patterns: Iterable[PatternPage], issues: Iterable[Issue]
) -> Iterator[tuple[tuple[str, str], Target]]:
    for guide in guides:
        yield ("guide", guide.id), (guide.title or guide.id, guide.docname, guide.anchor)
    for pattern in patterns:
        yield ("pattern", pattern.id), (pattern.title, pattern.docname, pattern.anchor)
    for issue in issues:
        yield ("issue", issue.id), (issue.title, issue.docname, issue.anchor)


def pattern_target(name: str, title: str, issues: Iterable[Issue], shows: Shows) -> Target:
    """Return the target of a pattern that no page describes: the first issue that names it.

    If no page shows such an issue, page and anchor are empty.
    """
    named = (
        issue for issue in issues if name in issue.patterns and shows(issue.docname, issue.anchor)
    )
    issue = next(named, None)
    return (title, issue.docname, issue.anchor) if issue else (title, "", "")
