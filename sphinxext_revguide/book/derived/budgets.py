"""Terms with a budget, counted once the whole book is known.

A page's tree is read back once for all new terms, so that a changed issue re-reads no page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxext_revguide.model import OVERUSE, Finding, Issue
from sphinxext_revguide.patterns.sentences.claims import overuse
from sphinxext_revguide.text.digests import digest


def overused(
    issue: Issue,
    docname: str,
    path: str,
    titles: tuple[str, str],
    terms: Mapping[str, tuple[int, ...]],
) -> Iterator[Finding]:
    """Yield a finding for each term of an issue's budget that a chapter uses more often.

    :param path: the chapter's file, relative to the source directory.
    :param titles: the titles of the pattern and the chapter.
    :param terms: the lines of the chapter on which each term occurs.
    """
    pattern_title, chapter_title = titles
    for term, allowed in issue.budget:
        lines = terms[term]
        if len(lines) <= allowed:
            continue
        evidence = overuse(term, len(lines), allowed)
        content = digest(OVERUSE, chapter_title, term)
        yield Finding(
            pattern=OVERUSE,
            docname=docname,
            path=path,
            line=lines[allowed],
            end_line=lines[-1],
            message=f"{pattern_title}: {evidence}",
            evidence=(evidence,),
            fingerprint=digest(content, docname),
            content=content,
            section=term,
            score=len(lines),
            threshold=allowed + 1,
        )
