"""Nothing is edited that goes through a URL which a file of settings sets to an older version."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from migrator.findings.finding import Applicability, FileResult
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from verbs import shipped

_OLD = "https://api.livechatinc.com/v3.1/configuration/action"
_NEW = _OLD.replace("3.1", "3.2")
_APP = f"""\
import os
import requests
BASE = os.environ.get("LIVECHAT_URL", "{_OLD}")

def bots():
    return requests.post(f"{{BASE}}/get_bot_agents", json={{}}).json()

def hire():
    return requests.post(f"{{BASE}}/create_bot_agent", json={{"name": "b", "status": "offline"}}).json()

def listen():
    body = {{"action": "thread_closed", "url": "https://x", "secret_key": "s"}}
    return requests.post(f"{{BASE}}/register_webhook", json=body)
"""


def _migrate(files: Mapping[str, str]) -> dict[str, FileResult[bytes]]:
    """Migrate the Python files; the others are read when they are asked for."""
    raws = {path: text.encode() for path, text in files.items()}

    def read(path: str) -> bytes:
        if path not in raws:
            raise FileNotFoundError(path)
        return raws[path]

    options = Options(shipped().chains("3.1", "3.2"))
    python = {path: raw for path, raw in raws.items() if path.endswith(".py")}
    return {result.path: result for result in migrate_files(python, options, read)}


def _assert_held(files: Mapping[str, str], *named: str) -> None:
    results = _migrate(files)
    assert not [path for path, result in results.items() if result.is_changed]
    findings = [finding for result in results.values() for finding in result.findings]
    assert findings
    assert {finding.applicability for finding in findings} == {Applicability.MANUAL}
    for text in named:
        assert any(text in finding.message for finding in findings), [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (".env", f"LIVECHAT_URL={_OLD}\n", 1),
        (".env", f"# where\nexport LIVECHAT_URL='{_OLD}'\n", 2),
        (".env.production", f"A=1\nLIVECHAT_URL={_OLD}/\n", 2),
        (".env.production.local", f"LIVECHAT_URL={_OLD}\n", 1),
        ("compose.staging.yaml", f"services:\n  a:\n    environment:\n      - LIVECHAT_URL={_OLD}\n", 4),
        ("k8s/deployment.yaml", f"env:\n  - name: LIVECHAT_URL\n    value: {_OLD}\n", 3),
        (".gitlab-ci.yml", f"variables:\n  LIVECHAT_URL: {_OLD}\n", 2),
        (".github/workflows/ci.yml", f"env:\n  LIVECHAT_URL: {_OLD}\n", 2),
        ("docker-compose.yml", f"services:\n  a:\n    environment:\n      LIVECHAT_URL: {_OLD}\n", 4),
        ("docker-compose.yaml", f"services:\n  a:\n    environment:\n      - LIVECHAT_URL={_OLD}\n", 4),
        ("configmap.yaml", f"env:\n  - name: LIVECHAT_URL\n    value: {_OLD}\n", 3),
        ("pyproject.toml", f'[tool.env]\nLIVECHAT_URL = "{_OLD}"\n', 2),
        ("config.json", f'{{\n  "LIVECHAT_URL": "{_OLD}"\n}}\n', 2),
        ("settings.ini", f"[env]\nlivechat_url = {_OLD}\n", 2),
        ("Dockerfile", f"FROM a\nENV LIVECHAT_URL {_OLD}\n", 2),
    ],
)
def test_a_setting_in_a_file_holds_back_its_default_and_the_calls(path: str, text: str, line: int) -> None:
    _assert_held({"app.py": _APP, path: text}, f"{path}:{line} sets LIVECHAT_URL")


@pytest.mark.parametrize(
    "base",
    [
        f'os.getenv("LIVECHAT_URL", "{_OLD}")',
        f'os.getenv("LIVECHAT_URL", default="{_OLD}")',
        f'os.environ.get("LIVECHAT_URL") or "{_OLD}"',
        f'os.environ["LIVECHAT_URL"] if "LIVECHAT_URL" in os.environ else "{_OLD}"',
        f'os.environ.setdefault("LIVECHAT_URL", "{_OLD}")',
    ],
)
def test_every_way_to_write_a_default_is_known(base: str) -> None:
    app = _APP.replace(f'os.environ.get("LIVECHAT_URL", "{_OLD}")', base)
    assert base in app
    _assert_held({"src/app.py": app, ".env": f"LIVECHAT_URL={_OLD}"}, ".env:1")


def test_a_default_that_is_a_constant_is_known() -> None:
    app = _APP.replace(f'"{_OLD}")', "DEFAULT)").replace("BASE =", f'DEFAULT = "{_OLD}"\nBASE =')
    _assert_held({"app.py": app, ".env": f"LIVECHAT_URL={_OLD}"}, ".env:1")


@pytest.mark.parametrize(
    "model",
    [
        f'class Settings(BaseSettings):\n    livechat_url: str = "{_OLD}"\n',
        f'class Settings(BaseSettings):\n    base: str = Field("{_OLD}", alias="LIVECHAT_URL")\n',
        f'class Settings(BaseSettings):\n    base: str = Field(default="{_OLD}", validation_alias="LIVECHAT_URL")\n',
        "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='LIVECHAT_')\n"
        f'    url: str = "{_OLD}"\n',
    ],
)
def test_the_field_of_a_settings_class_is_a_default(model: str) -> None:
    name = "livechat_url" if " livechat_url" in model else "base" if " base:" in model else "url"
    app = (
        "import requests\nfrom pydantic import Field\n"
        "from pydantic_settings import BaseSettings, SettingsConfigDict\n\n"
        f"{model}\nsettings = Settings()\n"
        f'requests.post(f"{{settings.{name}}}/get_bot_agents", json={{}})\n'
    )
    _assert_held({"app.py": app, ".env": f"LIVECHAT_URL={_OLD}"}, ".env:1")


def test_a_module_that_imports_the_base_waits_as_well() -> None:
    conf = f'import os\nBASE = os.environ.get("LIVECHAT_URL", "{_OLD}")\n'
    use = 'import requests\nfrom conf import BASE\nrequests.post(f"{BASE}/get_bot_agents", json={})\n'
    _assert_held({"conf.py": conf, "use.py": use, ".env": f"LIVECHAT_URL={_OLD}"}, ".env:1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"LIVECHAT_URL={_NEW}\n",
        "LIVECHAT_URL=http://localhost:8000\n",
        f"# LIVECHAT_URL={_OLD}\n",
        f"OTHER_LIVECHAT_URL={_OLD}\n",
        f"LIVECHAT_URL_2={_OLD}\n",
    ],
)
def test_a_default_that_no_file_sets_to_an_old_version_is_edited(text: str) -> None:
    after = _migrate({"app.py": _APP, ".env": text})["app.py"].after.decode()
    assert _NEW in after
    assert "/list_bots" in after


def test_a_url_without_a_setting_beside_it_is_edited() -> None:
    other = f'import requests\nrequests.post("{_OLD}/get_bot_agents", json={{}})\n'
    results = _migrate({"app.py": _APP, "other.py": other, ".env": f"LIVECHAT_URL={_OLD}"})
    assert not results["app.py"].is_changed
    assert results["other.py"].after.decode() == other.replace("3.1", "3.2").replace("get_bot_agents", "list_bots")


@pytest.mark.parametrize("text", ["LC_VERSION=3.1\n", 'LC_VERSION: "3.1"\n'])
def test_a_version_that_a_file_sets_holds_back_its_default_and_the_calls(text: str) -> None:
    app = (
        'import os\nimport requests\n\nVERSION = os.environ.get("LC_VERSION", "3.1")\n'
        'requests.post(f"https://api.livechatinc.com/v{VERSION}/configuration/action/get_bot_agents", json={})\n'
    )
    _assert_held({"app.py": app, ".env": text}, ".env:1 sets LC_VERSION to 3.1")
    assert _migrate({"app.py": app, ".env": "LC_VERSION=3.2\n"})["app.py"].is_changed
