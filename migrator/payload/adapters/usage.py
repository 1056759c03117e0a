"""Tell a program which rows of the table its traffic still needs, without any value of a document.

Every adapter and middleware passes each use to `on_use`. For prometheus-client::

    from prometheus_client import Counter

    labels = ["rule", "kind", "direction", "name", "version"]
    uses = Counter("migrator_uses", "Rules that traffic still needs.", labels)


    def on_use(use):
        uses.labels(use.rule, use.kind, use.direction, use.name, use.version).inc()

For OpenTelemetry::

    from opentelemetry import metrics

    uses = metrics.get_meter("migrator").create_counter("migrator.uses")


    def on_use(use):
        attributes = {"rule": use.rule, "kind": use.kind, "direction": use.direction, "name": use.name}
        uses.add(1, {**attributes, "version": use.version})

`migrator.UsageSummary` keeps first and last uses and writes them as JSON, which `migrator audit --seen` reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from migrator.payload.adapters.http_messages import Headers
from migrator.payload.loss import Loss
from migrator.payload.translator import Translator
from migrator.rules.rule import DocumentKind
from migrator.rules.version import Version

#: Headers by which a server announces the end of a version (RFC 9745, RFC 8594, LiveChat).
NOTICE_HEADERS: Final = ("deprecation", "sunset", "legacy")
#: Distinct uses that are kept ready: far more than the methods and webhooks of an API times its rules.
_MOST_KEPT: Final = 1024

#: A name that an API could have. Others come from whoever sends the document, and are values.
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,63}")

Notices: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Describe one rule that changed a document of an exchange, or took something from it.

    `kind` is that of the document, `name` its method or webhook as the program names it, and `version` the program's;
    the name is empty if it cannot be one. `direction` is "up" if the rule led to a newer version. `notices` are the
    headers `Deprecation`, `Sunset` and `Legacy` of the answer.
    """

    rule: str
    kind: DocumentKind
    direction: Literal["up", "down"]
    name: str
    version: str
    notices: Notices = ()


#: Receives each use: one call for each rule of a translated document.
OnUse: TypeAlias = Callable[[Use], None]


@dataclass(frozen=True, slots=True)
class UsageSource:
    """Create the uses of documents in the terms of one program, and pass them to a listener.

    `targets` are the versions that documents of each kind are translated to, `steps` those that each rule leads to.
    """

    version: str
    targets: dict[DocumentKind, Version]
    steps: dict[str, Version]
    on_use: OnUse
    _ready: dict[tuple[object, ...], tuple[Use, ...]] = field(default_factory=dict)

    def tell_uses(
        self,
        kind: DocumentKind,
        name: str,
        applied: tuple[str, ...],
        losses: tuple[Loss, ...] = (),
        notices: Notices = (),
    ) -> None:
        """Pass the uses of the rules that changed a document, or took something from it."""
        rules = (*applied, *(loss.rule for loss in losses)) if losses else applied
        key = (kind, name, rules, notices)
        uses = self._ready.get(key)
        if uses is None:
            uses = self._create_uses(kind, name, rules, notices)
            if len(self._ready) >= _MOST_KEPT:
                self._ready.clear()
            self._ready[key] = uses
        for use in uses:
            self.on_use(use)

    def _create_uses(self, kind: DocumentKind, name: str, rules: tuple[str, ...], notices: Notices) -> tuple[Use, ...]:
        shown, target = name if _NAME.fullmatch(name) else "", self.targets[kind]
        return tuple(
            Use(rule, kind, "up" if target >= self.steps[rule] else "down", shown, self.version, notices)
            for rule in dict.fromkeys(rules)
        )


def create_call_usage(up: Translator, down: Translator, on_use: OnUse | None) -> UsageSource | None:
    """Return the source of the uses of a client's calls; None without a listener, so that nothing is done for it."""
    if on_use is None:
        return None
    requests, responses = Version(up.target), Version(down.target)
    return UsageSource(down.target, {"request": requests, "response": responses}, _find_steps(up), on_use)


def create_webhook_usage(translator: Translator, on_use: OnUse | None) -> UsageSource | None:
    """Return the source of the uses of received webhooks; None without a listener."""
    if on_use is None:
        return None
    target = translator.target
    return UsageSource(target, {"webhook": Version(target)}, _find_steps(translator), on_use)


def find_notices(headers: Headers) -> Notices:
    """Return the headers that announce the end of a version."""
    return tuple((name.lower(), value) for name, value in headers if name.lower() in NOTICE_HEADERS)


def _find_steps(translator: Translator) -> dict[str, Version]:
    return {rule.id: step.target for step in translator.table.steps for rule in step.rules}
