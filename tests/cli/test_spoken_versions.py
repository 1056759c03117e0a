"""The version is read off the URLs of the code, and said."""

import pytest

from planted import plant

URL = "https://api.livechatinc.com/v{}/configuration/action/get_bot_agents"
CALL = f'import requests\n\nrequests.post("{URL}", json={{{{}}}})\n'
TITLE = "LiveChat Configuration API"


@pytest.mark.parametrize("command", ["audit", "codemod"])
def test_the_versions_in_the_urls_of_the_project_are_said(here, run, document, command):
    plant(here, {"pyproject.toml": "", "a.py": CALL.format("3.1"), "b.py": CALL.format("3.1")})
    assert f"This project speaks 3.1 (2 URLs) of the {TITLE}.\n" in run(command, "a.py").stdout
    plant(here, {"c.py": CALL.format("3.0")})
    assert f"This project speaks 3.0 (1 URL), 3.1 (2 URLs) of the {TITLE}.\n" in run(command).stdout
    assert [(each["version"], each["urls"]) for each in document(command)["summary"]["versions"]] == [
        ("3.0", 1),
        ("3.1", 2),
    ]


@pytest.mark.parametrize("command", ["audit", "codemod"])
def test_it_is_said_when_no_url_says_a_version(here, run, command):
    plant(here, {"a.py": CALL.format("3.1").replace("/v3.1", "")})
    assert f"No URL says which version of the {TITLE} this project speaks: 3.0 is assumed." in run(command).stdout


def test_nothing_is_said_where_nothing_is_found(here, run):
    plant(here, {"a.py": "x = 1\n"})
    assert "speaks" not in run("audit").stdout
