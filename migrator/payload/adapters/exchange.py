"""Translate one HTTP call without input or output: the request upwards, the response downwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit, urlunsplit

from migrator.payload.adapters.adapter_report import AdapterReport, FollowUpFailure
from migrator.payload.adapters.content_encoding import DEFAULT_UNPACKED_LIMIT, UnreadableBodyError, unpack_body
from migrator.payload.follow_up import FollowUp
from migrator.payload.json_pointer import Json
from migrator.payload.json_text import parse_json
from migrator.payload.loss import Loss, Missing
from migrator.payload.translation_errors import DocumentError, LossError, NotJsonError, TranslationError
from migrator.payload.translator import Translator
from migrator.rules.rule import Kind

#: Percent-encoded characters that mean the same as they are (RFC 3986, 2.3).
_UNRESERVED = re.compile(r"%(?:2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])")


@dataclass(frozen=True, slots=True)
class CallAddress:
    """Name the server's URL of a call, its method in both versions, and the rules that changed the URL.

    `unknown_name` is the method if neither version knows it.
    """

    url: str
    old_method: str
    new_method: str
    applied: tuple[str, ...] = ()
    unknown_name: str | None = None


@dataclass(frozen=True, slots=True)
class UntranslatedCall:
    """Name a call of the API that is passed on as it is, and why it is not translated."""

    method: str
    problem: str


@dataclass(frozen=True, slots=True)
class TranslatedRequest:
    """Hold the request in the server's version; `content` is the original object where nothing changed."""

    address: CallAddress
    content: bytes
    follow_ups: tuple[FollowUp, ...] = ()
    losses: tuple[Loss, ...] = ()
    missing: tuple[Missing, ...] = ()
    applied: tuple[str, ...] = ()

    def start_report(self) -> AdapterReport:
        """Return the report about the request alone."""
        unknown = self.address.unknown_name
        return AdapterReport(self.address.old_method, self.losses, self.missing, unknown_name=unknown)


@dataclass(frozen=True, slots=True)
class TranslatedResponse:
    """Hold the response in the program's version, the follow-up calls that can be made now, and the report."""

    content: bytes
    follow_ups: tuple[FollowUp, ...]
    report: AdapterReport
    applied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """Translate requests with `up` and their responses with `down`; `renaming` are the rules that rename methods."""

    up: Translator
    down: Translator
    renaming: frozenset[str]
    limit: int = DEFAULT_UNPACKED_LIMIT

    @classmethod
    def from_translator(cls, translator: Translator) -> Exchange:
        """Create an exchange whose requests go through `translator`.

        Raises ValueError when its source version is to be detected.
        """
        rules = (rule for step in translator.table.steps for rule in step.rules)
        renaming = frozenset(rule.id for rule in rules if rule.kind is Kind.RENAME_METHOD)
        return cls(translator, translator.back(), renaming)

    def find_address(self, url: str) -> CallAddress | UntranslatedCall | None:
        """Return the address of a call; None if the URL is not the API's, or is in the server's version already.

        Raises LossError when the method has no counterpart.
        """
        plain = _UNRESERVED.sub(lambda match: chr(int(match[0][1:], 16)), url) if "%" in url else url
        call = self.up.call(plain)
        if call is None:
            if self.up.lacks_version(plain):
                return UntranslatedCall(urlsplit(plain).path.rpartition("/")[2], "its URL names no version")
            return None
        if call.version != self.up.source:
            problem = f"its URL names version {call.version}, but the program was said to use {self.up.source}"
            return None if call.version == self.up.target else UntranslatedCall(call.method, problem)
        moved = self.up.url(plain)
        if moved.document is None or moved.method is None:
            raise LossError(moved.losses)
        return CallAddress(moved.document, call.method, moved.method, moved.applied, moved.unknown_name)

    def translate_request(self, address: CallAddress, content: bytes, encoding: str = "") -> TranslatedRequest:
        """Translate a request; one without a body, or whose body is not JSON, cannot have values to translate.

        Raises LossError when it has no counterpart, DocumentError when a value in it has an impossible type,
        NotJsonError when it is not JSON, UnreadableBodyError when it cannot be unpacked.
        """
        body = unpack_body(content, encoding, self.limit)
        if not body.content:
            return TranslatedRequest(address, content)
        translation = self.up.request_bytes(address.old_method, body.content)
        if translation.document is None:
            raise LossError(translation.losses)
        follow_ups = tuple(_at_same_server(address.url, follow_up) for follow_up in translation.follow_ups)
        packed = content if translation.document is body.content else body.pack_again(translation.document)
        losses, missing, applied = translation.losses, translation.missing, translation.applied
        return TranslatedRequest(address, packed, follow_ups, losses, missing, applied)

    def translate_response(self, upward: TranslatedRequest, content: bytes, encoding: str = "") -> TranslatedResponse:
        """Translate the response to a successful request. Raises nothing: an untranslatable body is passed on."""
        report = upward.start_report()
        if upward.address.unknown_name is not None:  # no rule is about the response either
            return TranslatedResponse(content, (), report)
        try:
            body = unpack_body(content, encoding, self.limit)
        except UnreadableBodyError as error:
            ready, failures = _resolve_follow_ups(upward.follow_ups, b"")
            return TranslatedResponse(content, ready, replace(report, failures=failures, problem=str(error)))
        ready, failures = _resolve_follow_ups(upward.follow_ups, body.content)
        report = replace(report, failures=failures)
        if not body.content:
            return TranslatedResponse(content, ready, report)
        new, applied, report = self._translate_body(upward.address.new_method, body.content, report)
        if new is body.content:
            return TranslatedResponse(content, ready, report)
        return TranslatedResponse(body.pack_again(new), ready, report, applied)

    def translate_location(self, address: CallAddress, location: str) -> str:
        """Return where a server redirects to, in the program's version; unchanged if that is not a call of the API."""
        plain = urljoin(address.url, location)
        try:
            moved = self.down.url(plain)
        except TranslationError:
            return location
        if moved.document is None or moved.document == plain:
            return location
        if urlsplit(location).netloc:
            return moved.document
        return urlunsplit(("", "", *urlsplit(moved.document)[2:]))

    def _translate_body(
        self, method: str, content: bytes, report: AdapterReport
    ) -> tuple[bytes, tuple[str, ...], AdapterReport]:
        try:
            translation = self.down.response_bytes(method, content)
        except LossError as error:
            return content, (), replace(report, losses=report.losses + error.losses, problem="no counterpart")
        except TranslationError as error:
            return content, (), replace(report, problem=str(error))
        report = replace(
            report, losses=report.losses + translation.losses, missing=report.missing + translation.missing
        )
        if translation.document is None:
            return content, (), replace(report, problem="no counterpart")
        return translation.document, tuple(rule for rule in translation.applied if rule not in self.renaming), report


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
