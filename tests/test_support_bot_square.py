"""Migrated code sends what the translated requests of the original are: the same, whichever way round one goes."""

from __future__ import annotations

import httpx
import pytest

from livechat_server import livechat_server
from migrator import load_rules
from migrator.files.line_length import find_line_length
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from support_bot_run import CHAT, SUPPORT_BOT, THREAD, support_bot
from upward import sent, translated

#: What the codemod makes of the bot, kept as a tree so that any change of it is seen.
MIGRATED = SUPPORT_BOT.with_name("support_bot_migrated")


@pytest.fixture(scope="module")
def results():
    files = {path.relative_to(SUPPORT_BOT.parent).as_posix(): path.read_bytes() for path in SUPPORT_BOT.glob("*.py")}

    def length(path, default):
        return find_line_length(str(SUPPORT_BOT.parent / path), default)

    return migrate_files(files, Options(load_rules().chains("3.1", "3.2"), find_line_length=length))


@pytest.fixture
def migrated(results, tmp_path):
    """The migrated package in a folder of its own."""
    for result in results:
        assert result.error is None
        target = tmp_path / result.path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(result.after)
    return tmp_path / SUPPORT_BOT.name


def test_the_migrated_bot_works_against_version_3_2(migrated):
    with livechat_server("3.2") as server, support_bot(server.url, migrated) as bot, httpx.Client() as http:
        outcome = bot.run("--announce", CHAT, http=http)
    assert (outcome.code, outcome.err) == (0, "")
    assert "missing: []" in outcome.out
    assert {request.status for request in server.requests} == {200}


def test_the_migrated_bot_fails_against_version_3_1(migrated):
    with livechat_server("3.1") as server, support_bot(server.url, migrated) as bot, httpx.Client() as http:
        assert bot.run(http=http).code == 1


def test_migrated_code_sends_what_the_translated_requests_of_the_original_are(migrated):
    with livechat_server("3.1") as old, support_bot(old.url) as bot, httpx.Client() as http:
        bot.run("--announce", CHAT, http=http)
    with livechat_server("3.2") as new, support_bot(new.url, migrated) as bot, httpx.Client() as http:
        bot.run("--announce", CHAT, http=http)
    assert sent(new.requests) == translated(old.requests, follow_ups=False)
    assert len(old.requests) > 20


DELIVERIES = [
    ("incoming_chat", {"chat": {"id": CHAT, "users": [], "properties": {}, "thread": {"id": THREAD}}}),
    ("thread_tagged", {"chat_id": CHAT, "thread_id": THREAD, "tag": "bug"}),
    ("chat_user_added", {"chat_id": CHAT, "thread_id": THREAD, "user": {"id": "a@example.com"}, "user_type": "agent"}),
    ("chat_deactivated", {"chat_id": CHAT, "thread_id": THREAD, "user_id": "a@example.com"}),
]
JOURNAL = [
    f"webhook-0: {CHAT}: a customer writes",
    "webhook-0: 3 fields",
    f"{CHAT}: tagged bug",
    f"webhook-0: {CHAT}: chat user added",
    f"webhook-0: {CHAT}: closed by a@example.com",
]


def test_the_migrated_receiver_understands_the_webhooks_of_version_3_2(migrated):
    with livechat_server("3.2") as server, support_bot(server.url, migrated) as bot, httpx.Client() as http:
        desk = bot.deliver(server, DELIVERIES, http)
    assert desk.journal.lines == JOURNAL
    assert desk.journal.chats == {CHAT: "closed"}
    assert desk.journal.closed == 1


def test_every_call_that_must_follow_is_named_where_the_status_was_removed(results):
    (bots,) = (result.after.decode() for result in results if result.path.endswith("/bots.py"))
    todos = [line for line in bots.splitlines() if "TODO(migrator " in line]
    assert len(todos) == 3
    assert all("set_routing_status" in line for line in todos)


def test_the_migrated_bot_is_the_one_that_is_kept_among_the_samples(results):
    kept = {f"{SUPPORT_BOT.name}/{path.name}": path.read_bytes() for path in MIGRATED.glob("*.py")}
    assert {result.path: result.after for result in results} == kept


KEPT = {
    "a property that is called status": ("properties.py", b'"status": {'),
    "a value of a property": ("properties.py", b'"solved", "thread_closed"]'),
    "a status that is read from an answer": ("bots.py", b"bot['status']"),
    "the route": ("receiver.py", b'@app.post("/incoming_chat_thread")'),
    "the callback path": ("settings.py", b'CALLBACK_PATH = "/incoming_chat_thread"'),
    "a log text": ("receiver.py", b'log.info("thread_closed or left: %s"'),
    "a method of the bot's own": ("client.py", b"def get_bot_agents(self"),
    "a call of that method": ("bots.py", b"client.get_bot_agents(everyone=True)"),
    "the version of another API": ("chat.py", b"/v3.1/agent/action/send_event"),
    "the handler of the removed webhook": ("receiver.py", b'"agent_status_changed": on_agent'),
    "the check of the removed field": ("receiver.py", b'payload.get("resource") == "chat"'),
}


@pytest.mark.parametrize(("file", "code"), KEPT.values(), ids=KEPT)
def test_the_codemod_keeps(results, file, code):
    (result,) = (result for result in results if result.path.endswith("/" + file))
    assert code in result.before
    assert code in result.after


def test_what_a_person_has_to_look_at_is_left_and_named(results):
    left = {finding.rule for result in results for finding in result.remaining}
    assert {"webhook-agent-status-changed", "access-resource"} <= left


def test_a_second_pass_over_the_migrated_bot_changes_nothing(results):
    files = {result.path: result.after for result in results}
    assert [result.path for result in results if result.is_changed]
    assert not [
        result.path for result in migrate_files(files, Options(load_rules().chains("3.1", "3.2"))) if result.is_changed
    ]
