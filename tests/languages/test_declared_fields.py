"""The fields that a type of webhooks declares count like the keys that are read off one."""

# ruff: noqa: E501  # programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import result
from migrator.matching.selection import Options
from migrator.rules.load import load_rules

FROM_30 = Options(load_rules().chains("3.0", "3.2"))
TYPES = {
    "a tag of Go": (
        "a.go",
        'package a\ntype Hook struct {\n\tID string `json:"webhook_id,omitempty"`\n\tSecret string `json:"secret_key"`\n\tAction string `json:"action"`\n\tRaw json.RawMessage `json:"data,omitempty"`\n}\n',
    ),
    "an interface of TypeScript": (
        "a.ts",
        "interface Hook {\n  webhook_id: string;\n  secret_key: string;\n  action: string;\n  data: unknown;\n}\n",
    ),
}
BODY = 'type AccessSet struct {\n\tResource string `json:"resource"`\n}\n'


@pytest.mark.parametrize(("path", "text"), TYPES.values(), ids=TYPES)
def test_a_declared_key_is_found(path, text):
    found = [each for each in result(path, text, FROM_30).findings if each.kind == "rename_key"]
    assert [(each.old, each.new) for each in found] == [("data", "payload")]


@pytest.mark.parametrize(("path", "text"), TYPES.values(), ids=TYPES)
def test_a_type_with_the_newer_key_or_without_the_keys_of_webhooks_is_left_alone(path, text):
    assert result(path, text.replace("data", "payload"), FROM_30).findings == ()
    other = text.replace("webhook_id", "order_id").replace("secret_key", "customer")
    assert result(path, other, FROM_30).findings == ()


def test_a_key_of_a_body_is_found_in_a_type_called_like_the_webhook():
    envelope = TYPES["a tag of Go"][1]
    found = [each for each in result("a.go", envelope + BODY, FROM_30).findings if each.old == "resource"]
    assert found
    assert {each.line for each in found} == {9}
    assert [e for e in result("a.go", BODY, FROM_30).findings if e.old == "resource"] == []
    renamed = envelope + BODY.replace("AccessSet", "Stock")
    assert [e for e in result("a.go", renamed, FROM_30).findings if e.old == "resource"] == []
