"""A webhook's name in constants, enums, types, models, fixtures and JSON."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import noop, transformed, unsafe_only

NAMES = [
    pytest.param(
        """
        INCOMING_CHAT_THREAD = "«incoming_chat_thread→incoming_chat»"
        THREAD_CLOSED = "«thread_closed→chat_deactivated»"


        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == INCOMING_CHAT_THREAD:
                start(hook["payload"])
            elif hook["action"] == THREAD_CLOSED:
                stop(hook["payload"])
        """,
        id="constants",
    ),
    pytest.param(
        """
        class Actions:
            CLOSED = "«thread_closed→chat_deactivated»"
            EVENT = "incoming_event"


        def receive(hook):
            assert hook["secret_key"]
            return hook["action"] == Actions.CLOSED
        """,
        id="attributes of a class",
    ),
    pytest.param(
        """
        from enum import Enum


        class Action(str, Enum):
            INCOMING_CHAT_THREAD = "«incoming_chat_thread→incoming_chat»"
            THREAD_CLOSED = "«thread_closed→chat_deactivated»"
            INCOMING_EVENT = "incoming_event"


        def receive(hook):
            if hook["secret_key"] == "s" and Action(hook["action"]) is Action.THREAD_CLOSED:
                stop(hook["payload"])
        """,
        id="an enum",
    ),
    pytest.param(
        """
        from enum import StrEnum


        class LiveChatWebhook(StrEnum):
            CHAT = "«incoming_chat_thread→incoming_chat»"
            EVENT = "incoming_event"
            TAGGED = "«chat_thread_tagged→thread_tagged»"
            DELETED = "agent_deleted"
        """,
        id="a closed enum in a module that speaks of LiveChat",
    ),
    pytest.param(
        '''
        """Types of the LiveChat webhooks."""

        from typing import Literal

        Action = Literal["«incoming_chat_thread→incoming_chat»", "incoming_event", "«thread_closed→chat_deactivated»"]
        ''',
        id="a closed Literal in a module that speaks of LiveChat",
    ),
    pytest.param(
        """
        from shop.livechat import subscribe

        subscribe(["«incoming_chat_thread→incoming_chat»", "incoming_event", "«access_granted→chat_access_granted»"])
        """,
        id="a closed list in a module that imports livechat",
    ),
    pytest.param(
        """
        from typing import Any, Literal, TypedDict


        class Closed(TypedDict):
            webhook_id: str
            secret_key: str
            action: Literal["«thread_closed→chat_deactivated»"]
            payload: dict[str, Any]
        """,
        id="a TypedDict of the envelope",
    ),
    pytest.param(
        """
        from typing import Literal, Union

        from pydantic import BaseModel, Field


        class Hook(BaseModel):
            webhook_id: str
            secret_key: str = Field(repr=False)
            payload: dict


        class ThreadClosed(Hook):
            action: Literal["«thread_closed→chat_deactivated»"]


        class Tagged(BaseModel):
            action: Literal["«chat_thread_tagged→thread_tagged»", "«chat_thread_untagged→thread_untagged»"] = "«chat_thread_tagged→thread_tagged»"
            webhook_id: str
            secret_key: str


        AnyHook = Union[ThreadClosed, Tagged]
        """,
        id="pydantic models of the envelope",
    ),
    pytest.param(
        """
        import pytest


        @pytest.fixture
        def closed():
            return {
                "webhook_id": "fe07d5d0",
                "secret_key": "secret",
                "action": "«thread_closed→chat_deactivated»",
                "payload": {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8", "user_id": "thread_closed"},
                "additional_data": {},
            }


        def test_that_the_chat_is_forgotten(client, closed):
            assert client.post("/hook", json=closed).status_code == 200
        """,
        id="a fixture of a test",
    ),
    pytest.param(
        """
        import json

        CLOSED = '{"webhook_id": "fe07d5d0", "secret_key": "s", "action": "«thread_closed→chat_deactivated»", "payload": {"chat_id": "P"}}'


        def test_that_the_chat_is_forgotten(client):
            assert client.post("/hook", data=CLOSED).json() == json.loads("{}")
        """,
        id="JSON in a string",
    ),
    pytest.param(
        '''
        CLOSED = """
        {
            "webhook_id": "fe07d5d0",
            "secret_key": "s",
            "action": "«thread_closed→chat_deactivated»",
            "payload": {
                "chat_id": "thread_closed"
            }
        }
        """
        ''',
        id="JSON in a string over several lines",
    ),
    pytest.param(
        """
        BODY = b"{\\"secret_key\\": \\"s\\", \\"action\\": \\"«thread_closed→chat_deactivated»\\", \\"payload\\": {}}"
        """,
        id="JSON in a bytes literal with escaped quotes",
    ),
    pytest.param(
        """
        import pytest


        @pytest.mark.parametrize("action", ["«incoming_chat_thread→incoming_chat»", "«thread_closed→chat_deactivated»"])
        def test_that_hooks_are_accepted(client, action):
            hook = {"webhook_id": "w", "secret_key": "s", "action": action, "payload": {}}
            assert client.post("/hook", json=hook).status_code == 200
        """,
        id="the parameters of a test",
    ),
    pytest.param(
        """
        def envelope(action, **payload):
            return {"webhook_id": "w", "secret_key": "s", "action": action, "payload": payload}


        CLOSED = envelope("«thread_closed→chat_deactivated»", chat_id="P")
        TAGGED = envelope(action="«chat_thread_tagged→thread_tagged»", tag="vip")
        """,
        id="given to a function that makes the envelope",
    ),
]


@pytest.mark.parametrize("source", NAMES)
def test_a_webhook_is_renamed_where_it_is_defined(source):
    transformed(source)


def test_a_closed_set_without_any_other_evidence_is_left_alone():
    noop(
        """
        from enum import Enum


        class Notice(Enum):
            OPENED = "incoming_chat_thread"
            CLOSED = "thread_closed"
            EVENT = "incoming_event"
            ADDED = "chat_user_added"
        """,
        reported=True,  # judgement: three names of the API together may be mentioned
    )


def test_two_names_in_a_module_that_speaks_of_livechat_are_unsafe():
    unsafe_only(
        '''
        """LiveChat notices."""

        from typing import Literal

        Notice = Literal["«thread_closed→chat_deactivated»", "«access_granted→chat_access_granted»", "forum_opened"]
        '''
    )
