"""An AFTER that would break the table around it is not written into a cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.markup.broken_tables import breaks_table
from sphinxext_revguide.markup.replacement import SourceText
from tests.conftest import Book
from tests.test_apply import book_with, run

NewBook = Callable[..., Book]

PIPES = "Text.\n\n| Gate | State |\n|---|---|\n| The north gate opens | at nine |\n| b | c |\n"
QUOTED = "> | Gate | State |\n> | --- | :-: |\n> | The north gate opens | at nine |\n"
GRID = "+----------------------+---+\n| The north gate opens | b |\n+----------------------+---+\n"
SIMPLE = "====================  =\nThe north gate opens  b\n====================  =\n"
BEFORE = "The north gate opens"


@pytest.mark.parametrize(
    ("source", "before", "after", "breaks"),
    [
        (PIPES, BEFORE, "The north gate sticks every day", False),
        (PIPES, BEFORE, "It sticks.\n\nOften.", True),
        (PIPES, BEFORE, "It | sticks", True),
        (PIPES, BEFORE, r"It \| sticks", False),
        (PIPES, f"{BEFORE} | at nine", "It sticks | always", False),
        (PIPES, f"| {BEFORE} | at nine |", "| a | b |\n| c | d |", False),
        (PIPES.replace("\n", "\r\n"), BEFORE, "It\nsticks", True),
        (QUOTED, BEFORE, "It\nsticks", True),
        (GRID, BEFORE, "It sticks", True),
        (GRID, BEFORE, BEFORE.upper(), False),
        (SIMPLE, BEFORE, "It sticks every day of it", True),
        (SIMPLE, BEFORE, BEFORE.upper(), False),
        (f"The bar is |.\n{BEFORE} | daily.\n", BEFORE, "It\n\nsticks | so", False),
        (f"{BEFORE}\n", BEFORE, "It\n\nsticks", False),
    ],
)
def test_what_breaks_a_table(source: str, before: str, after: str, *, breaks: bool) -> None:
    file = SourceText(source)
    (place,) = file.find(before)
    assert breaks_table(file, place, after) == breaks


def test_an_after_with_two_lines_is_not_written_into_a_cell(
    new_book: NewBook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_with(new_book, PIPES, BEFORE, "It sticks.\n\nOften.")
    assert run(book, "g-1", "--yes") == 1
    assert "harbour.md:5: its AFTER would break the table" in capsys.readouterr().err
    assert (book.srcdir / "harbour.md").read_text() == PIPES
