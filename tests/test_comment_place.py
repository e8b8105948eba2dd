"""Where the quick fix of the language server inserts a comment that allows a passage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.cli.language_server.comment_place import CommentPlace, comment_place
from sphinxext_revguide.cli.language_server.features import code_actions, diagnostics
from sphinxext_revguide.cli.language_server.session import open_session
from tests.conftest import RST_CHECKLIST, Book

pytest.importorskip("lsprotocol")

NewBook = Callable[..., Book]

MYST = {
    "a table": "Text.\n\n@| a | b |\n|---|---|\n| HERE | c |\n",
    "a table below text": "Text.\n@| HERE | b |\n|---|---|\n",
    "the middle of a paragraph": "# Title\n@Text\nHERE\n",
    "below an underline": "Title\n---\n@HERE\n",
    "the second item": "Text:\n@- a\n- HERE\n",
    "the text of an item": "- a\n\n  @HERE\n",
    "in a directive": "```{note}\n:class: tip\n@HERE\n```\n",
    "a table of a directive": "@```{list-table}\n:header-rows: 1\n\n* - a\n  - HERE\n```\n",
    "below a table of a directive": "```{table}\n| a |\n```\n@HERE\n",
    "a nested table": "````{note}\n@```{csv-table} T\n\nHERE, b\n```\n````\n",
}
RST = {
    "a table": "Text.\n\n@=====  =====\nHERE   b\n=====  =====\n",
    "a table in a directive": ".. note::\n\n   @====  ====\n   HERE  b\n   ====  ====\n",
    "a table of a directive": "@.. table:: T\n\n   ====  ====\n   HERE  b\n   ====  ====\n",
    "a list of cells": "@.. list-table:: T\n   :widths: 1\n\n   * - HERE\n     - b\n",
    "below a table of a directive": ".. csv-table::\n\n   a, b\n\n@HERE\n",
    "a title between lines": "Text.\n\n@-----\nHERE\n-----\n",
    "a table in an item": "Text.\n\n@* =====  =====\n  HERE   b\n  =====  =====\n",
    "the middle of a paragraph": "Text.\n\n@Text\nHERE\n",
}


def place_in(marked: str, *, is_rst: bool) -> tuple[CommentPlace, CommentPlace]:
    """Return the place that is found for HERE, and the one that the text marks."""
    (expected,) = (i for i, line in enumerate(marked.split("\n")) if "@" in line)
    indent = marked.split("\n")[expected].partition("@")[0]
    lines = marked.replace("@", "").split("\n")
    (line,) = (i for i, text in enumerate(lines) if "HERE" in text)
    found = comment_place(lines, line, is_rst=is_rst)
    return found, CommentPlace(expected, indent, is_rst)


@pytest.mark.parametrize("name", MYST)
def test_a_comment_in_myst_is_above_its_block(name: str) -> None:
    found, expected = place_in(MYST[name], is_rst=False)
    assert found == expected


@pytest.mark.parametrize("name", RST)
def test_a_comment_in_rst_is_above_its_block(name: str) -> None:
    found, expected = place_in(RST[name], is_rst=True)
    assert found == expected


@pytest.mark.parametrize("name", RST)
def test_a_comment_in_eval_rst_is_one_of_rst(name: str) -> None:
    found, expected = place_in(f"```{{eval-rst}}\n{RST[name]}```\n", is_rst=False)
    assert found == CommentPlace(expected.line, expected.indent, is_rst=True)


RST_TABLE = f"Berth\n=====\n\n{RST_CHECKLIST}"


@pytest.mark.parametrize("name", ["page.rst", "page.txt", "parts/part.inc"])
def test_the_quick_fix_allows_a_table_and_leaves_it_whole(new_book: NewBook, name: str) -> None:
    files = {
        "index.rst": "Book\n====\n\n.. include:: parts/part.inc\n",
        "parts/part.inc": "Text.\n",
    }
    conf = 'source_suffix = {".rst": "restructuredtext", ".txt": "restructuredtext"}\n'
    book = new_book(files | {name: RST_TABLE}, f'{conf}revguide_flag = ["*"]\n')
    path, lines = book.srcdir / name, RST_TABLE.split("\n")
    with open_session(book.srcdir, book.srcdir) as session:
        session.open(path, RST_TABLE)
        (found,) = diagnostics(session, path, lines)
        allow = next(
            action
            for action in code_actions(session, path, found.range, lines)
            if action.title.startswith("Allow ")
        )
        assert allow.edit is not None
        assert allow.edit.changes is not None
        ((edit,),) = allow.edit.changes.values()
        start = edit.range.start.line
        session.open(path, "\n".join([*lines[:start], edit.new_text, *lines[start:]]))
        assert start == 3
        assert edit.new_text.startswith(".. revguide: allow ")
        assert diagnostics(session, path, lines) == []
