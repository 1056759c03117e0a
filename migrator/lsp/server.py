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
from migrator.lsp.client_capabilities import read_capabilities
from migrator.lsp.code_actions import FIX_ALL, ActionRequest, code_actions, requests_fix_all
from migrator.lsp.workspace import LoadSettings, OpenDocument, Workspace
from migrator.matching.selection import DEFAULT_LINE_LENGTH

_WATCHED = ("**/*{" + ",".join(PYTHON) + "}", "**/pyproject.toml", "**/.gitignore")


class LspService:
    """A connection with an editor. `ended` is set once the editor has asked to shut down."""

    def __init__(self, choose: LoadSettings) -> None:
        # Full sync, because pygls splits lines at other characters than the protocol when it applies partial changes.
        self.server = LanguageServer("migrator", _package_version(), types.TextDocumentSyncKind.Full)
        self.workspace = Workspace(self.server, choose)
        self.ended = False
        self._register_handlers()

    def _register_handlers(self) -> None:
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
        asked = types.DiagnosticOptions(True, False, identifier="migrator")
        self._register(types.INITIALIZE, self.on_initialize)
        self._register(types.INITIALIZED, self.on_initialized)
        self._register(types.SHUTDOWN, self.on_shutdown)
        self._register(types.TEXT_DOCUMENT_DID_OPEN, self.on_opened)
        self._register(types.TEXT_DOCUMENT_DID_CHANGE, self.on_changed)
        self._register(types.TEXT_DOCUMENT_DID_SAVE, self.on_saved)
        self._register(types.TEXT_DOCUMENT_DID_CLOSE, self.on_closed)
        self._register(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.on_disk_changed)
        self._register(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self.on_folders_changed)
        self._register(types.TEXT_DOCUMENT_HOVER, self.on_hover)
        self._register(types.TEXT_DOCUMENT_CODE_ACTION, self.on_code_action, kinds)
        self._register(types.TEXT_DOCUMENT_DIAGNOSTIC, self.on_diagnostic, asked)

    def _register(self, message: str, answer: Callable[..., object], options: object = None) -> None:
        # pygls sets an attribute on the function, which a bound method does not allow.
        self.server.feature(message, options)(partial(answer))

    def on_initialize(self, params: types.InitializeParams) -> None:
        """Store the editor's capabilities, and open its folders."""
        folders = [folder.uri for folder in params.workspace_folders or ()]
        root = params.root_uri or (from_fs_path(params.root_path) if params.root_path else None)
        client = read_capabilities(params.capabilities, self.server.workspace.position_encoding or "utf-16")
        self.workspace.open_workspace(client, folders or ([root] if root else []))

    def on_initialized(self, _params: types.InitializedParams) -> None:
        """Ask the editor to report changed files."""
        if self.workspace.client.watches:
            watched = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(p) for p in _WATCHED])
            asked = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched)
            self.server.client_register_capability(types.RegistrationParams([asked]))

    def on_shutdown(self, _params: None) -> None:
        """Record that the editor is about to disconnect."""
        self.ended = True

    def on_opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Add an opened document."""
        opened = params.text_document
        self.workspace.set_text(opened.uri, opened.version, opened.text, opened.language_id, opened=True)

    def on_changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Update a changed document."""
        document = self.server.workspace.get_text_document(params.text_document.uri)
        self.workspace.set_text(params.text_document.uri, document.version or 0, document.source, document.language_id)

    def on_saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """Analyse everything after a document was saved."""
        self.workspace.document_saved(params.text_document.uri)

    def on_closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Remove a closed document."""
        self.workspace.close_document(params.text_document.uri)

    def on_disk_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Search again after files on disk changed; saved documents are known already."""
        saved = types.FileChangeType.Changed
        self.workspace.files_changed(
            c.uri for c in params.changes if c.type != saved or c.uri not in self.workspace.documents
        )

    def on_folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Add and remove folders of the workspace."""
        for folder in params.event.removed:
            self.workspace.remove_folder(folder.uri)
        for folder in params.event.added:
            self.workspace.add_folder(folder.uri)

    async def on_diagnostic(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a document, or that they have not changed."""
        document = await self.workspace.analysed_document(params.text_document.uri)
        number, found = self.workspace.numbered_diagnostics(document) if document else (0, [])
        if document and params.previous_result_id == str(number):
            return types.RelatedUnchangedDocumentDiagnosticReport(str(number))
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=str(number))

    async def on_hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return the description of the findings at a position."""
        document = await self._analysed_document(params.text_document.uri)
        result = document.tree.result_of(document.buffer) if document else None
        if document is None or result is None or document.tree.guide is None:
            return None
        return document.tree.guide.hover_at(
            result, document.buffer.lines, params.position, self.workspace.client.markdown
        )

    async def on_code_action(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the code actions for a range."""
        only = params.context.only
        document = await self._analysed_document(params.text_document.uri, deep=requests_fix_all(only))
        result = document.tree.result_of(document.buffer) if document else None
        if document is None or result is None:
            return []
        chosen = document.tree.chosen
        length = chosen.options.line_length(document.buffer.path) if chosen else DEFAULT_LINE_LENGTH
        return code_actions(document.buffer, result, self.workspace.client, ActionRequest(params.range, only, length))

    async def _analysed_document(self, uri: str, *, deep: bool = False) -> OpenDocument | None:
        """Return a document once it is analysed. Raises JsonRpcException if it has changed meanwhile."""
        before = self.workspace.documents.get(uri)
        document = await self.workspace.analysed_document(uri, deep=deep)
        if before and document and before.buffer.lines is not document.buffer.lines:
            raise JsonRpcException("the document has changed", types.LSPErrorCodes.ContentModified)
        return document


def serve_editor(choose: LoadSettings) -> bool:
    """Serve an editor on stdin and stdout until it disconnects; return whether it shut the server down first."""
    # pygls logs the text of documents.
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    # The default handler exits at once, although a thread is blocked on stdin.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    service = LspService(choose)
    service.server.start_io(sys.stdin.buffer, _reserve_stdout())
    return service.ended


def _reserve_stdout() -> BinaryIO:
    """Reserve stdout for the protocol: everything else that is printed goes to stderr."""
    sys.stdout.flush()
    reserved = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return reserved


def _package_version() -> str:
    try:
        return version("livechat-migrator")
    except PackageNotFoundError:
        return "0"
