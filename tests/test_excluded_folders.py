"""Outputs and virtual environments below the source directory are not pages of the book."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Book

NewBook = Callable[..., Book]


def build(srcdir: Path, builder: str) -> str:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, ".", f"_build/{builder}"]
    done = subprocess.run(command, cwd=srcdir, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize("builders", [("revguide", "revguide"), ("revguide", "html", "html")])
def test_outputs_never_become_pages(new_book: NewBook, builders: tuple[str, ...]) -> None:
    book = new_book(
        {
            "index.md": "# Book\n\n```{toctree}\nharbour\n```\n",
            "harbour.md": "# Harbour\n\nDues.\n",
            ".venv/pyvenv.cfg": "home = /usr\n",
            ".venv/lib/licence.md": "# Licence\n",
        }
    )
    book.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinxext_revguide"]\nrevguide_reports = ["markdown"]\n',
    )
    for builder in builders:
        build(book.srcdir, builder)
    assert "licence" not in (book.srcdir / "_build/revguide/revguide.json").read_text("utf-8")
