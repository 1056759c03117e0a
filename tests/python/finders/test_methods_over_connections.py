"""A connection to the API's host and the path of a request are one URL."""

from __future__ import annotations

import pytest

from verbs import noop, transformed

PATH = "/v«3.1→3.2»/configuration/action/«get_bot_agents→list_bots»"
SAFE = {
    "http.client": f"""
        import http.client
        c = http.client.HTTPSConnection("api.livechatinc.com")
        c.request("POST", "{PATH}", body="{{}}")
        """,
    "an imported class, a port and a timeout": f"""
        from http.client import HTTPSConnection
        HTTPSConnection("api.livechatinc.com:443", timeout=3).request("POST", "{PATH}")
        """,
    "keywords": f"""
        from http import client
        c = client.HTTPSConnection(port=443, host="API.LiveChatInc.com")
        c.request(method="POST", url="{PATH}")
        """,
    "constants and a method": """
        import http.client
        HOST = "api.livechatinc.com"
        ROOT = "/v«3.1→3.2»/configuration/action/"

        class Api:
            def __init__(self):
                self.connection = http.client.HTTPSConnection(HOST)

            def call(self, name, body):
                self.connection.request("POST", ROOT + name, body)
                return self.connection.getresponse()

        Api().call("«get_bot_agents→list_bots»", "{}")
        """,
    "putrequest": f"""
        import http.client
        c = http.client.HTTPConnection("api.livechatinc.com")
        c.putrequest("POST", "{PATH}?x=1")
        """,
    "a pool of urllib3": f"""
        import urllib3
        pool = urllib3.HTTPSConnectionPool("api.livechatinc.com", maxsize=2)
        pool.request("POST", "{PATH}")
        """,
    "the path without a slash": f"""
        import http.client
        c = http.client.HTTPSConnection("api.livechatinc.com")
        c.request("POST", f"{PATH[1:]}")
        """,
}


@pytest.mark.parametrize("source", SAFE.values(), ids=SAFE)
def test_the_host_of_the_connection_proves_the_path(source):
    transformed(source)


@pytest.mark.parametrize("host", ["api.other.example", "api.chat.io.other.example", "127.0.0.1"])
def test_a_connection_to_another_host_proves_nothing(host):
    noop(f"""
        import http.client
        c = http.client.HTTPSConnection("{host}")
        c.request("POST", "/v3.1/configuration/action/get_bot_agents")
        """)
