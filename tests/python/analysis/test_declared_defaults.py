"""The default of a declared field or parameter is its value, wherever the field is read."""

from __future__ import annotations

import pytest

from verbs import noop, transformed

_URL = '"https://api.livechatinc.com/v«3.1→3.2»/configuration/action"'


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (
            "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Config(BaseSettings):",
            "Field",
        ),
        ("from pydantic import BaseModel, Field\nclass Config(BaseModel):", "Field"),
        ("import attr\n@attr.s(auto_attribs=True)\nclass Config:", "attr.ib"),
    ],
)
def test_the_first_argument_of_a_field_is_its_default(head: str, field: str) -> None:
    transformed(f"""
import httpx
{head}
    base_url: str = {field}({_URL})

class Api:
    def __init__(self, config: Config):
        self._config = config

    def call(self, name, **body):
        return httpx.post(f"{{self._config.base_url}}/{{name}}", json=body)

    def list(self):
        return self.call("«get_bot_agents→list_bots»", all=True)
""")


@pytest.mark.parametrize(
    "default",
    [
        f"Field(default={_URL}, alias='LC_URL')",
        f"Field(default=HttpUrl({_URL}))",
        f"Field(default_factory=lambda: os.environ.get('LC_URL', {_URL}))",
        f"dataclasses.field(default={_URL})",
        f"dataclasses.field(default_factory=lambda: os.getenv('LC_URL', {_URL}))",
        "dataclasses.field(default_factory=read_url)",
        f"attrs.field(factory=lambda: {_URL})",
        f"msgspec.field(default={_URL})",
    ],
)
def test_a_default_or_what_its_factory_returns_is_followed(default: str) -> None:
    transformed(f"""
import dataclasses, os
import attrs, msgspec, httpx
from pydantic import Field, HttpUrl

def read_url():
    return os.environ.get("LC_URL") or {_URL if "read_url" in default else '""'}

class Config(Base):
    base_url: str = {default}

config = Config()
httpx.post(f"{{config.base_url}}/«get_bot_agents→list_bots»", json={{}})
""")


def test_the_default_of_an_option_of_typer_names_a_method() -> None:
    transformed(f"""
import typer, requests
app = typer.Typer()

@app.command()
def run(method: str = typer.Option("«get_bot_agents→list_bots»"), url: str = typer.Option({_URL})):
    requests.post(f"{{url}}/{{method}}", json={{}})
""")


@pytest.mark.parametrize("field", ["forms.Field", "table.field", "Column"])
def test_a_call_of_another_library_declares_no_default(field: str) -> None:
    noop(f"""
import forms, table, requests
from orm import Column

class Config:
    base_url = {field}("https://jobs.example/v3.1/configuration/action")

requests.post(f"{{Config().base_url}}/get_bot_agents", json={{}})
""")
