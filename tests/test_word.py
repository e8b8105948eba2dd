"""A guide in Word: what editors do there, and what comes back of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer.word import from_word
from tests.conftest import Book
from tests.test_apply import CHAPTER, book_with

NewBook = Callable[..., Book]


@pytest.fixture
def book(new_book: NewBook) -> Book:
    return book_with(new_book, CHAPTER)


def edited(book: Book, tmp_path: Path, edit: Callable[[Any], object]) -> str:
    """Export the guide, edit the document, import it, and return the guide's page."""
    path, guide = tmp_path / "g.docx", book.srcdir / "guide.md"
    assert (
        main(["export", "g", "--output", str(path), "--force", "--source", str(book.srcdir)]) == 0
    )
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    assert main(["import", str(path), "--output", str(guide), "--update"]) == 0
    return guide.read_text(encoding="utf-8")


def paragraph(document: Any, text: str) -> Any:
    return next(
        each
        for each in document.paragraphs
        if text in "".join(part.text or "" for part in each._p.iter(qn("w:t"), qn("w:delText")))
    )


def decide(document: Any, *, accepted: bool) -> None:
    """Do what Word does when all changes are accepted, or rejected."""
    gone, kept = ("w:del", "w:ins") if accepted else ("w:ins", "w:del")
    for change in [*document.element.body.iter(qn(gone))]:
        change.getparent().remove(change)
    for change in [*document.element.body.iter(qn(kept))]:
        for run in list(change):
            change.addprevious(run)
            for text in run.iter(qn("w:delText")):
                text.tag = qn("w:t")
        change.getparent().remove(change)


@pytest.mark.parametrize(("accepted", "status"), [(True, "accepted"), (False, "rejected")])
def test_accepting_or_rejecting_all_changes_is_a_decision(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str], accepted: bool, status: str
) -> None:
    old = (book.srcdir / "guide.md").read_text(encoding="utf-8")
    page = edited(book, tmp_path, lambda document: decide(document, accepted=accepted))
    assert page == old.replace(":impact: high\n", f":impact: high\n:status: {status}\n")
    assert f"issue 1: {status}" in capsys.readouterr().out


def test_a_decision_does_not_replace_what_the_author_settled(book: Book, tmp_path: Path) -> None:
    guide = book.srcdir / "guide.md"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace(":impact: high\n", ":impact: high\n:status: deferred\n"))
    page = edited(book, tmp_path, lambda document: decide(document, accepted=True))
    assert page.count(":status: deferred\n") == page.count(":status:") == 1


def test_a_text_that_is_typed_below_the_line_above_a_sample_is_a_part_of_it(
    book: Book, tmp_path: Path
) -> None:
    def edit(document: Any) -> None:
        first = paragraph(document, "Gate 7 sticks.")
        first.insert_paragraph_before("The gates are old.")
        first.insert_paragraph_before("")

    page = edited(book, tmp_path, edit)
    assert "+++\nThe gates are old.\n\nGate 7 sticks.\n" in page.replace("+++\n\n", "+++\n")


def test_a_new_issue_that_is_typed_in_plain_text_has_its_samples(
    book: Book, tmp_path: Path
) -> None:
    def edit(document: Any) -> None:
        document.add_heading("ISSUE #2: The warden", 3)
        texts = (
            "**Problem:** Nobody is seen.", "Sample BEFORE", "Every gangway is checked.",
            "Sample AFTER", "The warden checks twice.", "**Why:** She is seen.",
        )  # fmt: skip
        for line in texts:
            document.add_paragraph(line)

    page = edited(book, tmp_path, edit)
    issue = page.partition("{revision-issue} The warden")[2]
    assert "Nobody is seen." in issue.partition("{before-after}")[0]
    assert "Every gangway is checked.\n\n+++\n\nThe warden checks twice.\n```" in issue
    assert "She is seen." in issue.partition("+++")[2]


def test_a_comment_becomes_a_text_of_its_issue_once(book: Book, tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        place = paragraph(document, "Problem.")
        document.add_comment(place.runs, text="Which one?", author="Hale")

    page = edited(book, tmp_path, edit)
    assert page.count("**Comment by Hale:** Which one?") == 1
    assert "Edit the" not in page
    issue = page.partition("{revision-issue}")[2]
    assert "**Comment by Hale:** Which one?" in issue
    assert edited(book, tmp_path, lambda _document: None) == page


def document_of(fill: Callable[[Any], object]) -> str:
    document, content = docx.Document(), io.BytesIO()
    fill(document)
    document.save(content)
    return from_word(content.getvalue())


def test_a_table_of_a_document_becomes_a_table() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Above.")
        table = document.add_table(2, 2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells),
            ("Berth", "Depth", "North | east", "9.5\nmetres"),
            strict=True,
        ):
            cell.text = text
        document.add_paragraph("Below.")

    assert document_of(fill) == (
        "Above.\n\n| Berth | Depth |\n|---|---|\n| North \\| east | 9.5 metres |\n\nBelow.\n"
    )


def test_an_insertion_in_a_sentence_stays_in_its_place() -> None:
    def fill(document: Any) -> None:
        runs = [document.add_paragraph("Dear ").add_run("all "), None]
        paragraph = document.paragraphs[0]
        paragraph.add_run("friends")
        inserted = paragraph._p.makeelement(qn("w:ins"), {qn("w:id"): "1", qn("w:author"): "Hale"})
        assert runs[0] is not None
        runs[0]._r.addprevious(inserted)
        inserted.append(runs[0]._r)

    assert document_of(fill) == "Dear all friends\n"


def test_a_problem_of_a_document_names_its_paragraph(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def make_longer(document: Any) -> None:
        heading = paragraph(document, "ISSUE #1: Gates")
        heading.insert_paragraph_before("## 12 critical issues")

    edited(book, tmp_path, make_longer)
    said = capsys.readouterr().err
    assert f"{tmp_path / 'g.docx'}: “## 12 critical issues”: this heading announces 12" in said
