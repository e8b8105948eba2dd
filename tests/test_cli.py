"""The program: what it prints, where, and with which exit status."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.baseline_state import BASELINE_FILE
from sphinxext_revguide.book.derived.locked_passages import LOCK_FILE
from sphinxext_revguide.cli import command_parser, main
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.importer.suggest import with_patterns
from sphinxext_revguide.report.formats import FORMATS
from tests.conftest import Book

HARBOUR = Path(__file__).parent / "importer_data" / "harbour.guide.md"


def test_import_prints_the_page_and_reports_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(HARBOUR)]) == 0
    out, err = capsys.readouterr()
    text = HARBOUR.read_text(encoding="utf-8")
    guide = with_patterns(read_guide(text, name=HARBOUR.name))
    assert out == print_myst(guide)
    reported = [f"{HARBOUR}:{problem.line}: {problem.message}" for problem in guide.problems]
    assert err.splitlines() == reported
    assert reported


def test_id_and_chapter_reach_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", str(HARBOUR), "--guide-id", "tides", "--chapter", "coast/tides"]
    assert main(arguments) == 0
    assert "{revision-guide} tides\n:chapters: coast/tides\n" in capsys.readouterr().out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(HARBOUR), "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert [issue["number"] for issue in found["issues"]] == [1, 2, 3]
    assert len(found["problems"]) == len(err.splitlines())


def test_a_file_is_written_and_never_overwritten_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "page.md"
    assert main(["import", str(HARBOUR), "--output", str(target)]) == 0
    assert capsys.readouterr().out == ""
    page = target.read_text(encoding="utf-8")
    assert page.startswith("# Harbour")

    target.write_text("mine", encoding="utf-8")
    assert main(["import", str(HARBOUR), "--output", str(target)]) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"

    assert main(["import", str(HARBOUR), "--output", str(target), "--force"]) == 0
    assert target.read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# A chapter\n\nText.\n", "not a revision guide"),
        (b"", "not a revision guide"),
        (b"### ISSUE #1: \xff\n", "line 1 is not UTF-8 (byte 14)"),
        (b"# Guide\n\nCaf\xe9\n", "line 3 is not UTF-8 (byte 12)"),
        (None, "cannot be read"),
    ],
)
def test_what_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, reason: str
) -> None:
    path = tmp_path / "some.md"
    if content is not None:
        path.write_bytes(content)
    target = tmp_path / "page.md"
    assert main(["import", str(path), "--output", str(target)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}: ")
    assert reason in err
    assert not target.exists()


def test_a_place_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "none" / "page.md"
    assert main(["import", str(HARBOUR), "--output", str(target)]) == 2
    folder = f"there is no folder {target.parent}; create it"
    assert f"{target}: cannot be written: {folder}" in capsys.readouterr().err

    target.parent.write_text("")
    assert main(["import", str(HARBOUR), "--output", str(target)]) == 2
    assert f"{target.parent} is a file; name a folder" in capsys.readouterr().err

    assert main(["import", str(HARBOUR), "--output", str(tmp_path), "--force"]) == 2
    assert f"{tmp_path}: is a folder; name a file in it" in capsys.readouterr().err


def test_windows_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "harbour.guide.md"
    path.write_bytes(b"\xef\xbb\xbf" + HARBOUR.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["import", str(path)]) == 0
    out = capsys.readouterr().out
    assert main(["import", str(HARBOUR)]) == 0
    assert out == capsys.readouterr().out
    assert "\r" not in out


def test_a_missing_command_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_the_module_is_the_same_program_in_any_locale() -> None:
    command = [sys.executable, "-m", "sphinxext_revguide", "import", str(HARBOUR)]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert "✅ The tide table" in done.stdout.decode("utf-8")
    assert b"2 of 3 issues" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way there")
@pytest.mark.parametrize("arguments", [["import", str(HARBOUR)], ["patterns", "list"]])
def test_a_reader_that_has_seen_enough_hears_no_complaint(arguments: list[str]) -> None:
    """As in ``sphinx-revguide patterns list | head -1``."""
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "sphinxext_revguide", *arguments]
    with os.fdopen(writes, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0
    assert b"Error" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("findings", ["", ', "findings": [7]'])
@pytest.mark.parametrize("form", FORMATS)
def test_half_a_report_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, findings: str
) -> None:
    path = tmp_path / "revguide.json"
    path.write_text(f'{{"schema_version": 1{findings}}}', encoding="utf-8")
    target = tmp_path / "out"
    assert main(["report", form, str(path), "--output", str(target)]) == 2
    assert f"{path}: " in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(("command", "name"), [("lock", LOCK_FILE), ("baseline", BASELINE_FILE)])
def test_a_record_that_cannot_be_written(
    new_book: Callable[..., Book], capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    book = new_book({"index.md": "# Harbour\n"})
    (book.srcdir / name).mkdir()
    assert main([command, str(book.srcdir)]) == 2
    err = capsys.readouterr().err
    assert f"{book.srcdir / name}: cannot be written" in err
    assert "cannot be read" in err


@pytest.mark.parametrize(("command", "name"), [("lock", LOCK_FILE), ("baseline", BASELINE_FILE)])
@pytest.mark.parametrize("named", [[], ["--source", "."], ["."]])
def test_a_record_is_written_for_the_book_in_which_a_command_is_called(
    new_book: Callable[..., Book],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    name: str,
    named: list[str],
) -> None:
    book = new_book({"index.md": "# Harbour\n"})
    monkeypatch.chdir(book.srcdir)
    assert main([command, *named]) == 0
    assert (book.srcdir / name).is_file()


def _commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    for action in below:
        for word, item in action.choices.items():
            yield from _commands(item, f"{name} {word}")


def test_the_help_of_each_command_has_an_example_and_the_exit_status() -> None:
    commands = dict(_commands(command_parser()))
    assert commands.keys() >= {" check", " import"}
    for name, parser in commands.items():
        said = " ".join(parser.format_help().split()).replace("- ", "-")
        assert "Exit status: 0" in said, name
        assert f"Example: sphinx-revguide{name} " in said, name
