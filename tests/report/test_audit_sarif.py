"""SARIF 2.1.0: what the published schema asks, and what a reader of the log makes of it."""

import codecs
import json
import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest

from audited import audited
from calls import BEFORE
from migrator.report.machine.sarif import sarif_text
from migrator.report.machine.sarif_locations import message_object, path_uri

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text())


def log(run):
    return json.loads("".join(sarif_text(run)))["runs"][0]


@pytest.fixture(scope="module")
def told(everything):
    """The one run of the log."""
    return log(everything)


def path_of(location):
    """The path that a location names, as a reader decodes it."""
    return os.fsdecode(unquote_to_bytes(location["artifactLocation"]["uri"]))


def reader(run, told, path):
    """The text of a file as a reader of the log decodes it, and a function from its positions to offsets in UTF-16."""
    encodings = {path_of({"artifactLocation": each["location"]}): each["encoding"] for each in told["artifacts"]}
    raw = next(result.before for result in run.results if result.path == path).removeprefix(codecs.BOM_UTF8)
    text = raw.decode(encodings[path])
    ends = [match.end() for match in re.finditer("|".join(map(re.escape, told["newlineSequences"])), text)]
    units = [len(text[:start].encode("utf-16-le")) for start in (0, *ends)]
    return text.encode("utf-16-le"), encodings[path], lambda line, column: units[line - 1] + 2 * (column - 1)


@pytest.mark.parametrize("name", ["everything", "nothing"])
def test_the_log_is_what_the_published_schema_asks_for(request, name):
    told = "".join(sarif_text(request.getfixturevalue(name)))
    assert told.isascii()
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(json.loads(told))


def test_the_fixes_carried_out_by_a_reader_give_what_the_codemod_writes(everything, told):
    changed = [result for result in everything.results if result.is_changed]
    assert {"bom.py", "latin.py", "removed.py"} <= {result.path for result in changed}
    for result in changed:
        data, encoding, offset = reader(everything, told, result.path)
        edits = {
            (
                offset(region["startLine"], region["startColumn"]),
                offset(region["endLine"], region["endColumn"]),
                replacement.get("insertedContent", {}).get("text", ""),
            )
            for each in told["results"]
            if "fixes" in each and "suppressions" not in each
            for change in each["fixes"][0]["artifactChanges"]
            if path_of(change) == result.path
            for replacement in change["replacements"]
            for region in [replacement["deletedRegion"]]
        }
        for start, end, text in sorted(edits, reverse=True):
            data = data[:start] + text.encode("utf-16-le") + data[end:]
        mark = codecs.BOM_UTF8 if result.before.startswith(codecs.BOM_UTF8) else b""
        assert mark + data.decode("utf-16-le").encode(encoding) == result.after


def test_the_region_of_a_result_covers_the_old_name(everything, told):
    checked = 0
    for result in told["results"]:
        place = result["locations"][0]["physicalLocation"]
        old = result.get("properties", {}).get("old")
        if old and "endColumn" in place["region"]:
            data, _, offset = reader(everything, told, path_of(place))
            region = place["region"]
            start = offset(region["startLine"], region["startColumn"])
            end = offset(region["endLine"], region["endColumn"])
            assert data[start:end].decode("utf-16-le") == old
            checked += 1
    assert checked >= len(everything.findings)


def test_each_finding_is_a_result_with_what_it_weighs(everything, told):
    open_results = [each for each in told["results"] if "properties" in each and "suppressions" not in each]
    open_results = open_results[: len(everything.findings)]
    levels = {(each["properties"]["applicability"], each["level"]) for each in open_results}
    assert levels == {("safe", "warning"), ("manual", "error"), ("manual", "note")}
    assert [each["ruleId"] for each in open_results] == [finding.rule for finding in everything.findings]


def test_every_uri_is_relative_to_the_folder_of_the_run_and_decodes_to_the_path(everything, told):
    places = [each["locations"][0]["physicalLocation"] for each in told["results"]]
    for place in places:
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["artifactLocation"]["uri"])
        assert place["artifactLocation"]["uriBaseId"] in told["originalUriBaseIds"]
    assert {path_of(place) for place in places} >= {finding.path for finding in everything.findings}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b.py", "a%20b.py"),
        ("a:b/c.py", "a%3Ab/c.py"),
        ("../up.py", "../up.py"),
        ("100%.py", "100%25.py"),
        (os.fsdecode(b"caf\xe9.py"), "caf%E9.py"),
        ("/abs/ä.py", "file:///abs/%C3%A4.py"),
        ("C:/x y.py", "file:///C:/x%20y.py"),
    ],
    ids=lambda text: repr(text),
)
def test_a_path_becomes_a_uri_that_means_it(path, expected):
    assert path_uri(path) == expected


def test_a_message_can_hold_neither_a_placeholder_nor_a_link():
    assert message_object("{0} [a](b)\x1b")["text"] == "{{0}} [a\\](b)\\x1b"


def test_each_result_names_a_rule_whose_help_is_the_row(everything, told):
    rules = told["tool"]["driver"]["rules"]
    assert len(told["results"]) > len(everything.findings) > 0
    for result in told["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in everything.rules.values():
        described = next(each for each in rules if each["id"] == rule.id)
        assert rule.advice in described["help"]["text"]
        assert "helpUri" not in described


def test_fingerprints_tell_places_apart_and_outlive_lines_above(tmp_path):
    twice = BEFORE + BEFORE.splitlines()[2] + "\n"
    first = log(audited(tmp_path, {"a.py": twice}))
    second = log(audited(tmp_path, {"a.py": "# a line\n\n" + twice}))
    prints = [[each["partialFingerprints"]["migratorPlace/v1"] for each in run["results"]] for run in (first, second)]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0]) == 4
    lines = [
        [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in run["results"]]
        for run in (first, second)
    ]
    assert lines[0] != lines[1]


def test_what_could_not_be_read_is_a_notification_and_the_run_no_success(told, nothing):
    (invocation,) = told["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert path_of(notice["locations"][0]["physicalLocation"]) == "deep/broken.py"
    assert log(nothing)["invocations"][0]["executionSuccessful"] is True


def test_what_is_suppressed_is_in_the_log_and_marked(told):
    marked = [each for each in told["results"] if "suppressions" in each]
    assert {path_of(each["locations"][0]["physicalLocation"]) for each in marked} == {"quiet.py"}
    assert all(each["suppressions"] == [{"kind": "inSource"}] for each in marked)


def test_names_and_notes_fail_nothing_and_a_stale_comment_is_a_warning(told):
    by_rule = {each["ruleId"]: each for each in told["results"]}
    assert (by_rule["name-only"]["level"], by_rule["name-only"]["kind"]) == ("none", "informational")
    assert by_rule["thread-order"]["level"] == "note"
    assert by_rule["stale-suppression"]["level"] == "warning"
