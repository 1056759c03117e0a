"""An adapter for requests, which connects a program of one API version to a server of another.

    session.mount("https://api.livechatinc.com/", TranslatingAdapter(Translator("3.1", "3.2")))

Only URLs of the API in the program's version are translated. Unsuccessful responses are returned unchanged, but for
the Location of a redirect to the API itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias

from requests import PreparedRequest, RequestException, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import Retry

from migrator.payload.adapters.adapter_report import OnReport, log_report
from migrator.payload.adapters.client_errors import ClientErrors
from migrator.payload.adapters.http_flow import FollowUps, HttpFlow, run_flow
from migrator.payload.adapters.requests_calls import RequestsCall
from migrator.payload.adapters.usage import OnUse
from migrator.payload.loss import Loss
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator

_Timeout: TypeAlias = float | tuple[float, float] | tuple[float, None] | None
_Cert: TypeAlias = bytes | str | tuple[bytes | str, bytes | str] | None

#: What a translating adapter shares with the one within, so that a program finds its own pools and settings.
_SHARED = (*HTTPAdapter.__attrs__, "poolmanager", "proxy_manager")


class RequestsTranslationError(TranslationError, RequestException):
    """Report a request that cannot be translated, as an error of requests."""

    def __init__(self, problem: str, request: PreparedRequest | None = None) -> None:
        RequestException.__init__(self, problem, request=request)


class RequestsLossError(LossError, RequestException):
    """Report a request without a counterpart in the server's version, as an error of requests."""

    def __init__(self, losses: tuple[Loss, ...], request: PreparedRequest | None = None) -> None:
        LossError.__init__(self, losses)
        self.request, self.response = request, None

    def __reduce__(self) -> tuple[type[RequestsLossError], tuple[tuple[Loss, ...]]]:
        return type(self), (self.losses,)


class RequestsDocumentError(DocumentError, RequestException):
    """Report a request with a value of an impossible type, as an error of requests."""

    def __init__(self, pointer: str, problem: str, request: PreparedRequest | None = None) -> None:
        DocumentError.__init__(self, pointer, problem)
        self.request, self.response = request, None

    def __reduce__(self) -> tuple[type[RequestsDocumentError], tuple[str, str]]:
        return type(self), (self.pointer, self.problem)


_ERRORS = ClientErrors(RequestsLossError, RequestsDocumentError, RequestsTranslationError)


class TranslatingAdapter(HTTPAdapter):
    """Translate the requests that a `requests.Session` sends, itself or through `adapter`.

    `follow_ups` "send" makes follow-up calls, with the headers and timeouts of the request, before the response is
    returned; a function receives each of them instead. `on_report` receives losses, failed calls and what could not be
    translated; `on_use` the rules that were applied. A request without a counterpart raises RequestsLossError, one with
    a value of an impossible type RequestsDocumentError: both are errors of requests and of migrator.

    The other parameters are those of `requests.adapters.HTTPAdapter`. The adapter can be pickled if its functions can.
    """

    __attrs__: list[str] = [*HTTPAdapter.__attrs__, "_flow", "_adapter"]  # noqa: RUF012  # as requests has it

    def __init__(
        self,
        translator: Translator,
        adapter: BaseAdapter | None = None,
        *,
        follow_ups: FollowUps = "send",
        on_report: OnReport = log_report,
        on_use: OnUse | None = None,
        pool_connections: int = 10,
        pool_maxsize: int = 10,
        max_retries: Retry | int | None = 0,
        pool_block: bool = False,
    ) -> None:
        super().__init__(pool_connections, pool_maxsize, max_retries, pool_block)
        self._flow = HttpFlow.from_translator(translator, follow_ups, on_report, on_use)
        self._adapter = adapter
        self._share_pools()

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)  # type: ignore[misc]  # which the stubs do not know
        self._share_pools()

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
        inner = super().send if self._adapter is None else self._adapter.send
        send = partial(inner, timeout=timeout, verify=verify, cert=cert, proxies=proxies)
        try:
            address = self._flow.find_address(request.url or "")
            if address is None:
                return self._attach(send(request, stream=stream))
            call = RequestsCall(request)
            answer = run_flow(self._flow.start_flow(address, call.given), partial(call.send, send))
        except TranslationError as error:
            raise _ERRORS.convert(error, request) from error
        return self._attach(call.create_response(answer))

    def close(self) -> None:
        """Close the connections, and the inner adapter."""
        super().close()
        if self._adapter is not None:
            self._adapter.close()

    def _attach(self, response: Response) -> Response:
        """Return a response whose program sends its request again through this adapter, if it does."""
        response.connection = self
        return response

    def _share_pools(self) -> None:
        if isinstance(self._adapter, HTTPAdapter):
            vars(self).update((name, getattr(self._adapter, name)) for name in _SHARED)
