"""How each occurrence of an old program is accounted for in the present one."""

from __future__ import annotations

from textwrap import dedent

from migrator.program.verify.compare_programs import compare_programs
from verified_programs import CHAINS, analyse

OLD = """
import requests

BASE = "https://api.livechatinc.com/v3.1/configuration/action"


def hire(name):
    return requests.post(f"{BASE}/create_bot_agent", json={"name": name, "status": "accepting chats"})


def change(bot):
    return requests.post(f"{BASE}/update_bot_agent", json={"id": bot})


def receive(hook):
    if hook["secret_key"] == KEY and hook["action"] == "thread_closed":
        close(hook["payload"])
"""
NEW = (
    OLD.replace("3.1", "3.2")
    .replace("create_bot_agent", "create_bot")
    .replace("update_bot_agent", "update_bot")
    .replace("thread_closed", "chat_deactivated")
    .replace(', "status": "accepting chats"', "")
)
ROUTE = 'def route(bot):\n    requests.post("/agent/action/set_routing_status", json={"agent_id": bot})\n'
CALLED = NEW.replace("def receive", ROUTE + "\n\ndef receive")
DONE = CALLED.replace("def hire(name):\n    return ", "def hire(name):\n    bot = ").replace(
    'json={"name": name})', 'json={"name": name}).json()\n    route(bot["bot_agent_id"])\n    return bot'
)


def compare(old, new):
    """The accounts of a program of one file or more: state, line and message."""
    programs = ({"a.py": text} if isinstance(text, str) else text for text in (old, new))
    old_program, new_program = (analyse({p: dedent(text).encode() for p, text in each.items()}) for each in programs)
    return compare_programs(old_program, new_program, CHAINS)


def states(accounts):
    return sorted((account.state.value, account.rule) for account in accounts if account.state.value != "done")


def messages(accounts, state="wrong"):
    return [(account.line, account.message) for account in accounts if account.state == state]


def test_what_was_done_by_hand_with_its_follow_up_is_done():
    accounts = compare(OLD, DONE)
    assert states(accounts) == []
    assert len(accounts) == 5


def test_a_removed_value_without_its_follow_up_is_wrong():
    assert messages(compare(OLD, CALLED)) == [
        (8, "`status` and its TODO were removed, but `set_routing_status` is not called")
    ]


def test_two_names_that_were_swapped_are_wrong():
    new = DONE.replace("create_bot", "@").replace("update_bot", "create_bot").replace("@", "update_bot")
    assert {message for _, message in messages(compare(OLD, new))} == {
        "`update_bot` stands where `create_bot` is expected",
        "`create_bot` stands where `update_bot` is expected",
    }


def test_a_url_that_was_raised_alone_is_wrong_for_every_name_that_goes_through_it():
    found = messages(compare(OLD, OLD.replace("v3.1", "v3.2")))
    assert [message for _, message in found] == [
        "`create_bot_agent` is called under version 3.2: the URL at a.py:4 was raised alone",
        "`update_bot_agent` is called under version 3.2: the URL at a.py:4 was raised alone",
    ]


def test_names_that_were_renamed_under_the_old_version_are_wrong():
    found = messages(compare(OLD, DONE.replace("v3.2", "v3.1")))
    assert [message for _, message in found] == [
        "`create_bot` is called under version 3.1: the URL at a.py:4 is not raised",
        "`update_bot` is called under version 3.1: the URL at a.py:4 is not raised",
    ]


def test_a_name_that_only_looked_like_the_apis_must_not_change():
    other = 'TABLE = {"thread_closed": "a row of our own"}\nprint(TABLE)\n'
    accounts = compare({"a.py": OLD, "b.py": other + HOOKS}, {"a.py": DONE, "b.py": other.replace(*RENAME) + HOOKS_NEW})
    assert messages(accounts) == [(1, "`thread_closed` was renamed, but nothing shows that it is a name of the API")]


RENAME = ("thread_closed", "chat_deactivated")
HOOKS = 'def receive(hook):\n    if hook["secret_key"] == KEY and hook["action"] == "thread_closed":\n        pass\n'
HOOKS_NEW = HOOKS.replace(*RENAME)


def test_code_that_moved_into_another_file_is_done():
    head, _, rest = DONE.partition("\n\ndef receive")
    accounts = compare(OLD, {"a.py": head, "hooks.py": "def receive" + rest})
    assert states(accounts) == []


def test_a_handler_that_was_deleted_is_removed():
    accounts = compare(OLD, DONE.partition("\n\ndef receive")[0])
    assert states(accounts) == [("removed", "webhook-thread-closed")]


def test_an_old_name_in_new_code_is_open():
    more = DONE + '\n\nrequests.post(f"{BASE}/get_bot_agents")\n'
    assert ("open", "method-get-bot-agents") in states(compare(OLD, more))
