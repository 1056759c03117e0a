"""Every place of every row is a place that the older version's documents have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from older_documents import PAYLOADS, documents

from migrator.rules.json_path import EACH, parse_path
from migrator.rules.load import load_rules
from migrator.rules.rule import Kind, RulePlace
from migrator.rules.version import Version

STEPS = load_rules().table().steps
NAMING = {Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK}
PLACES = [
    pytest.param(step.source, rule, place, id=f"{rule.id} at {place.path} of {place.name or 'every'} {place.document}")
    for step in STEPS
    for rule in step.rules
    for place in rule.where
]
RULES = [rule for step in STEPS for rule in step.rules]
WEBHOOK_ROWS = [rule for rule in RULES if rule.kind in NAMING]


def values(document: Any, path: str) -> Iterator[Any]:
    """Every value at a path; none where a key is missing."""
    found = [document]
    for part in parse_path(path):
        if part is EACH:
            found = [item for value in found if isinstance(value, list) for item in value]
        else:
            found = [value[part] for value in found if isinstance(value, dict) and part in value]
    yield from found


def named(version: Version, place: RulePlace) -> dict[str, Any]:
    """The documents that a place is about, by their names."""
    every = {name: body for (kind, name), body in documents(str(version)).items() if kind == place.document}
    return every if place.name is None else {place.name: every[place.name]}


@pytest.mark.parametrize(("version", "rule", "place"), PLACES)
def test_a_place_is_found_in_every_document_that_it_speaks_of(version, rule, place):
    found = named(version, place)
    assert found
    for name, document in found.items():
        if rule.kind is Kind.ADD_KEY:
            assert list(values(document, place.path)) == [], name
            assert list(values(document, place.path.rpartition(".")[0])), name
        else:
            assert list(values(document, place.path)), name


@pytest.mark.parametrize(("version", "rule", "place"), [each for each in PLACES if each.values[1].kind in NAMING])
def test_a_place_of_a_webhooks_name_holds_such_names(version, rule, place):
    found = {value for document in named(version, place).values() for value in values(document, place.path)}
    assert found <= set(PAYLOADS)
    assert rule.old in found or place.name == "register_webhook"


@pytest.mark.parametrize("rule", WEBHOOK_ROWS, ids=lambda rule: f"{rule.id} is looked for in all six places")
def test_a_webhooks_name_is_looked_for_where_names_of_webhooks_stand(rule):
    assert {(place.document, place.name, place.path) for place in rule.where} == {
        ("webhook", None, "$.action"),
        ("request", "register_webhook", "$.action"),
        ("response", "get_webhooks_config", "$[*].action"),
        ("request", "create_bot_agent", "$.webhooks.actions[*].name"),
        ("request", "update_bot_agent", "$.webhooks.actions[*].name"),
        ("response", "get_bot_agent_details", "$.bot_agent.webhooks.actions[*].name"),
    }


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.guard], ids=lambda rule: rule.id)
def test_a_guard_compares_with_what_the_documents_hold(rule):
    names = {place.name for place in rule.where if place.document == rule.guard.document} - {None} or {rule.old}
    for name in names:
        document = documents("3.1")[rule.guard.document, name]
        assert list(values(document, rule.guard.path)) == [rule.guard.equals]


def test_only_the_three_access_webhooks_are_guarded():
    guarded = {rule.old for rule in WEBHOOK_ROWS if rule.guard}
    assert guarded == {name for name, payload in PAYLOADS.items() if "resource" in payload}


@pytest.mark.parametrize(
    ("rule", "argument"),
    [
        pytest.param(rule, argument, id=f"{rule.id} finds {name} in the {argument.origin}")
        for rule in RULES
        if rule.follow_up
        for name, argument in rule.follow_up.arguments.items()
        if argument.path
    ],
)
def test_an_argument_of_a_follow_up_call_is_found(rule, argument):
    (place,) = rule.where
    assert list(values(documents("3.1")[argument.origin, place.name], argument.path)) == ["b1"]


def test_every_webhook_that_a_row_is_about_has_a_document_here():
    named = {place.name for rule in RULES for place in rule.where if place.document == "webhook" and place.name}
    assert {rule.old for rule in WEBHOOK_ROWS} | named == set(PAYLOADS)
