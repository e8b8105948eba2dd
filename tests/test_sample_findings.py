"""What a build reports of samples: which of two is there, where, and by which fingerprint."""

from __future__ import annotations

import pytest

from sphinxext_revguide.book.derived.sample_states import _word_for, pair_states, still_present
from sphinxext_revguide.model import STILL_PRESENT, Finding, Issue, Pair, Sample
from sphinxext_revguide.text.digests import digest
from sphinxext_revguide.text.nearer_sample import Nearer
from sphinxext_revguide.text.quote_finder import Tracked
from sphinxext_revguide.text.word_index import Source

WORDS = [f"berth{number}" for number in range(60)]
ONE, TWO, THREE = (" ".join(WORDS[start : start + 20]) for start in (0, 20, 40))
GAP = "Nobody counts the boats of the old fleet. " * 20


@pytest.mark.parametrize(
    ("before", "after", "closer", "state"),
    [
        # How much of each is there, and whether these words are its own.
        ((0.7, True), (0.7, True), None, "partly"),
        ((0.7, False), (0.7, True), None, "partly"),
        ((0.7, True), (0.7, False), None, "standing"),
        ((0.5, True), (0.7, True), None, "applied"),
        ((0.5, False), (0.7, True), None, "applied"),
        ((0.1, False), (0.7, True), None, "applied"),
        ((0.5, True), (0.7, False), None, "applied"),
        ((0.5, False), (0.7, False), None, "partly"),
        ((0.1, False), (0.7, False), None, "not-found"),
        ((0.1, True), (0.5, True), None, "not-found"),
        # Shares that are just enough.
        ((0.6, True), (0.1, True), None, "standing"),
        ((0.1, True), (0.6, True), None, "applied"),
        ((0.6, True), (0.6, True), None, "partly"),
        ((0.5, False), (0.6, True), None, "applied"),
        ((0.5, True), (0.6, False), None, "applied"),
        ((0.3, True), (0.1, True), None, "partly"),
        ((0.1, False), (0.6, True), Nearer.AFTER, "applied"),
        ((0.6, True), (0.6, True), Nearer.AFTER, "partly"),
        ((0.6, True), (0.1, True), Nearer.BEFORE, "standing"),
        # Where their differences show which of them is there.
        ((0.7, True), (0.7, True), Nearer.BEFORE, "standing"),
        ((0.5, True), (0.7, True), Nearer.BEFORE, "partly"),
        ((0.7, True), (0.7, True), Nearer.AFTER, "partly"),
        ((0.7, False), (0.7, True), Nearer.AFTER, "applied"),
        ((0.5, True), (0.7, True), Nearer.AFTER, "applied"),
        ((0.7, True), (0.5, True), Nearer.AFTER, "partly"),
        ((0.7, True), (0.7, True), Nearer.MIXED, "partly"),
        ((0.1, True), (0.3, True), Nearer.AFTER, "partly"),
        ((0.3, True), (0.1, True), Nearer.AFTER, "partly"),
        ((0.1, True), (0.2, True), Nearer.AFTER, "not-found"),
    ],
)
def test_the_state_of_a_pair(
    before: tuple[float, bool], after: tuple[float, bool], closer: Nearer | None, state: str
) -> None:
    here, there = (
        Tracked(share, "pier", (), words=50, has_own=own) for share, own in (before, after)
    )
    assert _word_for(here, there, closer) == state


@pytest.mark.parametrize(
    ("words", "share", "state"),
    [(0, 1.0, "unknown"), (40, 0.4, "not-found"), (40, 0.5, "partly"), (41, 0.4, "partly")],
)
def test_a_short_sample_has_to_be_there_by_half(words: int, share: float, state: str) -> None:
    assert _word_for(Tracked(share, "pier", (), words), Tracked(), None) == state


def reported(chapter: str, *issues: Issue) -> list[tuple[Finding, tuple[Issue, ...]]]:
    """Return what a build reports of the samples of issues in a chapter."""
    sources = {"pier": (Source("pier.md", chapter),)}
    states, _known = pair_states(issues, {"port": ["pier"]}, sources, {})
    return still_present(issues, states, {})


def issue(number: int, *befores: str, page: str = "guide") -> Issue:
    pairs = tuple(Pair(Sample(text), None, line=line) for line, text in enumerate(befores, 1))
    return Issue("port", number, "T", docname=page, pairs=pairs)


def test_the_places_of_a_sample_are_named_the_one_with_most_of_it_first() -> None:
    most, least = " ".join(WORDS[:40]), " ".join(WORDS[40:55])
    chapter = f"{least}\n\n{GAP}\n\n{most}\n\n{GAP}\n\nBoats.\n"
    [(finding, _issues)] = reported(chapter, issue(1, f"{most} {least}"))
    assert (finding.path, finding.line, finding.end_line) == ("pier.md", 5, 5)
    assert "100% of its 55 words are here, others on line 1" in finding.message


def test_a_finding_says_how_much_of_a_sample_is_there() -> None:
    [(finding, _issues)] = reported(" ".join(WORDS[:48]), issue(1, " ".join(WORDS)))
    assert finding.message.endswith("80% of its 60 words are here")
    assert finding.score == pytest.approx(0.8)


def test_fingerprints_stay_as_recorded_files_contain_them() -> None:
    chapter = f"{ONE}\n\n{GAP}\n\n{TWO}\n\n{GAP}\n\n{THREE}\n"
    first = issue(1, ONE, TWO)
    copies = [issue(1, THREE, page=page) for page in ("second", "third")]
    found = [finding.fingerprint for finding, _issues in reported(chapter, first, *copies[:1])]
    own = [digest(STILL_PRESENT, first.id, number) for number in (1, 2)]
    assert found == [*own, digest(own[0], "second", 1)]
    of_both = [finding.fingerprint for finding, _ in reported(f"{ONE}\n\n{THREE}", *copies)]
    assert of_both == [own[0]], "issues of one id that quote one passage have one finding"


def test_issues_of_one_id_are_counted() -> None:
    pages = ("guide", "second", "third")
    texts = (ONE, TWO, THREE)
    issues = [issue(1, text, page=page) for text, page in zip(texts, pages, strict=True)]
    chapter = f"\n\n{GAP}\n\n".join(texts)
    found = [finding.fingerprint for finding, _issues in reported(chapter, *issues)]
    own = digest(STILL_PRESENT, issues[0].id, 1)
    assert found == [own, digest(own, "second", 1), digest(own, "third", 2)]


def test_two_samples_on_one_line_are_two_findings() -> None:
    found = reported(f"{ONE}. {TWO}.", issue(1, ONE), issue(2, TWO))
    assert [[one.number for one in issues] for _finding, issues in found] == [[1], [2]]
    assert {finding.line for finding, _issues in found} == {1}


@pytest.mark.parametrize(("shared", "findings"), [(16, 1), (15, 2)])
def test_samples_on_one_line_that_share_most_words_quote_one_passage(
    shared: int, findings: int
) -> None:
    other = " ".join([*WORDS[20 - shared : 20], *WORDS[20 : 40 - shared]])
    assert len(reported(f"{ONE} {TWO}", issue(1, ONE), issue(2, other))) == findings
