"""Files that a stranger names or writes: none is read outside, none runs anything."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.util.docutils import patch_docutils

from sphinxext_revguide.cli import main
from sphinxext_revguide.importer import print_myst, read_guide
from sphinxext_revguide.patterns import detect, load_files, load_library
from sphinxext_revguide.patterns.samples import outline_of_sample
from tests.conftest import Book
from tests.payloads import PAYLOADS, SECRET, chapter, patterns

NewBook = Callable[..., Book]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.json",
        "/etc/passwd",
        "link.json",
        "loop.json",
        "folder",
        "a\x00b",
        "pipe",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_since_reads_no_file_but_a_report_inside(new_book: NewBook, name: str, suffix: str) -> None:
    book = new_book()
    secret: dict[str, object] = {"flagged": True, "line": 1}
    secret |= dict.fromkeys(
        ("pattern", "docname", "section", "content", "fingerprint", "path", "message"), SECRET
    )
    outside = book.srcdir.parent / "secret.json"
    outside.write_text(json.dumps({"findings": [secret]}), encoding="utf-8")
    (book.srcdir / "link.json").symlink_to(outside)
    (book.srcdir / "loop.json").symlink_to("loop.json")
    (book.srcdir / "folder").mkdir()
    os.mkfifo(book.srcdir / "pipe")
    text = {
        "md": f"# Book\n\n```{{revision-overview}}\n:since: {name}\n```\n",
        "rst": f"Book\n====\n\n.. revision-overview::\n   :since: {name}\n",
    }[suffix]
    book.write(f"index.{suffix}", text)
    built = book.build("html")
    assert [build_warning.type for build_warning in built.warnings] == ["revguide.since"]
    assert SECRET not in built.read("index.html")
    assert SECRET not in built.output


@pytest.mark.parametrize("name", ["../known.jsonl", "link.jsonl", "loop.jsonl"])
def test_a_baseline_is_read_inside_only(new_book: NewBook, name: str) -> None:
    book = new_book({"index.md": "# Book\n"}, conf=f"revguide_baseline = {name!r}\n")
    outside = book.srcdir.parent / "known.jsonl"
    outside.write_text('{"version": 1}\n', encoding="utf-8")
    (book.srcdir / "link.jsonl").symlink_to(outside)
    (book.srcdir / "loop.jsonl").symlink_to("loop.jsonl")
    (reported,) = book.build("dummy").warnings
    assert "is outside the source directory" in reported.text
    assert main(["baseline", str(book.srcdir)]) == 2
    assert outside.read_text("utf-8") == '{"version": 1}\n'


@pytest.mark.parametrize("name", ["../known.json", "link.json", "loop.json"])
def test_verdicts_are_read_and_written_inside_only(new_book: NewBook, name: str) -> None:
    book = new_book({"index.md": "# Book\n"}, conf=f"revguide_verdicts = {name!r}\n")
    outside = book.srcdir.parent / "known.json"
    outside.write_text('[{"version": 1}]\n', encoding="utf-8")
    (book.srcdir / "link.json").symlink_to(outside)
    (book.srcdir / "loop.json").symlink_to("loop.json")
    (reported,) = book.build("dummy").warnings
    assert "is outside the source directory" in reported.text
    assert main(["verdict", "--prune", "--source", str(book.srcdir)]) == 2
    assert outside.read_text("utf-8") == '[{"version": 1}]\n'


def test_reading_files_can_be_switched_off(new_book: NewBook) -> None:
    page = """\
        Book
        ====

        .. revision-overview::
           :since: report.json

        .. revision-guide:: one

           .. include:: secret.txt

           .. raw:: html

              <b>zqevil</b>
        """
    files = {"index.rst": page, "secret.txt": SECRET, "report.json": '{"findings": []}'}
    conf = "exclude_patterns = ['secret.txt']\n"
    book = new_book(files, conf=conf)
    assert SECRET in book.build("html").read("index.html")  # the author's own page may
    book.write("docutils.conf", "[general]\nfile_insertion_enabled: no\nraw_enabled: no\n")
    with patch_docutils(book.srcdir):
        built = book.build("html", freshenv=True)
    page = built.read("index.html")
    assert SECRET not in page
    assert "<b>zqevil" not in page
    assert "reading files is disabled" in built.output


def test_a_sample_is_text_where_an_author_may_write_html(new_book: NewBook) -> None:
    html = "<b>zqevil</b>"
    pair = f"````{{before-after}}\n{html}\n\n+++\n\n{html}\n````"
    issue = f"`````{{revision-issue}} T\n{pair}\n`````\n"
    book = new_book({"index.md": f"# Book\n\n{html}\n\n```{{revision-guide}} one\n```\n\n{issue}"})
    page = book.build("html").read("index.html")
    assert page.count(html) == 1
    assert page.count("&lt;b&gt;zqevil&lt;/b&gt;") == 2


def test_a_pattern_file_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(patterns(), encoding="utf-8")
    library, problems = load_files([path], load_library())
    assert {problem.message.partition(" of ")[0] for problem in problems} <= {"the '*'"}
    found = list(detect(outline_of_sample(chapter()), library))
    assert {section.pattern for section in found} == {f"own-{name}" for name in PAYLOADS}


def test_an_imported_list_keeps_its_items(new_book: NewBook) -> None:
    """A fence mark in an item of locked things opens no fence."""
    text = (
        "# G\n\n### ISSUE #1: T\n\n**BEFORE:**\n\n```\na\n```\n\n**AFTER:**\n\n```\nb\n```\n\n"
        "## MUST PRESERVE\n\n- ``` ~~~ :::\n- the `lamp`\n- the last\n"
    )
    book = new_book({"index.md": print_myst(read_guide(text))})
    assert [lock.text for lock in book.build("dummy").domain.book.locks] == [
        "``` ~~~ :::", "the lamp", "the last",
    ]  # fmt: skip
