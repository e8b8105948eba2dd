"""An editor that speaks to the language server over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

COMMAND = [sys.executable, "-m", "sphinxext_revguide", "lsp"]


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND))  # type: ignore[untyped-decorator]
async def plain_client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    params = types.InitializeParams(capabilities=types.ClientCapabilities())
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


def open_file(client: LanguageClient, path: Path, text: str, version: int = 1) -> str:
    uri = path.as_uri()
    document = types.TextDocumentItem(uri, "markdown", version, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    return uri


def change(client: LanguageClient, uri: str, version: int, text: str) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=version, uri=uri),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


async def offered(client: LanguageClient, uri: str, place: types.Position) -> list[str]:
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
    items = await client.text_document_completion_async(params)
    assert isinstance(items, list)
    return [item.label for item in items]
