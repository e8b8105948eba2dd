"""Terms that an issue gives a budget: counted when the whole book is known.

A page's tree is read back once for each new term, so that a changed issue re-reads no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sphinxext_revguide.book.detection import digest
from sphinxext_revguide.model import Finding, Issue
from sphinxext_revguide.patterns import find_term
from sphinxext_revguide.patterns.outline import build_outline

if TYPE_CHECKING:
    from sphinxext_revguide.book.store import Book

OVERUSE = "term-overuse"


def overused(book: Book, issue: Issue, docname: str) -> Iterator[Finding]:
    """Yield a finding for each term of an issue's budget that a chapter uses more often."""
    page = book.pages[docname]
    for term, most in issue.budget:
        lines = _lines(book, docname, term)
        if len(lines) <= most:
            continue
        evidence = f"“{term}” stands {len(lines)} times; {most} are allowed"
        title = book.library.patterns[OVERUSE].title
        content = digest(OVERUSE, book.env.titles[docname].astext(), term)
        yield Finding(
            pattern=OVERUSE,
            docname=docname,
            path=page.path,
            line=lines[most],
            end_line=lines[-1],
            message=f"{title}: {evidence}",
            evidence=(evidence,),
            fingerprint=digest(content, docname),
            content=content,
            section=term,
            score=len(lines),
            threshold=most + 1,
        )


def _lines(book: Book, docname: str, term: str) -> tuple[int, ...]:
    """Return the line of each place of a page where a term stands."""
    counted = book.pages[docname].terms
    if term not in counted:
        outline = build_outline(book.env.get_doctree(docname))
        counted[term] = find_term(outline, term)
    return counted[term]
