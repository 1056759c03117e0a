"""Texts that agree with the names of webhooks as they are sent only as long as those stay."""

import pytest

from migrator.matching.selection import Options
from searched import searched
from trees import tree
from verbs import shipped

HOOK = """
    from shop import parts


    def receive(hook):
        if hook["secret_key"] == "k":
            {use}
    """

MADE = [
    pytest.param(
        "parts.app.send_task(f\"hooks.{hook['action']}\")", '@app.task(name="hooks.thread_closed")', id="a task"
    ),
    pytest.param('parts.call("/hooks/" + hook["action"])', '@app.post("/hooks/thread_closed")', id="a route"),
    pytest.param('parts.find("%s.handler" % hook["action"])', 'NAMES = ["thread_closed.handler"]', id="an ending"),
    pytest.param('parts.find("on-{}".format(hook["action"]))', 'TABLE = {"on-thread_closed": print}', id="a key"),
    pytest.param('parts.bus.emit(hook["action"])', 'bus.on("thread_closed", print)', id="what listens"),
]


@pytest.mark.parametrize(("use", "line"), MADE)
def test_what_agrees_with_a_name_that_is_sent_is_for_a_person(use: str, line: str) -> None:
    body = "" if "@" not in line else "def closed(payload): ...\n"
    parts = f"import lib\n\napp = lib.App()\nbus = lib.Bus()\n\n{line}  #@ webhook-thread-closed\n{body}"
    tree({"shop/app.py": HOOK.format(use=use), "shop/parts.py": parts})


KEPT = [
    pytest.param("print(f\"hooks.{hook['action']}\")", 'NAME = "hooks.thread_closed"', id="what is printed"),
    pytest.param('raise ValueError("no " + hook["action"])', 'NAME = "no thread_closed"', id="the text of an error"),
    pytest.param("parts.call(f\"{hook['action']}\")", 'NAME = "thread_closed"', id="the name alone"),
    pytest.param('parts.call("hooks." + hook["url"])', 'NAME = "hooks.thread_closed"', id="made of something else"),
    pytest.param('parts.bus.emit(hook["action"])', 'other.on("thread_closed")', id="what listens to something else"),
    pytest.param('parts.log.info(hook["action"])', 'log.info("thread_closed")', id="what is logged"),
]


@pytest.mark.parametrize(("use", "line"), KEPT)
def test_nothing_is_said_of(use: str, line: str) -> None:
    made = "parts.find(f\"{hook['action']}.made\")"
    parts = f'import lib\n\nbus = lib.Bus()\nother = lib.Bus()\nlog = lib.Log()\n{line}\nMADE = "thread_closed.made"'
    found = tree({"shop/app.py": HOOK.format(use=f"{use}\n            {made}"), "shop/parts.py": parts})
    assert [f.line for f in found if f.rule == "webhook-thread-closed"] == [parts.count("\n") + 1]


def test_the_address_that_is_registered_for_each_name_is_a_route_of_the_program() -> None:
    tree(
        {
            "shop/register.py": """
                import requests

                from shop.settings import PUBLIC

                URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook"


                def register():
                    for name in ("«incoming_chat_thread→incoming_chat»", "incoming_event"):
                        requests.post(URL, json={"url": f"{PUBLIC}/hooks/{name}", "action": name, "secret_key": "k"})
                """,
            "shop/settings.py": "import os\n\nPUBLIC = os.environ['PUBLIC']\n",
            "shop/app.py": """
                from flask import Flask

                from shop.register import register

                app = Flask(__name__)


                @app.post("/hooks/incoming_chat_thread")  #@ webhook-incoming-chat-thread
                def opened(): ...


                @app.post("/other/incoming_chat_thread")
                def other(): ...
                """,
        }
    )


@pytest.mark.parametrize(
    ("look_up", "rules"),
    [
        pytest.param("f\"shop.on.{hook['action']}\"", ["webhook-thread-closed"], id="for a person"),
        pytest.param('"shop.on." + hook["action"]', ["webhook-thread-closed"], id="so by addition"),
        pytest.param("f\"shop.off.{hook['action']}\"", [], id="nothing where there is no such module"),
        pytest.param("f\"shop.on.{hook['url']}\"", [], id="nothing by another name"),
    ],
)
def test_a_module_that_is_imported_by_the_name_of_a_webhook_is(look_up: str, rules: list[str]) -> None:
    receiver = f"""
from importlib import import_module


def receive(hook):
    if hook["secret_key"] == "k" and hook["action"]:
        import_module({look_up}).handle(hook["payload"])
"""
    files = {"shop/app.py": receiver.encode(), "shop/on/thread_closed.py": b"def handle(payload): ...\n"}
    found = searched(files, Options(shipped().chains("3.1", "3.2")))
    assert [(f.rule, f.applicability) for f in found["shop/app.py"].findings] == [(r, "manual") for r in rules]
