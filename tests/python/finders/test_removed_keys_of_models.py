"""A key that webhooks no longer have is manual in the models of its payload, and wherever such a model is read."""

from __future__ import annotations

import pytest

from verbs import noop, transformed

_IMPORTS = "import msgspec, pydantic\nfrom dataclasses import dataclass\nfrom typing import TypedDict\n"
_FIELDS = "    webhook_id: str\n    secret_key: str\n    action: str\n    license_id: int\n    payload: Payload\n"


@pytest.mark.parametrize(
    ("head", "field", "read"),
    [
        ("@dataclass\nclass {}:", "resource: str", "hook.payload.resource"),
        ("class {}(pydantic.BaseModel):", "resource: str", "hook.payload.resource"),
        ("class {}(msgspec.Struct):", "resource: str", "hook.payload.resource"),
        ("class {}(pydantic.BaseModel):", 'kind: str = pydantic.Field(alias="resource")', "hook.payload.kind"),
        ("class {}(msgspec.Struct):", 'kind: str = msgspec.field(name="resource")', "hook.payload.kind"),
        ("class {}(TypedDict):", "resource: str", 'hook["payload"]["resource"]'),
        ("class {}(TypedDict):", "resource: str", 'hook["payload"].get("resource")'),
    ],
)
def test_the_field_of_a_payload_is_manual_where_it_is_declared_and_read(head: str, field: str, read: str) -> None:
    action = 'hook["action"]' if "TypedDict" in head else "hook.action"
    transformed(
        f"{_IMPORTS}{head.format('Payload')}\n    id: str\n    {field}  #@ access-resource\n"
        f"{head.format('Hook')}\n{_FIELDS}\ndef handle(hook: Hook):\n"
        f'    if {action} == "«access_set→chat_access_set»":\n        print({read})  #@ access-resource\n'
    )


def test_the_field_of_a_payload_is_manual_in_patterns_and_where_a_fixture_sets_it() -> None:
    transformed(f"""
{_IMPORTS}
@dataclass
class Payload:
    id: str
    resource: str = "chat"  #@ access-resource

@dataclass
class Hook:
{_FIELDS}
HOOK = Hook(webhook_id="w", secret_key="s", license_id=1, action="«access_set→chat_access_set»", payload=Payload(
    id="i",
    resource="chat",  #@ access-resource
))

def handle(hook: Hook):
    match hook:
        case Hook(action="«access_set→chat_access_set»", payload=Payload(resource="chat")):  #@ access-resource
            print(hook)
""")


def test_a_field_of_the_same_name_in_another_model_is_not_reported() -> None:
    noop(f"""
{_IMPORTS}
class Payload(TypedDict):
    id: str

class File(TypedDict):
    resource: str

@dataclass
class Lock:
    resource: str

class Hook(TypedDict):
{_FIELDS}
def handle(hook: Hook, file: File, lock: Lock):
    match lock:
        case Lock(resource="chat"):
            print(file["resource"], lock.resource, hook["payload"]["id"])
""")


@pytest.mark.parametrize(
    "given", ['"w", "s", "«access_set→chat_access_set»", 1, {}', 'action="«access_set→chat_access_set»"']
)
def test_the_name_that_a_fixture_passes_to_a_model_changes_with_its_handler(given: str) -> None:
    transformed(f"""
{_IMPORTS}
@dataclass
class Hook:
{_FIELDS}
HOOK = Hook({given})

def handle(hook: Hook):
    return hook.action == "«access_set→chat_access_set»"
""")
