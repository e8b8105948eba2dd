"""What editors change and comment on in Word: decisions, new texts and whole chapters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sphinxext_revguide.cli import main
from sphinxext_revguide.markup.page_blocks import every_block, read_page, samples_of
from tests.conftest import Book
from tests.test_apply import CHAPTER, book_with
from tests.word_documents import styled, track

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


def test_a_problem_of_a_document_names_its_paragraph(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def make_longer(document: Any) -> None:
        heading = paragraph(document, "ISSUE #1: Gates")
        heading.insert_paragraph_before("## 12 critical issues")

    edited(book, tmp_path, make_longer)
    said = capsys.readouterr().err
    assert f"{tmp_path / 'g.docx'}: “## 12 critical issues”: this heading counts 12" in said


def marked_chapter(document: Any) -> None:
    """A chapter that an editor changed in Word, and commented on."""
    document.add_heading("Chapter 2: The harbour", 1)
    document.add_paragraph("The terminal was rebuilt.")
    dock = document.add_paragraph("The ferries ")
    track(dock, "del", "used")
    track(dock, "ins", "shared")
    document.add_comment(dock.add_run(" the dock."), "With whom?", "Hale")
    cells = document.add_table(2, 1).columns[0].cells
    cells[0].text = "State"
    track(cells[1].paragraphs[0], "del", "Pass")
    track(cells[1].paragraphs[0], "ins", "jammed")
    for kind, text in (("del", "Silence."), ("del", "Trust."), ("ins", "No answer.")):
        track(document.add_paragraph(), kind, text)
    document.add_paragraph("She was not.")
    track(document.add_paragraph(), "ins", "Nor was he.")
    for text in ("Team 1", "", "Team 3"):
        styled(document, text, "List Bullet")
    track(document.paragraphs[-2], "del", "Team 2")
    document.add_paragraph("The end.")
    track(document.add_paragraph(), "del", "Really.")


def test_a_chapter_that_an_editor_changed_becomes_a_guide(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, path = docx.Document(), tmp_path / "harbour.docx"
    marked_chapter(document)
    document.save(str(path))
    page = book.srcdir / "changes.md"
    assert main(["import", str(path), "--chapter", "chapter", "--output", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Changes to: Chapter 2: The harbour\n\n````{revision-guide} harbour\n")
    issues = [
        (issue.title, *samples_of(pair), pair.options.get("missing", ""))
        for issue in every_block(read_page(text).blocks)
        if issue.name == "revision-issue"
        for pair in issue.body
        if pair.name == "before-after"
    ]
    gone = "the editor deleted the passage"
    assert issues == [
        ("Hale on “the dock.”: With whom?", "The ferries used the dock.",
         "The ferries shared the dock.", ""),
        ("Pass → jammed", "| State |\n|---|\n| Pass |",
         "| State |\n|---|\n| jammed |", ""),
        ("Silence. Trust. → No answer.", "Silence.\n\nTrust.", "No answer.", ""),
        ("Insert: Nor was he.", "She was not.", "She was not.\n\nNor was he.", ""),
        ("Delete: Team 2", "- Team 1\n- Team 2\n- Team 3", "- Team 1\n- Team 3", ""),
        ("Delete: Really.", "Really.", "", gone),
    ]  # fmt: skip
    assert "new issue harbour-3: Silence." in capsys.readouterr().err
    assert main(["import", str(path), "--output", str(page), "--update"]) == 0
    assert page.read_text(encoding="utf-8") == text


def test_a_chapter_in_word_decides_about_no_issue_of_its_page(book: Book, tmp_path: Path) -> None:
    document, path = docx.Document(), tmp_path / "harbour.docx"
    for line in CHAPTER.split("\n\n"):
        document.add_paragraph(line)
    track(document.add_paragraph("The end"), "ins", " is near")
    document.save(str(path))
    guide = book.srcdir / "guide.md"
    old = guide.read_text(encoding="utf-8")
    assert main(["import", str(path), "--output", str(guide), "--update"]) == 0
    new = guide.read_text(encoding="utf-8")
    assert new.startswith(old.rstrip())
    assert "Insert: is near" in new.removeprefix(old.rstrip())
