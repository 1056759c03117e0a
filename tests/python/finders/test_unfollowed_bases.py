"""A base URL stays where a module uses it in a way that is not followed."""

from __future__ import annotations

import pytest

from trees import tree

_CONF = 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"  #@\n'


@pytest.mark.parametrize(
    "imports",
    [
        "import conf\nBASE = vars(conf)['BASE']",
        "import conf, sys\nBASE = sys.modules['conf'].BASE",
    ],
)
def test_the_base_and_the_call_are_both_manual(imports: str) -> None:
    found = tree(
        {
            "conf.py": _CONF,
            "use.py": f'import requests\n# livechat\nNAME = "livechat"\n{imports}\n'
            'requests.post(f"{BASE}/get_bot_agents", json={})  #@\n',
        }
    )
    assert any("use.py:" in finding.message for finding in found if finding.path == "conf.py")


def test_other_calls_behind_the_same_base_wait_as_well() -> None:
    tree(
        {
            "conf.py": _CONF,
            "other.py": 'import requests\nfrom conf import BASE\nrequests.post(f"{BASE}/create_bot_agent")  #@\n',
            "use.py": "import conf, requests\nNAME = 'livechat'\nBASE = vars(conf)['BASE']\n"
            'requests.post(f"{BASE}/get_bot_agents", json={})  #@\n',
        }
    )
