"""What the README shows is what a build does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Book
from tests.snippets import snippets
from tests.typed_in import type_in

NewBook = Callable[..., Book]

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def block(opening: str) -> str:
    fence = opening[: len(opening) - len(opening.lstrip("`"))]
    found = re.search(rf"^{opening}\n(.*?)^{fence}$", README, re.DOTALL | re.MULTILINE)
    assert found, opening
    return found[1]


GUIDE = """\
# Feedback on the harbour

## Issue 1: The crane is praised

**Before:**

> The crane never failed.

**After:**

> The crane failed twice in May.
"""


def test_every_command_works_in_an_empty_folder(tmp_path: Path) -> None:
    """With the environment in the source folder, and ``-W`` where it is shown."""
    path = Path(__file__).parent.parent / "README.md"
    blocks = [
        snippet for snippet in snippets(path) if snippet.language in ("console", "python", "md")
    ]
    shown = [snippet for snippet in blocks if not snippet.text.startswith("$ make")]
    typed = type_in(shown, tmp_path, given={"../GUIDE.md": GUIDE})
    assert (typed.files, typed.commands) == (4, 9)
    assert "The crane failed twice in May." in (typed.folder / "second-guide.md").read_text("utf-8")
    assert "fourth try on Tuesday" in (typed.folder / "harbour.md").read_text("utf-8")


def test_five_minutes_end_in_the_warnings_shown(new_book: NewBook) -> None:
    book = new_book(
        {
            "index.md": block("````md"),
            "harbour.md": block("```md"),
            "guide.md": block("`````md"),
        }
    )
    reported = [
        f"{each.path}:{each.line}: WARNING: {each.text} [{each.type}]"
        for each in book.build().warnings
    ]
    assert " ".join(reported) == " ".join(block("```text").split())
