"""A release build holds nothing of a guide, and still warns."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import Book
from tests.themes import FILES, TABLE

NewBook = Callable[..., Book]

CHAPTER = f"""\
# The harbour

{{locked}}
Before the season opens, the terminal is checked.

{TABLE}
**Ready to open.**
"""
PLAIN = {
    "index.md": "# Book\n\n```{toctree}\nharbour\nguide\n```\n",
    "guide.md": "# Guide\n\nWhat the editor says.\n",
    "harbour.md": CHAPTER.replace("{locked}", "Dues are paid before noon.\n"),
}
LOCKED = "```{locked-passage} dues\nDues are paid before noon.\n```\n"
MARKED = {
    "index.md": PLAIN["index.md"] + "\n```{revision-overview}\n```\n",
    "guide.md": FILES["guide.md"].replace("# Guide\n", PLAIN["guide.md"]),
    "harbour.md": CHAPTER.replace("{locked}", LOCKED),
}


def contents(outdir: Path) -> dict[str, bytes]:
    # Pickles, and what holds the time of the build.
    left_out = {".buildinfo", "environment.pickle", "content.opf", "toc.ncx", "Book.epub"}
    return {
        path.relative_to(outdir).as_posix(): path.read_bytes()
        for path in sorted(outdir.rglob("*"))
        if path.is_file() and path.name not in left_out
    }


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "epub", "text", "latex", "man", "gettext"]
)
def test_nothing_of_it_is_in_the_output(new_book: NewBook, builder: str) -> None:
    book = new_book(MARKED)
    plain = new_book(PLAIN)
    plain.write("conf.py", 'extensions = ["myst_parser"]\nproject = "Book"\n')
    same: dict[str, Any] = {"html_copy_source": False, "gettext_location": False}
    released = contents(book.build(builder, revguide_mode="release", **same).outdir)
    wanted = contents(plain.build(builder, **same).outdir)
    assert wanted
    assert list(released) == list(wanted)
    for name, content in wanted.items():
        assert _untimed(released[name]) == _untimed(content), name


def _untimed(content: bytes) -> bytes:
    return re.sub(rb"POT-Creation-Date:.*", b"", content)


def test_names_in_a_guide_are_not_in_the_inventory(new_book: NewBook) -> None:
    issue = """
    .. revision-guide:: s

    .. revision-issue:: Something
       :number: 1

       .. _secret-rubric:

       .. rubric:: A quarrel

       .. code-block:: text
          :caption: A bill
          :name: secret-bill

          Nothing.

       .. glossary::

          secret-term
             A term.

       .. py:function:: secret_function()

       .. option:: --secret-option

       .. js:function:: secretScript()
    """
    kept = ".. _kept:\n\n.. rubric:: Kept\n\n.. py:function:: kept_function()\n"
    page = f"Second guide\n============\n\n{kept}{dedent(issue)}"
    built = new_book({**MARKED, "second.rst": page}).build(revguide_mode="release")
    listed = (built.outdir / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]
    names = {line.split(b" ", 1)[0] for line in zlib.decompress(listed).splitlines()}
    assert {b"kept", b"kept_function"} <= names
    assert not [name for name in names if b"secret" in name]


def test_no_source_with_a_guide_is_published(new_book: NewBook) -> None:
    outside = "# Outside\n\n```{before-after}\nOld.\n+++\nNew.\n```\n"
    book = new_book({**MARKED, "more.md": "# More\n", "outside.md": outside})
    built = book.build(revguide_mode="release")
    sources = {path.name for path in (built.outdir / "_sources").iterdir()}
    assert sources == {"more.md.txt"}
    assert "_sources" not in built.read("guide.html")
    assert "_sources/more.md.txt" in built.read("more.html")


def test_a_theme_that_offers_sources_builds_a_release(new_book: NewBook) -> None:
    pytest.importorskip("sphinx_book_theme")
    built = new_book(MARKED).build(revguide_mode="release", html_theme="sphinx_book_theme")
    # Not even an address without a name, which its button for a download would have.
    assert "_sources/" not in built.read("guide.html")


def test_warnings_are_those_of_a_review_build(new_book: NewBook) -> None:
    reviewed = new_book(MARKED).build()
    released = new_book(MARKED).build(revguide_mode="release")
    assert "revguide.readiness-checklist" in released.types()
    more = [warning for warning in released.warnings if warning.type != "revguide.release"]
    assert more == reviewed.warnings


@pytest.mark.parametrize(
    ("rest", "words"),
    [("", 0), ("## Schedule\n", 0), ("Mend the gate first.\n\n- Then rest.\n", 6)],
)
def test_text_of_an_editor_that_is_published_is_reported(
    new_book: NewBook, rest: str, words: int
) -> None:
    page = FILES["guide.md"].replace("# Guide\n", f"# Guide\n\n{rest}")
    built = new_book({**MARKED, "guide.md": page}).build(revguide_mode="release")
    reported = [warning for warning in built.warnings if warning.type == "revguide.release"]
    assert [(warning.path, warning.line) for warning in reported] == [("guide.md", 1)] * bool(words)
    assert all(
        f"published with {words} words outside its directives" in warning.text
        for warning in reported
    )


def test_one_book_built_both_ways_in_turn(new_book: NewBook) -> None:
    book = new_book(MARKED)
    first = book.build().read("harbour.html")
    assert "revguide-mark" in first
    assert "revguide" not in book.build(revguide_mode="release").read("harbour.html")
    assert book.build(revguide_mode="review").read("harbour.html") == first


@pytest.mark.parametrize(
    "reference", ["{revguide:issue}`g-1`", "{any}`g-1`", "[](#g-1)", "{any}`That one <g-1>`"]
)
def test_references_to_what_is_left_out_stay_as_text(new_book: NewBook, reference: str) -> None:
    book = new_book({**MARKED, "more.md": f"# More\n\nSee {reference}.\n"})
    built = book.build(revguide_mode="release")
    page = built.read("more.html")
    assert ("That one" if "<" in reference else "A checklist without a doubt") in page
    assert "guide.html#" not in page
    assert "revguide" not in page


def test_a_review_build_leaves_nothing_in_the_folder_of_a_release(new_book: NewBook) -> None:
    book = new_book({**MARKED, "more.md": "# More\n"})
    reviewed = book.build()
    sources, static = reviewed.outdir / "_sources", reviewed.outdir / "_static"
    assert (sources / "guide.md.txt").exists()
    assert (static / "revguide.css").exists()
    book.build(revguide_mode="release")
    assert {path.name for path in sources.iterdir()} == {"more.md.txt"}
    assert not list(static.glob("revguide*"))


def test_an_unknown_mode_is_reported(new_book: NewBook) -> None:
    built = new_book(PLAIN).build(revguide_mode="final")
    assert "write 'review' or 'release'" in built.warnings[0].text
    assert [
        build_warning.type
        for build_warning in built.warnings
        if "revguide_mode" in build_warning.text
    ]
