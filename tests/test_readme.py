"""What the README shows is what a build does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Book

NewBook = Callable[..., Book]

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(opening: str) -> str:
    fence = opening[: len(opening) - len(opening.lstrip("`"))]
    found = re.search(rf"^{opening}\n(.*?)^{fence}$", README, re.DOTALL | re.MULTILINE)
    assert found, opening
    return found[1]


def test_five_minutes_end_in_the_warnings_shown(new_book: NewBook) -> None:
    book = new_book(
        {
            "index.md": "# Ferry\n\n```{toctree}\nharbour\nguide\n```\n",
            "harbour.md": block("```md"),
            "guide.md": block("`````md"),
        }
    )
    told = [
        f"{each.path}:{each.line}: WARNING: {each.text} [{each.type}]" for each in book.build().told
    ]
    assert " ".join(told) == " ".join(block("```text").split())
