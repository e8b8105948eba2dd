"""A guide in Word: what editors do there, and what comes back of it."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn

from sphinxext_revguide.importer import read_guide
from sphinxext_revguide.importer.word import NoDocumentError, from_word
from sphinxext_revguide.importer.word_export import to_word
from tests.word_documents import document_of, styled, track


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


def test_a_document_of_nested_tables_is_refused() -> None:
    document, content = docx.Document(), io.BytesIO()
    cell = document.add_table(1, 1).cell(0, 0)
    for _level in range(400):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "deep"
    document.save(content)
    with pytest.raises(NoDocumentError, match="cannot be read as a Word document"):
        from_word(content.getvalue())
