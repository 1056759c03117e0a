"""Transports for httpx, which connect a program of one API version to a server of another.

    client = httpx.Client(transport=TranslatingTransport(Translator("3.1", "3.2")))

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged, but for
the Location of a redirect to the API itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from types import TracebackType
from typing import Self

import httpx

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.client_errors import ClientErrors
from migrator.payload.adapters.http_flow import FollowUps, HttpFlow
from migrator.payload.adapters.httpx_calls import AuthForServer, send_async_request, send_request
from migrator.payload.adapters.usage import OnUse
from migrator.payload.loss import Loss
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator


class HttpxTranslationError(TranslationError, httpx.RequestError):
    """Report a request that cannot be translated, as an error of httpx."""

    def __init__(self, problem: str, request: httpx.Request | None = None) -> None:
        httpx.RequestError.__init__(self, problem, request=request)


class HttpxLossError(LossError, httpx.RequestError):
    """Report a request without a counterpart in the server's version, as an error of httpx."""

    def __init__(self, losses: tuple[Loss, ...], request: httpx.Request | None = None) -> None:
        LossError.__init__(self, losses)
        self._request = request

    def __reduce__(self) -> tuple[type[HttpxLossError], tuple[tuple[Loss, ...]]]:
        return type(self), (self.losses,)


class HttpxDocumentError(DocumentError, httpx.RequestError):
    """Report a request with a value of an impossible type, as an error of httpx."""

    def __init__(self, pointer: str, problem: str, request: httpx.Request | None = None) -> None:
        DocumentError.__init__(self, pointer, problem)
        self._request = request

    def __reduce__(self) -> tuple[type[HttpxDocumentError], tuple[str, str]]:
        return type(self), (self.pointer, self.problem)


_ERRORS = ClientErrors(HttpxLossError, HttpxDocumentError, HttpxTranslationError)


class TranslatingTransport(httpx.BaseTransport):
    """Translate the requests that an `httpx.Client` sends through `transport` (by default `httpx.HTTPTransport()`).

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses, failed calls and what could not be
    translated; `on_use` the rules that were applied. A request without a counterpart raises HttpxLossError, one with
    a value of an impossible type HttpxDocumentError: both are errors of httpx and of migrator.
    """

    def __init__(
        self,
        translator: Translator,
        transport: httpx.BaseTransport | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)
        self._transport = transport or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and its follow-up calls."""
        try:
            response: httpx.Response = send_request(httpx, self._flow, self._transport, request)
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


class AsyncTranslatingTransport(httpx.AsyncBaseTransport):
    """Translate the requests of an `httpx.AsyncClient`, through `httpx.AsyncHTTPTransport()` by default."""

    def __init__(
        self,
        translator: Translator,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)
        self._transport = transport or httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and its follow-up calls."""
        try:
            response: httpx.Response = await send_async_request(httpx, self._flow, self._transport, request)
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


class TranslatingAuth(httpx.Auth):
    """Compute an authentication that depends on the URL, such as `httpx.DigestAuth`, for the server's URL.

    httpx authenticates a request before its transport gets it:
    ``httpx.Client(transport=..., auth=TranslatingAuth(httpx.DigestAuth(user, password), translator))``
    """

    def __init__(self, auth: httpx.Auth, translator: Translator) -> None:
        self.requires_request_body = auth.requires_request_body
        self.requires_response_body = auth.requires_response_body
        self._auth = AuthForServer.from_translator(httpx, auth, translator)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Authenticate a request."""
        return self._auth.start_flow(request)

    def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Authenticate a request with await."""
        return self._auth.start_async_flow(request)
