"""The language server: connects the protocol with a book that is kept in memory.

Sphinx is not thread-safe, so a single worker reads pages and answers requests in turn. If the text
of a file changes faster than it can be read, only its last version is read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from sphinxext_revguide.cli.language_server import features
from sphinxext_revguide.cli.language_server.built_pages import built_card
from sphinxext_revguide.cli.language_server.completion import completions
from sphinxext_revguide.cli.language_server.editor_columns import DEFAULT, characters
from sphinxext_revguide.cli.language_server.session import Session, open_session
from sphinxext_revguide.cli.output import RefusedError
from sphinxext_revguide.cli.read_book import book_above
from sphinxext_revguide.text.control_characters import message
from sphinxext_revguide.text.line_ends import bare_lines
from sphinxext_revguide.version import __version__

T = TypeVar("T")

logger = logging.getLogger(__name__)

DELAY = 0.1
"""Seconds without a change after which a text is read; a change after a longer pause is read at
once.
"""
_ID = re.compile(r"[\w.-]+")


class Server(LanguageServer):
    """Serves the book of a workspace, or of an opened file."""

    def __init__(self, source: Path | None = None, confdir: Path | None = None) -> None:
        super().__init__("sphinx-revguide", __version__)
        self._source, self._confdir = source, confdir
        self._worker = ThreadPoolExecutor(1, "revguide")
        self._opened = ExitStack()
        self._session: Session | None = None
        self._refused: dict[Path, str] = {}
        """Why a book cannot be read; ``""`` once the editor has shown it."""
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._changed: dict[str, float] = {}

    async def with_session(self, path: Path, work: Callable[[Session], T], default: T) -> T:
        """Call a function with the session of a file's book, in the worker.

        :returns: its result, or ``default`` if the file is in no book or the function fails, so
            that the editor can go on.
        """

        def run() -> T:
            session = self._session_for(path)
            if session is None:
                return default
            try:
                return work(session)
            except Exception:
                logger.exception("sphinx-revguide: %s", path)
                return default

        try:
            done = await asyncio.get_running_loop().run_in_executor(self._worker, run)
        except RuntimeError:  # the worker has been shut down
            return default
        for source, reason in list(self._refused.items()):
            if reason:
                self._refused[source] = ""
                text = f"{reason}. Correct this, and restart the server."
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))
        return done

    def _session_for(self, path: Path) -> Session | None:
        if self._session is None:
            source = self._source or book_above(path.parent)
            if source is None or source in self._refused:
                return None
            try:
                opened = open_session(source.resolve(), (self._confdir or source).resolve())
                self._session = self._opened.enter_context(opened)
                self._session.encoding = self._encoding
            except RefusedError as error:
                self._refused[source] = message(f"sphinx-revguide: {error}")
                logger.error("%s", self._refused[source])
                return None
        return self._session if path.is_relative_to(self._session.srcdir) else None

    def text_changed(self, uri: str) -> None:
        """Read a text; while it changes quickly, wait for a pause."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        now = asyncio.get_running_loop().time()
        rested = now - self._changed.get(uri, -DELAY) >= DELAY
        self._changed[uri] = now
        self._waiting[uri] = asyncio.create_task(self._read_later(uri, 0 if rested else DELAY))

    async def _read_later(self, uri: str, delay: float) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(delay)
            await self.read_now(uri)

    async def read_now(self, uri: str) -> None:
        """Read the text of a file, and send its diagnostics."""
        path = path_of(uri)
        if path is None:
            return
        document = self.workspace.get_text_document(uri)
        text, version = document.source, document.version

        def read(session: Session) -> list[types.Diagnostic]:
            if not session.open(path, text):
                return []
            return features.diagnostics(session, path, bare_lines(text))

        nothing: list[types.Diagnostic] = []
        found = await self.with_session(path, read, nothing)
        if self.workspace.text_documents.get(uri) is document and document.version == version:
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
            )
        await self.with_session(path, Session.rest, None)

    async def read_all(self) -> None:
        """Read all open texts again, as guides and verdicts decide about findings in chapters.

        Other pages are read again if other programs have changed their files.
        """
        if self._session is not None:
            await self.with_session(self._session.srcdir, Session.follow_files, None)
        for uri in list(self.workspace.text_documents):
            await self.read_now(uri)

    def show(self, place: types.Location) -> None:
        """Show a place in the editor."""
        self.window_show_document(
            types.ShowDocumentParams(uri=place.uri, take_focus=True, selection=place.range),
            callback=lambda _result: None,
        )

    async def forget(self, uri: str) -> None:
        """Read a file from disk again after the editor has closed it, and clear its diagnostics."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()
        path = path_of(uri)
        if path is not None:
            await self.with_session(path, lambda session: session.close(path), None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @property
    def _encoding(self) -> str:
        return types.PositionEncodingKind(self.workspace.position_encoding or DEFAULT).value

    def column_of(self, text: str, place: types.Position) -> int:
        """Return how many characters of a line are before a place in it."""
        return characters(text, place.character, self._encoding)

    def lines_of(self, uri: str) -> list[str]:
        """Return the lines of a file in the editor."""
        return bare_lines(self.workspace.get_text_document(uri).source)

    @property
    def session(self) -> Session | None:
        """The session of the book, once one of its files was opened."""
        return self._session

    def end(self) -> None:
        """Release the book."""
        self._worker.submit(self._opened.close)
        self._worker.shutdown(wait=True, cancel_futures=False)


def path_of(uri: str) -> Path | None:
    """Return the file that a URI names, if any."""
    if not uri.startswith("file:"):
        return None
    name = to_fs_path(uri)
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        return Path(name).resolve() if name else None
    return None


def make_server(source: Path | None = None, confdir: Path | None = None) -> Server:
    """Return a server with all its features.

    :param source: the source directory; default: the source directory of the first opened file.
    """
    server = Server(source, confdir)
    _add_texts(server)
    _add_requests(server)
    _add_places(server)
    _add_commands(server)
    return server


def _add_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(_server: Server, params: types.DidOpenTextDocumentParams) -> None:
        await server.read_now(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(_server: Server, params: types.DidChangeTextDocumentParams) -> None:
        server.text_changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(_server: Server, _params: types.DidSaveTextDocumentParams) -> None:
        await server.read_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(_server: Server, params: types.DidCloseTextDocumentParams) -> None:
        await server.forget(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    def shut_down(_server: Server, *_params: object) -> None:
        server.end()


def _add_requests(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(_server: Server, params: types.HoverParams) -> types.Hover | None:
        path, line = path_of(params.text_document.uri), params.position.line
        if path is None:
            return None
        said = await server.with_session(
            path, lambda session: features.hover(session, path, line), ""
        )
        content = types.MarkupContent(types.MarkupKind.Markdown, said)
        return types.Hover(content) if said else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    async def actions(_server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        path, lines = path_of(uri), server.lines_of(uri)
        if path is None:
            return []
        return await server.with_session(
            path, lambda session: features.code_actions(session, path, params.range, lines), []
        )


def _add_places(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=["{", ":", "`", " "]),
    )
    async def complete(
        _server: Server, params: types.CompletionParams
    ) -> list[types.CompletionItem]:
        uri, place = params.text_document.uri, params.position
        path, lines = path_of(uri), server.lines_of(uri)
        if path is None:
            return []
        text = lines[place.line] if 0 <= place.line < len(lines) else ""
        column = server.column_of(text, place)
        return await server.with_session(
            path, lambda session: completions(session, path, lines, place.line, column), []
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def define(_server: Server, params: types.DefinitionParams) -> list[types.Location]:
        uri, place = params.text_document.uri, params.position
        path, lines = path_of(uri), server.lines_of(uri)
        if path is None:
            return []
        text = lines[place.line] if 0 <= place.line < len(lines) else ""
        column = server.column_of(text, place)
        words = (match for match in _ID.finditer(text) if match.start() <= column)
        word = next((match[0] for match in words if column <= match.end()), "")
        return await server.with_session(
            path, lambda session: features.definitions(session, path, place.line, word), []
        )


def _add_commands(server: Server) -> None:
    @server.command("revguide.openCard")
    async def open_card(_server: Server, card: str) -> None:
        # Code actions give the address; a user may give the id, which several issues may have.
        session = server._session
        issues = session.book.issues if session else []
        issue = next((issue for issue in issues if card in (issue.address, issue.id)), None)
        if session is None or issue is None:
            return
        built = built_card(session.srcdir, issue)
        if built:
            server.window_show_document(
                types.ShowDocumentParams(uri=built, external=True), callback=lambda _result: None
            )
            return
        page = session.srcdir / issue.path
        start = types.Position(max(issue.line - 1, 0), 0)
        server.show(types.Location(page.as_uri(), types.Range(start, start)))

    @server.command("revguide.dismiss")
    async def dismiss(_server: Server, uri: str, fingerprint: str) -> None:
        path = path_of(uri)
        if path is None:
            return
        place = await server.with_session(
            path, lambda session: features.dismiss(session, fingerprint), None
        )
        if place is None:
            failure = "The verdict could not be recorded; run 'sphinx-revguide verdict' to see why."
            server.window_show_message(types.ShowMessageParams(types.MessageType.Error, failure))
            return
        await server.read_all()
        server.show(place)
