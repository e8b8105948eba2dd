"""From the tree of a page to its findings, each with what tells it from all others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_revguide.model import Finding
from sphinxext_revguide.patterns import Library, detect
from sphinxext_revguide.patterns.outline import build_outline

if TYPE_CHECKING:
    from docutils import nodes


def digest(*parts: object) -> str:
    """Return 16 hexadecimal digits that stand for some texts and numbers."""
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find(
    document: nodes.document,
    docname: str,
    path: str,
    library: Library,
    relative: Callable[[str], str],
) -> Iterator[Finding]:
    """Yield what shows on a page.

    :param path: the page's file.
    :param relative: makes of the path of a file, included ones too, one that is told.
    """
    seen: Counter[str] = Counter()
    for match in detect(build_outline(document, path=path), library):
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
            # The page is no part of it, so that it outlives a renamed page.
            fingerprint=content if seen[content] == 1 else digest(content, seen[content]),
            content=content,
            section=match.section,
            against=match.against,
            excuses=match.excuses,
            score=match.score,
            threshold=match.threshold,
        )


def with_unique_fingerprints(
    findings: Mapping[str, Sequence[Finding]],
) -> dict[str, list[Finding]]:
    """Return the findings of each page, so that no fingerprint stands for two.

    Where pages hold the same text, the first of them keeps the fingerprint.
    """
    seen: set[str] = set()
    unique: dict[str, list[Finding]] = {}
    for docname in sorted(findings):
        unique[docname] = []
        for finding in findings[docname]:
            taken = finding.fingerprint in seen
            fingerprint = digest(finding.fingerprint, docname) if taken else finding.fingerprint
            seen.add(fingerprint)
            unique[docname].append(replace(finding, fingerprint=fingerprint) if taken else finding)
    return unique
