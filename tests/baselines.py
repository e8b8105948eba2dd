"""A book with two findings, and changes under which they stay known."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import CONF, Book

TABLE = """
| Check | Required | Observed | State |
|---|---|---|---|
| {0} | 90 s | 74 s | Passed |
| Gates | 12 | 12 | Passed |
| Marshals | 100 % | 100 % | Passed |

All checks are satisfied, and the {0} was the last of them. Nobody asked for anything else, and
the team went home early that evening.
"""
GANGWAY = f"## Opening readiness\n{TABLE.format('gangway')}"
CRANE = f"## Crane readiness\n{TABLE.format('crane')}"
FLAG = CONF + 'revguide_flag = ["readiness-checklist", "term-overuse"]\n'
INDEX = "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n"
KIND = "revguide.readiness-checklist"


def rename(book: Book, old: str, new: str) -> None:
    (book.srcdir / old).rename(book.srcdir / new)


def move_to_docks(book: Book) -> None:
    book.write("harbour.md", "# Harbour\n\nText.\n")
    book.write("docks.md", f"# Docks\n\nText.\n\n{CRANE}\n{GANGWAY}")


def wrap_anew(book: Book) -> None:
    text = GANGWAY.replace("else, and\nthe team", "else,\nand the\nteam")
    assert text != GANGWAY
    book.write("harbour.md", f"# Harbour\n\nText.\n\n{text}")


def rename_and_edit(book: Book) -> None:
    rename(book, "harbour.md", "port.md")
    book.write(
        "port.md", f"# The port\n\nOther text.\n\n{GANGWAY.replace('74', '75')}\nAnd an end.\n"
    )


CHANGES: dict[str, Callable[[Book], None]] = {
    "nothing": lambda _book: None,
    "lines above": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\nMore of it.\n\n{GANGWAY}"
    ),
    "another page": move_to_docks,
    "wrapped anew": wrap_anew,
    "renamed page": lambda book: rename(book, "harbour.md", "port.md"),
    "renamed page that is edited": rename_and_edit,
    "words of the passage": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY.replace('74', '75')}"
    ),
    "another title over it": lambda book: book.write(
        "harbour.md", f"# Harbour\n\nText.\n\n{GANGWAY.replace('Opening', 'Early')}"
    ),
    "another order": lambda book: book.write(
        "docks.md", f"# Docks\n\nText.\n\n## Ships\n\nNone.\n\n{CRANE}"
    ),
}
