"""The changed keys of bodies that a model builds, or that are nested in a wrapper, are manual."""

from __future__ import annotations

import pytest

from verbs import transformed

_URL = 'URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/«create_bot_agent→create_bot»"\n'


@pytest.mark.parametrize(
    ("head", "dumped"),
    [
        ("from pydantic import BaseModel\n\nclass Bot(BaseModel):", "bot.model_dump()"),
        ("from pydantic import BaseModel\n\nclass Bot(BaseModel):", "bot.model_dump(exclude_none=True)"),
        ("from pydantic import BaseModel\n\nclass Bot(BaseModel):", "bot.dict()"),
        ("from pydantic import BaseModel\n\nclass Bot(BaseModel):", "{**bot.model_dump(), 'x': 1}"),
        ("from dataclasses import asdict, dataclass\n\n@dataclass\nclass Bot:", "asdict(bot)"),
        ("import dataclasses\n\n@dataclasses.dataclass\nclass Bot:", "dataclasses.asdict(bot)"),
        ("import attrs\n\n@attrs.define\nclass Bot:", "attrs.asdict(bot)"),
        ("import msgspec\n\nclass Bot(msgspec.Struct):", "msgspec.to_builtins(bot)"),
        ("from dataclasses import dataclass\n\n@dataclass\nclass Bot:", "bot.__dict__"),
        ("from dataclasses import dataclass\n\n@dataclass\nclass Bot:", "vars(bot)"),
    ],
)
def test_the_field_of_a_model_and_its_uses_are_manual(head: str, dumped: str) -> None:
    transformed(f"""
import requests
{head}
    name: str
    status: str = "offline"  #@ create-bot-status

{_URL}
def hire(name):
    bot = Bot(
        name=name,
        status="accepting chats",  #@ create-bot-status
    )
    return requests.post(URL, json={dumped})
""")


def test_a_field_is_known_by_its_alias() -> None:
    transformed(f"""
import requests
from pydantic import BaseModel, Field

class Bot(BaseModel):
    name: str
    state: str = Field("offline", serialization_alias="status")  #@ create-bot-status

{_URL}
def hire(bot: Bot):
    return requests.post(URL, json=bot.model_dump(by_alias=True))
""")


def test_a_body_with_a_name_of_its_own_is_followed() -> None:
    transformed(f"""
import requests
from pydantic import BaseModel

class Bot(BaseModel):
    status: str  #@ create-bot-status

{_URL}
def hire(bot: Bot):
    bot.status = "offline"  #@ create-bot-status
    body = bot.model_dump()
    return requests.post(URL, json=body)
""")


def test_a_key_inside_the_wrapper_of_an_old_version_is_manual() -> None:
    transformed(
        """
import requests
URL = "https://api.livechatinc.com/v«3.0→3.2»/configuration/action/"

def hire(name):
    return requests.post(
        URL + "«create_bot_agent→create_bot»",  #@ request-payload-wrapper
        json={
            "payload": {
                "name": name,
                "status": "accepting chats",  #@ create-bot-status
            }
        },
    )

def park(i):
    inner = {"id": i}
    inner["status"] = "offline"  #@ update-bot-status
    requests.post(URL + "«update_bot_agent→update_bot»", json=dict(payload=inner))  #@ request-payload-wrapper
""",
        source="3.0",
    )


@pytest.mark.parametrize(
    "validated",
    ["Payload.model_validate(hook.payload)", "Payload(**hook.payload)", "Payload.parse_obj(hook.payload)"],
)
def test_the_model_of_the_body_of_a_webhook_and_its_reads_are_manual(validated: str) -> None:
    transformed(f"""
from typing import Any
from pydantic import BaseModel

class Payload(BaseModel):
    id: str
    resource: str  #@ access-resource

class Hook(BaseModel):
    webhook_id: str
    secret_key: str
    action: str
    payload: dict[str, Any]

def receive(hook: Hook):
    if hook.action == "«access_granted→chat_access_granted»":
        body = {validated}
        if body.resource == "chat":  #@ access-resource
            return body.id
""")


@pytest.mark.parametrize(
    ("head", "field", "dumped"),
    [
        (
            "import msgspec\nclass Bot(msgspec.Struct):",
            'state: str = msgspec.field(name="status")',
            "msgspec.json.encode(Bot(s))",
        ),
        (
            "import pydantic\nclass Bot(pydantic.BaseModel):",
            'state: Annotated[str, Field(alias="status")]',
            "Bot(s).dict()",
        ),
        ("import marshmallow\nclass Bot(marshmallow.Schema):", "status = fields.Str()", "Bot().dump(s)"),
        (
            "import marshmallow\nclass Bot(marshmallow.Schema):",
            'state = fields.Str(data_key="status")',
            "Bot().dump(s)",
        ),
        ("from typing import TypedDict\nclass Bot(TypedDict):", "status: str", "Bot(name=s)"),
        (
            "@dataclass\nclass Bot:",
            "status: str\n    def to_payload(self):\n        return asdict(self)",
            "Bot(s).to_payload()",
        ),
    ],
)
def test_a_field_is_known_however_the_library_names_and_dumps_it(head: str, field: str, dumped: str) -> None:
    declared, *methods = field.split("\n")
    transformed(
        f"import requests\nfrom dataclasses import asdict, dataclass\n{head}\n    {declared}  #@ create-bot-status\n"
        + "".join(f"{line}\n" for line in methods)
        + f"{_URL}\ndef hire(s):\n    return requests.post(URL, data={dumped})\n"
    )


def test_the_keys_of_a_typed_dict_are_manual_where_they_are_set() -> None:
    transformed(f"""
import requests
from typing import TypedDict

class Bot(TypedDict, total=False):
    name: str
    status: str  #@ create-bot-status

{_URL}
def hire(bot: Bot):
    bot["status"] = "offline"  #@ create-bot-status
    return requests.post(URL, json=bot)
""")


@pytest.mark.parametrize(
    ("parameters", "body", "passed"),
    [
        ("method, body", "body", "bot.model_dump(by_alias=True)"),
        ("method, body", "body.model_dump()", "bot"),
        ("method, **body", "body", "**bot.model_dump()"),
    ],
)
def test_a_model_is_followed_through_a_wrapper(parameters: str, body: str, passed: str) -> None:
    transformed(f"""
import requests
from pydantic import BaseModel

class Bot(BaseModel):
    name: str
    status: str = "offline"  #@ create-bot-status

def call({parameters}):
    url = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/" + method
    return requests.post(url, json={body})

def hire(bot: Bot):
    return call("«create_bot_agent→create_bot»", {passed})
""")


def test_a_model_that_goes_elsewhere_is_not_reported() -> None:
    result = transformed(f"""
import requests
from marshmallow import Schema, fields
from typing import TypedDict

class Job(TypedDict):
    status: str

class JobSchema(Schema):
    status = fields.Str()

class Bot(TypedDict):
    name: str

{_URL}
def hire(job: Job, schema: JobSchema):
    requests.post("https://jobs.example/jobs", json=job)
    requests.post("https://jobs.example/jobs", json=JobSchema().dump(job))
    job["status"] = "done"
    return requests.post(URL, json=Bot(name="x"), headers=headers(job))
""")
    assert [found.rule for found in result.findings if found.rule.endswith("status")] == []
