"""Carry webhooks, requests, responses, method names and URLs from one version of an API to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from migrator.payload.detection import Detection, detect
from migrator.payload.errors import AmbiguousVersionError, DocumentError, LossError
from migrator.payload.leg import Terms, unknown_references
from migrator.payload.plan import Plan
from migrator.payload.plans import Plans
from migrator.payload.pointer import kind_of, pointer
from migrator.payload.quick import UNUSUAL
from migrator.payload.tables import table_for
from migrator.payload.translation import Extent, Json, Translation
from migrator.payload.urls import Call, urls
from migrator.payload.way import way
from migrator.rules.rule import DocumentKind
from migrator.rules.table import Rules, RuleTable

OnLoss = Literal["report", "raise"]


class Translator:
    """Carries documents of version `source` to version `target`, up or down, through every step between them.

    `source` None: the version of each webhook is detected; requests, responses, methods and URLs then raise ValueError.
    `rules` is a loaded table, by default the one that comes with migrator; `api` picks one of several.
    `on_loss` "report" lists what cannot be carried over in the result (whose document is None where none is left),
    "raise" raises LossError. `context` declares values that a version needs and the older lacks, such as
    ``{"license_id": 123}``. `reference` names rows of origin `reference` that shall take part. `hosts` are further
    hosts (``*`` matches) whose URLs are the API's: a proxy, a test server.

    Raises UnknownVersion for a version that the table does not know, ValueError for an unknown row in `reference`.
    Never mutates what it is given. A Translator does not change, and may be shared between threads.
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
            raise ValueError(f'on_loss is "report" or "raise", not {on_loss!r}')
        self.source = source
        self.target = target
        self.table = table_for(rules, api, (target,) if source is None else (source, target))
        self._raises = on_loss == "raise"
        self._terms = Terms(dict(context or {}), frozenset(reference))
        self._hosts = tuple(hosts)
        unknown = list(unknown_references(self.table.steps, self._terms.reference))
        if unknown:
            raise ValueError(f"no row of origin reference is called {' or '.join(map(repr, unknown))}")
        self._name_key = self.table.api.envelope.name if self.table.api.envelope else None
        self._urls = urls(self.table.api, self._hosts)
        self._plans = {} if source is None else _plans(self.table, source, target, self._terms)
        self._webhooks = self._plans.get("webhook")
        self._sources = {} if source is not None else {str(v): self._between(str(v), target) for v in self.table.versions}

    def webhook(self, envelope: Json) -> Translation[Json]:
        """A webhook as it is delivered: an object that holds its name. Raises DocumentError, LossError.

        Raises AmbiguousVersionError when the version is to be detected, and the versions that fit make a difference.
        """
        name = envelope.get(self._name_key) if envelope.__class__ is dict else None
        if name.__class__ is not str or self._webhooks is None:
            return self._unusual(envelope)
        translation = self._webhooks[name].translate(envelope)
        return self._judged(translation) if translation.losses else translation
