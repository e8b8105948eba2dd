"""The baseline: known findings stay silent even if their page changes; new ones are reported."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_revguide.book.compare import compare, flagged_in
from sphinxext_revguide.book.derived.baseline_state import (
    BASELINE_FILE,
    read_baseline,
    write_baseline,
)
from sphinxext_revguide.cli import main
from sphinxext_revguide.model import Finding
from sphinxext_revguide.text.in_words import brief
from tests.conftest import CONF, Book, Built

NewBook = Callable[..., Book]

TABLE = """
| Check | Required | Observed | State |
|---|---|---|---|
| {0} | 90 s | 74 s | Passed |
| Gates | 12 | 12 | Passed |
| Marshals | 100 % | 100 % | Passed |

All checks are satisfied, and the {0} was the last of them. Nobody asked for anything else, and
the team went home early that evening.
"""
GANGWAY = f"## Opening readiness\n{TABLE.format('gangway')}"
CRANE = f"## Crane readiness\n{TABLE.format('crane')}"
FLAG = CONF + 'revguide_flag = ["readiness-checklist", "term-overuse"]\n'
INDEX = "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n"
KIND = "revguide.readiness-checklist"


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


def rename(book: Book, old: str, new: str) -> None:
    (book.srcdir / old).rename(book.srcdir / new)


def status(built: Built) -> str:
    return built.app.status.getvalue()


def move_to_docks(book: Book) -> None:
    book.write("harbour.md", "# Harbour\n\nText.\n")
    book.write("docks.md", f"# Docks\n\nText.\n\n{CRANE}\n{GANGWAY}")


def wrap_anew(book: Book) -> None:
    text = GANGWAY.replace("else, and\nthe team", "else,\nand the\nteam")
    assert text != GANGWAY
    book.write("harbour.md", f"# Harbour\n\nText.\n\n{text}")


def rename_and_edit(book: Book) -> None:
    rename(book, "harbour.md", "port.md")
    book.write(
        "port.md", f"# The port\n\nOther text.\n\n{GANGWAY.replace('74', '75')}\nAnd an end.\n"
    )


CHANGES: dict[str, Callable[[Book], None]] = {
    "nothing": lambda _book: None,
    "lines above": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\nMore of it.\n\n{GANGWAY}"
    ),
    "another page": move_to_docks,
    "wrapped anew": wrap_anew,
    "renamed page": lambda book: rename(book, "harbour.md", "port.md"),
    "renamed page that is edited": rename_and_edit,
    "words of the passage": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY.replace('74', '75')}"
    ),
    "another title over it": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY.replace('Opening', 'Early')}"
    ),
    "another order": lambda book: book.write(
        "docks.md", f"# Docks\n\nText.\n\n## Ships\n\nNone.\n\n{CRANE}"
    ),
}


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


def test_many_titles_are_kept_in_brief_and_compared_with_old_lines_that_keep_all() -> None:
    titles = " / ".join(f"Stage {number}: rest and restore" for number in range(40))
    kept = brief(titles)
    assert kept.endswith("Stage 3: rest and restore …")
    assert brief(kept) == kept
    assert brief("Stage " * 40) == f"{('Stage ' * 40)[:118]} …"
    old = Finding("p", "harbour", content="1", section=titles, fingerprint="1")
    edited = Finding("p", "harbour", content="2", section=kept, fingerprint="2")
    found = compare([old], [edited], {"harbour"})
    assert (found.same, found.moved) == (((old, edited),), ())


words = st.sampled_from(["a", "b", "c"])
some_findings = st.lists(
    st.builds(
        Finding,
        pattern=words,
        docname=words,
        section=words,
        content=words,
        fingerprint=words,
    ),
    max_size=12,
)


@given(some_findings, some_findings, st.sets(words))
def test_every_finding_is_accounted_for_once(
    earlier: list[Finding], now: list[Finding], pages: set[str]
) -> None:
    found = compare(earlier, now, pages)
    assert sorted([*found.fixed, *(old for old, _now in found.same)], key=repr) == sorted(
        earlier, key=repr
    )
    assert sorted([*found.new, *(new for _old, new in found.same)], key=repr) == sorted(
        now, key=repr
    )
    assert all(old.content == new.content or old.pattern == new.pattern for old, new in found.same)


@given(some_findings)
def test_a_state_is_like_itself(findings: list[Finding]) -> None:
    found = compare(findings, findings, {finding.docname for finding in findings})
    assert (found.fixed, found.new, found.moved) == ((), (), ())


def test_a_page_that_stays_was_not_renamed() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, edited = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    there, other, here = (
        finding("docks", "Opening", "1"), finding("docks", "Crane", "3"),
        finding("harbour", "Crane", "4"),
    )  # fmt: skip
    found = compare([moved, edited], [there, other, here], {"harbour", "docks"})
    assert found.same == ((moved, there), (edited, here))
    assert found.new == (other,)


def test_what_was_on_a_renamed_page_is_looked_for_on_that_page() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, edited = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    there, here, other = (
        finding("port", "Opening", "1"), finding("port", "Crane", "3"),
        finding("docks", "Crane", "4"),
    )  # fmt: skip
    found = compare([moved, edited], [there, other, here], {"port", "docks"})
    assert found.same == ((moved, there), (edited, here))
    assert found.new == (other,)


def test_what_was_on_a_page_that_is_gone_is_fixed_once_or_moved() -> None:
    def finding(docname: str, section: str, content: str) -> Finding:
        return Finding("p", docname, content=content, section=section, fingerprint=content)

    moved, fixed = finding("harbour", "Opening", "1"), finding("harbour", "Crane", "2")
    here = finding("port", "Opening", "3")
    found = compare([moved, fixed], [here], {"port"})
    assert (found.same, found.fixed, found.new) == (((moved, here),), (fixed,), ())


def test_a_baseline_can_be_read_by_people(tmp_path: Path) -> None:
    path = tmp_path / BASELINE_FILE
    finding = Finding("p", "übersicht", content="1", section="Öffnung", fingerprint="1")
    write_baseline(path, [finding])
    assert '"section": "Öffnung"' in path.read_text("utf-8")
    assert read_baseline(path).known == (finding,)


def test_a_report_also_holds_findings_that_nobody_requested() -> None:
    entry: dict[str, object] = dict.fromkeys(
        ("pattern", "docname", "path", "message", "fingerprint", "content", "section"), "harbour"
    )
    report = {
        "findings": [{**entry, "line": 3, "flagged": True}, {**entry, "line": 9, "flagged": False}]
    }
    assert [finding.line for finding in flagged_in(report)] == [3]
