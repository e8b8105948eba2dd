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
RST = """\
The harbour
===========

Before the season opens, the terminal is checked.

.. list-table::
   :header-rows: 1

   * - Check
     - Required
     - State
   * - Gangway
     - lowers in 30 s
     - ✅ Pass
   * - Lifejackets
     - 400
     - ✅ Pass
   * - Ticket gates
     - 12 of 12
     - ✅ Pass

**Ready to open.**

.. locked-passage:: dues

   Dues are paid before noon.
"""
"""The chapter in reStructuredText."""
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


@pytest.fixture(params=["md", "rst"])
def harbour(new_book: NewBook, request: pytest.FixtureRequest) -> Book:
    """A book with marks in a chapter, which is written in either language."""
    if request.param == "md":
        return new_book(FILES)
    files = {name: text for name, text in FILES.items() if name != "harbour.md"}
    return new_book(files | {"harbour.rst": RST})


def test_marks_are_on_the_page(harbour: Book) -> None:
    page = harbour.build().read("harbour.html")
    assert [words for words in OURS if words not in page] == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_extensions_that_read_a_page_read_no_mark(harbour: Book, builder: str) -> None:
    harbour.write("conf.py", CONF + FEED)
    built = harbour.build(builder)
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
    ("builder", "name"),
    [
        ("text", "harbour.txt"), ("man", "book.1"), ("epub", "harbour.xhtml"),
        ("gettext", "harbour.pot"), ("texinfo", "book.texi"), ("pseudoxml", "harbour.pseudoxml"),
    ],
)  # fmt: skip
def test_other_builders_show_no_mark(harbour: Book, builder: str, name: str) -> None:
    text = harbour.build(builder, version="1", project_copyright="2026, nobody").read(name)
    chapter = re.split("guide", text.partition("Before the season opens")[2], flags=re.IGNORECASE)[
        0
    ]
    assert "Gangway" in chapter
    assert [words for words in OURS if words in chapter] == []


def test_a_tree_that_is_read_after_the_build_has_no_mark(harbour: Book) -> None:
    """Feeds of a whole book read the stored trees when all pages are written."""
    text = harbour.build().doctree("harbour").astext()
    assert "Gangway" in text
    assert [words for words in OURS if words in text] == []


def test_the_search_index_contains_no_mark(new_book: NewBook, harbour: Book) -> None:
    marked = harbour.build()
    plain = harbour.build(freshenv=True, folder="plain", revguide_marks=False)
    assert marked.read("searchindex.js") == plain.read("searchindex.js")
    assert "revguide-search.js" in marked.read("search.html")
    assert (marked.outdir / "_static" / "revguide-search.js").is_file()
    assert "revguide" not in plain.read("search.html")
    assert "revguide" not in new_book(FILES).build(revguide_mode="release").read("search.html")
