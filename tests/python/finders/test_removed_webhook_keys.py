"""`resource`, which the three access webhooks no longer carry."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from verbs import transformed

READS = [
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "«access_granted→chat_access_granted»":
                if hook["payload"]["resource"] == "chat":  #@ access-resource
                    share(hook["payload"]["id"])
        """,
        id="by a subscript",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            payload = hook["payload"]
            if hook["action"] in ("«access_granted→chat_access_granted»", "«access_revoked→chat_access_revoked»", "«access_set→chat_access_set»"):
                kind = payload.get("resource", "chat")  #@ access-resource
                audit(kind, payload["id"])
        """,
        id="by get",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            match hook:
                case {"action": "«access_set→chat_access_set»", "payload": {"resource": "chat", "id": chat}}:  #@ access-resource
                    share(chat)
        """,
        id="in a pattern",
    ),
    pytest.param(
        """
        from typing import Literal

        from pydantic import BaseModel


        class Access(BaseModel):
            resource: str  #@ access-resource
            id: str


        class AccessSet(BaseModel):
            webhook_id: str
            secret_key: str
            action: Literal["«access_set→chat_access_set»"]
            payload: Access
        """,
        id="as the field of a model",
    ),
    pytest.param(
        """
        def on_access(payload):
            if payload["resource"] != "chat":  #@ access-resource
                return
            share(payload["id"])


        HANDLERS = {"«access_granted→chat_access_granted»": on_access, "incoming_event": print}


        def receive(hook):
            assert hook["secret_key"]
            HANDLERS[hook["action"]](hook["payload"])
        """,
        id="in a handler of a table",
    ),
    pytest.param(
        """
        from dataclasses import dataclass
        from types import SimpleNamespace


        @dataclass
        class Hook:
            webhook_id: str
            secret_key: str
            action: str
            payload: SimpleNamespace


        def receive(hook: Hook):
            if hook.action == "«access_revoked→chat_access_revoked»":
                print(hook.payload.resource)  #@ access-resource
        """,
        id="by an attribute",
    ),
    pytest.param(
        """
        def receive(hook):
            assert hook["secret_key"]
            if hook["action"] == "«access_granted→chat_access_granted»":
                grant(hook["payload"])


        def grant(payload):
            print(payload["resource"], payload["id"])  #@ access-resource
        """,
        id="in a function that gets the payload",
    ),
]


@pytest.mark.parametrize("source", READS)
def test_a_resource_that_is_read_in_a_handler_is_for_a_person(source):
    transformed(source)


def test_a_resource_of_something_else_is_not_shown():
    result = transformed(
        """
        def receive(hook, bucket):
            assert hook["secret_key"]
            if hook["action"] == "«thread_closed→chat_deactivated»":
                print(hook["payload"]["chat_id"], bucket["resource"], bucket.resource)
            elif hook["action"] == "«access_set→chat_access_set»":
                print(hook["payload"]["id"], bucket["resource"])
        """
    )
    assert "access-resource" not in {finding.rule for finding in result.findings}
