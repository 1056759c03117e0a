"""The older and the newer name of a webhook side by side."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import manual

BOTH = [
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] in ("incoming_chat", "incoming_chat_thread"):  #@ webhook-incoming-chat-thread
                start(hook["payload"])
        """,
        id="in a tuple",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "incoming_chat_thread" or hook["action"] == "incoming_chat":  #@ webhook-incoming-chat-thread
                start(hook["payload"])
        """,
        id="in two comparisons",
    ),
    pytest.param(
        """
        HANDLERS = {
            "thread_closed": print,  #@ webhook-thread-closed
            "chat_deactivated": print,
        }


        def receive(hook):
            assert hook["secret_key"]
            HANDLERS[hook["action"]](hook["payload"])
        """,
        id="as two keys of a table",
    ),
    pytest.param(
        """
        from collections import Counter

        seen = Counter()


        def receive(hook):
            if hook["secret_key"]:
                seen[hook["action"]] += 1


        def closed():
            return seen["thread_closed"] + seen["chat_deactivated"]  #@ webhook-thread-closed
        """,
        id="as two keys that are looked up",
    ),
    pytest.param(
        """
        HANDLERS = {}
        HANDLERS["thread_closed"] = print  #@ webhook-thread-closed
        HANDLERS["chat_deactivated"] = print


        def receive(hook):
            assert hook["secret_key"]
            HANDLERS[hook["action"]](hook["payload"])
        """,
        id="as two keys that are stored",
    ),
    pytest.param(
        """
        NEWER = {
            "incoming_chat_thread": "incoming_chat",  #@ webhook-incoming-chat-thread
        }


        def receive(hook):
            if hook["secret_key"]:
                return NEWER.get(hook["action"], hook["action"])
        """,
        id="in a table that carries one over to the other",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            match hook["action"]:
                case "thread_closed" | "chat_deactivated":  #@ webhook-thread-closed
                    stop(hook["payload"])
        """,
        id="in one pattern",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            action = hook["action"]
            if action == "chat_thread_tagged":  #@ webhook-chat-thread-tagged
                old(hook["payload"])
            elif action == "thread_tagged":
                new(hook["payload"])
        """,
        id="in two branches",
    ),
]


@pytest.mark.parametrize("source", BOTH)
def test_both_names_on_purpose_are_for_a_person(source):
    manual(source)
