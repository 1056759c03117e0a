"""A whole URL of the API in a comment is documentation: a note, where notes are asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from languages.lang_reading import BASE, OPTIONS, result, states

NOTES = replace(OPTIONS, notes=True)
COMMENTS = {
    "a.ts": f"/**\n * URL: {BASE}/create_bot_agent\n */\nexport const a = 1;\n",
    "a.go": f"package a\n\n// See {BASE}/create_bot_agent.\nvar a = 1\n",
    "a.rb": f"# {BASE}/create_bot_agent\na = 1\n",
    "a.php": f"<?php\n# {BASE}/create_bot_agent\n$a = 1;\n",
    "a.sh": f"# curl {BASE}/create_bot_agent\necho 1\n",
}


@pytest.mark.parametrize("path", COMMENTS)
def test_a_url_in_a_comment_is_a_note_with_its_line(path):
    found = result(path, COMMENTS[path], NOTES)
    assert {(each.rule, each.is_note) for each in found.findings} == {
        ("method-create-bot-agent", True),
        ("version-3.2", True),
    }
    line = 1 + COMMENTS[path].split("create_bot_agent")[0].count("\n")
    assert {each.line for each in found.findings} == {line}


@pytest.mark.parametrize("path", COMMENTS)
def test_without_notes_it_is_a_comment_in_the_ledger(path):
    found = result(path, COMMENTS[path])
    assert found.findings == ()
    assert states(found) == {"comment_or_docstring": 1}


@pytest.mark.parametrize("host", ["other.example", "p.example.com/livechat"])
def test_a_url_of_another_host_in_a_comment_is_no_note(host):
    text = f"// https://{host}/v3.1/configuration/action/create_bot_agent\nlet a = 1;\n"
    assert result("a.js", text, NOTES).findings == ()
