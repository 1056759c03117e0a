"""Transports for httpx, which connect a program of one API version to a server of another.

    client = httpx.Client(transport=TranslatingTransport(Translator("3.1", "3.2")))

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged.
"""

from __future__ import annotations

import httpx

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.exchange import Exchange, FollowUps
from migrator.payload.adapters.httpx_exchange import HttpxExchange
from migrator.payload.translator import Translator


class TranslatingTransport(httpx.BaseTransport):
    """Translate the requests that an `httpx.Client` sends through `transport` (by default `httpx.HTTPTransport()`).

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses and failed calls. A request raises
    LossError when it has no counterpart, DocumentError when a value in it has an impossible type.
    """

    def __init__(
        self,
        translator: Translator,
        transport: httpx.BaseTransport | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
    ) -> None:
        self._exchange = HttpxExchange(Exchange.from_translator(translator), follow_ups, on_report)
        self._transport = transport or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and its follow-up calls."""
        address = self._exchange.exchange.find_address(str(request.url))
        if address is None:
            return self._transport.handle_request(request)
        request.read()
        conversation = self._exchange.start_flow(address, request)
        try:
            sent = next(conversation)
            while True:
                try:
                    answer = self._send_and_read(sent)
                except httpx.HTTPError as error:
                    sent = conversation.throw(error)
                else:
                    sent = conversation.send(answer)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # what the conversation returns

    def _send_and_read(self, request: httpx.Request) -> httpx.Response:
        response = self._transport.handle_request(request)
        if response.is_success:
            response.read()
        return response

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
    ) -> None:
        self._exchange = HttpxExchange(Exchange.from_translator(translator), follow_ups, on_report)
        self._transport = transport or httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and its follow-up calls."""
        address = self._exchange.exchange.find_address(str(request.url))
        if address is None:
            return await self._transport.handle_async_request(request)
        await request.aread()
        conversation = self._exchange.start_flow(address, request)
        try:
            sent = next(conversation)
            while True:
                try:
                    answer = await self._send_and_read(sent)
                except httpx.HTTPError as error:
                    sent = conversation.throw(error)
                else:
                    sent = conversation.send(answer)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # what the conversation returns

    async def _send_and_read(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        if response.is_success:
            await response.aread()
        return response

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._transport.aclose()
