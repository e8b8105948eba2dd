"""The language server, spoken to over standard input and output as an editor does."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from sphinxext_revguide.book.derived.verdicts import VERDICT_FILE, read_verdicts
from tests.conftest import Book
from tests.lsp_client import COMMAND, change, open_file, plain_client
from tests.test_apply import AFTER, BEFORE, CHAPTER, book_with
from tests.test_check import CHECKS, HARBOUR

PATIENCE = 120
"""Seconds until a test gives up. A busy machine takes 20 to start a server."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

client = plain_client


@pytest.fixture
def book(new_book: Callable[..., Book]) -> Book:
    return book_with(new_book, CHAPTER)


async def found(client: LanguageClient, uri: str, version: int) -> list[types.Diagnostic]:
    """Wait for what is found in a version of a text."""
    for _ in range(400):
        published = client.diagnostics.get(uri)
        if published is not None and VERSIONS.get(uri) == version:
            return list(published)
        await asyncio.sleep(0.05)
    pytest.fail(f"nothing was published for version {version}")


VERSIONS: dict[str, int | None] = {}
"""The version of each text that the last diagnostics are about, which the client does not keep."""


@pytest.fixture(autouse=True)
def _versions(client: LanguageClient) -> None:
    VERSIONS.clear()
    name = "textDocument/publishDiagnostics"
    inner = client.protocol.fm.features[name]

    def note(params: types.PublishDiagnosticsParams) -> None:
        VERSIONS[params.uri] = params.version
        inner(params)

    client.protocol.fm.features[name] = note


async def opened(client: LanguageClient, book: Book) -> tuple[str, list[types.Diagnostic]]:
    uri = open_file(client, book.srcdir / "harbour.md", CHAPTER)
    return uri, await found(client, uri, 1)


@pytest.mark.asyncio
async def test_a_finding_has_its_range_code_and_page(client: LanguageClient, book: Book) -> None:
    _uri, (diagnostic,) = await opened(client, book)
    assert diagnostic.range.start.line == 5
    assert diagnostic.code == "revguide.standing"
    assert diagnostic.code_description is not None
    assert "g-1" in diagnostic.message


@pytest.mark.asyncio
async def test_the_open_text_counts_and_not_the_saved_one(
    client: LanguageClient, book: Book
) -> None:
    uri, _diagnostics = await opened(client, book)
    change(client, uri, 2, CHAPTER.replace(BEFORE, "Gate 7 sticks."))
    assert await found(client, uri, 2) == []
    change(client, uri, 3, "\n" + CHAPTER)
    (diagnostic,) = await found(client, uri, 3)
    assert diagnostic.range.start.line == 6


@pytest.mark.asyncio
async def test_a_hover_gives_the_reason(client: LanguageClient, book: Book) -> None:
    uri, _diagnostics = await opened(client, book)
    document = types.TextDocumentIdentifier(uri)
    place = types.Position(5, 4)
    said = await client.text_document_hover_async(types.HoverParams(document, place))
    assert said is not None
    assert isinstance(said.contents, types.MarkupContent)
    assert "Gates" in said.contents.value
    assert said.contents.value.startswith("**Old text still in the book**: ")
    assert "excuse" not in said.contents.value
    clean = types.HoverParams(document, types.Position(0, 0))
    assert await client.text_document_hover_async(clean) is None


@pytest.mark.asyncio
async def test_a_fix_applies_the_after(client: LanguageClient, book: Book) -> None:
    uri, (diagnostic,) = await opened(client, book)
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), diagnostic.range, types.CodeActionContext([diagnostic])
    )
    actions = await client.text_document_code_action_async(params)
    titles = [action.title for action in actions or []]
    assert titles == [
        "Apply the AFTER of g-1",
        "Allow standing here, with a reason",
        "Dismiss standing: not a finding",
        "Open the card of g-1",
    ]
    assert actions is not None
    action = actions[0]
    assert isinstance(action, types.CodeAction)
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[uri]
    assert edit.new_text == AFTER.replace("\n\n", "\n\n  ")
    assert (edit.range.start.line, edit.range.start.character) == (5, 2)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("card", "built"),
    [("g-1", True), ("g-1", False), ("guide#revision-issue-g-1", True)],
)
async def test_a_card_opens_in_the_built_book_where_there_is_one(
    client: LanguageClient, book: Book, card: str, *, built: bool
) -> None:
    if built:
        page = Path(book.build().outdir) / "guide.html"
        copy = book.srcdir / "_build" / "html" / "guide.html"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(page.read_bytes())
    await opened(client, book)
    shown: list[types.ShowDocumentParams] = []
    arrived = asyncio.Event()

    def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        shown.append(params)
        arrived.set()
        return types.ShowDocumentResult(success=True)

    client.protocol.fm.features["window/showDocument"] = show
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams("revguide.openCard", [card])
    )
    await asyncio.wait_for(arrived.wait(), PATIENCE)
    [document] = shown
    if built:
        assert document.uri == f"{copy.resolve().as_uri()}#revision-issue-g-1"
        assert document.external
    else:
        assert document.uri == (book.srcdir / "guide.md").as_uri()
        assert document.selection is not None


@pytest.mark.asyncio
async def test_a_fix_dismisses_a_finding(client: LanguageClient, book: Book) -> None:
    uri, (diagnostic,) = await opened(client, book)
    shown: list[types.ShowDocumentParams] = []

    def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        shown.append(params)
        return types.ShowDocumentResult(success=True)

    client.protocol.fm.features["window/showDocument"] = show
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), diagnostic.range, types.CodeActionContext([diagnostic])
    )
    actions = await client.text_document_code_action_async(params)
    [action] = [
        command for command in actions or [] if command.title == "Dismiss standing: not a finding"
    ]
    # The client takes an action with a command for a command, and its fields for text.
    fingerprint = re.findall(r"'([0-9a-f]{16})'", str(action))
    assert "revguide.dismiss" in str(action)
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams("revguide.dismiss", [uri, *fingerprint])
    )
    [verdict] = read_verdicts(book.srcdir / VERDICT_FILE).verdicts
    assert (verdict.verdict, verdict.pattern, verdict.docname) == ("no-finding", "standing",
                                                                   "harbour")  # fmt: skip
    assert await found(client, uri, 1) == []
    change(client, uri, 2, "\n" + CHAPTER)
    assert await found(client, uri, 2) == []
    assert [(issue.uri, issue.selection and issue.selection.start.line) for issue in shown] == [
        ((book.srcdir / VERDICT_FILE).as_uri(), verdict.line - 1)
    ]


@pytest.mark.asyncio
async def test_a_verdict_that_cannot_be_recorded_is_reported(
    client: LanguageClient, book: Book
) -> None:
    uri, _diagnostics = await opened(client, book)
    (book.srcdir / VERDICT_FILE).write_text("nonsense", "utf-8")
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams("revguide.dismiss", [uri, "feed"])
    )
    assert "could not be recorded" in client.messages[-1].message
    assert (book.srcdir / VERDICT_FILE).read_text("utf-8") == "nonsense"


@pytest.mark.asyncio
async def test_a_passage_leads_to_its_card_and_back(client: LanguageClient, book: Book) -> None:
    uri, _diagnostics = await opened(client, book)
    place = types.Position(5, 4)
    params = types.DefinitionParams(types.TextDocumentIdentifier(uri), place)
    cards = await client.text_document_definition_async(params)
    assert isinstance(cards, list)
    (card,) = cards
    assert isinstance(card, types.Location)
    assert card.uri.endswith("/guide.md")
    guide = book.srcdir / "guide.md"
    uri = open_file(client, guide, guide.read_text())
    params = types.DefinitionParams(types.TextDocumentIdentifier(uri), card.range.start)
    passages = await client.text_document_definition_async(params)
    assert isinstance(passages, list)
    assert [place.uri for place in passages] == [(book.srcdir / "harbour.md").as_uri()]


@pytest.mark.asyncio
async def test_of_two_findings_in_a_passage_place_and_card_are_offered_once(
    client: LanguageClient, new_book: Callable[..., Book]
) -> None:
    book = book_with(new_book, HARBOUR, CHECKS.strip())
    guide = book.srcdir / "guide.md"
    text = guide.read_text().replace(":impact:", ":patterns: readiness-checklist\n:impact:")
    guide.write_text(text)
    uri = open_file(client, book.srcdir / "harbour.md", HARBOUR)
    diagnostics = await found(client, uri, 1)
    assert len(diagnostics) == 2
    document = types.TextDocumentIdentifier(uri)
    params = types.CodeActionParams(
        document, diagnostics[0].range, types.CodeActionContext(diagnostics)
    )
    titles = [action.title for action in await client.text_document_code_action_async(params) or []]
    assert titles.count("Open the card of g-1") == 1
    place = types.DefinitionParams(document, diagnostics[0].range.start)
    cards = await client.text_document_definition_async(place)
    assert isinstance(cards, list)
    (card,) = cards
    assert isinstance(card, types.Location)
    document = types.TextDocumentIdentifier(open_file(client, guide, text))
    back = types.DefinitionParams(document, card.range.start)
    passages = await client.text_document_definition_async(back)
    assert isinstance(passages, list)
    assert len(passages) == 1


@pytest.mark.asyncio
async def test_a_page_created_later_is_read(client: LanguageClient, book: Book) -> None:
    await opened(client, book)
    text = "# Docks\n\n% revguide: allow hedgin -- quoted\n\nText.\n"
    (book.srcdir / "docks.md").write_text(text)
    uri = open_file(client, book.srcdir / "docks.md", text)
    (diagnostic,) = await found(client, uri, 1)
    assert (diagnostic.range.start.line, diagnostic.code) == (2, "revguide.allowance")


@pytest.mark.asyncio
async def test_when_a_file_is_saved_the_book_is_as_on_disk(
    client: LanguageClient, book: Book
) -> None:
    uri, diagnostics = await opened(client, book)
    assert len(diagnostics) == 1
    (book.srcdir / "guide.md").unlink()
    VERSIONS.clear()
    document = types.TextDocumentIdentifier(uri)
    client.text_document_did_save(types.DidSaveTextDocumentParams(document))
    assert await found(client, uri, 1) == []


@pytest.mark.asyncio
async def test_the_editor_is_told_once_that_a_book_cannot_be_read(
    client: LanguageClient, book: Book
) -> None:
    book.write("conf.py", "import nowhere_at_all\n")
    uri, diagnostics = await opened(client, book)
    assert diagnostics == []
    change(client, uri, 2, CHAPTER)
    await found(client, uri, 2)
    (told,) = client.messages
    assert told.type == types.MessageType.Error
    assert "No module named 'nowhere_at_all'" in told.message
    assert told.message.endswith("Correct this, and restart the server.")


@pytest.mark.asyncio
async def test_a_client_that_lies_gets_an_answer(client: LanguageClient, book: Book) -> None:
    uri, _diagnostics = await opened(client, book)
    for name in (uri, "file:///nowhere/x.md", "untitled:1", "file:///\x00", "http://x.example/a"):
        far = types.Position(10**6, 10**6)
        document = types.TextDocumentIdentifier(name)
        # An error is an answer, too.
        with contextlib.suppress(JsonRpcException):
            await client.text_document_hover_async(types.HoverParams(document, far))
        with contextlib.suppress(JsonRpcException):
            await client.text_document_definition_async(types.DefinitionParams(document, far))
    assert len(client.diagnostics[uri]) == 1


@pytest.mark.asyncio
async def test_of_a_flood_of_changes_the_last_one_counts(
    client: LanguageClient, book: Book
) -> None:
    uri, _diagnostics = await opened(client, book)
    for version in range(2, 300):
        change(client, uri, version, f"{'# Noise ' * (version % 7)}\n")
    change(client, uri, 300, CHAPTER)
    assert len(await found(client, uri, 300)) == 1


@pytest.mark.asyncio
async def test_a_page_that_is_not_a_page_has_no_findings(
    client: LanguageClient, book: Book
) -> None:
    uri = open_file(client, book.srcdir / "notes.txt", CHAPTER)
    assert await found(client, uri, 1) == []


@pytest.mark.asyncio
async def test_the_server_ends_when_its_client_dies(book: Book) -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b"Content-Length: 10\r\n\r\n{broken")
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), PATIENCE) is not None
