"""Marks in a chapter: one for each passage, around all of it, whatever is found there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from bs4 import BeautifulSoup, Tag
from docutils import nodes

from sphinxext_revguide.book.records import Flagged
from sphinxext_revguide.model import Finding, Issue
from sphinxext_revguide.nodes import revguide_aside
from sphinxext_revguide.render.marks import Passage, _put, passages
from tests.conftest import CHECKLIST, Book

NewBook = Callable[..., Book]

CHAPTER = """\
# Chapter

First paragraph,
on two lines.

Second paragraph.

| a | b |
|---|---|
| 1 | 2 |

## A section

- one

  more of it
- two

> quoted

## Another

Last.
"""
FIRST, SECOND = "First paragraph, on two lines.", "Second paragraph."
ONE, TWO = Issue("g", 1, "One", anchor="g-1"), Issue("g", 2, "Two", anchor="g-2")


def found(line: int, end_line: int, *issues: Issue, pattern: str = "p") -> Flagged:
    return Flagged(Finding(pattern, "index", "index.md", line, end_line), issues)


def reported(passage: Passage) -> tuple[str, int]:
    """Return the text of a passage, in one line, and how many findings it has."""
    inside = passage.parent[passage.first : passage.last + 1]
    return " ".join(" ".join(element.astext().split()) for element in inside), len(passage.flagged)


def placed(new_book: NewBook, *flagged: Flagged) -> list[tuple[str, int]]:
    built = new_book({"index.md": CHAPTER}).build("dummy")
    page = built.doctree("index")
    return [reported(passage) for passage in passages(page, flagged, built.domain.book.relative)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((3, 4), FIRST),
        ((4, 4), FIRST),  # no block begins there
        ((3, 6), f"{FIRST} {SECOND}"),
        ((6, 10), f"{SECOND} a b 1 2"),
        ((10, 10), "a b 1 2"),  # within a table: all of it
        ((12, 19), "one more of it two quoted"),  # a section, below its title
        ((16, 16), "more of it"),  # a paragraph of an item
        ((14, 17), "one more of it two"),
        ((19, 23), "A section one more of it two quoted Another Last."),
        ((1, 23), ""),  # the page: a bar beside all of it says nothing
    ],
)
def test_a_bar_is_beside_the_whole_passage(
    new_book: NewBook, lines: tuple[int, int], text: str
) -> None:
    assert placed(new_book, found(*lines)) == [(text, 1)]


@pytest.mark.parametrize(
    ("flagged", "expected"),
    [
        # In one place, whatever requests it.
        ([found(3, 4, ONE), found(3, 4, TWO)], [(FIRST, 2)]),
        ([found(3, 4, ONE), found(3, 6, TWO)], [(f"{FIRST} {SECOND}", 2)]),
        ([found(14, 17, ONE), found(14, 14, TWO)], [("one more of it two", 2)]),
        # Within another one: joined where an issue requests both.
        ([found(3, 10, ONE), found(8, 10, ONE)], [(f"{FIRST} {SECOND} a b 1 2", 2)]),
        (
            [found(3, 10, ONE), found(8, 10, TWO)],
            [(f"{FIRST} {SECOND} a b 1 2", 1), ("a b 1 2", 1)],
        ),
        # Overlapping: the first ends where the second begins.
        (
            [found(3, 6, ONE), found(6, 10, TWO)],
            [(FIRST, 1), (f"{SECOND} a b 1 2", 1)],
        ),
        # Counted over the page: the first place too many.
        ([found(3, 23, ONE, pattern="term-overuse")], [(FIRST, 1)]),
    ],
)  # fmt: skip
def test_one_mark_for_a_passage(
    new_book: NewBook, flagged: Sequence[Flagged], expected: list[tuple[str, int]]
) -> None:
    assert placed(new_book, *flagged) == expected
    assert placed(new_book, *reversed(flagged)) == expected


@pytest.mark.parametrize(
    ("places", "marked"),
    [
        ([(0, 1)], "( a b )"),
        ([(1, 1)], "a ( b )"),
        ([(0, 0), (1, 1)], "( a ) ( b )"),
        ([(0, 1), (1, 1)], "( a ( b ) )"),
        # An empty passage ends where it begins.
        ([(0, -1)], "( ) a b"),
        ([(1, 0)], "a ( ) b"),
        ([(2, 1)], "a b ( )"),
    ],
)
def test_each_passage_ends_once(places: list[tuple[int, int]], marked: str) -> None:
    parent = nodes.section("", nodes.paragraph("", "a"), nodes.paragraph("", "b"))
    _put([(Passage(parent, first, last, 0), nodes.container()) for first, last in places])
    said = [
        (")" if node["closes"] else "(") if isinstance(node, revguide_aside) else node.astext()
        for node in parent.children
    ]
    assert " ".join(said) == marked


def test_a_finding_of_another_file_is_marked_at_the_head(new_book: NewBook) -> None:
    finding = Finding("p", "index", "elsewhere.md", 3, 3)
    assert placed(new_book, Flagged(finding, ())) == [("", 1)]


TWICE = f"# Terminal\n\n## Opening readiness\n\n{CHECKLIST}\n## Closing readiness\n\n{CHECKLIST}"
GUIDE = """\
# Guide

```{revision-guide} g
:chapters: terminal
```

```{revision-issue} Say what failed
:patterns: readiness-checklist

Text.
```
"""


def page_of(new_book: NewBook, **guides: str) -> BeautifulSoup:
    names = "\n".join(guides)
    index = f"# Book\n\n```{{toctree}}\nterminal\n{names}\n```\n"
    files = {f"{name}.md": text for name, text in guides.items()}
    html = (
        new_book({"index.md": index, "terminal.md": TWICE, **files}).build().read("terminal.html")
    )
    assert html.count("<div") == html.count("</div>"), "each passage that begins ends, once"
    return BeautifulSoup(html, "html.parser")


def test_marks_lead_to_their_issue_and_to_each_other(new_book: NewBook) -> None:
    page = page_of(new_book, guide=GUIDE)
    first, second = page.select(".revguide-flagged > details.revguide-mark:first-child")
    assert first.summary is not None
    assert first.summary.get_text(" ", strip=True) == "Issue 1 Readiness checklist"
    links = {tag.get_text(): tag["href"] for tag in second.select(".rg-foot a")}
    assert links == {
        "Issue 1: Say what failed": "guide.html#revision-issue-g-1",
        "Previous": f"#{first.select('[id]')[0]['id']}",
    }
    assert "2 of 2" in second.get_text()
    bar = page.select_one(".revguide-marks-bar")
    assert isinstance(bar, Tag)
    assert [tag["href"] for tag in bar.select("a")] == [
        f"#{first.select('[id]')[0]['id']}", "guide.html#revision-guide-g",
    ]  # fmt: skip
    heading = page.h1
    assert heading is not None
    assert heading.find_next_sibling() is bar


def test_issues_of_several_guides_are_named_with_their_guide(new_book: NewBook) -> None:
    other = GUIDE.replace("# Guide", "# The other guide").replace("guide} g", "guide} h")
    page = page_of(new_book, guide=GUIDE, other=other)
    mark = page.select_one("details.revguide-mark")
    assert isinstance(mark, Tag)
    assert [tag.get_text() for tag in mark.select(".rg-foot li")] == [
        "Issue 1: Say what failed A: Guide", "Issue 1: Say what failed B: The other guide",
    ]  # fmt: skip
    bar = page.select_one(".revguide-marks-bar")
    assert isinstance(bar, Tag)
    assert "A: Guide · B: The other guide" in bar.get_text()
    assert [tag.get_text() for tag in mark.select("summary b")] == ["A1+1"]


@pytest.mark.parametrize(
    ("numbers", "tag"),
    [
        (["2.3.1"], "Issue 2.3.1"), (["2.3.1", "10"], "Issues 2.3.1+1"),
        (["1", "2"], "Issues 1, 2"), (["7", "10"], "Issues 7+1"),
    ],
)  # fmt: skip
def test_a_tag_names_all_issues_or_counts_the_others(
    new_book: NewBook, numbers: list[str], tag: str
) -> None:
    head, issue = GUIDE.split("```{revision-issue}")
    named = [issue.replace(":pat", f":number: {number}\n:pat") for number in numbers]
    page = page_of(new_book, guide="```{revision-issue}".join([head, *named]))
    said = [shown.get_text(" ", strip=True) for shown in page.select(".revguide-mark > summary")]
    assert said == [f"{tag} Readiness checklist"] * 2


def test_a_finding_that_no_issue_names_is_marked_as_well(new_book: NewBook) -> None:
    book = new_book({"index.md": TWICE}, 'revguide_flag = ["readiness-checklist"]\n')
    page = BeautifulSoup(book.build().read("index.html"), "html.parser")
    said = [shown.get_text(" ", strip=True) for shown in page.select(".revguide-mark > summary")]
    assert said == ["! Readiness checklist"] * 2
    assert "2 findings to revise Go to the first" in " ".join(page.get_text(" ").split())


def test_a_mark_leaves_the_page_as_it_is(new_book: NewBook) -> None:
    """A list stays as close as it was, although the mark is in one of its items."""
    chapter = "# C\n\n* one two three four five six\n* seven\n"
    pair = "```{before-after}\n* one two three four five six\n\n+++\n\nnothing\n```\n"
    guide = "# G\n\n```{revision-guide} g\n:chapters: c\n```\n\n"
    guide += f"````{{revision-issue}} T\nText.\n\n{pair}````\n"
    index = "# B\n\n```{toctree}\nc\ng\n```\n"
    book = new_book({"index.md": index, "c.md": chapter, "g.md": guide})
    html = book.build().read("c.html")
    assert html.count("<div") == html.count("</div>")
    marked = BeautifulSoup(html, "html.parser")
    plain = BeautifulSoup(
        book.build(revguide_marks=False, freshenv=True).read("c.html"), "html.parser"
    )
    assert marked.select(".revguide-mark") != []
    for ours in marked.select(".revguide-mark, .revguide-marks-bar"):
        ours.decompose()
    for around in marked.select(".revguide-flagged"):
        around.unwrap()
    assert _lists(marked) == _lists(plain)


def _lists(page: BeautifulSoup) -> list[str]:
    return ["".join(str(tag).split()) for tag in page.select(".body ul")]
