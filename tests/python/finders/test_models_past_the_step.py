"""A model with a key that later versions send instead asks for nothing."""

from __future__ import annotations

import pytest

from verbs import migrated, shipped

FIELDS = "    webhook_id: str\n    secret_key: str\n    action: str\n    payload: dict\n{}"
MODELS = {
    "a dataclass": f"@dataclass\nclass Hook:\n{FIELDS}",
    "a TypedDict": f"class Hook(TypedDict):\n{FIELDS}",
    "attrs": f"@attrs.define\nclass Hook:\n{FIELDS}",
}
HEAD = "import attrs\nfrom dataclasses import dataclass\nfrom typing import TypedDict\n\nENDS = ['thread_closed']\n\n"


def _rules(source):
    return {finding.rule for finding in migrated(HEAD + source).findings}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_model_with_the_newer_key_is_past_the_step(model):
    assert "webhook-license-id" not in _rules(model.format("    organization_id: str\n"))


def test_a_strict_model_without_it_is_reported():
    assert "webhook-license-id" in _rules(MODELS["a dataclass"].format(""))


def test_another_model_with_the_newer_key_says_nothing_about_this_one():
    other = "\n\n@dataclass\nclass Other:\n    organization_id: str\n"
    assert "webhook-license-id" in _rules(MODELS["a dataclass"].format("") + other)


def test_the_table_says_which_key_that_is():
    rows = [rule for table in shipped().tables for step in table.steps for rule in step.rules]
    assert [rule.answered_by for rule in rows if rule.id == "webhook-license-id"] == [("organization_id",)]
