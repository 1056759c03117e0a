"""What looks like a secret is not shown with the code around a place."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from migrator.cli import main
from migrator.report.redact import redact_secrets

SECRET = "S3CRETvalue1"
#: «...» is what is to be hidden.
LINES = (
    '{"secret_key": "«S3CRETvalue1»", "action": "x"}',
    '{"secret_key": "«S3CRET\\"value1»", "action": "x"}',
    r'"raw": "{\"secret_key\": \"«S3CRETvalue1»\"}"',
    "API_TOKEN=«S3CRETvalue1»",
    "LIVECHAT_PAT=«S3CRETvalue1» ./run",
    "https://example.com/hook?token=«S3CRETvalue1»&x=1",
    "https://«user:S3CRETvalue1»@example.com/",
    "  password: «S3CRETvalue1»",
    "Authorization: Bearer «S3CRETvalue1»",
    "'Authorization: Token «S3CRETvalue1»',",
    'request.header("Authorization", "«S3CRETvalue1»")',
    'if hook["secret_key"] == "«S3CRETvalue1»" and hook["action"] == "x":',
    "if hook.get('secret_key', '') != '«S3CRETvalue1»':",
    "if (hook.secret_key !== '«S3CRETvalue1»') return;",
    'if "«S3CRETvalue1»" == hook["secret_key"]:',
    'if (!"«S3CRETvalue1»".equals(hook.getSecretKey()) && action.equals("x"))',
    'hook.getSecretKey().equals("«S3CRETvalue1»")',
    'client.setAccessToken("«S3CRETvalue1»")',
    'hmac.compare_digest(hook.get("secret_key", ""), "«S3CRETvalue1»")',
    'subtle.ConstantTimeCompare([]byte(hook.SecretKey), []byte("«S3CRETvalue1»"))',
    'requests.post(URL, auth=("account", "«S3CRETvalue1»"))',
    "'auth' => ['account', '«S3CRETvalue1»'],",
    'req.SetBasicAuth("account", "«S3CRETvalue1»")',
    "curl -u account:«S3CRETvalue1» https://example.com",
    'curl --user "account:«S3CRETvalue1»" https://example.com',
    'client = LiveChat("«dal:S3CRETvalue1S3CRET»")',
)


@pytest.mark.parametrize("line", LINES)
def test_a_secret_is_hidden_and_the_rest_stays_where_it_is(line):
    before, secret, after = re.split("[«»]", line)
    assert redact_secrets(before + secret + after) == before + "*" * len(secret) + after


@pytest.mark.parametrize(
    "line",
    [
        "token = get_token()",
        'x(secret_key=hook["secret_key"])',
        "if token: pass",
        "x = 1",
        'if hook["secret_key"] != settings.SECRET:',
        'FIELDS = ["secret_key", "webhook_id", "action", "payload"]',
        'if hook["secret_key"] == SECRET and hook["action"] == "incoming_chat_thread":',
        'session.auth = (ACCOUNT, os.environ["LIVECHAT_PAT"])',
        'URL = "https://api.livechatinc.com/v3.1/configuration/action/get_bot_agents"',
        'TYPES = ("chat_thread_properties_updated", "ChatThreadPropertiesUpdated")',
        "docker run -u $UID app",
        'if token.startswith("thread_closed"):',
        'raise TokenError("not a token")',
    ],
)
def test_code_that_only_names_a_secret_is_shown(line):
    assert redact_secrets(line) == line


@given(st.text(alphabet="token secret_key=:\"'\\{}@/ab1", max_size=200))
def test_a_line_keeps_its_length(line):
    assert len(redact_secrets(line)) == len(line)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown", "html", "github", "junit"])
def test_no_report_shows_the_secret_of_a_recorded_webhook(form, tmp_path):
    hook = {"secret_key": SECRET, "action": "thread_closed", "payload": {"id": "1"}}
    (tmp_path / "hooks.jsonl").write_text(json.dumps(hook) + "\n")
    result = CliRunner().invoke(main, ["audit", str(tmp_path), "--format", form])
    assert result.exit_code == 1
    assert "thread_closed" in result.stdout
    assert SECRET not in result.output
