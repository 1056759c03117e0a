"""Small programs of several modules, told whole."""

# ruff: noqa: E501 - the sources under test are as long as they are

from trees import tree

DESK_API = """
import logging

import requests

from . import config

log = logging.getLogger(__name__)


class ConfigClient:
    def __init__(self, token, session=None):
        self.session = session or requests.Session()
        self.session.headers["Authorization"] = "Bearer " + token

    def _post(self, action, body=None):
        answer = self.session.post(f"{config.ROOT}/{action}", json=body or {}, timeout=10)
        return answer.json() if answer.content else None

    def bots(self):
        return self._post("«get_bot_agents→list_bots»", {"all": True})["bot_agents"]

    def new_bot(self, name, url, secret):
        log.info("create_bot_agent %s", name)
        hooks = {
            "url": url,
            "secret_key": secret,
            "actions": [{"name": "«incoming_chat_thread→incoming_chat»"}, {"name": "incoming_event"}],
        }
        return self._post("«create_bot_agent→create_bot»", {"name": name, "webhooks": hooks})["bot_agent_id"]

    def drop_bot(self, bot_id):
        self._post("«remove_bot_agent→delete_bot»", {"bot_agent_id": bot_id})
"""
DESK_HOOKS = """
from flask import Blueprint, abort, current_app, request

bp = Blueprint("hooks", __name__)
_handlers = {}


def on(name):
    def wrap(handler):
        _handlers[name] = handler
        return handler

    return wrap


@bp.route("/livechat", methods=["POST"])
def receive():
    event = request.get_json(force=True)
    if event.get("secret_key") != current_app.config["SECRET"]:
        abort(403)
    handler = _handlers.get(event["action"])
    if handler is not None:
        handler(event["payload"])
    return "", 204


@on("«incoming_chat_thread→incoming_chat»")
def opened(payload):
    return payload["chat"]["id"]


@on("«thread_closed→chat_deactivated»")
def closed(payload):
    return payload["thread_id"]


@on("agent_status_changed")  #@ webhook-agent-status-changed
def presence(payload):
    return payload["status"]
"""


def test_a_package_with_a_src_layout_is_followed_through() -> None:
    tree(
        {
            "src/deskbot/__init__.py": """
                from .api import ConfigClient
                from .hooks import bp

                __all__ = ["ConfigClient", "bp"]
                """,
            "src/deskbot/config.py": """
                import os

                HOST = os.environ.get("LC_HOST", "https://api.livechatinc.com")
                VERSION = "«3.1→3.2»"
                ROOT = f"{HOST}/v{VERSION}/configuration/action"
                """,
            "src/deskbot/api.py": DESK_API,
            "src/deskbot/hooks.py": DESK_HOOKS,
            "src/deskbot/cli.py": """
                import click
                from deskbot import ConfigClient


                @click.command("list_bots")
                @click.argument("token")
                def main(token):
                    for bot in ConfigClient(token).bots():
                        click.echo(bot["name"] + " " + bot["status"])
                """,
        }
    )


def test_a_script_whose_base_serves_two_services_keeps_its_version() -> None:
    tree(
        {
            "extract.py": """
                import json

                import requests

                LC = "https://api.livechatinc.com/v3.1"  #@ version-3.2
                AGENT = LC + "/agent/action"
                CONF = LC + "/configuration/action"


                def post(url, **body):
                    return requests.post(url, data=json.dumps(body))


                def archives(**filters):
                    return post(f"{AGENT}/get_archives", filters=filters).json()


                def bots():
                    for bot in post(f"{CONF}/get_bot_agents", all=True).json().get("bot_agents", []):  #@ method-get-bot-agents
                        found = post(CONF + "/get_bot_agent_details", bot_agent_id=bot["id"]).json()["bot_agent"]  #@
                        names = [action["name"] for action in found.get("webhooks", {}).get("actions", [])]
                        yield {"id": bot["id"], "status": bot["status"], "closes": "thread_closed" in names}  #@


                def hooks():
                    rows = post("/".join([CONF, "get_webhooks_config"])).json()  #@
                    return [row for row in rows if row["action"].startswith("chat_thread_")]  #@
                """
        }
    )


def test_a_registry_that_makes_enum_members_of_names_is_followed() -> None:
    tree(
        {
            "hooks/__init__.py": "",
            "hooks/names.py": '''
                import enum


                class Hook(str, enum.Enum):
                    """Webhooks of LiveChat that we subscribe to."""

                    CHAT = "«incoming_chat_thread→incoming_chat»"
                    CLOSED = "«thread_closed→chat_deactivated»"
                    MESSAGE = "incoming_event"
                    STATUS = "agent_status_changed"  #@ webhook-agent-status-changed
                ''',
            "hooks/registry.py": """
                from collections import defaultdict

                from .names import Hook


                class Registry:
                    def __init__(self):
                        self._by_name = defaultdict(list)

                    def register(self, *names):
                        def decorate(handler):
                            for name in names:
                                self._by_name[name].append(handler)
                            return handler

                        return decorate

                    def dispatch(self, raw):
                        if raw["secret_key"] != "k":
                            return
                        for handler in self._by_name[Hook(raw["action"])]:
                            handler(raw["payload"])
                """,
            "hooks/install.py": """
                import requests

                from .names import Hook

                URL = "https://api.livechatinc.com/«v3.1→v3.2»/configuration/action/register_webhook"


                def install(target):
                    for hook in Hook:
                        requests.post(URL, json={"action": hook.value, "url": f"{target}/{hook.value}", "secret_key": "k"})
                """,
        }
    )


def test_the_envelope_of_3_0_is_followed_from_flask_to_its_handlers() -> None:
    tree(
        {
            "hooks.py": """
                from flask import Flask, jsonify, request

                app = Flask(__name__)


                @app.post("/livechat")
                def livechat():
                    data = request.json
                    if data["secret_key"] != "k":
                        return "", 403
                    if data["action"] == "«incoming_chat_thread→incoming_chat»":
                        return jsonify(id=data["«data→payload»"]["chat"]["id"])
                    if data["action"] == "«thread_closed→chat_deactivated»":
                        return jsonify(data.get("«data→payload»", {}))
                    return "", 204
                """
        },
        source="3.0",
    )
