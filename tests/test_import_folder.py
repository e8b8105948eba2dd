"""A folder of guides is imported file by file, with a summary."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.suggest import with_patterns

HARBOUR = Path(__file__).parent / "importer_data" / "harbour.guide.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    (folder / "part-two").mkdir(parents=True)
    shutil.copy(HARBOUR, folder / "chapter-01.guide.md")
    shutil.copy(HARBOUR, folder / "part-two" / "chapter-01.examples.md")
    (folder / "chapter-02.md").write_text("# A chapter\n\nNo guide.\n", encoding="utf-8")
    (folder / "chapter-03.md").write_bytes(b"### ISSUE \xff\n")
    (folder / "notes.docx").write_bytes(b"")
    return folder


def test_each_guide_becomes_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = folder.parent / "pages"
    assert main(["import", str(folder), "--output", str(output)]) == 0
    out, err = capsys.readouterr()
    pages = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.md"))
    assert pages == ["chapter-01.guide.md", "part-two/chapter-01.examples.md"]
    guide = read_guide(HARBOUR.read_text("utf-8"), name="chapter-01.guide.md")
    assert (output / pages[0]).read_text("utf-8") == print_myst(with_patterns(guide))
    assert "{revision-guide} chapter-01-examples\n" in (output / pages[1]).read_text("utf-8")
    rows = {line.split()[0]: line for line in out.splitlines()}
    assert rows["chapter-01.guide.md"].split()[1:4] == ["chapter-01", "3", "2"]
    assert "this is not a revision guide" in rows["chapter-02.md"]
    assert "expected headings" in rows["chapter-02.md"]
    assert "not UTF-8" in rows["chapter-03.md"]
    assert rows["total"].split()[1:4] == ["2", "guides", "6"]
    assert "[4/4]" in err
    assert f"{folder / 'chapter-01.guide.md'}:" in err


def test_a_page_that_exists_is_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = folder.parent / "pages"
    output.mkdir()
    mine = output / "chapter-01.guide.md"
    mine.write_text("mine", encoding="utf-8")
    assert main(["import", str(folder), "--output", str(output)]) == 0
    assert mine.read_text("utf-8") == "mine"
    assert "already exists; use --force" in capsys.readouterr().out
    assert main(["import", str(folder), "--output", str(output), "--force"]) == 0
    assert mine.read_text("utf-8") != "mine"


def test_what_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(folder)]) == 2
    assert "--output FOLDER" in capsys.readouterr().err
    (folder / "empty").mkdir()
    assert main(["import", str(folder / "empty"), "--output", str(folder / "x")]) == 2
    assert "contains no Markdown file" in capsys.readouterr().err
    (folder / "empty" / "a.md").write_text("# No guide\n", encoding="utf-8")
    assert main(["import", str(folder / "empty"), "--output", str(folder / "x")]) == 2


def test_the_real_guides(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(shared / "inputs"), "--output", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].split()[:5] == ["total", "7", "guides", "58", "58"]
    assert out.count("this is not a revision guide") == 2
