"""Secrets are redacted in whatever form code, configuration, shells and headers write them."""

import itertools

import pytest

from migrator.report.redact import redact_secrets

#: It has no digit and no capital, so that its form alone gives it away.
VALUE = "correct-horse"
NAMES = (
    *("secret", "secret_key", "secretKey", "webhook_secret", "client_secret", "SECRET_KEY", "token", "access_token"),
    *(
        "apiToken",
        "TOKEN",
        "password",
        "db_password",
        "passwd",
        "PASSWORD",
        "api_key",
        "apiKey",
        "api-key",
        "private_key",
    ),
    *("authorization", "credential", "credentials", "session_cookie", "pat", "github_pat", "PAT"),
)
FORMS = (
    *('{name} = "{value}"', "{name} = '{value}'", '{name}="{value}"', '{name}: "{value}"', '"{name}": "{value}"'),
    *("'{name}': '{value}'", '"{name}" => "{value}"', "{name} := `{value}`", "const {name} = `{value}`;"),
    *(
        '{name} = """{value}"""',
        "{name}='''{value}'''",
        '{name} = b"{value}"',
        '{name} = r"{value}"',
        '{name} = f"{value}"',
    ),
    *(
        '{name} == "{value}"',
        'hook["{name}"] == "{value}"',
        'hook.get("{name}", "") != "{value}"',
        '"{value}" == hook.{name}',
    ),
    *(
        '{name} in ("{value}", "x")',
        "{name} in ['x', '{value}']",
        '{name} not in {{"x", "{value}"}}',
        '{name} = ["{value}"]',
    ),
    *(
        '{name} = ("x", "{value}")',
        '"{name}": ["{value}", "y"]',
        'compare(hook["{name}"], "{value}")',
        '{{\\"{name}\\": \\"{value}\\"}}',
    ),
    *('{name} = os.environ.get("NAME", "{value}")', '{name} = getenv("NAME") or "{value}"', '{name} = x ?? "{value}"'),
    *('hook["{name}"] = "{value}"', 'set("{name}", "{value}")', '{name}: str = "{value}"', "{name}: Final = '{value}'"),
)
OTHER = (
    *(
        '"Basic " + "{value}"',
        "'Bearer ' + '{value}'",
        '"Bearer " . "{value}"',
        '"Basic " << "{value}"',
        '"Basic %s" % "{value}"',
    ),
    *(
        "Authorization: Bearer {value}",
        "Authorization: Basic {value}",
        "curl -H 'Authorization: {value}'",
        'f"Bearer {value}"',
    ),
    *(
        '"Bearer {{}}".format("{value}")',
        "curl -u account:{value}",
        "curl --user account:{value}",
        "https://me:{value}@host/path",
    ),
    *(
        'auth=("account", "{value}")',
        'basic_auth("account", "{value}")',
        "export LIVECHAT_TOKEN={value}",
        "GITHUB_PAT={value}",
    ),
    *(
        'HTTPBasicAuth("account", "{value}")',
        'headers["Authorization"] = "{value}"',
        'setHeader("Authorization", "{value}")',
    ),
)
CASES = [
    *(form.format(name=name, value=VALUE) for form, name in itertools.product(FORMS, NAMES)),
    *(form.format(value=VALUE) for form in OTHER),
]


def test_there_are_many_forms():
    assert len(set(CASES)) > 700


@pytest.mark.parametrize("form", [*FORMS, *OTHER])
def test_a_secret_is_redacted_in_every_form(form):
    lines = [form.format(name=name, value=VALUE) for name in NAMES] if form in FORMS else [form.format(value=VALUE)]
    assert [line for line in lines if VALUE in redact_secrets(line)] == []
    assert [line for line in lines if len(redact_secrets(line)) != len(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        *(
            'token.split(",")',
            'if "token" in data:',
            "path = 'a/b'",
            'pattern = "abc"',
            "key = name",
            'keyboard = "qwerty"',
        ),
        *('method = "get_bot_agents"', "compatible = 'yes'", 'patch("a.b")', "secret_key = read_key()", 'spat = "x y"'),
        *(
            'client.call("list_agents", {{"id": "x"}})',
            "basic = 'form'",
            'raise KeyError("missing")',
            'tokens = text.split(" ")',
        ),
        *('x["key"] == "value"', 'for key in ("a", "b"):', 'url = "https://api.livechatinc.com/v3.1/agent"'),
    ],
)
def test_other_text_stays_as_it_is(line):
    assert redact_secrets(line) == line


@pytest.mark.parametrize("sign", ['"', "'", "(", "\\", "token=", "secret_key in (", '"a",', " "])
def test_a_long_line_takes_moments(sign):
    line = "token = (" + sign * (200_000 // len(sign))
    assert len(redact_secrets(line)) == len(line)
