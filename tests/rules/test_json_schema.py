"""The schema from which editors complete a row says what the loader says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from migrator.rules.checks.json_schema import create_json_schema
from migrator.rules.load import find_shipped_rules, load_rules
from migrator.rules.rule import Kind

TABLES = sorted(find_shipped_rules().rglob("*.toml"))
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples" / "tables").rglob("*.toml"))


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    return Draft202012Validator(create_json_schema())


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(create_json_schema())


def test_the_schema_beside_the_tables_is_the_one_that_is_printed():
    assert json.loads((find_shipped_rules() / "schema.json").read_text("utf-8")) == create_json_schema()


@pytest.mark.parametrize("table", TABLES, ids=lambda path: f"{path.name} satisfies the schema and points editors to it")
def test_a_shipped_table(table: Path, schema):
    schema.validate(tomllib.loads(table.read_text("utf-8")))
    directive, _, target = table.read_text("utf-8").partition("\n")[0].partition(" ")
    assert directive == "#:schema"
    assert (table.parent / target).samefile(find_shipped_rules() / "schema.json")


@pytest.mark.parametrize("table", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name} satisfies the schema")
def test_a_sample_table(table: Path, schema):
    schema.validate(tomllib.loads(table.read_text("utf-8")))


def test_the_shipped_and_the_sample_tables_load_side_by_side_and_show_every_kind():
    rules = load_rules(SAMPLES[0].parent)
    assert len(rules.tables) == 2
    assert {rule.kind for rule in rules.all_rules()} == set(Kind)


def test_every_kind_has_its_own_form_in_the_schema():
    forms = create_json_schema()["$defs"].values()
    kinds = [form["properties"]["kind"] for form in forms if "kind" in form.get("properties", {})]
    assert sorted(value for kind in kinds for value in kind.get("enum", [kind.get("const")])) == sorted(Kind)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('kind = "rename_method"', 'kind = "rename_verb"', id="an unknown kind does not satisfy it"),
        pytest.param('from = "1.0"', "from = 1.0", id="an unquoted version does not satisfy it"),
        pytest.param('to = "1.1"', 'to = "v1.1"', id="a version that is none does not satisfy it"),
        pytest.param('"$.pier" }', '"pier" }', id="a bad JSON path does not satisfy it"),
        pytest.param('advice = "Call find_ship."', "", id="a row without advice does not satisfy it"),
        pytest.param('advice = "Call', 'remark = "x"\nadvice = "Call', id="an unknown key does not satisfy it"),
        pytest.param('equals = "boat"', 'equals = ["boat"]', id="a guard against a list does not satisfy it"),
    ],
)
def test_a_broken_table(old, new, schema, ferry_files):
    whole = ferry_files["first.toml"]
    assert schema.is_valid(tomllib.loads(whole))
    assert old in whole
    assert not schema.is_valid(tomllib.loads(whole.replace(old, new, 1)))
