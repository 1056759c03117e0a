"""Rows of a step act at once and steps follow one another, shown on an invented API."""

# ruff: noqa: E501 - the sources under test are as long as they are

import pytest

from laws import text_of
from migrator import load_rules, migrate_source
from verbs import migrated

API = """
[api]
id = "lamps"
title = "Lamps API"
hosts = ["lamps.test"]
path = "/v{version}/lamps/{method}"
webhooks = ["lamp_broken"]

[api.envelope]
name = "event"
keys = ["event", "lamp_token", "body"]
distinctive = ["lamp_token"]
body = ["body"]
"""
STEP = 'api = "lamps"\nfrom = "{source}"\nto = "{target}"\n\n{rows}'
SOURCE = 'source = {{ document = "changelog", version = "{version}", item = "1" }}\n'


def row(kind: str, old: str, new: str, version: str) -> str:
    where = 'where = [{ document = "webhook", path = "$.event" }]\n' if kind == "rename_webhook" else ""
    return (
        f'[[rule]]\nid = "{kind.replace("_", "-")}-{old.replace("_", "-")}-{version}"\nkind = "{kind}"\nold = "{old}"\n'
        f'new = "{new}"\n{where}advice = "Say {new}."\n{SOURCE.format(version=version)}\n'
    )


def raising(version: str) -> str:
    return f'[[rule]]\nid = "version-{version}"\nkind = "raise_version"\nadvice = "Go up."\n{SOURCE.format(version=version)}\n'


@pytest.fixture
def table(tmp_path):
    """Load the steps from 1.0 on, each given as (kind, old, new) rows."""

    def load(*steps):
        (tmp_path / "api.toml").write_text(API)
        for number, renames in enumerate(steps, 1):
            target = f"{number + 1}.0"
            rows = "".join(row(*rename, target) for rename in renames) + raising(target)
            text = STEP.format(source=f"{number}.0", target=target, rows=rows)
            (tmp_path / f"{number}.toml").write_text(text)
        return load_rules(tmp_path, shipped=False)

    return load


def calls(version: str, *names: str) -> str:
    base = f'import requests\n\nBASE = "https://lamps.test/v{version}/lamps/"\n'
    return base + "".join(f'requests.post(BASE + "{name}")\n' for name in names)


def receiver(*names: str) -> str:
    head = 'def receive(hook):\n    assert hook["lamp_token"]\n'
    return head + "".join(f'    if hook["event"] == "{name}":\n        print(hook["body"])\n' for name in names)


def test_an_invented_api_is_migrated_like_the_shipped_one(table):
    rules = table([("rename_method", "switch_on", "light"), ("rename_webhook", "went_out", "lamp_died")])
    result = migrated(calls("1.0", "switch_on", "dim"), rules=rules, source="1.0", target="2.0")
    assert text_of(result.after) == calls("2.0", "light", "dim")
    result = migrated(receiver("went_out", "lamp_broken"), rules=rules, source="1.0", target="2.0")
    assert text_of(result.after) == receiver("lamp_died", "lamp_broken")


def test_two_names_of_one_step_can_be_swapped(table):
    rules = table([("rename_method", "start", "stop"), ("rename_method", "stop", "start")])
    result = migrated(calls("1.0", "start", "stop", "start"), rules=rules, source="1.0", target="2.0")
    assert text_of(result.after) == calls("2.0", "stop", "start", "stop")


def test_two_webhooks_of_one_step_can_be_swapped(table):
    rules = table([("rename_webhook", "opened", "closed"), ("rename_webhook", "closed", "opened")])
    before = receiver("opened", "closed", "lamp_broken")
    result = migrate_source(before, rules, source="1.0", target="2.0")
    # judgement: nothing in a receiver tells its version, so that both names in one place are for a person
    assert result.after in (receiver("closed", "opened", "lamp_broken"), before)
    assert result.after != before or result.remaining


def test_a_name_that_another_row_frees_is_not_renamed_twice(table):
    rules = table([("rename_method", "first", "second"), ("rename_method", "second", "third")])
    result = migrated(calls("1.0", "first", "second"), rules=rules, source="1.0", target="2.0")
    assert text_of(result.after) == calls("2.0", "second", "third")


def test_a_name_goes_through_all_steps(table):
    rules = table([("rename_method", "first", "second")], [("rename_method", "second", "third")])
    result = migrated(calls("1.0", "first", "other"), rules=rules, source="1.0", target="3.0")
    assert text_of(result.after) == calls("3.0", "third", "other")


def test_a_name_goes_through_one_step_when_one_is_asked_for(table):
    rules = table([("rename_method", "first", "second")], [("rename_method", "second", "third")])
    up = migrated(calls("1.0", "first"), rules=rules, source="1.0", target="2.0")
    assert text_of(up.after) == calls("2.0", "second")
    result = migrated(up.after, rules=rules, source="2.0", target="3.0")
    assert text_of(result.after) == calls("3.0", "third")


def test_a_webhook_goes_through_all_steps(table):
    rules = table([("rename_webhook", "went_out", "died")], [("rename_webhook", "died", "perished")])
    result = migrated(receiver("went_out"), rules=rules, source="1.0", target="3.0")
    assert text_of(result.after) == receiver("perished")


def test_a_name_that_comes_back_later_ends_as_it_began(table):
    rules = table([("rename_method", "go", "run")], [("rename_method", "run", "go")])
    result = migrated(calls("1.0", "go"), rules=rules, source="1.0", target="3.0")
    assert text_of(result.after) == calls("3.0", "go")


def test_a_name_that_a_later_step_gives_to_something_else_is_not_confused(table):
    rules = table([("rename_method", "first", "second")], [("rename_method", "other", "first")])
    result = migrated(calls("1.0", "first", "other"), rules=rules, source="1.0", target="3.0")
    assert text_of(result.after) == calls("3.0", "second", "first")


def test_the_steps_together_give_what_they_give_one_after_the_other(table):
    rules = table(
        [("rename_method", "first", "second"), ("rename_method", "second", "first"), ("rename_method", "x", "y")],
        [("rename_method", "second", "third"), ("rename_method", "y", "second")],
    )
    before = calls("1.0", "first", "second", "x", "y", "third")
    middle = migrated(before, rules=rules, source="1.0", target="2.0").after
    last = migrated(middle, rules=rules, source="2.0", target="3.0").after
    assert migrated(before, rules=rules, source="1.0", target="3.0").after == last


def test_another_apis_code_is_left_alone(table):
    rules = table([("rename_method", "switch_on", "light")])
    source = calls("1.0", "switch_on").replace("lamps.test", "candles.test")
    result = migrated(source, rules=rules, source="1.0", target="2.0")
    assert text_of(result.after) == source
    assert result.findings == ()
