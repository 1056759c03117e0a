"""Translate one HTTP call without input or output: the request upwards, the response downwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from migrator.payload.adapters.adapter_report import Failure, Report
from migrator.payload.adapters.json_body import NotJson, decoded, encoded
from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json
from migrator.payload.loss import Loss, Missing
from migrator.payload.translation_errors import DocumentError, LossError, TranslationError
from migrator.payload.translator import Translator

#: Follow-up calls are sent by the adapter, or passed to a function, one by one.
FollowUps: TypeAlias = Literal["send"] | Callable[[FollowUp], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Name the server's URL of a call, and its method in both versions."""

    url: str
    old_method: str
    new_method: str


@dataclass(frozen=True, slots=True)
class Upward:
    """Hold the request in the server's version; `content` is the original object where nothing changed."""

    address: Address
    content: bytes
    follow_ups: tuple[FollowUp, ...] = ()
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Downward:
    """Hold the response in the program's version, the follow-up calls that can be made now, and the report."""

    content: bytes
    follow_ups: tuple[FollowUp, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Exchange:
    """Translate requests with `up` and their responses with `down`."""

    up: Translator
    down: Translator

    @classmethod
    def of(cls, translator: Translator) -> Exchange:
        """Create an exchange whose requests go through `translator`.

        Raises ValueError when its source version is to be detected.
        """
        return cls(translator, translator.back())

    def address(self, url: str) -> Address | None:
        """Return the address of a call; None if the URL is not the API's, or not in the program's version."""
        call, moved = self.up.call(url), self.up.url(url)
        if call is None or moved.document is None or moved.method is None:
            return None
        return Address(moved.document, call.method, moved.method)

    def request(self, address: Address, content: bytes) -> Upward:
        """Translate a request; a body that is not JSON is left for the server to judge.

        Raises LossError when it has no counterpart, DocumentError when a value in it has an impossible type.
        """
        try:
            body = decoded(content)
        except NotJson:
            return Upward(address, content)
        translation = self.up.request(address.old_method, body)
        if translation.lost:
            raise LossError(translation.losses)
        new = content if translation.document is body else encoded(translation.document)
        follow_ups = tuple(_at(address.url, follow_up) for follow_up in translation.follow_ups)
        return Upward(address, new, follow_ups, translation.losses, translation.missing)

    def answer(self, upward: Upward, content: bytes) -> Downward:
        """Translate the response to a successful request. Raises nothing: an untranslatable body is passed on."""
        report = Report(upward.address.old_method, upward.losses, upward.missing)
        try:
            body = decoded(content)
        except NotJson:
            body = None
        ready, failures = _resolved(upward.follow_ups, body)
        report = replace(report, failures=failures)
        if body is None:
            return Downward(content, ready, report)
        new, report = self._down(upward.address.new_method, body, report)
        return Downward(content if new is body else encoded(new), ready, report)

    def _down(self, method: str, body: Json, report: Report) -> tuple[Json, Report]:
        try:
            translation = self.down.response(method, body)
        except LossError as error:
            return body, replace(report, losses=report.losses + error.losses, problem="no counterpart")
        except TranslationError as error:
            return body, replace(report, problem=str(error))
        report = replace(
            report, losses=report.losses + translation.losses, missing=report.missing + translation.missing
        )
        if translation.lost:
            return body, replace(report, problem="no counterpart")
        return translation.document, report


def _at(url: str, follow_up: FollowUp) -> FollowUp:
    """Return the call at the server that the program uses, so that its token is sent nowhere else."""
    scheme, authority, *_ = urlsplit(url)
    return replace(follow_up, url=urlunsplit((scheme, authority, *urlsplit(follow_up.url)[2:])))


def _resolved(follow_ups: tuple[FollowUp, ...], answer: Json) -> tuple[tuple[FollowUp, ...], tuple[Failure, ...]]:
    ready, failures = [], []
    for follow_up in follow_ups:
        try:
            ready.append(follow_up.resolve(answer))
        except DocumentError as error:
            failures.append(Failure(follow_up, str(error)))
    return tuple(ready), tuple(failures)
