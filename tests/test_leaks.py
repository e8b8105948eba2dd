"""Marks and bars are in pages for reviewers, and in nothing else that reads pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import CONF, Book
from tests.themes import FILES

NewBook = Callable[..., Book]

OURS = ("to revise", "Go to the first", "Show marks", "Readiness checklist", "Issue 1", "Locked")
"""Words that only marks, bars and names of locked passages have."""
FEED = """\
from pathlib import Path

def page(app, pagename, template, context, doctree):
    if doctree is not None:
        read = Path(app.outdir) / f"{pagename}.read"
        read.write_text(doctree.astext() + "\\n" + context["body"])

def setup(app):
    app.connect("html-page-context", page)
"""
"""Reads what feeds and descriptions are made of: the tree of a page and its body."""


def test_marks_are_on_the_page(new_book: NewBook) -> None:
    page = new_book(FILES).build().read("harbour.html")
    assert [words for words in OURS if words not in page] == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_extensions_that_read_a_page_read_no_mark(new_book: NewBook, builder: str) -> None:
    book = new_book(FILES)
    book.write("conf.py", CONF + FEED)
    built = book.build(builder)
    name = "index" if builder == "singlehtml" else "harbour"
    text = built.read(f"{name}.read")
    chapter = text.partition("The harbour")[2].partition("Guide")[0]
    assert "Before the season opens" in chapter
    assert [words for words in OURS if words in chapter] == []


def test_a_description_begins_with_the_chapter(new_book: NewBook) -> None:
    pytest.importorskip("sphinxext.opengraph")
    book = new_book(FILES)
    conf = CONF.replace('"myst_parser"', '"myst_parser", "sphinxext.opengraph"')
    book.write("conf.py", conf + 'ogp_site_url = "https://example.org/"\n')
    page = book.build().read("harbour.html")
    [description] = re.findall(r'property="og:description" content="([^"]*)"', page)
    assert description.startswith("Before the season opens, the terminal is checked.")
    assert [words for words in OURS if words in description] == []


@pytest.mark.parametrize(
    ("builder", "name"), [("text", "harbour.txt"), ("man", "book.1"), ("epub", "harbour.xhtml")]
)
def test_other_builders_show_no_mark(new_book: NewBook, builder: str, name: str) -> None:
    text = new_book(FILES).build(builder, version="1", project_copyright="2026, nobody").read(name)
    chapter = re.split("guide", text.partition("Before the season opens")[2], flags=re.IGNORECASE)[
        0
    ]
    assert "Gangway" in chapter
    assert [words for words in OURS if words in chapter] == []


def test_the_search_index_holds_no_mark(new_book: NewBook) -> None:
    marked = new_book(FILES).build()
    plain = new_book(FILES).build(revguide_marks=False)
    assert marked.read("searchindex.js") == plain.read("searchindex.js")
    assert "revguide-search.js" in marked.read("search.html")
    assert (marked.outdir / "_static" / "revguide-search.js").is_file()
    assert "revguide" not in plain.read("search.html")
    assert "revguide" not in new_book(FILES).build(revguide_mode="release").read("search.html")
