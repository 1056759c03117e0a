"""Names are followed through star imports and through imports that are calls."""

from __future__ import annotations

import pytest

from trees import tree

_CONF = 'BASE = "https://api.livechatinc.com/v«3.1→3.2»/configuration/action"\n'


@pytest.mark.parametrize(
    "imports",
    [
        "from conf import *",
        "from conf import *\nfrom os.path import *",
        "import importlib\nBASE = importlib.import_module('conf').BASE",
        "from importlib import import_module\nconf = import_module('conf')\nBASE = conf.BASE",
        "import importlib as il\nBASE = getattr(il.import_module('conf'), 'BASE')",
        "BASE = __import__('conf').BASE",
    ],
)
def test_a_base_url_is_followed_into_the_module_that_imports_it(imports: str) -> None:
    tree(
        {
            "conf.py": _CONF,
            "use.py": f'import requests\n{imports}\nrequests.post(f"{{BASE}}/«get_bot_agents→list_bots»", json={{}})\n',
        }
    )


def test_a_star_import_passes_on_what_its_module_star_imports() -> None:
    tree(
        {
            "conf.py": _CONF,
            "settings.py": "from conf import *\n",
            "use.py": (
                "import requests\nfrom settings import *\n\n\ndef bots():\n"
                '    return requests.post(BASE + "/«get_bot_agents→list_bots»", json={})\n'
            ),
        }
    )


def test_a_module_in_a_package_is_imported_by_its_full_name() -> None:
    tree(
        {
            "app/__init__.py": "",
            "app/conf.py": _CONF,
            "use.py": (
                "import importlib\nimport requests\nconf = importlib.import_module('app.conf')\n"
                'requests.post(f"{conf.BASE}/«get_bot_agents→list_bots»", json={})\n'
            ),
        }
    )


def test_the_last_of_two_star_imports_binds_a_name() -> None:
    tree(
        {
            "conf.py": 'BASE = "https://api.livechatinc.com/v3.1/configuration/action"\n'.replace("3.1", "«3.1→3.2»"),
            "other.py": 'BASE = "https://example.org"\n',
            "use.py": (
                "import requests\nfrom conf import *\nfrom other import *\n"
                'requests.post(f"{BASE}/get_bot_agents", json={})\n'
            ),
        }
    )


@pytest.mark.parametrize(
    "imported",
    [
        'importlib.import_module(f"{__package__}.conf")',
        'importlib.import_module(__package__ + ".conf")',
        'importlib.import_module(".conf", __package__)',
        'importlib.import_module(".conf", package="bot")',
    ],
)
def test_a_module_of_the_own_package_is_imported_by_a_computed_name(imported: str) -> None:
    tree(
        {
            "bot/__init__.py": "",
            "bot/conf.py": _CONF,
            "bot/use.py": (
                f"import importlib\nimport requests\nconf = {imported}\n"
                'requests.post(conf.BASE + "/«get_bot_agents→list_bots»", json={})\n'
            ),
        }
    )


def test_a_relative_name_is_imported_from_the_package_that_is_named() -> None:
    tree(
        {
            "bot/__init__.py": "",
            "bot/conf.py": _CONF,
            "use.py": (
                "import importlib\nimport requests\nconf = importlib.import_module('.conf', 'bot')\n"
                'requests.post(conf.BASE + "/«get_bot_agents→list_bots»", json={})\n'
            ),
        }
    )


def test_a_module_that_is_chosen_at_run_time_is_not_followed() -> None:
    tree(
        {
            "bot/__init__.py": "",
            "bot/conf.py": 'BASE = "https://jobs.example/v1"\n',
            "bot/use.py": (
                "import importlib\nimport requests\nconf = importlib.import_module(f'{plugin}.conf')\n"
                'requests.post(conf.BASE + "/get_bot_agents", json={})\n'
            ),
        }
    )
