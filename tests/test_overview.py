"""The overview of the whole book, in MyST and reST, and what it says of an earlier report."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from tests.conftest import CONF, Book, Built
from tests.themes import FILES, TABLE

NewBook = Callable[..., Book]

OTHER = f"""\
# The lighthouse

{TABLE}
All is ready.

## The stairs

{TABLE}
All is ready.
"""
GUIDE = FILES["guide.md"].replace(":chapters: harbour", ":chapters: harbour, lighthouse")


def book_with(new_book: NewBook, index: str, suffix: str = "md") -> Book:
    chapters = {"harbour.md": FILES["harbour.md"], "lighthouse.md": OTHER, "guide.md": GUIDE}
    if suffix == "md":
        head = "# Book\n\n```{toctree}\nharbour\nlighthouse\nguide\n```\n\n"
    else:
        head = "Book\n====\n\n.. toctree::\n\n   harbour\n   lighthouse\n   guide\n\n"
    return new_book({**chapters, f"index.{suffix}": head + index})


def overview(built: Built) -> nodes.Element:
    doctree = built.app.env.get_and_resolve_doctree("index", built.app.builder)
    containers = doctree.findall(nodes.container)
    return next(one for one in containers if "revguide-book" in one["classes"])


def rows(table: nodes.table) -> list[list[str]]:
    return [
        [cell.astext() for cell in row.findall(nodes.entry)] for row in table.findall(nodes.row)
    ]


@pytest.mark.parametrize(
    ("suffix", "directive"),
    [("md", "```{revision-overview}\n```\n"), ("rst", ".. revision-overview::\n")],
)
def test_chapters_by_patterns_and_guides_by_progress(
    new_book: NewBook, suffix: str, directive: str
) -> None:
    built = book_with(new_book, directive, suffix).build()
    guides, heat = overview(built).findall(nodes.table)
    [head, guide] = rows(guides)
    assert head == [
        "Guide", "Issues settled", "Still found", "Size now", "Hours left", "Locked items missing",
    ]  # fmt: skip
    assert guide[0] == "Guide"
    assert guide[1].endswith("1 of 3")
    assert guide[5] == "1"
    assert rows(heat) == [
        ["Chapter", "readiness-checklist", "standing", "all"],
        ["The harbour", "1", "1", "2"],
        ["The lighthouse", "2", "–", "2"],
    ]
    assert "revguide-heat-1" in built.read("index.html")
    assert "Hours left in all: 2.5." in overview(built).astext()


def test_links_lead_to_the_first_mark(new_book: NewBook) -> None:
    built = book_with(new_book, "```{revision-overview}\n```\n").build()
    heat = list(overview(built).findall(nodes.table))[1]
    for reference in heat.findall(nodes.reference):
        page, _, anchor = reference["refuri"].partition("#")
        assert f'id="{anchor}"' in built.read(page)


def test_a_chart_says_in_words_what_it_draws(new_book: NewBook) -> None:
    page = book_with(new_book, "```{revision-overview}\n```\n").build().read("index.html")
    assert 'aria-label="Issues by status. Guide: 1 open, 1 accepted, 1 applied"' in page
    assert page.count("<rect") == 3 + 3  # its parts, and their legend


def test_what_is_new_and_fixed_since_a_report(new_book: NewBook) -> None:
    book = book_with(new_book, "```{revision-overview}\n:since: last.json\n```\n")
    book.write("last.json", '{"findings": []}')
    report = book.build("revguide").read("revguide.json")
    book.write("last.json", report)
    assert "0 fixed, 0 new, 4 as before." in overview(book.build()).astext()
    # One section of the lighthouse is rewritten, the harbour gets another.
    book.write("lighthouse.md", OTHER.partition("## The stairs")[0])
    cranes = TABLE.replace("1", "2") + "\nAll done."
    book.write("harbour.md", FILES["harbour.md"] + "\n## The cranes\n\n" + cranes + "\n")
    text = overview(book.build()).astext()
    assert "1 fixed, 1 new, 3 as before." in text
    new, _, fixed = text.partition("\nNew\n")[2].partition("\nFixed\n")
    assert "harbour.md:" in new
    assert "lighthouse.md:13 readiness-checklist" in fixed


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.json", None, "is no report that can be read"),
        ("last.json", "{", "is no report that can be read"),
        ("last.json", "[1]", "is no report that can be read"),
        ("last.json", '{"findings": [{}]}', "is no report that can be read"),
        ("/../../last.json", None, "is outside the source directory"),
    ],
)
def test_a_report_that_cannot_be_read_is_told(
    new_book: NewBook, suffix: str, name: str, content: str | None, said: str
) -> None:
    directive = (
        f"```{{revision-overview}}\n:since: {name}\n```\n"
        if suffix == "md"
        else f".. revision-overview::\n   :since: {name}\n"
    )
    book = book_with(new_book, directive, suffix)
    if content is not None:
        book.write(name, content)
    built = book.build()
    index = (book.srcdir / f"index.{suffix}").read_text(encoding="utf-8")
    line = next(n for n, one in enumerate(index.splitlines(), 1) if ":since:" in one)
    [told] = [one for one in built.told if one.type == "revguide.since"]
    assert (told.path, told.line) == (f"index.{suffix}", line)
    assert said in told.text
    # The rest of the overview is there.
    assert len(list(overview(built).findall(nodes.table))) == 2


def test_reading_files_can_be_switched_off(new_book: NewBook) -> None:
    book = book_with(new_book, ".. revision-overview::\n   :since: last.json\n", "rst")
    book.write("last.json", '{"findings": []}')
    settings = "app.env.settings.update(file_insertion_enabled=False)"
    setup = f'def setup(app): app.connect("builder-inited", lambda app: {settings})\n'
    book.write("conf.py", CONF + setup)
    [told] = [one for one in book.build().told if one.type == "revguide.since"]
    assert "file_insertion_enabled" in told.text


def test_a_book_without_findings_says_so(new_book: NewBook) -> None:
    built = new_book({"index.md": "# Book\n\n```{revision-overview}\n```\n"}).build()
    assert "No flagged pattern is found in the book." in overview(built).astext()


def test_an_edited_chapter_refreshes_the_overview(new_book: NewBook) -> None:
    book = book_with(new_book, "```{revision-overview}\n```\n")
    assert "The lighthouse" in overview(book.build()).astext()
    book.write("lighthouse.md", "# The lighthouse\n\nIt was sold.\n")
    page = book.build().read("index.html")
    assert "The lighthouse" not in page.partition("revguide-heat")[2].partition("</table>")[0]


def test_it_follows_what_no_guide_asks_for(new_book: NewBook) -> None:
    index = "# Book\n\n```{toctree}\nlighthouse\nstate\n```\n"
    state = "# State\n\n```{revision-overview}\n```\n"
    book = new_book({"index.md": index, "lighthouse.md": OTHER, "state.md": state})
    book.write("conf.py", CONF + 'revguide_flag = ["readiness-checklist"]\n')
    assert "readiness-checklist" in book.build().read("state.html")
    # Nothing else of the page changes, not even where its sections begin.
    book.write("lighthouse.md", OTHER.replace("✅ Pass", "❌ Fail"))
    assert "readiness-checklist" not in book.build().read("state.html")


@pytest.mark.parametrize("name", ["index", "guide", "harbour"])
def test_pages_of_an_epub_are_well_formed(new_book: NewBook, name: str) -> None:
    book = book_with(new_book, "```{revision-overview}\n```\n")
    built = book.build("epub", version="1", project_copyright="2026, nobody")
    page: Path = built.outdir / f"{name}.xhtml"
    root = ET.parse(page).getroot()  # noqa: S314 -- our own output
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    text = page.read_text(encoding="utf-8")
    assert "<button" not in text
    assert "<script" not in text


def test_it_is_shown_by_writers_of_plain_docutils(new_book: NewBook) -> None:
    page = book_with(new_book, "```{revision-overview}\n```\n").build("xml").read("index.xml")
    assert "Issues settled" in page
    assert "revguide_book" not in page
