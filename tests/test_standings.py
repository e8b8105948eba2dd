"""Samples are tracked: where each stands, verbatim or abridged, and what happened to it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived import sample_states
from sphinxext_revguide.book.derived.sample_states import pair_states
from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.model import Issue, Pair, Sample, Status
from sphinxext_revguide.text.quote_finder import PARTLY, STANDING, Source, Tracked, track
from sphinxext_revguide.text.sample_words import quoted_text, words_in
from tests.conftest import Book

NewBook = Callable[..., Book]

CHAPTER = """\
# Harbour

The pilots board at the outer buoy. Two tugs wait inside the mole, and the harbour master
gives the word by radio.

| Berth | Depth | Length | Crane | Remark |
|---|---|---|---|---|
| North quay 1 | 9.5 m | 180 m | 40 t | coal and ore |
| North quay 2 | 9.5 m | 160 m | none | being dredged |
| South quay | 12 m | 240 m | 60 t | containers |
| Fish dock | 4 m | 80 m | 5 t | day boats only |

Ships of more than 150 metres are turned in the basin. The master of the "Agnes Lund" refused
to be turned there in a gale, and lay outside for two nights.

## Dues

Dues are paid at the customs house before noon, in cash or by a bill on the shipping agent.
"""

REWRITTEN = """\
Nobody likes the basin. The "Agnes Lund" lay outside for two nights because her master had once
seen a ship turned there in a gale, and he told the pilot so over the radio.
"""


def found(sample: str, other: str | None = None, text: str = CHAPTER) -> tuple[float, list[int]]:
    tracked = track(sample, other, [("harbour", Source("harbour.md", text))])
    return tracked.share, [line for one in tracked.passages for line in (one.line, one.end_line)]


@pytest.mark.parametrize(
    ("sample", "least", "lines"),
    [
        pytest.param(
            "The pilots board at the outer buoy. Two tugs wait inside the mole, and the\n"
            "harbour master gives the word by radio.", 1.0, [3, 4], id="wrapped otherwise",
        ),
        pytest.param(
            "The master of the “Agnes Lund” refused to be turned there in a gale, and lay outside "
            "for two nights.", 1.0, [13, 14], id="typographic quotes",
        ),
        pytest.param(
            "The **pilots** board at the *outer buoy*. Two tugs wait inside the mole.",
            1.0, [3, 3], id="other markup",
        ),
        pytest.param(
            "| Berth | Depth | Crane |\n|---|---|---|\n| North quay 1 | 9.5 m | 40 t |\n"
            "| South quay | 12 m | 60 t |\n| Fish dock | 4 m | 5 t |",
            0.85, [8, 11], id="rows and columns left out",
        ),
        pytest.param(
            "| Berth | Depth | Length | Crane |\n|---|---|---|---|\n"
            "| North 1 | 9.5 m | 180 m | 40 t |\n| South | 12 m | 240 m | 60 t |\n"
            "| Fish dock | 4 m | 80 m | 5 t |", 0.9, [6, 11], id="cells shortened",
        ),
        pytest.param(
            "The pilots board at the outer buoy.\n\n[The tugs and the radio]\n\nShips of more "
            "than 150 metres are turned in the basin.",
            0.9, [13, 13, 3, 3], id="summed up in brackets",
        ),
        pytest.param(
            "Two tugs wait inside the mole, and the harbour master gives the word.\n\n---\n\n"
            "Dues are paid at the customs house before noon.",
            0.9, [3, 4, 18, 18], id="two passages",
        ),
    ],
)  # fmt: skip
def test_an_abridged_sample_stands(sample: str, least: float, lines: list[int]) -> None:
    share, places = found(sample)
    assert share >= least
    assert places == lines


@pytest.mark.parametrize(
    "sample",
    [
        REWRITTEN,
        "The pilots of the southern ports are paid by the month, and the harbour master of each "
        "keeps a list of the ships that the tugs have turned in the basin.",
        "| Berth | Depth | Crane |\n|---|---|---|\n| East quay | 7 m | 20 t |\n"
        "| Mole | 3 m | 2 t |",
    ],
)
def test_a_text_about_the_same_things_does_not_stand(sample: str) -> None:
    assert found(sample)[0] < PARTLY


def test_half_of_a_sample_is_partly_there() -> None:
    share, lines = found(
        "Ships of more than 150 metres are turned in the basin. Smaller ones turn where they "
        "lie, on their own anchors and with the help of the evening tide."
    )
    assert PARTLY <= share < STANDING
    assert lines == [13, 13]


@pytest.mark.parametrize("sample", ["", "...", "|---|", "radio", "[all of it]"])
def test_short_texts_are_not_found_by_accident(sample: str) -> None:
    assert found(sample, text="# Another page\n\nA radio plays.\n") == (0.0, [])


def book_of(before: str, after: str, chapter: str = CHAPTER, options: str = "") -> dict[str, str]:
    guide = (
        "# Guide\n\n```{revision-guide} port\n:chapters: harbour\n```\n\n"
        f"`````{{revision-issue}} The basin\n{options}\n````{{before-after}}\n{before}\n\n+++\n\n"
        f"{after}\n````\n`````\n"
    )
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n"
    return {"index.md": index, "harbour.md": chapter, "guide.md": guide}


HANDBOOK = "\n\n".join(
    f"## {heading}\n\nPage {number} says how the {what} is looked after in every kind of weather, "
    "at night and on the days of rest, and whom to wake when that cannot wait until the morning. "
    + f"The {what} has a keeper of its own. "
    * 12
    for number, (what, heading) in enumerate(
        [
            ("lamp", "The lamp (310 words)"),
            ("bell", "The bell and its rope (45 words)"),
            ("boat", "The boat (1,200 words)"),
            ("store", "What the store holds (87 words)"),
            ("well", "The well (9 words)"),
        ],
        1,
    )
)
HEADINGS = [line.removeprefix("## ") for line in HANDBOOK.split("\n") if line.startswith("## ")]
PLACES = [n for n, line in enumerate(HANDBOOK.split("\n"), 1) if line.startswith("## ")]


def test_scattered_lines_are_found_each_at_its_place() -> None:
    after = "\n".join(heading.partition(" (")[0] for heading in HEADINGS)
    share, lines = found("\n".join(HEADINGS), after, HANDBOOK)
    assert share == 1.0
    assert lines == [line for place in PLACES for line in (place, place)]


def test_of_scattered_lines_those_that_are_left_count() -> None:
    text = HANDBOOK.replace(HEADINGS[1], "The bell").replace(HEADINGS[2], "The boat")
    share, lines = found("\n".join(HEADINGS), None, text)
    assert PARTLY < share < 0.75
    assert lines[::2] == [PLACES[0], *PLACES[3:]]


def test_scattered_places_are_reported_in_order(new_book: NewBook) -> None:
    book = new_book(book_of("\n".join(HEADINGS), "Name them only.", HANDBOOK))
    [reported] = [one for one in book.build("dummy").warnings if one.type == "revguide.standing"]
    assert reported.line == PLACES[0]
    assert f"others on lines {', '.join(map(str, PLACES[1:]))} (" in reported.text


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("the *ninth*/**tenth** boat", "the ninth/tenth boat"),
        ("`build`'s n**in**th", "build's ninth"),
        ("1. [Ports](#ports)\n2. [Dues and *fees*](<a b.md>)", "ports dues and fees"),
        ("see [the `lamp`][l] at noon[^2] or [#f]_", "see the lamp at noon or"),
        ("a\\_b \\*c\\* d&amp;e", "a b c d e"),
        ("![a picture](x.png) the pier", "the pier"),
        ("the {ref}`lamp <x>` and :doc:`boat <y>`", "the lamp and boat"),
        ("## 2. The pier", "2 the pier"),
        ("12 boats, 3) no", "12 boats 3 no"),
        ("<!-- two\nlines --> the <b>pier</b>", "the pier"),
    ],
)
def test_markup_is_not_a_word_of_a_sample(sample: str, words: str) -> None:
    assert " ".join(words_in(quoted_text(sample))) == words
    assert quoted_text(sample).count("\n") == sample.count("\n")


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


BEFORE = (
    "Ships of more than 150 metres are turned in the basin. The master of the “Agnes Lund” refused."
)
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
    reported = [one for one in built.warnings if one.type == "revguide.standing"]
    assert [(one.path, one.line) for one in reported] == [
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
    assert [(one.path, one.line) for one in built.warnings] == [("harbour.md", 3)]


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
    assert [one.state for one in states.values()] == ["gone", "gone", "not-found"]


def test_every_build_reports_a_sample_that_is_still_present(new_book: NewBook) -> None:
    book = new_book(book_of(BEFORE, REWRITTEN))
    first, second = book.build(), book.build()
    assert first.warnings == second.warnings
    assert "100 % of its 18 words are here (issue port-1" in first.warnings[0].text


def test_an_applied_issue_whose_sample_is_present_is_reported(new_book: NewBook) -> None:
    built = new_book(book_of(BEFORE, REWRITTEN, options=":status: applied\n")).build()
    reported = [(one.path, one.line) for one in built.warnings if one.type == "revguide.status"]
    assert reported == [("guide.md", 7)]
    assert "is still at harbour.md:13" in built.output


@pytest.mark.parametrize(
    ("quoted", "merged"),
    [
        (BEFORE, True),
        (BEFORE.partition(". ")[2], True),
        ("The pilots board at the outer buoy. Two tugs wait inside the mole.", False),
    ],
    ids=["the same", "a part of it", "another"],
)
def test_a_passage_that_two_guides_quote_is_reported_once(
    new_book: NewBook, quoted: str, *, merged: bool
) -> None:
    files = book_of(BEFORE, REWRITTEN)
    second = files["guide.md"].replace("{revision-guide} port", "{revision-guide} pier")
    files["second.md"] = second.replace(BEFORE, quoted)
    files["index.md"] = files["index.md"].replace("guide\n", "guide\nsecond\n")
    built = new_book(files).build("revguide")
    reported = [one.text for one in built.warnings if one.type == "revguide.standing"]
    named = [
        [name for name in ("pier-1", "port-1") if f"issue {name}," in text] for text in reported
    ]
    assert named == ([["pier-1", "port-1"]] if merged else [["pier-1"], ["port-1"]])
    report = json.loads(built.read("revguide.json"))
    assert [one["issues"] for one in report["findings"] if one["pattern"] == "standing"] == named
    assert {one["progress"] for one in report["issues"]} == {"standing"}


def test_a_deferred_issue_says_nothing(new_book: NewBook) -> None:
    assert not new_book(book_of(BEFORE, REWRITTEN, options=":status: deferred\n")).build().warnings


def test_a_standing_sample_can_be_allowed(new_book: NewBook) -> None:
    chapter = CHAPTER.replace(
        "Ships of more", "% revguide: allow standing -- the quotation is the point\n\nShips of more"
    )
    assert not new_book(book_of(BEFORE, REWRITTEN, chapter)).build().warnings


def test_a_sample_is_in_an_included_file(new_book: NewBook) -> None:
    head, tail = CHAPTER.split("\nShips", maxsplit=1)
    files = book_of(BEFORE, REWRITTEN, head + "\n```{include} basin.txt\n```\n")
    built = new_book(files | {"basin.txt": "Ships" + tail}).build()
    assert [(one.path, one.line) for one in built.warnings] == [("basin.txt", 1)]


def test_the_card_says_what_was_found(new_book: NewBook) -> None:
    html = new_book(book_of(BEFORE, REWRITTEN)).build().read("guide.html")
    assert "Still in the chapter, word for word:" in html
    assert "<span>line 13</span>" in html
    assert "Not in the book yet" in html


def test_only_what_changed_is_looked_for_again(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for = []

    def counted(*arguments: object) -> object:
        looked_for.append(arguments)
        return track(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sample_states, "track", counted)
    book = new_book(book_of(BEFORE, REWRITTEN))
    book.build()
    assert len(looked_for) == 2
    book.write("index.md", "# Another title\n\n```{toctree}\nharbour\nguide\n```\n")
    book.build()
    assert len(looked_for) == 2
    book.write("harbour.md", CHAPTER + "\nMore.\n")
    book.build()
    assert len(looked_for) == 4


def test_a_sample_is_looked_for_in_the_chapter_that_changed_only(
    new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_in: list[list[str]] = []

    def noted(sample: str, other: str | None, sources: list[tuple[str, Source]]) -> Tracked:
        looked_in.append([docname for docname, _source in sources])
        return track(sample, other, sources)

    files = book_of(BEFORE, REWRITTEN) | {"quay.md": "# Quay\n\nBread is baked.\n"}
    files["guide.md"] = files["guide.md"].replace(":chapters: harbour\n", "")
    files["index.md"] = files["index.md"].replace("guide\n", "guide\nquay\n")
    book = new_book(files)
    book.build()
    monkeypatch.setattr(sample_states, "track", noted)
    book.write("quay.md", "# Quay\n\nBread is sold.\n")
    book.build()
    assert looked_in == [["quay"], ["quay"]]


@pytest.mark.parametrize("seed", range(8))
def test_a_second_search_finds_the_same(new_book: NewBook, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 -- the same edits every time
    files = book_of(BEFORE, REWRITTEN)
    files["guide.md"] = files["guide.md"].replace(":chapters: harbour\n", "")
    book = new_book(files)
    half = BEFORE[: len(BEFORE) // 2]
    texts = ["Bread is baked.", BEFORE, REWRITTEN, half, f"{half}\n\nIt is late.", ""]
    for step in range(5):
        path = book.srcdir / draw.choice(["a.md", "harbour.md", "z.md"])
        if draw.random() < 0.2 and path.exists():
            path.unlink()
        else:
            book.write(path.name, f"# Page\n\n{draw.choice(texts)}\n")
        again = json.loads(book.build("revguide").read("revguide.json"))
        anew = json.loads(book.build("revguide", folder=f"fresh{step}").read("revguide.json"))
        assert again["issues"] == anew["issues"], step
        assert again["findings"] == anew["findings"], step


def test_two_guides_with_pairs_on_the_same_lines_are_told_apart(new_book: NewBook) -> None:
    files = book_of(BEFORE, REWRITTEN)
    files["other.md"] = files["guide.md"].replace("port", "other")
    files["other.md"] = files["other.md"].replace(BEFORE, "Bread is baked here before dawn.")
    files["index.md"] = files["index.md"].replace("guide\n", "guide\nother\n")
    built = new_book(files).build("revguide")
    report = json.loads(built.read("revguide.json"))
    assert [(one["id"], one["progress"]) for one in report["issues"]] == [
        ("other-1", "not-found"),
        ("port-1", "standing"),
    ]


REAL = {
    "chapter-12.guide.md": {3: "partly"},
    "chapter-12.pattern-feedback.md": {},
}
"""The issues of which less than most stands: issue 3 quotes a phase that its chapter has not."""


@pytest.mark.parametrize("name", sorted(REAL))
def test_the_real_samples_of_a_chapter_are_found_there_and_nowhere_else(
    shared: Path, name: str
) -> None:
    def text(file: str) -> str:
        return (shared / "inputs" / file).read_text(encoding="utf-8")

    own, other = (
        [(one, Source(one, text(f"chapter-{one}.manuscript.md")))] for one in ("12", "01")
    )
    guide = read_guide(text(name))
    pairs = [
        (leading_number(one.issue.number), pair) for one in guide.issues for pair in one.issue.pairs
    ]
    assert len(pairs) >= 5
    for number, pair in pairs:
        assert pair.before is not None
        old, new = pair.before.text, pair.after.text if pair.after else ""
        share = track(old, new, own).share
        wanted = REAL[name].get(number, "standing")
        assert ("standing" if share >= STANDING else "partly") == wanted, (number, share)
        assert share >= PARTLY
        assert track(new, old, own).share < PARTLY, number
        assert track(old, new, other).share < PARTLY, number
        assert track(new, old, other).share < PARTLY, number


def test_guides_put_together_of_included_files(new_book: NewBook) -> None:
    """Two pairs may be on the same line, each of its own file."""
    issue = "````{revision-issue} T\n```{before-after}\nTEXT\n\n+++\n\nSomething else.\n```\n````\n"
    stands = "The gangway was lowered with great care by the master."
    guide = (
        "# Guide\n\n```{revision-guide} ferry\n:chapters: chapter\n```\n\n"
        "```{include} a.inc\n```\n\n```{include} b.inc\n```\n"
    )
    book = new_book(
        {
            "index.md": "# Book\n\n```{toctree}\nguide\nchapter\n```\n",
            "guide.md": guide,
            "a.inc": issue.replace("TEXT", stands),
            "b.inc": issue.replace("TEXT", "It never was here, in no chapter at all.")
            + "\n```{locked-preserve}\n- `a lighthouse`\n```\n",
            "chapter.md": f"# Chapter\n\n{stands}\n",
        }
    )
    built = book.build("html")
    assert [(one.path, one.type) for one in built.warnings] == [
        ("b.inc", "revguide.locked"),
        ("chapter.md", "revguide.standing"),
    ]
    assert built.read("guide.html").count("Not in the book yet") == 2
