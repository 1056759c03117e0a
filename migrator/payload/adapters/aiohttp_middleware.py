"""Middleware for aiohttp's client, which connects a program of one API version to a server of another.

    session = aiohttp.ClientSession(middlewares=[TranslatingMiddleware(Translator("3.1", "3.2"))])

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged, but for
the Location of a redirect to the API itself. Middleware that depends on the URL, such as
`aiohttp.DigestAuthMiddleware`, follows this one in the list, so that it gets the URL that the server is asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import ClientError, ClientRequest, ClientResponse

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.aiohttp_calls import AiohttpCall, read_request
from migrator.payload.adapters.client_errors import ClientErrors
from migrator.payload.adapters.exchange import CallAddress
from migrator.payload.adapters.http_flow import FollowUps, HttpFlow, run_async_flow
from migrator.payload.adapters.usage import OnUse
from migrator.payload.loss import Loss
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator


class AiohttpTranslationError(TranslationError, ClientError):
    """Report a request that cannot be translated, as an error of aiohttp."""

    def __init__(self, problem: str, request: ClientRequest | None = None) -> None:
        super().__init__(problem)
        self.request = request


class AiohttpLossError(LossError, ClientError):
    """Report a request without a counterpart in the server's version, as an error of aiohttp."""

    def __init__(self, losses: tuple[Loss, ...], request: ClientRequest | None = None) -> None:
        super().__init__(losses)
        self.request = request

    def __reduce__(self) -> tuple[type[AiohttpLossError], tuple[tuple[Loss, ...]]]:
        return type(self), (self.losses,)


class AiohttpDocumentError(DocumentError, ClientError):
    """Report a request with a value of an impossible type, as an error of aiohttp."""

    def __init__(self, pointer: str, problem: str, request: ClientRequest | None = None) -> None:
        super().__init__(pointer, problem)
        self.request = request

    def __reduce__(self) -> tuple[type[AiohttpDocumentError], tuple[str, str]]:
        return type(self), (self.pointer, self.problem)


_ERRORS = ClientErrors(AiohttpLossError, AiohttpDocumentError, AiohttpTranslationError)


class TranslatingMiddleware:
    """Translate the requests that an `aiohttp.ClientSession` sends.

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses, failed calls and what could not be
    translated; `on_use` the rules that were applied. A request without a counterpart raises AiohttpLossError, one with
    a value of an impossible type AiohttpDocumentError: both are errors of aiohttp and of migrator.
    """

    def __init__(
        self,
        translator: Translator,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
    ) -> None:
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)

    async def __call__(
        self, request: ClientRequest, handler: Callable[[ClientRequest], Awaitable[ClientResponse]]
    ) -> ClientResponse:
        """Send a request and its follow-up calls."""
        try:
            address = self._flow.find_address(str(request.url))
            if address is None:
                return await handler(request)
            return await self._translate(address, request, handler)
        except TranslationError as error:
            raise _ERRORS.convert(error, request) from error

    async def _translate(
        self,
        address: CallAddress,
        request: ClientRequest,
        handler: Callable[[ClientRequest], Awaitable[ClientResponse]],
    ) -> ClientResponse:
        call = AiohttpCall(request, await read_request(request), handler)
        try:
            answer = await run_async_flow(self._flow.start_flow(address, call.given), call.send)
        finally:
            call.restore_request()
        return call.create_response(answer)
