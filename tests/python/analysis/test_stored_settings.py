"""A URL that a program stores as a setting is followed to where the setting is read."""

from __future__ import annotations

import pytest

from trees import tree
from verbs import noop

_URL = '"https://api.livechatinc.com/v«3.1→3.2»/configuration/action"'
_CALL = """
import requests
from flask import current_app
from app import app

def call(method, **body):
    return requests.post(f"{%s}/{method}", json=body)

def bots():
    return call("«get_bot_agents→list_bots»", all=True)
"""


@pytest.mark.parametrize(
    "stored",
    [
        f'app.config["LC_URL"] = {_URL}',
        f"app.config.update(LC_URL={_URL})",
        f'app.config.from_mapping({{"LC_URL": {_URL}}})',
        f'app.config.setdefault("LC_URL", {_URL})',
        f"class Config:\n    LC_URL = {_URL}\napp.config.from_object(Config)",
    ],
)
@pytest.mark.parametrize("read", ['current_app.config["LC_URL"]', 'app.config.get("LC_URL")'])
def test_the_configuration_of_flask_is_followed(stored: str, read: str) -> None:
    tree(
        {
            "app.py": f"from flask import Flask\napp = Flask(__name__)\n{stored}\n",
            "api.py": _CALL % read.replace('"', "'"),
        }
    )


@pytest.mark.parametrize("named", ["conf", "conf.Config"])
def test_an_object_of_the_configuration_is_found_by_its_dotted_name(named: str) -> None:
    body = f"class Config:\n    LC_URL = {_URL}\n" if named == "conf.Config" else f"LC_URL = {_URL}\n"
    tree(
        {
            "conf.py": body,
            "app.py": f"import conf, flask\napp = flask.Flask(__name__)\napp.config.from_object('{named}')\n",
            "api.py": _CALL % "app.config['LC_URL']",
        }
    )


@pytest.mark.parametrize("stored", [f'os.environ["LC_URL"] = {_URL}', f'os.environ.setdefault("LC_URL", {_URL})'])
@pytest.mark.parametrize("read", ["os.environ['LC_URL']", "os.environ.get('LC_URL')"])
def test_a_variable_that_the_program_sets_is_followed(stored: str, read: str) -> None:
    tree(
        {
            "app.py": f"import os\n{stored}\n",
            "api.py": f'import os, requests, app\nrequests.post(f"{{{read}}}/«get_bot_agents→list_bots»", json={{}})\n',
        }
    )


def test_a_setting_of_another_name_or_holder_is_not_followed() -> None:
    noop("""
import requests
app.config["JOBS_URL"] = "https://jobs.example/v3.1/configuration/action"
other["LC_URL"] = "https://jobs.example/v3.1/configuration/action"
requests.post(app.config["JOBS_URL"] + "/get_bot_agents", json={})
requests.post(app.config["LC_URL"] + "/get_bot_agents/1", json={})
""")
