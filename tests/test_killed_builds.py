"""A build that is killed leaves nothing that the next one trips over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import Book, Built
from tests.sameness import assert_like_fresh, chapter, killed, write_book

NewBook = Callable[..., Book]


@pytest.fixture
def book(new_book: NewBook) -> Book:
    book = new_book()
    write_book(book)
    return book


def kill(book: Book, builder: str, event: str, *options: str) -> None:
    """Build in the folders of the book, and see that the build was killed."""
    run = killed(book, builder, event, *options)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()


def edit(book: Book) -> None:
    """Make an edit that four pages show: the chapter, its guides and the overview."""
    book.write("harbour.md", chapter("Harbour", ["plain", "crane", "passage", "phrase"]))


EVENTS = [
    "env-get-outdated", "source-read:2", "env-updated",
    # What was read has been saved by now, and nothing is written.
    "env-check-consistency",
    "doctree-resolved:2", "html-page-context:3",
    # All pages are written; indices and the search are not.
    "html-collect-pages",
    "fsync",
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS)
def test_after_a_killed_rebuild(book: Book, event: str) -> None:
    book.build()
    edit(book)
    # Two pages to read, so that one of them may be killed in the other's shadow.
    book.write("piers.md", chapter("Piers", ["gulls"]))
    kill(book, "html", event)
    assert_like_fresh(book, book.build())


@pytest.mark.parametrize("event", ["source-read:4", "doctree-resolved:5"])
def test_after_a_first_build_that_was_killed(book: Book, event: str) -> None:
    kill(book, "html", event)
    assert_like_fresh(book, book.build())


def test_after_a_parallel_build_that_was_killed(book: Book) -> None:
    kill(book, "html", "doctree-resolved:4", "-j4")
    assert_like_fresh(book, book.build(parallel=4))


def test_a_page_that_was_half_written_is_written_again(book: Book) -> None:
    # Sphinx alone would keep it: it is younger than its source.
    book.build()
    edit(book)
    kill(book, "html", "html-page-context:2")
    page = book.srcdir.parent / "build" / "html" / "harbour.html"
    page.write_text(page.read_text("utf-8")[:500], "utf-8")
    assert_like_fresh(book, book.build())


def test_the_other_builder_is_not_misled(book: Book) -> None:
    book.build("text")
    book.build()
    edit(book)
    kill(book, "html", "doctree-resolved:2")
    assert_like_fresh(book, book.build("text"))
    assert_like_fresh(book, book.build())


def test_a_killed_change_of_mode_leaves_no_card(book: Book) -> None:
    book.build()
    with (book.srcdir / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('revguide_mode = "release"\n')
    kill(book, "html", "html-page-context:3")
    built = book.build()
    assert_like_fresh(book, built)
    assert "The lighthouse keeps a list" not in built.read("guide.html")


def test_a_report_is_written_whole_or_not_at_all(book: Book) -> None:
    was = book.build("revguide").read("revguide.json")
    edit(book)
    kill(book, "revguide", "fsync")
    report = book.srcdir.parent / "build" / "revguide" / "revguide.json"
    assert report.read_text("utf-8") == was
    built = book.build("revguide")
    assert_like_fresh(book, built)
    assert built.read("revguide.json") != was


@pytest.mark.parametrize(
    ("command", "name"), [("lock", "revguide-lock.json"), ("baseline", "revguide-baseline.jsonl")]
)
def test_a_record_is_written_whole_or_not_at_all(book: Book, command: str, name: str) -> None:
    def run(event: str) -> int:
        arguments = [sys.executable, "-m", "sphinxext_revguide", command, str(book.srcdir)]
        environment = os.environ | {"KILLED_AT": event}
        return subprocess.run(
            arguments, env=environment, capture_output=True, check=False
        ).returncode

    assert run("") == 0
    path = book.srcdir / name
    was = path.read_text("utf-8")
    book.build()
    book.write("harbour.md", chapter("Harbour", ["crane", "edited"]))
    assert run("fsync") == -signal.SIGKILL
    assert path.read_text("utf-8") == was
    assert_like_fresh(book, book.build())
    assert run("") == 0
    assert path.read_text("utf-8") != was
    assert_like_fresh(book, book.build())


def built_again(book: Book) -> Built:
    """Build a book of which nothing was edited, and see that nothing is read."""
    built = book.build()
    assert "0 added, 0 changed" in built.app.status.getvalue()
    return built


def test_pages_are_written_again_and_not_read(book: Book) -> None:
    book.build()
    edit(book)
    kill(book, "html", "env-check-consistency")
    assert_like_fresh(book, built_again(book))


def test_an_edit_that_was_taken_back_after_a_build_was_killed(book: Book) -> None:
    # The guide shows what the edit changed, and is as it was when it was last written to the end.
    book.build()
    was = (book.srcdir / "harbour.md").read_text("utf-8")
    edit(book)
    kill(book, "html", "html-collect-pages")
    book.write("harbour.md", was)
    assert_like_fresh(book, book.build())
