"""The default and the choices of one option change together, or not at all."""

from __future__ import annotations

import pytest

from trees import tree
from verbs import manual, transformed

_CLOSED = '"«thread_closed→chat_deactivated»"'
_TAGGED = '"«chat_thread_tagged→thread_tagged»"'
_NAMES = f'"«incoming_chat_thread→incoming_chat»", {_CLOSED}, {_TAGGED}'
_CALL = """
import requests
URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/register_webhook"

def register(action):
    requests.post(URL, json={"action": action, "url": "https://x", "secret_key": "s"})
"""


@pytest.mark.parametrize(
    "option",
    [
        f'@click.option("--a", default={_CLOSED}, type=click.Choice(NAMES))',
        f'@click.option("--a", type=click.Choice([*NAMES]), default={_CLOSED})',
        f'@click.argument("a", default={_CLOSED}, type=Choice(choices=NAMES))',
    ],
)
def test_the_default_of_a_click_option_changes_with_its_choices(option: str) -> None:
    transformed(f"""{_CALL}
import click
from click import Choice
NAMES = [{_NAMES}]

@click.command()
{option}
def main(a):
    register(a)
""")


def test_the_default_changes_with_choices_that_the_option_lists_itself() -> None:
    transformed(f"""{_CALL}
import argparse
parser = argparse.ArgumentParser()
parser.add_argument(
    "--action",
    choices=({_NAMES}),
    default={_CLOSED},
)
""")


def test_several_defaults_change_with_their_choices() -> None:
    transformed(f"""{_CALL}
import argparse
parser = argparse.ArgumentParser()
NAMES = [{_NAMES}]
LISTED = NAMES
parser.add_argument("--a", nargs="*", choices=LISTED, default=[{_CLOSED}, {_TAGGED}])
""")


def test_the_default_of_a_typer_option_changes_with_its_enum() -> None:
    transformed(f"""{_CALL}
import enum
import typer

class Action(str, enum.Enum):
    OPENED = "«incoming_chat_thread→incoming_chat»"
    CLOSED = {_CLOSED}
    TAGGED = {_TAGGED}

def main(action: Action = typer.Option({_CLOSED})):
    register(action.value)
""")


def test_a_default_that_is_a_constant_of_its_own_holds_the_choices_back() -> None:
    manual(f"""{_CALL.replace("«3.1→3.2»", "3.2")}
import argparse
DEFAULT = "thread_closed"  #@ webhook-thread-closed
parser = argparse.ArgumentParser()
parser.add_argument(
    "--action",
    choices=[
        "incoming_chat_thread",  #@ webhook-incoming-chat-thread
        "thread_closed",  #@ webhook-thread-closed
        "chat_thread_tagged",  #@ webhook-chat-thread-tagged
    ],
    default=DEFAULT,
)
""")


def test_a_default_that_cannot_change_names_the_lines_that_wait_for_it() -> None:
    result = manual(f"""{_CALL.replace("«3.1→3.2»", "3.2")}
import argparse
DEFAULT = "thread_closed"  #@ webhook-thread-closed
parser = argparse.ArgumentParser()
NAMES = ["incoming_chat_thread", "thread_closed", "chat_thread_tagged"]  #@
parser.add_argument("--action", choices=NAMES, default=DEFAULT)
""")
    messages = [finding.message for finding in result.findings if finding.line == 8]
    assert any("<source>:10" in message for message in messages), messages


def test_choices_and_default_in_two_modules_change_together() -> None:
    tree(
        {
            "names.py": f"NAMES = [{_NAMES}]\nLIVECHAT = 1\n",
            "cli.py": f"""{_CALL}
import argparse
from names import NAMES
parser = argparse.ArgumentParser()
parser.add_argument("--action", choices=NAMES, default={_CLOSED})
""",
        }
    )


def test_a_literal_type_changes_with_its_default() -> None:
    transformed(f"""{_CALL}
from typing import Literal

def main(action: Literal[{_NAMES}] = {_CLOSED}):
    register(action)
""")
