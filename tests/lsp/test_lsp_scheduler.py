"""Changes that come faster than they can be looked at, and requests that nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading

import pytest
from lsprotocol.types import HoverParams, LSPErrorCodes, Position, TextDocumentIdentifier
from pygls.exceptions import JsonRpcException

from calls import BEFORE, BOTS
from migrator.findings.finding import FileResult
from migrator.lsp.client_capabilities import EditorClient
from migrator.lsp.folder_analysis import SearchSettings
from migrator.lsp.lsp_positions import DocumentText
from migrator.lsp.server import LspService
from migrator.lsp.text_document import TextBuffer
from migrator.lsp.worker import Worker
from migrator.lsp.workspace_folder import WorkspaceFolder
from migrator.matching.selection import Options
from migrator.rules.load import load_rules

METHOD = "method-get-bot-agents"


def test_after_many_changes_the_last_one_is_what_is_shown(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    for number in range(100):
        editor.change(uri, BEFORE + "\n" * number + BOTS)
    found = editor.diagnostics(uri)
    assert max(each["range"]["start"]["line"] for each in found) == 102
    assert len([message for message in editor.inbox if message.get("params", {}).get("uri") == uri]) < 10


def test_a_request_is_answered_for_the_text_as_it_is_then(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    editor.change(uri, "#\n" + BEFORE)
    offered = editor.actions(uri, "get_bot_agents")
    assert "migrator: replace get_bot_agents with list_bots" in offered


def test_requests_are_cancelled_or_answered_and_the_server_goes_on(editor, tmp_path):
    uri = editor.open((tmp_path / "new.py").as_uri(), BEFORE)
    where = {"textDocument": {"uri": uri}, "position": editor.position(uri, "bot_agents")}
    asked = []
    for number in range(20):
        editor.change(uri, BEFORE + "#" * number)
        asked.append(editor.ask("textDocument/hover", where))
        editor.notify("$/cancelRequest", id=asked[-1])
    answers = [editor.answer_to(number) for number in asked]
    assert {answer["error"]["code"] for answer in answers if "error" in answer} <= {-32800, -32801}
    assert METHOD in editor.hover(uri, "bot_agents")


def in_a_session(play):
    """What becomes of a document while a request about it waits; `play` gets the service, the request and the URI."""

    async def session():
        rules = load_rules()
        chosen = SearchSettings(Options(rules.chains(None, None)), (b"bot_agent",))
        service, uri = LspService(lambda _: chosen), "untitled:bots"
        service.workspace.open_workspace(EditorClient(), [])
        service.workspace.set_text(uri, 1, BEFORE, "python", opened=True)
        asked = HoverParams(TextDocumentIdentifier(uri), Position(2, 70))
        request = asyncio.ensure_future(service.on_hover(asked))
        await asyncio.sleep(0)
        found = await play(service, request, uri)
        return found, await service.on_hover(asked)

    return asyncio.run(session())


def test_a_place_that_may_have_moved_is_not_told_of():
    async def change(service, request, uri):
        service.workspace.set_text(uri, 2, BEFORE.replace("import", "import  "), "python")
        with pytest.raises(JsonRpcException) as refused:
            await request
        return refused.value.code

    code, told = in_a_session(change)
    assert code == LSPErrorCodes.ContentModified
    assert told is not None


def test_a_request_that_is_cancelled_while_it_waits_leaves_nothing_behind():
    async def cancel(_service, request, _uri):
        request.cancel()
        await asyncio.wait([request])
        return request.cancelled()

    cancelled, told = in_a_session(cancel)
    assert cancelled
    assert told is not None


def test_a_request_about_a_document_that_is_closed_while_it_waits_is_answered():
    async def close(service, request, uri):
        service.workspace.close_document(uri)
        found = await request
        service.workspace.set_text(uri, 1, BEFORE, "python", opened=True)
        return found

    found, told = in_a_session(close)
    assert found is None
    assert told is not None


def test_changing_and_closing_what_is_not_open_does_no_harm(editor, tmp_path):
    stray = {"uri": (tmp_path / "stray.py").as_uri(), "version": 2}
    editor.notify("textDocument/didChange", textDocument=stray, contentChanges=[{"text": BEFORE}])
    editor.notify("textDocument/didClose", textDocument=stray)
    editor.notify("textDocument/didSave", textDocument=stray)
    assert editor.request("textDocument/hover", textDocument=stray, position={"line": 0, "character": 0}) is None
    assert editor.diagnostics(editor.open((tmp_path / "new.py").as_uri(), BEFORE)) != []


def test_a_position_behind_the_end_of_a_document_tells_nothing(editor, tmp_path):
    uri = {"uri": editor.open((tmp_path / "new.py").as_uri(), BEFORE)}
    assert editor.hover(uri["uri"], "bot_agents")
    for line, character in ((99, 0), (2, 9999), (99, 9999)):
        position = {"line": line, "character": character}
        assert editor.request("textDocument/hover", textDocument=uri, position=position) is None


def test_work_is_done_in_turn_and_what_it_raises_is_handed_on():
    worker, gate = Worker(), threading.Event()
    first = worker.submit(gate.wait)
    dropped = worker.submit(lambda: "never")
    failing = worker.submit(lambda: 1 // 0)
    assert dropped.cancel()
    gate.set()
    assert first.result(30)
    assert isinstance(failing.exception(30), ZeroDivisionError)


def test_nothing_is_looked_at_while_somebody_types_unless_it_is_asked_for():
    async def typed(service, request, uri):
        await request
        service.workspace.set_text(uri, 2, BEFORE + "#", "python")
        [tree] = service.workspace.trees
        for _ in range(100):
            await asyncio.sleep(0)
        return tree.wanted.is_set()

    waits, told = in_a_session(typed)
    assert waits
    assert told is not None


def test_what_was_found_in_another_text_says_nothing_of_a_document():
    tree = WorkspaceFolder(None)
    old, new = (
        TextBuffer("untitled:a", "a.py", version, DocumentText(text)) for version, text in ((1, "x\n"), (2, "\nx\n"))
    )
    tree.results["a.py"] = FileResult("a.py", old.raw, old.raw)
    assert tree.result_of(old) is tree.results["a.py"]
    assert tree.result_of(new) is None


def test_who_waits_for_a_look_waits_for_one_at_what_is_there_now():
    async def session():
        tree = WorkspaceFolder(None)
        tree.request_analysis("a.py")
        waiting = asyncio.ensure_future(tree.wait_until_done())
        await asyncio.sleep(0)
        tree.done = tree.revision
        tree.request_analysis("a.py")
        tree.wake_waiting()
        await asyncio.sleep(0)
        early = waiting.done()
        tree.done = tree.revision
        tree.wake_waiting()
        await waiting
        return early, tree.hurry.is_set()

    assert asyncio.run(session()) == (False, True)
