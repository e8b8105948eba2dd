"""The file of verdicts: what is written, and what is read from a damaged one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.verdicts import (
    VERDICT_FILE,
    VerdictError,
    VerdictFile,
    read_verdicts,
    record_verdicts,
    remove_verdicts,
)
from tests.judging import verdict


def test_the_file_has_a_line_for_each_verdict_sorted(tmp_path: Path) -> None:
    path = tmp_path / VERDICT_FILE
    record_verdicts(path, [verdict("bb", docname="z"), verdict("aa", docname="a", reason="ä")])
    lines = path.read_text("utf-8").splitlines()
    assert [line[:18] for line in lines] == ["[", '{"fingerprint": "a', '{"fingerprint": "b',
        '{"version": 1}', "]"]  # fmt: skip
    assert "ä" in lines[1]
    was = path.read_bytes()
    record_verdicts(path, [])
    assert path.read_bytes() == was
    remove_verdicts(path, ["aa", "unknown"])
    assert [entry.fingerprint for entry in read_verdicts(path).verdicts] == ["bb"]


@pytest.mark.parametrize(
    ("text", "names", "line", "reported"),
    [
        ('[\n{"fingerprint": "aa", "verdict": "maybe", "reason": "x"},\n{"version": 1}\n]', [], 2,
         "'maybe', not no-finding or finding"),
        ('[\n{"fingerprint": "aa", "verdict": "no-finding"},\n{"version": 1}\n]', [], 2,
         "no reason"),
        ('[\n{"fingerprint": 7, "verdict": "finding", "reason": "x"},\n{"version": 1}\n]', [], 1,
         "its fingerprint is not a string"),
        ('[\n5,\n{"version": 1}\n]', [], 1, "it is not an object"),
        ('[\n{"fingerprint": "aa", "verdict": "finding", "reason": "x"},\n{"version": 2}\n]', [], 3,
         "use a newer release"),
        ('[\n{"fingerprint": "aa", "verdict": "finding", "reason": "x"}\n'
         '{"fingerprint": "bb", "verdict": "finding", "reason": "x"},\n{"version": 1}\n]',
         ["aa", "bb"], 3, "JSON"),
        ("nonsense", [], 1, "JSON"),
        ("[" * 100_000, [], 1, "JSON"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_reported_and_not_written_over(
    tmp_path: Path, text: str, names: list[str], line: int, reported: str
) -> None:
    path = tmp_path / VERDICT_FILE
    path.write_text(text, "utf-8")
    read = read_verdicts(path)
    assert [entry.fingerprint for entry in read.verdicts] == names
    [problem] = read.problems
    assert problem.line == line
    assert reported in problem.message
    with pytest.raises(VerdictError, match=f":{line}: "):
        record_verdicts(path, [verdict("cc")])
    assert path.read_text("utf-8") == text


def test_of_a_merge_in_conflict_both_sides_count_and_writing_settles_it(tmp_path: Path) -> None:
    path = tmp_path / VERDICT_FILE
    record_verdicts(path, [verdict("aa")])
    first, entry, *rest = path.read_text("utf-8").splitlines()
    theirs = entry.replace('"aa"', '"bb"')
    text = [first, "<<<<<<< ours", entry, "=======", theirs, ">>>>>>> theirs", *rest]
    path.write_text("\n".join(text), "utf-8")
    read = read_verdicts(path)
    assert [entry.fingerprint for entry in read.verdicts] == ["aa", "bb"]
    assert [(problem.line, "conflict" in problem.message) for problem in read.problems] == [
        (2, True)
    ]
    record_verdicts(path, [verdict("cc")])
    read = read_verdicts(path)
    assert [entry.fingerprint for entry in read.verdicts] == ["aa", "bb", "cc"]
    assert read.problems == ()


@pytest.mark.parametrize(
    ("dates", "counts"),
    [
        (("2027-01-01", "2027-02-01"), "finding"),
        (("2027-02-01", "2027-01-01"), "no-finding"),
        (("2027-02-01", "2027-02-01"), "finding"),
    ],
)
def test_of_two_verdicts_on_a_finding_the_later_counts(
    tmp_path: Path, dates: tuple[str, str], counts: str
) -> None:
    path = tmp_path / VERDICT_FILE
    both = [
        {"fingerprint": "aa", "verdict": entry, "reason": "x", "date": date}
        for entry, date in zip(("no-finding", "finding"), dates, strict=True)
    ]
    path.write_text(json.dumps(both, indent=1), "utf-8")
    read = read_verdicts(path)
    assert [entry.verdict for entry in read.verdicts] == [counts]
    assert ["a different verdict" in problem.message for problem in read.problems] == [True]


def entry(name: object = "aa", **fields: object) -> dict[str, object]:
    return {"fingerprint": name, "verdict": "finding", "reason": "x", **fields}


def lines_of(*entries: str) -> str:
    """The text of a file whose entries are given as they are written."""
    return "".join(["[\n", *(f"{line},\n" for line in entries), '{"version": 1}\n]\n'])


def read(tmp_path: Path, text: str) -> VerdictFile:
    path = tmp_path / VERDICT_FILE
    path.write_text(text, "utf-8")
    return read_verdicts(path)


def test_a_blank_file_has_no_verdict_and_no_mistake(tmp_path: Path) -> None:
    assert read(tmp_path, " \n") == VerdictFile(tmp_path / VERDICT_FILE)
    record_verdicts(tmp_path / VERDICT_FILE, [verdict("aa")])


def test_an_entry_without_a_fingerprint_is_ignored(tmp_path: Path) -> None:
    given = json.dumps({"verdict": "finding", "reason": "x"})
    file = read(tmp_path, lines_of(given, json.dumps(entry())))
    assert [one.fingerprint for one in file.verdicts] == ["aa"]
    assert ["it has no fingerprint" in problem.message for problem in file.problems] == [True]


def test_of_several_mistakes_the_first_is_why_nothing_is_written(tmp_path: Path) -> None:
    bad = [json.dumps(entry(name, verdict="maybe")) for name in ("aa", "bb")]
    file = read(tmp_path, lines_of(*bad))
    assert [problem.line for problem in file.problems] == [2, 3]
    assert file.damage == file.problems[0]


def test_of_a_file_of_another_version_nothing_else_is_reported(tmp_path: Path) -> None:
    text = lines_of(json.dumps(entry(verdict="maybe"))).replace('"version": 1', '"version": 2')
    [problem] = read(tmp_path, text).problems
    assert (problem.line, "version 2" in problem.message) == (3, True)


def test_lines_of_a_damaged_file_are_read_where_they_are(tmp_path: Path) -> None:
    good = [f"  {json.dumps(entry(name))}" for name in ("aa", "bb")]
    file = read(tmp_path, lines_of(good[0], '{"fingerprint": ', good[1]))
    assert [(one.fingerprint, one.line) for one in file.verdicts] == [("aa", 2), ("bb", 4)]
    assert len(file.problems) == 1


def test_a_broken_line_of_a_merge_in_conflict_is_not_written_over(tmp_path: Path) -> None:
    text = lines_of("<<<<<<< ours", json.dumps(entry()), "=======", '{"fingerprint": ', ">>>>>>> b")
    file = read(tmp_path, text.replace("<<<<<<< ours,", "<<<<<<< ours").replace("=,", "="))
    assert [one.fingerprint for one in file.verdicts] == ["aa"]
    assert [problem.line for problem in file.problems] == [2, 5]
    assert file.damage == file.problems[1]


@pytest.mark.parametrize("wrong", ["5", '{"fingerprint": '])
def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end(tmp_path: Path, wrong: str) -> None:
    file = read(tmp_path, lines_of(*[wrong] * 10_001, json.dumps(entry())))
    assert file.verdicts == ()
    assert file.damage is not None


def test_one_fingerprint_may_be_written_in_two_ways(tmp_path: Path) -> None:
    both = json.dumps(entry("ä"), ensure_ascii=False), json.dumps(entry("ä", verdict="no-finding"))
    file = read(tmp_path, lines_of(*both))
    assert [(one.verdict, one.line) for one in file.verdicts] == [("finding", 2)]
    assert ["a different verdict" in problem.message for problem in file.problems] == [True]


def test_a_file_is_written_in_one_order_and_without_empty_fields(tmp_path: Path) -> None:
    path = tmp_path / VERDICT_FILE
    verdicts = [
        verdict("dd", docname="b", pattern="p"), verdict("aa", docname="a", pattern="q"),
        verdict("cc", docname="a", pattern="p"), verdict("bb", docname="a", pattern="p"),
    ]  # fmt: skip
    for order in (verdicts, verdicts[::-1]):
        path.unlink(missing_ok=True)
        record_verdicts(path, order)
        file = json.loads(path.read_text("utf-8"))
        assert [written.get("fingerprint") for written in file] == ["bb", "cc", "aa", "dd", None]
        assert list(file[0]) == ["fingerprint", "verdict", "reason", "pattern", "docname"]
