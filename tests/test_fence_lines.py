"""One reader of fences serves directives, options and the correction of lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_revguide.markup.fence_lines import (
    Fence,
    open_directives,
    outside_code,
    outside_code_and_ours,
    read_fence,
)
from tests.conftest import Book


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("```", Fence("```", "")),
        ("  ~~~~ python ", Fence("~~~~", "python")),
        (":::{note} A `title`", Fence(":::", "{note} A `title`")),
        ("~~~{note} A `title`", Fence("~~~", "{note} A `title`")),
        ("```code``` in a line", None),
        ("``", None),
        ("text ```", None),
    ],
)
def test_a_line_is_read_as_a_fence(line: str, expected: Fence | None) -> None:
    assert read_fence(line) == expected


def test_a_shorter_mark_or_one_with_text_closes_nothing() -> None:
    assert outside_code(["````", "```", "```` py", "````", "text"]) == [4]


def test_code_that_is_never_closed_is_text() -> None:
    assert outside_code(["text", "~~~", "+++"]) == [0, 1, 2]


def test_directives_of_tildes_count_too() -> None:
    body = ["~~~{before-after}", "before", "```{note}", "```", "+++"]
    assert open_directives(body) == [("~~~", 0)]
    assert open_directives([*body, "~~~"]) == []


def test_code_in_a_line_does_not_hide_the_separator(new_book: Callable[..., Book]) -> None:
    book = new_book(
        {
            "index.md": """
            # Guide

            ::::{revision-issue} Title
            :::{before-after}
            ```a``` is how it was.
            +++
            It is better now.
            :::
            ::::
            """
        },
        'myst_enable_extensions = ["colon_fence"]',
    )
    built = book.build()
    (issue,) = built.domain.book.issues
    (pair,) = issue.pairs
    assert pair.before is not None
    assert pair.before.text == "```a``` is how it was."
    assert pair.after is not None
    assert pair.after.text == "It is better now."


def test_directives_of_others_hold_text_and_our_own_read_theirs() -> None:
    lines = ["~~~~{note}", "text", "```py", "code", "```", "~~~{tip}", "text", "~~~", "~~~~", "end"]
    assert outside_code_and_ours(lines) == [1, 6, 9]
    assert outside_code_and_ours(["```{before-after}", "quoted", "```", "text"]) == [3]
    assert outside_code_and_ours(["text", "~~~{note}", "text"]) == [0, 1, 2]
