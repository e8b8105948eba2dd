"""`sphinx-revguide import --update` merges a guide into the pages of a book."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.cli import main
from tests.harbour_guide import AUTHORED, FIRST, PRAISED


def test_the_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide, page = tmp_path / "harbour.md", tmp_path / "page.md"
    guide.write_text(FIRST, encoding="utf-8")
    command = ["import", str(guide), "--output", str(page), "--update"]
    assert main(command) == 0
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out == f"{page}: no changes\n"
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    assert main(command) == 0
    out = capsys.readouterr().out
    assert out == f"issue 2: impact is now high (was low)\n{page}: 1 change\n"
    page.write_text("# Mine\n", encoding="utf-8")
    assert main(command) == 2
    assert page.read_text(encoding="utf-8") == "# Mine\n"
    assert main(["import", str(guide), "--update"]) == 2


def test_a_guide_like_the_export_of_its_page_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide, page = tmp_path / "harbour.md", tmp_path / "page.md"
    dock = "One tug is always in the dock."
    mine = AUTHORED.replace(dock, f"{dock}\n\nNobody asked the crew.")
    page.write_text(mine, encoding="utf-8")
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    command = ["import", str(guide), "--output", str(page), "--update"]
    for count in ("2 changes", "no changes"):
        assert main(command) == 0
        assert page.read_text(encoding="utf-8") == mine.replace(":impact: low", ":impact: high")
        out = capsys.readouterr().out
        assert "issue 2: kept, and not in the guide: Nobody asked the crew." in out
        assert out.endswith(f"{page}: {count}\n")


OTHER = """\
# Guide to the lights

### ISSUE #7: Lamps without keepers

#### BEFORE

```
All the lamps along the breakwater burn reliably through every night of the year.
```

#### AFTER

```
Two lamps are out.
```
"""


def test_another_guide_is_merged_only_if_that_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide, page = tmp_path / "lights.md", tmp_path / "page.md"
    guide.write_text(OTHER, encoding="utf-8")
    page.write_text(AUTHORED, encoding="utf-8")
    command = ["import", str(guide), "--output", str(page), "--update"]
    assert main(command) == 2
    assert f"{page}: none of its 3 issues is in this guide" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == AUTHORED

    assert main([*command, "--force"]) == 0
    assert "Lamps without keepers" in page.read_text(encoding="utf-8")


def test_the_program_with_an_earlier_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, page = tmp_path / "v1.md", tmp_path / "v2.md", tmp_path / "page.md"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(FIRST.replace(PRAISED, "The tugs get praise."), encoding="utf-8")
    assert main(["import", str(first), "--output", str(page)]) == 0
    command = ["import", str(second), "--output", str(page), "--base", str(first)]
    assert main(command) == 2
    assert "add '--update'" in capsys.readouterr().err
    assert main([*command, "--update"]) == 0
    assert PRAISED not in page.read_text(encoding="utf-8")
    assert "issue 2: now says: The tugs get praise." in capsys.readouterr().out
    first.write_text("Nothing.\n", encoding="utf-8")
    assert main([*command, "--update"]) == 2
    assert str(first) in capsys.readouterr().err


def test_issues_on_other_pages_of_the_book_are_updated_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "conf.py").touch()
    page, moved, guide = tmp_path / "page.md", tmp_path / "more" / "tugs.md", tmp_path / "_g.txt"
    head, rest = AUTHORED.split("`````{revision-issue} Tugs")
    issue, rest = rest.split("\n`````\n", maxsplit=1)
    page.write_text(head + rest, encoding="utf-8")
    moved.parent.mkdir()
    tugs = f"# Tugs\n\n`````{{revision-issue}} Tugs{issue}\n`````\n"
    tugs = tugs.replace(":number: 2\n", ":number: 2\n:guide: harbour\n")
    moved.write_bytes(tugs.replace("\n", "\r\n").encode())
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    command = ["import", str(guide), "--guide-id", "harbour", "--output", str(page), "--update"]
    assert main(command) == 0
    assert page.read_text(encoding="utf-8") == head + rest
    expected = tugs.replace(":impact: low", ":impact: high").replace("\n", "\r\n")
    assert moved.read_bytes() == expected.encode()
    assert capsys.readouterr().out == (
        f"issue 2: impact is now high (was low)\n{page}, {moved}: 1 change\n"
    )


def test_a_guide_that_is_merged_into_a_book_reports_what_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, guide = tmp_path / "book", tmp_path / "harbour.md"
    book.mkdir()
    (book / "harbour.md").write_text("# The harbour\n\nText.\n", encoding="utf-8")
    guide.write_text(FIRST, encoding="utf-8")
    command = ["import", str(guide), "--into", str(book), "--chapter", "harbour.md=harbour"]
    assert main(command) == 0
    page = next((book / "revision-guides").glob("*.md"))
    capsys.readouterr()
    guide.write_text(FIRST.replace("LOW", "HIGH"), encoding="utf-8")
    assert main([*command, "--update"]) == 0
    assert f"{page}: issue 2: impact is now high (was low)\n" in capsys.readouterr().err
    assert ":impact: high" in page.read_text(encoding="utf-8")
