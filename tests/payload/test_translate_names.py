"""``migrator translate``: names of methods and webhooks that the versions do not know."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from migrator.cli import main


def run(*arguments, given=b""):
    return CliRunner().invoke(main, ["translate", *arguments], input=given)


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("creat_bot_agent", "3.1 has no method creat_bot_agent; did you mean create_bot_agent?"),
        ("create_bot", "3.1 has no method create_bot, only 3.2; did you mean create_bot_agent?"),
    ],
)
@pytest.mark.parametrize("kind", ["request", "response"])
def test_a_method_that_the_version_does_not_know_is_a_usage_error(kind, method, message):
    result = run("--kind", kind, "--method", method, "--from", "3.1", given=b"{}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--method: {message}" in result.stderr


@pytest.mark.parametrize("source", [["--from", "3.1"], []])
def test_webhooks_of_unknown_names_are_counted_and_the_first_are_listed(source):
    documents = [{"action": f"own_{n}", "payload": {}} for n in range(12)] * 2 + [
        {"action": "thread_closed", "payload": {}}
    ]
    given = "".join(json.dumps(each) + "\n" for each in documents).encode()
    result = run(*source, given=given)
    assert result.exit_code == 0
    assert result.stdout_bytes == given.replace(b"thread_closed", b"chat_deactivated")
    (line,) = [line for line in result.stderr.splitlines() if "unknown:" in line]
    assert line.startswith("  unknown: 24 documents of a name that neither version knows ('own_0', 'own_1', ")
    assert line.count("'own_") == 10


def test_requests_of_an_unknown_method_are_counted():
    result = run("--kind", "request", "--method", "order_pizza", "--from", "3.1", given=b"{}\n{}\n")
    assert result.exit_code == 0
    assert "unknown: 2 documents of a name that neither version knows ('order_pizza')" in result.stderr


def test_a_long_name_with_control_characters_is_printed_in_part_and_escaped():
    name = "\u001b[31m" + "x" * 500
    result = run("--from", "3.1", given=json.dumps({"action": name}).encode())
    assert "\u001b" not in result.stderr
    assert "x" * 61 not in result.stderr
    assert "unknown: 1 document of a name" in result.stderr


def test_a_misspelt_webhook_is_rejected_with_its_line_and_the_suggestion():
    result = run("--from", "3.1", given=b'{"action":"incoming_event"}\n{"action":"thread_close"}\n')
    assert result.exit_code == 3
    assert result.stdout_bytes == b'{"action":"incoming_event"}\n'
    assert ":2: 3.1 has no webhook thread_close; did you mean thread_closed?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--declare", "licence_id=7"), "'licence_id'; did you mean 'license_id'? (known: license_id)"),
        (("--declare", "x=7"), "no rule takes a declared value 'x' (known: license_id)"),
        (
            ("--reference", "thread-ordre"),
            "no row of origin reference is called 'thread-ordre'; did you mean 'thread-order'?",
        ),
    ],
)
def test_a_value_or_a_rule_that_the_table_does_not_have_is_a_usage_error(arguments, message):
    result = run("--from", "3.1", *arguments, given=b"{}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize("kind", ["request", "response"])
@pytest.mark.parametrize("on_loss", ["report", "raise"])
def test_the_summary_names_the_method_in_the_target_version(kind, on_loss):
    asked = ("--kind", kind, "--from", "3.1", "--on-loss", on_loss)
    assert (
        "\n  method create_bot_agent is create_bot in 3.2\n"
        in run(*asked, "--method", "create_bot_agent", given=b"{}").stderr
    )
    assert "method" not in run(*asked, "--method", "register_webhook", given=b"{}").stderr


def test_a_status_that_no_mapping_knows_loses_itself_and_its_follow_up_and_not_the_request():
    given = b'{"name": "Ada", "status": "away", "avatar": "a.png"}'
    result = run("--kind", "request", "--method", "create_bot_agent", "--from", "3.1", given=given)
    assert (result.exit_code, result.stdout) == (1, '{"name": "Ada", "avatar": "a.png"}')
    assert "loss: set_routing_status has no such value" in result.stderr
    assert "further call" not in result.stderr


def test_the_list_that_a_loss_names_can_be_explained():
    result = run("--from", "3.2", "--to", "3.1", given=b'{"action":"follow_up_requested"}')
    assert "only in 3.2 (names-of-3.2-only, 1 time)" in result.stderr
    said = CliRunner().invoke(main, ["explain", "names-of-3.2-only"])
    assert said.exit_code == 0
    assert said.stdout.startswith("names-of-3.2-only: LiveChat Configuration API, known from 3.2 up to 3.2\n")
    assert "webhooks    follow_up_requested\n" in said.stdout
    assert "methods" not in said.stdout
    assert "did you mean names-of-3.4" in CliRunner().invoke(main, ["explain", "names-of-3.44"]).stderr
