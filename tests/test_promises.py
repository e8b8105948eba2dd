"""What a guide promised is measured: sizes, samples and hours."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Book

NewBook = Callable[..., Book]

CHAPTER = "# Harbour\n\n" + "Ten words stand on this line, and ten again here.\n" * 90

GUIDE = """\
# Guide

```{revision-guide} port
:chapters: harbour
:baseline: 5 KB, 100 lines
:reduction: 20-30%
:effort: 10 h
```

````{revision-issue} First
:status: STATUS
:reduction: 45%
:effort: 2-3 h

```{before-after}
four words stand here

+++

these are more words than stood there before it
```
````

````{revision-issue} Second
:status: rejected
:effort: 30 min

Nothing.
````
"""


def built_report(new_book: NewBook, status: str, chapter: str = CHAPTER) -> tuple[dict, list]:  # type: ignore[type-arg]
    files = {"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": chapter}
    book = new_book(files | {"guide.md": GUIDE.replace("STATUS", status)})
    built = book.build("revguide")
    return json.loads(built.read("revguide.json")), built.warnings


def test_sizes_against_baseline_and_target(new_book: NewBook) -> None:
    report, reported = built_report(new_book, "open")
    assert not reported
    sizes = {entry["unit"]: entry for entry in report["guides"][0]["sizes"]}
    assert sizes["lines"] == {
        "unit": "lines", "now": 92, "baseline": 100, "target": {"min": 70, "max": 80},
        "reduction": 8.0,
    }  # fmt: skip
    assert sizes["bytes"]["target"] == {"min": 3500, "max": 4000}
    assert sizes["bytes"]["now"] == len(CHAPTER.encode())
    assert sizes["content_lines"]["now"] == 91
    assert sizes["words"] == {
        "unit": "words", "now": 901, "baseline": None, "target": None, "reduction": None,
    }  # fmt: skip


def test_samples_and_hours(new_book: NewBook) -> None:
    report, _reported = built_report(new_book, "open")
    guide = report["guides"][0]
    assert guide["sample_words"] == {
        "before": 4, "after": 9, "promised": {"min": 45, "max": 45}, "reduction": -125.0,
    }  # fmt: skip
    assert guide["hours"] == {
        "issues": {"min": 2.5, "max": 3.5},
        "done": {"min": 0, "max": 0},
        "left": {"min": 2, "max": 3},
    }
    assert guide["settled"] is False


@pytest.mark.parametrize(("lines", "reported"), [(90, True), (70, False)])
def test_a_target_missed_at_the_end_is_reported(
    new_book: NewBook, lines: int, reported: bool
) -> None:
    chapter = "# Harbour\n\n" + "Ten words stand on this line, and ten again here.\n" * lines
    report, warnings = built_report(new_book, "applied", chapter)
    assert report["guides"][0]["settled"] is True
    assert [(warning.path, warning.line, warning.type) for warning in warnings] == (
        [("guide.md", 3, "revguide.promise")] if reported else []
    )
    if reported:
        assert "92 lines where at most 80 were promised" in warnings[0].text


def test_the_overview_says_it_in_words(new_book: NewBook) -> None:
    files = {"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": CHAPTER}
    book = new_book(files | {"guide.md": GUIDE.replace("STATUS", "applied")})
    text = " ".join(book.build("text").read("guide.txt").split())
    assert "92 lines, 8% shorter (100 at review), goal 70–80; 91 content lines; 901 words" in text
    assert "The new texts have 9 words where the old ones have 4: 125% longer." in text
    assert "The issues promise 45% shorter." in text
    assert "None, of 2.5–3.5 h planned" in text


def test_the_hours_of_the_issues_are_told_from_those_of_the_guide(new_book: NewBook) -> None:
    page = (
        "# G\n\n```{revision-guide} g\n:effort: 9 h\n```\n\n"
        "```{revision-issue} T\n:effort: 2 h\n```\n"
    )
    html = new_book({"index.md": page}).build().read("index.html")
    assert "Planned: about 9 h of work." in html.replace("\xa0", " ")
    assert "of 2 h for the issues" in html.replace("\xa0", " ")


def test_an_edited_chapter_refreshes_the_sizes(new_book: NewBook) -> None:
    files = {"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": CHAPTER}
    book = new_book(files | {"guide.md": GUIDE.replace("STATUS", "open")})
    book.build()
    book.write("harbour.md", CHAPTER + "\nOne more.\n")
    assert "<p>94</p>" in book.build().read("guide.html")
