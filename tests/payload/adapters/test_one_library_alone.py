"""Each adapter works in an environment that has its library alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scripted_server import Reply, scripted_server

#: What stands in for environments of their own: an import of any other client library fails.
BLOCK = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from migrator import Translator
translator = Translator("3.1", "3.2", hosts=["127.0.0.1"])
url = sys.argv[1] + "/v3.1/configuration/action/get_webhooks_config"
"""
SYNC = """
import {0} as http
from migrator.{0} import TranslatingTransport
with http.Client(transport=TranslatingTransport(translator)) as client:
    print(client.post(url, json={{}}).text)
"""
ASYNC = """
import asyncio
import {0} as http
from migrator.{0} import AsyncTranslatingTransport

async def ask():
    async with http.AsyncClient(transport=AsyncTranslatingTransport(translator)) as client:
        print((await client.post(url, json={{}})).text)

asyncio.run(ask())
"""
PROGRAMS = {
    "httpx": SYNC.format("httpx"),
    "httpx2": ASYNC.format("httpx2"),
    "requests": """
import requests
from migrator.requests import TranslatingAdapter
with requests.Session() as session:
    session.mount("http://", TranslatingAdapter(translator))
    print(session.post(url, json={}).text)
""",
    "aiohttp": """
import aiohttp
import asyncio
from migrator.aiohttp import TranslatingMiddleware

async def ask():
    async with aiohttp.ClientSession(middlewares=[TranslatingMiddleware(translator)]) as session:
        async with session.post(url, json={}) as response:
            print(await response.text())

asyncio.run(ask())
""",
}
LIBRARIES = {
    "httpx": {"httpx", "httpcore"},
    "httpx2": {"httpx2", "httpcore2"},
    "requests": {"requests", "urllib3"},
    "aiohttp": {"aiohttp"},
}
OPTIONAL = {"brotli", "zstandard", "backports", "libcst", "starlette", "prometheus_client", "opentelemetry"}


@pytest.fixture(scope="module")
def server():
    with scripted_server() as server:
        server.reply = lambda _: Reply(content=b'[{"action": "chat_deactivated"}]')
        yield server


@pytest.mark.parametrize("library", PROGRAMS)
def test_a_program_is_translated_whose_only_client_is(server, library):
    absent = OPTIONAL.union(*(names for name, names in LIBRARIES.items() if name != library))
    code = BLOCK.format(absent=absent) + PROGRAMS[library]
    run = subprocess.run([sys.executable, "-c", code, server.url], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, '[{"action": "thread_closed"}]\n'), run.stderr
    assert server.received[-1].path == "/v3.2/configuration/action/list_registered_webhooks"


CORE = """
import migrator.payload.adapters.http_flow
import migrator.payload.adapters.webhook_receiver
import migrator.asgi, migrator.wsgi
print(sorted({absent!r} & {{name.partition(".")[0] for name in sys.modules}}))
"""


def test_the_core_and_the_middleware_need_no_library():
    absent = OPTIONAL.union(*LIBRARIES.values())
    code = BLOCK.format(absent=absent).replace("sys.argv[1]", "''") + CORE.format(absent=absent)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "[]\n"), run.stderr
