"""Outlines of books, and of pages without a build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sphinxext_revguide.patterns.outline import (
    Block,
    Outline,
    Section,
    build_outline,
)
from sphinxext_revguide.patterns.standalone_page import outline_of_page
from tests.conftest import Book

NewBook = Callable[..., Book]


def outline(new_book: NewBook, kind: str, text: str) -> Outline:
    book = new_book()
    (book.srcdir / f"index.{kind}").write_text(text, encoding="utf-8")
    return build_outline(book.build("dummy").doctree("index"))


# Without a build


def outline_of(text: str, kind: str = "md") -> Outline:
    return outline_of_page(Path(f"page.{kind}"), text)


def titles(text: str) -> list[str]:
    return [section.title for section in outline_of(text).sections]


def blocks(text: str, kind: str = "rst") -> list[Block]:
    return [block for section in outline_of(text, kind).sections for block in section.blocks]


def last_section(text: str, kind: str = "rst") -> Section:
    return outline_of(text, kind).sections[-1]
