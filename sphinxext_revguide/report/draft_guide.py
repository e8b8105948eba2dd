"""A draft of a guide for a chapter that no editor has read, made of what the patterns found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_revguide.files import read_text
from sphinxext_revguide.importer.parts import (
    ImportedGuide,
    ImportedIssue,
    LockedList,
    PagePart,
    PairPart,
    Prose,
    UnitPart,
)
from sphinxext_revguide.importer.suggest import is_borne_out
from sphinxext_revguide.model import Guide, Impact, Issue, Pair, Sample, Status
from sphinxext_revguide.near_names import did_you_mean
from sphinxext_revguide.option_values import print_docnames
from sphinxext_revguide.text.facts_ledger import facts_in
from sphinxext_revguide.text.in_words import cause
from sphinxext_revguide.text.measure import count_words

if TYPE_CHECKING:
    from sphinxext_revguide.book.records import Page
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Finding
    from sphinxext_revguide.patterns import Pattern

_SHARES = ((0.2, Impact.CRITICAL), (0.1, Impact.HIGH), (0.04, Impact.MEDIUM))
"""The minimum share of a chapter's words for each impact.

In real guides, patterns that fill a fifth of a chapter are called critical."""
_OFTEN = 3
"""A name or term that occurs at least this often is proposed as a lock."""
_MAX_LOCKS = 12
_LONGEST = 650
"""A passage with more words is not quoted. The longest samples of real guides have 630 words, and
what is found over a whole chapter has thousands."""
_KINDS = {"name": "Names and terms", "number": "Numbers"}
MISSING = "not written yet: this guide is a draft"


class DraftError(ValueError):
    """A guide cannot be drafted for a chapter; the message says why."""


def draft(book: Book, docname: str, guide_id: str) -> ImportedGuide:
    """Draft a guide.

    :param docname: the chapter, read with every pattern.
    :param guide_id: what to call the guide.
    :returns: an issue for each pattern that was found, with its BEFORE samples quoted from the
        chapter and without an AFTER.
    :raises DraftError: if the book has no such chapter, or its file cannot be quoted.
    """
    page = book.pages.get(docname)
    if page is None or page.is_guide:
        chapters = (name for name, page in book.pages.items() if not page.is_guide)
        what = "is a guide" if page else "is not a page of this book"
        msg = f"{docname}: {what}; {did_you_mean(docname, chapters, 'name a chapter')}"
        raise DraftError(msg)
    if Path(page.path).suffix not in (".md", ".markdown", ".myst"):
        msg = f"{page.path}: is not Markdown; only Markdown chapters can be drafted"
        raise DraftError(msg)
    try:
        lines = read_text(book.host.srcdir / page.path).split("\n")
    except (OSError, ValueError) as error:
        msg = f"{page.path}: cannot be read ({cause(error)})"
        raise DraftError(msg) from error
    issues = tuple(_issues(book, page, docname, lines, guide_id))
    title, chapter = f"Draft guide: {book.host.title(docname)}", print_docnames([f"/{docname}"])
    guide = Guide(guide_id, title=title, chapters=(chapter,))
    intro = (
        Prose(
            "**This guide is a draft.** It lists the findings in the chapter, which no editor "
            "has read. Delete false positives, and write the AFTERs.",
            0,
        ),
    )
    body: list[PagePart] = [*_locks(lines), *issues]
    return ImportedGuide(guide, issues, intro=intro, body=tuple(body))


def _issues(
    book: Book, page: Page, docname: str, lines: Sequence[str], guide_id: str
) -> Iterator[ImportedIssue]:
    by_pattern: dict[str, list[Finding]] = {}
    for finding in page.findings:
        if book.allowance_for(finding) is None:
            by_pattern.setdefault(finding.pattern, []).append(finding)
    own = {
        name: [finding for finding in findings if finding.path == page.path]
        for name, findings in by_pattern.items()
    }
    shares = {name: _share(lines, findings, page.size.words) for name, findings in own.items()}
    ranked = sorted(by_pattern, key=lambda name: (-shares[name], name))
    for number, name in enumerate(ranked, 1):
        pattern = book.library.patterns[name]
        findings = by_pattern[name]
        pairs = () if pattern.of_pages else tuple(_pairs(own[name], lines))
        issue = Issue(
            guide=guide_id,
            number=number,
            title=pattern.title,
            docname=docname,
            impact=next((impact for share, impact in _SHARES if shares[name] >= share), Impact.LOW),
            frequency=f"{len(findings)} {'passage' if len(findings) == 1 else 'passages'}",
            status=Status.OPEN,
            patterns=(name,),
            pairs=pairs,
        )
        problem = _problem(pattern, findings, page.path)
        body: tuple[UnitPart, ...] = (problem, *map(PairPart, pairs))
        untested = () if is_borne_out(name, issue, book.library) else (name,)
        yield ImportedIssue(issue, problem=problem.text, body=body, untested=untested)


def _problem(pattern: Pattern, findings: Sequence[Finding], path: str) -> Prose:
    """Describe what was found.

    :param path: the chapter's file; the lines of files that it includes are named with the file.
    """
    found = "\n".join(
        f"- line {finding.line}{f' of {finding.path}' if finding.path != path else ''}: "
        f"{finding.message}"
        for finding in findings
    )
    text = f"{pattern.what}\n\n{found}\n\n{pattern.why} {pattern.instead}"
    return Prose(text, 0, role="problem")


def _pairs(findings: Sequence[Finding], lines: Sequence[str]) -> Iterator[Pair]:
    """Yield a BEFORE for each finding, except in passages that are too long for one."""
    for finding in findings:
        text = "\n".join(lines[finding.line - 1 : finding.end_line]).strip("\n")
        if count_words(text) <= _LONGEST:
            yield Pair(Sample(text, line=finding.line), None, missing=MISSING)


def _share(lines: Sequence[str], findings: Sequence[Finding], words: int) -> float:
    numbers = {n for finding in findings for n in range(finding.line - 1, finding.end_line)}
    text = "\n".join(lines[n] for n in sorted(numbers) if n < len(lines))
    return count_words(text) / max(words, 1)


def _locks(lines: Sequence[str]) -> Iterator[LockedList]:
    """Yield lists of facts that the chapter repeats, which an editor probably wants to keep."""
    counts = Counter((fact.kind, fact.text) for fact in facts_in("\n".join(lines)))
    items = []
    for kind, label in _KINDS.items():
        often = [
            text
            for (found, text), count in counts.most_common()
            if found == kind and count >= _OFTEN and "`" not in text and len(text) > 1
        ]
        if often:
            phrases = ", ".join(f"`{text}`" for text in often[:_MAX_LOCKS])
            items.append(f"{label} that occur {_OFTEN} times or more: {phrases}")
    if items:
        yield LockedList(tuple(items))
