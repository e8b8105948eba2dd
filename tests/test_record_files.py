"""The files of locked passages and of known findings, as people and merges leave them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_revguide import files
from sphinxext_revguide.book.derived.baseline_state import (
    Baseline,
    BaselineState,
    baseline_state,
    read_baseline,
    write_baseline,
)
from sphinxext_revguide.book.derived.locked_passages import (
    LOCK_FILE,
    Recorded,
    read_lock_file,
    write_lock_file,
)
from sphinxext_revguide.files import MOST_REPORTED
from sphinxext_revguide.model import Finding, LockedPassage

MOLE = Recorded("harbour", "The mole is long.")
SHORT = Recorded("harbour", "The mole is short.")
GALE = Recorded("sea", "The gale was over.")


def line(name: str, passage: Recorded) -> str:
    return json.dumps({"name": name, "docname": passage.docname, "text": passage.text})


def lock_file(folder: Path, *lines: str) -> Path:
    path = folder / LOCK_FILE
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / LOCK_FILE
    write_lock_file(
        path,
        [
            LockedPassage("the mole", "harbour", "harbour.md", 1, 2, MOLE.text),
            LockedPassage("the gale", "sea", "sea.md", 3, 5, GALE.text),
        ],
    )
    recorded, problem = read_lock_file(path)
    assert list(recorded.items()) == [("the gale", GALE), ("the mole", MOLE)]
    assert problem is None


def test_without_a_lock_file_nothing_is_recorded(tmp_path: Path) -> None:
    assert read_lock_file(tmp_path / LOCK_FILE) == ({}, None)


def test_both_sides_of_a_conflict_count_and_the_first_mark_is_reported(tmp_path: Path) -> None:
    lines = ["[", line("the mole", MOLE) + ",", "<<<<<<< mine", line("the gale", GALE) + ","]
    lines += ["=======", line("the mole", SHORT) + ",", ">>>>>>> theirs", '{"version": 2}', "]"]
    recorded, problem = read_lock_file(lock_file(tmp_path, *lines))
    assert recorded == {"the mole": MOLE, "the gale": GALE}
    assert problem is not None
    assert (problem.line, problem.subtype) == (3, "lock_file")
    assert problem.path == str(tmp_path / LOCK_FILE)
    assert problem.message == (
        "revguide-lock.json contains merge conflict markers; both sides are used. Resolve the "
        "conflict, or record it again with 'sphinx-revguide lock'"
    )


def test_a_conflict_without_a_passage_on_both_sides_is_reported(tmp_path: Path) -> None:
    lines = ["[", "<<<<<<< mine", f"{line('the mole', MOLE)},", "=======", ">>>>>>> theirs", "]"]
    recorded, problem = read_lock_file(lock_file(tmp_path, *lines))
    assert recorded == {"the mole": MOLE}
    assert problem is not None
    assert problem.line == 2


def test_of_passages_recorded_twice_the_first_name_is_reported(tmp_path: Path) -> None:
    twice = [("mole", MOLE), ("gale", GALE), ("mole", SHORT), ("gale", MOLE)]
    lines = ["[", *(f"{line(*each)}," for each in twice), '{"version": 2}', "]"]
    recorded, problem = read_lock_file(lock_file(tmp_path, *lines))
    assert recorded == {"mole": MOLE, "gale": GALE}
    assert problem is not None
    assert problem.line == 4
    assert problem.message.startswith("revguide-lock.json contains passage 'mole' twice with ")


def test_a_passage_recorded_twice_in_the_same_words_is_no_mistake(tmp_path: Path) -> None:
    same = f"{line('mole', MOLE)},"
    path = lock_file(tmp_path, "[", same, same, '{"version": 2}', "]")
    assert read_lock_file(path) == ({"mole": MOLE}, None)


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (["[", line("mole", MOLE), line("gale", GALE), "]"], 3),
        (["["], 2),
        (['[{"name": "mole"}, {"version": 2}]'], 1),
        (["[1]"], 1),
        (["1"], 1),
        (['{"version": 1}'], 1),
        (['{"version": 1, "passages": []}'], 1),
        (["<<<<<<< mine", '{"name": "mole",'], 1),
    ],
)
def test_a_broken_lock_file_records_nothing(tmp_path: Path, lines: list[str], at: int) -> None:
    recorded, problem = read_lock_file(lock_file(tmp_path, *lines))
    assert recorded == {}
    assert problem is not None
    assert (problem.line, problem.path) == (at, str(tmp_path / LOCK_FILE))
    assert "revguide-lock.json cannot be read (" in problem.message
    assert "restore it from version control, or record it again" in problem.message


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ('[{"version": 3}]', "version 3; this release reads 2; use a newer release"),
        ('[{"version": 2}, {"version": 3}]', "version 3; this release reads 2; use a newer"),
        ("[]", "version no number; this release reads 2; restore"),
        ('{"version": 0, "passages": {}}', "version 0; this release reads 2; restore the file"),
        ('{"version": 2, "passages": {}}', "version 2; this release reads 2; restore the file"),
    ],
)
def test_a_lock_file_of_another_version_is_not_read(
    tmp_path: Path, text: str, version: str
) -> None:
    recorded, problem = read_lock_file(lock_file(tmp_path, text))
    assert recorded == {}
    assert problem is not None
    assert problem.line == 1
    assert problem.message.startswith(f"revguide-lock.json is of {version}")


def test_a_lock_file_of_version_1_is_read(tmp_path: Path) -> None:
    passage = {"docname": MOLE.docname, "text": MOLE.text}
    path = lock_file(tmp_path, json.dumps({"version": 1, "passages": {"mole": passage}}))
    assert read_lock_file(path) == ({"mole": MOLE}, None)


# The baseline

FINDING = Finding("hedging", "harbour", fingerprint="f1", content="It may be.", section="Tides")


def test_without_a_baseline_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    assert read_baseline(path) == Baseline(path)
    assert read_baseline(None) == Baseline()
    assert baseline_state(Baseline(path), [FINDING], ["harbour"], bool) == BaselineState(
        Baseline(path)
    )


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_baseline_that_cannot_be_read_is_one_problem(tmp_path: Path, *, is_folder: bool) -> None:
    path = tmp_path / "baseline.jsonl"
    if is_folder:
        path.mkdir()
    else:
        path.write_bytes(b"\xff\xfe\x00")
    baseline = read_baseline(path)
    assert (baseline.path, baseline.known) == (path, ())
    (problem,) = baseline.problems
    assert (problem.line, problem.subtype, problem.path) == (1, "baseline", str(path))
    assert problem.message.startswith("the baseline cannot be read (")
    assert problem.message.endswith("; restore it from version control")


def test_each_bad_line_of_a_baseline_is_reported_and_the_others_count(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"
    write_baseline(path, [FINDING, FINDING])
    head, entry = path.read_text("utf-8").splitlines()
    lines = [head, "", "<<<<<<< mine", entry, "{", '{"docname": "x"}', "1", entry, '{"version": 9}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    baseline = read_baseline(path)
    assert baseline.known == (FINDING,)
    assert [problem.line for problem in baseline.problems] == [3, 5, 6, 7, 9]
    assert {problem.path for problem in baseline.problems} == {str(path)}
    said = [problem.message for problem in baseline.problems]
    assert "contains a merge conflict marker" in said[0]
    assert all("a line of the baseline cannot be read (" in text for text in said[1:4])
    assert said[4].startswith("the baseline is ")


def test_below_too_many_bad_lines_of_a_baseline_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HOPELESS", 60)
    path = tmp_path / "baseline.jsonl"
    write_baseline(path, [FINDING])
    entry = path.read_text("utf-8").splitlines()[1]
    path.write_text("{\n" * 60 + entry, encoding="utf-8")
    baseline = read_baseline(path)
    assert (baseline.known, len(baseline.problems)) == ((), MOST_REPORTED)


def test_known_findings_and_fixed_ones_are_told_apart() -> None:
    gone = Finding("hedging", "harbour", fingerprint="f2", content="It might be.", section="Tides")
    new = Finding("hedging", "sea", fingerprint="f3", content="Perhaps the gale.", section="Gales")
    state = baseline_state(
        Baseline(known=(FINDING, gone)), [FINDING, new], ["harbour", "sea"], bool
    )
    assert (state.known, state.fixed) == (frozenset({"f1"}), (gone,))
