"""The states of samples: which BEFOREs are still in the chapters, and which AFTERs are there.

Found once for each pair, again only in chapters that have changed, and kept with the environment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sphinxext_revguide.book.records import UNKNOWN_PAIR, PairState, TrackedGuide, Tracking
from sphinxext_revguide.model import (
    STILL_PRESENT,
    STILL_PRESENT_TITLE,
    Finding,
    Issue,
    LockedPassage,
    Pair,
    Status,
)
from sphinxext_revguide.quick_records import record
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.in_words import counted, lines_in_words
from sphinxext_revguide.text.nearer_sample import Nearer, nearer
from sphinxext_revguide.text.quote_finder import (
    PARTLY,
    STANDING,
    Files,
    Sought,
    Tracked,
    search_all,
)
from sphinxext_revguide.text.sample_descriptions import is_description
from sphinxext_revguide.text.sample_words import quoted_text, words_in
from sphinxext_revguide.text.word_index import Source

PairKey = tuple[str, str, int]
"""The page of a pair, the file that contains it, and its line there."""


def pair_states(
    issues: Iterable[Issue],
    chapters: Mapping[str, Sequence[str]],
    sources: Mapping[str, Sequence[Source]],
    known: Tracking,
    recorded: Container[str] = (),
) -> tuple[dict[PairKey, PairState], Tracking]:
    """Find the state of every pair of some issues.

    :param chapters: the docnames of each guide's chapters.
    :param sources: the files that each page is made of; only chapters are looked up.
    :param known: the results of the last call; only changed chapters are searched again.
    :param recorded: fingerprints of findings in a committed file. A sample that is in no chapter
        counts as removed if its fingerprint is among them or its issue is marked as applied;
        otherwise nothing shows that it ever was in the book.
    :returns: the state of each pair, and what to pass to the next call as ``known``.
    """
    kept: Tracking = {}
    states: dict[PairKey, PairState] = {}
    by_guide: dict[str, list[Issue]] = {}
    issues = list(issues)
    fingerprints = _fingerprints(issues)
    for issue in issues:
        by_guide.setdefault(issue.guide, []).append(issue)
    searches = _prepared(by_guide, chapters, sources, known)
    search_all(group for search in searches.values() for group in search.groups)
    for guide, of_guide in by_guide.items():
        search = searches[guide]
        for issue in of_guide:
            for pair in issue.pairs:
                key = issue.docname, pair.path, pair.line
                state = search.state(pair)
                was_there = issue.status is Status.APPLIED or fingerprints[key] in recorded
                if state.state == "not-found" and was_there:
                    state = replace(state, state="gone")
                states[key] = state
        kept[guide] = search.digests, search.found
    _gone_together(by_guide, states)
    return states, kept


def _prepared(
    by_guide: Mapping[str, Sequence[Issue]],
    chapters: Mapping[str, Sequence[str]],
    sources: Mapping[str, Sequence[Source]],
    known: Tracking,
) -> dict[str, _Search]:
    """Return the search of each guide; all are run together, because guides share chapters."""
    digests: dict[str, str] = {}
    searches: dict[str, _Search] = {}
    for guide, issues in by_guide.items():
        docnames = chapters.get(guide, ())
        for docname in docnames:
            if docname not in digests:
                digests[docname] = digest(*(source.digest for source in sources[docname]))
        search = _Search({name: digests[name] for name in docnames}, sources, known.get(guide))
        for issue in issues:
            for pair in issue.pairs:
                search.add(pair)
        searches[guide] = search
    return searches


def _gone_together(
    by_guide: Mapping[str, Sequence[Issue]], states: dict[PairKey, PairState]
) -> None:
    """Mark a sample that was not found as gone if a similar one is gone.

    If several issues quote one passage, a baseline knows only the finding of the first.
    """
    pairs = {
        (issue.docname, pair.path, pair.line): _words_of_sample(pair.before.text)
        for issues in by_guide.values()
        for issue in issues
        for pair in issue.pairs
        if pair.before
    }
    gone = [words for key, words in pairs.items() if states[key].state == "gone"]
    for key, words in pairs.items():
        if states[key].state == "not-found" and any(_are_one(words, other) for other in gone):
            states[key] = replace(states[key], state="gone")


def _texts(pair: Pair) -> tuple[str, str]:
    """Return the texts of both samples."""
    return pair.before.text if pair.before else "", pair.after.text if pair.after else ""


@record(frozen=True, slots=True)
class _Candidates:
    """What an earlier search found of a sample, if it is still valid, and the new search."""

    known: Tracked | None
    sought: Sought | None


class _Search:
    """Searches for the samples of one guide, except where earlier results are still valid."""

    def __init__(
        self,
        digests: dict[str, str],
        sources: Mapping[str, Sequence[Source]],
        known: TrackedGuide | None,
    ) -> None:
        before, self.known = known or ({}, {})
        self.digests = digests
        self.found: dict[str, PairState] = {}
        same = {name: text for name, text in digests.items() if before.get(name) == text}
        if [*same] != [name for name in before if name in same]:
            same = {}  # Of two chapters that hold as much, the first counts.
        self.same = same.keys()
        self.order = {name: number for number, name in enumerate(digests)}
        self.sources = [(name, source) for name in digests for source in sources[name]]
        self.fresh = [(name, source) for name, source in self.sources if name not in self.same]
        self._candidates: dict[str, tuple[_Candidates, _Candidates]] = {}
        self._everywhere: list[Sought] = []
        self._in_fresh: list[Sought] = []

    @property
    def groups(self) -> list[tuple[Files, list[Sought]]]:
        """What to search for, and where, before any state is requested."""
        return [(self.sources, self._everywhere), (self.fresh, self._in_fresh)]

    def add(self, pair: Pair) -> None:
        """Prepare the search for a pair."""
        old, new = _texts(pair)
        key = digest(old, new)
        if self._is_searched_for(pair) and key not in self._candidates:
            known = self.known.get(key)
            self._candidates[key] = (
                self._prepare(old, new, known.before if known else None),
                self._prepare(new, old, known.after if known else None),
            )

    def _prepare(self, sample: str, other: str, known: Tracked | None) -> _Candidates:
        if known is not None and known.docname and known.docname not in self.same:
            known = None
        if known is not None and not self.fresh:
            return _Candidates(known, None)
        sought = Sought(sample, other)
        (self._everywhere if known is None else self._in_fresh).append(sought)
        return _Candidates(known, sought)

    def _is_searched_for(self, pair: Pair) -> bool:
        before = pair.before
        return bool(self.sources and before and before.text and not before.instruction)

    def state(self, pair: Pair) -> PairState:
        """Return the state of a pair that was added, after the search."""
        if not self._is_searched_for(pair):
            return UNKNOWN_PAIR
        old, new = _texts(pair)
        key = digest(old, new)
        if key not in self.found:
            known = self.known.get(key)
            before, after = map(self._best, self._candidates[key])
            stay = {before.docname, after.docname} <= {"", *self.same}
            if known and stay and (before, after) == (known.before, known.after):
                self.found[key] = known
            else:
                state = _word_for(before, after, self._nearer(old, new, before, after))
                if state == "not-found" and is_description(old):
                    state = "unknown"
                self.found[key] = PairState(state, before, after)
        return self.found[key]

    def _nearer(self, old: str, new: str, before: Tracked, after: Tracked) -> Nearer | None:
        if not new:
            return None
        names = {found.docname for found in (before, after) if found.docname}
        old, new = quoted_text(old), quoted_text(new)
        return nearer(old, new, [source.text for name, source in self.sources if name in names])

    def _best(self, candidates: _Candidates) -> Tracked:
        known, sought = candidates.known, candidates.sought
        if known is None or sought is None:
            return known or (sought.best if sought else Tracked())
        return max(known, sought.best, key=self._rank)

    def _rank(self, found: Tracked) -> tuple[float, int]:
        return found.share, -self.order.get(found.docname, 0)


def _word_for(before: Tracked, after: Tracked, closer: Nearer | None) -> str:
    """Return the state of a pair.

    An AFTER that only deletes words has none of its own: it is there as long as the BEFORE is, and
    is applied once the deleted words are gone.

    :param closer: which of the two is in the chapter, as far as their differences show it.
    """
    if not before.words:
        return "unknown"
    partly = PARTLY if before.words > _SHORT else _HALF
    there = before.share >= partly or after.share >= PARTLY
    if closer is not None and there:
        if closer is Nearer.AFTER and after.share >= STANDING:
            # A BEFORE whose markup is not reduced to words is never there word for word.
            hidden = before.has_own and before.share >= STANDING
            return "partly" if hidden else "applied"
        return "standing" if closer is Nearer.BEFORE and before.share >= STANDING else "partly"
    if after.share >= STANDING and after.has_own and before.share < STANDING:
        return "applied"
    if before.share >= STANDING:
        return "partly" if after.share >= STANDING and after.has_own else "standing"
    if after.share >= STANDING and before.has_own:
        return "applied"
    return "partly" if before.share >= partly else "not-found"


_SHORT, _HALF = 40, 0.5
"""Less than half of a sample of up to 40 words may occur in any sentence of the same form."""


def progress(states: Iterable[PairState]) -> str:
    """Return the combined state of several samples."""
    known = {state.state for state in states} - {"unknown"}
    if not known:
        return "unknown"
    if len(known) == 1:
        return known.pop()
    if known == {"gone", "not-found"}:
        return "gone"
    return "applied" if known <= {"applied", "gone", "not-found"} else "partly"


def still_present(
    issues: Sequence[Issue],
    states: Mapping[PairKey, PairState],
    passages: Mapping[str, Sequence[LockedPassage]],
) -> list[tuple[Finding, tuple[Issue, ...]]]:
    """Return a finding for each BEFORE that is still in the book, whole or in part, and its issues.

    A passage that several issues quote has one finding, that of the first issue.

    :param states: what :func:`pair_states` returns.
    :param passages: the locked passages of each page; a sample in one of them is not reported,
        because it must not change.
    """
    found: dict[str, list[_Present]] = {}
    fingerprints = _fingerprints(issues)
    for issue in issues:
        if not issue.status.flags:
            continue
        pairs: dict[str, Pair] = {}
        for pair in issue.pairs:  # several AFTERs for one BEFORE are alternatives
            pairs.setdefault(_texts(pair)[0], pair)
        for text, pair in pairs.items():
            key = issue.docname, pair.path, pair.line
            if not states[key].is_present:
                continue
            finding = _finding(issue, fingerprints[key], states[key].before)
            if any(_holds(locked, finding) for locked in passages.get(finding.docname, ())):
                continue
            here = found.setdefault(finding.path, [])
            words = _words_of_sample(text)
            same = next((present for present in here if present.quotes(finding, words)), None)
            if same:
                same.issues.append(issue)
            else:
                here.append(_Present(finding, words, [issue]))
    return [
        (present.finding, tuple(dict.fromkeys(present.issues)))
        for on in found.values()
        for present in on
    ]


@lru_cache(maxsize=4096)
def _words_of_sample(text: str) -> frozenset[str]:
    return frozenset(words_in(quoted_text(text)))


@dataclass
class _Present:
    """A sample that is still in the book, its words, and the issues that quote the passage."""

    finding: Finding
    words: frozenset[str]
    issues: list[Issue]

    def quotes(self, other: Finding, words: frozenset[str]) -> bool:
        """Return whether another sample quotes the same passage; each may leave out a part."""
        mine = self.finding
        meet = mine.line <= other.end_line and other.line <= mine.end_line
        return meet and _are_one(self.words, words)


def _are_one(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _SAME * min(len(words), len(others)) > 0


_SAME = 0.8
"""Two samples at one place quote the same passage if this share of the shorter one is in the other.
"""


def _holds(passage: LockedPassage, finding: Finding) -> bool:
    return passage.path == finding.path and passage.line <= finding.line <= passage.end_line


def _fingerprints(issues: Iterable[Issue]) -> dict[PairKey, str]:
    """Return the fingerprint of the finding of each pair, by which baselines and verdicts know it.

    If issues share an id, the first keeps the fingerprint.
    """
    seen: Counter[str] = Counter()
    fingerprints: dict[PairKey, str] = {}
    for issue in issues:
        for number, pair in enumerate(issue.pairs, 1):
            own = digest(STILL_PRESENT, issue.id, number)
            repeated = (issue.docname, seen[own]) if seen[own] else ()
            seen[own] += 1
            key = issue.docname, pair.path, pair.line
            fingerprints[key] = digest(own, *repeated) if repeated else own
    return fingerprints


def _finding(issue: Issue, content: str, found: Tracked) -> Finding:
    place = found.passages[0]
    percent = round(100 * found.share)
    what = f"{percent}% of its {counted(found.words, 'word')}"
    others = sorted((passage.line, passage.end_line) for passage in found.passages[1:])
    also = f", others on {lines_in_words(others)}" if others else ""
    evidence = f"{what} are here{also}"
    return Finding(
        pattern=STILL_PRESENT,
        docname=found.docname,
        path=place.path,
        line=place.line,
        end_line=place.end_line,
        message=f"{STILL_PRESENT_TITLE}: {evidence}",
        evidence=(evidence,),
        fingerprint=content,
        content=content,
        section=issue.id,
        excuses=("fewer of its words are in the chapter",),
        score=found.share,
        threshold=PARTLY,
    )
