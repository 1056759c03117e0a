"""``migrator translate``, from the command line to files, losses, rejects and exit codes."""

from __future__ import annotations

import gzip
import json
import sys

import pytest
from click.testing import CliRunner

from migrator.cli import main

OLD = {"action": "thread_closed", "payload": {"chat_id": "PJ0"}}
NEW = {"action": "chat_deactivated", "payload": {"chat_id": "PJ0"}}
SAME = {"action": "incoming_event", "payload": {"text": "ż"}}
LOST = {"action": "agent_status_changed", "payload": {}}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, given=b""):
        return CliRunner().invoke(main, ["translate", *map(str, arguments)], input=given)

    return run


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def lines(*documents):
    return b"".join(json.dumps(document, ensure_ascii=False).encode() + b"\n" for document in documents)


def loaded(data):
    return [json.loads(line) for line in data.splitlines()]


def test_a_single_document_is_translated(run):
    result = run("--from", "3.1", "--to", "3.2", given=json.dumps(OLD).encode())
    assert result.exit_code == 0
    assert json.loads(result.stdout) == NEW
    assert "1 document from 3.1 to 3.2: 1 changed, 0 unchanged" in result.stderr


def test_a_document_over_several_lines_is_told_from_lines_and_stays_readable(run):
    result = run("--from", "3.1", given=json.dumps(OLD, indent=4).encode())
    assert json.loads(result.stdout) == NEW
    assert result.stdout == json.dumps(OLD, indent=4).replace("thread_closed", "chat_deactivated")


@pytest.mark.parametrize("indent", [None, 2], ids=["on one line", "over several lines"])
def test_an_array_is_translated_as_an_array(run, indent):
    result = run("--from", "3.1", given=json.dumps([OLD, SAME, LOST], indent=indent).encode())
    assert json.loads(result.stdout) == [NEW, SAME]
    assert result.exit_code == 1
    assert "3 documents from 3.1 to 3.2: 1 changed, 1 unchanged, 1 without a counterpart" in result.stderr


def test_lines_are_translated_line_by_line_and_unchanged_ones_keep_their_bytes(run, tmp_path):
    untouched = b'{"action" : "incoming_event", "payload": {"n": 1.50}}'
    (tmp_path / "in.jsonl").write_bytes(
        b"\xef\xbb\xbf" + lines(OLD) + b"\r\n" + untouched + b"\r\n\n" + lines(OLD)[:-1]
    )
    result = run("in.jsonl", "--from", "3.1")
    assert loaded(result.stdout_bytes) == [NEW, json.loads(untouched), NEW]
    assert result.stdout_bytes.splitlines()[1] == untouched


def test_packed_input_is_unpacked_and_a_packed_name_packs(run, tmp_path):
    (tmp_path / "in").write_bytes(gzip.compress(lines(OLD)) + gzip.compress(lines(SAME)))
    assert run("in", "--from", "3.1", "-o", "out.gz").exit_code == 0
    assert loaded(gzip.decompress((tmp_path / "out.gz").read_bytes())) == [NEW, SAME]
    assert loaded(run("out.gz", "--from", "3.2", "--to", "3.1").stdout_bytes) == [OLD, SAME]


def test_the_version_of_webhooks_is_detected_when_it_is_not_given(run):
    result = run("--to", "3.1", given=lines(NEW, OLD, {"action": "incoming_event", "data": {"text": "ż"}}))
    assert loaded(result.stdout_bytes) == [OLD, OLD, SAME]
    assert "3 documents to 3.1" in result.stderr


def test_a_broken_line_is_reported_and_kept_and_the_others_go_on(run, tmp_path):
    broken = [b'{"action":', b"[1]", b'{"action": 5, "secret_key": "hunter2"}', b"\xff\xfe"]
    given = lines(OLD) + b"\n".join(broken) + b"\n\n" + lines(SAME)
    result = run("--from", "3.1", "--rejects", "rejects", given=given)
    assert result.exit_code == 3
    assert loaded(result.stdout_bytes) == [NEW, SAME]
    assert (tmp_path / "rejects").read_bytes().splitlines() == broken
    told = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in told[:4]] == [f"standard input:{number}" for number in (2, 3, 4, 5)]
    assert told[2] == "standard input:4: /action: expected the name of the webhook, got a number"
    assert told[4] == "6 documents from 3.1 to 3.2: 1 changed, 1 unchanged, 4 broken"
    assert "hunter2" not in result.stderr


def test_a_broken_first_line_does_not_hide_that_the_rest_are_lines(run):
    result = run("--from", "3.1", given=b'{"action": "thr\n' + lines(OLD, SAME))
    assert loaded(result.stdout_bytes) == [NEW, SAME]
    assert result.exit_code == 3


def test_of_many_broken_lines_only_the_first_are_named(run):
    result = run("--from", "3.1", given=b"x\n" * 50 + lines(OLD))
    assert sum("not JSON" in line for line in result.stderr.splitlines()) == 20
    assert "50 broken" in result.stderr


def test_losses_are_lines_with_rule_place_and_reason(run, tmp_path):
    result = run("--from", "3.1", "--losses", "losses", "--rejects", "rejects", given=lines(OLD, LOST, SAME))
    assert result.exit_code == 1
    assert loaded(result.stdout_bytes) == [NEW, SAME]
    assert loaded((tmp_path / "losses").read_bytes()) == [
        {
            "line": 2,
            "rule": "webhook-agent-status-changed",
            "pointer": "/action",
            "old": "agent_status_changed",
            "reason": "agent_status_changed has no counterpart in 3.2",
            "extent": "document",
        }
    ]
    assert loaded((tmp_path / "rejects").read_bytes()) == [LOST]
    assert "  loss: agent_status_changed has no counterpart in 3.2 (webhook-agent-status-changed, 1 time)" in (
        result.stderr.splitlines()
    )


def test_raising_stops_at_the_first_loss_and_writes_no_file(run, tmp_path):
    (tmp_path / "out").write_text("as it was")
    result = run("--from", "3.1", "--on-loss", "raise", "-o", "out", given=lines(OLD, LOST, SAME))
    assert result.exit_code == 1
    assert result.stderr.startswith("standard input:2: /action: agent_status_changed has no counterpart")
    assert (tmp_path / "out").read_text() == "as it was"
    assert names(tmp_path) == ["out"]


def test_a_request_is_translated_and_its_further_calls_are_written(run, tmp_path):
    body = {"name": "Ada", "status": "accepting chats"}
    arguments = ("--kind", "request", "--method", "create_bot_agent", "--from", "3.1", "--follow-ups", "calls")
    result = run(*arguments, given=lines(body, {"name": "Bob"}))
    assert result.exit_code == 0
    assert loaded(result.stdout_bytes) == [{"name": "Ada"}, {"name": "Bob"}]
    (call,) = loaded((tmp_path / "calls").read_bytes())
    assert (call["line"], call["method"], call["body"]) == (1, "set_routing_status", {"status": "accepting_chats"})
    assert call["awaits"] == {"agent_id": "/bot_agent_id"}
    assert "1 further call is needed" in result.stderr


@pytest.mark.parametrize("given", [[NEW], []], ids=["with an element", "empty"])
def test_an_array_that_is_the_answer_of_a_method_is_one_document(run, given):
    arguments = ("--kind", "response", "--method", "list_registered_webhooks", "--from", "3.2", "--to", "3.1")
    result = run(*arguments, given=json.dumps(given).encode())
    assert json.loads(result.stdout) == [OLD][: len(given)]
    assert "1 document from" in result.stderr
    several = run(*arguments, given=json.dumps([given, [NEW]]).encode())
    assert json.loads(several.stdout) == [[OLD][: len(given)], [OLD]]
    assert "2 documents from" in several.stderr


def test_a_value_that_is_missing_is_told_once_and_declared_on_the_command_line(run):
    result = run("--from", "3.1", given=lines(OLD, SAME))
    assert result.stderr.count("/license_id is missing") == 1
    declared = run("--from", "3.1", "--declare", "license_id=7", given=lines(OLD, SAME))
    assert [document["license_id"] for document in loaded(declared.stdout_bytes)] == [7, 7]
    assert "missing" not in declared.stderr


def test_a_row_of_a_reference_page_can_be_asked_for(run):
    result = run("--from", "3.1", "--reference", "webhook-routing-status-set", given=lines(LOST))
    assert loaded(result.stdout_bytes) == [{"action": "routing_status_set", "payload": {}}]
    assert result.exit_code == 0


def test_a_table_of_ones_own_is_used(run):
    from payload.documents import SAMPLES

    result = run("--rules", SAMPLES / "tables", "--from", "1", "--to", "2", given=b'{"event":"parcel_sent"}')
    assert json.loads(result.stdout) == {"event": "parcel_posted"}


def test_a_file_can_be_translated_in_its_own_place(run, tmp_path):
    (tmp_path / "file").write_bytes(lines(OLD, SAME))
    (tmp_path / "file").chmod(0o640)
    assert run("file", "--from", "3.1", "-o", "file").exit_code == 0
    assert loaded((tmp_path / "file").read_bytes()) == [NEW, SAME]
    if sys.platform != "win32":
        assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["file"]


def test_input_that_ends_too_early_writes_no_file(run, tmp_path):
    (tmp_path / "in.gz").write_bytes(gzip.compress(lines(*[OLD] * 1000))[:-20])
    result = run("in.gz", "--from", "3.1", "-o", "out")
    assert result.exit_code == 3
    assert "in.gz: cannot be read to its end" in result.stderr
    assert names(tmp_path) == ["in.gz"]


def test_nothing_at_all_is_no_document(run):
    result = run("--from", "3.1", given=b"\n\n")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 documents" in result.stderr


@pytest.mark.parametrize("given", [b"{", b'{"action": }', b"[\n{},\n", b"not json"])
def test_a_document_that_is_no_json_is_an_error_and_not_a_traceback(run, given):
    result = run("--from", "3.1", given=given)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "not JSON in UTF-8" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_cannot_be_read(run):
    result = run("nothing.jsonl", "--from", "3.1")
    assert result.exit_code == 3
    assert result.stderr.startswith("nothing.jsonl: cannot be opened: ")


def test_a_folder_that_is_not_there_cannot_be_written_to(run):
    result = run("--from", "3.1", "-o", "no/out", given=lines(OLD))
    assert result.exit_code == 3
    assert "cannot be opened" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--kind", "request", "--from", "3.1"], "needs --method and --from"),
        (["--kind", "response", "--method", "get_bot"], "needs --method and --from"),
        (["--method", "get_bot"], "--method is for --kind request or response"),
        (["--from", "3.2"], "already in version 3.2"),
        (["--from", "3.9"], "version 3.9 is not in the table"),
        (["--from", "abc"], "version abc is not in the table"),
        (["--declare", "license_id"], "NAME=VALUE"),
        (["--reference", "x"], "no row of origin reference is called 'x'"),
        (["--api", "x"], "no API is called 'x'"),
        (["-o", "one", "--losses", "one"], "is used for two outputs"),
        (["--rules", "nowhere"], "nowhere: there is no such folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_and_exits_with_2(run, tmp_path, arguments, told):
    result = run(*arguments, given=lines(OLD))
    assert result.exit_code == 2
    assert told in result.stderr
    assert names(tmp_path) == []


UNUSUAL = b"0.98765432109876543210987"
REQUEST = ("--kind", "request", "--method", "update_bot_agent", "--from", "3.1")
KEPT = {
    "numbers of a request": (
        REQUEST,
        b'{"id":"i","status":"offline","q":%b,"r":2.50,"j":1,"j":3}',
        b'"status":"offline",',
    ),
    "a request without a rule": (REQUEST, b'{"id":"i","name":"n","q":%b,"r":2.50,"j":1,"j":3}', b""),
    "equal keys": (
        ("--from", "3.1"),
        b'{"action":"access_set","payload":{"resource":"chat","j":1,"j":%b}}',
        b'"resource":"chat",',
    ),
    "a large number": (
        ("--from", "3.1"),
        b'{"action":"access_set","payload":{"n":9E999,"resource":"chat"}}',
        b',"resource":"chat"',
    ),
    "a large number, detected": ((), b'{"action":"thread_closed","payload":{"n":9E999,"m":%b}}', b""),
    "a line after a byte order mark": (
        ("--from", "3.1"),
        b'\xef\xbb\xbf{"action":"thread_closed","n":%b}\n{"action":"thread_closed"}\n',
        b"",
    ),
    "an array in several lines": (
        ("--from", "3.1"),
        b'[\n  {"action":"thread_closed","n":%b} ,\n {"action" : "incoming_event"}]\n',
        b"",
    ),
}


@pytest.mark.parametrize(("arguments", "given", "removed"), KEPT.values(), ids=KEPT)
def test_the_bytes_that_no_rule_is_about_are_kept(run, arguments, given, removed):
    given = given.replace(b"%b", UNUSUAL)
    result = run(*arguments, given=given)
    renamed = given.replace(b"thread_closed", b"chat_deactivated").replace(b"access_set", b"chat_access_set")
    assert result.exit_code == 0
    assert result.stdout_bytes == renamed.replace(removed, b"")


def test_a_removed_registration_is_dropped_from_an_answer_and_reported(run, tmp_path):
    given = b'[{"action": "thread_closed"}, {"action": "agent_status_changed", "n": 1e999}]'
    result = run("--kind", "response", "--method", "get_webhooks_config", "--from", "3.1", "--losses", "l", given=given)
    assert (result.exit_code, result.stdout_bytes) == (1, b'[{"action": "chat_deactivated"}]')
    assert b'"pointer":"/1"' in (tmp_path / "l").read_bytes()
    assert b"1E+999" in (tmp_path / "l").read_bytes()
