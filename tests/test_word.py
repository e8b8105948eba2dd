"""A guide in Word: what editors do there, and what comes back of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.importer.word import NoDocumentError, from_word
from sphinxext_revguide.importer.word_export import to_word
from sphinxext_revguide.markup.page_blocks import every_block, read_page, samples_of
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
        document.add_heading("Issue 1: Greetings", 2)
        paragraph = document.add_paragraph("Dear ")
        track(paragraph, "ins", "all ")
        paragraph.add_run("friends")

    assert document_of(fill) == "## Issue 1: Greetings\n\nDear all friends\n"


def test_a_problem_of_a_document_names_its_paragraph(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def make_longer(document: Any) -> None:
        heading = paragraph(document, "ISSUE #1: Gates")
        heading.insert_paragraph_before("## 12 critical issues")

    edited(book, tmp_path, make_longer)
    said = capsys.readouterr().err
    assert f"{tmp_path / 'g.docx'}: “## 12 critical issues”: this heading announces 12" in said


def test_an_export_looks_like_a_document_and_comes_back_as_it_was() -> None:
    lines = (
        "# Guide", "", "**Impact:** high | **Effort:** 2 h", "", "A *small* thing, 2 * 3 * 4.", "",
        "| No. | What |", "|---|---|", "| 1 | **Gates** \\| *doors* |", "", "| odd | table", "",
        "| A |", "|:-:|", "| 1 |", "",
        "#### BEFORE", "", "```markdown", "**Open.**", "```", "", "End.", "",
    )  # fmt: skip
    content = to_word("\n".join(lines))
    document = docx.Document(io.BytesIO(content))
    bold = [run.text for part in document.paragraphs for run in part.runs if run.bold]
    assert bold == ["Impact:", "Effort:", "Sample BEFORE"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Gates | doors"]
    back = from_word(content)
    assert (
        back.replace("**Open.**\n````", "**Open.**\n```").split("#### ")[0]
        == ("\n".join(lines).split("#### ")[0])
    )
    assert "\n**Open.**\n" in back


def styled(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def test_a_document_of_an_editor_becomes_markdown() -> None:
    def fill(document: Any) -> None:
        styled(document, "Notes on the harbour", "Title")
        document.add_paragraph("Dear Anna,")
        document.add_paragraph("two remarks.")
        styled(document, "Issue 1: Gates", "Heading 1")
        label = document.add_paragraph()
        label.add_run("Impact: ").bold = True
        label.add_run("high").add_break()
        label.add_run("Effort:").bold = True
        label.add_run(" 2 h")
        verse = document.add_paragraph("One ")
        verse.add_run("line").italic = True
        verse.add_run("\nand another")
        styled(document, "First", "List Number")
        styled(document, "below", "List Bullet 2")
        styled(document, "Second", "List Number")
        document.add_paragraph("Between.")
        styled(document, "Gate 7 sticks.", "Quote")
        styled(document, "It does.", "Quote")
        for text in ("$ open", "", "  gate"):
            document.add_paragraph().add_run(text).font.name = "Consolas"

    assert document_of(fill) == (
        "# Notes on the harbour\n\nDear Anna,\n\ntwo remarks.\n\n## Issue 1: Gates\n\n"
        "**Impact:** high\n\n**Effort:** 2 h\n\nOne *line*  \nand another\n\n"
        "1. First\n    - below\n2. Second\n\nBetween.\n\n> Gate 7 sticks.\n>\n> It does.\n\n"
        "```\n$ open\n\n  gate\n```\n"
    )


def test_a_link_of_a_document_keeps_its_address() -> None:
    def fill(document: Any) -> None:
        for address in ("https://example.org/a", "file:///etc/passwd"):
            name = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            paragraph = document.add_paragraph("See ")
            link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): name})
            paragraph._p.append(link)
            link.append(paragraph.add_run("there")._r)

    assert document_of(fill) == "See [there](https://example.org/a)\n\nSee there\n"


def track(paragraph: Any, kind: str, text: str) -> None:
    change = paragraph._p.makeelement(qn(f"w:{kind}"), {qn("w:id"): "1", qn("w:author"): "Hale"})
    run = paragraph.add_run(text)
    paragraph._p.append(change)
    change.append(run._r)
    for part in run._r.iter(qn("w:t")):
        part.tag = qn("w:delText" if kind == "del" else "w:t")


def test_changes_of_a_quoted_text_become_a_pair() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Issue 1: Meals", 2)
        document.add_paragraph("Problem: too ")
        track(document.paragraphs[-1], "del", "much")
        track(document.paragraphs[-1], "ins", "many")
        meal = document.add_paragraph("We promise a hot meal ")
        track(meal, "del", "within 8 minutes")
        track(meal, "ins", "when the oven works")
        meal.add_run(" on all days.")
        document.add_heading("Issue 2: The end", 2)
        track(document.add_paragraph(), "del", "The room was silent.")
        track(document.add_paragraph(), "ins", "Nobody had an answer.")

    text = document_of(fill)
    assert "Problem: too many\n" in text
    pairs = [pair for one in read_guide(text).issues for pair in one.issue.pairs]
    assert [[side.text for side in (pair.before, pair.after) if side] for pair in pairs] == [
        [
            "We promise a hot meal within 8 minutes on all days.",
            "We promise a hot meal when the oven works on all days.",
        ],
        ["The room was silent.", "Nobody had an answer."],
    ]


def test_a_comment_on_a_sample_is_no_part_of_it() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Issue 1: Gates", 2)
        document.add_paragraph().add_run("Before:").bold = True
        before = document.add_paragraph("All gates open as planned.")
        document.add_comment(before.runs, text="Which one?", author="Hale")
        document.add_paragraph().add_run("After:").bold = True
        document.add_paragraph("Gate 7 sticks.")

    (one,) = read_guide(document_of(fill)).issues
    (pair,) = one.issue.pairs
    assert pair.before is not None
    assert pair.before.text == "All gates open as planned."
    assert [note.text for note in one.notes] == ["**Comment by Hale:** Which one?"]


def test_a_cell_of_a_document_keeps_its_paragraphs() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Issue 1: Gates", 2)
        cells = [cell for row in document.add_table(2, 2).rows for cell in row.cells]
        for cell, text in zip(cells, ["Before", "After", "All open.\n\nAll.", ""], strict=True):
            cell.text = text
        cells[3].paragraphs[0].add_run("Gate 7").add_break()
        cells[3].paragraphs[0].add_run("sticks.")
        cells[3].add_paragraph("It does.")

    (one,) = read_guide(document_of(fill)).issues
    (pair,) = one.issue.pairs
    assert [side.text for side in (pair.before, pair.after) if side] == [
        "All open.\n\nAll.",
        "Gate 7 sticks.\n\nIt does.",
    ]


def test_merged_cells_and_content_controls_are_read_once() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 2)
        table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "Both"
        table.rows[1].cells[0].text = "one"
        table.rows[1].cells[1].text = "two"
        paragraph = document.add_paragraph("Inside.")
        control = paragraph._p.makeelement(qn("w:sdt"), {})
        content = paragraph._p.makeelement(qn("w:sdtContent"), {})
        paragraph._p.addprevious(control)
        control.append(content)
        content.append(paragraph._p)

    assert document_of(fill) == "| Both |  |\n|---|---|\n| one | two |\n\nInside.\n"


def test_a_footnote_stands_below_its_text() -> None:
    def fill(document: Any) -> None:
        for text in ("Nobody is seen.", "Nobody sees."):
            document.add_paragraph(text)
        note = (
            f'<w:footnotes xmlns:w="{nsmap["w"]}"><w:footnote w:id="2"><w:p><w:r><w:t>Page 9.'
            "</w:t></w:r></w:p></w:footnote></w:footnotes>"
        )
        package = document.part.package
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, note.encode(), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        run = document.paragraphs[0].add_run()
        run._r.append(run._r.makeelement(qn("w:footnoteReference"), {qn("w:id"): "2"}))

    assert document_of(fill) == "Nobody is seen.\n\n**Footnote:** Page 9.\n\nNobody sees.\n"


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


def test_a_document_of_nested_tables_is_refused() -> None:
    document, content = docx.Document(), io.BytesIO()
    cell = document.add_table(1, 1).cell(0, 0)
    for _level in range(400):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "deep"
    document.save(content)
    with pytest.raises(NoDocumentError, match="cannot be read as a Word document"):
        from_word(content.getvalue())
