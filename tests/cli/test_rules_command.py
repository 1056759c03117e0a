"""``migrator rules``: what is in the tables, and the schema of their files."""

import json
import tomllib

import jsonschema
import pytest

from migrator.cli.exit_codes import Exit
from migrator.rules.load import find_shipped_rules, load_rules

TABLES = [*sorted(find_shipped_rules().rglob("*.toml"))]


@pytest.fixture
def schema(run):
    schema = json.loads(run("rules", "--format", "json-schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def test_every_rule_is_listed_under_its_step(run):
    output = run("rules").stdout
    for table in load_rules().tables:
        for step in table.steps:
            assert step.rules
            _, _, listed = output.partition(f"{table.api.title} {step.source} to {step.target}  ")
            lines = listed.partition("\n\n")[0].splitlines()[1:]
            assert [line.split()[0] for line in lines] == [rule.id for rule in step.rules]


def test_every_rule_is_in_the_json_with_its_api_and_versions(run):
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert [rule["id"] for rule in listed] == [rule.id for rule in load_rules().all_rules()]
    renamed = next(rule for rule in listed if rule["id"] == "method-get-bot-agents")
    assert (
        renamed.items()
        >= {
            "api": "livechat-configuration",
            "from": "3.1",
            "to": "3.2",
            "kind": "rename_method",
            "old": "get_bot_agents",
            "new": "list_bots",
        }.items()
    )


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_the_steps_between_two_versions_can_be_listed_alone(run, form):
    all_of_it, part = run("rules", "--format", form), run("rules", "--format", form, "--from", "3.1", "--to", "3.2")
    assert "webhook-data" in all_of_it.stdout
    assert ("webhook-data" in part.stdout, "method-get-bot-agents" in part.stdout) == (False, True)
    assert part.stdout == run("rules", "--format", form, "--from", "3.1", "--api", "livechat-configuration").stdout


def test_steps_that_there_are_not_cannot_be_listed(run):
    assert "version 9.9 is not in the table" in run("rules", "--from", "9.9").output
    result = run("rules", "--api", "livechat")
    assert (result.exit_code, "did you mean livechat-configuration?" in result.output) == (Exit.USAGE, True)


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_the_schema_accepts_every_file_that_is_shipped(schema, file):
    jsonschema.validate(tomllib.loads(file.read_text("utf-8")), schema)


def test_the_schema_refuses_a_step_with_an_unknown_key(schema):
    step = tomllib.loads(next(file for file in TABLES if file.name != "api.toml").read_text("utf-8"))
    step["rule"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(step, schema)


def test_tables_that_are_given_are_listed_too(here, run, table):
    table(here / "tables")
    output = run("rules", "--rules", "tables").stdout
    assert "Toys 1 to 2  (toys, 2 rules)\n" in output
    assert "  rename_method   old_toy -> new_toy\n" in output


def test_a_broken_table_is_a_usage_error(here, run, table):
    (table(here / "tables") / "1-2.toml").write_text("rule = 1")
    result = run("rules", "--rules", "tables")
    assert (result.exit_code, "tables/1-2.toml" in result.stderr) == (Exit.USAGE, True)
