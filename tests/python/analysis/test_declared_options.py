"""The choices and defaults of an option of the command line are the values of what the program reads as that option."""

from __future__ import annotations

import pytest

from verbs import noop, transformed

_HEAD = """
import argparse, optparse
import click, requests
URL = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action/"
"""


@pytest.mark.parametrize(
    "declared",
    [
        'parser.add_argument("--method", default="«get_bot_agents→list_bots»")',
        'parser.add_argument("method", choices=["«get_bot_agents→list_bots»", "«remove_bot_agent→delete_bot»"])',
        'parser.add_argument("-m", "--bot-method", dest="method", default="«get_bot_agents→list_bots»")',
        'parser.set_defaults(method="«get_bot_agents→list_bots»")',
        'parser.add_subparsers().add_parser("bots").set_defaults(method="«get_bot_agents→list_bots»")',
    ],
)
@pytest.mark.parametrize(
    ("parsed", "read"),
    [
        ("args = parser.parse_args()", "args.method"),
        ("args, rest = parser.parse_known_args()", "args.method"),
        ("", "parser.parse_args().method"),
    ],
)
def test_an_option_of_argparse_names_a_method(declared: str, parsed: str, read: str) -> None:
    transformed(
        f"{_HEAD}parser = argparse.ArgumentParser()\n{declared}\n{parsed}\nrequests.post(URL + {read}, json={{}})\n"
    )


def test_every_value_of_an_option_with_many_names_a_method() -> None:
    transformed(f"""{_HEAD}
parser = argparse.ArgumentParser()
parser.add_argument("--methods", nargs="*", default=["«get_bot_agents→list_bots»", "«remove_bot_agent→delete_bot»"])
args = parser.parse_args()
for method in args.methods:
    requests.post(URL + method, json={{}})
""")


def test_an_option_of_optparse_names_a_method() -> None:
    transformed(f"""{_HEAD}
parser = optparse.OptionParser()
parser.add_option("-m", "--method", dest="method", default="«get_bot_agents→list_bots»")
options, args = parser.parse_args()
requests.post(URL + options.method, json={{}})
""")


def test_a_namespace_is_followed_into_the_function_that_a_subcommand_sets() -> None:
    transformed(f"""{_HEAD}
def run(args):
    return requests.post(URL + args.action, json={{}})

def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    commands.add_parser("bots").set_defaults(func=run, action="«get_bot_agents→list_bots»")
    args = parser.parse_args()
    args.func(args)
""")


@pytest.mark.parametrize(
    "option",
    [
        '@click.option("--method", default="«get_bot_agents→list_bots»")',
        '@click.option("--bot-method", "method", default="«get_bot_agents→list_bots»")',
        '@click.argument("method", type=click.Choice(["«get_bot_agents→list_bots»", "«remove_bot_agent→delete_bot»"]))',
    ],
)
def test_an_option_of_click_names_a_method(option: str) -> None:
    transformed(f"{_HEAD}\n@click.command()\n{option}\ndef run(method):\n    requests.post(URL + method, json={{}})\n")


def test_an_option_that_goes_elsewhere_names_no_method() -> None:
    noop("""
import argparse
import click, requests
parser = argparse.ArgumentParser()
parser.add_argument("--method", default="get_bot_agents", choices=["get_bot_agents", "remove_bot_agent"])
parser.set_defaults(action="remove_bot_agent")
args = parser.parse_args()
requests.post("https://jobs.example/" + args.method, json={"action": args.action})

@click.option("--method", default="get_bot_agents")
def run(method):
    requests.post("https://jobs.example/" + method)
""")


def test_another_option_than_the_one_that_is_sent_is_not_edited() -> None:
    transformed(f"""{_HEAD}
parser = argparse.ArgumentParser()
parser.add_argument("--method", default="«get_bot_agents→list_bots»")
parser.add_argument("--label", default="remove_bot_agent")  #@
args = parser.parse_args()
requests.post(URL + args.method, json={{"name": args.label}})
""")
