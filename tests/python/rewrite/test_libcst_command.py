"""The finder as a command of LibCST's own tool."""

import re
import subprocess
import sys
from pathlib import Path

import libcst
import pytest
from libcst.codemod import CodemodContext

import migrator.libcst_codemod
from migrator import load_rules, migrate_source
from migrator.libcst_codemod import MigrateCommand

BEFORE = """
import requests

from .settings import BASE


def bots():
    return requests.post(f"{BASE}/get_bot_agents", json={}).json()
"""
SETTINGS = 'BASE = "https://api.livechatinc.com/v3.2/configuration/action"\n'


def test_the_documented_command_runs_under_the_tool_of_libcst_without_a_formatter(tmp_path: Path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "settings.py").write_text(SETTINGS)
    code = tmp_path / "app" / "bots.py"
    code.write_text(BEFORE)
    documented = re.search(r"``python -m (.*) PATH``", migrator.libcst_codemod.__doc__ or "")
    assert documented
    command = [*documented[1].split(), "-j", "1"]
    told = subprocess.run(
        [sys.executable, "-m", *command, "--from", "3.1", "--to", "3.2", str(code)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[3]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert code.read_text() == BEFORE.replace("get_bot_agents", "list_bots")


def test_a_module_is_rewritten_as_its_bytes_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = "https://api.livechatinc.com/v3.1/configuration/action/update_bot_agent"
    text = f'import requests\n\nif x:\n    requests.post("{url}", json={{"id": 1, "status": y}})  # end\n'
    for code in (text, "\ufeff" + text, text.replace("\n", "\r\n"), "# coding: latin-1\n# é\n" + text):
        raw = code.encode("latin-1" if "latin-1" in code else "utf-8")
        command = MigrateCommand(CodemodContext(filename="a.py"), "3.1", "3.2")
        after = command.transform_module(libcst.parse_module(raw))
        assert after.bytes == migrate_source(raw, load_rules(), "3.1", "3.2").after
        assert b"# TODO(migrator update-bot-status)" in after.bytes
