"""What the loader says the engines carry out, they do: a table of one row is found in code and changes a document."""

from __future__ import annotations

import pytest

from migrator import Translator, migrate_source
from migrator.findings.applicability import Applicability
from migrator.rules.checks.check_row import ENGINES
from migrator.rules.load import load_rules
from migrator.rules.rule import Kind
from migrator.rules.table import Rules

HEAD = """\
api = "ferry"
from = "1.0"
to = "1.1"

[[rule]]
id = "only"
kind = "{kind}"
{rest}
advice = "See the manual."
source = {{ document = "changelog", version = "1.1", item = "1" }}
"""

AT_CALL = 'where = [{{ document = "request", name = "find_boat", path = "{}" }}]'
AT_EVENT = 'where = [{ document = "webhook", path = "$.event" }]'
REST = {
    Kind.RENAME_METHOD: 'old = "find_boat"\nnew = "find_ship"',
    Kind.REMOVE_METHOD: 'old = "find_boat"',
    Kind.RENAME_WEBHOOK: 'old = "boat_left"\nnew = "ship_left"\n' + AT_EVENT,
    Kind.REMOVE_WEBHOOK: 'old = "boat_left"\n' + AT_EVENT,
    Kind.RENAME_KEY: 'old = "pier"\nnew = "dock"\n' + AT_CALL.format("$.pier"),
    Kind.REMOVE_KEY: 'old = "pier"\n' + AT_CALL.format("$.pier"),
    Kind.ADD_KEY: 'new = "fare"\nvalue = { context = "fare" }\n' + AT_CALL.format("$.fare"),
    Kind.UNNEST: 'old = "body"\n' + AT_CALL.format("$.body"),
    Kind.RAISE_VERSION: "",
    Kind.BEHAVIOUR: 'old = "find_boat"\n' + AT_CALL.format("$"),
    Kind.SCOPE: 'new = "boats:rw"\n' + AT_CALL.format("$"),
    Kind.MANUAL: 'old = "find_boat"\n' + AT_CALL.format("$"),
}

CODE = """\
'''What we ask the ferry.'''

import requests

SCOPES = ["boats:rw"]
URL = "https://api.ferry.example/v1.0/ferry/find_boat"


def find():
    return requests.post(URL, json={"pier": "north", "body": {"sort": "boat"}})


def receive(hook):
    if hook["token"] == "t" and hook["event"] == "boat_left":
        return hook["body"]
"""

URL = "https://api.ferry.example/v1.0/ferry/find_boat"
REQUESTS = [{"pier": "north"}, {"body": {"sort": "boat"}}]
WEBHOOK = {"event": "boat_left", "token": "t", "body": {}}

#: What a row about a response may state, and the document that the translator receives.
READ = {
    Kind.RENAME_KEY: 'old = "pier"\nnew = "dock"',
    Kind.REMOVE_KEY: 'old = "pier"',
    Kind.UNNEST: 'old = "pier"',
    Kind.MANUAL: 'old = "pier"',
}
ANSWER = {"pier": {}}

#: Kinds about which a document says nothing.
OF_PEOPLE = {Kind.BEHAVIOUR, Kind.SCOPE}


@pytest.fixture
def table(request, write, ferry_files) -> Rules:
    """A table of one row of the kind that the test asks for."""
    step = HEAD.format(kind=request.param, rest=REST[request.param])
    return load_rules(write({"api.toml": ferry_files["api.toml"], "step.toml": step}), shipped=False)


@pytest.mark.parametrize(
    "table", sorted(ENGINES["codemod"]), indirect=True, ids=lambda kind: f"a row of kind {kind} is found"
)
def test_the_codemod_carries_out(table):
    result = migrate_source(CODE, table, source="1.0", target="1.1")
    assert result.error is None
    assert {finding.rule for finding in result.findings} == {"only"}


@pytest.mark.parametrize(
    "table",
    sorted(ENGINES["translate"] - OF_PEOPLE),
    indirect=True,
    ids=lambda kind: f"a row of kind {kind} acts",
)
def test_the_translator_carries_out(table):
    translator = Translator("1.0", "1.1", table)
    requests = [translator.request("find_boat", request) for request in REQUESTS]
    results = [translator.url(URL), translator.webhook(WEBHOOK), *requests]
    said = {rule for result in results for rule in result.applied}
    said |= {each.rule for result in results for each in (*result.losses, *result.missing)}
    assert said == {"only"}


@pytest.mark.parametrize("kind", sorted(READ))
@pytest.mark.parametrize("path", ["$.pier", "$.list[*].pier"])
def test_a_row_about_a_response_is_reported_at_each_call_of_its_method(kind, path, write, ferry_files):
    where = f'where = [{{ document = "response", name = "find_boat", path = "{path}" }}]'
    step = HEAD.format(kind=kind, rest=f"{READ[kind]}\n{where}")
    table = load_rules(write({"api.toml": ferry_files["api.toml"], "step.toml": step}), shipped=False)
    (finding,) = migrate_source(CODE, table, source="1.0", target="1.1").findings
    assert (finding.rule, finding.line, finding.applicability) == ("only", 6, Applicability.MANUAL)
    assert "check the code that reads the response" in finding.message or kind is Kind.MANUAL
    answer = ANSWER if path == "$.pier" else {"list": [{"pier": {}}]}
    there = Translator("1.0", "1.1", table).response("find_boat", answer)
    assert {*there.applied, *(loss.rule for loss in there.losses)} == {"only"}


def test_a_module_that_answers_the_change_of_a_response_is_not_reported(write, ferry_files):
    where = 'where = [{ document = "response", name = "find_boat", path = "$.pier" }]\nanswered_by = ["dock"]'
    step = HEAD.format(kind="rename_key", rest=f"{READ[Kind.RENAME_KEY]}\n{where}")
    table = load_rules(write({"api.toml": ferry_files["api.toml"], "step.toml": step}), shipped=False)
    assert migrate_source(CODE + 'DOCK = "dock"\n', table, source="1.0", target="1.1").findings == ()
