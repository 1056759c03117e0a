"""Configuration and the code that reads it are edited together, or neither is."""

from __future__ import annotations

import re

import pytest

from migrator.matching.selection import Options
from migrator.program.analyse_files import analyse_files
from migrator.rules.load import load_rules
from migrator.rules.reverse_chain import reverse_chain

CHAINS = load_rules().chains("3.1", "3.2")
OPTIONS = Options(CHAINS)
URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"
_CHANGE = re.compile("«(.*?)→(.*?)»")


def analyse(files, options=OPTIONS, obstacles=()):
    """The results by path; files whose paths are among the obstacles cannot be edited."""
    raws = {path: text.encode() for path, text in files.items()}

    def read(path):
        if path not in raws:
            raise FileNotFoundError(path)
        return raws[path]

    def find_obstacle(path):
        return "it is outside of the given paths" if path in obstacles else ""

    return {result.path: result for result in analyse_files(raws, options, read, find_obstacle=find_obstacle)}


def sides(files):
    """The files before and after the edits that are written into them as «old→new»."""
    return tuple({path: _CHANGE.sub(rf"\{side}", text) for path, text in files.items()} for side in (1, 2))


def after(results):
    return {path: result.after.decode() for path, result in results.items()}


def app(base, before="import os\n", name="get_bot_agents→list_bots"):
    return f'import requests\n{before}BASE = {base}\nrequests.post(f"{{BASE}}/«{name}»", json={{}})\n'


ENV = f"LIVECHAT_URL={URL}\n"
DEFAULT = app(f'os.environ.get("LIVECHAT_URL", "{URL}")')
CALL = 'def bots(self):\n        return self.post("«get_bot_agents→list_bots»")\n'
SETTINGS = (
    "from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\n"
    "class Settings(BaseSettings):\n"
    '    model_config = SettingsConfigDict(env_prefix="LC_", env_file=".env")\n'
    f'    base_url: str = "{URL}"\n'
)
LOAD = "import yaml\nfrom pathlib import Path\n"
HANDLER = (
    "def receive(hook):\n"
    '    if hook["secret_key"] and hook["action"] == "«thread_closed→chat_deactivated»":\n'
    '        return hook["payload"]["chat_id"]\n'
)
HOOKS = (
    '{"url": "https://x.example", "register": [{"action": "«incoming_chat_thread→incoming_chat»"},'
    ' {"action": "«thread_closed→chat_deactivated»"}, {"action": "incoming_event"}]}'
)

TOGETHER = {
    "a default": {"app.py": DEFAULT, ".env": ENV},
    "two environments": {"app.py": DEFAULT, ".env": ENV, ".env.prod": f"A=1\n{ENV}"},
    "compose with a default": {
        "app.py": DEFAULT,
        "compose.yaml": f"services:\n  a:\n    environment:\n      LIVECHAT_URL: ${{LIVECHAT_URL:-{URL}}}\n",
    },
    "a file of any name": {"app.py": DEFAULT, "ops/live.yaml": f"env:\n  - name: LIVECHAT_URL\n    value: {URL}\n"},
    "no default": {"app.py": app('os.environ["LIVECHAT_URL"]'), ".env": ENV},
    "no default, getenv": {"app.py": app('os.getenv("LIVECHAT_URL")'), ".env": ENV},
    "no default, get": {"app.py": app('os.environ.get("LIVECHAT_URL")'), ".env": ENV},
    "decouple": {
        "app.py": app('config("LIVECHAT_URL")', "from decouple import config\n"),
        "settings.ini": f"[s]\n{ENV}",
    },
    "a module of settings": {
        "conf.py": f'import os\nBASE = os.environ.get("LIVECHAT_URL", "{URL}")\n',
        "use.py": "import requests\nfrom conf import BASE\n"
        'requests.post(BASE + "/«get_bot_agents→list_bots»", json={})\n',
        ".env": ENV,
    },
    "pydantic": {
        "conf.py": SETTINGS,
        "use.py": "import requests\nfrom conf import Settings\n\n"
        'requests.post(f"{Settings().base_url}/«get_bot_agents→list_bots»", json={})\n',
        ".env": f"LC_BASE_URL={URL}\n",
        "compose.yaml": f"services:\n  a:\n    environment:\n      - LC_BASE_URL={URL}\n",
    },
    "yaml": {
        "app.py": app('yaml.safe_load(Path("api.yaml").read_text())["api"]["base_url"]', LOAD),
        "api.yaml": f"api:\n  base_url: {URL}\n",
    },
    "json": {
        "app.py": app('json.load(open("api.json"))["base_url"]', "import json\n"),
        "api.json": f'{{"base_url": "{URL}", "n": 1.10}}',
    },
    "toml": {
        "app.py": app(
            'tomllib.loads(Path("api.toml").read_text())["base_url"]', "import tomllib\nfrom pathlib import Path\n"
        ),
        "api.toml": f'base_url = "{URL}"\n',
    },
    "a field without a default": {
        "conf.py": SETTINGS.replace(f' = "{URL}"', ""),
        "use.py": "import requests\nfrom conf import Settings\n\n"
        'requests.post(f"{Settings().base_url}/«get_bot_agents→list_bots»", json={})\n',
        ".env": f"LC_BASE_URL={URL}\n",
    },
    "a variable that is passed on": {
        "app.py": DEFAULT,
        ".env": f"LC_BASE={URL}\n",
        "compose.yaml": "services:\n  a:\n    environment:\n      LIVECHAT_URL: ${LC_BASE}\n",
    },
    "a file for each stage": {
        "app.py": 'import requests\nimport yaml\n\nc = yaml.safe_load(open("dev.yaml"))\n'
        'requests.post(c["api"]["url"] + "/«get_bot_agents→list_bots»", json={})\n',
        "dev.yaml": f"api:\n  url: {URL}\n",
        "prod.yaml": f"api:\n  url: {URL}\n",
    },
    "another host in the tests": {"app.py": DEFAULT, ".env": ENV, ".env.test": "LIVECHAT_URL=http://localhost\n"},
    "a test that sets it": {
        "app.py": app('os.environ["LIVECHAT_URL"]'),
        ".env": ENV,
        "tests/test_app.py": f'def test_a(monkeypatch):\n    monkeypatch.setenv("LIVECHAT_URL", "{URL}")\n',
    },
    "nobody reads it": {"app.py": "import os\n", ".env": ENV},
    "no Python at all": {".env": ENV},
    "another setting in Go": {".env": ENV, "a.go": 'package a\n\nvar u = os.Getenv("LIVECHAT_HOST")\n'},
    "registrations and their handler": {"app.py": DEFAULT, "receive.py": HANDLER, ".env": ENV, "hooks.json": HOOKS},
    "a script": {
        "app.py": DEFAULT,
        ".env": ENV,
        "a.sh": f"curl -X POST {URL}/«get_bot_agents→list_bots» -d '{{}}'\n",
    },
    "another project": {
        "one/pyproject.toml": "",
        "one/app.py": DEFAULT,
        "one/.env": ENV,
    },
}


@pytest.mark.parametrize("case", TOGETHER)
def test_configuration_and_code_are_edited_together(case):
    before, expected = sides(TOGETHER[case])
    results = analyse(before)
    assert after(results) == {path: expected[path] for path in results}
    assert not any(result.is_changed for result in analyse(expected).values())
    assert not any(finding.edits for result in results.values() for finding in result.remaining)


@pytest.mark.parametrize("case", [case for case in TOGETHER if "registrations" not in case])
def test_the_way_back_edits_the_same_values(case):
    before, expected = sides(TOGETHER[case])
    back = Options(tuple(map(reverse_chain, CHAINS)))
    results = analyse(expected, back)
    assert after(results) == {path: before[path] for path in results}


@pytest.mark.parametrize(
    "case",
    ["a default", "two environments", "compose with a default", "a file of any name", "no default", "pydantic", "yaml"],
)
def test_nothing_is_edited_where_one_file_cannot_be_and_the_file_is_named(case):
    before, _ = sides(TOGETHER[case])
    held = [path for path in before if not path.endswith(".py")]
    for one in held:
        results = analyse(before, obstacles=(one,))
        assert after(results) == {path: before[path] for path in results}
        code = [f for path, r in results.items() if path.endswith(".py") for f in r.findings]
        assert code
        assert any(f"{one}:" in finding.message for finding in code)


APART = {
    "code that keeps a name": {
        ".env": f"LIVECHAT_URL={URL}\n",
        "app.py": app('os.environ["LIVECHAT_URL"]')
        + "def call(kind):\n    return requests.post(f'{BASE}/get_{kind}_agents', json={})\n",
    },
    "code that keeps a name of a default": {
        ".env": f"LIVECHAT_URL={URL}\n",
        "app.py": app(f'os.environ.get("LIVECHAT_URL", "{URL}")')
        + "def call(kind):\n    return requests.post(f'{BASE}/get_{kind}_agents', json={})\n",
    },
    "code that is not followed": {
        ".env": ENV,
        "app.py": app('Box(os.environ)["LIVECHAT_URL"]', "from box import Box\nimport os\n"),
    },
    "a method below an unknown base": {
        "conf/live.yaml": f"livechat:\n  base: {URL}\n",
        "app.py": "class LiveChatClient:\n    def __init__(self, base):\n        self.base = base\n\n    "
        + CALL
        + "\n    def post(self, name):\n        return livechat_post(self.base + name)\n",
    },
    "another language": {".env": ENV, "a.go": 'package a\n\nvar u = os.Getenv("LIVECHAT_URL") + "/get_bot_agents"\n'},
    "a shell script": {".env": ENV, "a.sh": '. ./.env\ncurl "$LIVECHAT_URL/get_bot_agents"\n'},
    "another language beside Python": {
        "app.py": DEFAULT,
        ".env": ENV,
        "a.ts": "const u = process.env.LIVECHAT_URL + '/get_bot_agents'; // livechat\n",
    },
    "an environment of another host that is set first": {
        "app.py": DEFAULT,
        ".env": f"LIVECHAT_URL={URL}\nLIVECHAT_URL=https://other.example\n",
    },
    "registrations whose handler stays": {
        "app.py": DEFAULT,
        ".env": ENV,
        "hooks.json": HOOKS,
        "a.sh": 'curl "$LIVECHAT_URL/get_webhooks_config"\n',
    },
    "a script that sets it": {"app.py": DEFAULT, ".env": ENV, "run.sh": f"export LIVECHAT_URL={URL}\npython app.py\n"},
    "a script that sets it alone": {"app.py": DEFAULT, "run.sh": f"LIVECHAT_URL={URL} python app.py\n"},
    "an image that sets it": {"app.py": DEFAULT, ".env": ENV, "deploy/Dockerfile": f"FROM a\nENV LIVECHAT_URL {URL}\n"},
    "a file inside of a file": {
        "app.py": DEFAULT,
        "ops/cm.yaml": f"data:\n  app.env: |\n    A=1\n    LIVECHAT_URL={URL}\n",
    },
    "an older stage": {"app.py": DEFAULT, ".env": ENV, ".env.prod": ENV.replace("«3.1→3.2»", "3.0")},
    "a file that is built at run time": {
        "app.py": app('yaml.safe_load(open(f"{stage}.yaml"))["api"]["base_url"]', LOAD + "stage = input()\n"),
        "dev.yaml": f"api:\n  base_url: {URL}\n",
    },
    "a key of an answer": {
        "app.py": app('json.loads(requests.get("https://x.example").text)["base_url"]', "import json\n# api.json\n"),
        "api.json": f'{{"base_url": "{URL}"}}',
    },
    "a key of something else": {
        "app.py": app('cache.get("base_url")', "from django.core.cache import cache\n"),
        "api.json": f'{{"base_url": "{URL}"}}',
    },
    "a read that is not followed beside one that is": {
        "app.py": app('os.environ["LIVECHAT_URL"]')
        + 'other = Box(os.environ)["LIVECHAT_URL"]\nrequests.post(other + "/get_bot_agents", json={})\n',
        ".env": ENV,
    },
    "registrations without a URL": {"hooks.json": HOOKS, "app.py": "import os\n"},
}


@pytest.mark.parametrize("case", APART)
def test_what_the_program_does_not_follow_keeps_configuration_and_code_as_they_are(case):
    before, _ = sides(APART[case])
    results = analyse(before)
    assert after(results) == {path: before[path] for path in results}
    assert any(result.findings for result in results.values())
    assert not any(finding.applicability == "safe" for result in results.values() for finding in result.findings)


@pytest.mark.parametrize("case", ["a default", "a module of settings", "no default", "registrations and their handler"])
def test_configuration_stays_where_the_code_that_reads_it_is_not_edited(case):
    before, _ = sides(TOGETHER[case])
    results = analyse(before, obstacles=[path for path in before if path.endswith(".py")])
    assert [path for path, result in results.items() if result.is_changed and not path.endswith(".py")] == []


def test_code_with_a_url_of_its_own_is_edited_beside_configuration_that_stays():
    own = f'import requests\nrequests.post("{URL}/«get_bot_agents→list_bots»", json={{}})\n'
    before, expected = sides({"own.py": own, "app.py": DEFAULT, ".env": ENV})
    results = analyse(before, obstacles=(".env",))
    assert after(results) == {**before, "own.py": expected["own.py"]}
