"""Reports suggest what ``sphinx-revguide apply`` would write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book
from tests.test_apply import BEFORE, CHAPTER, book_with

NewBook = Callable[..., Book]


@pytest.fixture
def reports(new_book: NewBook) -> tuple[Book, Path]:
    book = book_with(new_book, CHAPTER)
    return book, book.build("revguide", revguide_reports=list(FORMATS)).outdir


def with_lines(text: str, first: int, last: int, new: str) -> str:
    """Replace whole lines, as a tool that accepts a suggestion does."""
    lines = text.split("\n")
    return "\n".join([*lines[: first - 1], *new.split("\n"), *lines[last:]])


def applied(book: Book) -> str:
    assert main(["apply", "g-1", "--yes", "--source", str(book.srcdir)]) == 0
    return (book.srcdir / "harbour.md").read_text()


def test_a_suggestion_in_rdjson_gives_what_apply_writes(reports: tuple[Book, Path]) -> None:
    book, outdir = reports
    log = json.loads((outdir / "revguide-rdjson.json").read_text())
    suggestions = [item for entry in log["diagnostics"] for item in entry.get("suggestions", [])]
    assert len(suggestions) == 1
    place, text = suggestions[0]["range"], suggestions[0]["text"]
    new = with_lines(CHAPTER, place["start"]["line"], place["end"]["line"], text)
    assert new == applied(book)


def test_a_fix_in_sarif_gives_what_apply_writes(reports: tuple[Book, Path]) -> None:
    book, outdir = reports
    results = json.loads((outdir / "revguide.sarif").read_text())["runs"][0]["results"]
    fixes = [fix for result in results for fix in result.get("fixes", [])]
    assert len(fixes) == 1
    change = fixes[0]["artifactChanges"][0]["replacements"][0]
    region = change["deletedRegion"]
    text = change["insertedContent"]["text"]
    assert with_lines(CHAPTER, region["startLine"], region["endLine"], text) == applied(book)


def test_the_summary_suggests_what_apply_writes(reports: tuple[Book, Path]) -> None:
    book, outdir = reports
    summary = (outdir / "revguide.md").read_text()
    found = re.search(
        r"^harbour\\?\.md:6\n\n```suggestion\n(.*?)\n```$", summary, re.MULTILINE | re.DOTALL
    )
    assert found is not None
    assert with_lines(CHAPTER, 6, 6, found[1]) == applied(book)


def test_nothing_is_suggested_that_apply_refuses(new_book: NewBook) -> None:
    book = book_with(new_book, CHAPTER + "\n" + BEFORE + "\n")
    outdir = book.build("revguide", revguide_reports=list(FORMATS)).outdir
    assert "suggest" not in (outdir / "revguide-rdjson.json").read_text()


def results(book: Book) -> list[dict[str, Any]]:
    outdir = book.build("revguide", revguide_reports=["sarif"]).outdir
    log = json.loads((outdir / "revguide.sarif").read_text())
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def test_a_finding_of_the_baseline_is_in_sarif_as_suppressed(new_book: NewBook) -> None:
    book = book_with(new_book, CHAPTER)
    new = [result for result in results(book) if result["ruleId"] == "standing"]
    assert [(entry["baselineState"], entry["suppressions"]) for entry in new] == [("new", [])]
    assert main(["baseline", str(book.srcdir)]) == 0
    known = [result for result in results(book) if result["ruleId"] == "standing"]
    assert [finding["baselineState"] for finding in known] == ["unchanged"]
    assert [entry["kind"] for entry in known[0]["suppressions"]] == ["external"]


def test_an_allowed_finding_is_in_sarif_with_its_reason(new_book: NewBook) -> None:
    allowed = "% revguide: allow standing -- the harbour's own words\n"
    book = book_with(new_book, CHAPTER.replace("- A first", f"{allowed}\n- A first"))
    found = [result for result in results(book) if result["ruleId"] == "standing"]
    assert [section["suppressions"][0]["justification"] for section in found] == [
        "the harbour's own words"
    ]
    assert [section["suppressions"][0]["kind"] for section in found] == ["inSource"]
