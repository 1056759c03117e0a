"""WSGI middleware that translates webhooks to the version of an application.

app.wsgi_app = WsgiWebhookMiddleware(app.wsgi_app, Translator("3.2", "3.1"), paths="/livechat")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.content_encoding import BodyTooLargeError
from migrator.payload.adapters.http_messages import DIGESTS, parse_length
from migrator.payload.adapters.usage import OnUse
from migrator.payload.adapters.webhook_receiver import DEFAULT_BODY_LIMIT, WebhookReceiver
from migrator.payload.translator import Translator

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: The body as it was received, under this key of the environment.
BODY_KEY: Final = "migrator.body"

_OF_THE_OLD_BODY: Final = ("HTTP_TRANSFER_ENCODING", *(f"HTTP_{name.upper().replace('-', '_')}" for name in DIGESTS))


class WsgiWebhookMiddleware:
    """Translate the webhooks sent to `paths`; requests to other paths reach `application` unread.

    A body over `limit` bytes, packed or unpacked, is answered with 413. What cannot be translated (not JSON, no
    counterpart, an unknown encoding) reaches the application unchanged and is passed to `on_report`. `on_use` receives
    the rules that were applied. Raises ValueError for a path without a slash.

    ``environ["migrator.body"]`` is the body as received: check signatures against that one.
    """

    def __init__(
        self,
        application: WSGIApplication,
        translator: Translator,
        paths: str | Collection[str],
        *,
        limit: int = DEFAULT_BODY_LIMIT,
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._application = application
        self._receiver = WebhookReceiver.at_paths(translator, paths, limit, on_report, on_use)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        if not self._receiver.expects_webhooks_at(_read_path(environ)):
            return self._application(environ, start_response)
        if not _has_known_end(environ):
            if environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"):
                self._receiver.report_problem("the server does not say where it ends")
            return self._application(environ, start_response)
        try:
            content = self._read_body(environ)
            carried = self._receiver.translate_body(content, environ.get("HTTP_CONTENT_ENCODING", ""))
        except BodyTooLargeError:
            start_response("413 Content Too Large", [("Content-Length", "0")])
            return []
        return self._application(_replace_body(environ, content, carried), start_response)

    def _read_body(self, environ: WSGIEnvironment) -> bytes:
        """Return the body; one that declares too large a length is not read. Raises BodyTooLargeError."""
        limit = self._receiver.limit
        length = parse_length(environ.get("CONTENT_LENGTH") or "")
        content = b""
        if length is None or length <= limit:
            content = environ["wsgi.input"].read(limit + 1 if length is None else length)
        if len(content) > limit or (length or 0) > limit:
            self._receiver.report_too_large()
            raise BodyTooLargeError(limit)
        return content


def _read_path(environ: WSGIEnvironment) -> str:
    """Return the path as ASGI gives it: WSGI servers decode its bytes as ISO 8859-1 (PEP 3333)."""
    path: str = environ.get("PATH_INFO", "")
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def _has_known_end(environ: WSGIEnvironment) -> bool:
    length = parse_length(environ.get("CONTENT_LENGTH") or "")
    return length is not None or bool(environ.get("wsgi.input_terminated", False))


def _replace_body(environ: WSGIEnvironment, given: bytes, content: bytes) -> WSGIEnvironment:
    changed: dict[str, Any] = {**environ, "wsgi.input": BytesIO(content), BODY_KEY: given}
    if content is not given:
        changed["CONTENT_LENGTH"] = str(len(content))
        for name in _OF_THE_OLD_BODY:
            changed.pop(name, None)
    return changed
