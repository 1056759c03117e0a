"""What traffic still needs is told rule by rule, without values, and kept with its first and last moment."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from textwrap import dedent
from threading import Thread

import httpx
import pytest
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from prometheus_client import REGISTRY

from migrator import UsageSummary, Use
from migrator.httpx import TranslatingTransport
from migrator.payload.adapters import usage
from migrator.payload.adapters.usage_summary import UsageFileError
from migrator.payload.adapters.webhook_receiver import WebhookReceiver
from translating_clients import translator

BASE = "https://api.livechatinc.com/v3.1/configuration/action/"
START = datetime(2026, 1, 1, tzinfo=UTC)


def ask(method, body, answer, on_use, **headers):
    inner = httpx.MockTransport(lambda _: httpx.Response(200, json=answer, headers=headers))
    transport = TranslatingTransport(translator(), inner, on_use=on_use, on_report=lambda _: None)
    with httpx.Client(transport=transport) as client:
        client.post(BASE + method, json=body)


def told(use):
    return use.rule, use.kind, use.direction, use.name


def test_each_rule_of_a_call_is_told_once_with_its_document_and_direction():
    uses = []
    ask("create_bot_agent", {"name": "Ada", "status": "accepting chats"}, {"bot_agent_id": "b"}, uses.append)
    assert {use.version for use in uses} == {"3.1"}
    assert sorted(map(told, uses)) == [
        ("create-bot-status", "request", "up", "create_bot_agent"),
        ("method-create-bot-agent", "request", "up", "create_bot_agent"),
        ("version-3.2", "request", "up", "create_bot_agent"),
    ]


def test_an_answer_tells_the_rules_that_changed_it():
    uses = []
    ask("get_webhooks_config", {}, [{"action": "chat_deactivated"}] * 2, uses.append)
    assert [told(use) for use in uses if use.kind == "response"] == [
        ("webhook-thread-closed", "response", "down", "get_webhooks_config")
    ]


def test_what_is_lost_is_told_as_well():
    uses = []
    with pytest.raises(httpx.RequestError):
        ask("register_webhook", {"action": "agent_status_changed"}, {}, uses.append)
    assert list(map(told, uses)) == [("webhook-agent-status-changed", "request", "up", "register_webhook")]


def test_headers_that_announce_an_end_are_told():
    uses = []
    notices = {"Deprecation": "@1688169599", "Sunset": "Wed, 01 Dec 2027 00:00:00 GMT", "Legacy": "true", "ETag": "x"}
    ask("get_bot_agents", {}, [], uses.append, **notices)
    assert {use.notices for use in uses} == {
        tuple((name.lower(), value) for name, value in notices.items() if name != "ETag")
    }


@pytest.mark.parametrize("name", ["tell nobody", "a" * 65, "\u0142", "1", "<script>"])
def test_a_name_that_no_webhook_could_have_is_not_told(name):
    uses = []
    chosen = translator("3.0", "3.1")
    receiver = WebhookReceiver.at_paths(chosen, "/", 1000, lambda _: None, uses.append)
    for each in (name, "incoming_event"):
        receiver.translate_body(json.dumps({"action": each, "data": {}}).encode())
    assert [use.name for use in uses] == ["", "incoming_event"]


def test_no_value_of_a_document_is_told():
    uses = []
    secret = {"url": "https://example.com/tell-nobody", "secret_key": "tell nobody", "action": "thread_closed"}
    ask("register_webhook", secret, {"webhook_id": "tell nobody"}, uses.append)
    assert uses
    assert "nobody" not in repr(uses)


@pytest.fixture
def clock():
    """A moment that a test moves on."""
    return [START]


@pytest.fixture
def summary(clock):
    return UsageSummary(lambda: clock[0].timestamp())


def use(rule="a", name="m", notices=()):
    return Use(rule, "request", "up", name, "3.1", notices)


def test_a_summary_keeps_the_first_and_the_last_moment(summary, clock):
    for hours in (1, 2, 5):
        clock[0] = START + timedelta(hours=hours)
        summary(use())
    summary(use("b"))
    document = summary.as_json()
    assert (document["since"], document["until"]) == ("2026-01-01T00:00:00Z", "2026-01-01T05:00:00Z")
    assert document["rules"][0] == {
        "rule": "a",
        "kind": "request",
        "direction": "up",
        "name": "m",
        "version": "3.1",
        "count": 3,
        "first_seen": "2026-01-01T01:00:00Z",
        "last_seen": "2026-01-01T05:00:00Z",
    }
    assert [row["rule"] for row in document["rules"]] == ["a", "b"]


def test_a_summary_keeps_what_servers_announced(summary):
    summary(use(notices=(("sunset", "tomorrow"),)))
    summary(use("b", notices=(("sunset", "tomorrow"),)))
    (notice,) = summary.as_json()["notices"]
    assert (notice["header"], notice["value"], notice["name"], notice["count"]) == ("sunset", "tomorrow", "m", 2)


def test_a_summary_that_is_read_again_goes_on(summary, clock, tmp_path):
    path = tmp_path / "seen.json"
    summary(use())
    summary.write(path)
    clock[0] = START + timedelta(days=9)
    again = UsageSummary.read(path, lambda: clock[0].timestamp())
    again(use())
    again.write(path)
    (row,) = json.loads(path.read_text())["rules"]
    assert (row["count"], row["first_seen"], row["last_seen"]) == (2, "2026-01-01T00:00:00Z", "2026-01-10T00:00:00Z")
    assert again.since == START
    assert again.last_seen == {"a": clock[0]}
    assert [each.name for each in tmp_path.iterdir()] == ["seen.json"]


def test_a_summary_holds_equal_uses_once(summary):
    for number in range(5000):
        summary(use(name=f"m{number % 3}"))
    assert len(summary._uses) <= 4096
    assert [(row["name"], row["count"]) for row in summary.as_json()["rules"]] == [
        ("m0", 1667),
        ("m1", 1667),
        ("m2", 1666),
    ]


def test_a_summary_counts_the_uses_of_all_threads(summary):
    threads = [Thread(target=lambda: [summary(use()) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert summary.as_json()["rules"][0]["count"] == 2000


NO_SUMMARIES = {
    "no JSON": "{",
    "a list": "[]",
    "of a later release": '{"version": 2, "since": "2026-01-01T00:00:00Z", "rules": [], "notices": []}',
    "without a time zone": '{"version": 1, "since": "2026-01-01T00:00:00", "rules": [], "notices": []}',
    "of a rule without a name": '{"version": 1, "since": "2026-01-01T00:00:00Z", "rules": [{}], "notices": []}',
    "nested": "[" * 100_000,
}


@pytest.mark.parametrize("text", NO_SUMMARIES.values(), ids=NO_SUMMARIES)
def test_another_file_is_refused(tmp_path, text):
    (tmp_path / "seen.json").write_text(text)
    with pytest.raises(UsageFileError, match="is no summary"):
        UsageSummary.read(tmp_path / "seen.json")


def documented(library):
    """The example for a library, executed."""
    match = re.search(rf"{library}[^:]*::\n\n((?:    .*\n|\n)+)", usage.__doc__ or "")
    code = dedent(match[1])
    assert 0 < len([line for line in code.splitlines() if line.strip()]) <= 10
    names = {}
    exec(code, names)
    return names["on_use"]


def test_the_example_for_prometheus_client_counts():
    on_use = documented("prometheus-client")
    for _ in range(2):
        ask("get_bot_agents", {}, [], on_use)
    labels = {"rule": "method-get-bot-agents", "kind": "request", "direction": "up"}
    labels |= {"name": "get_bot_agents", "version": "3.1"}
    assert REGISTRY.get_sample_value("migrator_uses_total", labels) == 2


def test_the_example_for_opentelemetry_counts():
    reader = InMemoryMetricReader()
    metrics.set_meter_provider(MeterProvider([reader], shutdown_on_exit=False))
    ask("get_bot_agents", {}, [], documented("OpenTelemetry"))
    (resource,) = reader.get_metrics_data().resource_metrics
    points = [point for metric in resource.scope_metrics[0].metrics for point in metric.data.data_points]
    counts = {point.attributes["rule"]: point.value for point in points}
    assert counts == {"method-get-bot-agents": 1, "version-3.2": 1}
