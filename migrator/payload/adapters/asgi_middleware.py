"""ASGI middleware that translates webhooks to the version of an application.

app = WebhookMiddleware(app, Translator("3.2", "3.1"), paths="/livechat")
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any, TypeAlias

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.webhook_receiver import DEFAULT_BODY_LIMIT, WebhookReceiver
from migrator.payload.translator import Translator

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

_FRAMING = (b"content-length", b"transfer-encoding")


class AsgiWebhookMiddleware:
    """Translate JSON posted to `paths`; every other request reaches `app` unread.

    A body over `limit` bytes is answered with 413. What cannot be translated (not JSON, no counterpart) reaches the
    application unchanged and is passed to `on_report`. Raises ValueError for a path without a slash.
    """

    def __init__(
        self,
        app: Application,
        translator: Translator,
        paths: str | Collection[str],
        *,
        limit: int = DEFAULT_BODY_LIMIT,
        on_report: OnReport = log_report,
    ) -> None:
        self._app = app
        self._reception = WebhookReceiver.at_paths(translator, paths, limit, on_report)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not self._may_be_webhook(scope):
            await self._app(scope, receive, send)
            return
        if _declared_length(scope) > self._reception.limit:
            await _send_too_large(send)
            return
        messages = await _read_body(receive, self._reception.limit)
        content = b"".join(message.get("body", b"") for message in messages)
        if messages[-1]["type"] != "http.request":
            await self._app(scope, _replay_messages(messages, receive), send)
        elif len(content) > self._reception.limit:
            await _send_too_large(send)
        else:
            await self._forward_translated(scope, content, receive, send)

    async def _forward_translated(self, scope: Message, content: bytes, receive: Receive, send: Send) -> None:
        carried = self._reception.translate_body(content)
        if carried is not content:
            scope = {**scope, "headers": _update_framing(scope, carried)}
        await self._app(scope, _replay_messages([{"type": "http.request", "body": carried}], receive), send)

    def _may_be_webhook(self, scope: Message) -> bool:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        content_type, content_encoding = _get_header(scope, b"content-type"), _get_header(scope, b"content-encoding")
        return self._reception.may_be_webhook(scope["method"], path, content_type, content_encoding)


async def _read_body(receive: Receive, limit: int) -> list[Message]:
    """Read messages up to the end of the body, until it exceeds the limit, or until the client disconnects."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False) or size > limit:
            return messages


def _replay_messages(messages: list[Message], receive: Receive) -> Receive:
    left = deque(messages)

    async def receive_again() -> Message:
        return left.popleft() if left else await receive()

    return receive_again


async def _send_too_large(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _update_framing(scope: Message, content: bytes) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _FRAMING]
    return [*kept, (b"content-length", str(len(content)).encode())]


def _declared_length(scope: Message) -> int:
    length = _get_header(scope, b"content-length")
    return int(length) if length.isdecimal() else 0


def _get_header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")
