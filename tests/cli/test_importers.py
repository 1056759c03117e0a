"""A file that holds nothing that is searched for still has a say in what it imports."""

import pytest

from planted import plant

BASE = 'BASE = "https://api.livechatinc.com/v3.1"\n'
BOTS = """\
import requests
from app.settings import BASE

requests.post(f"{BASE}/configuration/action/get_bot_agents", json={})
"""
CHATS = """\
import requests
from app.settings import BASE

requests.post(f"{BASE}/agent/action/get_chats_summary", json={})
"""
BODY = """\
import requests

BODY = {"id": "x", "status": "offline"}
requests.post("https://api.livechatinc.com/v3.1/configuration/action/update_bot_agent", json=BODY)
"""


def edited(run):
    """The files that the codemod would edit."""
    told = run("codemod", "--from", "3.1").stdout
    return [line.removeprefix("+++ ./") for line in told.splitlines() if line.startswith("+++ ./")]


def test_nothing_behind_a_base_is_edited_when_a_file_without_any_old_name_uses_it_for_another_api(here, run):
    plant(here, {"app/settings.py": BASE, "app/bots.py": BOTS})
    assert edited(run) == ["app/bots.py", "app/settings.py"]
    plant(here, {"app/chats.py": CHATS})
    assert edited(run) == []


@pytest.mark.parametrize(
    "reader", ["import bots\nprint(bots.BODY['status'])\n", "from bots import (\n    BODY,\n)\nprint(BODY['status'])\n"]
)
def test_a_key_stays_when_a_file_without_any_old_name_reads_it(here, run, reader):
    plant(here, {"lib/bots.py": BODY, "lib/pyproject.toml": ""})
    assert "create" not in run("codemod", "--from", "3.1").stdout
    assert '-BODY = {"id": "x", "status": "offline"}' in run("codemod", "--from", "3.1").stdout
    plant(here, {"lib/report.py": reader})
    assert "-BODY" not in run("codemod", "--from", "3.1").stdout


READ = "print(BODY['status'])\n"


@pytest.mark.parametrize(
    ("home", "reader", "line"),
    [
        ("lib", "lib/deep/report.py", "from ..bots import BODY"),
        ("lib", "lib/deep/report.py", "from .. import bots; BODY = bots.BODY"),
        ("lib", "lib/report.py", "from . import bots; BODY = bots.BODY"),
        ("lib", "report.py", "from lib import bots; BODY = bots.BODY"),
        ("lib", "report.py", "import lib.bots as known; BODY = known.BODY"),
        ("lib/deep", "lib/report.py", "from .deep.bots import BODY"),
        ("lib/deep", "tests/report.py", "from lib.deep.bots import BODY"),
        ("src", "tests/report.py", "from bots import BODY"),
        ("src/lib", "tests/report.py", "from lib.bots import BODY"),
        ("src/lib", "tests/report.py", "from lib import (\n    other,\n    bots,\n)\nBODY = bots.BODY"),
    ],
)
def test_a_reader_is_found_from_wherever_it_imports(here, run, home, reader, line):
    plant(here, {f"{home}/bots.py": BODY, "pyproject.toml": ""})
    assert '-BODY = {"id": "x", "status": "offline"}' in run("codemod", "--from", "3.1").stdout
    plant(here, {reader: f"{line}\n{READ}"})
    assert "-BODY" not in run("codemod", "--from", "3.1").stdout


@pytest.mark.parametrize(
    ("reader", "line"),
    [("other/report.py", "from .bots import BODY"), ("report.py", "from other.bots import BODY")],
)
def test_what_imports_a_module_of_the_same_name_has_no_say(here, run, reader, line):
    plant(here, {"lib/bots.py": BODY, "other/bots.py": "BODY = {}\n", "pyproject.toml": "", reader: f"{line}\n{READ}"})
    assert '-BODY = {"id": "x", "status": "offline"}' in run("codemod", "--from", "3.1").stdout


def test_what_imports_files_of_another_project_of_the_same_name_has_no_say(here, run):
    plant(here, {"one/bots.py": BODY, "one/setup.py": "", "two/x.py": "import bots\nprint(bots.BODY['status'])\n"})
    assert '-BODY = {"id": "x", "status": "offline"}' in run("codemod", "--from", "3.1").stdout


def test_the_project_of_a_named_file_is_read_for_evidence_and_nothing_outside(here, run):
    plant(here, {"lib/bots.py": BODY, "report.py": "import bots\nprint(bots.BODY['status'])\n", "lib/setup.py": ""})
    assert '-BODY = {"id": "x", "status": "offline"}' in run("codemod", "--from", "3.1", "lib/bots.py").stdout
    plant(here, {"lib/report.py": "import bots\nprint(bots.BODY['status'])\n"})
    assert "-BODY" not in run("codemod", "--from", "3.1", "lib/bots.py").stdout
