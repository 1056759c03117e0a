"""What looks like a secret is not shown with the code around a place."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from migrator.cli import main
from migrator.report.veil import veiled

SECRET = "S3CRETvalue1"
LINES = (
    f'{{"secret_key": "{SECRET}", "action": "x"}}',
    f'"raw": "{{\\"secret_key\\": \\"{SECRET}\\"}}"',
    f"API_TOKEN={SECRET}",
    f"https://example.com/hook?token={SECRET}&x=1",
    f"Authorization: Bearer {SECRET}",
    f"https://user:{SECRET}@example.com/",
    f"  password: {SECRET}",
)


@pytest.mark.parametrize("line", LINES)
def test_a_secret_is_hidden_and_the_rest_stays_where_it_is(line):
    assert veiled(line) == line.replace(f"user:{SECRET}", "*" * (len(SECRET) + 5)).replace(SECRET, "*" * len(SECRET))


@pytest.mark.parametrize("line", ["token = get_token()", 'x(secret_key=hook["secret_key"])', "if token: pass", "x = 1"])
def test_code_that_only_names_a_secret_is_shown(line):
    assert veiled(line) == line


@given(st.text(alphabet="token secret_key=:\"'\\{}@/ab1", max_size=200))
def test_a_line_keeps_its_length(line):
    assert len(veiled(line)) == len(line)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown", "html", "github", "junit"])
def test_no_report_shows_the_secret_of_a_recorded_webhook(form, tmp_path):
    hook = {"secret_key": SECRET, "action": "thread_closed", "payload": {"id": "1"}}
    (tmp_path / "hooks.jsonl").write_text(json.dumps(hook) + "\n")
    result = CliRunner().invoke(main, ["audit", str(tmp_path), "--format", form])
    assert result.exit_code == 1
    assert "thread_closed" in result.stdout
    assert SECRET not in result.output
