"""``sphinx-revguide export``: a guide goes out to its editor, and comes back the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import ImportedGuide, print_myst, read_guide
from sphinxext_revguide.importer.export_markdown import to_markdown
from sphinxext_revguide.importer.word import NoDocumentError, from_word
from sphinxext_revguide.importer.word_export import to_word
from tests.conftest import Book
from tests.exporting import run
from tests.test_apply import BEFORE, CHAPTER, book_with
from tests.word_documents import with_text_replaced

NewBook = Callable[..., Book]

GUIDES = sorted((Path(__file__).parent / "guides").glob("*.md"))


def said(guide: ImportedGuide) -> list[object]:
    """Return what an editor says in the issues of a guide."""
    return [
        (
            issue.issue.number, issue.issue.title, issue.issue.impact, issue.issue.frequency,
            issue.issue.reduction, issue.issue.effort,
            [(pair.before and pair.before.text, pair.after and pair.after.text)
             for pair in issue.issue.pairs],
        )
        for issue in guide.issues
    ]  # fmt: skip


def assert_comes_back(text: str, name: str) -> None:
    guide = read_guide(text, name=name)
    markdown = to_markdown(print_myst(guide))
    assert said(read_guide(markdown, name=name)) == said(guide)
    assert said(read_guide(from_word(to_word(markdown)), name=name)) == said(guide)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_guide_comes_back_from_markdown_and_from_word(path: Path) -> None:
    assert_comes_back(path.read_text(encoding="utf-8"), path.name)


def test_real_guides_come_back(shared: Path) -> None:
    paths = sorted((shared / "inputs").glob("*.md"))
    guides = [path for path in paths if "manuscript" not in path.name]
    assert len(guides) >= 2
    for path in guides:
        assert_comes_back(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture
def book(new_book: NewBook) -> Book:
    return book_with(new_book, CHAPTER)


def test_what_an_editor_changes_in_word_is_imported(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "g.docx"
    assert run(book, "--to", "docx", "--output", str(path)) == 0
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        assert "word/document.xml" in old.namelist()
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                assert b"<w:ins " in data
                assert b"<w:del " in data
                data = data.replace(b"Gate 7 sticks.", b"Gate 8 sticks.")
            new.writestr(entry, data)
    path.write_bytes(content.getvalue())
    guide = book.srcdir / "guide.md"
    assert main(["import", str(path), "--guide-id", "g", "--output", str(guide), "--update"]) == 0
    text = guide.read_text()
    assert "Gate 8 sticks." in text
    assert "Gate 7" not in text
    assert ":chapters: harbour" in text


@pytest.mark.parametrize("label", ["**MUST PRESERVE:**", "**What must stay**", ""])
def test_locks_come_back_below_one_label(label: str) -> None:
    page = (
        f"# Guide\n\n## Terms\n\n{label}\n\n```{{locked-preserve}}\n- Pilots\n```\n\n"
        "````{revision-issue} Gates\n```{before-after}\nOld.\n\n+++\n\nNew.\n```\n````\n"
    )
    back = print_myst(read_guide(to_markdown(page), name="g.md"))
    assert "```{locked-preserve}\n- Pilots\n```" in back
    assert len(re.findall(r"must (?:preserve|stay)", back, re.IGNORECASE)) == 1
    assert "::" not in back


def test_an_unknown_guide_is_refused(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    for name, hint in (("harbour", "the ids are: g"), ("G", "did you mean 'g'?")):
        assert main(["export", name, "--source", str(book.srcdir)]) == 2
        assert f"{name}: no guide of this book has this id; {hint}" in capsys.readouterr().err


def test_a_file_is_not_written_over(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "g.md"
    path.write_text("mine")
    assert run(book, "--output", str(path)) == 2
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["g.docx", "g.DOCX"])
def test_the_name_of_the_output_selects_word(book: Book, tmp_path: Path, name: str) -> None:
    assert run(book, "--output", str(tmp_path / name)) == 0
    assert "Sample BEFORE" not in from_word((tmp_path / name).read_bytes())


@pytest.mark.parametrize(
    ("form", "name", "remedy"),
    [("md", "g.docx", "that ends in .md"), ("docx", "g.md", "that ends in .docx"),
     ("md", "g.doc", "that ends in .docx or .md"), ("docx", "g.odt", "that ends in .docx"),
     ("md", "", "is a folder; name a file in it")],
)  # fmt: skip
def test_an_output_of_another_format_is_refused(
    book: Book, tmp_path: Path, form: str, name: str, remedy: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(book, "--to", form, "--output", str(tmp_path / name)) == 2
    assert remedy in capsys.readouterr().err
    assert not (tmp_path / name).is_file()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_what_is_not_a_document_is_refused(content: bytes) -> None:
    with pytest.raises(NoDocumentError, match="cannot be read as a Word document"):
        from_word(content)


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(NoDocumentError, match="at most"):
        from_word(packed.getvalue())


def test_control_characters_are_shown_in_a_document() -> None:
    assert "a␀ b␛" in from_word(to_word("# a\x00 b\x1b\n"))


PAGE = """\
# Guide

```{revision-guide} g
:chapters: harbour
```

% Ask Ann about this.

````{revision-issue} Gates
:impact: high
:patterns: readiness-checklist

**Where:** at the pier.

```{before-after}
The gates open at nine, as they always did.

+++

Gate 7 sticks, and nobody knows why it does.
```

```{before-after}
:after: Instruction

Everything passed.

+++

[delete]
```
````

## What must stay

```{locked-preserve}
- Dues: `before noon`
```
"""


@pytest.mark.parametrize("form", ["md", "docx"])
def test_an_author_s_page_comes_back_to_the_byte(
    new_book: NewBook, tmp_path: Path, form: str
) -> None:
    book = new_book({"index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n"})
    (book.srcdir / "harbour.md").write_text(CHAPTER)
    guide, path = book.srcdir / "guide.md", tmp_path / f"g.{form}"
    guide.write_text(PAGE)
    assert run(book, "--to", form, "--output", str(path)) == 0
    back = ["import", str(path), "--guide-id", "g", "--output", str(guide), "--update"]
    assert main(back) == 0
    assert guide.read_text() == PAGE
    old, new = "nobody knows why it does", "the warden knows why"
    if form == "md":
        path.write_text(path.read_text().replace(old, new))
    else:
        path.write_bytes(with_text_replaced(path, old, new))
    assert main(back) == 0
    assert guide.read_text() == PAGE.replace(old, new)


def test_a_new_version_that_is_not_an_export_is_merged_as_before(
    book: Book, tmp_path: Path
) -> None:
    path, guide = tmp_path / "g.md", book.srcdir / "guide.md"
    path.write_text(
        "# Guide\n\n### ISSUE #1: Gates\n\n**Impact:** low\n\nAnother problem.\n\n"
        f"#### BEFORE\n\n> {BEFORE}\n\n#### AFTER\n\n> Gate 9 sticks.\n"
    )
    assert main(["import", str(path), "--guide-id", "g", "--output", str(guide), "--update"]) == 0
    assert "Gate 9 sticks." in guide.read_text()
    assert ":impact: low" in guide.read_text()


def test_an_instruction_stays_one() -> None:
    text = "### ISSUE #1: A\n\n#### BEFORE\n\n> One two three.\n\nAfter: *delete*\n"
    guide = read_guide(text, name="g.md")
    back = read_guide(to_markdown(print_myst(guide)), name="g.md")
    for entry in (guide, back):
        [pair] = entry.issues[0].issue.pairs
        assert pair.after is not None
        assert pair.after.instruction


def test_a_chapter_is_named_without_the_slash_of_a_docname() -> None:
    page = "# G\n\n```{revision-guide} g\n:chapters: /harbour, /quay/crane,/mole\n```\n"
    assert "**Document:** harbour, quay/crane,mole" in to_markdown(page)


def test_a_message_about_an_export_names_the_issues_of_the_page(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, path = book.srcdir / "guide.md", tmp_path / "from-hale.md"
    samples = "#### BEFORE\n```\n{}\n```\n\n#### AFTER\n```\nMiriam and Olaf do.\n```\n"
    teams = "- **Gates**: Team 1 owns them.\n- **Signs**: Team 2 owns them."
    path.write_text(
        to_markdown(page.read_text(encoding="utf-8"))
        + "\n### ISSUE #2: Team labels\n\n**Problem:** “Team 1” says nothing. Name people.\n\n"
        + samples.format(teams),
        encoding="utf-8",
    )
    assert main(["import", str(path), "--output", str(page), "--update"]) == 0
    assert (
        "no pattern covers the complaints of g-2; use --propose-patterns" in capsys.readouterr().err
    )
