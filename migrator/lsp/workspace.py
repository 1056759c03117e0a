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
from migrator.lsp.client_capabilities import Client
from migrator.lsp.diagnostics import diagnostics
from migrator.lsp.folder_analysis import Chosen
from migrator.lsp.hover import Guide
from migrator.lsp.lsp_positions import Lines
from migrator.lsp.scheduler import Looks
from migrator.lsp.text_document import Buffer
from migrator.lsp.workspace_folder import Tree


class Unusable(ValueError):
    """The settings of a folder cannot be used; the message says why and how to fix it."""


#: Returns what to search for in a folder, or without one. Raises Unusable.
Choose = Callable[[str | None], Chosen]


@dataclass(frozen=True, slots=True)
class Document:
    """An open document and its folder."""

    tree: Tree
    buffer: Buffer


class Desk:
    """The workspace. Its methods run in the event loop; only analyses run in threads."""

    def __init__(self, server: LanguageServer, choose: Choose) -> None:
        self.server, self.choose = server, choose
        self.client = Client()
        self.trees: list[Tree] = []
        self.documents: dict[str, Document] = {}
        self._looks = Looks(self._show, self._tell)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._told: dict[str, tuple[int, list[Diagnostic]]] = {}
        self._pulled: dict[str, tuple[int, list[Diagnostic]]] = {}
        self._asking: list[str] = []

    # Notifications from the editor

    def start(self, client: Client, folders: Iterable[str]) -> None:
        """Open the folders of the workspace, given as URIs."""
        self.client = client
        self.add_folder(None)
        for uri in folders:
            self.add_folder(uri)

    def add_folder(self, uri: str | None) -> None:
        """Add a folder and move the open documents inside it to it."""
        folder = _path(uri) if uri is not None else None
        if (uri is None) == (folder is None) and all(tree.folder != folder for tree in self.trees):
            tree = Tree(folder)
            self.trees.append(tree)
            if folder is not None:
                self.settle(tree)
            self._tasks[id(tree)] = asyncio.get_running_loop().create_task(self._looks.at(tree))
            self._move()
            tree.search()

    def remove_folder(self, uri: str) -> None:
        """Remove a folder; its documents stay open."""
        for tree in [tree for tree in self.trees if tree.folder is not None and tree.folder == _path(uri)]:
            self.trees.remove(tree)
            self._tasks.pop(id(tree)).cancel()
            self._move()
            tree.done = tree.all_done = tree.revision
            tree.turn()

    def settle(self, tree: Tree) -> None:
        """Read the settings of a folder; if they are invalid, show the error and search nothing."""
        tree.chosen_once = True
        try:
            tree.chosen = self.choose(tree.folder)
            tree.guide = Guide(tree.chosen.options.chains)
        except Unusable as error:
            tree.chosen, tree.results = None, {}
            self.server.window_show_message(ShowMessageParams(MessageType.Error, f"migrator: {error}"))

    def put(self, uri: str, version: int, text: str, language: str | None, *, opened: bool = False) -> None:
        """Set the text of an open document."""
        path = _path(uri)
        if path is None or (path == uri and language != "python"):
            return
        tree, inner = self._home(path)
        inner += ".py" if path == uri and not path.endswith(PYTHON) else ""
        buffer = Buffer(uri, inner, version, Lines(text, self.client.unit))
        self.documents[uri] = Document(tree, buffer)
        tree.buffers[inner] = buffer
        if opened and (tree.scan is None or tree.leaves_out(inner)):
            # The opened file may be newer than the search in progress.
            tree.search()
        tree.touch(inner, hurry=opened)

    def saved(self, uri: str) -> None:
        """Request an analysis of everything after a document was saved."""
        if uri in self.documents:
            tree = self.documents[uri].tree
            if tree.leaves_out(self.documents[uri].buffer.path):
                tree.search()
            tree.touch(hurry=True)

    def close(self, uri: str) -> None:
        """Remove a document, so that its file on disk counts again."""
        document = self.documents.pop(uri, None)
        if document is not None:
            document.tree.buffers.pop(document.buffer.path, None)
            document.tree.search()
            self._pulled.pop(uri, None)
            if self._told.pop(uri, (0, []))[1]:
                self.server.text_document_publish_diagnostics(PublishDiagnosticsParams(uri, []))

    def disk_changed(self, uris: Iterable[str]) -> None:
        """Request a search of the folders in which others changed, created or deleted files."""
        paths = [path for uri in uris if (path := _path(uri))]
        for tree in self.trees:
            mine = [path for path in paths if tree.folder is not None and tree.inner(path) is not None]
            if any(PurePosixPath(path).name == "pyproject.toml" for path in mine):
                self.settle(tree)
            if mine:
                tree.search(hurry=False)

    # Requests from the editor

    async def settled(self, uri: str, *, deep: bool = False) -> Document | None:
        """Wait until a document, or with `deep` all files, is analysed as it is now; return None if it is not open."""
        self._asking.append(uri)
        try:
            document = self.documents.get(uri)
            while document is not None:
                await document.tree.settled(deep=deep)
                tree, document = document.tree, self.documents.get(uri)
                if document is None or document.tree is tree:
                    return document
            return None
        finally:
            self._asking.remove(uri)

    def reported(self, document: Document) -> tuple[int, list[Diagnostic]]:
        """Return the diagnostics of a document, and a number that changes when they do."""
        uri = document.buffer.uri
        number, before = self._pulled.get(uri, (0, None))
        found = self._diagnostics(document)
        if found != before:
            self._pulled[uri] = (number + 1, found)
        return self._pulled[uri]

    # Messages to the editor

    def _show(self, tree: Tree) -> None:
        """Send new diagnostics of the documents that have not changed since the analysis."""
        mine = [each for each in self.documents.values() if each.tree is tree and not tree.is_stale(each.buffer)]
        if not self.client.pulls:
            for document in mine:
                self._publish(document)
        elif self.client.refreshes and any(self._is_news(document) for document in mine):
            self.server.workspace_diagnostic_refresh(None)

    def _publish(self, document: Document) -> None:
        buffer = document.buffer
        news = (buffer.version, self._diagnostics(document))
        if self._told.get(buffer.uri) != news:
            self._told[buffer.uri] = news
            self.server.text_document_publish_diagnostics(PublishDiagnosticsParams(buffer.uri, news[1], buffer.version))

    def _is_news(self, document: Document) -> bool:
        uri = document.buffer.uri
        return uri in self._pulled and uri not in self._asking and self._pulled[uri][1] != self._diagnostics(document)

    def _diagnostics(self, document: Document) -> list[Diagnostic]:
        buffer = document.buffer
        return diagnostics(document.tree.result(buffer), buffer.lines, self.client.tags)

    def _home(self, path: str) -> tuple[Tree, str]:
        """Return the innermost folder that contains a path, and the path relative to it."""
        found = [(len(tree.folder or ""), tree, inner) for tree in self.trees if (inner := tree.inner(path))]
        _, tree, inner = max(found, key=lambda each: each[0])
        if not tree.chosen_once:
            self.settle(tree)
        return tree, inner

    def _move(self) -> None:
        """Assign each document to the folder that contains it now."""
        for document in list(self.documents.values()):
            buffer = document.buffer
            tree, inner = self._home(_path(buffer.uri) or buffer.path)
            if tree is not document.tree:
                document.tree.buffers.pop(buffer.path, None)
                document.tree.touch()
                moved = Buffer(buffer.uri, inner, buffer.version, buffer.lines)
                tree.buffers[inner] = moved
                self.documents[buffer.uri] = Document(tree, moved)
                tree.touch(hurry=True)

    def _tell(self, message: str) -> None:
        self.server.window_log_message(LogMessageParams(MessageType.Error, f"migrator: {message}"))


def _path(uri: str) -> str | None:
    """Return the path of a document or folder; the URI of an unsaved document, None for other schemes."""
    scheme = uri_scheme(uri)
    if scheme == "untitled":
        return uri
    path = to_fs_path(uri) if scheme == "file" else None
    return path.replace("\\", "/") if path and "\\" in path and path[1:2] == ":" else path
