"""Samples are found in chapters: verbatim, abridged, scattered, and not by accident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.issue_numbers import leading_number
from sphinxext_revguide.text.quote_finder import PARTLY, STANDING, track
from sphinxext_revguide.text.sample_words import quoted_text, words_in
from sphinxext_revguide.text.word_index import Source
from tests.conftest import Book
from tests.harbour_book import CHAPTER, REWRITTEN, book_of

NewBook = Callable[..., Book]


def found(sample: str, other: str | None = None, text: str = CHAPTER) -> tuple[float, list[int]]:
    tracked = track(sample, other, [("harbour", Source("harbour.md", text))])
    return tracked.share, [
        line for passage in tracked.passages for line in (passage.line, passage.end_line)
    ]


def test_a_quotation_is_whole_where_its_first_or_last_word_is_near_it_as_well() -> None:
    said = " ".join(f"winch{number} lifts{number} crates{number}" for number in range(14))
    first = f"The quay was old, and its wardens slept well.\n\nThe {said}.\n"
    assert found(f"The {said}.", text=first) == (1.0, [3, 3])
    last = f"{said} the wall.\n\nMore is said of it on another day, in the log.\n"
    assert found(f"{said} the", text=last) == (1.0, [1, 1])


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
    [reported] = [
        warning for warning in book.build("dummy").warnings if warning.type == "revguide.standing"
    ]
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
        ("```python\nthe pier\n```", "the pier"),
        ("~~~ \nthe pier\n~~~", "the pier"),
        ("```{note}\nthe pier\n```", "note the pier"),
    ],
)
def test_markup_is_not_a_word_of_a_sample(sample: str, words: str) -> None:
    assert " ".join(words_in(quoted_text(sample))) == words
    assert quoted_text(sample).count("\n") == sample.count("\n")


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
        [(entry, Source(entry, text(f"chapter-{entry}.manuscript.md")))] for entry in ("12", "01")
    )
    guide = read_guide(text(name))
    pairs = [
        (leading_number(issue.issue.number), pair)
        for issue in guide.issues
        for pair in issue.issue.pairs
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
