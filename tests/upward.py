"""What recorded requests of version 3.1 become in version 3.2: one way round the commuting square."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from livechat_server import Recorded
from migrator.payload.translator import Translator

Sent = tuple[str, Any]


def sent(requests: Iterable[Recorded]) -> list[Sent]:
    """Path and document of each request."""
    return [(request.path, request.body) for request in requests]


def translated(requests: Iterable[Recorded], *, follow_ups: bool) -> list[Sent]:
    """Path and document of each request in version 3.2, with or without the calls that must follow it."""
    translator = Translator("3.1", "3.2")
    return [pair for request in requests for pair in _translated(translator, request, follow_ups)]


def _translated(translator: Translator, request: Recorded, follow_ups: bool) -> Iterator[Sent]:
    path = translator.url(request.path)
    if path.method is None:
        yield request.path, request.body
        return
    translation = translator.request(request.method, request.body)
    assert translation.method == path.method
    yield path.document, translation.document
    if follow_ups:
        for call in translation.follow_ups:
            yield urlsplit(call.url).path, call.resolve({"bot_agent_id": "bot-1"}).body
