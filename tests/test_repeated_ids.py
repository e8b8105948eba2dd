"""Two guides or issues of one id: each keeps its own findings, figures and links."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from sphinxext_revguide.report.entries import entries
from tests.conftest import TERMINAL, Book, Built

NewBook = Callable[..., Book]

INDEX = """\
# Book

```{toctree}
one
two
terminal
pier
```

```{revision-overview}
```
"""
PIER = "# Pier\n\nThe keeper lights the lamp at dusk, trims it at midnight, and puts it out.\n"
CARDS = {"one": "one.html#revision-issue-g-1", "two": "two.html#revision-issue-g-1"}


def guide(title: str, *, patterns: str = "", before: str = "", chapters: str = "terminal") -> str:
    pair = f"\n```{{before-after}}\n{before}\n\n+++\n\nThe wick was short.\n```\n" if before else ""
    option = f":patterns: {patterns}\n" if patterns else ""
    return (
        f"# {title}\n\n```{{revision-guide}} g\n:chapters: {chapters}\n:effort: 2 h\n```\n\n"
        f"````{{revision-issue}} {title} asks\n:number: 1\n{option}\nText.\n{pair}````\n"
    )


ASKS = guide("Asks", patterns="readiness-checklist")
SILENT = guide("Silent")


@pytest.fixture
def book(new_book: NewBook) -> Book:
    """A book whose second guide, of the same id as the first, is the one that asks."""
    return new_book({
        "index.md": INDEX, "one.md": SILENT, "two.md": ASKS, "terminal.md": TERMINAL,
        "pier.md": PIER,
    })  # fmt: skip


def soup(built: Built, page: str) -> BeautifulSoup:
    return BeautifulSoup(built.read(f"{page}.html"), "html.parser")


def links(part: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [str(link["href"]) for link in part.select(selector)]


def marked(built: Built) -> list[str]:
    """What the marks of the chapter link to."""
    return links(soup(built, "terminal"), "details.revguide-mark a[href*=revision-issue]")


def test_a_mark_leads_to_the_issue_that_asks(book: Book) -> None:
    assert marked(book.build()) == [CARDS["two"]]


def test_a_mark_follows_when_the_other_issue_asks(book: Book) -> None:
    book.build()
    # As long as before, so that nothing else of either changes.
    book.write("one.md", ASKS)
    book.write("two.md", SILENT)
    assert marked(book.build()) == [CARDS["one"]]


def test_a_mark_names_all_issues_that_ask(book: Book) -> None:
    book.write("one.md", ASKS)
    assert marked(book.build()) == [CARDS["one"], CARDS["two"]]


def test_no_mark_leads_to_a_card_that_is_gone(book: Book) -> None:
    book.write("one.md", ASKS)
    book.build()
    book.write("one.md", "# No guide\n")
    assert marked(book.build()) == [CARDS["two"]]


def test_a_card_says_what_it_asks_for_itself(book: Book) -> None:
    built = book.build()
    cards = {name: soup(built, name).select_one(".revguide-card") for name in ("one", "two")}
    still = "Still in the book: 1 finding"
    assert {name: still in card.text for name, card in cards.items() if card} == {
        "one": False, "two": True,
    }  # fmt: skip


def test_tables_lead_to_each_card(book: Book) -> None:
    built = book.build()
    rows = ".revguide-issues tbody tr a[href*=revision-issue]"
    assert links(soup(built, "one"), rows) == ["#revision-issue-g-1", CARDS["two"]]
    assert links(soup(built, "two"), rows) == [CARDS["one"], "#revision-issue-g-1"]


def test_the_passages_of_a_guide_name_the_issue_that_asks(book: Book) -> None:
    rows = ".rg-group a[href*=revision-issue]"
    assert links(soup(book.build(), "one"), rows) == [CARDS["two"]]


def test_the_overview_leads_to_each_guide(book: Book) -> None:
    found = links(soup(book.build(), "index"), ".revguide-guides tbody th a")
    assert found == ["one.html#revision-guide-g", "two.html#revision-guide-g"]


def test_a_guide_shows_its_own_chapters_and_anchors(book: Book) -> None:
    book.write("two.md", guide("Asks", patterns="readiness-checklist", chapters="pier"))
    built = book.build()
    about = {name: soup(built, name).select_one(".revguide-guide") for name in ("one", "two")}
    chapters = {
        name: links(part, "a[href$='terminal.html'], a[href$='pier.html']")
        for name, part in about.items()
        if part
    }
    assert chapters == {"one": ["terminal.html"], "two": ["pier.html"]}


def test_a_page_with_one_id_twice_has_two_cards(new_book: NewBook) -> None:
    again = ASKS[ASKS.index("````") :].replace("Asks asks", "Asks again")
    silent = SILENT[SILENT.index("````") :]
    book = new_book({"index.md": f"{SILENT}\n{again}\n{silent}", "terminal.md": TERMINAL})
    built = book.build()
    page = soup(built, "index")
    cards = [card.text for card in page.select(".revguide-card")]
    assert ["Still in" in text for text in cards] == [False, True, False]
    [anchor] = [
        str(section["id"]) for section in page.select("section.revguide-issue")
        if "Asks again" in section.text
    ]  # fmt: skip
    assert marked(built) == [f"index.html#{anchor}"]


def test_two_samples_of_one_id_are_two_findings(new_book: NewBook) -> None:
    lamp, other = PIER.splitlines()[2], "The pilot waits for the tide and reads the old chart."
    book = new_book({
        "index.md": INDEX, "one.md": guide("Lamp", before=lamp, chapters="pier"),
        "two.md": guide("Pilot", before=other, chapters="pier"), "pier.md": f"{PIER}\n{other}\n",
        "terminal.md": "# Terminal\n",
    })  # fmt: skip
    standing = [
        (warning.line, warning.text.partition("(")[2]) for warning in book.build().warnings
        if warning.type == "revguide.standing"
    ]  # fmt: skip
    assert standing == [(3, "issue g-1, “Lamp asks”)"), (5, "issue g-1, “Pilot asks”)")]


def test_a_report_names_the_issue_that_asks(book: Book) -> None:
    report = json.loads(book.build("revguide").read("revguide.json"))
    cards = {issue["card"]: issue["title"] for issue in report["issues"]}
    assert cards == {
        "one#revision-issue-g-1": "Silent asks", "two#revision-issue-g-1": "Asks asks",
    }  # fmt: skip
    [finding] = [finding for finding in report["findings"] if finding["flagged"]]
    assert finding["cards"] == ["two#revision-issue-g-1"]
    [entry] = [entry for entry in entries(report) if entry.rule == "readiness-checklist"]
    assert entry.message.endswith("(issue g-1, “Asks asks”)")


def test_a_report_of_an_older_build_is_read(book: Book) -> None:
    report = json.loads(book.build("revguide").read("revguide.json"))
    for record in (*report["issues"], *report["findings"]):
        record.pop("card", None)
        record.pop("cards", None)
    [entry] = [entry for entry in entries(report) if entry.rule == "readiness-checklist"]
    assert "issue g-1" in entry.message


def test_titles_are_translated_for_each(book: Book) -> None:
    text = SILENT[SILENT.index("````") :]
    book.write("two.md", f"{ASKS}\n{text}")
    folder = book.srcdir / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "two.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Asks asks"\nmsgstr "Fragt"\n\nmsgid "Silent asks"\nmsgstr "Schweigt"\n',
        encoding="utf-8",
    )
    built = book.build(language="de", locale_dirs=["locale"])
    titles = [issue.title for issue in built.domain.book.issues if issue.docname == "two"]
    assert titles == ["Fragt", "Schweigt"]


def test_issues_of_guides_with_one_id_are_about_the_chapters_of_the_first(book: Book) -> None:
    book.write("one.md", guide("Silent", chapters="pier"))
    assert marked(book.build()) == []
    book.write("one.md", SILENT)
    book.write("two.md", guide("Asks", patterns="readiness-checklist", chapters="pier"))
    assert marked(book.build()) == [CARDS["two"]]
