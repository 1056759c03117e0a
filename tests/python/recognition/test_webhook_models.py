"""Models of a webhook as the libraries have them that check, load and describe documents."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from trees import tree
from verbs import manual, transformed

MODELS = [
    pytest.param(
        """
        from marshmallow import Schema, fields, validate

        ACTIONS = ["«incoming_chat_thread→incoming_chat»", "incoming_event"]


        class Opened(Schema):
            secret_key = fields.Str(required=True)
            action = fields.Str(validate=validate.OneOf(ACTIONS))
            payload = fields.Dict()


        class Tagged(Schema):
            secret_key = fields.Str(required=True)
            action = fields.Str(validate=[validate.OneOf(["«chat_thread_tagged→thread_tagged»", "«chat_thread_untagged→thread_untagged»"])])
            payload = fields.Dict()
        """,
        id="a schema of marshmallow",
    ),
    pytest.param(
        """
        from rest_framework import serializers


        class Hook(serializers.Serializer):
            secret_key = serializers.CharField()
            action = serializers.ChoiceField(choices=["«incoming_chat_thread→incoming_chat»", "«thread_closed→chat_deactivated»"])
            payload = serializers.DictField()
        """,
        id="a serializer of Django REST framework",
    ),
    pytest.param(
        """
        import msgspec


        class Hook(msgspec.Struct, tag_field="action"):
            secret_key: str
            payload: dict


        class Opened(Hook, tag="«incoming_chat_thread→incoming_chat»"): ...


        class Closed(msgspec.Struct, tag_field="action", tag="«thread_closed→chat_deactivated»"):
            webhook_id: str
            payload: dict
        """,
        id="tagged structs of msgspec",
    ),
    pytest.param(
        """
        HOOK = {
            "type": "object",
            "required": ["secret_key", "action", "payload"],
            "properties": {
                "secret_key": {"type": "string"},
                "action": {"enum": ["«incoming_chat_thread→incoming_chat»", "incoming_event"], "default": "«thread_closed→chat_deactivated»"},
                "payload": {"type": "object"},
            },
        }
        """,
        id="a JSON schema",
    ),
    pytest.param(
        """
        import attr


        @attr.s(auto_attribs=True)
        class Hook:
            secret_key: str
            action: str = attr.ib(validator=attr.validators.in_(["«thread_closed→chat_deactivated»"]))
            payload: dict = attr.ib(factory=dict)

            @property
            def is_opened(self):
                return self.action == "«incoming_chat_thread→incoming_chat»"
        """,
        id="a class of attrs",
    ),
    pytest.param(
        """
        from pydantic import BaseModel, field_validator


        class Hook(BaseModel):
            secret_key: str
            action: str
            payload: dict

            @field_validator("action")
            @classmethod
            def is_known(cls, value):
                assert value in ("«incoming_chat_thread→incoming_chat»", "«thread_closed→chat_deactivated»")
                return value

            @field_validator("secret_key")
            @classmethod
            def is_ours(cls, value):
                assert value != "thread_closed"
                return value
        """,
        id="the check of a field",
    ),
    pytest.param(
        """
        from enum import Enum


        class Hook(Enum):
            CLOSED = ("«thread_closed→chat_deactivated»", "Chat closed")
            OPENED = "«incoming_chat_thread→incoming_chat»", "Chat opened"


        def receive(hook):
            if hook["secret_key"] == "k" and hook["action"] == Hook.CLOSED.value[0]:
                return Hook(hook["action"])
        """,
        id="an enum with a label beside each value",
    ),
]


@pytest.mark.parametrize("source", MODELS)
def test_a_name_is_renamed_in(source: str) -> None:
    transformed(source)


STORED = [
    pytest.param(
        """
        from django.db import models


        class Hook(models.Model):
            secret_key = models.CharField(max_length=40)
            action = models.CharField(max_length=40, default="thread_closed")  #@ webhook-thread-closed
            payload = models.JSONField()
        """,
        id="a model of Django",
    ),
    pytest.param(
        """
        from sqlalchemy import Column, Enum, String


        class Hook(Base):
            __tablename__ = "hooks"
            webhook_id = Column(String, primary_key=True)
            action = Column(Enum("thread_closed", "incoming_event"))  #@ webhook-thread-closed
            payload = Column(String)
        """,
        id="a table of SQLAlchemy",
    ),
]


@pytest.mark.parametrize("source", STORED)
def test_a_name_is_for_a_person_where_it_is_stored(source: str) -> None:
    manual(source)


KEPT = [
    pytest.param(
        """
        from marshmallow import Schema, fields


        class Hook(Schema):
            webhook_id = fields.Str()
            action = fields.Str()
            data = fields.Dict()  #@ webhook-data
        """,
        id="a schema of marshmallow",
    ),
    pytest.param(
        """
        HOOK = {
            "type": "object",
            "required": ["secret_key", "action", "data"],
            "properties": {
                "secret_key": {"type": "string"},
                "action": {"type": "string"},
                "data": {"type": "object"},  #@ webhook-data
            },
        }
        """,
        id="a JSON schema, which lists its keys as well",
    ),
]


@pytest.mark.parametrize("source", KEPT)
def test_a_key_is_for_a_person_in(source: str) -> None:
    manual(source, source="3.0", target="3.1")


def test_a_field_that_a_model_inherits_from_another_module_is_read_there() -> None:
    tree(
        {
            "hooks/base.py": """
                from pydantic import BaseModel

                CLOSED = "«thread_closed→chat_deactivated»"


                class Named(BaseModel):
                    action: str = CLOSED
                """,
            "hooks/closed.py": """
                from hooks.base import Named


                class Closed(Named):
                    secret_key: str
                    payload: dict
                """,
        }
    )


READS = [
    "TypeAdapter(Hook).validate_python(body)",
    "msgspec.json.decode(body, type=Hook)",
    "parse_obj_as(Hook, body)",
    "from_dict(data_class=Hook, data=body)",
    "CONVERTER.structure(body, Hook)",
    "DECODER.decode(body)",
]


@pytest.mark.parametrize("read", READS)
def test_an_object_that_a_library_makes_of_a_model_is_one_of_the_model(read: str) -> None:
    transformed(
        f"""
        from typing import Union

        import cattrs
        import msgspec
        from dacite import from_dict
        from pydantic import BaseModel, TypeAdapter, parse_obj_as


        class Known(BaseModel):
            secret_key: str
            action: str
            payload: dict


        class Other(BaseModel):
            action: str


        Hook = Union[Known, Other]
        CONVERTER = cattrs.Converter()
        DECODER = msgspec.json.Decoder(Hook)


        def receive(body):
            if CONVERTER.structure(body, Other).action == "thread_closed":
                return None
            return {read}.action == "«thread_closed→chat_deactivated»"
        """
    )
