"""A removed method is reported at each call, with the advice, and never edited."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from migrator import LossError, Translator, load_rules, migrate_source
from migrator.cli import main
from migrator.findings.applicability import Applicability
from migrator.rules.reverse_chain import reverse_chain

API = """
[api]
id = "ferry"
title = "Ferry API"
hosts = ["*.ferry.example"]
path = "/v{version}/ferry/{method}"
methods = ["book_seat"]
"""
STEP = """
api = "ferry"
from = "1.0"
to = "1.1"

[[rule]]
id = "no-find"
kind = "remove_method"
old = "find_boat"
advice = "Ask the harbour."
source = { document = "changelog", version = "1.1", item = "1" }

[[rule]]
id = "version"
kind = "raise_version"
advice = "Call 1.1."
source = { document = "changelog", version = "1.1", item = "2" }
"""
BASE = "https://api.ferry.example/v1.0/ferry"
CALLS = {
    "a URL": f'import requests\nrequests.post("{BASE}/find_boat", json={{}})\n',
    "a base": f'import requests\nB = "{BASE}"\nrequests.post(f"{{B}}/find_boat")\nrequests.post(f"{{B}}/book_seat")\n',
    "a name passed on": (
        f'import requests\n\n\ndef post(name):\n    return requests.post(f"{BASE}/{{name}}")\n\n\npost("find_boat")\n'
    ),
}


@pytest.fixture
def folder(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "api.toml").write_text(API)
    (tables / "1.0-1.1.toml").write_text(STEP)
    return tables


@pytest.fixture
def rules(folder):
    return load_rules(folder, shipped=False)


@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_a_call_is_manual_and_keeps_its_name(rules, code):
    result = migrate_source(code, rules, source="1.0", target="1.1")
    (finding,) = [each for each in result.findings if each.rule == "no-find"]
    assert (finding.applicability, finding.edits, finding.old) == (Applicability.MANUAL, (), "find_boat")
    assert (finding.message, finding.advice) == ("method `find_boat` was removed in 1.1", "Ask the harbour.")
    assert "find_boat" in result.after


def test_a_url_that_is_written_in_one_piece_keeps_its_version_and_a_shared_base_does_not(rules):
    versions = {}
    for name, code in CALLS.items():
        result = migrate_source(code, rules, source="1.0", target="1.1")
        versions[name] = next(each for each in result.findings if each.rule == "version")
    assert versions["a URL"].applicability is Applicability.MANUAL
    assert versions["a URL"].message.endswith("it is that of find_boat, which 1.1 does not have")
    assert versions["a base"].applicability is Applicability.SAFE


def test_a_request_and_a_response_are_lost_with_the_advice(rules):
    up = Translator("1.0", "1.1", rules)
    reason = "find_boat has no counterpart in 1.1: Ask the harbour."
    for told in (up.request("find_boat", {}), up.response_bytes("find_boat", b"{}"), up.method("find_boat")):
        assert (told.document, [loss.reason for loss in told.losses]) == (None, [reason])
    with pytest.raises(LossError, match="Ask the harbour"):
        Translator("1.0", "1.1", rules, on_loss="raise").request("find_boat", {})
    assert up.back().request("book_seat", {}).losses == ()


@pytest.mark.parametrize("on_loss", ["report", "raise"])
def test_the_command_says_the_advice(folder, on_loss):
    given = ["translate", "--rules", str(folder), "--api", "ferry", "--from", "1.0", "--kind", "request"]
    result = CliRunner().invoke(main, [*given, "--method", "find_boat", "--on-loss", on_loss], input=b"{}")
    assert result.exit_code == 1
    assert "find_boat has no counterpart in 1.1: Ask the harbour. (no-find" in result.stderr


def test_the_way_back_has_no_row_for_it(rules):
    assert [rule.id for rule in reverse_chain(rules.table().chain()).rules()] == ["version"]


def test_other_languages_report_it_too(folder, tmp_path):
    source = tmp_path / "src"
    source.mkdir()
    (source / "a.ts").write_text(f'await fetch("{BASE}/find_boat", {{method: "POST"}})\n')
    (source / "b.http").write_text(f"POST {BASE}/find_boat\n\n{{}}\n")
    result = CliRunner().invoke(main, ["audit", str(source), "--rules", str(folder), "--api", "ferry"])
    assert result.exit_code == 1
    assert result.stdout.count("[manual]") >= 2
    assert "method `find_boat` was removed in 1.1" in result.stdout or "no-find" in result.stdout
