"""Locked passages: recorded by the program, and told apart when they change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_revguide.book.derived.locked_passages import (
    LOCK_FILE,
    Recorded,
    difference,
    passage_states,
)
from sphinxext_revguide.cli import main
from sphinxext_revguide.model import LockedPassage
from sphinxext_revguide.text.word_index import Source
from tests.conftest import Book, counts_late

NewBook = Callable[..., Book]

PASSAGE = """\
The pilot said "no" - twice - and lay *outside* until the gale was over.

| Berth | Depth |
|---|---|
| North | 9.5 m |
"""


def page(passage: str = PASSAGE, name: str = "the gale", kind: str = "md") -> str:
    if kind == "rst":
        body = "\n".join(f"   {line}".rstrip() for line in passage.splitlines())
        return f"Harbour\n=======\n\nBefore.\n\n.. locked-passage:: {name}\n\n{body}\n\nAfter.\n"
    return f"# Harbour\n\nBefore.\n\n````{{locked-passage}} {name}\n{passage}````\n\nAfter.\n"


INDEX = "# Book\n\n```{toctree}\nharbour\nsea\n```\n"
FILES = {"index.md": INDEX, "harbour.md": page(), "sea.md": "# Sea\n\nWaves.\n"}


def recorded(new_book: NewBook, files: dict[str, str] = FILES) -> Book:
    book = new_book(files)
    book.build("dummy")
    assert main(["lock", str(book.srcdir)]) == 0
    return book


def reported(book: Book) -> list[tuple[str, int, str]]:
    return [
        (build_warning.path, build_warning.line, build_warning.text)
        for build_warning in book.build("dummy").warnings
    ]


def test_a_passage_is_recorded_and_kept(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = recorded(new_book)
    data = json.loads((book.srcdir / "revguide-lock.json").read_text("utf-8"))
    assert data == [
        {
            "name": "the gale",
            "docname": "harbour",
            "text": 'The pilot said "no" - twice - and lay outside until the gale was over. '
            "Berth Depth North 9.5 m",
        },
        {"version": 2},
    ]
    assert not reported(book)
    capsys.readouterr()
    assert main(["lock", str(book.srcdir), "--check"]) == 0
    assert capsys.readouterr().out == "1 locked passage kept, 0 not\n"


@pytest.mark.parametrize(
    "passage",
    [
        PASSAGE.replace("and lay *outside* until", "and lay\noutside\nuntil"),
        PASSAGE.replace('"no"', "“no”").replace(" - ", " – "),
        PASSAGE.replace("*outside*", "**outside**").replace("gale", "[gale](sea.md)"),
        PASSAGE.replace("|---|---|", "|:----|---:|"),
    ],
    ids=["wrapped", "typography", "markup", "table"],
)
def test_what_leaves_the_words_alone_is_not_a_change(new_book: NewBook, passage: str) -> None:
    book = recorded(new_book)
    book.write("harbour.md", page(passage))
    assert not reported(book)


def test_an_edited_passage(new_book: NewBook, capsys: pytest.CaptureFixture[str]) -> None:
    book = recorded(new_book)
    book.write(
        "harbour.md", page(PASSAGE.replace("9.5 m", "9.8 m").replace("twice", "three times"))
    )
    [(path, line, text)] = reported(book)
    assert (path, line) == ("harbour.md", 5)
    assert "'the gale' has been edited: “twice” is now “three times”; “9.5” is now “9.8”" in text
    assert reported(book) == [(path, line, text)]
    capsys.readouterr()
    assert main(["lock", str(book.srcdir), "--check"]) == 1
    assert capsys.readouterr().out.startswith("harbour.md:5: edited: locked passage 'the gale'")
    assert main(["lock", str(book.srcdir)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("harbour.md:5: edited: locked passage 'the gale' has been edited")
    # It is being recorded, so nothing has to be done.
    assert "record it" not in said
    assert not reported(book)


def test_a_moved_passage(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("harbour.md", "# Harbour\n")
    book.write("sea.md", page())
    [(path, line, text)] = reported(book)
    assert (path, line) == ("sea.md", 5)
    assert "has moved here from 'harbour'" in text


def test_a_renamed_passage(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("harbour.md", page(name="the storm"))
    [(path, line, text)] = reported(book)
    assert (path, line) == ("harbour.md", 5)
    assert "'the storm' was called 'the gale'" in text


def test_a_missing_passage(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("harbour.md", "# Harbour\n")
    [(path, line, text)] = reported(book)
    assert (path, line) == ("harbour.md", 1)
    assert "'the gale' of 'harbour' is missing" in text


def test_an_unlocked_passage(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("harbour.md", f"# Harbour\n\nBefore.\n\n{PASSAGE}")
    [(path, line, text)] = reported(book)
    assert (path, line) == ("harbour.md", 5)
    assert "'the gale' is no longer locked, but is still here" in text


def test_a_guide_that_quotes_a_passage_does_not_unlock_it(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("harbour.md", "# Harbour\n\nBefore.\n")
    quoted = 'The pilot said "no" – twice – and lay outside until the gale was over. Berth Depth '
    book.write("sea.md", f"# Guide\n\n```{{revision-guide}} g\n```\n\nKeep: {quoted}North 9.5 m\n")
    [(path, _line, text)] = reported(book)
    assert (path, text[:23]) == ("harbour.md", "locked passage 'the gal")


@pytest.mark.parametrize("kind", ["md", "rst"])
def test_a_passage_that_is_not_recorded(new_book: NewBook, kind: str) -> None:
    files = {name: text for name, text in FILES.items() if name != "harbour.md"}
    passage = "A pilot said no.\n"
    book = new_book(files | {f"harbour.{kind}": page(passage, kind=kind)})
    [(path, line, text)] = reported(book)
    assert (path, line) == (f"harbour.{kind}", 5 if kind == "md" else 6)
    assert "is not recorded; record it with 'sphinx-revguide lock'" in text


def test_two_passages_of_one_name(new_book: NewBook) -> None:
    book = recorded(new_book)
    book.write("sea.md", page("Other words.\n"))
    assert [
        (build_warning.path, build_warning.line, build_warning.type)
        for build_warning in book.build("dummy").warnings
    ] == [("sea.md", 5, "revguide.duplicate")]


@pytest.mark.parametrize("first", [False, True])
def test_two_passages_of_one_name_are_not_also_compared(
    new_book: NewBook, first: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    book = recorded(new_book)
    name = "a-first" if first else "sea"
    book.write(f"{name}.md", page("Other words.\n"))
    again = ("harbour.md" if first else "sea.md", 5, "revguide.duplicate")
    reported = [warning for warning in book.build("dummy").warnings if "toc" not in warning.type]
    assert [(warning.path, warning.line, warning.type) for warning in reported] == [again]
    record = (book.srcdir / LOCK_FILE).read_bytes()
    capsys.readouterr()
    assert main(["lock", str(book.srcdir), "--check"]) == 1
    out, err = capsys.readouterr()
    assert f"{again[0]}:5: locked passage 'the gale' is already defined at" in err
    assert "edited" not in out
    assert main(["lock", str(book.srcdir)]) == 2
    assert (book.srcdir / LOCK_FILE).read_bytes() == record


@pytest.mark.parametrize(
    ("passage", "name", "kind"),
    [("", "empty", "revguide.empty"), ("Words.\n", "", "revguide.title")],
)
def test_an_incomplete_directive(new_book: NewBook, passage: str, name: str, kind: str) -> None:
    built = new_book(FILES | {"harbour.md": page(passage, name)}).build("dummy")
    assert (5, kind) in [
        (build_warning.line, build_warning.type) for build_warning in built.warnings
    ]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"version": 3, "passages": {}}', '{"version": 1, "passages": {"a": 1}}'],
)
def test_a_broken_lock_file_is_reported(
    new_book: NewBook, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book({"index.md": "# Book\n"})
    book.write("revguide-lock.json", text)
    assert [
        (build_warning.path, build_warning.type) for build_warning in book.build("dummy").warnings
    ] == [("revguide-lock.json", "revguide.lock_file")]
    assert main(["lock", str(book.srcdir), "--check"]) == 2
    assert "revguide-lock.json" in capsys.readouterr().err


def test_what_is_not_a_book_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lock", str(tmp_path)]) == 2
    assert "the book cannot be read" in capsys.readouterr().err
    (tmp_path / "conf.py").write_text("", encoding="utf-8")
    (tmp_path / "index.rst").write_text("Book\n====\n", encoding="utf-8")
    assert main(["lock", str(tmp_path)]) == 2
    assert "add 'sphinxext_revguide' to extensions" in capsys.readouterr().err


def test_nothing_in_a_locked_passage_is_flagged(new_book: NewBook) -> None:
    table = (
        "| Check | Required | Observed | State |\n|---|---|---|---|\n"
        "| Gangway | 90 s | 74 s | Passed |\n| Gates | 12 | 12 | Passed |\n"
        "| Marshals | 100 % | 100 % | Passed |\n\nAll checks are satisfied.\n"
    )
    free = f"# Opening readiness\n\n{table}"
    locked = f"# Opening readiness\n\n````{{locked-passage}} checks\n{table}````\n"
    book = new_book({"index.md": free})
    assert book.build("dummy", revguide_flag=["*"]).types() == ["revguide.readiness-checklist"]
    book.write("index.md", locked)
    assert book.build("dummy", revguide_flag=["*"]).types() == ["revguide.passage"]


def test_the_report_names_the_state(new_book: NewBook) -> None:
    book = recorded(new_book)
    report = json.loads(book.build("revguide").read("revguide.json"))
    assert [(entry["name"], entry["state"], entry["line"]) for entry in report["passages"]] == [
        ("the gale", "kept", 5)
    ]


def test_a_passage_of_which_a_tenth_was_cut_is_unlocked() -> None:
    words = [f"berth{number}" for number in range(20)]
    recorded = {"the gale": Recorded("harbour", " ".join(words))}

    def state(kept: int) -> str:
        source = Source("harbour.md", "# Harbour\n\n" + " ".join(words[:kept]))
        [found] = passage_states([], recorded, {"harbour": [source]}, {"harbour": "harbour.md"})
        return found.state

    assert [state(kept) for kept in (20, 18, 17, 0)] == [
        "unlocked", "unlocked", "missing", "missing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("one two three", "nothing"),
        ("one three", "“two” is gone"),
        ("one two more three", "“more” is new"),
        ("one 2 three", "“two” is now “2”"),
        ("zero one two", "“zero” is new; “three” is gone"),
    ],
)
def test_a_difference_names_what_is_gone_new_or_other(new: str, said: str) -> None:
    assert (difference("one two three", new) or "nothing") == said


@pytest.mark.parametrize(("edits", "more"), [(3, ""), (4, "; and 1 more change")])
def test_a_difference_names_three_changes_and_counts_the_others(edits: int, more: str) -> None:
    words = [f"word{number}" for number in range(20)]
    edited = [f"{word}!" if n % 2 and n < 2 * edits else word for n, word in enumerate(words)]
    said = difference(" ".join(words), " ".join(edited))
    assert said.endswith(f"“word5” is now “word5!”{more}")


def test_the_states_of_passages_are_sorted_by_name() -> None:
    passages = [
        LockedPassage(name, "harbour", "harbour.md", line, line, name)
        for line, name in enumerate(("tide", "berth"), 1)
    ]
    recorded = {"gale": Recorded("harbour", "A gale.")}
    states = passage_states(passages, recorded, {"harbour": []}, {"harbour": "harbour.md"})
    assert [state.name for state in states] == ["berth", "gale", "tide"]


def test_a_passage_in_a_file_that_two_pages_include_is_one(new_book: NewBook) -> None:
    included = "\n\n```{include} part.txt\n```\n"
    files = {
        "part.txt": page(), "harbour.md": f"# Harbour{included}", "sea.md": f"# Sea{included * 2}",
    }  # fmt: skip
    book = recorded(new_book, FILES | files)
    assert reported(book) == []
    book.write("part.txt", page(PASSAGE.replace("9.5 m", "9.8 m")))
    [(path, line, text)] = reported(book)
    assert (path, line) == ("part.txt", 5 + counts_late("md"))
    assert "has been edited: “9.5” is now “9.8”" in text


def test_two_records_of_one_passage_are_reported_where_the_second_is(new_book: NewBook) -> None:
    book = recorded(new_book)
    path = book.srcdir / LOCK_FILE
    first, entry, *rest = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([first, entry, entry.replace("9.5 m", "9.8 m"), *rest]), "utf-8")
    [(name, line, text)] = reported(book)
    assert (name, line) == (LOCK_FILE, 3)
    assert "contains passage 'the gale' twice with different words" in text
