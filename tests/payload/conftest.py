"""Translators between the two newest versions of the shipped table, and a server of the newer one."""

import pytest

from livechat_server import livechat_server
from migrator import Translator


@pytest.fixture(scope="module")
def up():
    return Translator("3.1", "3.2")


@pytest.fixture(scope="module")
def down():
    return Translator("3.2", "3.1")


@pytest.fixture
def server():
    with livechat_server("3.2") as server:
        yield server
