"""WSGI middleware that translates webhooks to the version of an application.

app.wsgi_app = WebhookMiddleware(app.wsgi_app, Translator("3.2", "3.1"), paths="/livechat")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.webhook_receiver import DEFAULT_BODY_LIMIT, WebhookReceiver
from migrator.payload.translator import Translator

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class WsgiWebhookMiddleware:
    """Translate JSON posted to `paths`; every other request reaches `application` unread.

    A body over `limit` bytes is answered with 413. What cannot be translated (not JSON, no counterpart) reaches the
    application unchanged and is passed to `on_report`. Raises ValueError for a path without a slash.
    """

    def __init__(
        self,
        application: WSGIApplication,
        translator: Translator,
        paths: str | Collection[str],
        *,
        limit: int = DEFAULT_BODY_LIMIT,
        on_report: OnReport = log_report,
    ) -> None:
        self._application = application
        self._reception = WebhookReceiver.at_paths(translator, paths, limit, on_report)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request."""
        if not _may_be_webhook(environ, self._reception):
            return self._application(environ, start_response)
        content = _read_body(environ, self._reception.limit)
        if content is None:
            start_response("413 Content Too Large", [("Content-Length", "0")])
            return []
        return self._application(
            _replace_body(environ, content, self._reception.translate_body(content)), start_response
        )


def _may_be_webhook(environ: WSGIEnvironment, reception: WebhookReceiver) -> bool:
    ends = environ.get("CONTENT_LENGTH", "").isdecimal() or environ.get("wsgi.input_terminated", False)
    return ends and reception.may_be_webhook(
        environ["REQUEST_METHOD"],
        environ.get("PATH_INFO", ""),
        environ.get("CONTENT_TYPE", ""),
        environ.get("HTTP_CONTENT_ENCODING", ""),
    )


def _read_body(environ: WSGIEnvironment, limit: int) -> bytes | None:
    """Return the body, or None if it exceeds the limit; a body that declares too large a length is not read."""
    declared = environ.get("CONTENT_LENGTH", "")
    length = int(declared) if declared.isdecimal() else None
    if length is not None and length > limit:
        return None
    content: bytes = environ["wsgi.input"].read(limit + 1 if length is None else length)
    return None if len(content) > limit else content


def _replace_body(environ: WSGIEnvironment, given: bytes, content: bytes) -> WSGIEnvironment:
    changed = {**environ, "wsgi.input": BytesIO(content)}
    if content is not given:
        changed["CONTENT_LENGTH"] = str(len(content))
        changed.pop("HTTP_TRANSFER_ENCODING", None)
    return changed
