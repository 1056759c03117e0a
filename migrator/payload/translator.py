"""Translate webhooks, requests, responses, method names and URLs from one version of an API to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.payload.byte_documents import decode_members, decode_text
from migrator.payload.check_declarations import check_declarations
from migrator.payload.choose_table import choose_table
from migrator.payload.detection.detecting_plan import create_detecting_paths
from migrator.payload.detection.version_detector import Detection, create_detector, require_agreement
from migrator.payload.json_pointer import Json, describe_type, format_pointer
from migrator.payload.json_text import parse_json
from migrator.payload.on_loss import D, OnLoss, raise_on_loss
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.directed_step import Declarations
from migrator.payload.plans.fast_path import NO_FAST_PATHS, FastPaths
from migrator.payload.plans.plan import TranslationPlan
from migrator.payload.plans.route import Route, compile_route
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError
from migrator.payload.url_translation import MethodCall, create_api_urls
from migrator.rules.rule import DocumentKind
from migrator.rules.table import Rules, RuleTable


class Translator:
    """Translate documents from version `source` to version `target`, up or down, through every step between them.

    If `source` is None, the version of each webhook is detected; requests, responses, methods and URLs then raise
    ValueError. `rules` is a loaded table, by default the shipped one; `api` selects one of several. `on_loss` "report"
    lists losses in the result (whose document is None if nothing remains), "raise" raises LossError. `context` declares
    values that a version requires and the older lacks, such as ``{"license_id": 123}``. `reference` enables rows of
    origin `reference`. `hosts` are further hosts (``*`` matches) of the API: a proxy, a test server.

    Raises UnknownVersion for a version that the table lacks, ValueError for an unknown key in `context` or row in
    `reference`.
    The input is never mutated. A Translator is immutable and may be shared between threads.
    """

    def __init__(
        self,
        source: str | None,
        target: str,
        rules: Rules | RuleTable | None = None,
        *,
        api: str | None = None,
        on_loss: OnLoss = "report",
        context: Mapping[str, Any] | None = None,
        reference: Iterable[str] = (),
        hosts: Iterable[str] = (),
    ) -> None:
        if on_loss not in ("report", "raise"):
            raise ValueError(f'on_loss must be "report" or "raise", not {on_loss!r}')
        if isinstance(reference, str):
            raise ValueError(f"reference takes several rules, such as [{reference!r}], not a string")
        self.source = source
        self.target = target
        self.table = choose_table(rules, api, (target,) if source is None else (source, target))
        self._on_loss: OnLoss = on_loss
        self._terms = Declarations(dict(context or {}), frozenset(reference))
        check_declarations(self.table.steps, self._terms)
        self._hosts = tuple(hosts)
        self._opposite: Translator | None = None  # compiled when `back` asks for it
        self._urls = create_api_urls(self.table.api, self._hosts)
        self._name_key = self.table.api.envelope.name if self.table.api.envelope else None
        self._route = None if source is None else compile_route(self.table, source, target, self._terms)
        self._detector = create_detector(self.table)
        self._sources = (
            {} if source is not None else {str(v): self._create_between(str(v), target) for v in self.table.versions}
        )
        named, rest = self._create_webhook_paths()
        self._fast_documents = {name: fast.document for name, fast in named.items()}
        self._fast_other_document = rest.document
        self._fast_translations = {name: fast.translation for name, fast in named.items()}
        self._fast_other_translation = rest.translation
        self._fast_bytes = {name: fast.bytes for name, fast in named.items()}
        self._fast_other_bytes = rest.bytes

    def webhook(self, envelope: Json) -> Translation[Json]:
        """Translate a webhook as it is delivered: an object that contains its name. Raises DocumentError, LossError.

        Raises AmbiguousVersionError when the version is to be detected and the candidates give different documents.
        """
        if envelope.__class__ is dict:
            name = envelope.get(self._name_key)
            if name.__class__ is str:
                translation: Translation[Json] = self._fast_translations.get(name, self._fast_other_translation)(
                    envelope
                )
                if translation is not UNUSUAL:
                    return translation
        return raise_on_loss(self._translate_completely(envelope), self._on_loss)

    def webhook_document(self, envelope: Json) -> Json:
        """Return the document of `webhook(envelope)` alone, for hot paths; raise LossError whatever `on_loss` is.

        Missing values are not reported.
        """
        if envelope.__class__ is dict:
            name = envelope.get(self._name_key)
            if name.__class__ is str:
                quick = self._fast_documents.get(name, self._fast_other_document)
                if quick is None:
                    return envelope
                document = quick(envelope)
                if document is not UNUSUAL:
                    return document
        return raise_on_loss(self.webhook(envelope), "raise").document

    def webhook_bytes(self, data: bytes) -> Translation[bytes]:
        """Translate a webhook in bytes; unchanged values keep their bytes. Raises as `webhook` does.

        Bytes that are not a JSON object in UTF-8 raise DocumentError.
        """
        try:
            if not data.isascii():
                data.decode("utf-8")
            members = decode_members(data)
            translate = self._fast_bytes.get(decode_text(members[self._name_key or ""]), self._fast_other_bytes)
            translation: Translation[bytes] = translate(data, members)
        except (ValueError, KeyError, RecursionError):
            translation = UNUSUAL
        return self._translate_text(data) if translation is UNUSUAL else translation

    def request_bytes(self, method: str, data: bytes) -> Translation[bytes]:
        """Translate the body of a request in bytes; what no rule is about keeps its bytes. Raises as `request` does.

        Bytes that are not JSON in UTF-8 raise DocumentError.
        """
        return self._complete_body("request", method, self._find_plan("request", method).translate_bytes(data))

    def response_bytes(self, method: str, data: bytes) -> Translation[bytes]:
        """Translate the body of a response in bytes; what no rule is about keeps its bytes. Raises as `response` does.

        Bytes that are not JSON in UTF-8 raise DocumentError.
        """
        return self._complete_body("response", method, self._find_plan("response", method).translate_bytes(data))

    def request(self, method: str, body: Json) -> Translation[Json]:
        """Translate the body of a request; `method` is the source version's name, the result's is the target's.

        Raises DocumentError, LossError.
        """
        return self._complete_body("request", method, self._find_plan("request", method).translate(body))

    def response(self, method: str, body: Json) -> Translation[Json]:
        """Translate the body of a response; `method` is the source version's name, the result's is the target's.

        To translate a response of the target version for the caller, use `back()`. Raises DocumentError, LossError.
        """
        return self._complete_body("response", method, self._find_plan("response", method).translate(body))

    def method(self, name: str) -> Translation[str]:
        """Translate the name of a method. Raises LossError."""
        plan = self._find_plan("request", name)
        if plan.is_refused:
            return raise_on_loss(Translation(None, plan.constant_losses), self._on_loss)
        new = plan.method or name
        unknown = name if self._require_route().requests.is_unknown(name) else None
        return Translation(new, applied=plan.renamed, method=new, unknown_name=unknown)

    def url(self, url: str) -> Translation[str]:
        """Translate a URL (or its path) of the API; any other URL is unchanged, and its `method` is None.

        Raises LossError.
        """
        found = self._urls.match_url(url)
        if found is None or found.call.version != self._require_route().source:
            return Translation(url)
        name = self.method(found.call.method)
        if name.document is None:
            return name
        written = self._urls.rewrite_url(url, found, self.target, name.document)
        applied = (*name.applied, *self._require_route().raised)
        return replace(name, document=written, applied=applied)

    def call(self, url: str) -> MethodCall | None:
        """Return the method and version that a URL calls; None if it is not the API's or names no version."""
        found = self._urls.match_url(url)
        return found.call if found else None

    def lacks_version(self, url: str) -> bool:
        """Return whether a URL is one of the API's that name no version, which `url` and `call` leave alone."""
        return self._urls.lacks_version(url)

    def detect(self, envelope: Json) -> Detection:
        """Detect the version of a webhook, with the confidence and the reasons. Never raises."""
        return self._detector.detect_version(envelope)

    def back(self) -> Translator:
        """Return the translator of the opposite direction, with the same rules and settings.

        Raises ValueError when the source is to be detected.
        """
        if self._opposite is None:
            self._opposite = self._create_between(self.target, self._require_route().source)
            self._opposite._opposite = self
        return self._opposite

    def __reduce__(self) -> tuple[Callable[..., Translator], tuple[Any, ...]]:
        """Pickle the table and the settings; the plans are compiled again on the other side."""
        terms = self._terms
        settings = {
            "on_loss": self._on_loss,
            "context": terms.context,
            "reference": tuple(sorted(terms.reference)),
            "hosts": self._hosts,
        }
        return _restore_translator, (self.source, self.target, self.table, settings)

    def _create_webhook_paths(self) -> tuple[dict[str, FastPaths], FastPaths]:
        """Return the fast paths of webhooks by their names, and those of all other names."""
        if self._name_key is None:
            return {}, NO_FAST_PATHS
        if self._route is not None:
            webhooks = self._route.webhooks
            return {
                name: plan.fast for name, plan in webhooks.named.items()
            }, webhooks.other_paths or webhooks.rest.fast
        plans = {version: each._require_route().webhooks for version, each in self._sources.items()}
        return create_detecting_paths(self._detector, plans)

    def _create_between(self, source: str, target: str) -> Translator:
        terms = self._terms
        return Translator(
            source,
            target,
            self.table,
            on_loss=self._on_loss if self.source else "report",
            context=terms.context,
            reference=terms.reference,
            hosts=self._hosts,
        )

    def _require_route(self) -> Route:
        if self._route is None:
            raise ValueError("only the version of a webhook can be detected; pass the source version")
        return self._route

    def _find_plan(self, kind: DocumentKind, method: str) -> TranslationPlan:
        if not isinstance(method, str):
            raise DocumentError("", f"expected the name of a method, got {describe_type(method)}")
        return self._require_route().get_plan(kind, method)

    def _complete_body(self, kind: DocumentKind, method: str, translation: Translation[D]) -> Translation[D]:
        if translation.method is None and not translation.lost:
            unknown = method if self._require_route().get_plans(kind).is_unknown(method) else None
            translation = replace(translation, method=method, unknown_name=unknown)
        return raise_on_loss(translation, self._on_loss)

    def _translate_completely(self, envelope: Json) -> Translation[Json]:
        """Translate what the fast path declines: subclasses, wrong types, no envelope, a version to be detected."""
        if self._route is None:
            return raise_on_loss(self._choose_translator(envelope).webhook(envelope), self._on_loss)
        translation = self._find_webhook_plan(envelope).translate(envelope)
        return raise_on_loss(self._report_name(envelope, translation), self._on_loss)

    def _translate_text(self, data: bytes) -> Translation[bytes]:
        given = parse_json(data)
        chosen = self if self._route else self._choose_translator(given.value)
        translation = chosen._find_webhook_plan(given.value).translate_text(data, given)
        return raise_on_loss(chosen._report_name(given.value, translation), self._on_loss)

    def _report_name(self, envelope: Json, translation: Translation[D]) -> Translation[D]:
        """Return the translation of a webhook with its name, if that is unknown."""
        name = None if self._name_key is None else envelope[self._name_key]
        unknown = name is not None and self._require_route().webhooks.is_unknown(name)
        return replace(translation, unknown_name=name) if unknown else translation

    def _find_webhook_plan(self, envelope: Json) -> TranslationPlan:
        webhooks = self._require_route().webhooks
        if self._name_key is None:
            return webhooks.rest
        if not isinstance(envelope, dict):
            raise DocumentError("", f"expected an object, got {describe_type(envelope)}")
        name = envelope.get(self._name_key)
        if not isinstance(name, str):
            told = describe_type(name) if self._name_key in envelope else "nothing"
            raise DocumentError(format_pointer([self._name_key]), f"expected the name of the webhook, got {told}")
        return webhooks.get_plan(name)

    def _choose_translator(self, envelope: Json) -> Translator:
        """Return the translator from the detected version. Raises AmbiguousVersionError."""
        found = self._detector.detect_version(envelope)
        if len(found.candidates) == 1:
            return self._sources[found.candidates[0]]
        each = [self._sources[version].webhook(envelope) for version in found.candidates]
        rules = [rule for step in self.table.steps for rule in step.rules if rule.context in self._terms.context]
        declared = frozenset(rule.new for rule in rules if rule.new)
        require_agreement(found, each, declared)
        return self._sources[found.candidates[0]]


def _restore_translator(source: str | None, target: str, table: RuleTable, settings: Mapping[str, Any]) -> Translator:
    return Translator(source, target, table, **settings)
