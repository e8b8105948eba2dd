"""What the weights may be learned from: no hand kept for measuring, no folder but the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_revguide.patterns import load_library
from tests.evaluation import corpus, human, titles


def test_no_fit_reads_a_hand_that_is_only_measured_on() -> None:
    measured = set(corpus.hands("measured"))
    assert measured == {
        "scientist", "volunteer", "parish", "trades", "chef", "colonel", "startup",
    }  # fmt: skip
    assert measured.isdisjoint(text.hand for text in corpus.fit_texts())
    assert set(corpus.hands("fit")) <= {text.hand for text in corpus.fit_texts()}


def test_a_measured_hand_in_the_part_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "hands", lambda _part: ["volunteer"])
    with pytest.raises(ValueError, match="volunteer is for measuring only"):
        list(corpus.fit_texts())


def test_no_fit_reads_a_writer_of_issues_who_is_only_measured_on() -> None:
    measured = titles.writers("measured")
    assert measured == ["d"]
    learned = list(titles.fit_complaints())
    assert {"a", "b", "c", "drafted"} <= {one.writer for one in learned}
    assert {one.title for one in learned}.isdisjoint(one.title for one in titles.complaints("d"))


def test_a_measured_writer_of_issues_in_another_part_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(titles, "writers", lambda _part: ["d"])
    with pytest.raises(ValueError, match="d is for measuring only"):
        list(titles.fit_complaints())


def test_issues_are_labelled_with_patterns_of_the_library() -> None:
    named = {one.pattern for writer in "abcd" for one in titles.complaints(writer)}
    assert named == {"", *load_library().patterns}


def test_naming_is_counted_by_what_the_importer_writes() -> None:
    some = [
        titles.Complaint("decorative-emoji", "Emoji (remove all)", ""),
        titles.Complaint("hedging", "Emoji (remove all)", ""),
        titles.Complaint("term-overuse", "TIDE™ repetition (71 → 30)", ""),
        titles.Complaint("hedging", "The harbour", ""),
        titles.Complaint("", "The harbour", ""),
    ]
    assert titles.measure(some) == {
        "issues": 5, "pattern": 4, "right": 2, "wrong": 1, "guessed": 0, "missing": 1,
    }  # fmt: skip


def documentation(folder: Path, files: int) -> None:
    names = [name for part in human.parts().values() for name in part]
    rows = "".join(f"{name}\tabc123\t2022-11-30\t{files}\t10\t\n" for name in names)
    head = "repository\tcommit\tdate\tfiles\twords\tlicence_files\n"
    (folder / "MANIFEST.tsv").write_text(head + rows, encoding="utf-8")
    for name in names:
        home = folder / name.replace("/", "+")
        home.mkdir()
        (home / "page.md").write_text("# Tides\n\nThey rise.\n", encoding="utf-8")


def test_the_parts_share_no_repository() -> None:
    names = [name for part in human.parts().values() for name in part]
    assert len(names) == len(set(names))


def test_pages_are_read_by_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documentation(tmp_path, files=1)
    monkeypatch.setenv(human.VARIABLE, str(tmp_path))
    monkeypatch.setattr(human, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(human, "parts", lambda: {"first": ["cncf/toc"]})
    [(name, [(page, outline)])] = human.pages("first").items()
    assert (name, page) == ("cncf/toc", "cncf+toc/page.md")
    assert outline.sections[1].title == "Tides"


def test_a_folder_that_is_not_what_its_manifest_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documentation(tmp_path, files=2)
    monkeypatch.setenv(human.VARIABLE, str(tmp_path))
    with pytest.raises(ValueError, match=r"holds 1 pages, and 2 by the manifest; .* abc123"):
        human.pages("first")


def test_without_a_folder_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(human.VARIABLE, raising=False)
    assert human.pages("measure") == {}
