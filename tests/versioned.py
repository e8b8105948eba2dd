"""Books under version control."""

from __future__ import annotations

import subprocess

from tests.conftest import Book


def git(book: Book, *arguments: str) -> None:
    """Run Git in the source directory of a book."""
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *name, *arguments], cwd=book.srcdir, check=True, capture_output=True)
