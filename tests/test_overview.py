"""The overview of the whole book, in MyST and reST, and what it says about an earlier report."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
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
    return next(container for container in containers if "revguide-book" in container["classes"])


def page_of(built: Built) -> BeautifulSoup:
    return BeautifulSoup(built.read("index.html"), "html.parser")


def rows(table: Tag) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in table.select("tr")
    ]


@pytest.mark.parametrize(
    ("suffix", "directive"),
    [("md", "```{revision-overview}\n```\n"), ("rst", ".. revision-overview::\n")],
)
def test_guides_by_progress_and_chapters_by_patterns(
    new_book: NewBook, suffix: str, directive: str
) -> None:
    built = book_with(new_book, directive, suffix).build()
    page = page_of(built)
    guides, heat = page.select(".revguide-book table")
    assert rows(guides) == [
        ["Guide", "Progress", "Still in the book", "Length", "Work left", "Missing"],
        ["Guide", "1 of 3 settled 1 1 1 1 open, 1 accepted, 1 applied",
         "4 findings", "84 words", "2.5\N{NO-BREAK SPACE}h", "1"],
    ]  # fmt: skip
    assert rows(heat) == [
        ["Chapter", "Old text still in the book", "Readiness checklist"],
        ["The harbour", "1", "1"],
        ["The lighthouse", "· 0", "2"],
        ["All", "1", "3"],
    ]
    assert [tag.get_text() for tag in heat.select(".revguide-heat-1, .revguide-heat-2")] == [
        "1", "1", "2",
    ]  # fmt: skip
    tiles = [tag.get_text(" ", strip=True) for tag in page.select(".rg-summary > div")]
    assert tiles == [
        "Issues settled 1 of 3 1 open, 1 accepted",
        "Work left 2.5\N{NO-BREAK SPACE}h in 1 guide",
        "Still in the book 4 findings in 2 chapters",
        "What must stay 1 of 2 kept 1 missing",
    ]


def contents(title: str, *names: str) -> str:
    lines = "\n".join(names)
    return f"# {title}\n\n```{{toctree}}\n{lines}\n```\n"


def test_guides_and_chapters_are_in_the_order_of_the_contents(new_book: NewBook) -> None:
    guide = "# {0}\n\n```{{revision-guide}} {0}\n:chapters: {0}-chapter\n```\n"
    files = {f"{name}.md": guide.format(name) for name in ("a", "b", "c")} | {
        f"{name}-chapter.md": OTHER.replace("lighthouse", name) for name in ("a", "b", "c")
    }
    overview_here = "\n```{revision-overview}\n```\n"
    files["index.md"] = contents("Book", "c", "b-chapter", "more") + overview_here
    files["more.md"] = contents("More", "b", "c-chapter", "a")
    files["a-chapter.md"] = "---\norphan: true\n---\n\n" + files["a-chapter.md"]
    book = new_book(files)
    book.write("conf.py", CONF + 'revguide_flag = ["readiness-checklist"]\n')
    guides, heat = page_of(book.build()).select(".revguide-book table")
    assert [row[0] for row in rows(guides)[1:]] == ["c", "b", "a"]
    assert [row[0] for row in rows(heat)[1:-1]] == ["The b", "The c", "The a"]
    # Another order of the contents is shown by the next build.
    book.write("more.md", contents("More", "a", "c-chapter", "b"))
    guides, _heat = page_of(book.build()).select(".revguide-book table")
    assert [row[0] for row in rows(guides)[1:]] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("of_guide", "first", "second", "shown", "tile"),
    [
        ("", "", "", "Unknown", "Unknown no guide gives hours"),
        (":effort: 6 h", "", "", "6 h", "6 h in 1 guide"),
        ("", ":effort: 1 h", ":effort: 30 min", "1.5 h", "1.5 h in 1 guide"),
        ("", ":effort: 1 h", "", "at least 1 h", "at least 1 h in 1 guide"),
        ("", ":effort: 1 h\n:status: applied", "", "Unknown", "Unknown no guide gives hours"),
        ("", ":status: applied", ":status: rejected", "None", "None in 1 guide"),
    ],
)
def test_hours_that_nothing_gives_are_unknown(
    new_book: NewBook, of_guide: str, first: str, second: str, shown: str, tile: str
) -> None:
    guide = f"# G\n\n```{{revision-guide}} g\n:chapters: harbour\n{of_guide}\n```\n"
    for options in (first, second):
        guide += f"\n```{{revision-issue}} T\n{options}\n\nText.\n```\n"
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n\n```{revision-overview}\n```\n"
    files = {"index.md": index, "harbour.md": "# H\n\nText.\n", "guide.md": guide}
    page = page_of(new_book(files).build())
    assert rows(page.select(".revguide-guides")[0])[1][4].replace("\xa0", " ") == shown
    tiles = [tag.get_text(" ", strip=True) for tag in page.select(".rg-summary > div")]
    assert tiles[1].replace("\xa0", " ") == f"Work left {tile}"


@pytest.mark.parametrize(
    ("status", "tile"),
    [
        ("applied", "Unknown 1 guide gives no hours"),
        ("open", "at least 1 h 1 guide gives no hours"),
    ],
)
def test_hours_of_one_of_two_guides_are_not_all(new_book: NewBook, status: str, tile: str) -> None:
    text = "# G\n\n```{{revision-guide}} {0}\n:chapters: harbour\n```\n\n"
    text += "```{{revision-issue}} T\n{1}\n\nText.\n```\n"
    files = {"harbour.md": "# H\n\nText.\n", "guide.md": text.format("g", "")}
    files["done.md"] = text.format("d", f":effort: 1 h\n:status: {status}")
    names = "\n".join(name.removesuffix(".md") for name in files)
    files["index.md"] = f"# B\n\n```{{toctree}}\n{names}\n```\n\n```{{revision-overview}}\n```\n"
    tiles = page_of(new_book(files).build()).select(".rg-summary > div")
    said = tiles[1].get_text(" ", strip=True).replace("\xa0", " ")
    assert said == f"Work left {tile}"


def test_links_lead_to_the_first_mark(new_book: NewBook) -> None:
    built = book_with(new_book, "```{revision-overview}\n```\n").build()
    links = page_of(built).select(".revguide-heat a")
    assert len(links) == 2
    for link in links:
        page, _, anchor = str(link["href"]).partition("#")
        assert f'id="{anchor}"' in built.read(page)


def test_a_bar_has_numbers_and_says_in_words_what_it_draws(new_book: NewBook) -> None:
    page = page_of(book_with(new_book, "```{revision-overview}\n```\n").build())
    [bar] = page.select(".revguide-guides svg")
    assert [tag["class"] for tag in bar.select("rect")] == [
        ["rg-part-applied"], ["rg-part-accepted"], ["rg-part-open"],
    ]  # fmt: skip
    assert [tag.get_text() for tag in bar.select("text")] == ["1", "1", "1"]
    assert [tag["x"] for tag in bar.select("text")] == ["16.67%", "50.00%", "83.33%"]
    assert [tag["x"] for tag in bar.select("rect")] == ["0.00%", "33.33%", "66.67%"]
    cell = bar.parent
    assert isinstance(cell, Tag)
    assert "1 open, 1 accepted, 1 applied" in cell.get_text()
    legends = [tag.get_text(" ", strip=True) for tag in page.select(".rg-legend")]
    assert legends == ["Applied Accepted Open", "1 2–3 4–7 8–15 16 or more"]


@pytest.mark.parametrize(("others", "hidden"), [(11, True), (12, False)])
def test_numbers_are_in_view_where_a_part_of_the_bar_is_too_narrow_for_its_own(
    new_book: NewBook, others: int, *, hidden: bool
) -> None:
    guide = "# G\n\n```{revision-guide} g\n```\n\n```{revision-issue} T\n\nText.\n```\n"
    guide += "\n```{revision-issue} T\n:status: applied\n\nText.\n```\n" * others
    index = "# Book\n\n```{toctree}\nguide\n```\n\n```{revision-overview}\n```\n"
    page = page_of(new_book({"index.md": index, "guide.md": guide}).build())
    [bar] = page.select(".revguide-guides svg")
    assert [tag.get_text() for tag in bar.select("text")] == [str(others), "1"][: 1 + hidden]
    said = bar.find_next_sibling()
    assert isinstance(said, Tag)
    assert said.get_text() == f"1 open, {others} applied"
    assert said["class"] == (["rg-hidden"] if hidden else ["rg-tiny", "rg-quiet"])


def test_what_is_new_and_fixed_since_a_report(new_book: NewBook) -> None:
    book = book_with(new_book, "```{revision-overview}\n:since: last.json\n```\n")
    book.write("last.json", '{"findings": []}')
    report = book.build("revguide").read("revguide.json")
    book.write("last.json", report)
    assert "0 fixed, 0 new, 4 unchanged." in overview(book.build()).astext()
    # One section of the lighthouse is rewritten, the harbour gets another.
    book.write("lighthouse.md", OTHER.partition("## The stairs")[0])
    cranes = TABLE.replace("1", "2") + "\nAll done."
    book.write("harbour.md", FILES["harbour.md"] + "\n## The cranes\n\n" + cranes + "\n")
    text = overview(book.build()).astext()
    assert "1 fixed, 1 new, 3 unchanged." in text
    new, _, fixed = text.partition("\nNew\n")[2].partition("\nFixed\n")
    assert "The harbour, line " in new
    assert "The lighthouse, line 13: Readiness checklist." in fixed


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.json", None, "is not a readable report (No such file or directory); write"),
        ("last.json", "{", "is not a readable report"),
        ("last.json", "[1]", "is not a readable report"),
        ("last.json", '{"findings": [{}]}', "is not a readable report"),
        ("/../../last.json", None, "is outside the source directory"),
    ],
)
def test_a_report_that_cannot_be_read_is_reported(
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
    line = next(n for n, line in enumerate(index.splitlines(), 1) if ":since:" in line)
    [reported] = [
        build_warning for build_warning in built.warnings if build_warning.type == "revguide.since"
    ]
    assert (reported.path, reported.line) == (f"index.{suffix}", line)
    assert said in reported.text
    # The rest of the overview is there.
    assert len(page_of(built).select(".revguide-book table")) == 2


def test_reading_files_can_be_switched_off(new_book: NewBook) -> None:
    book = book_with(new_book, ".. revision-overview::\n   :since: last.json\n", "rst")
    book.write("last.json", '{"findings": []}')
    settings = "app.env.settings.update(file_insertion_enabled=False)"
    setup = f'def setup(app): app.connect("builder-inited", lambda app: {settings})\n'
    book.write("conf.py", CONF + setup)
    [reported] = [
        build_warning
        for build_warning in book.build().warnings
        if build_warning.type == "revguide.since"
    ]
    assert "file_insertion_enabled" in reported.text


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
    assert "Readiness checklist" in book.build().read("state.html")
    # Nothing else of the page changes, not even where its sections begin.
    book.write("lighthouse.md", OTHER.replace("✅ Pass", "❌ Fail"))
    assert "Readiness checklist" not in book.build().read("state.html")


@pytest.mark.parametrize("name", ["index", "guide", "harbour"])
def test_pages_of_an_epub_are_well_formed(new_book: NewBook, name: str) -> None:
    book = book_with(new_book, "```{revision-overview}\n```\n")
    built = book.build("epub", version="1", project_copyright="2026, nobody")
    page: Path = built.outdir / f"{name}.xhtml"
    root = ET.parse(page).getroot()  # noqa: S314 -- our own output
    ids = [entry.get("id") for entry in root.iter() if entry.get("id")]
    assert len(ids) == len(set(ids))
    text = page.read_text(encoding="utf-8")
    assert "<button" not in text
    assert "<script" not in text
    assert "rg-bars" not in text


def test_it_is_shown_by_writers_of_plain_docutils(new_book: NewBook) -> None:
    page = book_with(new_book, "```{revision-overview}\n```\n").build("xml").read("index.xml")
    assert "1 of 3 settled" in page
    assert "revguide_book" not in page


def test_narrow_pages_have_a_line_for_each_chapter_and_pattern(new_book: NewBook) -> None:
    built = book_with(new_book, "```{revision-overview}\n```\n").build("text")
    lines = [line for line in built.read("index.txt").splitlines() if "Readiness" in line]
    assert [line.split()[-2] if line.endswith("|") else line.split()[-1] for line in lines] == [
        "1", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("issue", "shown", "absent"),
    [
        ("", ["This guide has no issues yet."], ["Issues settled", "Still in the book"]),
        ("\nIt is dull.\n", ["0 of 1", "Not checked"], ["every flagged text is gone"]),
    ],
)
def test_a_guide_that_looks_for_nothing_claims_no_success(
    new_book: NewBook, issue: str, shown: list[str], absent: list[str]
) -> None:
    guide = "# Guide\n\n```{revision-guide} g\n```\n\n"
    guide += f"```{{revision-issue}} A\n{issue}```\n" if issue else ""
    html = new_book({"index.md": guide}).build().read("index.html")
    assert [text for text in shown if text not in html] == []
    assert [text for text in absent if text in html] == []
