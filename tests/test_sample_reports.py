"""Builds report the samples that are still present, and search only what has changed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from sphinxext_revguide.text.quote_finder import Sought
from sphinxext_revguide.text.word_index import WordIndex
from tests.conftest import Book
from tests.harbour_book import BEFORE, CHAPTER, REWRITTEN, book_of

NewBook = Callable[..., Book]


def test_every_build_reports_a_sample_that_is_still_present(new_book: NewBook) -> None:
    book = new_book(book_of(BEFORE, REWRITTEN))
    first, second = book.build(), book.build()
    assert first.warnings == second.warnings
    assert "100% of its 18 words are here (issue port-1" in first.warnings[0].text


def test_an_applied_issue_whose_sample_is_present_is_reported(new_book: NewBook) -> None:
    built = new_book(book_of(BEFORE, REWRITTEN, options=":status: applied\n")).build()
    reported = [
        (warning.path, warning.line)
        for warning in built.warnings
        if warning.type == "revguide.status"
    ]
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
    reported = [warning.text for warning in built.warnings if warning.type == "revguide.standing"]
    named = [
        [name for name in ("pier-1", "port-1") if f"issue {name}," in text] for text in reported
    ]
    assert named == ([["pier-1", "port-1"]] if merged else [["pier-1"], ["port-1"]])
    report = json.loads(built.read("revguide.json"))
    assert [
        entry["issues"] for entry in report["findings"] if entry["pattern"] == "standing"
    ] == named
    assert {row["progress"] for row in report["issues"]} == {"standing"}


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
    assert [(warning.path, warning.line) for warning in built.warnings] == [("basin.txt", 1)]


def test_the_card_says_what_was_found(new_book: NewBook) -> None:
    html = new_book(book_of(BEFORE, REWRITTEN)).build().read("guide.html")
    assert "Still in the chapter, word for word:" in html
    assert "<span>line 13</span>" in html
    assert "Not in the book yet" in html


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The docname of the file of each search for a sample."""
    docnames: list[str] = []
    search = Sought.search

    def noted(sought: Sought, docname: str, index: WordIndex, rank: int) -> None:
        docnames.append(docname)
        search(sought, docname, index, rank)

    monkeypatch.setattr(Sought, "search", noted)
    return docnames


def test_only_what_changed_is_looked_for_again(new_book: NewBook, searched: list[str]) -> None:
    book = new_book(book_of(BEFORE, REWRITTEN))
    book.build()
    assert searched == ["harbour"] * 2
    book.write("index.md", "# Another title\n\n```{toctree}\nharbour\nguide\n```\n")
    book.build()
    assert searched == ["harbour"] * 2
    book.write("harbour.md", CHAPTER + "\nMore.\n")
    book.build()
    assert searched == ["harbour"] * 4


def test_a_sample_is_looked_for_in_the_chapter_that_changed_only(
    new_book: NewBook, searched: list[str]
) -> None:
    files = book_of(BEFORE, REWRITTEN) | {"quay.md": "# Quay\n\nBread is baked.\n"}
    files["guide.md"] = files["guide.md"].replace(":chapters: harbour\n", "")
    files["index.md"] = files["index.md"].replace("guide\n", "guide\nquay\n")
    book = new_book(files)
    book.build()
    searched.clear()
    book.write("quay.md", "# Quay\n\nBread is sold.\n")
    book.build()
    assert searched == ["quay", "quay"]


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
    assert [(row["id"], row["progress"]) for row in report["issues"]] == [
        ("other-1", "not-found"),
        ("port-1", "standing"),
    ]


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
    assert [(warning.path, warning.type) for warning in built.warnings] == [
        ("b.inc", "revguide.locked"),
        ("chapter.md", "revguide.standing"),
    ]
    assert built.read("guide.html").count("Not in the book yet") == 2
