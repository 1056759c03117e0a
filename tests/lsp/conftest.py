"""Servers, and editors that speak with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("pygls")

from lsp_editor import PATIENCE, Editor, folder_of, start


@pytest.fixture
def launch(tmp_path) -> Iterator[Any]:
    """Start servers; those that a test leaves running are ended."""
    begun: list[Editor] = []

    def launch(*arguments: str) -> Editor:
        begun.append(Editor(start(tmp_path, *arguments)))
        return begun[-1]

    yield launch
    for each in begun:
        if each.process.poll() is None:
            each.process.kill()
        each.process.wait(timeout=PATIENCE)
        for pipe in (each.process.stdin, each.process.stdout, each.process.stderr):
            pipe.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory) -> Iterator[Editor]:
    """One server for the tests that only need a folder in it."""
    editor = Editor(start(tmp_path_factory.mktemp("server")))
    editor.initialize()
    yield editor
    code, errors = editor.end()
    assert (code, errors) == (0, b"")


@pytest.fixture
def editor(running, tmp_path) -> Iterator[Editor]:
    """An editor in which the folder of the test is open."""
    running.notify("workspace/didChangeWorkspaceFolders", event={"added": [folder_of(tmp_path)], "removed": []})
    running.texts.clear()
    running.inbox.clear()
    yield running
    for uri in running.texts:
        running.notify("textDocument/didClose", textDocument={"uri": uri})
    running.notify("workspace/didChangeWorkspaceFolders", event={"added": [], "removed": [folder_of(tmp_path)]})
