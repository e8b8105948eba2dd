"""``:chapters:`` names chapters by docnames, which may contain blanks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.option_values import parse_docnames, print_docnames, words
from tests.conftest import Book

NewBook = Callable[..., Book]

INDEX = "# Book\n\n```{toctree}\n:glob:\n\n*/*\n```\n"
SENT = "# Notes\n\n### ISSUE #1: X\n\n#### BEFORE\n\n> Old words.\n\n#### AFTER\n\n> New words.\n"


def guide(chapters: str) -> str:
    return f"# Guide\n\n```{{revision-guide}} g\n:chapters: {chapters}\n```\n"


@pytest.fixture
def book(new_book: NewBook) -> Book:
    text = "# Flour\n\nOld words.\n"
    return new_book({"index.md": INDEX, "part one/flour.md": text, "two/oven.md": text})


@pytest.mark.parametrize("names", [("a", "/b/c*"), ("/part one/flour", "two/oven"), ("a,b",)])
def test_names_are_read_as_they_are_written(names: tuple[str, ...]) -> None:
    assert parse_docnames(print_docnames(names)) == names


def test_names_may_be_separated_by_commas() -> None:
    assert parse_docnames('a, "b c",\n  d') == ("a", "b c", "d")


def test_a_name_with_blanks_is_a_chapter(book: Book) -> None:
    book.write("editor/guide.md", guide('"/part one/flour" ../two/oven'))
    built = book.build("text")
    assert built.warnings == []
    assert "Chapters:** Flour, Flour" in built.read("editor/guide.txt")


@pytest.mark.parametrize(
    ("chapters", "hint"),
    [
        ("/part one/flour", 'names with spaces need quotation marks: "/part one/flour"'),
        ("two/oven", "did you mean '/two/oven'?"),
        ("/zebra", "write docnames or globs"),
        ("/drafts/left-out", "its file exists, but exclude_patterns excludes it from the book"),
    ],
)
def test_a_chapter_that_is_no_page_is_reported_with_a_remedy(
    book: Book, chapters: str, hint: str
) -> None:
    book.write("editor/guide.md", guide(chapters))
    book.write("drafts/left-out.md", "# Left out\n")
    warnings = book.build("text", exclude_patterns=["drafts"]).warnings
    assert {warning.type for warning in warnings} == {"revguide.chapters"}
    assert all(hint in warning.text for warning in warnings)


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("two/oven", "/two/oven"),
        ("../two/oven", "../two/oven"),
        ("/two/oven", "/two/oven"),
        ("part one/flour", '"/part one/flour"'),
        ("../two/*", "../two/*"),
    ],
)
def test_an_imported_page_finds_the_chapter_that_was_named(
    book: Book, named: str, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = book.srcdir.parent / "sent.txt.md"
    sent.write_text(SENT, encoding="utf-8")
    page = book.srcdir / "editor" / "guide.md"
    page.parent.mkdir()
    assert main(["import", str(sent), "--chapter", named, "--output", str(page)]) == 0
    assert capsys.readouterr().err == f"{page}: 1 issue; add the page to a toctree\n"
    assert f"\n:chapters: {written}\n" in page.read_text(encoding="utf-8")
    assert [warning.type for warning in book.build("text").warnings] == ["revguide.standing"]


def test_an_import_reports_a_chapter_that_the_book_lacks(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, page = book.srcdir.parent / "sent.md", book.srcdir / "guide.md"
    sent.write_text(SENT, encoding="utf-8")
    assert main(["import", str(sent), "--chapter", "two/ofen", "--output", str(page)]) == 0
    message = f"{page}: --chapter two/ofen: the book has no page 'two/ofen'; did you mean"
    assert capsys.readouterr().err.startswith(f"{message} 'two/oven'?")


@pytest.mark.parametrize("text", ["[a, b-c]", "- a\n- b-c", "[\n  a,\n  b-c\n]", "  - a\n  - b-c"])
def test_a_list_of_yaml_is_a_list_of_names(text: str) -> None:
    assert words(text) == parse_docnames(text) == ("a", "b-c")


def test_a_yaml_list_names_patterns(new_book: NewBook) -> None:
    issue = "```{revision-issue} One\n---\nnumber: 1\npatterns: LIST\n---\n```\n"
    head = "# Guide\n\n```{revision-guide} g\n```\n\n"
    for written in ("[readiness-checklist]", "\n  - readiness-checklist\n  - hedging"):
        built = new_book({"index.md": head + issue.replace("LIST", written)}).build()
        assert not [each for each in built.warnings if "unknown_pattern" in (each.type or "")]


def test_brackets_of_globs_are_kept() -> None:
    assert words("[ab]* x[12]") == parse_docnames("[ab]* x[12]") == ("[ab]*", "x[12]")
