"""A page that shows something of another page is written again when that changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Book

NewBook = Callable[..., Book]


HEAD = "# Book\n\n```{toctree}\n:glob:\n\n*\n```\n"


def test_links_follow_the_anchor_of_a_section(new_book: NewBook) -> None:
    lines = "## Opening hours\n\nThe depth is 9.5 metres."
    locked = "```{revision-guide} g\n```\n\n```{locked-preserve}\n- `9.5 metres`\n```\n"
    book = new_book({"index.md": HEAD, "guide.md": f"# G\n\n{locked}"})
    book.write("harbour.md", f"# Harbour\n\n{lines}\n")
    assert 'href="harbour.html#opening-hours' in book.build().read("guide.html")
    # As long as before, on the same line: nothing else of the book has changed.
    book.write("harbour.md", f"# Harbour\n\n{lines.replace('Opening', 'Closing')}\n")
    assert 'href="harbour.html#closing-hours' in book.build().read("guide.html")


def test_links_follow_the_page_of_a_pattern(new_book: NewBook) -> None:
    described = "# Pattern\n\n```{revision-pattern} hedging\n```\n"
    see = "# A page\n\nSee {revguide:pattern}`hedging`.\n"
    book = new_book({"index.md": HEAD, "one.md": described, "two.md": "# No\n", "page.md": see})
    assert 'href="one.html#' in book.build().read("page.html")
    book.write("one.md", "# No\n")
    book.write("two.md", described)
    assert 'href="two.html#' in book.build().read("page.html")


@pytest.mark.parametrize("reference", ["{any}`g-2`", "[](#g-2)"])
def test_no_link_stays_to_an_issue_that_is_gone(new_book: NewBook, reference: str) -> None:
    book = new_book({"index.md": HEAD, "page.md": f"# A page\n\nSee {reference}.\n"})
    issue = "```{revision-issue} One\n```\n\n"
    book.write("guide.md", "# G\n\n```{revision-guide} g\n```\n\n" + issue * 2)
    assert 'href="guide.html#revision-issue-g-2"' in book.build().read("page.html")
    book.write("guide.md", "# G\n\n```{revision-guide} g\n```\n\n" + issue)
    built = book.build()
    assert "revision-issue-g-2" not in built.read("page.html")
    assert [
        build_warning.path for build_warning in built.warnings if "g-2" in build_warning.text
    ] == ["page.md"]


def test_a_role_that_leads_nowhere_is_reported_on_every_build(new_book: NewBook) -> None:
    book = new_book({"index.md": "# Book\n\nSee {revguide:issue}`g-9`.\n"})
    for builder in ("html", "html", "text", "revguide", "revguide"):
        assert book.build(builder).types() == ["ref.issue"]
