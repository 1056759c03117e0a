"""Drive the flow of one call through a transport of httpx or of its successor httpx2, which have the same interface."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from migrator.payload.adapters.exchange import Exchange
from migrator.payload.adapters.http_flow import HttpFlow, run_async_flow, run_flow
from migrator.payload.adapters.http_messages import Headers, HttpAnswer, HttpRequest, needs_reading
from migrator.payload.translation_errors import TranslationError
from migrator.payload.translator import Translator

#: An object of the library.
Native: TypeAlias = Any


class HttpxLibrary(Protocol):
    """Name what is used of the library: httpx or httpx2."""

    Request: Native
    Response: Native
    Headers: Native
    ByteStream: Native


@dataclass(slots=True)
class HttpxCall:
    """Translate between the core and the library for one call, and keep the answer to its request."""

    library: HttpxLibrary
    request: Native
    content: bytes
    given: HttpRequest = field(init=False)
    answer: Native = None

    def __post_init__(self) -> None:
        request = self.request
        self.given = HttpRequest(request.method, str(request.url), _read_headers(request), self.content)

    def send(self, transport: Native, sent: HttpRequest) -> HttpAnswer:
        """Send one request of the flow."""
        response = transport.handle_request(self._create_request(sent))
        content = None
        if needs_reading(sent, response.status_code):
            try:
                content = b"".join(response.stream)
            finally:
                response.close()
        return self._keep_answer(sent, response, content)

    async def send_async(self, transport: Native, sent: HttpRequest) -> HttpAnswer:
        """Send one request of the flow with await."""
        response = await transport.handle_async_request(self._create_request(sent))
        content = None
        if needs_reading(sent, response.status_code):
            try:
                content = b"".join([part async for part in response.stream])
            finally:
                await response.aclose()
        return self._keep_answer(sent, response, content)

    def create_response(self, answer: HttpAnswer) -> Native:
        """Return the answer for the program; one whose body was not read is the transport's own."""
        headers = _write_headers(answer.headers)
        if answer.content is None:
            if answer.headers != _read_headers(self.answer):
                self.answer.headers = self.library.Headers(headers)
            return self.answer
        stream = self.library.ByteStream(answer.content)
        extensions = self.answer.extensions
        return self.library.Response(self.answer.status_code, headers=headers, stream=stream, extensions=extensions)

    def _create_request(self, sent: HttpRequest) -> Native:
        if sent is self.given:
            return self.request
        stream = self.library.ByteStream(sent.content)
        headers, extensions = _write_headers(sent.headers), self.request.extensions
        return self.library.Request(sent.verb, sent.url, headers=headers, stream=stream, extensions=extensions)

    def _keep_answer(self, sent: HttpRequest, response: Native, content: bytes | None) -> HttpAnswer:
        if not sent.is_follow_up:
            self.answer = response
        return HttpAnswer(response.status_code, _read_headers(response), content)


def send_request(library: HttpxLibrary, flow: HttpFlow, transport: Native, request: Native) -> Native:
    """Send a request and its follow-up calls; return the response. Raises TranslationError."""
    address = flow.find_address(str(request.url))
    if address is None:
        return transport.handle_request(request)
    call = HttpxCall(library, request, _read_ready(library, request) or request.read())
    return call.create_response(run_flow(flow.start_flow(address, call.given), lambda sent: call.send(transport, sent)))


async def send_async_request(library: HttpxLibrary, flow: HttpFlow, transport: Native, request: Native) -> Native:
    """Send a request and its follow-up calls with await; return the response. Raises TranslationError."""
    address = flow.find_address(str(request.url))
    if address is None:
        return await transport.handle_async_request(request)
    call = HttpxCall(library, request, _read_ready(library, request) or await request.aread())
    started = flow.start_flow(address, call.given)
    return call.create_response(await run_async_flow(started, lambda sent: call.send_async(transport, sent)))


@dataclass(frozen=True, slots=True)
class AuthForServer:
    """Let an authentication of the library compute its headers for the URL that the server is asked for."""

    library: HttpxLibrary
    auth: Native
    exchange: Exchange

    @classmethod
    def from_translator(cls, library: HttpxLibrary, auth: Native, translator: Translator) -> AuthForServer:
        """Create the authentication of a program whose requests go through `translator`."""
        return cls(library, auth, Exchange.from_translator(translator))

    def start_flow(self, request: Native) -> Generator[Native, Native, None]:
        """Yield the program's request, authenticated, and what else the authentication sends."""
        copy = self._copy_request(request)
        flow = self.auth.sync_auth_flow(copy)
        try:
            sent = next(flow)
            while True:
                response = yield request if sent is copy else sent
                sent = flow.send(response)
        except StopIteration:
            return
        finally:
            flow.close()

    async def start_async_flow(self, request: Native) -> AsyncGenerator[Native, Native]:
        """Yield the same with await."""
        copy = self._copy_request(request)
        flow = self.auth.async_auth_flow(copy)
        try:
            sent = await flow.__anext__()
            while True:
                response = yield request if sent is copy else sent
                sent = await flow.asend(response)
        except StopAsyncIteration:
            return
        finally:
            await flow.aclose()

    def _copy_request(self, request: Native) -> Native:
        """Return a request for the server's URL that shares its headers with the program's."""
        try:
            address = self.exchange.find_address(str(request.url))
        except TranslationError:  # which the transport raises
            return request
        url = getattr(address, "url", None)
        if url is None:
            return request
        copy = self.library.Request(request.method, url, stream=request.stream, extensions=request.extensions)
        copy.headers = request.headers
        return copy


def _read_ready(library: HttpxLibrary, request: Native) -> bytes:
    """Return a body that is in memory, without a trace on the request: one that is sent again has not been read."""
    return b"".join(request.stream) if isinstance(request.stream, library.ByteStream) else b""


def _read_headers(message: Native) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in message.headers.raw)


def _write_headers(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
