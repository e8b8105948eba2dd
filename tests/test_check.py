"""``sphinx-revguide check``: what a build would tell of some files, without reading all of it."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sphinx

from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.book_cache import cache_folder
from tests.conftest import CONF, Book, counts_late

NewBook = Callable[..., Book]

NOTE_READ = """
from pathlib import Path

def setup(app):
    def note(app, docname, content):
        with open(Path(app.srcdir).parent / "read.txt", "a", encoding="utf-8") as file:
            file.write(docname + "\\n")
    app.connect("source-read", note)
"""
CHECKS = """
| Check | Required | State |
|---|---|---|
| Gangway | 90 s | Passed |
| Gates | 12 | Passed |
| Marshals | 100 % | Passed |
"""
GUIDE = """# Guide

```{{revision-guide}} quay
:chapters: harbour
```

````{{revision-issue}} A checklist without a doubt
:impact: high
:patterns: readiness-checklist
:status: {status}

Nobody says what nearly did not pass.
````
"""
HARBOUR = f"# Harbour\n\nText.\n{CHECKS}"
KIND = "[revguide.readiness-checklist]"


@pytest.fixture
def book(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> Book:
    book = new_book({
        "index.md": "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n", "harbour.md": HARBOUR,
        "guide.md": GUIDE.format(status="open"), "docks.md": "# Docks\n\nText.\n",
    })  # fmt: skip
    book.write("conf.py", CONF + NOTE_READ)
    monkeypatch.chdir(book.srcdir)
    return book


def check(book: Book, *names: str) -> int:
    """Check files of a book as an editor would, after the time has moved on."""
    for name in names:
        path = book.srcdir / name
        if path.is_file():
            stamp = path.stat().st_mtime + 10
            os.utime(path, (stamp, stamp))
    return main(["check", *names])


def read_now(book: Book) -> list[str]:
    """Return the pages that were read since this was asked last."""
    path = book.srcdir.parent / "read.txt"
    names = path.read_text(encoding="utf-8").split() if path.exists() else []
    path.unlink(missing_ok=True)
    return names


def test_problems_of_a_page_are_reported_from_a_folder_of_the_book(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("index.md", "# Index\n\n```{toctree}\n:glob:\n\n*\nquays/*\n```\n")
    allowed = "```{revision-allow} readiness-checklist\n:reason: old\n:until: 2020-01-01\n"
    book.write("quays/north.md", f"# North\n\n{allowed}{CHECKS}```\n")
    monkeypatch.chdir(book.srcdir / "quays")
    assert check(book, "north.md") == 1
    assert capsys.readouterr().out.startswith("north.md:3: the allowance of readiness-checklist")


def test_findings_are_reported_as_in_a_build(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(book, "harbour.md") == 1
    out, err = capsys.readouterr()
    reported = next(
        build_warning
        for build_warning in book.build().warnings
        if build_warning.type == KIND.strip("[]")
    )
    assert out == f"harbour.md:{reported.line}: {reported.text} {KIND}\n"
    assert reported.line == 5
    assert err == ""


def test_other_files_are_not_reported(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(book, "docks.md") == 0
    assert capsys.readouterr() == ("", "")


def test_paths_are_seen_from_the_working_directory(
    book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.srcdir.parent)
    assert main(["check", str(book.srcdir / "harbour.md")]) == 1
    assert capsys.readouterr().out.startswith("src/harbour.md:5: ")


def test_only_the_named_pages_are_read_again(book: Book) -> None:
    check(book, "harbour.md")
    assert sorted(read_now(book)) == ["docks", "guide", "harbour", "index"]
    for name in ("docks.md", "index.md"):
        (book.srcdir / name).write_text("# Changed\n", encoding="utf-8")
    assert check(book, "harbour.md") == 1
    assert read_now(book) == ["harbour"]


def test_a_mended_page_is_clean(book: Book) -> None:
    check(book, "harbour.md")
    book.write("harbour.md", "# Harbour\n\nThe gangway needed four tries.\n")
    assert check(book, "harbour.md") == 0


def test_a_changed_guide_is_read_as_it_says_what_is_flagged(book: Book) -> None:
    check(book, "harbour.md")
    read_now(book)
    book.write("guide.md", GUIDE.format(status="rejected"))
    stamp = (book.srcdir / "guide.md").stat().st_mtime + 10
    os.utime(book.srcdir / "guide.md", (stamp, stamp))
    assert check(book, "harbour.md") == 0
    assert read_now(book) == ["guide", "harbour"]


def test_a_changed_configuration_is_heeded(book: Book) -> None:
    assert check(book, "harbour.md") == 1
    book.write("conf.py", CONF + "suppress_warnings = ['revguide.readiness-checklist']\n")
    assert check(book, "harbour.md") == 0


def test_changed_patterns_have_all_pages_read(book: Book) -> None:
    book.write("own.toml", "[budget]\nText = 5\n")
    book.write("conf.py", CONF + NOTE_READ + 'revguide_patterns = ["own.toml"]\n')
    check(book, "harbour.md")
    read_now(book)
    book.write("own.toml", "[budget]\nText = 4\n")
    check(book, "harbour.md")
    assert sorted(read_now(book)) == ["docks", "guide", "harbour", "index"]


def test_a_new_page_is_checked(book: Book) -> None:
    check(book, "docks.md")
    book.write("guide.md", GUIDE.format(status="open").replace("harbour", "*"))
    book.write("mole.md", f"# Mole\n\nText.\n{CHECKS.replace('Gangway', 'Crane')}")
    assert check(book, "guide.md", "mole.md") == 1


def test_an_included_file_is_checked_through_its_pages(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("conf.py", CONF + NOTE_READ + 'exclude_patterns = ["part.md"]\n')
    book.write("part.md", f"Text.\n{CHECKS}")
    book.write("harbour.md", "# Harbour\n\n```{include} part.md\n```\n")
    assert check(book, "part.md") == 1
    assert re.match(r"part\.md:\d+: .*\[revguide\.readiness-checklist\]\n", capsys.readouterr().out)
    read_now(book)
    book.write("part.md", "Text.\n")
    assert check(book, "part.md") == 0
    assert read_now(book) == ["harbour"]


def test_a_directive_that_is_wrong_is_reported(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("guide.md", GUIDE.format(status="opne"))
    assert check(book, "guide.md") == 1
    assert re.match(r"guide\.md:10: .*opne.*\[revguide\.option\]\n", capsys.readouterr().out)


def test_what_a_baseline_knows_is_not_reported(book: Book) -> None:
    assert main(["baseline", str(book.srcdir)]) == 0
    assert check(book, "harbour.md") == 0


def test_a_broken_cache_is_rebuilt(book: Book) -> None:
    check(book, "harbour.md")
    (cache_folder(book.srcdir) / "environment.pickle").write_bytes(b"\x80broken")
    assert check(book, "harbour.md") == 1


def test_the_cache_may_stand_elsewhere(book: Book, tmp_path: Path) -> None:
    assert main(["check", "--cache", str(tmp_path / "kept"), "harbour.md"]) == 1
    assert (tmp_path / "kept" / "environment.pickle").is_file()
    assert not (cache_folder(book.srcdir) / "environment.pickle").exists()


def test_a_build_after_a_check_is_as_one_before(book: Book) -> None:
    before = book.build("revguide").read("revguide.json")
    check(book, "harbour.md")
    assert book.build("revguide", freshenv=True).read("revguide.json") == before


def test_a_file_of_no_book_is_left_out(
    book: Book, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stray = tmp_path / "README.md"
    stray.write_text("# Read me\n", encoding="utf-8")
    assert main(["check", str(stray), "harbour.md"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith(f"{stray}: belongs to no book")


@pytest.mark.parametrize("name", ["harbour.md", "parts/harbour.md"])
def test_a_chapter_that_is_a_link_is_checked(
    book: Book, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    (book.srcdir / "harbour.md").unlink()
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    if "/" in name:
        (book.srcdir / "parts").symlink_to(tmp_path / "texts")
        text = (book.srcdir / "guide.md").read_text(encoding="utf-8")
        book.write("guide.md", text.replace(":chapters: harbour", ":chapters: parts/harbour"))
    else:
        (book.srcdir / name).symlink_to(tmp_path / "texts" / "harbour.md")
    assert main(["check", name]) == 1
    out, err = capsys.readouterr()
    assert (out.partition(": ")[0], err) == (f"{name}:5", "")


def test_a_file_outside_that_a_page_includes_is_checked_by_the_book(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.srcdir.parent / "README.md").write_text(HARBOUR, encoding="utf-8")
    (book.srcdir.parent / "OTHER.md").write_text("# Other\n", encoding="utf-8")
    book.write("harbour.md", "```{include} ../README.md\n```\n")
    assert main(["check", "--source", ".", "../README.md", "../OTHER.md"]) == 1
    out, err = capsys.readouterr()
    line = 5 + counts_late("md")
    assert out.startswith(f"../README.md:{line}: ")
    assert err.startswith("../OTHER.md: is not a page of the book")


def test_a_file_that_is_not_there_is_refused(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "habour.md"]) == 2
    assert capsys.readouterr().err == "habour.md: there is no such file\n"
    assert main(["check", "."]) == 2
    assert capsys.readouterr().err == ".: is a folder; name its pages\n"


def test_a_file_of_the_book_that_is_no_page_is_left_out(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "conf.py"]) == 0
    assert capsys.readouterr().err.startswith("conf.py: is not a page of the book")


@pytest.mark.skipif(sphinx.version_info < (9,), reason="Sphinx 8 replaces such bytes and goes on")
def test_a_page_that_is_not_utf_8_is_refused_without_its_text(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.srcdir / "harbour.md").write_bytes("# Zum Hafen\n\nGrüße\n".encode("latin-1"))
    assert main(["check", "harbour.md"]) == 2
    reported = capsys.readouterr().err
    assert reported.endswith("harbour.md: line 3 is not UTF-8 (byte 15); save it as UTF-8\n")


def test_a_book_without_the_extension_is_refused(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("conf.py", 'extensions = ["myst_parser"]\n')
    assert main(["check", "harbour.md"]) == 2
    assert "add 'sphinxext_revguide' to extensions" in capsys.readouterr().err


def test_the_hook_runs_the_command(book: Book) -> None:
    text = (Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry = re.search(r"^  entry: sphinx-revguide (.*)$", text, re.MULTILINE)
    assert entry
    command = [sys.executable, "-m", "sphinxext_revguide", *entry[1].split(), "harbour.md"]
    done = subprocess.run(command, cwd=book.srcdir, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("harbour.md:5: ")


def _collections(command: list[str]) -> int:
    """Count how often garbage is collected during a command."""
    phases: list[str] = []

    def count(phase: str, _info: dict[str, int]) -> None:
        phases.append(phase)

    gc.callbacks.append(count)
    try:
        main(command)
    finally:
        gc.callbacks.remove(count)
    assert gc.isenabled()
    return phases.count("start")


def test_garbage_is_collected_only_when_many_pages_are_read(book: Book) -> None:
    for number in range(30):
        book.write(f"more/page{number}.md", f"# Page {number}\n\n{HARBOUR}")
    assert _collections(["check", "harbour.md"]) > 10  # all pages are read
    book.write("harbour.md", HARBOUR + "\nOne more sentence.\n")
    assert _collections(["check", "harbour.md"]) < 3
