"""A scenario runs a whole program, in its own folder, against a strict server of the version that the test names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from livechat_server import LiveChatServer, livechat_server
from redirected import redirect_requests

#: The names of the webhooks that the scenarios deliver, by the version that sends them.
RENAMED = {
    "incoming_chat_thread": "incoming_chat",
    "thread_closed": "chat_deactivated",
    "chat_thread_tagged": "thread_tagged",
    "chat_thread_untagged": "thread_untagged",
    "access_granted": "chat_access_granted",
}


@dataclass(frozen=True, slots=True)
class Service:
    """The server of a scenario, and what of it is refused until somebody has done what a TODO asks for."""

    server: LiveChatServer
    refused: frozenset[str]

    @property
    def version(self) -> str:
        return self.server.version

    def hook(self, action: str, payload: dict[str, Any], secret: str) -> dict[str, Any]:
        """A webhook as this version sends it, under its name of this version."""
        name = RENAMED.get(action, action) if self.version == "3.2" else action
        return self.server.envelope(name, payload, secret)

    def calls(self) -> set[str]:
        return {method for method, _ in self.server.calls}

    def check(self) -> None:
        """Every call was accepted but those of the methods that are open, and these were indeed called and refused."""
        assert self.server.requests
        failed = {request.method: request.status for request in self.server.requests if request.status != 200}
        assert set(failed) == self.refused, failed


@pytest.fixture
def service() -> Iterator[Service]:
    refused = frozenset(filter(None, os.environ["LIVECHAT_TEST_REFUSED"].split(",")))
    with livechat_server(os.environ["LIVECHAT_TEST_VERSION"]) as server, redirect_requests(server.url):
        yield Service(server, refused)
