"""What has become of the samples of an issue: still present, rewritten, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakSet

import pytest

from sphinxext_revguide.book.derived.sample_states import pair_states, progress, still_present
from sphinxext_revguide.book.records import UNKNOWN_PAIR, Tracking
from sphinxext_revguide.model import Issue, Pair, Sample, Status
from sphinxext_revguide.text import quote_finder
from sphinxext_revguide.text.quote_finder import track
from sphinxext_revguide.text.word_index import Source, WordIndex
from tests.conftest import Book
from tests.harbour_book import BEFORE, CHAPTER, REWRITTEN, book_of

NewBook = Callable[..., Book]


def state_in(before: str, after: str, chapter: str) -> str:
    issue = Issue("port", "1", "T", pairs=(Pair(Sample(before), Sample(after)),))
    sources = {"harbour": (Source("harbour.md", chapter),)}
    states, _known = pair_states([issue], {"port": ["harbour"]}, sources, {})
    [state] = states.values()
    return state.state


MOVED = (
    "The lamp was lit at dusk by the keeper. Nobody had told the master of the old ferry.",
    "Nobody had told the master of the old ferry. The lamp was lit at dusk by the keeper.",
)


@pytest.mark.parametrize(("held", "state"), [*zip(MOVED, ("standing", "applied"), strict=True)])
def test_the_order_of_sentences_decides(held: str, state: str) -> None:
    assert state_in(*MOVED, f"# Pier\n\n{held}\n") == state


def test_sentences_that_were_moved_and_touched_are_there_once() -> None:
    before = (
        "The lamp was lit at dusk by the keeper of the pier. Nobody had told the master of the old "
        "ferry about it. He came in without a light and found the mole with his bow."
    )
    after = (
        "He came in without a light and struck the mole with his bow. The lamp was lit at seven by "
        "the keeper of the pier. Not a soul had told the master of the old ferry about it."
    )
    assert state_in(before, after, f"# Pier\n\n{after}\n") == "applied"
    assert state_in(before, after, f"# Pier\n\n{before}\n") == "standing"


def test_the_marks_of_a_list_are_not_words_around_an_edit() -> None:
    before = "The boats:\n\n- Asking the pilot\n- waiting for the tide\n- leaving"
    after = before.replace("waiting", "Waiting")
    held = after.replace("- ", "")  # as readers read it
    assert state_in(before, after, f"# Pier\n\n{held}\n") == "applied"


def test_less_than_half_of_a_short_sample_is_another_sentence() -> None:
    before = "Sent to the pilot when the berth has been changed by the harbour office."
    text = "# Pier\n\nSent to the pilot when the tide turned earlier than the almanac had it.\n"
    assert state_in(before, "The pilot reads it.", text) == "not-found"


def test_a_sentence_like_both_samples_is_not_an_after_applied() -> None:
    before = "Pilots have a duty to all ships and all boats of the northern harbour board."
    after = before.replace("a duty to", "access to")
    text = "# Pier\n\nOwners have access to all ships and all boats when they ask.\n"
    assert state_in(before, after, text) != "applied"


TURNED = CHAPTER.split("Ships of more", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("chapter", "state", "lines"),
    [
        (CHAPTER, "standing", [13]),
        (TURNED, "not-found", []),
        (TURNED + REWRITTEN, "applied", []),
        (CHAPTER + "\n" + REWRITTEN, "partly", [13]),
    ],
    ids=["standing", "not-found", "applied", "both"],
)
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_what_has_become_of_an_issue(
    new_book: NewBook, chapter: str, state: str, lines: list[int], suffix: str
) -> None:
    files = book_of(BEFORE, REWRITTEN, chapter)
    if suffix == "rst":
        files["harbour.rst"] = files.pop("harbour.md").replace("# Harbour\n", "#######\nHarbour")
        files["harbour.rst"] = files["harbour.rst"].replace("Harbour\n", "Harbour\n#######\n", 1)
        lines = [line + 1 for line in lines]
    book = new_book(files)
    built = book.build("revguide")
    reported = [warning for warning in built.warnings if warning.type == "revguide.standing"]
    assert [(entry.path, entry.line) for entry in reported] == [
        (f"harbour.{suffix}", line) for line in lines
    ]
    report = json.loads(built.read("revguide.json"))
    assert report["issues"][0]["progress"] == state
    sample = report["issues"][0]["samples"][0]
    assert sample["standing"] == state
    assert sample["applied"] is (state == "applied")
    assert [sample["where"]["line"]] == lines if lines else sample["where"] is None


KEEPER = "The keeper lit the lamp at dusk, and 12 boats came home late by the light of the pier."


@pytest.mark.parametrize(
    "edit",
    [
        ("came home", "always came home"),
        ("12 boats", "14 boats"),
        (" late by", " by"),
        ("lit the", "did not light the"),
        ("came home", "home came"),
        ("lamp at dusk, and", "lamp at dusk; and"),
        ("The keeper", "the Keeper"),
        ("the pier.", "the pier. It was new."),
    ],
    ids=["inserted", "number", "cut", "negation", "order", "punctuation", "case", "appended"],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_light_edit_is_decided_by_what_differs(
    new_book: NewBook, edit: tuple[str, str], *, backwards: bool
) -> None:
    before, after = KEEPER, KEEPER.replace(*edit)
    if backwards:
        before, after = after, before
    for held, state in (
        (before, "standing"),
        (after, "applied"),
        (f"{before}\n\nOne more thing.\n\n{after}", "partly"),
        ("Bread is baked here before dawn.", "not-found"),
    ):
        built = new_book(book_of(before, after, f"# Pier\n\n{held}\n")).build("revguide")
        report = json.loads(built.read("revguide.json"))
        assert report["issues"][0]["progress"] == state, held
        assert bool(built.warnings) is (state in ("standing", "partly"))


def test_a_card_does_not_say_that_what_was_never_found_is_gone(new_book: NewBook) -> None:
    built = new_book(book_of(KEEPER, "", "# Pier\n\nBread is baked here.\n")).build()
    assert "No longer in the book" not in built.read("guide.html")


@pytest.mark.parametrize("applied", [False, True])
def test_the_card_names_the_one_of_two_like_samples_that_is_there(
    new_book: NewBook, *, applied: bool
) -> None:
    after = KEEPER.replace("came home", "always came home")
    held = after if applied else KEEPER
    html = new_book(book_of(KEEPER, after, f"# Pier\n\n{held}\n")).build().read("guide.html")
    assert ("Still in the chapter, word for word:" in html) is not applied
    assert ("Not in the book yet" in html) is not applied
    assert ("No longer in the book" in html) is applied
    assert ("In the chapter, word for word:" in html) is applied


def test_some_of_several_light_edits_made_is_partly_there(new_book: NewBook) -> None:
    after = KEEPER.replace("12", "14").replace("at dusk", "each evening")
    files = book_of(KEEPER, after, f"# Pier\n\n{KEEPER.replace('12', '14')}\n")
    report = json.loads(new_book(files).build("revguide").read("revguide.json"))
    assert report["issues"][0]["progress"] == "partly"


def test_an_after_that_is_there_hides_no_before_with_markup(new_book: NewBook) -> None:
    before = "The {{ number }} boats of the old fleet were sold to a merchant of the next port."
    after = "A merchant bought them all, and the crews went home on foot along the coast road."
    held = f"{before}\n\n{after}"
    book = new_book(
        book_of(before, after, f"# Pier\n\n{held}\n"),
        conf='myst_enable_extensions = ["substitution"]\nmyst_substitutions = {"number": "nine"}\n',
    )
    built = book.build("revguide")
    assert json.loads(built.read("revguide.json"))["issues"][0]["progress"] == "partly"
    assert [(warning.path, warning.line) for warning in built.warnings] == [("harbour.md", 3)]


@pytest.mark.parametrize(
    ("sample", "state"),
    [
        ("Two separate score tables, each in the main text of the chapter", "unknown"),
        ("The tables of dues are settled by the harbour master alone.", "not-found"),
        ("Some tables of the port are settled by the harbour master alone:", "not-found"),
    ],
)
def test_a_sample_that_describes_cannot_be_checked(
    new_book: NewBook, sample: str, state: str
) -> None:
    built = new_book(book_of(sample, "Keep one")).build("revguide")
    assert json.loads(built.read("revguide.json"))["issues"][0]["progress"] == state


def test_a_sample_was_removed_where_its_issue_says_applied(new_book: NewBook) -> None:
    files = book_of(BEFORE, REWRITTEN, TURNED, options=":status: applied\n")
    report = json.loads(new_book(files).build("revguide").read("revguide.json"))
    assert report["issues"][0]["progress"] == "gone"


def test_a_sample_is_removed_for_every_issue_that_quotes_it() -> None:
    pair = Pair(Sample(BEFORE), Sample(REWRITTEN))
    issues = [
        Issue("port", 1, "Settled", docname="one", status=Status.APPLIED, pairs=(pair,)),
        Issue("quay", 1, "Another guide", docname="two", pairs=(pair,)),
        Issue("quay", 2, "Another text", docname="three", pairs=(Pair(Sample(KEEPER), None),)),
    ]
    names = {"port": ["harbour"], "quay": ["harbour"]}
    states, _known = pair_states(issues, names, {"harbour": (Source("harbour.md", TURNED),)}, {})
    assert [state.state for state in states.values()] == ["gone", "gone", "not-found"]


def test_a_chapter_is_cut_into_words_once_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []
    alive: WeakSet[WordIndex] = WeakSet()
    together: list[int] = []

    class Counted(WordIndex):
        def __init__(self, source: Source) -> None:
            super().__init__(source)
            cut.append(source.path)
            alive.add(self)
            together.append(len(alive))

    monkeypatch.setattr(quote_finder, "WordIndex", Counted)
    names = [f"pier{number}" for number in range(5)]
    sources = {name: (Source(f"{name}.md", CHAPTER),) for name in names}
    issues = [
        Issue(guide, str(number), "T", pairs=(Pair(Sample(BEFORE), Sample(f"{number} {guide}")),))
        for guide in ("port", "quay")
        for number in range(3)
    ]
    pair_states(issues, {"port": names, "quay": names[::-1]}, sources, {})
    assert cut == [f"{name}.md" for name in names]
    # The one before is forgotten when the next one has been made.
    assert max(together) <= 2


def test_of_chapters_that_hold_as_much_the_guides_first_counts() -> None:
    names = ["pier", "quay"]
    sources = {name: (Source(f"{name}.md", CHAPTER),) for name in names}
    issues = [
        Issue(guide, "1", "T", docname=guide, pairs=(Pair(Sample(BEFORE), Sample(REWRITTEN)),))
        for guide in ("first", "second")
    ]
    states, _known = pair_states(issues, {"first": names, "second": names[::-1]}, sources, {})
    found = {docname: state.before.docname for (docname, _path, _line), state in states.items()}
    assert found == {"first": "pier", "second": "quay"}


WORDS = [f"berth{number}" for number in range(50)]


@pytest.mark.parametrize(
    ("kept", "state"),
    [(30, "standing"), (29, "partly"), (15, "partly"), (14, "not-found"), (0, "not-found")],
)
def test_the_share_of_its_words_decides_what_is_there(kept: int, state: str) -> None:
    """A sample stands from 60 % of its words on, and is partly there from 30 % on."""
    assert state_in(" ".join(WORDS), "", "# Pier\n\n" + " ".join(WORDS[:kept])) == state


@pytest.mark.parametrize(("kept", "state"), [(10, "partly"), (9, "not-found")])
def test_half_of_a_short_sample_is_partly_there(kept: int, state: str) -> None:
    assert state_in(" ".join(WORDS[:20]), "", "# Pier\n\n" + " ".join(WORDS[:kept])) == state


PORT = Issue("port", 1, "T", docname="guide", pairs=(Pair(Sample(BEFORE), None, line=3),))


def places(chapters: dict[str, str], known: Tracking) -> tuple[str, Tracking]:
    """Return the chapter that the sample is found in, and what is known then."""
    sources = {name: (Source(f"{name}.md", text),) for name, text in chapters.items()}
    states, known = pair_states([PORT], {"port": [*chapters]}, sources, known)
    [state] = states.values()
    return state.before.docname, known


def test_of_two_chapters_that_hold_as_much_the_first_counts() -> None:
    found, known = places({"harbour": CHAPTER, "pier": CHAPTER}, {})
    assert found == "harbour"
    assert places({"pier": CHAPTER, "harbour": CHAPTER}, known)[0] == "pier"


@pytest.mark.parametrize("first", [True, False])
def test_a_chapter_that_gains_a_sample_counts_if_it_is_the_first(*, first: bool) -> None:
    names = ("harbour", "pier")
    gains, holds = names if first else names[::-1]
    texts = {gains: TURNED, holds: CHAPTER}
    found, known = places({name: texts[name] for name in names}, {})
    assert found == holds
    assert places(dict.fromkeys(names, CHAPTER), known)[0] == "harbour"


def test_passages_that_hold_as_much_are_named_in_the_order_of_the_chapter() -> None:
    one, two = " ".join(WORDS[:20]), " ".join(WORDS[20:40])
    gap = "Nobody counts the boats of the old fleet. " * 20
    source = Source("pier.md", f"{two}\n\n{gap}\n\n{one}\n")
    found = track(f"{one}\n\n{two}", None, [("pier", source)])
    assert [passage.line for passage in found.passages] == [1, 5]


def test_a_longer_passage_is_named_first() -> None:
    one, two = " ".join(WORDS[:10]), " ".join(WORDS[10:40])
    gap = "Nobody counts the boats of the old fleet. " * 20
    source = Source("pier.md", f"{one}\n\n{gap}\n\n{two}\n")
    found = track(f"{one}\n\n{two}", None, [("pier", source)])
    assert [passage.line for passage in found.passages] == [5, 1]


def test_the_finding_of_a_passage_is_that_of_the_first_issue_that_quotes_it() -> None:
    longer = f"{BEFORE} She lay outside for two nights."
    pairs = (Pair(Sample(BEFORE), None, line=3), Pair(Sample(longer), None, line=3))
    issues = [
        Issue("port", number, "T", docname=f"guide{number}", pairs=(pair,), anchor=f"port-{number}")
        for number, pair in enumerate(pairs, 1)
    ]
    sources = {"harbour": (Source("harbour.md", CHAPTER),)}
    states, _known = pair_states(issues, {"port": ["harbour"]}, sources, {})
    for given in (issues, issues[::-1]):
        [(finding, requesting)] = still_present(given, states, {})
        assert finding.section == given[0].id
        assert requesting == tuple(given)


@pytest.mark.parametrize(
    ("pair", "chapters"),
    [
        (Pair(None, Sample(BEFORE)), ["harbour"]),
        (Pair(Sample(""), Sample(BEFORE)), ["harbour"]),
        (Pair(Sample(BEFORE, instruction=True), Sample(BEFORE)), ["harbour"]),
        (Pair(Sample(BEFORE), Sample(REWRITTEN)), []),
    ],
    ids=["no BEFORE", "empty", "an instruction", "no chapter"],
)
def test_what_cannot_be_looked_for_is_unknown(pair: Pair, chapters: list[str]) -> None:
    issue = replace(PORT, pairs=(pair,))
    sources = {"harbour": (Source("harbour.md", CHAPTER),)}
    states, _known = pair_states([issue], {"port": chapters}, sources, {})
    assert [state.state for state in states.values()] == ["unknown"]


@pytest.mark.parametrize(
    ("states", "combined"),
    [
        ([], "unknown"), (["unknown"], "unknown"), (["standing", "unknown"], "standing"),
        (["standing", "standing"], "standing"), (["gone", "not-found"], "gone"),
        (["applied", "gone", "not-found"], "applied"), (["applied", "not-found"], "applied"),
        (["applied", "standing"], "partly"), (["gone", "standing"], "partly"),
        (["gone"], "gone"), (["not-found"], "not-found"), (["partly", "applied"], "partly"),
    ],
)  # fmt: skip
def test_the_states_of_all_samples_together(states: list[str], combined: str) -> None:
    assert progress(replace(UNKNOWN_PAIR, state=state) for state in states) == combined


def test_a_sample_that_begins_the_other_one_is_counted_beside_it() -> None:
    after = f"{KEEPER} It was new."
    assert state_in(KEEPER, after, f"# Pier\n\n{KEEPER}\n\n{after}\n") == "partly"
    assert state_in(KEEPER, after, f"# Pier\n\n{after}\n\n{after}\n") == "applied"


@pytest.mark.parametrize("cut", [3, 20])
def test_a_passage_begins_and_ends_with_the_runs_that_it_is_made_of(cut: int) -> None:
    # Three words in a row are the shortest run that is no accident.
    lines = [WORDS[:cut], ["another"], WORDS[cut:23]]
    source = Source("pier.md", "\n".join(" ".join(line) for line in lines))
    [passage] = track(" ".join(WORDS[:23]), None, [("pier", source)]).passages
    assert (passage.line, passage.end_line) == (1, 3)
