"""A server that speaks version 3.1 or 3.2 of the Configuration API strictly, on this machine, for tests.

    with livechat_server("3.2") as server:
        httpx.post(f"{server.url}/v3.2/configuration/action/list_bots", json={}, headers=server.headers)
        assert server.calls == [("list_bots", {})]

It refuses what its version does not document: an unknown method or version with 404, an unknown, missing or wrong
parameter with 400. The Agent Chat API, whose versions live side by side, has `send_event` and, in 3.2,
`set_routing_status`.
"""

from __future__ import annotations

import json
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from livechat_account import CALLS, Account, Refused
from livechat_contract import AGENT_METHODS, METHODS, WEBHOOKS, problems

LICENSE = 104130623


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it arrived, and the status it was answered with."""

    path: str
    headers: dict[str, str]
    content: bytes
    status: int

    @property
    def method(self) -> str:
        """The last segment of the path: what is called."""
        return self.path.partition("?")[0].rpartition("/")[2]

    @property
    def body(self) -> Any:
        """The decoded body. Raises ValueError when it is not JSON."""
        return json.loads(self.content)


@dataclass(slots=True)
class LiveChatServer:
    """A running server: what it was asked, what it keeps, and what a test may tell it to do."""

    version: str
    url: str = ""
    requests: list[Recorded] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    #: Statuses with which the next calls of a method are answered instead of being carried out; 0 hangs up.
    refuse: dict[str, list[int]] = field(default_factory=dict)
    #: Requests wait while this is cleared.
    gate: threading.Event = field(default_factory=threading.Event)
    headers: dict[str, str] = field(default_factory=lambda: {"Authorization": "Bearer dal:test"})
    #: Headers that every answer carries besides its own.
    answer_headers: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def calls(self) -> list[tuple[str, Any]]:
        """Every request so far as method and body."""
        return [(request.method, request.body) for request in self.requests]

    def envelope(self, action: str, payload: dict[str, Any], secret_key: str = "secret") -> dict[str, Any]:
        """A webhook as this version sends it."""
        if action not in WEBHOOKS[self.version]:
            raise ValueError(f"{self.version} has no webhook {action}")
        envelope = {"webhook_id": "webhook-0", "secret_key": secret_key, "action": action}
        license_id = {"license_id": LICENSE} if self.version == "3.2" else {}
        return {**envelope, **license_id, "payload": payload, "additional_data": {}}

    def deliver(self, url: str, action: str, payload: dict[str, Any], secret_key: str = "secret") -> int:
        """Send one webhook to a receiver; the status of its answer."""
        content = json.dumps(self.envelope(action, payload, secret_key)).encode()
        request = urllib.request.Request(url, content, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def announce(self, action: str, payload: dict[str, Any]) -> list[int]:
        """Send a webhook to everybody who is registered for it; the statuses of their answers."""
        return [self.deliver(url, action, payload, secret) for url, secret in self.account.listeners(action)]

    def answer(self, path: str, headers: dict[str, str], content: bytes) -> tuple[int, Any]:
        """Status and document for one request."""
        try:
            method, shape = self._find(path)
            body = _checked(shape, headers, content)
            with self._lock:
                return 200, CALLS[method](self.account, body)
        except Refused as refused:
            kind = {401: "authentication", 404: "not_found"}.get(refused.status, "validation")
            return refused.status, {"error": {"type": kind, "message": str(refused)}}

    def _find(self, path: str) -> tuple[str, Any]:
        match path.partition("?")[0].split("/"):
            case ["", version, "configuration", "action", method] if version == f"v{self.version}":
                methods = METHODS[self.version]
            case ["", "v3.1" | "v3.2" as version, "agent", "action", method]:
                methods = AGENT_METHODS[version[1:]]
            case _:
                raise Refused(404, f"nothing is served at {path}")
        if self.refuse.get(method):
            raise Refused(self.refuse[method].pop(0), f"{method} is out of order")
        if method not in methods:
            raise Refused(404, f"there is no method {method}")
        return method, methods[method]


def _checked(shape: Any, headers: dict[str, str], content: bytes) -> Any:
    if not headers.get("authorization", "").startswith("Bearer "):
        raise Refused(401, "no bearer token")
    if not headers.get("content-type", "").startswith("application/json"):
        raise Refused(400, "the body is not application/json")
    try:
        body = json.loads(content)
    except ValueError:
        raise Refused(400, "the body is not JSON") from None
    if wrong := list(problems(shape, body)):
        raise Refused(400, "; ".join(wrong))
    return body


class _Wire(BaseHTTPRequestHandler):
    """HTTP/1.1 with kept connections, plain and chunked bodies."""

    protocol_version = "HTTP/1.1"
    # An answer leaves in one piece: in two, each would wait for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    state: LiveChatServer

    def do_POST(self) -> None:
        content = self._content()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.state.gate.wait(30)
        status, document = self.state.answer(self.path, headers, content)
        self.state.requests.append(Recorded(self.path, headers, content, status))
        if status:
            self._send(status, b"" if document is None else json.dumps(document).encode())
        else:
            self.close_connection = True

    def do_GET(self) -> None:
        self._send(405, b"")

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

    def _content(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **self.state.answer_headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait for its answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def livechat_server(version: str) -> Iterator[LiveChatServer]:
    """Serve one version on a free port of this machine until the block is left."""
    state = LiveChatServer(version)
    state.gate.set()
    with _Server(("127.0.0.1", 0), type("Wire", (_Wire,), {"state": state})) as http:
        state.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            state.gate.set()
            http.shutdown()
            thread.join()
