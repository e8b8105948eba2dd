"""What a guide promised is measured: sizes, samples and hours."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from sphinxext_revguide.book.derived.promises import Promises, promises
from sphinxext_revguide.estimates import Reduction, Size, Span
from sphinxext_revguide.model import Guide, Issue, Pair, Sample, Status
from sphinxext_revguide.report.formats import FORMATS
from sphinxext_revguide.text.measure import TextSize
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
        assert "92 lines (promised: at most 80)" in warnings[0].text


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


def test_goals_in_words_are_shown_and_measured_as_words(new_book: NewBook) -> None:
    guide = GUIDE.replace("STATUS", "open").replace("5 KB, 100 lines", "1000 words")
    guide = guide.replace("20-30%", "150-200 words").replace("45%", "1,200 words")
    files = {"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": CHAPTER}
    book = new_book(files | {"guide.md": guide})
    text = " ".join(book.build("text").read("guide.txt").split())
    assert "**Size when reviewed:** 1,000 words · **Goal:** 150–200 words shorter" in text
    assert "901 words, 10% shorter (1,000 at review), goal 800–850" in text
    assert "1,200 words shorter" in text
    assert "The issues promise" not in text
    report = json.loads(book.build("revguide").read("revguide.json"))
    assert report["guides"][0]["reduction"] == {"min": 150, "max": 200, "unit": "words"}
    assert report["issues"][0]["reduction"] == {"min": 1200, "max": 1200, "unit": "words"}


def test_an_edited_chapter_refreshes_the_sizes(new_book: NewBook) -> None:
    files = {"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n", "harbour.md": CHAPTER}
    book = new_book(files | {"guide.md": GUIDE.replace("STATUS", "open")})
    book.build()
    book.write("harbour.md", CHAPTER + "\nOne more.\n")
    assert "<p>94</p>" in book.build().read("guide.html")


# Of plain data

OPEN, APPLIED, DEFERRED, REJECTED = (
    Status.OPEN, Status.APPLIED, Status.DEFERRED, Status.REJECTED,
)  # fmt: skip


def issue(status: Status = OPEN, effort: float = 0, **fields: object) -> Issue:
    hours = Span(effort, effort + 1) if effort else None
    return Issue("port", 1, "T", status=status, effort=hours, **fields)  # type: ignore[arg-type]


def promised(
    issues: Sequence[Issue], guide: Guide | None = None, sizes: Sequence[TextSize] = ()
) -> Promises:
    return promises(guide or Guide("port", effort=Span(8, 9)), issues, sizes)


@pytest.mark.parametrize(
    ("issues", "whole", "done", "left"),
    [
        ([issue(OPEN, 2), issue(APPLIED, 4)], Span(6, 8), Span(4, 5), Span(2, 3)),
        # What is rejected or deferred was planned, is not done, and is not left.
        ([issue(REJECTED, 2), issue(DEFERRED, 4)], Span(6, 8), Span(0, 0), Span(0, 0)),
        ([issue(OPEN, 2), issue(OPEN)], Span(2, 3), Span(0, 0), Span(2, 3)),
        # Where no issue gives hours, those of the guide are left until all are settled.
        ([], Span(0, 0), Span(0, 0), Span(8, 9)),
        ([issue(OPEN), issue(APPLIED)], Span(0, 0), Span(0, 0), Span(8, 9)),
        ([issue(APPLIED), issue(REJECTED)], Span(0, 0), Span(0, 0), Span(0, 0)),
    ],
)
def test_hours_are_planned_done_or_left(
    issues: list[Issue], whole: Span, done: Span, left: Span
) -> None:
    hours = promised(issues).hours
    assert (hours.issues, hours.done, hours.left) == (whole, done, left)


def test_what_nobody_gave_is_not_promised() -> None:
    assert promised([issue()], Guide("port")).hours.left == Span(0, 0)
    assert promised([issue()]).sizes == ()
    guide = Guide("port", baseline=Size(lines=50))
    sizes = {entry.unit: entry for entry in promised([], guide, [TextSize(1, 40, 1, 1)]).sizes}
    assert (sizes["lines"].target, sizes["lines"].reduction) == (None, 20.0)


@pytest.mark.parametrize(
    ("statuses", "settled"),
    [
        ([], False), ([OPEN], False), ([APPLIED], True), ([APPLIED, REJECTED, DEFERRED], True),
        ([APPLIED, OPEN], False), ([REJECTED], False), ([DEFERRED], False),
    ],
)  # fmt: skip
def test_a_guide_is_settled_once_one_issue_is_applied_and_none_is_left(
    statuses: list[Status], settled: bool
) -> None:
    assert promised([issue(status) for status in statuses]).settled is settled


def test_samples_of_all_issues_count_if_they_are_pairs() -> None:
    whole = Pair(Sample("one two three"), Sample("one"))
    half = Pair(Sample("one two"), None)
    issues = [
        issue(OPEN, pairs=(whole, half), reduction=Reduction(10, 20)),
        issue(REJECTED, pairs=(whole,), reduction=Reduction(5, 8)),
        # Nothing is promised by one without samples.
        issue(OPEN, reduction=Reduction(1, 90)),
    ]
    samples = promised(issues).samples
    assert (samples.before, samples.after, samples.promised) == (6, 2, Reduction(5, 20))
    assert samples.reduction == 66.7
    assert promised([issue()]).samples.promised is None
    assert promised([issue()]).samples.reduction is None


@pytest.mark.parametrize(("words", "missed"), [(70, False), (80, False), (81, True)])
def test_a_target_is_missed_from_one_above_its_upper_end_on(words: int, missed: bool) -> None:
    guide = Guide("port", baseline=Size(content_lines=100), reduction=Reduction(20, 30))
    sizes = [TextSize(1, 1, words - 10, 1), TextSize(1, 1, 10, 1)]
    found = promised([issue(APPLIED)], guide, sizes)
    assert [measured.unit for measured in found.missed] == (["content_lines"] if missed else [])
    [measured] = [measured for measured in found.sizes if measured.unit == "content_lines"]
    assert (measured.now, measured.target) == (words, Span(70, 80))
    assert promised([issue(OPEN)], guide, sizes).missed == ()


def test_words_to_be_saved_are_a_target_for_words_alone() -> None:
    guide = Guide("port", baseline=Size(lines=50, words=100), reduction=Reduction(20, 30, True))
    found = promised([issue(APPLIED)], guide, [TextSize(1, 50, 50, 81)])
    targets = {measured.unit: measured.target for measured in found.sizes}
    assert targets == {"bytes": None, "lines": None, "content_lines": None, "words": Span(70, 80)}
    assert [measured.unit for measured in found.missed] == ["words"]


def test_words_to_be_saved_are_not_compared_with_samples() -> None:
    """They are what all places of an issue save, of which its samples show one."""
    pairs = (Pair(Sample("one two"), Sample("one")),)
    samples = promised([issue(pairs=pairs, reduction=Reduction(90, 90, True))]).samples
    assert samples.promised is None


def test_a_summary_counts_as_settled_what_the_overview_does(new_book: NewBook) -> None:
    report, _warnings = built_report(new_book, "deferred")
    assert "| Guide | 2 of 2 | 0 |" in FORMATS["markdown"].render(report, "")
