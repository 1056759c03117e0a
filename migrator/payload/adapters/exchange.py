"""Translate one HTTP call without input or output: the request upwards, the response downwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from migrator.payload.adapters.adapter_report import AdapterReport, FollowUpFailure
from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json
from migrator.payload.json_text import parse_json
from migrator.payload.loss import Loss, Missing
from migrator.payload.translation_errors import DocumentError, LossError, NotJsonError, TranslationError
from migrator.payload.translator import Translator

#: Follow-up calls are sent by the adapter, or passed to a function, one by one.
FollowUps: TypeAlias = Literal["send"] | Callable[[FollowUp], None]


@dataclass(frozen=True, slots=True)
class CallAddress:
    """Name the server's URL of a call, and its method in both versions."""

    url: str
    old_method: str
    new_method: str


@dataclass(frozen=True, slots=True)
class TranslatedRequest:
    """Hold the request in the server's version; `content` is the original object where nothing changed."""

    address: CallAddress
    content: bytes
    follow_ups: tuple[FollowUp, ...] = ()
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()
    unknown_name: str | None = None


@dataclass(frozen=True, slots=True)
class TranslatedResponse:
    """Hold the response in the program's version, the follow-up calls that can be made now, and the report."""

    content: bytes
    follow_ups: tuple[FollowUp, ...]
    report: AdapterReport


@dataclass(frozen=True, slots=True)
class Exchange:
    """Translate requests with `up` and their responses with `down`."""

    up: Translator
    down: Translator

    @classmethod
    def from_translator(cls, translator: Translator) -> Exchange:
        """Create an exchange whose requests go through `translator`.

        Raises ValueError when its source version is to be detected.
        """
        return cls(translator, translator.back())

    def find_address(self, url: str) -> CallAddress | None:
        """Return the address of a call; None if the URL is not the API's, or not in the program's version."""
        call, moved = self.up.call(url), self.up.url(url)
        if call is None or moved.document is None or moved.method is None:
            return None
        return CallAddress(moved.document, call.method, moved.method)

    def translate_request(self, address: CallAddress, content: bytes) -> TranslatedRequest:
        """Translate a request; a body that is not JSON is left for the server to judge.

        Raises LossError when it has no counterpart, DocumentError when a value in it has an impossible type.
        """
        try:
            translation = self.up.request_bytes(address.old_method, content)
        except NotJsonError:
            return TranslatedRequest(address, content)
        document = translation.document
        if document is None:
            raise LossError(translation.losses)
        follow_ups = tuple(_at_same_server(address.url, follow_up) for follow_up in translation.follow_ups)
        one = translation
        return TranslatedRequest(address, document, follow_ups, one.losses, one.missing, one.unknown_name)

    def translate_response(self, upward: TranslatedRequest, content: bytes) -> TranslatedResponse:
        """Translate the response to a successful request. Raises nothing: an untranslatable body is passed on."""
        ready, failures = _resolve_follow_ups(upward.follow_ups, content)
        method, unknown = upward.address.old_method, upward.unknown_name
        report = AdapterReport(method, upward.losses, upward.missing, failures, unknown_name=unknown)
        if unknown is not None:  # no rule is about the response either
            return TranslatedResponse(content, ready, report)
        new, report = self._translate_body(upward.address.new_method, content, report)
        return TranslatedResponse(new, ready, report)

    def _translate_body(self, method: str, content: bytes, report: AdapterReport) -> tuple[bytes, AdapterReport]:
        try:
            translation = self.down.response_bytes(method, content)
        except NotJsonError:
            return content, report
        except LossError as error:
            return content, replace(report, losses=report.losses + error.losses, problem="no counterpart")
        except TranslationError as error:
            return content, replace(report, problem=str(error))
        report = replace(
            report, losses=report.losses + translation.losses, missing=report.missing + translation.missing
        )
        if translation.document is None:
            return content, replace(report, problem="no counterpart")
        return translation.document, report


def _at_same_server(url: str, follow_up: FollowUp) -> FollowUp:
    """Return the call at the server that the program uses, so that its token is sent nowhere else."""
    scheme, authority, *_ = urlsplit(url)
    return replace(follow_up, url=urlunsplit((scheme, authority, *urlsplit(follow_up.url)[2:])))


def _resolve_follow_ups(
    follow_ups: tuple[FollowUp, ...], content: bytes
) -> tuple[tuple[FollowUp, ...], tuple[FollowUpFailure, ...]]:
    ready, failures = [], []
    answer = _parse_response(content) if follow_ups else None
    for follow_up in follow_ups:
        try:
            ready.append(follow_up.resolve(answer))
        except DocumentError as error:
            failures.append(FollowUpFailure(follow_up, str(error)))
    return tuple(ready), tuple(failures)


def _parse_response(content: bytes) -> Json:
    try:
        return parse_json(content).value
    except NotJsonError:
        return None
