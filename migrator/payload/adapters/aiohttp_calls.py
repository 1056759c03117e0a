"""Drive the flow of one call through the handler that aiohttp gives to middleware.

aiohttp sends one request object, and makes the response from what that holds at the time. So the request is changed
for each request of the flow, and is what it was before when the flow ends.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import ClientRequest, ClientResponse, StreamReader
from aiohttp.base_protocol import BaseProtocol
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from migrator.payload.adapters.content_encoding import KNOWN_CODINGS, pack_body
from migrator.payload.adapters.http_messages import (
    DIGESTS,
    FRAMING,
    Headers,
    HttpAnswer,
    HttpRequest,
    describe_answer_body,
    get_header,
    needs_reading,
)
from migrator.payload.byte_documents import check_json
from migrator.payload.json_text import BOM

#: What a request of the flow may change of the request of aiohttp.
_CHANGED = ("url", "original_url", "method", "headers", "chunked", "compress", "_body")


async def read_request(request: ClientRequest) -> HttpRequest:
    """Return a request in the terms of the core."""
    content = await request.body.as_bytes() if request.body else b""
    headers = tuple((name, value) for name, value in request.headers.items())
    # A body that aiohttp is to pack is packed when it is sent, whatever the header says now.
    return HttpRequest(request.method, str(request.url), headers, content, is_unpacked=bool(request.compress))


@dataclass(slots=True)
class AiohttpCall:
    """Translate between the core and aiohttp for one call, and keep the answer to its request."""

    request: ClientRequest
    given: HttpRequest
    handler: Callable[[ClientRequest], Awaitable[ClientResponse]]
    answer: ClientResponse | None = None
    headers: Headers = ()
    before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.before = {name: getattr(self.request, name) for name in _CHANGED}

    async def send(self, sent: HttpRequest) -> HttpAnswer:
        """Send one request of the flow."""
        self.restore_request()
        if sent is not self.given:
            await self._change_request(sent)
        response = await self.handler(self.request)
        headers = _read_headers(response)
        if sent.is_follow_up:
            async with response:
                return HttpAnswer(response.status, headers, await response.read())
        self.answer, self.headers = response, headers
        content = await response.read() if needs_reading(sent, response.status) else None
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        unpacked = content is not None and coding in KNOWN_CODINGS and _is_json(content)
        return HttpAnswer(response.status, headers, content, is_unpacked=unpacked)

    def restore_request(self) -> None:
        """Make the request what it was: aiohttp makes that of a redirect from it."""
        for name, value in self.before.items():
            setattr(self.request, name, value)

    def create_response(self, answer: HttpAnswer) -> ClientResponse:
        """Return the response for the program: that of the server, in the terms of the program's request."""
        response = self.answer
        assert response is not None  # no flow ends without an answer
        response._real_url, response._url = self.before["original_url"], self.before["url"]
        response._request_info = self.request.request_info
        if answer.headers != self.headers:
            if answer.is_unpacked and answer.content is not None:
                packed = pack_body(answer.content, get_header(answer.headers, "content-encoding"))
                answer = replace(answer, headers=describe_answer_body(answer.headers, packed))
            response._raw_headers = tuple(
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers
            )
            response._headers = CIMultiDictProxy(CIMultiDict(map(_decode_header, response._raw_headers)))
        if answer.content is not None:
            response._body = answer.content
            response.content = _create_stream(answer.content, response)
        response._cache.clear()
        return response

    async def _change_request(self, sent: HttpRequest) -> None:
        request = self.request
        request.url = URL(sent.url, encoded=True)
        request.original_url = request.url
        request.method = sent.verb
        request.headers = self.before["headers"].copy()
        if sent.is_follow_up:
            request.chunked = request.compress = None
            request.headers = CIMultiDict(sent.headers)
        if sent.content is not self.given.content:
            for name in FRAMING | DIGESTS:
                request.headers.popall(name, None)
            request._body = None  # aiohttp would close what a redirect sends again
            await request.update_body(sent.content)


def _is_json(content: bytes) -> bool:
    """Return whether a body is JSON as it stands: aiohttp does not tell whether it has unpacked it."""
    try:
        check_json(content.removeprefix(BOM))
    except (ValueError, RecursionError):
        return False
    return True


def _read_headers(response: ClientResponse) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers)


def _decode_header(header: tuple[bytes, bytes]) -> tuple[str, str]:
    name, value = (part.decode("utf-8", "surrogateescape") for part in header)
    return name, value


def _create_stream(content: bytes, response: ClientResponse) -> StreamReader:
    loop = response._loop
    # The buffer is never full, so that the stream does not ask a connection to wait.
    stream = StreamReader(BaseProtocol(loop), len(content) + 1, loop=loop)
    if content:
        stream.feed_data(content)
    stream.feed_eof()
    return stream
