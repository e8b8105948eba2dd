"""How tests export a guide."""

from __future__ import annotations

from sphinxext_revguide.cli import main
from tests.conftest import Book


def run(book: Book, *options: str) -> int:
    return main(["export", "g", *options, "--source", str(book.srcdir)])
