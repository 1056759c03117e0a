"""Functions that carry the name of the method they call, renamed on request together with their callers."""

from textwrap import dedent

import pytest

from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from verbs import shipped

CLIENT = """
    import requests

    BASE = "https://api.livechatinc.com/v3.1/configuration/action"


    class Bots:
        def _call(self, method, body):
            return requests.post(f"{BASE}/{method}", json=body).json()

        def get_bot_agents(self):
            return self._call("get_bot_agents", {})

        def first(self):
            return self.get_bot_agents()["bot_agents"][0]


    def remove_bot_agent(bots, bot):
        return bots._call("remove_bot_agent", {"bot_agent_id": bot})
"""
USER = """
    from .client import Bots, remove_bot_agent

    bots = Bots()


    def clean(other):
        for bot in bots.get_bot_agents()["bot_agents"]:
            remove_bot_agent(bots, bot["id"])
        return other.get_bot_agents()
"""


def tree(*, rename: bool) -> dict[str, str]:
    files = {"app/client.py": dedent(CLIENT).encode(), "app/main.py": dedent(USER).encode(), "app/__init__.py": b""}
    options = Options(shipped().chains("3.1", "3.2"), rename_wrappers=rename)
    results = migrate_files(files, options)
    assert [result.error for result in results] == [None] * 3
    return {result.path: result.after.decode() for result in results}


def test_a_wrapper_keeps_its_name_and_its_callers_by_default():
    after = tree(rename=False)
    assert 'def get_bot_agents(self):\n        return self._call("list_bots", {})' in after["app/client.py"]
    assert after["app/main.py"] == dedent(USER)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("app/client.py", "    def list_bots(self):"),
        ("app/client.py", '        return self.list_bots()["bot_agents"][0]'),
        ("app/client.py", "def delete_bot(bots, bot):"),
        ("app/main.py", "from .client import Bots, delete_bot"),
        ("app/main.py", '    for bot in bots.list_bots()["bot_agents"]:'),
        ("app/main.py", '        delete_bot(bots, bot["id"])'),
    ],
)
def test_a_wrapper_is_renamed_with_its_callers_on_request(path, line):
    assert line in tree(rename=True)[path].splitlines()


def test_a_call_on_something_unknown_is_not_renamed_with_a_wrapper():
    assert "    return other.get_bot_agents()" in tree(rename=True)["app/main.py"].splitlines()
