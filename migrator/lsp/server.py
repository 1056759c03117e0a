"""The language server: maps messages of the protocol to the workspace."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path

from migrator.files.python_files import PYTHON
from migrator.lsp.client_capabilities import client_of
from migrator.lsp.code_actions import FIX_ALL, actions, asks_for_all
from migrator.lsp.workspace import Choose, Desk, Document

_WATCHED = ("**/*{" + ",".join(PYTHON) + "}", "**/pyproject.toml", "**/.gitignore")


class Service:
    """A connection with an editor. `ended` is set once the editor has asked to shut down."""

    def __init__(self, choose: Choose) -> None:
        # Full sync, because pygls splits lines at other characters than the protocol when it applies partial changes.
        self.server = LanguageServer("migrator", _version(), types.TextDocumentSyncKind.Full)
        self.desk = Desk(self.server, choose)
        self.ended = False
        self._listen()

    def _listen(self) -> None:
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
        asked = types.DiagnosticOptions(True, False, identifier="migrator")
        self._on(types.INITIALIZE, self.initialize)
        self._on(types.INITIALIZED, self.initialized)
        self._on(types.SHUTDOWN, self.shutdown)
        self._on(types.TEXT_DOCUMENT_DID_OPEN, self.opened)
        self._on(types.TEXT_DOCUMENT_DID_CHANGE, self.changed)
        self._on(types.TEXT_DOCUMENT_DID_SAVE, self.saved)
        self._on(types.TEXT_DOCUMENT_DID_CLOSE, self.closed)
        self._on(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.disk_changed)
        self._on(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self.folders_changed)
        self._on(types.TEXT_DOCUMENT_HOVER, self.hover)
        self._on(types.TEXT_DOCUMENT_CODE_ACTION, self.code_action, kinds)
        self._on(types.TEXT_DOCUMENT_DIAGNOSTIC, self.diagnostic, asked)

    def _on(self, message: str, answer: Callable[..., object], options: object = None) -> None:
        # pygls sets an attribute on the function, which a bound method does not allow.
        self.server.feature(message, options)(partial(answer))

    def initialize(self, params: types.InitializeParams) -> None:
        """Store the editor's capabilities, and open its folders."""
        folders = [folder.uri for folder in params.workspace_folders or ()]
        root = params.root_uri or (from_fs_path(params.root_path) if params.root_path else None)
        client = client_of(params.capabilities, self.server.workspace.position_encoding or "utf-16")
        self.desk.start(client, folders or ([root] if root else []))

    def initialized(self, _params: types.InitializedParams) -> None:
        """Ask the editor to report changed files."""
        if self.desk.client.watches:
            watched = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(p) for p in _WATCHED])
            asked = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched)
            self.server.client_register_capability(types.RegistrationParams([asked]))

    def shutdown(self, _params: None) -> None:
        """Record that the editor is about to disconnect."""
        self.ended = True

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Add an opened document."""
        opened = params.text_document
        self.desk.put(opened.uri, opened.version, opened.text, opened.language_id, opened=True)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Update a changed document."""
        document = self.server.workspace.get_text_document(params.text_document.uri)
        self.desk.put(params.text_document.uri, document.version or 0, document.source, document.language_id)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """Analyse everything after a document was saved."""
        self.desk.saved(params.text_document.uri)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Remove a closed document."""
        self.desk.close(params.text_document.uri)

    def disk_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Search again after files on disk changed; saved documents are known already."""
        saved = types.FileChangeType.Changed
        self.desk.disk_changed(c.uri for c in params.changes if c.type != saved or c.uri not in self.desk.documents)

    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Add and remove folders of the workspace."""
        for folder in params.event.removed:
            self.desk.remove_folder(folder.uri)
        for folder in params.event.added:
            self.desk.add_folder(folder.uri)

    async def diagnostic(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a document, or that they have not changed."""
        document = await self.desk.settled(params.text_document.uri)
        number, found = self.desk.reported(document) if document else (0, [])
        if document and params.previous_result_id == str(number):
            return types.RelatedUnchangedDocumentDiagnosticReport(str(number))
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=str(number))

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return the description of the findings at a position."""
        document = await self._unchanged(params.text_document.uri)
        result = document.tree.result(document.buffer) if document else None
        if document is None or result is None or document.tree.guide is None:
            return None
        return document.tree.guide.hover(result, document.buffer.lines, params.position, self.desk.client.markdown)

    async def code_action(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the code actions for a range."""
        only = params.context.only
        document = await self._unchanged(params.text_document.uri, deep=asks_for_all(only))
        result = document.tree.result(document.buffer) if document else None
        if document is None or result is None:
            return []
        return actions(document.buffer, result, self.desk.client, params.range, only)

    async def _unchanged(self, uri: str, *, deep: bool = False) -> Document | None:
        """Return a document once it is analysed. Raises JsonRpcException if it has changed meanwhile."""
        before = self.desk.documents.get(uri)
        document = await self.desk.settled(uri, deep=deep)
        if before and document and before.buffer.lines is not document.buffer.lines:
            raise JsonRpcException("the document has changed", types.LSPErrorCodes.ContentModified)
        return document


def serve(choose: Choose) -> bool:
    """Serve an editor on stdin and stdout until it disconnects; return whether it shut the server down first."""
    # pygls logs the text of documents.
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    # The default handler exits at once, although a thread is blocked on stdin.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    service = Service(choose)
    service.server.start_io(sys.stdin.buffer, _reserved_stdout())
    return service.ended


def _reserved_stdout() -> BinaryIO:
    """Reserve stdout for the protocol: everything else that is printed goes to stderr."""
    sys.stdout.flush()
    reserved = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reserved


def _version() -> str:
    try:
        return version("livechat-migrator")
    except PackageNotFoundError:
        return "0"
