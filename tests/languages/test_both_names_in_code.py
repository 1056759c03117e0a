"""A program that handles both names of a webhook does so on purpose: no rename is advised."""

# ruff: noqa: E501  # programs of one line
from __future__ import annotations

import pytest

from languages.lang_reading import result

OLD, NEW = "incoming_chat_thread", "incoming_chat"
BOTH = {
    "a condition in JavaScript": (
        "a.js",
        "if (b.secret_key !== K) return;\nif (b.action === 'NEW' || b.action === 'OLD') go(b.payload);",
    ),
    "the other order": (
        "a.js",
        "if (b.secret_key !== K) return;\nif (b.action === 'OLD' || b.action === 'NEW') go(b.payload);",
    ),
    "a list": ("a.js", "if (b.secret_key !== K) return;\nif (['NEW', 'OLD'].includes(b.action)) go(b.payload);"),
    "a switch": ("a.ts", "check(b.secret_key);\nswitch (b.action) { case 'NEW': case 'OLD': go(b.payload); }"),
    "a table": ("a.js", "check(b.secret_key);\nconst T = {'OLD': go, 'NEW': go};\nT[b.action](b.payload);"),
    "PHP": (
        "a.php",
        "<?php check($b['secret_key']);\nif (in_array($b['action'], ['NEW', 'OLD'])) { go($b['payload']); }",
    ),
    "Go": (
        "a.go",
        'package a\nfunc f(b Hook) {\n check(b.SecretKey)\n switch b.Action {\n case "NEW", "OLD":\n  go1(b.Payload)\n }\n}\n',
    ),
    "Ruby": (
        "a.rb",
        "check(b['secret_key'])\nif b['action'] == 'NEW' || b['action'] == 'OLD'\n go(b['payload'])\nend\n",
    ),
}
ONE = {
    "no other name": ("a.js", "if (b.secret_key !== K) return;\nif (b.action === 'OLD') go(b.payload);"),
    "the other name in another function": (
        "a.js",
        "function f(b) { check(b.secret_key); if (b.action === 'OLD') go(b.payload); }\nfunction g() { log('NEW'); }",
    ),
    "the other name in what follows": ("a.js", "check(b.secret_key);\nif (b.action === 'OLD') { send('NEW'); }"),
}


def _found(path, text):
    findings = result(path, text.replace("OLD", OLD).replace("NEW", NEW)).findings
    return [each for each in findings if each.rule == "webhook-incoming-chat-thread"]


@pytest.mark.parametrize(("path", "text"), BOTH.values(), ids=BOTH)
def test_both_names_are_handled_on_purpose(path, text):
    (finding,) = _found(path, text)
    assert "both names are handled on purpose" in finding.message
    assert finding.new is None


@pytest.mark.parametrize(("path", "text"), ONE.values(), ids=ONE)
def test_a_program_with_the_old_name_only_is_advised_to_rename(path, text):
    (finding,) = _found(path, text)
    assert "on purpose" not in finding.message
    assert finding.new == NEW
