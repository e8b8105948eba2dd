"""Whatever was built before: a build tells and writes what a fresh serial build does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinxext_revguide.cli import main
from tests.conftest import Book
from tests.random_walk import Walk
from tests.sameness import (
    BLOCKS,
    LATER,
    SECOND,
    TODAY,
    assert_like_fresh,
    chapter,
    configure,
    files,
    guide,
    patterns,
    set_day,
    write_book,
)

NewBook = Callable[..., Book]

SEED = int(os.environ.get("REVGUIDE_SEED", "1"))
WALKS = int(os.environ.get("REVGUIDE_WALKS", "3"))
STEPS = int(os.environ.get("REVGUIDE_STEPS", "8"))

# A walk of random edits


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("seed", range(SEED, SEED + WALKS))
def test_any_walk_ends_where_a_fresh_build_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """For more and other walks: REVGUIDE_WALKS, REVGUIDE_STEPS, and the first REVGUIDE_SEED."""
    Walk(tmp_path, monkeypatch, seed).run(STEPS)


# One edit at a time


def _edit_page(book: Book) -> None:
    book.write("harbour.md", chapter("Harbour", ["plain", "crane", "passage"]))


def _move_text(book: Book) -> None:
    book.write("harbour.md", chapter("Harbour", ["longer", "plain", "passage", "sample"]))
    book.write("piers.md", chapter("Piers", ["opening", "prompt"]))


def _delete_page(book: Book) -> None:
    # It holds the first of two equal tables, whose fingerprint now goes to the second.
    (book.srcdir / "docks.md").unlink()


def _rename_page(book: Book) -> None:
    (book.srcdir / "docks.md").rename(book.srcdir / "more" / "wharf.md")


def _rename_guide(book: Book) -> None:
    (book.srcdir / "guide.md").rename(book.srcdir / "a-guide.md")


def _edit_guide(**parts: Any) -> Callable[[Book], None]:
    return lambda book: book.write("guide.md", guide(**parts))


def _write(name: str, text: str) -> Callable[[Book], None]:
    return lambda book: book.write(name, text)


def _run(*command: str) -> Callable[[Book], None]:
    def run(book: Book) -> None:
        assert main([*command, str(book.srcdir)]) == 0

    return run


def _update_baseline(book: Book) -> None:
    _run("baseline")(book)
    assert book.build().types() != []
    _edit_page(book)
    _run("baseline", "--update")(book)


def _configure(**settings: Any) -> Callable[[Book], None]:
    return lambda book: configure(book, **settings)


ADDED = """\
````{revision-issue} Cranes
:number: 7
:patterns: readiness-checklist

Say who waited.
````
"""

EDITS: dict[str, Callable[[Book], None]] = {
    "nothing": lambda _book: None,
    "a page edited": _edit_page,
    "text moved to another page": _move_text,
    "a page deleted": _delete_page,
    "a page renamed": _rename_page,
    "a page added": _write("more/added.md", chapter("Added", ["opening", "gulls"])),
    "a guide renamed": _rename_guide,
    "a guide deleted": lambda book: (book.srcdir / "second.md").unlink(),
    "a status": _edit_guide(status="applied"),
    "other patterns": _edit_guide(patterns="gulls"),
    "another sample": _edit_guide(before=BLOCKS["longer"]),
    "an issue removed": _edit_guide(issues=1),
    "an issue added": _write("second.md", f"{SECOND}\n{ADDED}"),
    "a pattern file": _write("own.toml", patterns("boat*", "Boats")),
    "a lock recorded": _run("lock"),
    "an included file": _write("part.inc", "The depth was 9.5 metres.\n"),
    "an earlier report": _write("last.json", '{"findings": [{"flagged": false}]}'),
    "a baseline written": _run("baseline"),
    "a baseline updated": _update_baseline,
    "revguide_flag": _configure(revguide_flag=["*"]),
    "revguide_layout": _configure(revguide_layout="stacked"),
    "revguide_marks": _configure(revguide_marks=False),
    "revguide_mode": _configure(revguide_mode="release"),
    "revguide_baseline": _configure(revguide_baseline="elsewhere.jsonl"),
    "revguide_reports": _configure(revguide_reports=["sarif"]),
    "language": _configure(language="de"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_each_builder_of_a_shared_environment_is_like_fresh(new_book: NewBook, edit: str) -> None:
    """The builder after the first one finds everything read, and no page older than its source."""
    book = new_book()
    write_book(book)
    for builder in ("html", "text"):
        book.build(builder)
    EDITS[edit](book)
    for builder in ("text", "html"):
        assert_like_fresh(book, book.build(builder))


@pytest.mark.parametrize("parallel", [1, 4])
def test_an_unchanged_book_is_not_written_again(new_book: NewBook, parallel: int) -> None:
    book = new_book()
    write_book(book)

    def times(builder: str) -> dict[str, int]:
        outdir = book.build(builder, parallel=parallel).outdir
        return {path.name: path.stat().st_mtime_ns for path in outdir.rglob("*.[ht]*[lt]")}

    builders = ("html", "text")
    first = [times(builder) for builder in builders]
    again = [times(builder) for builder in builders]
    # Sphinx writes the first page and its own ones every time.
    own = {"index.html", "index.txt", "genindex.html", "search.html"}
    for was, now in zip(first, again, strict=True):
        assert {name for name in was if was[name] == now[name]} >= was.keys() - own
        assert len(was.keys() - own) >= 7


def test_in_another_process_and_order(new_book: NewBook) -> None:
    """Sets have another order in each process."""
    book = new_book()
    write_book(book)

    def build(seed: int, *options: str) -> tuple[dict[str, bytes], str]:
        folder = book.srcdir.parent / f"seed{seed}"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options]
        run = subprocess.run(
            [*command, str(book.srcdir), str(folder)],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        shutil.rmtree(folder / ".doctrees")
        return files(folder), run.stderr

    one, other = build(1), build(2, "-j4")
    assert one == other
    assert "guide.html" in one[0]
    assert "[revguide.standing]" in one[1]


def test_what_was_written_alone_does_not_hide_what_was_not(new_book: NewBook) -> None:
    book = new_book()
    write_book(book)
    app = book.build().app
    _edit_page(book)
    arguments = ["-b", "html", "-d", app.doctreedir, book.srcdir, app.outdir]
    only = [sys.executable, "-m", "sphinx", *arguments, book.srcdir / "harbour.md"]
    run = subprocess.run(list(map(str, only)), capture_output=True, text=True, check=True)
    assert "1 source files given on command line" in run.stdout
    assert_like_fresh(book, book.build())


def test_an_allowance_ends_on_a_day(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> None:
    book = new_book()
    write_book(book)
    set_day(monkeypatch, TODAY)
    reported = book.build().warnings
    set_day(monkeypatch, LATER)
    built = book.build()
    assert_like_fresh(book, built)
    assert len(built.warnings) == len(reported) + 2  # the passage, and that its allowance has ended
