"""What two people record on two branches: merged by git, or told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.locked_passages import read_lock_file
from sphinxext_revguide.cli import main
from tests.conftest import Book

NewBook = Callable[..., Book]
LOCK = "revguide-lock.json"


def git(folder: Path, *arguments: str, check: bool = True) -> int:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0 or not check, done.stderr
    return done.returncode


def passage(name: str, text: str = "It stays as it is.") -> str:
    return f"```{{locked-passage}} {name}\n{text}\n```\n"


def write(book: Book, **pages: str) -> None:
    for name, text in pages.items():
        book.write(f"{name}.md", f"# {name.title()}\n\n{text}")


def merged(book: Book, ours: dict[str, str], theirs: dict[str, str], *, union: bool = False) -> int:
    """Record on two branches what each changes, merge them, and return git's exit status."""
    folder = book.srcdir
    book.write("index.md", "# Book\n\n```{toctree}\n:glob:\n\np*\n```\n")
    if union:
        book.write(".gitattributes", f"{LOCK} merge=union\n")
    record(book)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    for branch, pages in (("theirs", theirs), ("ours", ours)):
        git(folder, "checkout", "-q", "-b", branch, "main")
        write(book, **pages)
        record(book)
        git(folder, "add", ".")
        git(folder, "commit", "-qm", branch)
    return git(folder, "merge", "-q", "theirs", check=False)


def record(book: Book) -> None:
    assert main(["lock", str(book.srcdir)]) == 0


def names(book: Book) -> list[str]:
    found, _problem = read_lock_file(book.srcdir / LOCK)
    return sorted(found)


def test_passages_recorded_far_apart_are_merged(new_book: NewBook) -> None:
    book = new_book()
    write(book, p0="".join(passage(name) for name in "bdfh"))
    assert merged(book, {"p1": passage("a")}, {"p2": passage("i")}) == 0
    assert names(book) == list("abdfhi")
    json.loads((book.srcdir / LOCK).read_text("utf-8"))
    assert not book.build("dummy").warnings


def test_passages_recorded_in_one_place_are_merged_by_union(new_book: NewBook) -> None:
    book = new_book()
    write(book, p0=passage("a"))
    ours, theirs = {"p1": passage("x")}, {"p2": passage("y")}
    assert merged(book, ours, theirs, union=True) == 0
    assert names(book) == ["a", "x", "y"]
    json.loads((book.srcdir / LOCK).read_text("utf-8"))
    assert not book.build("dummy").warnings


def test_a_conflict_is_reported_and_both_sides_count(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book()
    write(book, p0=passage("a"))
    assert merged(book, {"p1": passage("x")}, {"p2": passage("y")}) == 1
    assert names(book) == ["a", "x", "y"]
    (reported,) = book.build("dummy").warnings
    assert (reported.path, reported.type) == (LOCK, "revguide.lock_file")
    assert "conflict marker" in reported.text
    assert main(["lock", str(book.srcdir), "--check"]) == 2
    capsys.readouterr()
    record(book)
    assert "conflict marker" in capsys.readouterr().err
    assert not book.build("dummy").warnings


def test_one_passage_recorded_with_other_words_is_reported(new_book: NewBook) -> None:
    book = new_book()
    write(book, p0=passage("a") + "\n" + passage("z"))
    ours = {"p0": passage("a", "Our words.") + "\n" + passage("z")}
    theirs = {"p0": passage("a") + "\n" + passage("z"), "p1": passage("b")}
    assert merged(book, ours, theirs, union=True) == 0
    path = book.srcdir / LOCK
    text = path.read_text("utf-8")
    line = next(part for part in text.split("\n") if '"Our words."' in part)
    twice = text.replace(line, f"{line}\n{line.replace('Our', 'Their')}")
    path.write_text(twice, encoding="utf-8")
    (reported,) = [
        build_warning
        for build_warning in book.build("dummy").warnings
        if build_warning.type == "revguide.lock_file"
    ]
    assert "contains passage 'a' twice" in reported.text


def test_a_file_of_an_earlier_release_is_read(new_book: NewBook) -> None:
    book = new_book()
    write(book, index=passage("a"))
    old = {"version": 1, "passages": {"a": {"docname": "index", "text": "It stays as it is."}}}
    (book.srcdir / LOCK).write_text(json.dumps(old), encoding="utf-8")
    assert not book.build("dummy").warnings
    record(book)
    assert '"version": 2' in (book.srcdir / LOCK).read_text("utf-8")


@pytest.mark.parametrize(
    "text", ['[{"name": "a"}, {"version": 3}]', '{"version": 3, "passages": {}, "more": 1}']
)
def test_a_file_of_a_later_release_is_reported(new_book: NewBook, text: str) -> None:
    book = new_book({"index.md": "# Book\n"})
    book.write(LOCK, text)
    (reported,) = book.build("dummy").warnings
    assert reported.text == (
        "revguide-lock.json is of version 3; this release reads 2; use a newer release"
    )


def test_unknown_keys_do_not_matter(new_book: NewBook) -> None:
    book = new_book()
    write(book, index=passage("a"))
    entry = {"name": "a", "docname": "index", "text": "It stays as it is.", "by": "b"}
    (book.srcdir / LOCK).write_text(json.dumps([entry, {"version": 2, "x": 1}]), encoding="utf-8")
    known = dict.fromkeys(("docname", "pattern", "section", "content", "fingerprint", "x"), "y")
    lines = [{"version": 1, "x": 2}, known]
    book.write("revguide-baseline.jsonl", "\n".join(map(json.dumps, lines)) + "\n")
    assert not book.build("dummy").warnings


def test_a_file_keeps_its_mode_and_nothing_is_left_beside_it(new_book: NewBook) -> None:
    book = new_book()
    write(book, index=passage("a"))
    record(book)
    path = book.srcdir / LOCK
    path.chmod(0o640)
    record(book)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in book.srcdir.iterdir()) == ["conf.py", "index.md", LOCK]
