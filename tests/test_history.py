"""``sphinx-revguide history``: what the guides would have found at earlier commits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.history_file import HISTORY_FILE, read_history
from sphinxext_revguide.cli import main
from sphinxext_revguide.cli.book_cache import cache_folder
from sphinxext_revguide.patterns.loader import load_library
from sphinxext_revguide.report.replay import page_numbers
from tests.conftest import CHECKLIST, TERMINAL, Book
from tests.host_books import ipynb
from tests.test_apply import AFTER, BEFORE, CHAPTER, GUIDE, book_with
from tests.versioned import git

NewBook = Callable[..., Book]


def commit(book: Book, text: str) -> None:
    (book.srcdir / "harbour.md").write_text(text)
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "Change")


@pytest.fixture
def book(new_book: NewBook) -> Book:
    book = book_with(new_book, CHAPTER)
    guide = GUIDE.format(before=BEFORE, after=AFTER).replace(":impact:", ":effort: 2-3 h\n:impact:")
    (book.srcdir / "guide.md").write_text(guide)
    git(book, "init", "-q")
    commit(book, CHAPTER + TERMINAL)
    (book.srcdir / "index.md").write_text((book.srcdir / "index.md").read_text() + "\nMore.\n")
    git(book, "commit", "-qam", "Change no chapter")
    commit(book, CHAPTER.replace(BEFORE, "Gate 7 sticks."))
    return book


def run(book: Book, *options: str) -> int:
    return main(["history", *options, "--source", str(book.srcdir)])


def test_a_revised_chapter_shows_the_drop(book: Book) -> None:
    assert run(book) == 0
    commits, problem = read_history(book.srcdir / HISTORY_FILE)
    assert problem is None
    first, second = (entry.guides["g"] for entry in commits)
    assert (first.samples, first.present, first.low, first.high) == (1, 1, 2.0, 3.0)
    assert (second.present, second.low, second.high) == (0, 0.0, 0.0)
    assert first.findings["readiness-checklist"] > second.findings.get("readiness-checklist", 0)
    assert first.words > second.words


@pytest.mark.parametrize("status", ["open", "rejected", "deferred"])
def test_the_numbers_of_an_issue_count_whatever_was_decided(
    book: Book, capsys: pytest.CaptureFixture[str], status: str
) -> None:
    guide = book.srcdir / "guide.md"
    guide.write_text(guide.read_text().replace(":effort:", f":status: {status}\n:effort:"))
    assert run(book, "--json") == 0
    first = json.loads(capsys.readouterr().out)[0]["guides"]["g"]
    assert [first[name] for name in ("samples", "present", "low", "high")] == [1, 1, 2.0, 3.0]


def test_hours_are_recorded_to_the_minute(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    guide = book.srcdir / "guide.md"
    guide.write_text(guide.read_text().replace(":effort: 2-3 h", ":effort: 10-490 minutes"))
    assert run(book, "--json") == 0
    first = json.loads(capsys.readouterr().out)[0]["guides"]["g"]
    assert [first[name] for name in ("low", "high")] == [0.17, 8.17]


SENTENCE = "Every gate was opened and shut nine times before the first boat of that day came in."
SHOWN = {
    "markup": "Every *gate* was [opened and shut](x.md) nine times[^n] before the {ref}`first boat "
    "<harbour>` of that\nday came in.\n\n[^n]: Or ten.",
    "another extension": ":::{card} Gates\n:width: 50%\nEvery gate was opened and shut *nine* "
    "times before the first boat of that day came in.\n:::",
    "an active part": f"```{{only}} html\n{SENTENCE}\n```",
}
HIDDEN = {
    "comment": f"% {SENTENCE}",
    "html comment": f"<!-- {SENTENCE} -->",
    "an inactive part": f"```{{only}} latex\n{SENTENCE}\n```",
    "front matter": f"---\nnote: {SENTENCE}\n---",
}


@pytest.mark.parametrize(
    ("text", "present"),
    [*((entry, 1) for entry in SHOWN.values()), *((entry, 0) for entry in HIDDEN.values())],
    ids=[*SHOWN, *HIDDEN],
)  # fmt: skip
def test_past_samples_are_looked_for_in_what_readers_read(
    new_book: NewBook, capsys: pytest.CaptureFixture[str], text: str, present: int
) -> None:
    book = book_with(new_book, CHAPTER)
    (book.srcdir / "guide.md").write_text(GUIDE.format(before=SENTENCE, after="Gone."))
    git(book, "init", "-q")
    commit(book, f"{text}\n\n# Harbour\n" if text.startswith("---") else f"# Harbour\n\n{text}\n")
    commit(book, CHAPTER)
    for _run in ("anew", "as it was kept"):
        assert run(book, "--json") == 0
        numbers = json.loads(capsys.readouterr().out)[0]["guides"]["g"]
        assert numbers["present"] == present


def test_past_pages_in_rest_are_read_as_readers_read_them() -> None:
    text = (
        "Harbour\n=======\n\n.. card:: Gates\n   :width: 3\n\n   Every :ref:`gate <x>` was "
        "*opened*.\n\n"
        ".. Every gate was shut.\n\n.. only:: latex\n\n   Every gate was lost.\n"
    )
    numbers = page_numbers("harbour.rst", text, load_library(), lambda _kind, name: name != "latex")
    lines = {number: line for number, line in enumerate(numbers.readable.split("\n"), 1) if line}
    assert lines == {1: "Harbour |", 7: "Every gate was opened. |"}


def test_past_pages_may_use_substitutions_of_the_configuration() -> None:
    text = "A |a| b.\n\n.. |a| replace:: one |br| two |C|\n.. |c| replace:: three\n"
    numbers = page_numbers("harbour.rst", text, load_library(), lambda _kind, _name: True)
    assert numbers.readable.startswith("A one |br| two three b.")


def test_a_second_run_gives_the_same_file(book: Book) -> None:
    run(book)
    first = (book.srcdir / HISTORY_FILE).read_bytes()
    assert (cache_folder(book.srcdir) / "history.json").is_file()
    run(book)
    assert (book.srcdir / HISTORY_FILE).read_bytes() == first


PATTERN = """
[[pattern]]
id = "praise"
title = "Praise"
what = "Praise."
why = "It persuades nobody."
instead = "Show it."

[[pattern.form]]
shape = "section"
threshold = 1.0
needs = [{{ signal = "says", weight = 1, lexicon = "praise" }}]

[lexicon.praise]
words = ["{word}"]
"""


def test_pages_are_measured_again_when_a_pattern_of_one_s_own_changes(book: Book) -> None:
    conf = (book.srcdir / "conf.py").read_text()
    (book.srcdir / "conf.py").write_text(conf + 'revguide_patterns = ["own.toml"]\n')
    found = []
    for word in ("nothing-like-it", "sticks"):
        (book.srcdir / "own.toml").write_text(PATTERN.format(word=word))
        assert run(book) == 0
        commits, _problem = read_history(book.srcdir / HISTORY_FILE)
        found.append([entry.guides["g"].findings.get("praise", 0) for entry in commits])
    assert found == [[0, 0], [0, 1]]


def test_a_range_is_taken(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "HEAD~1..HEAD", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert not (book.srcdir / HISTORY_FILE).exists()


def test_code_of_a_commit_is_not_run(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    conf = (book.srcdir / "conf.py").read_text()
    (book.srcdir / "conf.py").write_text("raise SystemExit('an old conf.py was run')\n")
    commit(book, CHAPTER)
    (book.srcdir / "conf.py").write_text(conf)
    assert run(book, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


@pytest.mark.parametrize("revision", ["nowhere", "--output=x"])
def test_an_unknown_revision_is_refused(
    book: Book, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--source", str(book.srcdir), "--", revision]) == 2
    assert "Git says" in capsys.readouterr().err
    assert not (book.srcdir / "x").exists()


@pytest.mark.parametrize("number", ["0", "-1", "x"])
def test_a_number_of_commits_that_is_none_is_refused(
    book: Book, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(book, f"--most={number}")
    assert f"'{number}' is not a positive whole number" in capsys.readouterr().err


def test_missing_commits_of_a_shallow_clone_are_reported(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(book, "--json") == 0
    assert "--unshallow" not in capsys.readouterr().err

    git(book, "clone", "-q", "--depth=1", book.srcdir.as_uri(), str(tmp_path / "shallow"))
    assert main(["history", "--json", "--source", str(tmp_path / "shallow")]) == 0
    assert "'git fetch --unshallow' fetches them" in capsys.readouterr().err


def test_a_broken_history_names_the_line(book: Book) -> None:
    path = book.srcdir / HISTORY_FILE
    path.write_text('{"version": 1,\n"commits": [}\n')
    problem = read_history(path)[1]
    assert problem is not None
    assert problem.line == 2
    assert "JSONDecodeError" not in problem.message


def test_a_broken_history_is_reported_and_not_fatal(book: Book) -> None:
    path = book.srcdir / HISTORY_FILE
    for text in ("{", "[]", '{"version": 9, "commits": []}', '{"version": 1, "commits": [1]}'):
        path.write_text(text)
        commits, problem = read_history(path)
        assert commits == []
        assert problem is not None
        assert problem.subtype == "history"


def test_the_configuration_of_git_does_not_change_the_commits(book: Book) -> None:
    (book.srcdir / "harbour.md").rename(book.srcdir / "docks.md")
    for page in ("guide.md", "index.md"):
        path = book.srcdir / page
        path.write_text(path.read_text().replace("harbour", "docks"))
    git(book, "add", ".")
    git(book, "commit", "-q", "-m", "Rename the chapter")
    git(book, "config", "log.follow", "true")
    git(book, "config", "log.showSignature", "true")
    assert run(book) == 0
    commits, _problem = read_history(book.srcdir / HISTORY_FILE)
    assert len(commits) == 1


def test_a_chapter_of_two_guides_has_its_length_once(book: Book) -> None:
    assert run(book) == 0
    commits, _problem = read_history(book.srcdir / HISTORY_FILE)
    lengths = [commit.words for commit in commits]
    assert lengths == [commit.guides["g"].words for commit in commits]
    guide = (book.srcdir / "guide.md").read_text()
    (book.srcdir / "other.md").write_text(guide.replace("{revision-guide} g", "{revision-guide} h"))
    assert run(book) == 0
    commits, _problem = read_history(book.srcdir / HISTORY_FILE)
    assert [list(commit.guides) for commit in commits] == [["g", "h"]] * 2
    assert [commit.words for commit in commits] == lengths


def test_a_notebook_is_measured_by_its_cells() -> None:
    library = load_library()
    cells = ("# Terminal", "%code", f"## Opening readiness\n\n{CHECKLIST}")
    page = "# Terminal\n\n```\n%code\n```\n\n## Opening readiness\n\n" + CHECKLIST
    notebook = page_numbers("harbour.ipynb", ipynb(*cells), library, lambda *_: True)
    expected = page_numbers("harbour.md", page, library, lambda *_: True)
    assert notebook.findings == expected.findings
    assert "readiness-checklist" in notebook.findings
    assert (notebook.words, notebook.readable.split()) == (
        expected.words,
        expected.readable.split(),
    )
