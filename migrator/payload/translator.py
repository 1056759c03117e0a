"""Translate webhooks, requests, responses, method names and URLs from one version of an API to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.payload.byte_documents import members, parse, text
from migrator.payload.choose_table import table_for
from migrator.payload.detection.version_detector import Detection, agreed, detect
from migrator.payload.json_pointer import Json, kind_of, pointer
from migrator.payload.on_loss import OnLoss, judged
from migrator.payload.plans.codegen import UNUSUAL
from migrator.payload.plans.directed_step import Terms, unknown_references
from migrator.payload.plans.fast_path import never
from migrator.payload.plans.plan import Plan, in_bytes
from migrator.payload.plans.route import Route, route
from migrator.payload.translation import Translation
from migrator.payload.translation_errors import DocumentError
from migrator.payload.url_translation import Call, urls
from migrator.rules.rule import DocumentKind
from migrator.rules.table import Rules, RuleTable


class Translator:
    """Translate documents from version `source` to version `target`, up or down, through every step between them.

    If `source` is None, the version of each webhook is detected; requests, responses, methods and URLs then raise
    ValueError. `rules` is a loaded table, by default the shipped one; `api` selects one of several. `on_loss` "report"
    lists losses in the result (whose document is None if nothing remains), "raise" raises LossError. `context` declares
    values that a version requires and the older lacks, such as ``{"license_id": 123}``. `reference` enables rows of
    origin `reference`. `hosts` are further hosts (``*`` matches) of the API: a proxy, a test server.

    Raises UnknownVersion for a version that the table lacks, ValueError for an unknown row in `reference`.
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
        self.source = source
        self.target = target
        self.table = table_for(rules, api, (target,) if source is None else (source, target))
        self._on_loss: OnLoss = on_loss
        self._terms = Terms(dict(context or {}), frozenset(reference))
        unknown = unknown_references(self.table.steps, self._terms.reference)
        if unknown:
            raise ValueError(f"no row of origin reference is called {' or '.join(map(repr, unknown))}")
        self._hosts = tuple(hosts)
        self._urls = urls(self.table.api, self._hosts)
        self._name_key = self.table.api.envelope.name if self.table.api.envelope else None
        self._route = None if source is None else route(self.table, source, target, self._terms)
        webhooks = self._route.webhooks if self._route and self._name_key is not None else None
        self._quick = {name: plan.quick for name, plan in webhooks.named.items()} if webhooks else {}
        self._quick_other = webhooks.rest.quick if webhooks else never
        self._say = {name: plan.say for name, plan in webhooks.named.items()} if webhooks else {}
        self._say_other = webhooks.rest.say if webhooks else never
        self._wire = {name: plan.wire for name, plan in webhooks.named.items()} if webhooks else {}
        self._wire_other = webhooks.rest.wire if webhooks else never
        self._sources = (
            {} if source is not None else {str(v): self._between(str(v), target) for v in self.table.versions}
        )

    def webhook(self, envelope: Json) -> Translation[Json]:
        """Translate a webhook as it is delivered: an object that contains its name. Raises DocumentError, LossError.

        Raises AmbiguousVersionError when the version is to be detected and the candidates give different documents.
        """
        if envelope.__class__ is dict:
            name = envelope.get(self._name_key)
            if name.__class__ is str:
                translation: Translation[Json] = self._say.get(name, self._say_other)(envelope)
                if translation is not UNUSUAL:
                    return translation
        return judged(self._unusual(envelope), self._on_loss)

    def webhook_document(self, envelope: Json) -> Json:
        """Return the document of `webhook(envelope)` alone, for hot paths; raise LossError whatever `on_loss` is.

        Missing values are not reported.
        """
        if envelope.__class__ is dict:
            name = envelope.get(self._name_key)
            if name.__class__ is str:
                quick = self._quick.get(name, self._quick_other)
                if quick is None:
                    return envelope
                document = quick(envelope)
                if document is not UNUSUAL:
                    return document
        return judged(self.webhook(envelope), "raise").document

    def webhook_bytes(self, data: bytes) -> Translation[bytes]:
        """Translate a webhook in bytes; unchanged values keep their bytes. Raises as `webhook` does.

        Bytes that are not a JSON object in UTF-8 raise DocumentError.
        """
        try:
            if not data.isascii():
                data.decode("utf-8")
            given = members(data)
            wire = self._wire.get(text(given[self._name_key or ""]), self._wire_other)
            translation: Translation[bytes] = wire(data, given)
        except (ValueError, KeyError, RecursionError):
            translation = UNUSUAL
        if translation is UNUSUAL:
            envelope = parse(data)
            translation = in_bytes(self.webhook(envelope), envelope, data)
        return translation

    def request(self, method: str, body: Json) -> Translation[Json]:
        """Translate the body of a request; `method` is the source version's name, the result's is the target's.

        Raises DocumentError, LossError.
        """
        return self._of_method("request", method, body)

    def response(self, method: str, body: Json) -> Translation[Json]:
        """Translate the body of a response; `method` is the source version's name, the result's is the target's.

        To translate a response of the target version for the caller, use `back()`. Raises DocumentError, LossError.
        """
        return self._of_method("response", method, body)

    def method(self, name: str) -> Translation[str]:
        """Translate the name of a method. Raises LossError."""
        plan = self._plan("request", name)
        if plan.refused:
            return judged(Translation(None, plan.said), self._on_loss)
        new = plan.method or name
        return Translation(new, applied=plan.renamed, method=new)

    def url(self, url: str) -> Translation[str]:
        """Translate a URL (or its path) of the API; any other URL is unchanged, and its `method` is None.

        Raises LossError.
        """
        found = self._urls.find(url)
        if found is None or found.call.version != self._known_route().source:
            return Translation(url)
        name = self.method(found.call.method)
        if name.document is None:
            return name
        written = self._urls.written(url, found, self.target, name.document)
        return Translation(written, applied=(*name.applied, *self._known_route().raised), method=name.method)

    def call(self, url: str) -> Call | None:
        """Return the method and version that a URL calls; None if it is not the API's or names no version."""
        found = self._urls.find(url)
        return found.call if found else None

    def detect(self, envelope: Json) -> Detection:
        """Detect the version of a webhook, with the confidence and the reasons. Never raises."""
        return detect(self.table, envelope)

    def back(self) -> Translator:
        """Return the translator of the opposite direction, with the same rules and settings.

        Raises ValueError when the source is to be detected.
        """
        return self._between(self.target, self._known_route().source)

    def _between(self, source: str, target: str) -> Translator:
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

    def _known_route(self) -> Route:
        if self._route is None:
            raise ValueError("only the version of a webhook can be detected; pass the source version")
        return self._route

    def _plan(self, kind: DocumentKind, method: str) -> Plan:
        if not isinstance(method, str):
            raise DocumentError("", f"expected the name of a method, got {kind_of(method)}")
        return self._known_route().plan(kind, method)

    def _of_method(self, kind: DocumentKind, method: str, body: Json) -> Translation[Json]:
        translation = self._plan(kind, method).translate(body)
        if translation.method is None and not translation.lost:
            translation = replace(translation, method=method)
        return judged(translation, self._on_loss)

    def _unusual(self, envelope: Json) -> Translation[Json]:
        """Translate what the fast path declines: subclasses, wrong types, no envelope, a version to be detected."""
        if self._route is None:
            found = detect(self.table, envelope)
            each = [self._sources[version].webhook(envelope) for version in found.candidates]
            rules = [rule for step in self.table.steps for rule in step.rules if rule.context in self._terms.context]
            declared = frozenset(rule.new for rule in rules if rule.new)
            return judged(agreed(found, each, declared), self._on_loss)
        if self._name_key is None:
            return judged(self._route.webhooks.rest.translate(envelope), self._on_loss)
        if not isinstance(envelope, dict):
            raise DocumentError("", f"expected an object, got {kind_of(envelope)}")
        name = envelope.get(self._name_key)
        if not isinstance(name, str):
            told = kind_of(name) if self._name_key in envelope else "nothing"
            raise DocumentError(pointer([self._name_key]), f"expected the name of the webhook, got {told}")
        return judged(self._route.webhooks.of(name).translate(envelope), self._on_loss)
