"""What the language server offers an author to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.conftest import Book
from tests.lsp_client import change, offered, open_file, plain_client
from tests.test_apply import CHAPTER, book_with

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

client = plain_client


@pytest.fixture
def book(new_book: Callable[..., Book]) -> Book:
    return book_with(new_book, CHAPTER)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("See {revguide:issue}`", "g-1"),
        ("% revguide: allow ", "readiness-checklist"),
        ("```{revision-", "revision-issue"),
        (".. revision-", "revision-issue"),
        ("See :revguide:guide:`", "g"),
    ],
)
async def test_what_can_be_written_is_offered(
    client: LanguageClient, book: Book, line: str, expected: str
) -> None:
    uri = open_file(client, book.srcdir / "harbour.md", line)
    labels = await offered(client, uri, types.Position(0, len(line)))
    assert expected in labels


@pytest.mark.asyncio
@pytest.mark.parametrize("opening", ["```{revision-issue} A", ".. revision-issue:: A"])
async def test_options_and_their_values_are_offered(
    client: LanguageClient, book: Book, opening: str
) -> None:
    text = f"{opening}\n   :\n   :status: \n"
    uri = open_file(client, book.srcdir / "harbour.md", text)
    assert "impact" in await offered(client, uri, types.Position(1, 4))
    change(client, uri, 2, f"{opening}\n   :impact: low\n   :status: \n")
    assert "accepted" in await offered(client, uri, types.Position(2, 12))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("directive", "option", "value"),
    [
        ("revision-issue", "sensitivity", "strict"),
        ("revision-issue", "untested", "readiness-checklist"),
        ("before-after", "format", "rst"),
        ("locked-preserve", "in", "harbour"),
    ],
)
async def test_all_options_with_known_values_offer_them(
    client: LanguageClient, book: Book, directive: str, option: str, value: str
) -> None:
    text = f"```{{{directive}}}\n:{option}: \n"
    uri = open_file(client, book.srcdir / "harbour.md", text)
    assert value in await offered(client, uri, types.Position(1, len(option) + 3))


@pytest.mark.asyncio
async def test_chapters_are_offered_as_the_page_has_to_name_them(
    client: LanguageClient, book: Book
) -> None:
    text = "```{revision-guide} g\n:chapters: \n"
    for folder, name in (("", "harbour"), ("editor/", "/harbour")):
        uri = open_file(client, book.srcdir / f"{folder}new.md", text)
        assert name in await offered(client, uri, types.Position(1, 11))
