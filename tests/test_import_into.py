"""Guides are imported into a book, each matched to its chapter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer.export_record import without_record
from sphinxext_revguide.importer.match_chapters import chapter_of, guide_ids, page_of

HARBOUR = Path(__file__).parent / "importer_data" / "harbour.guide.md"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    source = tmp_path / "book"
    (source / "part").mkdir(parents=True)
    (source / "_build").mkdir()
    (source / "_build" / "chapter-01.md").write_text("# Chapter 1\n", encoding="utf-8")
    (source / "chapter-01.md").write_text("# Chapter 1: Boats\n", encoding="utf-8")
    (source / "part" / "ferries.rst").write_text("Chapter 12: Ferries\n===\n", encoding="utf-8")
    (source / "fog-and-radar.md").write_text("# Fog and radar at night\n", encoding="utf-8")
    return source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "feedback"
    folder.mkdir()
    return folder


def guide(path: Path, title: str) -> None:
    text = HARBOUR.read_text("utf-8")
    path.write_text(f"# {title}\n\n" + text.partition("\n")[2], encoding="utf-8")


def test_guides_are_matched_and_written_into_the_book(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    guide(folder / "chapter-12.guide.md", "Ferries")
    guide(folder / "chapter-12.examples.md", "More of ferries")
    guide(folder / "night.md", "Guide for fog and radar at night")
    guide(folder / "lost.md", "A parade")
    assert main(["import", str(folder), "--into", str(book)]) == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert rows["ch01.md"].split()[1] == "chapter-01"
    assert rows["night.md"].split()[1] == "fog-and-radar"
    assert rows["chapter-12.guide.md"].split()[1] == "part/ferries"
    assert "matches no chapter" in rows["lost.md"]
    pages = sorted(path.name for path in (book / "revision-guides").iterdir())
    assert pages == ["chapter-01.md", "ferries-examples.md", "ferries-guide.md", "fog-and-radar.md"]
    page = (book / "revision-guides" / "ferries-guide.md").read_text("utf-8")
    assert "{revision-guide} ferries-guide\n:chapters: /part/ferries\n" in page


def test_a_page_of_a_chapter_that_now_has_two_guides_is_mentioned(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    assert main(["import", str(folder), "--into", str(book)]) == 0
    page = book / "revision-guides" / "chapter-01.md"
    assert f"{page}: an earlier import" not in capsys.readouterr().err
    guide(folder / "more.md", "Notes")
    assert (
        main(["import", str(folder), "--into", str(book), "--chapter", "more.md=chapter-01"]) == 0
    )
    assert f"{page}: an earlier import wrote this page" in capsys.readouterr().err


def test_pages_that_no_toctree_lists_are_mentioned(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    assert main(["import", str(folder), "--into", str(book)]) == 0
    assert "no toctree lists the new pages; add revision-guides/*" in capsys.readouterr().err
    toctree = "# Book\n\n```{toctree}\n:glob:\n\nrevision-guides/*\n```\n"
    (book / "index.md").write_text(toctree, encoding="utf-8")
    assert main(["import", str(folder), "--into", str(book), "--force"]) == 0
    assert "no toctree" not in capsys.readouterr().err


def test_a_match_is_overridden(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    into = ["import", str(folder), "--into", str(book)]
    assert main([*into, "--chapter", "ch01.md=part/ferries"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[1] == "part/ferries"
    assert main([*into, "--chapter", "ch01.md=nowhere"]) == 2
    assert "no page 'nowhere'" in capsys.readouterr().err
    assert main([*into, "--chapter", "chapter-01"]) == 2
    assert "GUIDE=DOCNAME" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("chapters", "reason"),
    [
        (["ch1.md=chapter-01"], "no guides are called 'ch1.md'; did you mean 'ch01.md'?"),
        (["ch01.md=chapter-1"], "no page 'chapter-1'; did you mean 'chapter-01'?"),
        (["ch01.md=chapter-01", "ch01.md=part/ferries"], "already has the chapter 'chapter-01'"),
    ],
)
def test_an_override_that_fits_nothing_is_refused(
    book: Path, folder: Path, chapters: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    named = [part for chapter in chapters for part in ("--chapter", chapter)]
    assert main(["import", str(folder), "--into", str(book), *named]) == 2
    assert reason in capsys.readouterr().err
    assert not (book / "revision-guides").exists()


def test_existing_pages_are_kept(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    into = ["import", str(folder), "--into", str(book)]
    assert main(into) == 0
    page = book / "revision-guides" / "chapter-01.md"
    mine = page.read_text("utf-8").replace(":status: open", ":status: accepted", 1)
    page.write_text(mine, encoding="utf-8")
    assert main(into) == 2
    assert "use --update" in capsys.readouterr().out
    assert main([*into, "--update"]) == 0
    assert page.read_text("utf-8") == mine
    assert main([*into, "--force"]) == 0
    assert page.read_text("utf-8") != mine


def test_nothing_is_written_outside_the_book(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide(folder / "ch01.md", "Notes")
    outside = book.parent / "outside"
    outside.mkdir()
    (book / "revision-guides").symlink_to(outside)
    assert main(["import", str(folder), "--into", str(book)]) == 2
    assert "outside the book" in capsys.readouterr().out
    assert not list(outside.iterdir())


def test_guides_that_lie_in_the_book_are_not_chapters(book: Path) -> None:
    inside = book / "feedback"
    inside.mkdir()
    shutil.copy(HARBOUR, inside / "chapter-01.guide.md")
    assert main(["import", str(inside), "--into", str(book)]) == 0
    page = (book / "revision-guides" / "chapter-01.md").read_text("utf-8")
    assert ":chapters: /chapter-01\n" in page


def test_a_guide_of_another_number_is_not_matched_by_its_words() -> None:
    chapters = [page_of("chapter-2", "# Chapter 2: Harbour lights")]
    assert chapter_of(page_of("chapter-3.md", "# Chapter 3: Harbour lights"), chapters) == ""


@pytest.mark.parametrize(
    ("title", "chapter"),
    [("Notes on the harbour", "harbour"), ("Harbour and lights", ""), ("The season", "")],
)
def test_the_sections_of_a_chapter_do_not_name_it(title: str, chapter: str) -> None:
    pages = [
        page_of("harbour", "# The harbour\n\n## Ready for the season\n"),
        page_of("lights", "# Lights\n\n## Lamps along the breakwater\n"),
    ]
    assert chapter_of(page_of("g.md", f"# {title}\n", guide=True), pages) == chapter


def test_two_guides_of_one_chapter_get_ids_of_one_style() -> None:
    matches = {"a/chapter-2.md": "two", "b/chapter-2.md": "two", "chapter-3.notes.md": "three"}
    assert sorted(guide_ids(matches).values()) == ["three", "two-1", "two-2"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing", "there is no such file or folder"), ("g.docx", "'--chapter' and '--output'")],
)
def test_what_is_no_guide_in_markdown_is_refused_before_the_book_is_read(
    book: Path, folder: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (folder / "g.docx").write_bytes(b"PK")
    assert main(["import", str(folder / name), "--into", str(book)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{folder / name}: " in err
    assert words in err


def test_an_export_without_its_last_line_changes_only_what_its_editor_did(
    book: Path, folder: Path
) -> None:
    guide(folder / "ch01.md", "Notes")
    import_it = ["import", str(folder), "--into", str(book)]
    assert main(import_it) == 0
    (book / "conf.py").write_text('extensions = ["myst_parser", "sphinxext_revguide"]\n')
    (book / "index.md").write_text("# B\n")
    export = folder / "ch01.md"
    args = ["export", "chapter-01", "--source", str(book), "--output", str(export), "--force"]
    assert main(args) == 0
    old, new = "Her keel touched once.", "Her keel touched twice."
    text = export.read_text("utf-8").replace(old, new)
    export.write_text(without_record(text)[0], "utf-8")
    page = book / "revision-guides" / "chapter-01.md"
    before = page.read_text("utf-8")
    assert main([*import_it, "--update"]) == 0
    assert page.read_text("utf-8") == before.replace(old, new)


def test_an_export_keeps_what_the_author_changed_since(book: Path, folder: Path) -> None:
    guide(folder / "ch01.md", "Notes")
    import_it = ["import", str(folder), "--into", str(book)]
    assert main(import_it) == 0
    (book / "conf.py").write_text('extensions = ["myst_parser", "sphinxext_revguide"]\n')
    (book / "index.md").write_text("# B\n")
    page = book / "revision-guides" / "chapter-01.md"
    export = ["export", "chapter-01", "--source", str(book)]
    assert main([*export, "--output", str(folder / "ch01.md"), "--force"]) == 0
    old, new = "Her keel touched once.", "The author's keel stayed afloat to the end."
    mine = page.read_text("utf-8").replace(old, new)
    page.write_text(mine, "utf-8")
    assert main([*import_it, "--update"]) == 0
    merged = page.read_text("utf-8")
    assert (merged.count(old), merged.count(new)) == (0, 1)
    assert merged.count("{before-after}") == mine.count("{before-after}")
