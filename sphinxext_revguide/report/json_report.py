"""The report as JSON: the second contract. ``schema.json`` beside this file describes it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from sphinxext_revguide.issue_fields import reduction_json, report_of, span_json
from sphinxext_revguide.model import STILL_PRESENT
from sphinxext_revguide.patterns import load_library
from sphinxext_revguide.report.checks import problems
from sphinxext_revguide.report.proposed_changes import propose
from sphinxext_revguide.text.facts_ledger import ledger
from sphinxext_revguide.text.measure import count_content_lines, count_words

if TYPE_CHECKING:
    from sphinxext_revguide.book.derived.promises import Promises
    from sphinxext_revguide.book.derived.verdicts import Verdict
    from sphinxext_revguide.book.records import Flagged, LockState, Nearest, Page, PairState
    from sphinxext_revguide.book.view import Book
    from sphinxext_revguide.model import Card, Finding, Guide, Issue, Pair, Sample
    from sphinxext_revguide.patterns.language import Pattern
    from sphinxext_revguide.text.quote_finder import Tracked

Json = dict[str, Any]

SCHEMA_VERSION = 1


def report(book: Book) -> Json:
    """Return everything known about the book, in the same form for identical books."""
    requested = {flagged.finding.fingerprint: flagged for flagged in book.requested}
    pages = sorted(book.pages.items())
    findings = sorted(
        book.findings,
        key=lambda finding: (finding.path, finding.line, finding.pattern, finding.fingerprint),
    )
    replacements = _replacements(book)
    return {
        "schema_version": SCHEMA_VERSION,
        "guides": [
            _guide(book, guide, promised)
            for guide, promised in zip(book.guides, book.promises, strict=True)
        ],
        "issues": [_issue(book, issue) for issue in book.issues],
        "locks": [_lock(state) for state in book.lock_states],
        "passages": [
            {
                "name": state.name,
                "path": state.path,
                "line": state.line,
                "state": state.state,
                "message": state.message,
            }
            for state in book.passage_states
        ],
        "findings": [
            _finding(book, finding, requested.get(finding.fingerprint))
            | {"replacement": replacements.get(finding.fingerprint)}
            for finding in findings
        ],
        "problems": list(_problems(book)),
        "patterns": list(_patterns(book, {finding.pattern for finding in findings})),
        "chapters": [_chapter(name, page) for name, page in pages if page.is_chapter],
    }


def _guide(book: Book, guide: Guide, promised: Promises) -> Json:
    size = guide.baseline
    return {
        "id": guide.id,
        "title": guide.title,
        "docname": guide.docname,
        "chapters": book.chapters_of(guide),
        "baseline": None if size is None else asdict(size),
        "reduction": reduction_json(guide.reduction),
        "effort_hours": span_json(guide.effort),
        "sizes": [
            {
                "unit": measured.unit,
                "now": measured.now,
                "baseline": measured.baseline,
                "target": span_json(measured.target),
                "reduction": measured.reduction,
            }
            for measured in promised.sizes
        ],
        "sample_words": {
            "before": promised.samples.before,
            "after": promised.samples.after,
            "promised": span_json(promised.samples.promised),
            "reduction": promised.samples.reduction,
        },
        "hours": {
            "issues": span_json(promised.hours.issues),
            "done": span_json(promised.hours.done),
            "left": span_json(promised.hours.left),
        },
        "settled": promised.settled,
    }


def _issue(book: Book, issue: Issue) -> Json:
    return {
        "id": issue.id,
        "guide": issue.guide,
        "title": issue.title,
        **report_of(issue),
        "progress": book.progress(issue),
        "docname": issue.docname,
        "line": issue.line,
        "card": issue.address,
        "samples": [_pair(pair, book.pair_state(issue.docname, pair)) for pair in issue.pairs],
    }


def _pair(pair: Pair, state: PairState) -> Json:
    return {
        "before": _sample(pair.before, state.before),
        "after": _sample(pair.after, state.after),
        "standing": state.state,
        "applied": state.state == "applied",
        "where": _where(state.before),
        "facts": _facts(pair),
    }


def _facts(pair: Pair) -> Json | None:
    if pair.texts is None:
        return None
    found = ledger(*pair.texts)
    facts: Json = {
        name: [{"kind": fact.kind, "text": fact.text} for fact in listed]
        for name, listed in (("kept", found.kept), ("lost", found.lost), ("new", found.new))
    }
    facts["shifts"] = [
        {
            "kind": shift.kind,
            "before": shift.before,
            "after": shift.after,
            "sentence": shift.sentence,
        }
        for shift in found.shifts
    ]
    return facts


def _where(found: Tracked) -> Json | None:
    if not found.passages:
        return None
    return {"docname": found.docname, "line": found.passages[0].line}


def _sample(sample: Sample | None, found: Tracked) -> Json | None:
    if sample is None:
        return None
    return {
        "words": count_words(sample.text),
        "lines": count_content_lines(sample.text),
        "found": found.share,
        "passages": [
            {
                "docname": found.docname,
                "path": passage.path,
                "line": passage.line,
                "end_line": passage.end_line,
                "share": passage.share,
            }
            for passage in found.passages
        ],
    }


def _lock(state: LockState) -> Json:
    lock = state.lock
    places = state.found or ((),) * len(lock.phrases)
    others = state.nearest or (None,) * len(lock.phrases)
    return {
        "guide": lock.guide,
        "text": lock.text,
        "phrases": [
            {
                "phrase": phrase,
                "found": [{"docname": docname, "line": line} for docname, line in found],
                "nearest": _nearest(nearest),
            }
            for phrase, found, nearest in zip(lock.phrases, places, others, strict=True)
        ],
        "state": state.state,
    }


def _nearest(nearest: Nearest | None) -> Json | None:
    if nearest is None:
        return None
    return {
        "docname": nearest.docname,
        "path": nearest.path,
        "line": nearest.line,
        "text": nearest.text,
    }


def _finding(book: Book, finding: Finding, requested: Flagged | None) -> Json:
    allowed = book.allowance_for(finding)
    state = book.verdict_state
    stays = allowed is not None or state.is_dismissed(finding)
    return {
        "pattern": finding.pattern,
        "docname": finding.docname,
        "path": finding.path,
        "line": finding.line,
        "end_line": finding.end_line,
        "message": finding.message,
        "evidence": list(finding.evidence),
        "against": list(finding.against),
        "excuses": list(finding.excuses),
        "score": finding.score,
        "threshold": finding.threshold,
        "strict": finding.strict,
        "limit": finding.limit.value,
        "issues": [issue.id for issue in requested.issues] if requested else [],
        "cards": [issue.address for issue in requested.issues] if requested else [],
        "requested": requested is not None,
        "flagged": requested is not None and not stays,
        "allowed": {"reason": allowed.reason} if allowed else None,
        "verdict": _verdict(state.fitting.get(finding.fingerprint)),
        "known": finding.fingerprint in book.baseline_state.known,
        "section": finding.section,
        "content": finding.content,
        "fingerprint": finding.fingerprint,
    }


def _verdict(verdict: Verdict | None) -> Json | None:
    if verdict is None:
        return None
    return {name: getattr(verdict, name) for name in ("verdict", "reason", "by", "date")}


def _replacements(book: Book) -> dict[str, Json]:
    """Return what would replace each BEFORE that is still in the book, by fingerprint."""
    present = [flagged for flagged in book.flagged if flagged.finding.pattern == STILL_PRESENT]
    issues = {issue.card: issue for flagged in present for issue in flagged.issues}
    quotes: dict[Card, list[Finding]] = {card: [] for card in issues}
    for flagged in present:
        for card in dict.fromkeys(issue.card for issue in flagged.issues):
            quotes[card].append(flagged.finding)
    proposal = propose(book, sorted(issues.values(), key=lambda issue: (issue.id, issue.card)))
    found: dict[str, Json] = {}
    for change in proposal.changes:
        place = change.place
        for finding in quotes[change.issue.card]:
            lines_meet = finding.line <= place.end_line and place.line <= finding.end_line
            if finding.path == change.path and lines_meet:
                found[finding.fingerprint] = {
                    "line": place.line,
                    "end_line": place.end_line,
                    "text": proposal.replaced_lines(change),
                }
    return found


def _problems(book: Book) -> Iterator[Json]:
    """Yield what a build reports besides findings; places in a message do not identify it."""
    seen: Counter[str] = Counter()
    for problem in problems(book):
        key = f"{problem.subtype}\0{problem.path}\0{re.sub(':[0-9]+', '', problem.message)}"
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()
        yield {
            "type": problem.subtype,
            "path": problem.path,
            "line": problem.line,
            "message": problem.message,
            "fingerprint": digest[:16],
        }


def _is_shipped(pattern: Pattern) -> bool:
    """Return whether a pattern is a shipped one, even if its limits have been moved."""
    shipped = load_library().patterns.get(pattern.id)
    return shipped is not None and replace(shipped, forms=()) == replace(pattern, forms=())


def _patterns(book: Book, found: set[str]) -> Iterator[Json]:
    for name in sorted(found & set(book.library.patterns)):
        pattern = book.library.patterns[name]
        yield {
            "id": name,
            "title": pattern.title,
            "what": pattern.what,
            "why": pattern.why,
            "instead": pattern.instead,
            "shipped": _is_shipped(pattern),
        }


def _chapter(docname: str, page: Page) -> Json:
    return {
        "docname": docname,
        "path": page.path,
        "bytes": page.size.bytes,
        "lines": page.size.lines,
        "content_lines": page.size.content_lines,
        "words": page.size.words,
        "findings": len(page.findings),
    }
