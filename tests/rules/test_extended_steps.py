"""A file with the API and versions of a step that is loaded before adds rows to it, overrides some and drops some."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from migrator import TableError, Translator, load_rules
from migrator.cli import main

HEAD = 'api = "ferry"\nfrom = "1.0"\nto = "1.1"\n'
ROW = """
[[rule]]
id = "{id}"
kind = "{kind}"
{rest}
advice = "See our page."
source = {{ document = "changelog", version = "1.1", item = "9" }}
"""


def row(id, kind, rest):
    return ROW.format(id=id, kind=kind, rest=rest)


ADDED = row("method-sink", "rename_method", 'old = "sink"\nnew = "scuttle"')
AT_EVENT = row("webhook-sunk", "remove_webhook", 'old = "boat_sunk"\nwhere = "event_name"')
OVERRIDING = row("method-find", "rename_method", 'override = true\nold = "find_boat"\nnew = "search_boats"')


@pytest.fixture
def own(tmp_path):
    """Write one file into a folder of the user's."""

    def own(content, name="own.toml"):
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(content)
        return folder

    return own


def ids(rules):
    return [rule.id for rule in rules.table("ferry").steps[0].rules]


def find_problem(*folders):
    with pytest.raises(TableError) as raised:
        load_rules(*folders, shipped=False)
    (problem,) = raised.value.problems
    return problem


def test_rows_are_added_and_may_use_the_lists_of_places_of_the_step(ferry, own):
    rules = load_rules(ferry, own(HEAD + ADDED + AT_EVENT), shipped=False)
    assert ids(rules) == ["method-find", "webhook-left", "key-pier", "method-sink", "webhook-sunk"]
    up = Translator("1.0", "1.1", rules, api="ferry")
    assert up.method("sink").document == "scuttle"
    assert up.request("watch", {"event": "boat_sunk"}).document is None


def test_a_row_is_overridden_in_its_place(ferry, own):
    rules = load_rules(ferry, own(HEAD + OVERRIDING), shipped=False)
    assert ids(rules) == ["method-find", "webhook-left", "key-pier"]
    assert Translator("1.0", "1.1", rules, api="ferry").method("find_boat").document == "search_boats"


def test_rows_are_dropped_with_or_without_others(ferry, own):
    assert ids(load_rules(ferry, own(HEAD + 'drop = ["key-pier", "webhook-left"]\n'), shipped=False)) == ["method-find"]
    both = load_rules(ferry, own(HEAD + 'drop = ["method-find"]\n' + ADDED), shipped=False)
    assert ids(both) == ["webhook-left", "key-pier", "method-sink"]


def test_each_folder_extends_what_was_loaded_before_it(ferry, own, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    (more / "x.toml").write_text(HEAD + 'drop = ["method-sink"]\n')
    assert ids(load_rules(ferry, own(HEAD + ADDED), more, shipped=False)) == ["method-find", "webhook-left", "key-pier"]
    problem = find_problem(ferry, more, own(HEAD + ADDED))
    assert problem.message.endswith("first.toml has no row 'method-sink'")


def test_a_shipped_step_is_extended_without_being_changed(own):
    folder = own('api = "livechat-configuration"\nfrom = "3.1"\nto = "3.2"\ndrop = ["webhook-agent-status-changed"]\n')
    count = len(load_rules().table().steps[1].rules)
    assert len(load_rules(folder).table().steps[1].rules) == count - 1
    assert len(load_rules().table().steps[1].rules) == count


@pytest.mark.parametrize(
    ("content", "row", "key", "message", "hint"),
    [
        (
            row("method-find", "rename_method", 'old = "a"\nnew = "b"'),
            "row 1 (method-find)",
            "id",
            "'method-find' is used twice, also in",
            "override = true",
        ),
        (
            OVERRIDING.replace("method-find", "method-fnd"),
            "row 1 (method-fnd)",
            "override",
            "has no row 'method-fnd' to override",
            "did you mean 'method-find'?",
        ),
        ('drop = ["key-peer"]\n', "the head of the file", "drop", "has no row 'key-peer'", "did you mean 'key-pier'?"),
        (
            'drop = ["method-find", "webhook-left", "key-pier"]\n',
            "the head of the file",
            "drop",
            "no row of the step is left",
            "keep one row",
        ),
        (
            '[places]\nevent_name = [{ document = "webhook", path = "$.name" }]\n' + AT_EVENT,
            "[places]",
            "event_name",
            "has another list 'event_name'",
            "another name",
        ),
        (
            row("method-x", "rename_method", 'old = "find_boat"\nnew = "x"'),
            "row 1 (method-x)",
            "old",
            "'find_boat' is already the subject of method-find",
            "one row only",
        ),
        (
            row("method-x", "rename_method", 'override = "yes"\nold = "a"\nnew = "x"'),
            "row 1 (method-x)",
            "override",
            "valid boolean",
            "true or false",
        ),
        ("", "the head of the file", "", "the step has no row", "`drop`"),
    ],
)
def test_a_mistake_in_an_extension_is_named(content, row, key, message, hint, ferry, own):
    problem = find_problem(ferry, own(HEAD + content))
    assert (problem.row, problem.key) == (row, key)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("content", "key"), [('drop = ["key-pier"]\n' + ADDED, "drop"), (OVERRIDING, "override")], ids=["drop", "override"]
)
def test_only_an_extension_may_drop_and_override(content, key, ferry):
    (ferry / "first.toml").write_text(HEAD + content)
    problem = find_problem(ferry)
    assert (problem.key, problem.message) == (key, "no step of ferry from 1.0 to 1.1 is loaded before this file")


def test_a_second_file_for_a_step_in_the_same_folder_still_overlaps(ferry):
    (ferry / "third.toml").write_text(HEAD + ADDED)
    assert "overlap" in find_problem(ferry).message


def run(*arguments, given=None):
    return CliRunner().invoke(main, list(map(str, arguments)), input=given)


def test_the_command_line_extends_the_shipped_tables(own):
    rows = row("webhook-sunk", "rename_webhook", 'old = "event_updated"\nnew = "event_changed"\nwhere = "webhook_name"')
    folder = own('api = "livechat-configuration"\nfrom = "3.1"\nto = "3.2"\n' + rows)
    result = run("translate", "--rules", folder, "--from", "3.1", given=b'{"action":"event_updated"}')
    assert (result.exit_code, result.stdout) == (0, '{"action":"event_changed"}')
    listed = json.loads(run("rules", "--rules", folder, "--format", "json").stdout)
    assert "webhook-sunk" in json.dumps(listed)


@pytest.mark.parametrize("command", [["rules", "--format", "json"], ["explain", "method-find"]])
def test_the_shipped_tables_are_left_out_when_that_is_asked_for(command, ferry):
    result = run(*command, "--rules", ferry, "--no-shipped")
    assert result.exit_code == 0
    assert "livechat" not in result.stdout
    assert "find_boat" in result.stdout


def test_other_commands_leave_them_out_too(ferry, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(
        'import requests\nrequests.post("https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents")\n'
    )
    assert run("audit", "a.py", "--rules", ferry, "--fail-on", "safe").exit_code == 1
    assert run("audit", "a.py", "--rules", ferry, "--no-shipped", "--fail-on", "safe").exit_code == 0
    assert run("translate", "--rules", ferry, "--no-shipped", "--from", "3.1", given=b"{}").exit_code == 2


@pytest.mark.parametrize("command", ["audit", "codemod", "rules", "translate"])
def test_without_any_table_there_is_nothing_to_do(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(command, "--no-shipped", given=b"{}")
    assert result.exit_code == 2
    assert "--no-shipped needs other tables" in result.stderr
