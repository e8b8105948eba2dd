"""Turns the document tree of a page into findings, each with its own fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sphinxext_revguide.model import Finding
from sphinxext_revguide.patterns.engine import detect
from sphinxext_revguide.patterns.known_texts import KnownTexts
from sphinxext_revguide.patterns.language import Library
from sphinxext_revguide.patterns.outline import build_outline
from sphinxext_revguide.patterns.scales import Bag
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.in_words import brief

if TYPE_CHECKING:
    from docutils import nodes


def find(
    document: nodes.document,
    docname: str,
    path: str,
    library: Library,
    relative: Callable[[str], str],
    known: KnownTexts[Bag] | None = None,
) -> Iterator[Finding]:
    """Yield the findings on a page.

    :param path: the page's file.
    :param relative: returns the path of a file as reports name it, also for included files.
    :param known: the library's, where the page was read before.
    """
    seen: Counter[str] = Counter()
    for match in detect(build_outline(document, path=path), library, known):
        content = digest(match.pattern, match.key)
        seen[content] += 1
        yield Finding(
            pattern=match.pattern,
            docname=docname,
            path=relative(match.source or path),
            line=match.line,
            end_line=match.end_line,
            message=match.message,
            evidence=match.evidence,
            # It does not depend on the page, so that it stays the same if the page is renamed.
            fingerprint=content if seen[content] == 1 else digest(content, seen[content]),
            content=content,
            section=brief(match.section),
            against=match.against,
            excuses=match.excuses,
            score=match.score,
            threshold=match.threshold,
            strict=match.strict,
        )
