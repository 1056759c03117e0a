"""A session from the first message to the exit code."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from calls import BEFORE
from lsp_editor import CHECKOUT, PATIENCE
from migrator.cli import main
from planted import plant


def test_a_session_that_is_shut_down_ends_with_0_and_says_nothing_on_stderr(launch, tmp_path):
    plant(tmp_path, {"bots.py": BEFORE})
    editor = launch("--stdio")
    can = editor.initialize(tmp_path)
    assert can["textDocumentSync"]["openClose"]
    assert can["hoverProvider"]
    assert set(can["codeActionProvider"]["codeActionKinds"]) == {"quickfix", "source.fixAll.migrator"}
    uri = editor.open(tmp_path / "bots.py")
    assert editor.diagnostics(uri)
    assert editor.end() == (0, b"")


def test_a_server_that_is_told_to_exit_without_a_shutdown_ends_with_1(launch):
    editor = launch()
    editor.initialize()
    editor.notify("exit")
    assert editor.end(politely=False) == (1, b"")


def test_a_server_whose_editor_is_gone_ends_with_1(launch, tmp_path):
    plant(tmp_path, {"bots.py": BEFORE})
    editor = launch()
    editor.initialize(tmp_path)
    editor.open(tmp_path / "bots.py")
    assert editor.end(politely=False) == (1, b"")


def test_a_message_that_is_no_json_is_answered_and_the_next_one_is_read(launch, tmp_path):
    plant(tmp_path, {"bots.py": BEFORE})
    editor = launch()
    editor.initialize(tmp_path)
    editor.write(b"{nonsense")
    editor.write(b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {}}')
    editor.write(b'{"jsonrpc": "2.0", "id": 77, "method": "no/such", "params": null}')
    assert editor.answer_to(77)["error"]["code"] == -32601
    assert editor.diagnostics(editor.open(tmp_path / "bots.py"))
    code, errors = editor.end()
    assert code == 0
    assert b"Traceback" not in errors


def test_what_a_document_holds_is_in_no_log(launch, tmp_path):
    editor = launch()
    editor.initialize(tmp_path)
    secret = BEFORE + 'TOKEN = "dal:hush-hush"\n'
    uri = editor.open((tmp_path / "new.py").as_uri(), secret)
    editor.request("textDocument/hover", textDocument={"uri": uri}, position={"line": 2, "character": 70})
    editor.write(b'{"jsonrpc": "2.0", "id": 5, "method": "textDocument/hover", "params": {"secret": "hush-hush"}}')
    editor.change(uri, secret + "(")
    editor.diagnostics(uri)
    _, errors = editor.end()
    assert errors == b""
    assert "hush-hush" not in str(editor.inbox)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "no-such-rule"], "there is no rule 'no-such-rule'"),
        (["--from", "9.9"], "9.9"),
        (["x.py"], "x.py"),
    ],
)
def test_options_that_cannot_be_used_end_it_with_2_before_anything_is_read(arguments, said):
    result = CliRunner().invoke(main, ["lsp", *arguments], prog_name="migrator")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_without_the_extra_it_ends_with_2_and_names_the_way_out(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "pygls" or name.startswith("migrator.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    found = importlib.import_module
    result = CliRunner().invoke(main, ["lsp"], prog_name="migrator")
    assert importlib.import_module is found
    assert result.exit_code == 2
    assert "pip install 'livechat-migrator[lsp]'" in result.stderr


def test_the_other_commands_do_not_import_pygls(tmp_path):
    plant(tmp_path, {"bots.py": BEFORE})
    script = (
        "import sys; from migrator.cli import main\n"
        "try: main(['audit'], prog_name='migrator')\n"
        "except SystemExit as end: print(end.code, 'pygls' in sys.modules, 'asyncio' in sys.modules, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        timeout=PATIENCE,
    )
    assert ran.stderr.split() == [b"1", b"False", b"False"]
