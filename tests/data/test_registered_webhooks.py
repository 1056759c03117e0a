"""``migrator audit --webhooks FILE``: what becomes of the registrations of a live account."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from data_seen import OPTIONS
from migrator.cli import main
from migrator.program.live_registrations import read_registrations

ANSWER = [
    {"webhook_id": "a1", "action": "incoming_event", "url": "https://hooks.example/live"},
    {"webhook_id": "b2", "action": "thread_closed", "url": "https://me:pass@hooks.example/closed?token=S3CRET#x"},
    {"webhook_id": "c3", "action": "agent_status_changed", "url": "https://hooks.example/status", "secret_key": "S3"},
    {"webhook_id": "d4", "action": "access_set", "url": "https://hooks.example/access"},
]


def registrations(value):
    """What becomes of an answer."""
    source = value if isinstance(value, str) else json.dumps(value, indent=1)
    return read_registrations("hooks.json", source.encode(), OPTIONS)


def found(value):
    """The findings by the old name."""
    result = registrations(value)
    assert result.error is None
    return {finding.old: finding for finding in result.findings}


def test_each_registration_that_is_renamed_or_dies_is_a_finding_and_no_other():
    assert set(found(ANSWER)) == {"thread_closed", "agent_status_changed", "access_set"}


def test_a_registration_whose_webhook_was_removed_dies():
    finding = found(ANSWER)["agent_status_changed"]
    assert finding.new is None
    assert "this registration ends" in finding.message
    assert "routing_status_set" in finding.message


def test_a_registration_that_is_renamed_is_told_with_what_to_do():
    finding = found(ANSWER)["thread_closed"]
    assert finding.new == "chat_deactivated"
    assert "register `chat_deactivated` at the same URL" in finding.message


def test_a_webhook_that_is_sent_only_under_a_condition_says_so():
    assert '`resource` was "chat"' in found(ANSWER)["access_set"].message


def test_the_pointer_and_the_url_are_told_without_its_query_and_its_user():
    assert found(ANSWER)["thread_closed"].evidence == ("registration /1 posts to https://hooks.example/closed",)


def test_no_secret_of_a_registration_is_told():
    told = repr([(f.evidence, f.message) for f in registrations(ANSWER).findings])
    assert "S3" not in told
    assert "pass@" not in told


def test_an_answer_whose_array_is_all_that_an_object_holds_is_read():
    assert set(found({"webhooks_config": ANSWER})) == {"thread_closed", "agent_status_changed", "access_set"}


def test_an_account_without_registrations_has_no_findings():
    assert found([]) == {}


WRONG = {
    "text": ("hello", 1, "not JSON"),
    "cut off": ('[{"action": "thread_closed"', 1, "not JSON"),
    "an error of the API": ('{"error": {"type": "authentication", "token": "S3CRET"}}', 1, "and not an array"),
    "an element that is no object": ("[\n1]", 2, "`/0` is not an object"),
    "no name": ('[\n{"action": "x"},\n{"url": "S3CRET"}]', 3, "`/1` lacks the key `action`"),
    "a name that is no string": ('[{"action":\n7}]', 2, "`/0/action` is not a string"),
    "two documents": ("[]\n[]", 2, "more than one JSON document"),
    "nothing": ("", 1, "not JSON"),
}


@pytest.mark.parametrize(("source", "line", "message"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_no_such_answer_is_an_error_with_the_place_and_the_way_out(source, line, message):
    result = registrations(source)
    assert result.findings == ()
    assert result.error.line == line
    assert message in result.error.message
    assert "give what `get_webhooks_config` answered" in result.error.message
    assert "S3CRET" not in result.error.message


@pytest.fixture
def project(tmp_path):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.py").write_text("x = 1\n")
    (tmp_path / "hooks.json").write_text(json.dumps(ANSWER, indent=1))
    return tmp_path


def audit(project, *arguments):
    """The command, in JSON."""
    return CliRunner().invoke(main, ["audit", str(project / "code"), "--format", "json", *arguments])


def test_the_command_reports_registrations_beside_the_files(project):
    result = audit(project, "--webhooks", str(project / "hooks.json"))
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert {finding["old"] for finding in report["findings"]} == set(found(ANSWER))
    assert audit(project).exit_code == 0


def test_the_command_fails_with_what_could_not_be_read_for_a_wrong_file(project):
    (project / "hooks.json").write_text('{"error": {}}')
    result = audit(project, "--webhooks", str(project / "hooks.json"))
    assert result.exit_code == 3
    assert "get_webhooks_config" in result.output


def test_a_file_that_is_audited_and_given_is_told_once(project):
    (project / "code" / "hooks.json").write_text((project / "hooks.json").read_text())
    result = audit(project, "--webhooks", str(project / "code" / "hooks.json"))
    assert len(json.loads(result.stdout)["findings"]) == len(found(ANSWER))
