"""The requests that httpx sends for one call, as a generator shared by the sync and async transports."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from migrator.payload.adapters.adapter_report import FollowUpFailure, OnReport
from migrator.payload.adapters.exchange import CallAddress, Exchange, FollowUps
from migrator.payload.byte_documents import encode_json
from migrator.payload.follow_up import FollowUp

#: Yields requests, receives their responses (read, if successful) or errors, and returns the caller's response.
RequestFlow: TypeAlias = Generator[httpx.Request, httpx.Response, httpx.Response]

_FRAMING = frozenset({"content-length", "transfer-encoding", "content-encoding"})


@dataclass(frozen=True, slots=True)
class HttpxExchange:
    """Hold the settings of one transport."""

    exchange: Exchange
    follow_ups: FollowUps
    on_report: OnReport

    def start_flow(self, address: CallAddress, request: httpx.Request) -> RequestFlow:
        """Start the flow of a request whose body has been read."""
        upward = self.exchange.translate_request(address, request.content)
        response = yield _copy_request(request, address.url, upward.content)
        if not response.is_success:
            return response
        downward = self.exchange.translate_response(upward, response.content)
        failures = yield from self._send_follow_ups(request, downward.follow_ups)
        report = downward.report.with_failures(failures)
        if not report.empty:
            self.on_report(report)
        return httpx.Response(
            response.status_code,
            headers=_update_framing(response.headers, downward.content),
            stream=httpx.ByteStream(downward.content),
            extensions=response.extensions,
        )

    def _send_follow_ups(
        self, request: httpx.Request, calls: tuple[FollowUp, ...]
    ) -> Generator[httpx.Request, httpx.Response, list[FollowUpFailure]]:
        failures = []
        for call in calls:
            if self.follow_ups != "send":
                self.follow_ups(call)
                continue
            try:
                answer = yield _copy_request(request, call.url, encode_json(call.body))
            except httpx.HTTPError as error:
                failures.append(FollowUpFailure(call, f"{type(error).__name__}: {error}"))
            else:
                if not answer.is_success:
                    failures.append(FollowUpFailure(call, f"the server answered {answer.status_code}"))
        return failures


def _copy_request(request: httpx.Request, url: str, content: bytes) -> httpx.Request:
    headers = _update_framing(request.headers, content) if content is not request.content else request.headers.copy()
    return httpx.Request(request.method, url, headers=headers, content=content, extensions=request.extensions)


def _update_framing(headers: httpx.Headers, content: bytes) -> httpx.Headers:
    kept = [(name, value) for name, value in headers.multi_items() if name.lower() not in _FRAMING]
    return httpx.Headers([*kept, ("Content-Length", str(len(content)))])
