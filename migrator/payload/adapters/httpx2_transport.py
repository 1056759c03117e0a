"""Transports for httpx2, which connect a program of one API version to a server of another.

    client = httpx2.Client(transport=migrator.httpx2.TranslatingTransport(Translator("3.1", "3.2")))

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged, but for
the Location of a redirect to the API itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from types import TracebackType
from typing import Self

import httpx2

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.client_errors import ClientErrors
from migrator.payload.adapters.http_flow import FollowUps, HttpFlow
from migrator.payload.adapters.httpx_calls import AuthForServer, send_async_request, send_request
from migrator.payload.adapters.usage import OnUse
from migrator.payload.loss import Loss
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator


class Httpx2TranslationError(TranslationError, httpx2.RequestError):
    """Report a request that cannot be translated, as an error of httpx2."""

    def __init__(self, problem: str, request: httpx2.Request | None = None) -> None:
        httpx2.RequestError.__init__(self, problem, request=request)


class Httpx2LossError(LossError, httpx2.RequestError):
    """Report a request without a counterpart in the server's version, as an error of httpx2."""

    def __init__(self, losses: tuple[Loss, ...], request: httpx2.Request | None = None) -> None:
        LossError.__init__(self, losses)
        self._request = request

    def __reduce__(self) -> tuple[type[Httpx2LossError], tuple[tuple[Loss, ...]]]:
        return type(self), (self.losses,)


class Httpx2DocumentError(DocumentError, httpx2.RequestError):
    """Report a request with a value of an impossible type, as an error of httpx2."""

    def __init__(self, pointer: str, problem: str, request: httpx2.Request | None = None) -> None:
        DocumentError.__init__(self, pointer, problem)
        self._request = request

    def __reduce__(self) -> tuple[type[Httpx2DocumentError], tuple[str, str]]:
        return type(self), (self.pointer, self.problem)


_ERRORS = ClientErrors(Httpx2LossError, Httpx2DocumentError, Httpx2TranslationError)


class Httpx2Transport(httpx2.BaseTransport):
    """Translate the requests that an `httpx2.Client` sends through `transport` (by default `httpx2.HTTPTransport()`).

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses, failed calls and what could not be
    translated; `on_use` the rules that were applied. A request without a counterpart raises Httpx2LossError, one with
    a value of an impossible type Httpx2DocumentError: both are errors of httpx2 and of migrator.
    """

    def __init__(
        self,
        translator: Translator,
        transport: httpx2.BaseTransport | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)
        self._transport = transport or httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and its follow-up calls."""
        try:
            response: httpx2.Response = send_request(httpx2, self._flow, self._transport, request)
        except TranslationError as error:
            raise _ERRORS.convert(error, request) from error
        return response

    def __enter__(self) -> Self:
        self._transport.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._transport.__exit__(exc_type, exc_value, traceback)

    def close(self) -> None:
        """Close the inner transport."""
        self._transport.close()


class AsyncHttpx2Transport(httpx2.AsyncBaseTransport):
    """Translate the requests of an `httpx2.AsyncClient`, through `httpx2.AsyncHTTPTransport()` by default."""

    def __init__(
        self,
        translator: Translator,
        transport: httpx2.AsyncBaseTransport | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)
        self._transport = transport or httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and its follow-up calls."""
        try:
            response: httpx2.Response = await send_async_request(httpx2, self._flow, self._transport, request)
        except TranslationError as error:
            raise _ERRORS.convert(error, request) from error
        return response

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._transport.__aexit__(exc_type, exc_value, traceback)

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._transport.aclose()


class Httpx2ServerAuth(httpx2.Auth):
    """Compute an authentication that depends on the URL, such as `httpx2.DigestAuth`, for the server's URL.

    httpx2 authenticates a request before its transport gets it:
    ``httpx2.Client(transport=..., auth=TranslatingAuth(httpx2.DigestAuth(user, password), translator))``
    """

    def __init__(self, auth: httpx2.Auth, translator: Translator) -> None:
        self.requires_request_body = auth.requires_request_body
        self.requires_response_body = auth.requires_response_body
        self._auth = AuthForServer.from_translator(httpx2, auth, translator)

    def sync_auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Authenticate a request."""
        return self._auth.start_flow(request)

    def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Authenticate a request with await."""
        return self._auth.start_async_flow(request)
