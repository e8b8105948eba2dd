"""Columns between the language server and editors, which count them in different units."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from sphinxext_revguide.cli.language_server.editor_columns import characters, units
from tests.conftest import Book
from tests.lsp_client import COMMAND, offered, open_file
from tests.test_apply import AFTER, BEFORE, CHAPTER, book_with

LINE = "- 🚢 Où? "
TEXT = CHAPTER.replace(f"- {BEFORE}", f"{LINE}{BEFORE}")
WIDTHS = {"utf-8": 12, "utf-16": 9, "utf-32": 8}

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=COMMAND), params=list(WIDTHS)
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    encodings = [types.PositionEncodingKind(request.param)]
    general = types.GeneralClientCapabilities(position_encodings=encodings)
    params = types.InitializeParams(capabilities=types.ClientCapabilities(general=general))
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


@pytest.mark.parametrize(("encoding", "width"), WIDTHS.items())
def test_columns_of_each_encoding(encoding: str, width: int) -> None:
    assert units(LINE, encoding) == width
    assert characters(f"{LINE}Gates", width, encoding) == len(LINE)
    assert characters(LINE, 10**6, encoding) == len(LINE)


@pytest.mark.asyncio
async def test_the_editor_chooses_how_columns_are_counted(
    client: LanguageClient, new_book: Callable[..., Book], request: pytest.FixtureRequest
) -> None:
    book = book_with(new_book, TEXT)
    uri = open_file(client, book.srcdir / "harbour.md", TEXT)
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    (diagnostic,) = client.diagnostics[uri]
    width = WIDTHS[request.node.callspec.id]
    assert diagnostic.range.end.character == width + len(BEFORE)
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), diagnostic.range, types.CodeActionContext([diagnostic])
    )
    action = (await client.text_document_code_action_async(params) or [])[0]
    assert isinstance(action, types.CodeAction)
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[uri]
    assert edit.new_text.startswith(AFTER[:10])
    assert (edit.range.start.character, edit.range.end.character) == (width, width + len(BEFORE))
    # The character behind the place is a second backtick.
    text = f"{LINE}{{revguide:issue}}``\n"
    uri = open_file(client, book.srcdir / "harbour.md", text, 2)
    place = types.Position(0, width + len("{revguide:issue}`"))
    assert "g-1" in await offered(client, uri, place)
    text = f"{LINE}g-1 index\n"
    uri = open_file(client, book.srcdir / "harbour.md", text, 3)
    definition = types.DefinitionParams(
        types.TextDocumentIdentifier(uri), types.Position(0, width + 1)
    )
    cards = await client.text_document_definition_async(definition)
    assert isinstance(cards, list)
    assert len(cards) == 1
