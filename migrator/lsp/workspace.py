"""The folders and documents that an editor has open, and their results."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from lsprotocol.types import (
    Diagnostic,
    LogMessageParams,
    MessageType,
    PublishDiagnosticsParams,
    ShowMessageParams,
)
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path, uri_scheme

from migrator.files.python_files import PYTHON
from migrator.lsp.client_capabilities import EditorClient
from migrator.lsp.diagnostics import file_diagnostics
from migrator.lsp.folder_analysis import SearchSettings
from migrator.lsp.hover import HoverGuide
from migrator.lsp.lsp_positions import DocumentText
from migrator.lsp.scheduler import AnalysisScheduler
from migrator.lsp.text_document import TextBuffer
from migrator.lsp.workspace_folder import WorkspaceFolder


class UnusableSettings(ValueError):
    """The settings of a folder cannot be used; the message says why and how to fix it."""


#: Returns what to search for in a folder, or without one. Raises Unusable.
LoadSettings = Callable[[str | None], SearchSettings]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """An open document and its folder."""

    tree: WorkspaceFolder
    buffer: TextBuffer


class Workspace:
    """The workspace. Its methods run in the event loop; only analyses run in threads."""

    def __init__(self, server: LanguageServer, choose: LoadSettings) -> None:
        self.server, self.choose = server, choose
        self.client = EditorClient()
        self.trees: list[WorkspaceFolder] = []
        self.documents: dict[str, OpenDocument] = {}
        self._looks = AnalysisScheduler(self._send_news, self._log_error)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._published: dict[str, tuple[int, list[Diagnostic]]] = {}
        self._pulled: dict[str, tuple[int, list[Diagnostic]]] = {}
        self._awaited: list[str] = []

    # Notifications from the editor

    def open_workspace(self, client: EditorClient, folders: Iterable[str]) -> None:
        """Open the folders of the workspace, given as URIs."""
        self.client = client
        self.add_folder(None)
        for uri in folders:
            self.add_folder(uri)

    def add_folder(self, uri: str | None) -> None:
        """Add a folder and move the open documents inside it to it."""
        folder = _uri_path(uri) if uri is not None else None
        if (uri is None) == (folder is None) and all(tree.folder != folder for tree in self.trees):
            tree = WorkspaceFolder(folder)
            self.trees.append(tree)
            if folder is not None:
                self.load_settings(tree)
            self._tasks[id(tree)] = asyncio.get_running_loop().create_task(self._looks.watch_folder(tree))
            self._reassign_documents()
            tree.request_search()

    def remove_folder(self, uri: str) -> None:
        """Remove a folder; its documents stay open."""
        for tree in [tree for tree in self.trees if tree.folder is not None and tree.folder == _uri_path(uri)]:
            self.trees.remove(tree)
            self._tasks.pop(id(tree)).cancel()
            self._reassign_documents()
            tree.done = tree.all_done = tree.revision
            tree.wake_waiting()

    def load_settings(self, tree: WorkspaceFolder) -> None:
        """Read the settings of a folder; if they are invalid, show the error and search nothing."""
        tree.chosen_once = True
        try:
            tree.chosen = self.choose(tree.folder)
            tree.guide = HoverGuide(tree.chosen.options.chains)
        except UnusableSettings as error:
            tree.chosen, tree.results = None, {}
            self.server.window_show_message(ShowMessageParams(MessageType.Error, f"migrator: {error}"))

    def set_text(self, uri: str, version: int, text: str, language: str | None, *, opened: bool = False) -> None:
        """Set the text of an open document."""
        path = _uri_path(uri)
        if path is None or (path == uri and language != "python"):
            return
        tree, inner = self._find_folder(path)
        inner += ".py" if path == uri and not path.endswith(PYTHON) else ""
        buffer = TextBuffer(uri, inner, version, DocumentText(text, self.client.unit))
        self.documents[uri] = OpenDocument(tree, buffer)
        tree.buffers[inner] = buffer
        if opened and (tree.scan is None or tree.is_left_out(inner)):
            # The opened file may be newer than the search in progress.
            tree.request_search()
        tree.request_analysis(inner, hurry=opened)

    def document_saved(self, uri: str) -> None:
        """Request an analysis of everything after a document was saved."""
        if uri in self.documents:
            tree = self.documents[uri].tree
            if tree.is_left_out(self.documents[uri].buffer.path):
                tree.request_search()
            tree.request_analysis(hurry=True)

    def close_document(self, uri: str) -> None:
        """Remove a document, so that its file on disk counts again."""
        document = self.documents.pop(uri, None)
        if document is not None:
            document.tree.buffers.pop(document.buffer.path, None)
            document.tree.request_search()
            self._pulled.pop(uri, None)
            if self._published.pop(uri, (0, []))[1]:
                self.server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, []))

    def files_changed(self, uris: Iterable[str]) -> None:
        """Request a search of the folders in which others changed, created or deleted files."""
        paths = [path for uri in uris if (path := _uri_path(uri))]
        for tree in self.trees:
            mine = [path for path in paths if tree.folder is not None and tree.relative_path(path) is not None]
            if any(PurePosixPath(path).name == "pyproject.toml" for path in mine):
                self.load_settings(tree)
            if mine:
                tree.request_search(hurry=False)

    # Requests from the editor

    async def analysed_document(self, uri: str, *, deep: bool = False) -> OpenDocument | None:
        """Wait until a document, or with `deep` all files, is analysed as it is now; return None if it is not open."""
        self._awaited.append(uri)
        try:
            document = self.documents.get(uri)
            while document is not None:
                await document.tree.wait_until_done(deep=deep)
                tree, document = document.tree, self.documents.get(uri)
                if document is None or document.tree is tree:
                    return document
            return None
        finally:
            self._awaited.remove(uri)

    def numbered_diagnostics(self, document: OpenDocument) -> tuple[int, list[Diagnostic]]:
        """Return the diagnostics of a document, and a number that changes when they do."""
        uri = document.buffer.uri
        number, before = self._pulled.get(uri, (0, None))
        found = self._document_diagnostics(document)
        if found != before:
            self._pulled[uri] = (number + 1, found)
        return self._pulled[uri]

    # Messages to the editor

    def _send_news(self, tree: WorkspaceFolder) -> None:
        """Send new diagnostics of the documents that have not changed since the analysis."""
        mine = [each for each in self.documents.values() if each.tree is tree and not tree.is_stale(each.buffer)]
        if not self.client.pulls:
            for document in mine:
                self._publish_diagnostics(document)
        elif self.client.refreshes and any(self._is_news(document) for document in mine):
            self.server.workspace_diagnostic_refresh(None)

    def _publish_diagnostics(self, document: OpenDocument) -> None:
        buffer = document.buffer
        news = (buffer.version, self._document_diagnostics(document))
        if self._published.get(buffer.uri) != news:
            self._published[buffer.uri] = news
            self.server.text_document_publish_diagnostics(PublishDiagnosticsParams(buffer.uri, news[1], buffer.version))

    def _is_news(self, document: OpenDocument) -> bool:
        uri = document.buffer.uri
        return (
            uri in self._pulled
            and uri not in self._awaited
            and self._pulled[uri][1] != self._document_diagnostics(document)
        )

    def _document_diagnostics(self, document: OpenDocument) -> list[Diagnostic]:
        buffer = document.buffer
        return file_diagnostics(document.tree.result_of(buffer), buffer.lines, self.client.tags)

    def _find_folder(self, path: str) -> tuple[WorkspaceFolder, str]:
        """Return the innermost folder that contains a path, and the path relative to it."""
        found = [(len(tree.folder or ""), tree, inner) for tree in self.trees if (inner := tree.relative_path(path))]
        _, tree, inner = max(found, key=lambda each: each[0])
        if not tree.chosen_once:
            self.load_settings(tree)
        return tree, inner

    def _reassign_documents(self) -> None:
        """Assign each document to the folder that contains it now."""
        for document in list(self.documents.values()):
            buffer = document.buffer
            tree, inner = self._find_folder(_uri_path(buffer.uri) or buffer.path)
            if tree is not document.tree:
                document.tree.buffers.pop(buffer.path, None)
                document.tree.request_analysis()
                moved = TextBuffer(buffer.uri, inner, buffer.version, buffer.lines)
                tree.buffers[inner] = moved
                self.documents[buffer.uri] = OpenDocument(tree, moved)
                tree.request_analysis(hurry=True)

    def _log_error(self, message: str) -> None:
        self.server.window_log_message(LogMessageParams(MessageType.Error, f"migrator: {message}"))


def _uri_path(uri: str) -> str | None:
    """Return the path of a document or folder; the URI of an unsaved document, None for other schemes."""
    scheme = uri_scheme(uri)
    if scheme == "untitled":
        return uri
    path = to_fs_path(uri) if scheme == "file" else None
    return path.replace("\\", "/") if path and "\\" in path and path[1:2] == ":" else path
