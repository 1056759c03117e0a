"""The JSON document that is printed, and the schema that promises its form."""

import json
import os

import jsonschema
import pytest

from calls import AFTER, BEFORE, BROKEN, LEFT, OTHER
from planted import plant


@pytest.fixture
def schema(run):
    """The exported schema, itself checked."""
    schema = json.loads(run("audit", "--format", "json-schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def same_keys(value, schema):
    """Whether every object has the keys that the schema names, and no other."""
    if isinstance(value, dict):
        return set(value) == set(schema["properties"]) == set(schema["required"]) and all(
            same_keys(item, schema["properties"][key]) for key, item in value.items()
        )
    return not isinstance(value, list) or all(same_keys(item, schema["items"]) for item in value)


@pytest.mark.parametrize("command", [("audit",), ("codemod",), ("codemod", "--write"), ("codemod", "--unsafe")])
@pytest.mark.parametrize(
    "files",
    [{}, {"a.py": OTHER}, {"a.py": BEFORE, "b/c.py": LEFT, "b/d.py": BROKEN}],
    ids=["no file", "no finding", "findings and an error"],
)
def test_what_is_printed_is_what_the_schema_promises(here, document, schema, command, files):
    plant(here, files)
    value = document(*command)
    jsonschema.validate(value, schema)
    assert same_keys(value, schema)


@pytest.mark.parametrize("key", ["rule", "kind", "line", "evidence", "old", "new", "advice"])
def test_the_schema_refuses_a_finding_without_one_of_its_keys(here, document, schema, key):
    plant(here, {"a.py": BEFORE})
    value = document("audit")
    del value["findings"][0][key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema)


@pytest.mark.parametrize(
    ("key", "wrong"), [("line", 0), ("column", "1"), ("applicability", "sure"), ("kind", "rename")]
)
def test_the_schema_refuses_a_value_that_a_finding_cannot_have(here, document, schema, key, wrong):
    plant(here, {"a.py": BEFORE})
    value = document("audit")
    value["findings"][0][key] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema)


def test_a_finding_names_its_rule_place_names_and_evidence(here, document):
    plant(here, {"deep/a.py": BEFORE})
    finding = next(each for each in document("audit")["findings"] if each["kind"] == "rename_method")
    assert finding.pop("evidence")
    assert finding.pop("message")
    assert finding == {
        "rule": "method-get-bot-agents",
        "kind": "rename_method",
        "path": "deep/a.py",
        "line": 3,
        "column": 70,
        "end_line": 3,
        "end_column": 84,
        "old": "get_bot_agents",
        "new": "list_bots",
        "applicability": "safe",
        "advice": "Call `list_bots`.",
    }


def test_lines_and_columns_count_characters_from_one(here, document):
    plant(here, {"a.py": "import requests\r\n\r\n'é'; " + BEFORE.splitlines()[2]})
    finding = next(each for each in document("audit")["findings"] if each["kind"] == "rename_method")
    assert (finding["line"], finding["column"], finding["end_column"]) == (3, 75, 89)


def test_the_summary_counts_files_findings_and_rules(here, document):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE, "c.py": LEFT, "d.py": OTHER, "e.py": AFTER, "f.py": BROKEN})
    summary = document("codemod", "--from", "3.1")["summary"]
    assert summary == {
        "steps": [{"api": "livechat-configuration", "from": "3.1", "to": "3.2"}],
        "versions": [
            {"api": "livechat-configuration", "version": "3.1", "urls": 2},
            {"api": "livechat-configuration", "version": "3.2", "urls": 1},
        ],
        "files": {"searched": 6, "with_findings": 3, "changed": 2, "written": 0, "failed": 1, "outside": 0},
        "findings": {"total": 5, "safe": 4, "unsafe": 0, "manual": 1, "applied": 4, "left": 1, "known": 0},
        "rules": [
            {"rule": "method-get-bot-agents", "safe": 2, "unsafe": 0, "manual": 1, "applied": 2, "left": 1},
            {"rule": "version-3.2", "safe": 2, "unsafe": 0, "manual": 0, "applied": 2, "left": 0},
        ],
    }


def test_the_summary_tells_what_was_written_from_what_could_not_be(here, document):
    plant(here, {"a.py": BEFORE, "b.py": BEFORE})
    (here / "b.py").chmod(0o444)
    value = document("codemod", "--write")
    assert (
        value["summary"]["files"] | {"searched": 2, "changed": 1, "written": 1, "failed": 1}
        == value["summary"]["files"]
    )
    assert (value["summary"]["findings"]["applied"], value["summary"]["findings"]["left"]) == (2, 2)
    assert value["errors"] == [{"path": "b.py", "line": None, "message": "not written: is read-only"}]


def test_an_error_names_path_line_and_what_is_wrong(here, document):
    plant(here, {"a.py": "\n\n" + BROKEN})
    error = document("audit")["errors"][0]
    assert (error["path"], error["line"], bool(error["message"])) == ("a.py", 3, True)


def test_the_document_is_ascii_and_a_name_that_is_no_text_is_escaped(here, run):
    try:
        plant(here, {os.fsdecode(b"caf\xe9.py"): BEFORE, "naïve.py": BEFORE})
    except OSError:
        pytest.skip("this file system takes only names that are text")
    output = run("audit", "--format", "json").stdout
    assert output.isascii()
    assert {finding["path"] for finding in json.loads(output)["findings"]} == {"caf\\xe9.py", "naïve.py"}


def test_each_finding_stands_on_a_line_of_its_own(here, run):
    plant(here, {"a.py": BEFORE})
    lines = run("audit", "--format", "json").stdout.splitlines()
    assert [json.loads(line.rstrip(","))["rule"] for line in lines if line.startswith('{"rule"')] == [
        "version-3.2",
        "method-get-bot-agents",
    ]
