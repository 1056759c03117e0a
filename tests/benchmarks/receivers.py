"""Little modules for ``bench_receivers``: what a client can be called on, and what only looks like one.

A line that ends in ``# <`` uses the old name of a method of the API. A module may be several files.
"""

from __future__ import annotations

_IMPORT = "from livechat.configuration import ConfigurationApi\n"
_CLIENT = _IMPORT + 'api = ConfigurationApi("token")\n'

#: Uses of the API's client, each to be found.
RECEIVERS = {
    "import": 'import livechat.configuration\nlivechat.configuration.ConfigurationApi("t").get_bot_agents()  # <\n',
    "import as": 'import livechat.configuration as lc\napi = lc.ConfigurationApi("t")\napi.get_bot_agents()  # <\n',
    "from import as": 'from livechat.configuration import ConfigurationApi as Api\nApi("t").get_bot_agents()  # <\n',
    "direct instance": _CLIENT + "answer = api.get_bot_agents()  # <\n",
    "chained call": _IMPORT + 'names = ConfigurationApi("t").get_bot_agents().json()["bot_agents"]  # <\n',
    "rebinding": _CLIENT + "second = api\nthird = second\nthird.get_bot_agents()  # <\n",
    "bound method": _CLIENT + "fetch = api.get_bot_agents  # <\nfetch()\n",
    "walrus": _IMPORT + 'if (api := ConfigurationApi("t")) is not None:\n    api.get_bot_agents()  # <\n',
    "with, async with": _IMPORT
    + 'with ConfigurationApi("t") as one:\n    one.get_bot_agents()  # <\n\n'
    + 'async def main():\n    async with ConfigurationApi("t") as two:\n        await two.get_bot_agents()  # <\n',
    "attribute of self": _IMPORT
    + "class Desk:\n    def __init__(self, token):\n        self.api = ConfigurationApi(token)\n\n"
    + "    def bots(self):\n        return self.api.get_bot_agents()  # <\n",
    "closure": _IMPORT
    + "def lister(token):\n    api = ConfigurationApi(token)\n\n"
    + "    def bots():\n        return api.get_bot_agents()  # <\n\n    return bots\n",
    "annotated parameter": "from typing import Optional, Union\n"
    + _IMPORT
    + "def plain(api: ConfigurationApi):\n    api.get_bot_agents()  # <\n\n"
    + "def optional(api: Optional[ConfigurationApi]):\n    api.get_bot_agents()  # <\n\n"
    + 'def text(api: "ConfigurationApi"):\n    api.get_bot_agents()  # <\n\n'
    + "def union(api: Union[None, ConfigurationApi], other: ConfigurationApi | None):\n"
    + "    api.get_bot_agents()  # <\n    other.get_bot_agents()  # <\n",
    "annotated assignment": _IMPORT
    + "from app import made\napi: ConfigurationApi = made()\napi.get_bot_agents()  # <\n",
    "factory that says what it returns": _IMPORT
    + "from app import made\ndef build(token) -> ConfigurationApi:\n    return made(token)\n\n"
    + 'build("t").get_bot_agents()  # <\n',
    "get_client": _IMPORT + 'api = ConfigurationApi.get_client(token="t")\napi.get_bot_agents()  # <\n',
    "subclass instance": _IMPORT
    + 'class Retrying(ConfigurationApi):\n    retries = 3\n\nRetrying("t").get_bot_agents()  # <\n',
    "self in a subclass": _IMPORT
    + "class Bots(ConfigurationApi):\n    def names(self):\n        return self.get_bot_agents()  # <\n",
    "definition of an override": _IMPORT
    + "class Logged(ConfigurationApi):\n    def get_bot_agents(self, **given):  # <\n"
    + "        print(given)\n        return super().get_bot_agents(**given)  # <\n",
    "loop over a list": _IMPORT
    + 'for api in [ConfigurationApi("a"), ConfigurationApi("b")]:\n    api.get_bot_agents()  # <\n',
    "dict of clients": _IMPORT + 'apis = {"eu": ConfigurationApi("t")}\napis["eu"].get_bot_agents()  # <\n',
    "field of a dataclass": "from dataclasses import dataclass\n"
    + _IMPORT
    + "@dataclass\nclass Job:\n    api: ConfigurationApi\n\n"
    + "    def run(self):\n        return self.api.get_bot_agents()  # <\n",
    "instance of another module": {
        "shared.py": _CLIENT,
        "main.py": "from shared import api\napi.get_bot_agents()  # <\n",
    },
    "parameter of a fixture": "import pytest\n"
    + _IMPORT
    + '@pytest.fixture\ndef api():\n    return ConfigurationApi("t")\n\n'
    + "def test_bots(api):\n    assert api.get_bot_agents()  # <\n",
}

#: Uses of the same name that are to be left alone.
OTHERS = {
    "a name that is bound again": _CLIENT + "from forum import Board\napi = Board()\napi.get_bot_agents()  # <\n",
    "a fallback": _CLIENT
    + "try:\n    bots = api.list_bots()\nexcept AttributeError:\n    bots = api.get_bot_agents()  # <\n\n"
    + 'if api.version >= "3.2":\n    bots = api.list_bots()\nelse:\n    bots = api.get_bot_agents()  # <\n',
    "an unrelated class": "class TurkLikeAgent:\n    def get_bot_agents(self):  # <\n        return []\n\n"
    + "TurkLikeAgent().get_bot_agents()  # <\n",
}
