"""Terms with a budget: in a pattern file, and carried by an issue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Book, Built

NewBook = Callable[..., Book]

CHAPTER = """
    # Tides

    The TideBoard™ shows the tide. With the TideBoard™ the harbour knows.

    The TideBoard™ tells the pilot.

    ```
    TideBoard™ TideBoard™ TideBoard™
    ```

    | TideBoard™ | Depth |
    |---|---|
    | high | 9 m |
    """
GUIDE = """
    # Guide

    ```{{revision-guide}} g
    ```

    ````{{revision-issue}} Too many boards
    :budget: {budget}

    Say it less.

    ```{{before-after}}
    The board.

    +++

    It.
    ```
    ````
    """
INDEX = "# Book\n\n```{toctree}\nchapter\nguide\n```\n"


def book(new_book: NewBook, budget: str, conf: str = "") -> Book:
    files = {"index.md": INDEX, "chapter.md": CHAPTER, "guide.md": GUIDE.format(budget=budget)}
    return new_book(files, conf)


def test_an_issue_carries_its_own_budget(new_book: NewBook) -> None:
    reported = book(new_book, "TideBoard™ 2").build().warnings
    assert [
        (build_warning.path, build_warning.line, build_warning.type) for build_warning in reported
    ] == [("chapter.md", 5, "revguide.term-overuse")]
    assert (
        "“TideBoard™” occurs 4 times on this page; the budget is 2 (issue g-1" in reported[0].text
    )


def test_enough_is_enough(new_book: NewBook) -> None:
    assert book(new_book, "TideBoard™ 4").build().warnings == []


@pytest.mark.parametrize("status", ["deferred", "rejected"])
def test_the_budget_of_an_issue_that_flags_nothing_does_not_count(
    new_book: NewBook, status: str
) -> None:
    assert book(new_book, f"TideBoard™ 2\n    :status: {status}").build().warnings == []


def test_a_changed_budget_reads_no_chapter_again(new_book: NewBook) -> None:
    one = book(new_book, "TideBoard™ 4")
    assert one.build().warnings == []
    one.write("guide.md", GUIDE.format(budget="TideBoard™ 3, Depth: 0"))
    built = one.build()
    assert sorted(finding.line for finding in built.warnings) == [11, 11]
    assert one.build().warnings == built.warnings


def test_a_chapter_is_counted_again_when_it_changes(new_book: NewBook) -> None:
    one = book(new_book, "TideBoard™ 2")
    one.build()
    one.write("chapter.md", "# Tides\n\nNo board.\n")
    assert one.build().warnings == []


def test_a_pattern_file_sets_budgets(new_book: NewBook) -> None:
    conf = 'revguide_patterns = ["own.toml"]\nrevguide_flag = ["term-overuse"]\n'
    one = new_book(
        {"index.md": CHAPTER, "own.toml": '[budget]\n"TideBoard™" = 3\nDepth = 0\n'}, conf
    )
    reported = one.build().warnings
    assert [(finding.line, finding.type) for finding in reported] == [
        (11, "revguide.term-overuse"),
        (11, "revguide.term-overuse"),
    ]


PAGE = """
    # Guide {name}

    ```{{revision-guide}} {name}
    :chapters: chapter
    ```

    ```{{revision-issue}} Too many boards
    :budget: TideBoard™ {budget}
    {more}

    Say it less.
    ```
    """


def overused(built: Built) -> list[tuple[int, str]]:
    warnings = [warning for warning in built.warnings if warning.type == "revguide.term-overuse"]
    return [(warning.line, warning.text.partition("the budget is ")[2]) for warning in warnings]


@pytest.mark.parametrize("lowest", ["a", "b"])
def test_of_two_budgets_for_a_term_the_lower_one_counts_for_both_issues(
    new_book: NewBook, lowest: str
) -> None:
    guides = {
        f"{name}.md": PAGE.format(name=name, budget=1 if name == lowest else 2, more="")
        for name in "ab"
    }
    index = INDEX.replace("guide", "a\nb")
    built = new_book({"index.md": index, "chapter.md": CHAPTER} | guides).build()
    [(line, said)] = overused(built)
    assert line == 3
    assert said.startswith("1 (issue a-1")
    assert "b-1" in said
    for name in "ab":
        assert "Nothing that this guide flags" not in built.read(f"{name}.html")


@pytest.mark.parametrize("more", ["", ":patterns: term-overuse"])
@pytest.mark.parametrize("title", ["Tides", "The pilot’s tides"])
def test_the_budget_of_an_issue_replaces_that_of_a_pattern_file(
    new_book: NewBook, more: str, title: str
) -> None:
    files = {
        "index.md": INDEX.replace("guide", "a"), "chapter.md": CHAPTER.replace("Tides", title),
        "a.md": PAGE.format(name="a", budget=2, more=more),
        "own.toml": '[budget]\n"TideBoard™" = 1\nDepth = 0\n',
    }  # fmt: skip
    conf = 'revguide_patterns = ["own.toml"]\nrevguide_flag = ["term-overuse"]\n'
    of_term, of_depth = overused(new_book(files, conf).build("dummy"))
    assert (of_term[0], of_depth[0]) == (5, 11)
    assert of_term[1].startswith("2 (issue a-1")


def test_a_budget_that_is_kept_replaces_nothing(new_book: NewBook) -> None:
    files = {
        "index.md": INDEX.replace("guide", "a"), "chapter.md": CHAPTER,
        "a.md": PAGE.format(name="a", budget=9, more=""),
        "own.toml": '[budget]\n"TideBoard™" = 3\n',
    }  # fmt: skip
    conf = 'revguide_patterns = ["own.toml"]\nrevguide_flag = ["term-overuse"]\n'
    assert overused(new_book(files, conf).build("dummy")) == [
        (11, "3 (requested by revguide_flag)")
    ]


@pytest.mark.parametrize("budget", ["TideBoard™", "TideBoard™ many", "3"])
def test_a_budget_without_a_number_is_reported(new_book: NewBook, budget: str) -> None:
    reported = book(new_book, budget).build().warnings
    assert [
        (build_warning.path, build_warning.line, build_warning.type) for build_warning in reported
    ] == [("guide.md", 7, "revguide.option")]


def test_a_bad_budget_in_a_pattern_file_is_reported(new_book: NewBook) -> None:
    files = {"index.md": CHAPTER, "own.toml": '[budget]\nDepth = 3\nTide = "many"\n'}
    reported = new_book(files, 'revguide_patterns = ["own.toml"]\n').build().warnings
    assert [
        (build_warning.path, build_warning.line, build_warning.type) for build_warning in reported
    ] == [("own.toml", 3, "revguide.pattern_file")]
