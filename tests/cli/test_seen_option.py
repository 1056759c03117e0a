"""``migrator audit --seen FILE``: the rows of the table beside what traffic still needs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from calls import BEFORE
from migrator import UsageSummary, Use
from migrator.cli.exit_codes import Exit
from planted import plant

HOOKS = '[{"action": "thread_closed", "url": "https://example.com/", "webhook_id": "w", "secret_key": "s"}]'


@pytest.fixture
def seen(here):
    """A summary of 90 days beside the code, in which one row was needed yesterday."""
    clock = [datetime.now(UTC) - timedelta(days=90)]
    summary = UsageSummary(lambda: clock[0].timestamp())
    summary(Use("webhook-incoming-chat-thread", "webhook", "down", "incoming_chat_thread", "3.1"))
    clock[0] += timedelta(days=89)
    summary(Use("method-create-properties", "request", "up", "create_properties", "3.1"))
    summary.write(here / "seen.json")
    return "seen.json"


def test_each_row_is_joined_with_code_traffic_and_registrations(here, run, seen):
    plant(here, {"src/a.py": BEFORE, "hooks.json": HOOKS})
    result = run("audit", "--seen", seen, "--webhooks", "hooks.json", "--from", "3.1")
    assert result.exit_code == Exit.FINDINGS
    lines = result.stdout.splitlines()
    rows = {
        line.split()[-1]: (line.split()[:3], below) for line, below in zip(lines, [*lines[1:], ""], strict=True) if line
    }
    assert rows["method-get-bot-agents"][0] == ["yes", "-", "-"]
    assert rows["method-create-properties"][0] == ["-", "yes", "-"]
    assert rows["webhook-thread-closed"][0] == ["-", "-", "yes"]
    unused = rows["webhook-incoming-chat-thread"]
    assert (unused[0], unused[1].strip()) == (["-", "-", "-"], "the layer for this row can go")


def test_the_window_decides_what_is_still_on_the_wire(here, document, seen):
    plant(here, {"a.py": "x = 1\n", "hooks.json": "[]"})
    for days, on_wire in (("31", False), ("120", True)):
        found = document("audit", "--seen", seen, "--seen-days", days, "--webhooks", "hooks.json", "--from", "3.1")
        (row,) = (row for row in found["rows"] if row["rule"] == "webhook-incoming-chat-thread")
        assert (row["on_wire"], row["can_go"]) == (on_wire, not on_wire)


def test_several_processes_are_seen_together(here, document, seen):
    other = UsageSummary()
    other(Use("webhook-thread-tagged", "webhook", "down", "x", "3.1"))
    other.write(here / "other.json")
    plant(here, {"a.py": "x = 1\n"})
    found = document("audit", "--seen", seen, "--seen", "other.json", "--from", "3.1")
    rows = {row["rule"]: row["on_wire"] for row in found["rows"]}
    assert (rows["method-create-properties"], rows["method-get-bot-agents"]) == (True, None)


def test_without_it_no_row_is_listed(here, document, run):
    plant(here, {"a.py": BEFORE})
    assert document("audit")["rows"] == []
    assert "Rows in use" not in run("audit").stdout


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"version": 1}'])
def test_a_file_that_is_no_summary_is_a_usage_error(here, run, text):
    (here / "seen.json").write_text(text)
    result = run("audit", "--seen", "seen.json")
    assert result.exit_code == Exit.USAGE
    assert "seen.json is no summary of uses" in result.stderr


def test_a_format_that_does_not_show_rows_is_refused(run, seen):
    result = run("audit", "--seen", seen, "--format", "sarif")
    assert (result.exit_code, "text or json" in result.stderr) == (Exit.USAGE, True)


def test_the_rows_follow_the_schema(here, document, run, seen):
    import jsonschema

    plant(here, {"a.py": BEFORE})
    schema = json.loads(run("audit", "--format", "json-schema").stdout)
    found = document("audit", "--seen", seen, "--from", "3.1")
    assert found["rows"]
    jsonschema.validate(found, schema)
