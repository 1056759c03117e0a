"""What one entry point reads, all read: numbers of any size, halves of surrogate pairs, a byte order mark.

Each value is put into documents of every kind, and each document is passed to every entry point that takes it.
"""

from __future__ import annotations

import gzip
import io

import pytest
from click.testing import CliRunner

from migrator import Translator
from migrator.cli import main
from migrator.payload.adapters.exchange import Exchange
from migrator.payload.json_text import BOM, parse_json
from migrator.payload.streams.byte_source import open_source
from migrator.payload.streams.document_job import DocumentJob
from migrator.payload.streams.stream_stats import StreamStats
from migrator.payload.streams.translate_stream import translate_stream
from migrator.report.baseline.baseline_file import dump_baseline, parse_baseline

VALUES = {
    "a number above every float": b"1e400",
    "a number below every float": b"-1E400",
    "an exponent beyond decimals": b"1e99999999999999999999",
    "5,000 digits": b"9" * 5000,
    "5,000 negative digits": b"-" + b"9" * 5000,
    "23 digits": b"12345678901234567890123",
    "a trailing zero": b"1.10",
    "an exponent": b"1E5",
    "negative zero": b"-0.0",
    "digits that a float loses": b"1.0000000000000000000000001",
    "half a surrogate pair": b'"\\ud83d"',
    "half a pair in a key": b'{"\\udc00":1}',
    "a whole pair": b'"\\ud83d\\ude00"',
    "equal keys": b'{"a":1.0,"a":1e400}',
    "a nested number": b"[1e400,[1e-400]]",
}
#: Documents of a kind and method before and after the translation; `%b` is the value.
DOCUMENTS = [
    (
        "webhook",
        "",
        b'{"action":"thread_closed","payload":{"x":%b}}',
        b'{"action":"chat_deactivated","payload":{"x":%b}}',
    ),
    (
        "webhook",
        "",
        b'{"x":%b,"action":"incoming_event","payload":{}}',
        b'{"x":%b,"action":"incoming_event","payload":{}}',
    ),
    ("webhook", "", b'{"action":"unheard_of","payload":{"x":%b}}', b'{"action":"unheard_of","payload":{"x":%b}}'),
    (
        "webhook",
        "",
        b'{"action":"access_set","payload":{"resource":"chat","x":%b}}',
        b'{"action":"chat_access_set","payload":{"x":%b}}',
    ),
    ("request", "create_bot_agent", b'{"name":%b,"status":"offline"}', b'{"name":%b}'),
    ("request", "update_bot_agent", b'{"id":"i","status":"offline","x":%b}', b'{"id":"i","x":%b}'),
    ("request", "register_webhook", b'{"action":"thread_closed","x":%b}', b'{"action":"chat_deactivated","x":%b}'),
    ("request", "create_properties", b'{"x":%b}', b'{"x":%b}'),
    ("request", "unheard_of", b'{"x":%b}', b'{"x":%b}'),
    ("response", "get_bot_agents", b'{"x":%b}', b'{"x":%b}'),
    (
        "response",
        "get_webhooks_config",
        b'[{"action":"thread_closed","x":%b},{"action":"incoming_event"}]',
        b'[{"action":"chat_deactivated","x":%b},{"action":"incoming_event"}]',
    ),
    (
        "response",
        "get_webhooks_config",
        b'[{"action":"agent_status_changed"},{"action":"incoming_event","x":%b}]',
        b'[{"action":"incoming_event","x":%b}]',
    ),
]
UP, DETECTING = Translator("3.1", "3.2"), Translator(None, "3.2")

each_value = pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)


def translators(kind):
    return (UP, DETECTING) if kind == "webhook" else (UP,)


def translate_bytes(translator, kind, method, data):
    if kind == "webhook":
        return translator.webhook_bytes(data).document
    return (translator.request_bytes if kind == "request" else translator.response_bytes)(method, data).document


def translate_stream_of(translator, kind, method, data):
    """The bytes that a stream becomes, of which no document may be refused."""
    job, out, refused = DocumentJob(translator, kind, method), io.BytesIO(), []
    stats = StreamStats(lambda where, problem: refused.append((where, problem)))
    for _ in translate_stream(open_source(io.BytesIO(data)), job.create_function(), job.takes_array(), out, stats):
        pass
    assert refused == []
    return out.getvalue()


@each_value
@pytest.mark.parametrize("mark", [b"", BOM], ids=["bare", "with a mark"])
def test_bytes_and_streams_keep_a_value_as_it_is_written(value, mark):
    for kind, method, before, after in DOCUMENTS:
        given, expected = before % value, after % value
        for translator in translators(kind):
            assert translate_bytes(translator, kind, method, mark + given) == mark + expected
            for layout in (b"%b", b"%b\n%b\n", b"[%b, %b]", b"\n [\n%b\n] "):
                count = layout.count(b"%b")
                data, wanted = layout % ((given,) * count), layout % ((expected,) * count)
                assert translate_stream_of(translator, kind, method, mark + data) == mark + wanted
            packed = gzip.compress(mark + given)
            assert translate_stream_of(translator, kind, method, packed) == mark + expected


@each_value
def test_objects_are_translated_as_the_bytes_that_they_are_read_from(value):
    for kind, method, before, after in DOCUMENTS:
        document, expected = parse_json(before % value).value, parse_json(after % value).value
        for translator in translators(kind):
            if kind == "webhook":
                found = translator.webhook(document)
                assert translator.webhook_document(document) == expected
            else:
                found = (translator.request if kind == "request" else translator.response)(method, document)
            assert found.document == expected


@each_value
@pytest.mark.parametrize("mark", [b"", BOM], ids=["bare", "with a mark"])
def test_an_exchange_reads_them_too(value, mark):
    exchange = Exchange.from_translator(UP)
    for kind, method, before, after in DOCUMENTS:
        if kind == "request":
            address = exchange.find_address(f"https://api.livechatinc.com/v3.1/configuration/action/{method}")
            assert exchange.translate_request(address, mark + before % value).content == mark + after % value


@each_value
@pytest.mark.parametrize("mark", [b"", BOM], ids=["bare", "with a mark"])
def test_the_registrations_of_an_account_are_read_with_them(value, mark, tmp_path):
    given = b'[{"webhook_id":"w","action":"thread_closed","url":"https://x.example","x":%b}]' % value
    (tmp_path / "hooks.json").write_bytes(mark + given)
    (tmp_path / "a.py").write_bytes(b"")
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "a.py"), "--webhooks", str(tmp_path / "hooks.json")])
    assert result.exit_code == 1
    assert "webhook-thread-closed" in result.stdout


@each_value
def test_a_declared_value_is_any_json_that_can_be_written(value):
    declared = f"license_id={value.decode()}"
    given = b'{"action":"thread_closed"}'
    result = CliRunner().invoke(main, ["translate", "--from", "3.1", "--declare", declared], input=given)
    if value == VALUES["an exponent beyond decimals"]:
        assert result.exit_code == 2
        assert "the exponent of 1e99999999999999999999 is too large" in result.stderr
        return
    assert result.exit_code == 0
    assert parse_json(result.stdout_bytes).value["license_id"] == parse_json(value).value


def test_a_baseline_may_begin_with_a_mark():
    assert parse_baseline(BOM + dump_baseline([])) == ()


def test_what_is_no_json_is_refused_by_all_alike():
    for data in (b"{", b'{"a":NaN}', b'{"a":Infinity}', b"\xff\xfe{}", b"[1,]", BOM, b"", b"01"):
        for kind, method, _, _ in DOCUMENTS:
            for translator in translators(kind):
                with pytest.raises(ValueError, match=r"not JSON in UTF-8|nested"):
                    translate_bytes(translator, kind, method, data)
