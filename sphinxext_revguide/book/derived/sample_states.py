"""What has become of the samples: which of a guide's BEFOREs still stand, which AFTERs are there.

Found once for each pair, again only in chapters that have changed, and kept with the environment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sphinxext_revguide.book.detection import digest
from sphinxext_revguide.book.records import Flagged, PairState
from sphinxext_revguide.model import Finding, Issue, Pair
from sphinxext_revguide.text.quote_finder import PARTLY, STANDING, Tracked, track

if TYPE_CHECKING:
    from sphinxext_revguide.book.store import Book

PATTERN = "standing"
"""The subtype of the warning: a sample that stands is the most direct pattern of all."""

PairKey = tuple[str, str, int]
"""The page of a pair, the file in which it stands, and its line there."""


def pair_states(book: Book) -> dict[PairKey, PairState]:
    """Return what has become of every pair of the book.

    What was found before is looked for again only in chapters that have changed.
    """
    known: dict[str, _Kept] = book.data["tracked"]
    kept: dict[str, _Kept] = {}
    states: dict[PairKey, PairState] = {}
    chapters = book.chapters_by_guide()
    digests: dict[str, str] = {}
    for guide in dict.fromkeys(issue.guide for issue in book.issues()):
        docnames = chapters.get(guide, [])
        for name in docnames:
            if name not in digests:
                digests[name] = digest(*(source.digest for source in book.sources(name)))
        search = _Search(book, {name: digests[name] for name in docnames}, known.get(guide))
        for issue in book.issues_of(guide):
            for pair in issue.pairs:
                states[issue.docname, pair.path, pair.line] = search.state(pair)
        kept[guide] = search.digests, search.found
    book.data["tracked"] = kept
    return states


_Kept = tuple[dict[str, str], dict[str, PairState]]
"""Of a guide: a digest of the text of each chapter, in order, and what was found of each pair."""


class _Search:
    """Looks for the samples of one guide, where they may be found elsewhere than before."""

    def __init__(self, book: Book, digests: dict[str, str], known: _Kept | None) -> None:
        before, self.known = known or ({}, {})
        self.digests = digests
        self.found: dict[str, PairState] = {}
        same = {name: text for name, text in digests.items() if before.get(name) == text}
        if [*same] != [name for name in before if name in same]:
            same = {}  # Of two chapters that hold as much, the first counts.
        self.same = same.keys()
        self.order = {name: number for number, name in enumerate(digests)}
        self.sources = [(name, source) for name in digests for source in book.sources(name)]
        self.fresh = [one for one in self.sources if one[0] not in self.same]

    def state(self, pair: Pair) -> PairState:
        """Return what has become of a pair."""
        old = pair.before.text if pair.before else ""
        new = pair.after.text if pair.after else ""
        if not self.sources or not old:
            return PairState("unknown", Tracked(), Tracked())
        key = digest(old, new)
        if key not in self.found:
            known = self.known.get(key)
            before = self._track(old, new, known.before if known else None)
            after = self._track(new, old, known.after if known else None)
            self.found[key] = PairState(_word_for(before, after), before, after)
        return self.found[key]

    def _track(self, sample: str, other: str, known: Tracked | None) -> Tracked:
        if known is None or (known.docname and known.docname not in self.same):
            return track(sample, other, self.sources)
        if not self.fresh:
            return known
        return max(known, track(sample, other, self.fresh), key=self._rank)

    def _rank(self, found: Tracked) -> tuple[float, int]:
        return found.share, -self.order.get(found.docname, 0)


def _word_for(before: Tracked, after: Tracked) -> str:
    """Say what has become of a pair.

    An AFTER that only cuts has no words of its own: it is there as long as the BEFORE is, and
    applied once what it cuts is gone.
    """
    if not before.words:
        return "unknown"
    if after.share >= STANDING and after.has_own and before.share < STANDING:
        return "applied"
    if before.share >= STANDING:
        return "partly" if after.share >= STANDING and after.has_own else "standing"
    if after.share >= STANDING and before.has_own:
        return "applied"
    return "partly" if before.share >= PARTLY else "gone"


def progress(book: Book, issue: Issue) -> str:
    """Say what has become of all samples of an issue together."""
    states = [book.pair_state(issue.docname, pair).state for pair in issue.pairs]
    known = {state for state in states if state != "unknown"}
    if not known:
        return "unknown"
    if len(known) == 1:
        return known.pop()
    return "applied" if known == {"applied", "gone"} else "partly"


def standing(book: Book) -> Iterator[Flagged]:
    """Yield a finding for each BEFORE that still stands, whole or in part."""
    for issue in book.issues():
        if not issue.status.flags:
            continue
        told = set()
        for number, pair in enumerate(issue.pairs, 1):
            text = pair.before.text if pair.before else ""
            if text in told:  # several AFTERs for one BEFORE are alternatives
                continue
            told.add(text)
            state = book.pair_state(issue.docname, pair)
            if state.state in ("standing", "partly"):
                finding = _finding(book, issue, number, state.before)
                if _is_locked(book, finding):
                    continue
                yield Flagged(finding, (issue,), book.allowance_for(finding))


def _is_locked(book: Book, finding: Finding) -> bool:
    """Tell whether a sample stands in a locked passage, which is not to change."""
    return any(
        one.path == finding.path and one.line <= finding.line <= one.end_line
        for one in book.pages[finding.docname].passages
    )


def _finding(book: Book, issue: Issue, number: int, found: Tracked) -> Finding:
    place = found.passages[0]
    percent = round(100 * found.share)
    what = f"{percent} % of its {found.words} words"
    others = [f"{one.line}-{one.end_line}" for one in found.passages[1:]]
    also = f", further ones on lines {', '.join(others)}" if others else ""
    evidence = f"{what} are here{also}"
    content = digest(PATTERN, issue.id, number)
    return Finding(
        pattern=PATTERN,
        docname=found.docname,
        path=book.relative(place.path),
        line=place.line,
        end_line=place.end_line,
        message=f"A sample that is to be replaced still stands: {evidence}",
        evidence=(evidence,),
        fingerprint=content,
        content=content,
        section=issue.id,
        excuses=("less of it stands",),
        score=found.share,
        threshold=PARTLY,
    )
