"""The baseline: known findings stay silent even if their page changes; new ones are reported."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.baseline_state import (
    BASELINE_FILE,
    read_baseline,
    write_baseline,
)
from sphinxext_revguide.cli import main
from sphinxext_revguide.model import Finding
from tests.baselines import CHANGES, CRANE, FLAG, GANGWAY, INDEX, KIND, rename
from tests.conftest import CONF, Book, Built

NewBook = Callable[..., Book]


@pytest.fixture
def book(new_book: NewBook) -> Book:
    """A book with two findings, both known."""
    book = new_book({
        "index.md": INDEX, "harbour.md": f"# Harbour\n\nText.\n\n{GANGWAY}",
        "docks.md": f"# Docks\n\nText.\n\n{CRANE}",
    })  # fmt: skip
    book.write("conf.py", FLAG)
    assert book.build().types() == [KIND, KIND]
    assert main(["baseline", str(book.srcdir)]) == 0
    return book


def status(built: Built) -> str:
    return built.app.status.getvalue()


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_known_stays_known(book: Book, change: str) -> None:
    CHANGES[change](book)
    built = book.build()
    assert built.types() == []
    assert "revision guide: 0 new, 2 known, 0 fixed" in status(built)
    report = json.loads(book.build("revguide").read("revguide.json"))
    assert [(entry["flagged"], entry["known"]) for entry in report["findings"]] == [
        (True, True)
    ] * 2


def test_only_what_is_new_is_reported(book: Book) -> None:
    book.write(
        "harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY}\n{GANGWAY.replace('Opening', 'Night')}"
    )
    built = book.build()
    [reported] = built.warnings
    assert (reported.path, reported.line, reported.type) == ("harbour.md", 18, KIND)
    assert "revision guide: 1 new, 2 known, 0 fixed" in status(built)
    # An unchanged build reports it again, and a report counts nothing else.
    assert book.build().warnings == [reported]
    sarif = book.build("revguide", revguide_reports=["sarif"]).read("revguide.sarif")
    results = json.loads(sarif)["runs"][0]["results"]
    [result] = [result for result in results if not result["suppressions"]]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 18


def test_what_is_fixed_is_reported_once_and_taken_out(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write("harbour.md", "# Harbour\n\nText.\n")
    built = book.build()
    assert built.types() == []
    assert "fixed: readiness-checklist in harbour, under “Opening readiness”" in status(built)
    assert "0 new, 1 known, 1 fixed" in status(built)
    again = status(book.build())
    assert "fixed: " not in again
    assert "0 new, 1 known, 1 fixed" in again
    path = book.srcdir / BASELINE_FILE
    capsys.readouterr()
    assert main(["baseline", str(book.srcdir), "--update"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "fixed: readiness-checklist in harbour, under “Opening readiness”"
    assert out[1] == f"1 fixed and removed; 1 known in {path}"
    assert len(path.read_text("utf-8").splitlines()) == 2
    # It comes back: it is new.
    book.write("harbour.md", f"# Harbour\n\n{GANGWAY}")
    assert book.build().types() == [KIND]


def test_an_update_adds_nothing(book: Book) -> None:
    was = (book.srcdir / BASELINE_FILE).read_text("utf-8")
    book.write("piers.md", f"# Piers\n\n{GANGWAY}")
    assert main(["baseline", str(book.srcdir), "--update"]) == 0
    assert (book.srcdir / BASELINE_FILE).read_text("utf-8") == was
    assert [build_warning.path for build_warning in book.build().warnings] == ["piers.md"]


def test_an_update_keeps_what_another_build_shows(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    was = (book.srcdir / BASELINE_FILE).read_text("utf-8")
    book.write("harbour.md", GANGWAY.replace("\n\n", "\n\n````{only} latex\n", 1) + "````\n")
    capsys.readouterr()
    assert main(["baseline", str(book.srcdir), "--update"]) == 0
    assert capsys.readouterr().out.startswith("0 fixed")
    assert (book.srcdir / BASELINE_FILE).read_text("utf-8") == was


def test_what_nothing_asks_for_is_not_fixed(book: Book) -> None:
    built = book.build(revguide_flag=[])
    assert "0 new, 0 known, 0 fixed" in status(built)
    assert book.build().types() == []


def test_recording_again_says_what_changes(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.write("harbour.md", "# Harbour\n\nText.\n")
    book.write("piers.md", f"# Piers\n\n{CRANE}")
    capsys.readouterr()
    assert main(["baseline", str(book.srcdir)]) == 0
    out = capsys.readouterr().out
    assert out == f"1 added, 1 removed; 2 known in {book.srcdir / BASELINE_FILE}\n"


def test_another_file_or_none(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.build(revguide_baseline="").types() == [KIND, KIND]
    rename(book, BASELINE_FILE, "known.jsonl")
    assert book.build(revguide_baseline="known.jsonl").types() == []
    [reported] = [
        build_warning
        for build_warning in book.build(revguide_baseline="gone.jsonl").warnings
        if build_warning.type != KIND
    ]
    assert (reported.type, reported.path) == ("revguide.baseline", "")
    assert "names 'gone.jsonl', which does not exist" in reported.text
    [reported] = [
        build_warning
        for build_warning in book.build(revguide_baseline="../b").warnings
        if build_warning.type != KIND
    ]
    assert "is outside the source directory" in reported.text
    book.write("conf.py", FLAG + 'revguide_baseline = ""\n')
    assert main(["baseline", str(book.srcdir)]) == 2
    assert "revguide_baseline is empty" in capsys.readouterr().err


def test_an_update_needs_a_baseline(new_book: NewBook, capsys: pytest.CaptureFixture[str]) -> None:
    book = new_book({"index.md": "# Index\n"})
    assert main(["baseline", str(book.srcdir), "--update"]) == 2
    assert "write it first, without --update" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< HEAD", "conflict marker"),
        ("{", "cannot be read"),
        ('{"docname": 1}', "cannot be read"),
        ("[]", "cannot be read"),
        ('{"version": 2}', "is of version 2; this release reads 1"),
    ],
)
def test_a_line_that_is_not_understood_is_reported(book: Book, line: str, said: str) -> None:
    path = book.srcdir / BASELINE_FILE
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1], line, lines[2]]), "utf-8")
    [reported] = book.build().warnings
    assert (reported.path, reported.line, reported.type) == (BASELINE_FILE, 3, "revguide.baseline")
    assert said in reported.text


def test_a_file_that_is_not_text_is_reported(book: Book) -> None:
    (book.srcdir / BASELINE_FILE).write_bytes(b"\xff\xfe\x00")
    reported = [
        build_warning
        for build_warning in book.build().warnings
        if build_warning.type == "revguide.baseline"
    ]
    assert [(build_warning.path, build_warning.line) for build_warning in reported] == [
        (BASELINE_FILE, 1)
    ]


def git(folder: Path, *arguments: str) -> int:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=no"]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize("union", [True, False])
def test_git_merges_what_two_people_changed(book: Book, *, union: bool) -> None:
    folder = book.srcdir
    if union:
        book.write(".gitattributes", f"{BASELINE_FILE} merge=union\n")
    path = folder / BASELINE_FILE
    assert git(folder, "init", "-b", "main") == 0
    assert (git(folder, "add", "."), git(folder, "commit", "-m", "one")) == (0, 0)
    for branch, page in (("left", "piers"), ("right", "quays")):
        assert git(folder, "checkout", "-b", branch, "main") == 0
        book.write(f"{page}.md", f"# {page.title()}\n\n{GANGWAY.replace('74', page)}")
        assert main(["baseline", str(folder)]) == 0
        assert (git(folder, "add", "."), git(folder, "commit", "-m", page)) == (0, 0)
    merged = git(folder, "merge", "left")
    assert merged == (0 if union else 1)
    reported = book.build().warnings
    # Either way nothing that was recorded is reported; where git gave up, its marks are.
    assert {build_warning.type for build_warning in reported} == (
        set() if union else {"revguide.baseline"}
    )
    assert all(page in path.read_text("utf-8") for page in ("piers", "quays"))


def test_diff(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def report(name: str) -> str:
        path = tmp_path / name
        path.write_text(book.build("revguide").read("revguide.json"), "utf-8")
        return str(path)

    old = report("old.json")
    capsys.readouterr()
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out == "0 fixed, 0 new, 0 moved, 2 unchanged\n"
    assert main(["diff", old, old, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fixed": [], "new": [], "moved": []}
    rename(book, "harbour.md", "port.md")
    book.write("docks.md", f"# Docks\n\n{GANGWAY.replace('74', '85').replace('Opening', 'Late')}")
    new = report("new.json")
    capsys.readouterr()
    assert main(["diff", old, new]) == 1
    fixed, fresh, moved, counts = capsys.readouterr().out.splitlines()
    assert fixed.startswith("fixed: docks.md:7: ")
    assert fresh.startswith("new: docks.md:5: ")
    assert moved.startswith("moved: harbour.md:7 -> port.md:7: ")
    assert moved.endswith("[readiness-checklist]")
    assert counts == "1 fixed, 1 new, 1 moved, 0 unchanged"
    assert main(["diff", old, new, "--json"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert [entry["path"] for entry in listed["new"]] == ["docks.md"]
    assert [(entry["from"]["path"], entry["to"]["path"]) for entry in listed["moved"]] == [
        ("harbour.md", "port.md")
    ]
    (tmp_path / "new.json").write_text(
        json.dumps(json.loads(Path(new).read_text("utf-8")) | {"findings": [{}]}), "utf-8"
    )
    assert main(["diff", old, new]) == 2
    assert "is not a complete report" in capsys.readouterr().err


def test_a_page_stays_known_under_a_new_title_and_with_new_sections(new_book: NewBook) -> None:
    sections = "".join(f"## ✅ Pier {number}\n\nPlanks.\n\n" for number in range(60))
    book = new_book({"index.md": f"# Harbour\n\n{sections}"})
    book.write("conf.py", CONF + 'revguide_flag = ["decorative-emoji"]\n')
    assert book.build().types() == ["revguide.decorative-emoji"]
    assert main(["baseline", str(book.srcdir)]) == 0
    assert max(map(len, (book.srcdir / BASELINE_FILE).read_text("utf-8").splitlines())) < 200
    book.write("index.md", f"# The harbour\n\n{sections}\n## The last pier\n\nPlanks.\n")
    assert book.build().types() == []


def test_a_baseline_can_be_read_by_people(tmp_path: Path) -> None:
    path = tmp_path / BASELINE_FILE
    finding = Finding("p", "übersicht", content="1", section="Öffnung", fingerprint="1")
    write_baseline(path, [finding])
    assert '"section": "Öffnung"' in path.read_text("utf-8")
    assert read_baseline(path).known == (finding,)
