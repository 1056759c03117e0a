"""The finder as a command of LibCST's own tool."""

import subprocess
import sys
from pathlib import Path

BEFORE = """
import requests

from .settings import BASE


def bots():
    return requests.post(f"{BASE}/get_bot_agents", json={}).json()
"""
SETTINGS = 'BASE = "https://api.livechatinc.com/v3.2/configuration/action"\n'


def test_the_codemod_runs_under_the_tool_of_libcst(tmp_path: Path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "settings.py").write_text(SETTINGS)
    code = tmp_path / "app" / "bots.py"
    code.write_text(BEFORE)
    command = ["libcst.tool", "codemod", "-x", "migrator.libcst_codemod.MigrateCommand", "--no-format", "-j", "1"]
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
