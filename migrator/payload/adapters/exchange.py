"""One call of an old program on a new server, without input or output: the request goes up, the answer comes down."""

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

#: What becomes of follow-up calls: they are sent by the adapter, or handed to a function, one by one.
FollowUps: TypeAlias = Literal["send"] | Callable[[FollowUp], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a call goes: the server's URL, and the name of the method for the program and for the server."""

    url: str
    old_method: str
    new_method: str


@dataclass(frozen=True, slots=True)
class Upward:
    """The request as the server understands it; `content` is the very bytes that were given where nothing changed."""

    address: Address
    content: bytes
    follow_ups: tuple[FollowUp, ...] = ()
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Downward:
    """The answer as the program understands it, the follow-up calls that can be made now, and what there is to say."""

    content: bytes
    follow_ups: tuple[FollowUp, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Exchange:
    """Carries requests with `up` and their answers with `down`."""

    up: Translator
    down: Translator

    @classmethod
    def of(cls, translator: Translator) -> Exchange:
        """The exchange whose way up is `translator`. Raises ValueError when its source version is to be detected."""
        return cls(translator, translator.back())

    def address(self, url: str) -> Address | None:
        """Where a call goes; None for a URL that is not the API's, or not in the version that the program speaks."""
        call, moved = self.up.call(url), self.up.url(url)
        if call is None or moved.document is None or moved.method is None:
            return None
        return Address(moved.document, call.method, moved.method)

    def request(self, address: Address, content: bytes) -> Upward:
        """The request; a body that is not JSON stays as it is, for the server to judge.

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
        """The answer to a request that was carried out. Raises nothing: what cannot be translated is handed on."""
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
            return body, replace(report, losses=report.losses + error.losses, problem="it has no counterpart")
        except TranslationError as error:
            return body, replace(report, problem=str(error))
        report = replace(
            report, losses=report.losses + translation.losses, missing=report.missing + translation.missing
        )
        if translation.lost:
            return body, replace(report, problem="it has no counterpart")
        return translation.document, report


def _at(url: str, follow_up: FollowUp) -> FollowUp:
    """The call at the server that the program talks to, so that its token goes nowhere else."""
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
