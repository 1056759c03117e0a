"""The requests that one call of a program needs, as a generator that any HTTP library can drive.

A flow yields the requests to send and is sent their answers, or has the error thrown into it that the library raised.
It returns the answer for the program. Every adapter drives it with `run_flow` or `run_async_flow`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from migrator.payload.adapters.adapter_report import NOT_SENT, SENT, AdapterReport, FollowUpFailure, OnReport
from migrator.payload.adapters.content_encoding import UnreadableBodyError
from migrator.payload.adapters.exchange import (
    CallAddress,
    Exchange,
    TranslatedRequest,
    TranslatedResponse,
    UntranslatedCall,
)
from migrator.payload.adapters.http_messages import (
    HttpAnswer,
    HttpRequest,
    describe_answer_body,
    describe_follow_up,
    describe_request_body,
    get_header,
)
from migrator.payload.adapters.usage import Notices, OnUse, UsageSource, create_call_usage, find_notices
from migrator.payload.byte_documents import encode_json
from migrator.payload.follow_up import FollowUp
from migrator.payload.translation_errors import LossError, NotJsonError, TranslationError
from migrator.payload.translator import Translator

#: Follow-up calls are sent by the adapter, or passed to a function, one by one.
FollowUps: TypeAlias = Literal["send"] | Callable[[FollowUp], None]
#: Yields requests, receives their answers or errors, and returns the program's answer.
Flow: TypeAlias = Generator[HttpRequest, HttpAnswer, HttpAnswer]
#: Yields follow-up calls and receives their answers.
FollowUpFlow: TypeAlias = Generator[HttpRequest, HttpAnswer, AdapterReport]


@dataclass(frozen=True, slots=True)
class HttpFlow:
    """Hold the settings of one adapter, and start the flows of its calls."""

    exchange: Exchange
    follow_ups: FollowUps
    on_report: OnReport
    usage: UsageSource | None

    @classmethod
    def from_translator(
        cls, translator: Translator, follow_ups: FollowUps, on_report: OnReport, on_use: OnUse | None
    ) -> HttpFlow:
        """Create the flows of a program whose requests go through `translator`.

        Raises ValueError when its source version is to be detected.
        """
        exchange = Exchange.from_translator(translator)
        return cls(exchange, follow_ups, on_report, create_call_usage(exchange.up, exchange.down, on_use))

    def find_address(self, url: str) -> CallAddress | None:
        """Return the address of a call to translate; None if it is to be passed on, reported if the API has it.

        Raises TranslationError for a call without a counterpart, which is reported as well.
        """
        try:
            address = self.exchange.find_address(url)
        except TranslationError as error:
            self._report_refusal(urlsplit(url).path.rstrip("/").rpartition("/")[2], error)
            raise
        if isinstance(address, UntranslatedCall):
            self.on_report(AdapterReport(address.method, problem=address.problem))
            return None
        return address

    def start_flow(self, address: CallAddress, request: HttpRequest) -> Flow:
        """Start the flow of a request whose body has been read. Raises TranslationError."""
        try:
            upward = self.exchange.translate_request(address, request.content, request.encoding)
        except (UnreadableBodyError, NotJsonError) as error:
            self.on_report(AdapterReport(address.old_method, problem=str(error)))
            return (yield request)
        except TranslationError as error:
            self._report_refusal(address.old_method, error)
            raise
        sent = replace(request, url=address.url)
        if upward.content is not request.content:
            headers = describe_request_body(request.headers, upward.content)
            sent = replace(sent, headers=headers, content=upward.content)
        try:
            answer = yield sent
        except BaseException:
            self._finish(upward.start_report())
            raise
        return (yield from self._take_answer(request, upward, answer))

    def _take_answer(self, request: HttpRequest, upward: TranslatedRequest, answer: HttpAnswer) -> Flow:
        address = upward.address
        notices: Notices = ()
        if self.usage is not None:
            notices = find_notices(answer.headers)
            rules = (*address.applied, *upward.applied)
            self.usage.tell_uses("request", address.old_method, rules, upward.losses, notices)
        if not answer.is_success:
            problem = _find_digest_problem(request, address) if answer.status == 401 else None
            self._finish(replace(upward.start_report(), problem=problem, consequence=SENT))
            return self._redirect_in_terms_of_program(address, answer)
        downward = self.exchange.translate_response(upward, answer.content or b"", answer.encoding)
        if self.usage is not None:
            losses = downward.report.losses[len(upward.losses) :]
            self.usage.tell_uses("response", address.old_method, downward.applied, losses, notices)
        report = yield from self._send_follow_ups(request, downward)
        self._finish(report)
        if downward.content == (answer.content or b""):
            return answer
        headers = describe_answer_body(answer.headers, downward.content)
        return replace(answer, headers=headers, content=downward.content)

    def _send_follow_ups(self, request: HttpRequest, downward: TranslatedResponse) -> FollowUpFlow:
        failures = []
        for call in downward.follow_ups:
            if self.follow_ups != "send":
                self.follow_ups(call)
                continue
            body = encode_json(call.body)
            try:
                answer = yield HttpRequest("POST", call.url, describe_follow_up(request.headers, body), body, True)
            except Exception as error:
                failures.append(FollowUpFailure(call, f"{type(error).__name__}: {error}"))
            except BaseException as error:
                failures.append(FollowUpFailure(call, type(error).__name__))
                self._finish(downward.report.with_failures(failures))
                raise
            else:
                if not answer.is_success:
                    failures.append(FollowUpFailure(call, f"the server answered {answer.status}"))
        return downward.report.with_failures(failures)

    def _redirect_in_terms_of_program(self, address: CallAddress, answer: HttpAnswer) -> HttpAnswer:
        """Return a redirect to a call of the API as one to the program's name of it, which it will then ask for."""
        location = get_header(answer.headers, "location")
        if not location or not 300 <= answer.status < 400:
            return answer
        moved = self.exchange.translate_location(address, location)
        if moved == location:
            return answer
        headers = tuple((name, moved if name.lower() == "location" else value) for name, value in answer.headers)
        return replace(answer, headers=headers)

    def _report_refusal(self, method: str, error: TranslationError) -> None:
        losses = error.losses if isinstance(error, LossError) else ()
        if self.usage is not None:
            self.usage.tell_uses("request", method, (), losses)
        problem = "no counterpart" if losses else str(error)
        self.on_report(AdapterReport(method, losses, problem=problem, consequence=NOT_SENT))

    def _finish(self, report: AdapterReport) -> None:
        if not report.empty:
            self.on_report(report)


def run_flow(flow: Flow, send: Callable[[HttpRequest], HttpAnswer]) -> HttpAnswer:
    """Send the requests of a flow, and return the answer for the program."""
    try:
        sent = next(flow)
        while True:
            try:
                answer = send(sent)
            except BaseException as error:
                sent = flow.throw(error)
            else:
                sent = flow.send(answer)
    except StopIteration as end:
        taken: HttpAnswer = end.value
        return taken


async def run_async_flow(flow: Flow, send: Callable[[HttpRequest], Awaitable[HttpAnswer]]) -> HttpAnswer:
    """Send the requests of a flow with await, and return the answer for the program."""
    try:
        sent = next(flow)
        while True:
            try:
                answer = await send(sent)
            except BaseException as error:
                sent = flow.throw(error)
            else:
                sent = flow.send(answer)
    except StopIteration as end:
        taken: HttpAnswer = end.value
        return taken


def _find_digest_problem(request: HttpRequest, address: CallAddress) -> str | None:
    """Return why a digest was refused that the program computed for its own URL, not for that of the server."""
    authorization = get_header(request.headers, "authorization")
    if not authorization.lower().startswith("digest ") or urlsplit(request.url).path == urlsplit(address.url).path:
        return None
    if f'uri="{urlsplit(request.url).path}' not in authorization:
        return None
    return "its digest authentication is for the program's URL, not for the server's"
