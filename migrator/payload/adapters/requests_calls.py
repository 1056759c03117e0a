"""Drive the flow of one call through an adapter of requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeAlias

from requests import PreparedRequest, Response
from requests.auth import HTTPDigestAuth
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.exceptions import ChunkedEncodingError, ConnectionError
from requests.exceptions import SSLError as RequestsSSLError
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse, HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError, ReadTimeoutError, SSLError

from migrator.payload.adapters.http_messages import Headers, HttpAnswer, HttpRequest, needs_reading

#: An object of requests or urllib3, or whatever a program passes for one.
Native: TypeAlias = Any


@dataclass(slots=True)
class RequestsCall:
    """Translate between the core and requests for one call, and keep the answer to its request."""

    request: PreparedRequest
    given: HttpRequest = field(init=False)
    answer: Response | None = None
    headers: Headers = ()

    def __post_init__(self) -> None:
        request = self.request
        headers = tuple((_to_text(name), _to_text(value)) for name, value in request.headers.items())
        self.given = HttpRequest(request.method or "", request.url or "", headers, _read_content(request.body))

    def send(self, send: Callable[..., Response], sent: HttpRequest) -> HttpAnswer:
        """Send one request of the flow."""
        response = send(self._copy_request(sent), stream=True)
        content = _read_raw(response) if needs_reading(sent, response.status_code) else None
        headers = _read_headers(response)
        if not sent.is_follow_up:
            self.answer, self.headers = response, headers
        return HttpAnswer(response.status_code, headers, content)

    def create_response(self, answer: HttpAnswer) -> Response:
        """Return the response for the program: that of the server, in the terms of the program's request."""
        response = self.answer
        assert response is not None  # no flow ends without an answer
        if answer.content is not None:
            response.raw = _create_raw(response.raw, answer)
            vars(response).update(_content=False, _content_consumed=False)
        if answer.headers != self.headers:
            response.headers = CaseInsensitiveDict(HTTPHeaderDict(answer.headers))
            if isinstance(response.raw, BaseHTTPResponse):
                response.raw.headers = HTTPHeaderDict(answer.headers)
        response.request, response.url = self.request, self.request.url or ""
        if isinstance(response.raw, BaseHTTPResponse) and response.raw.url:
            # urllib3 keeps what stood in the request line: a whole URL for a proxy, else the path.
            is_path = response.raw.url.startswith("/")
            response.raw.url = self.request.path_url if is_path else self.request.url
        response.cookies = RequestsCookieJar()
        extract_cookies_to_jar(response.cookies, self.request, response.raw)  # type: ignore[no-untyped-call]
        return response

    def _copy_request(self, sent: HttpRequest) -> PreparedRequest:
        copy = self.request.copy()
        copy.url, copy.method = sent.url, sent.verb
        if sent.content is not self.given.content or not isinstance(copy.body, (bytes, str, type(None))):
            copy.body = sent.content
        if sent.headers is not self.given.headers:
            copy.headers = CaseInsensitiveDict(sent.headers)
        self._sign_digest(copy)
        return copy

    def _sign_digest(self, copy: PreparedRequest) -> None:
        """Compute digest authentication, which requests has computed for the program's URL, for the server's."""
        authorization = _to_text(copy.headers.get("Authorization") or "")
        if copy.url == self.request.url or not authorization.lower().startswith("digest "):
            return
        for hook in self.request.hooks.get("response", ()):
            auth = getattr(hook, "__self__", None)
            if isinstance(auth, HTTPDigestAuth):
                header = auth.build_digest_header(copy.method or "", copy.url or "")  # type: ignore[no-untyped-call]
                if header:
                    copy.headers["Authorization"] = header
                return


def _read_content(body: Native) -> bytes:
    if body is None:
        return b""
    if isinstance(body, (bytes, bytearray, memoryview, str)):
        return body.encode() if isinstance(body, str) else bytes(body)
    return b"".join(part.encode() if isinstance(part, str) else part for part in body)


def _read_raw(response: Response) -> bytes:
    """Return the body as it was received, and give the connection back. Raises the errors of `Response.content`."""
    raw = response.raw
    try:
        if isinstance(raw, BaseHTTPResponse):
            return b"".join(raw.stream(1 << 16, decode_content=False))
        return response.content
    except ProtocolError as error:
        raise ChunkedEncodingError(error) from error
    except ReadTimeoutError as error:
        raise ConnectionError(error) from error
    except SSLError as error:
        raise RequestsSSLError(error) from error
    finally:
        response.close()


def _read_headers(response: Response) -> Headers:
    """Return the headers with equal names apart, where the library below tells them apart."""
    raw = getattr(response.raw, "headers", None)
    items = raw.iteritems() if isinstance(raw, HTTPHeaderDict) else response.headers.items()
    return tuple((_to_text(name), _to_text(value)) for name, value in items)


def _create_raw(raw: Native, answer: HttpAnswer) -> HTTPResponse:
    """Return a response of urllib3 that still has to be read, like the one that was."""
    created = HTTPResponse(
        BytesIO(answer.content or b""),
        HTTPHeaderDict(answer.headers),
        answer.status,
        version=getattr(raw, "version", 11),
        reason=getattr(raw, "reason", None),
        preload_content=False,
        decode_content=getattr(raw, "decode_content", False),
        # A session reads cookies from the original response.
        original_response=getattr(raw, "_original_response", None),
        msg=getattr(raw, "msg", None),
        retries=getattr(raw, "retries", None),
        request_url=getattr(raw, "_request_url", None),
    )
    if hasattr(raw, "version_string"):  # since urllib3 2.3
        created.version_string = raw.version_string
    return created


def _to_text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
