"""An HTTP/1.1 server on this machine that answers as a test says, and counts its connections.

with scripted_server() as server:
    server.reply = lambda received: Reply(200, content=b"{}")
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived."""

    verb: str
    path: str
    headers: dict[str, str]
    content: bytes

    @property
    def method(self) -> str:
        """The last segment of the path: what is called."""
        return self.path.partition("?")[0].rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `chunked` sends the content in pieces, `length` states another length than it has."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    content: bytes = b""
    reason: str | None = None
    chunked: bool = False
    length: int | None = None


@dataclass(slots=True)
class ScriptedServer:
    """A running server."""

    url: str = ""
    reply: Callable[[Received], Reply] = lambda _: Reply()
    received: list[Received] = field(default_factory=list)
    opened: int = 0
    open: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def start_over(self) -> None:
        """Forget what was received and opened."""
        self.received.clear()
        self.opened = 0

    def count_open(self, expected: int) -> int:
        """How many connections are open, once they are `expected` or two seconds have passed."""
        with self.changed:
            self.changed.wait_for(lambda: self.open == expected, 2)
            return self.open


class _Wire(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer leaves in one piece: in two, each would wait for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    state: ScriptedServer

    def setup(self) -> None:
        super().setup()
        self._count(1)

    def finish(self) -> None:
        super().finish()
        self._count(-1)

    def _count(self, step: int) -> None:
        with self.state.changed:
            self.state.open += step
            self.state.opened += step > 0
            self.state.changed.notify_all()

    def handle_any(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, self.path, headers, self._read())
        self.state.received.append(received)
        self._send(self.state.reply(received))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any

    def date_time_string(self, _: float | None = None) -> str:
        """The same moment in every answer, so that two can be compared."""
        return super().date_time_string(0)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, reply: Reply) -> None:
        if not reply.status:
            self.close_connection = True
            return
        self.send_response(reply.status, reply.reason)
        for name, value in reply.headers:
            self.send_header(name, value)
        bodiless = reply.status in (204, 304)
        if reply.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif not bodiless:
            self.send_header("Content-Length", str(len(reply.content) if reply.length is None else reply.length))
        self.end_headers()
        if self.command == "HEAD" or bodiless:
            return
        if reply.chunked:
            for start in range(0, len(reply.content), 7):
                piece = reply.content[start : start + 7]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(reply.content)
        if reply.length is not None:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait for its answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """Serve on a free port of this machine until the block is left."""
    state = ScriptedServer()
    with _Server(("127.0.0.1", 0), type("Wire", (_Wire,), {"state": state})) as http:
        state.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            http.shutdown()
            thread.join()
