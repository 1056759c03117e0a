"""An adapter for requests, which connects a program of one API version to a server of another.

    session.mount("https://api.livechatinc.com/", TranslatingAdapter(Translator("3.1", "3.2")))

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import TypeAlias

from requests import PreparedRequest, RequestException, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from migrator.payload.adapters.adapter_report import FollowUpFailure, OnReport, log_report
from migrator.payload.adapters.exchange import Exchange, FollowUps
from migrator.payload.byte_documents import encode_json
from migrator.payload.follow_up import FollowUp
from migrator.payload.translator import Translator

_FRAMING = frozenset({"content-length", "transfer-encoding", "content-encoding"})
_KEPT = ("status_code", "reason", "encoding", "cookies")

_Timeout: TypeAlias = float | tuple[float, float] | tuple[float, None] | None
_Cert: TypeAlias = bytes | str | tuple[bytes | str, bytes | str] | None


class TranslatingAdapter(BaseAdapter):
    """Translate the requests that a `requests.Session` sends through `adapter` (by default `HTTPAdapter()`).

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses and failed calls. A request raises
    LossError when it has no counterpart, DocumentError when a value in it has an impossible type.
    """

    def __init__(
        self,
        translator: Translator,
        adapter: BaseAdapter | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
    ) -> None:
        super().__init__()
        self._exchange = Exchange.from_translator(translator)
        self._adapter = adapter or HTTPAdapter()
        self._follow_ups = follow_ups
        self._on_report = on_report

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: _Timeout = None,
        verify: bool | str = True,
        cert: _Cert = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a request and its follow-up calls."""
        send = partial(self._adapter.send, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        address = self._exchange.find_address(request.url or "")
        if address is None:
            return send(request, stream=stream)
        upward = self._exchange.translate_request(address, _read_content(request.body))
        response = send(_copy_request(request, address.url, upward.content), stream=True)
        if not _is_success(response):
            return response
        downward = self._exchange.translate_response(upward, response.content)
        report = downward.report.with_failures(self._send_follow_ups(request, downward.follow_ups, send))
        if not report.empty:
            self._on_report(report)
        return _create_response(request, response, downward.content)

    def close(self) -> None:
        """Close the inner adapter."""
        self._adapter.close()

    def _send_follow_ups(
        self, request: PreparedRequest, calls: tuple[FollowUp, ...], send: Callable[[PreparedRequest], Response]
    ) -> Iterator[FollowUpFailure]:
        for call in calls:
            if self._follow_ups != "send":
                self._follow_ups(call)
                continue
            try:
                answer = send(_copy_request(request, call.url, encode_json(call.body)))
            except RequestException as error:
                yield FollowUpFailure(call, f"{type(error).__name__}: {error}")
            else:
                if not _is_success(answer):
                    yield FollowUpFailure(call, f"the server answered {answer.status_code}")


def _read_content(body: bytes | str | Iterable[bytes] | None) -> bytes:
    if body is None:
        return b""
    if isinstance(body, (bytes, str)):
        return body.encode() if isinstance(body, str) else body
    return b"".join(part.encode() if isinstance(part, str) else part for part in body)


def _is_success(response: Response) -> bool:
    return 200 <= response.status_code < 300


def _copy_request(request: PreparedRequest, url: str, content: bytes) -> PreparedRequest:
    copy = request.copy()
    copy.url = url
    copy.body = content
    for name in [name for name in copy.headers if name.lower() in _FRAMING]:
        del copy.headers[name]
    copy.headers["Content-Length"] = str(len(content))
    return copy


def _create_response(request: PreparedRequest, response: Response, content: bytes) -> Response:
    answer = Response()
    for name in _KEPT:
        setattr(answer, name, getattr(response, name))
    answer.headers = response.headers.copy()
    for name in _FRAMING:
        answer.headers.pop(name, None)
    answer.headers["Content-Length"] = str(len(content))
    # A session reads cookies from the original response.
    original = getattr(response.raw, "_original_response", None)
    answer.raw = HTTPResponse(
        BytesIO(content), status=response.status_code, preload_content=False, original_response=original
    )
    answer.request = request
    answer.url = request.url or ""
    return answer
