"""ASGI middleware that translates webhooks to the version of an application.

app = AsgiWebhookMiddleware(app, Translator("3.2", "3.1"), paths="/livechat")
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any, Final, TypeAlias

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.content_encoding import BodyTooLargeError
from migrator.payload.adapters.http_messages import DIGESTS, FRAMING, parse_length
from migrator.payload.adapters.usage import OnUse
from migrator.payload.adapters.webhook_receiver import DEFAULT_BODY_LIMIT, WebhookReceiver
from migrator.payload.translator import Translator

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

_OF_THE_OLD_BODY: Final = FRAMING | DIGESTS
#: The body as it was received, under ``scope["extensions"][EXTENSION]["body"]``.
EXTENSION: Final = "migrator"


class AsgiWebhookMiddleware:
    """Translate the webhooks sent to `paths`; requests to other paths reach `app` unread.

    A body over `limit` bytes, packed or unpacked, is answered with 413. What cannot be translated (not JSON, no
    counterpart, an unknown encoding) reaches the application unchanged and is passed to `on_report`. `on_use` receives
    the rules that were applied. Raises ValueError for a path without a slash.

    ``scope["extensions"]["migrator"]["body"]`` is the body as received: check signatures against that one.
    """

    def __init__(
        self,
        app: Application,
        translator: Translator,
        paths: str | Collection[str],
        *,
        limit: int = DEFAULT_BODY_LIMIT,
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._app = app
        self._receiver = WebhookReceiver.at_paths(translator, paths, limit, on_report, on_use)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not self._receiver.expects_webhooks_at(_read_path(scope)):
            await self._app(scope, receive, send)
            return
        if (parse_length(_get_header(scope, b"content-length")) or 0) > self._receiver.limit:
            await self._refuse_too_large(send)
            return
        messages = await _read_body(receive, self._receiver.limit)
        content = b"".join(message.get("body", b"") for message in messages)
        if messages[-1]["type"] != "http.request":
            self._receiver.report_problem("the client left before its end")
            await self._app(scope, _replay_messages(messages, receive), send)
        elif len(content) > self._receiver.limit:
            await self._refuse_too_large(send)
        else:
            await self._forward_translated(scope, content, receive, send)

    async def _forward_translated(self, scope: Message, content: bytes, receive: Receive, send: Send) -> None:
        try:
            carried = self._receiver.translate_body(content, _get_header(scope, b"content-encoding"))
        except BodyTooLargeError:
            await _send_too_large(send)
            return
        scope = {**scope, "extensions": {**(scope.get("extensions") or {}), EXTENSION: {"body": content}}}
        if carried is not content:
            scope["headers"] = _describe_body(scope, carried)
        await self._app(scope, _replay_messages([{"type": "http.request", "body": carried}], receive), send)

    async def _refuse_too_large(self, send: Send) -> None:
        self._receiver.report_too_large()
        await _send_too_large(send)


def _read_path(scope: Message) -> str:
    """Return the path within a mounted application, whose own path not every server repeats."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "").rstrip("/")
    return path.removeprefix(root) if path.startswith(f"{root}/") else path


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


def _describe_body(scope: Message, content: bytes) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in scope["headers"] if name.decode("latin-1").lower() not in _OF_THE_OLD_BODY]
    return [*kept, (b"content-length", str(len(content)).encode())]


def _get_header(scope: Message, name: bytes) -> str:
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name)
