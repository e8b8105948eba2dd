"""What an earlier search found of a sample counts again only where it is still valid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from sphinxext_revguide.book.derived import sample_states
from sphinxext_revguide.book.derived.sample_states import pair_states
from sphinxext_revguide.book.records import PairState, Tracking
from sphinxext_revguide.model import Issue, Pair, Sample
from sphinxext_revguide.text import quote_finder
from sphinxext_revguide.text.quote_finder import Sought
from sphinxext_revguide.text.word_index import Source, WordIndex

OLD = "The lamp was lit at dusk by the keeper of the pier, and nobody had told the old ferry."
NEW = "Agnes Lund lit a lantern that evening. The ferry found out about it when she struck a mole."
PART = "The lamp was lit at dusk by the keeper of the pier."
OTHER = "Dues are paid before noon."
TEXTS = {"o": OLD, "n": NEW, "p": PART, "-": OTHER, "b": f"{OLD}\n\n{NEW}"}


def issue_of(*pairs: Pair) -> Issue:
    return Issue("port", "1", "T", docname="guide", pairs=pairs)


ISSUE = issue_of(Pair(Sample(OLD), Sample(NEW), line=3))


def tracked(
    chapters: Sequence[tuple[str, str]], known: Tracking, issue: Issue = ISSUE
) -> tuple[list[PairState], Tracking]:
    """Return the states of the samples in chapters, each with a name and a letter for its text."""
    sources = {name: (Source(f"{name}.md", TEXTS[text]),) for name, text in chapters}
    states, known = pair_states([issue], {"port": [*sources]}, sources, known)
    return [*states.values()], known


ORDERS = ("ab", "ba", "a", "abc")
BOOKS = [
    tuple(zip(order, texts, strict=True))
    for order in ORDERS
    for texts in product("onp-b" if len(order) < 3 else "o-", repeat=len(order))
]


@pytest.mark.parametrize("earlier", BOOKS[::2], ids=str)
def test_a_book_that_has_changed_is_like_one_read_for_the_first_time(
    earlier: tuple[tuple[str, str], ...],
) -> None:
    _states, known = tracked(earlier, {})
    for now in BOOKS:
        assert tracked(now, known) == tracked(now, {}), now


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the files that are searched."""
    files: list[str] = []

    class Counted(WordIndex):
        def __init__(self, source: Source) -> None:
            super().__init__(source)
            files.append(source.path.removesuffix(".md"))

    monkeypatch.setattr(quote_finder, "WordIndex", Counted)
    return files


@pytest.mark.parametrize(
    ("now", "searched"),
    [
        ("a=o b=-", []),
        ("a=o b=n", ["b"]),
        ("a=o b=- c=-", ["c"]),
        ("a=o", []),
        ("a=n b=-", ["a", "b"]),
        ("b=- a=o", ["b", "a"]),
        ("b=-", ["b"]),
    ],
)
def test_only_what_has_changed_is_searched_again(
    cut: list[str], now: str, searched: list[str]
) -> None:
    _states, known = tracked([("a", "o"), ("b", "-")], {})
    cut.clear()
    tracked([(name, text) for name, _equals, text in (one.partition("=") for one in now.split())],
            known)  # fmt: skip
    assert cut == searched


def test_samples_in_chapters_that_stay_are_not_compared_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states, known = tracked([("a", "o"), ("b", "n")], {})
    monkeypatch.delattr(sample_states, "nearer")
    assert tracked([("a", "o"), ("b", "n")], known) == (states, known)
    assert tracked([("a", "o"), ("b", "n"), ("c", "-")], known)[0] == states


def test_samples_of_one_chapter_that_stays_are_not_compared_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states, known = tracked([("a", "o")], {})
    monkeypatch.delattr(sample_states, "nearer")
    assert tracked([("a", "o")], known) == (states, known)


def test_a_letter_that_changes_decides_again() -> None:
    texts = [PART, PART.replace("keeper", "Keeper")]
    issue = issue_of(Pair(Sample(texts[0]), Sample(texts[1]), line=3))
    known: Tracking = {}
    found: list[PairState] = []
    for text in texts:
        sources = {"a": (Source("a.md", text),)}
        states, known = pair_states([issue], {"port": ["a"]}, sources, known)
        found += states.values()
    assert [state.state for state in found] == ["standing", "applied"]
    assert (found[0].before, found[0].after) == (found[1].before, found[1].after)


def test_a_sample_is_searched_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Counted(Sought):
        def __init__(self, sample: str, other: str | None) -> None:
            super().__init__(sample, other)
            made.append(sample)

    monkeypatch.setattr(sample_states, "Sought", Counted)
    pairs = [
        Pair(Sample(OLD), Sample(NEW), line=3), Pair(Sample(OLD), Sample(NEW), line=9),
        Pair(Sample("Cut this.", instruction=True), None, line=12), Pair(None, None, line=15),
    ]  # fmt: skip
    states, _known = tracked([("a", "o")], {}, issue_of(*pairs))
    assert made == [OLD, NEW]
    assert [state.state for state in states] == ["standing", "standing", "unknown", "unknown"]
