"""A webhook's name in a match statement, and tests of its beginning."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual, noop, transformed

MATCHES = [
    pytest.param(
        """
        def receive(hook):
            check(hook["secret_key"])
            match hook["action"]:
                case "«incoming_chat_thread→incoming_chat»":
                    start(hook["payload"])
                case "«chat_thread_tagged→thread_tagged»" | "«chat_thread_untagged→thread_untagged»":
                    tag(hook["payload"])
                case "incoming_event":
                    answer(hook["payload"])
                case _:
                    pass
        """,
        id="on the name",
    ),
    pytest.param(
        """
        def receive(hook):
            match hook:
                case {"action": "«incoming_chat_thread→incoming_chat»", "secret_key": key, "payload": {"chat": chat}}:
                    start(key, chat)
                case {"action": "«thread_closed→chat_deactivated»", "payload": {"chat_id": str(chat)}, "webhook_id": _}:
                    stop(chat)
                case {"action": "«chat_thread_tagged→thread_tagged»" | "«chat_thread_untagged→thread_untagged»" as action, **rest}:
                    tag(action, rest)
        """,
        id="on the object",
    ),
    pytest.param(
        """
        def receive(hook):
            match (hook["action"], hook["secret_key"]):
                case ("«thread_closed→chat_deactivated»", key):
                    stop(key)
        """,
        id="on a tuple of the name and the key",  # judgement: the first part is the name
    ),
    pytest.param(
        """
        def receive(hook):
            if hook["webhook_id"] is None:
                return
            match hook.get("action"):
                case "«access_granted→chat_access_granted»" | "«access_revoked→chat_access_revoked»" as action if hook["payload"]:
                    audit(action)
        """,
        id="with a guard",
    ),
]


@pytest.mark.parametrize("source", MATCHES)
def test_a_webhook_is_renamed_in_a_match_statement(source):
    transformed(source)


PREFIXES = [
    pytest.param('hook["action"].startswith("chat_thread_")', id="by startswith"),
    pytest.param('hook["action"].startswith("incoming_chat_thread")', id="by startswith with a whole name"),
    pytest.param(
        'hook["action"].startswith(("chat_thread_tag", "chat_thread_untag"))', id="by startswith with a tuple"
    ),
]


@pytest.mark.parametrize("check", PREFIXES)
def test_a_test_of_a_names_beginning_is_for_a_person(check):
    manual(
        f"""
        def receive(hook):
            if hook["secret_key"] != SECRET:
                return
            if {check}:  #@
                print(hook["payload"])
        """
    )


PATTERNS = [
    pytest.param('re.match("access_(set|granted)", hook["action"])', id="at the beginning"),
    pytest.param('re.fullmatch(r"chat_thread_(un)?tagged", hook["action"])', id="of the whole"),
    pytest.param('re.search("thread_closed", hook["action"], re.I)', id="anywhere"),
]


@pytest.mark.parametrize("check", PATTERNS)
def test_a_pattern_that_the_newer_name_no_longer_matches_is_for_a_person(check):
    manual(
        f"""
        import re


        def receive(hook):
            if hook["secret_key"] == SECRET and {check}:  #@
                print(hook["payload"])
        """
    )


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("^(thread_closed|incoming_event)$  #@ webhook-thread-closed", id="for a person"),
        pytest.param("_tagged$", id="nothing where the newer names match it too"),
        pytest.param(r"^(\\w+)+:$", id="nothing where it may take for ever"),
        pytest.param("(", id="nothing where it is none"),
    ],
)
def test_a_compiled_pattern_is(pattern):
    text, mark, rule = pattern.partition("  #@")
    source = f"""
        import re

        KNOWN = re.compile("{text}"){mark}{rule}


        def receive(hook):
            if hook["secret_key"] == SECRET and KNOWN.match(hook["action"]):
                print(hook["payload"])
        """
    manual(source) if mark else noop(source)
