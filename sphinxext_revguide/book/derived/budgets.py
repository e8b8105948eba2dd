"""Terms with a budget, counted once the whole book is known.

A page's tree is read back once for all new terms, so that a changed issue re-reads no page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinxext_revguide.model import OVERUSE, FileLine, Finding, Issue
from sphinxext_revguide.patterns.sentences.claims import overuse
from sphinxext_revguide.text.digests import digest


def overused(
    issue: Issue,
    docname: str,
    titles: tuple[str, str],
    terms: Mapping[str, tuple[FileLine, ...]],
) -> Iterator[Finding]:
    """Yield a finding for each term of an issue's budget that a chapter uses more often.

    :param titles: the titles of the pattern and the chapter.
    :param terms: where each term occurs in the chapter, in files that are relative to the source
        directory.
    """
    pattern_title, chapter_title = titles
    for term, allowed in issue.budget:
        places = terms[term]
        if len(places) <= allowed:
            continue
        path, line = places[allowed]
        evidence = overuse(term, len(places), allowed)
        content = digest(OVERUSE, chapter_title, term)
        yield Finding(
            pattern=OVERUSE,
            docname=docname,
            path=path,
            line=line,
            end_line=max(other for file, other in places[allowed:] if file == path),
            message=f"{pattern_title}: {evidence}",
            evidence=(evidence,),
            fingerprint=digest(content, docname),
            content=content,
            section=term,
            score=len(places),
            threshold=allowed + 1,
        )
