"""A package of the user that is called after the API is no evidence for names of the API."""

from __future__ import annotations

import pytest

from verbs import noop, transformed

_TABLE = 'EVENTS = {"access_granted": "login", "access_revoked": "logout", "access_set": "role change"}\n'


@pytest.mark.parametrize(
    "imports",
    [
        "from livechat_bot import bus",
        "import livechat_bot",
        "import livechat_bot.bus\nlivechat_bot.bus.start()",
        "import ourlivechat as ours",
        "from livechat_bot.tools.log import start",
    ],
)
def test_a_table_beside_an_import_of_the_users_package_is_left_alone(imports: str) -> None:
    noop(f"{imports}\n{_TABLE}")


@pytest.mark.parametrize("hint", ["from livechat import x", "SOURCE = 'livechat'", "from shop.livechat import client"])
def test_a_table_beside_another_hint_is_still_found(hint: str) -> None:
    after = _TABLE
    for old in ("granted", "revoked", "set"):
        after = after.replace(f"access_{old}", f"«access_{old}→chat_access_{old}»")
    transformed(f"{hint}\nfrom livechat_bot import bus\n{after}")
