"""Locks and samples are judged by what a reader reads, each word on its line of the source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import new_document
from myst_parser.parsers.docutils_ import Parser

from sphinxext_revguide.markup.readable_text import readable_texts
from tests.conftest import Book

NewBook = Callable[..., Book]

PHRASE = "the ninth boat waits for nobody"

MYST_SHOWN = {
    "emphasis": "the *ninth* boat waits for nobody",
    "strong": "the **ninth boat** waits for nobody",
    "part of a word": "the n**in**th boat waits for nobody",
    "link": "the [ninth boat](https://example.org/a_b) waits for nobody",
    "reference link": "the [ninth boat][b] waits for nobody\n\n[b]: https://example.org",
    "code": "the ninth `boat` waits for nobody",
    "role": "the {sub}`ninth` boat waits for nobody",
    "abbreviation": "the {abbr}`ninth (9th)` boat waits for nobody",
    "reference": "the {ref}`ninth boat <harbour>` waits for nobody",
    "document": "the {doc}`ninth boat <index>` waits for nobody",
    "footnote": "the ninth boat[^f] waits for nobody\n\n[^f]: At noon.",
    "substitution": "the {{ number }} boat waits for nobody",
    "line break": "the ninth boat\nwaits for nobody",
    "hard break": "the ninth boat\\\nwaits for nobody",
    "escape": "\\*the ninth boat waits for nobody\\*",
    "soft hyphen": "the ni\u00adnth boat waits for nobody",
    "no width": "the ninth boat wa&ZeroWidthSpace;its for nobody",
    "html break": "the ninth boat<br>waits for nobody",
    "added in a version": "```{versionadded} 1.0\nthe *ninth* boat waits for nobody\n```",
    "entity": "the ninth&#32;boat waits for nobody",
    "html": "the <b>ninth</b> boat waits for nobody",
    "comment inside": "the ninth <!-- or tenth -->boat waits for nobody",
    "target": "the [ninth]{#ninth} boat waits for nobody",
    "heading": "## the *ninth* boat waits for nobody",
    "list": "- the *ninth* boat waits\n  for nobody",
    "quotation": "> the *ninth* boat waits\n> for nobody",
    "table": "| A | B |\n|---|---|\n| the *ninth* boat waits for nobody | 2 |",
    "note": "```{note}\nthe *ninth* boat waits for nobody\n```",
    "colon fences": "::::{note}\n:::{tip}\nthe *ninth* boat waits for nobody\n:::\n::::",
    "code block": "```text\nthe ninth boat waits for nobody\n```",
    "html block": "<p>the ninth boat waits for nobody</p>",
    "active part": "```{only} shown\nthe *ninth* boat waits for nobody\n```",
    "footnote text": "See[^f].\n\n[^f]: the *ninth* boat waits for nobody",
    "definition": "Boat\n: the *ninth* boat waits for nobody",
    "passage": "```{locked-passage} dues\nthe *ninth* boat waits for nobody\n```",
}
MYST_HIDDEN = {
    "comment": "% the ninth boat waits for nobody",
    "html comment": "<!-- the ninth boat waits for nobody -->",
    "inactive part": "```{only} hidden\nthe ninth boat waits for nobody\n```",
    "raw of another builder": "```{raw} latex\nthe ninth boat waits for nobody\n```",
    "longer word": "bathe ninth boat waits for nobody",
    "option": "```{figure} x.png\n:alt: the ninth boat waits for nobody\n```",
    "directive comment": "```{comment}\nthe ninth boat waits for nobody\n```",
    "two paragraphs": "the ninth boat\n\nwaits for nobody",
    "two items": "- the ninth boat\n- waits for nobody",
    "two cells": "| the ninth boat | waits for nobody |\n|---|---|\n| 1 | 2 |",
    "address": "[x](<https://example.org/the ninth boat waits for nobody>)",
}
RST_SHOWN = {
    "emphasis": "the *ninth* boat waits for nobody",
    "strong": "the **ninth boat** waits for nobody",
    "link": "the `ninth boat <https://example.org>`_ waits for nobody",
    "code": "the ninth ``boat`` waits for nobody",
    "role": "the :sub:`ninth` boat waits for nobody",
    "reference": "the :ref:`ninth boat <harbour>` waits for nobody",
    "footnote": "the ninth boat [#f]_ waits for nobody\n\n.. [#f] At noon.",
    "citation": "the ninth boat [F90]_ waits for nobody\n\n.. [F90] At noon.",
    "inline target": "the _`ninth boat` waits for nobody",
    "anonymous reference": "the `ninth boat`__ waits for nobody\n\n__ https://example.org",
    "named reference": "the ninth_ boat waits for nobody\n\n.. _ninth: https://example.org",
    "lines of a block": "| the ninth boat\n| waits for nobody",
    "comma table": ".. csv-table::\n\n   A,the *ninth* boat waits for nobody",
    "soft hyphen": "the ni\u00adnth boat waits for nobody",
    "substitution": "the |number| boat waits for nobody\n\n.. |number| replace:: ninth",
    "part of a word": "the n\\ **in**\\ th boat waits for nobody",
    "line block": "| the *ninth* boat waits for nobody",
    "field": ":Boat: the *ninth* boat waits for nobody",
    "active part": ".. only:: shown\n\n   the *ninth* boat waits for nobody",
    "table": "=====================================  ===\nA  B\n"
    "=====================================  ===\nthe *ninth* boat waits for nobody      2\n"
    "=====================================  ===",
}
RST_HIDDEN = {
    "comment": ".. the ninth boat waits for nobody",
    "inactive part": ".. only:: hidden\n\n   the ninth boat waits for nobody",
    "unused substitution": ".. |x| replace:: the ninth boat waits for nobody",
}


def lock_book(new_book: NewBook, text: str, suffix: str) -> Book:
    head = (
        '---\nnote: "the ninth boat waits for nobody"\n---\n(harbour)=\n\n# Harbour\n\nDues.\n\n'
        if suffix == "md"
        else ".. _harbour:\n\nHarbour\n=======\n\nDues.\n\n"
    )
    guide = (
        "# Guide\n\n```{revision-guide} port\n:chapters: harbour\n```\n\n"
        f"```{{locked-preserve}}\n- `{PHRASE}`\n```\n"
    )
    index = "# Book\n\n```{toctree}\nharbour\nguide\n```\n"
    files = {"index.md": index, f"harbour.{suffix}": f"{head}{text}\n", "guide.md": guide}
    extensions = (
        'myst_enable_extensions = ["substitution", "colon_fence", "attrs_inline", "deflist"]\n'
        'myst_substitutions = {"number": "ninth"}\ntags.add("shown")\n'
    )
    return new_book(files, conf=extensions)


def found_lines(book: Book) -> list[int]:
    report = json.loads(book.build("revguide").read("revguide.json"))
    return [place["line"] for place in report["locks"][0]["phrases"][0]["found"]]


def line_of(book: Book, suffix: str) -> int:
    lines = (book.srcdir / f"harbour.{suffix}").read_text(encoding="utf-8").split("\n")
    return next(
        number
        for number, line in enumerate(lines, 1)
        if "boat" in line and "note:" not in line and ":alt:" not in line
    )


@pytest.mark.parametrize("form", MYST_SHOWN)
def test_markup_in_a_phrase_hides_nothing_in_myst(new_book: NewBook, form: str) -> None:
    book = lock_book(new_book, MYST_SHOWN[form], "md")
    assert found_lines(book) == [line_of(book, "md")]


@pytest.mark.parametrize("form", RST_SHOWN)
def test_markup_in_a_phrase_hides_nothing_in_rest(new_book: NewBook, form: str) -> None:
    book = lock_book(new_book, RST_SHOWN[form], "rst")
    assert found_lines(book) == [line_of(book, "rst")]


@pytest.mark.parametrize("form", MYST_HIDDEN)
def test_what_no_reader_reads_is_not_kept_in_myst(new_book: NewBook, form: str) -> None:
    assert found_lines(lock_book(new_book, MYST_HIDDEN[form], "md")) == []


@pytest.mark.parametrize("form", RST_HIDDEN)
def test_what_no_reader_reads_is_not_kept_in_rest(new_book: NewBook, form: str) -> None:
    assert found_lines(lock_book(new_book, RST_HIDDEN[form], "rst")) == []


LISTED = "a,yes\n{0}b,yes\n{0}c,yes\n{0}d,yes"
"""A word that each row has must not be taken for that of another row."""


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("md", "| A | B |\n|---|---|\n| a | *yes* |\n| `b` | yes |\n| c | yes |\n| d | yes |"),
        ("md", f"```{{csv-table}}\n:header: A, B\n\n{LISTED.format('')}\n```"),
        ("rst", f".. csv-table:: Title\n   :header: A, B\n\n   {LISTED.format('   ')}"),
        ("rst", f".. csv-table::\n\n   {LISTED.format('   ')}"),
        ("rst", "= ===\na yes\nb yes\nc yes\nd yes\n= ==="),
    ],
)
def test_each_cell_is_on_its_line(suffix: str, text: str) -> None:
    page = f"Rain.\n\n{text}\n"
    tree = publish_doctree(page, parser=Parser() if suffix == "md" else None)
    path = Path("<string>")
    lines = readable_texts(tree, path, page, lambda _name, _expression: True)[path].split("\n")
    expected = [
        number for number, line in enumerate(page.split("\n"), 1) if re.search(r"\byes\b", line)
    ]
    assert [number for number, line in enumerate(lines, 1) if "yes" in line] == expected
    assert [lines[number - 1].split()[0] for number in expected] == ["a", "b", "c", "d"]


def _placed(page: str, *texts: tuple[int, str]) -> dict[str, int]:
    """Return the line on which each text of a page is read, given those that a parser tells."""
    tree = new_document("<string>")
    for line, text in texts:
        tree += nodes.paragraph("", text)
        tree.children[-1].line = line
    path = Path("<string>")
    lines = readable_texts(tree, path, page, lambda _name, _expression: True)[path].split("\n")
    return {line: number for number, line in enumerate(lines, 1) if line}


def test_a_short_title_that_a_directive_numbers_is_on_its_own_line() -> None:
    page = "".join(f"```{{issue}} Issue tide {tide}\n```\n" for tide in (2, 1, 9))
    texts = [(1, "Issue 1: Issue tide 2"), (3, "Issue 2: Issue tide 1")]
    assert list(_placed(page, *texts).values()) == [1, 3]


@pytest.mark.parametrize(("line", "found"), [(12, 1), (13, 1), (14, 25), (30, 25)])
def test_a_text_elsewhere_is_found_on_the_nearest_line(line: int, found: int) -> None:
    page = "\n".join("here is the ninth boat" if at in {1, 25} else "-" for at in range(1, 31))
    assert list(_placed(page, (line, "Now: here is the ninth boat")).values()) == [found]


def test_a_table_in_a_cell_is_read_once() -> None:
    table = "| berth | depth |\n    |---|---|\n    | north | 9 m |"
    page = f"```{{list-table}}\n* - Gate\n  - {table}\n```\n"
    path = Path("<string>")
    tree = publish_doctree(page, parser=Parser())
    text = readable_texts(tree, path, page, lambda _name, _expression: True)[path]
    assert re.findall(r"\w+", text) == ["Gate", "berth", "depth", "north", "9", "m"]
