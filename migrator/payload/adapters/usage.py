"""Tell a program which rows of the table its traffic still needs, without any value of a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from migrator.payload.adapters.http_messages import Headers
from migrator.payload.translator import Translator
from migrator.rules.rule import DocumentKind
from migrator.rules.version import Version

#: Headers by which a server announces the end of a version (RFC 9745, RFC 8594, LiveChat).
NOTICE_HEADERS: Final = ("deprecation", "sunset", "legacy")
#: Distinct uses that are kept ready: far more than the methods and webhooks of an API times its rules.
_MOST_KEPT: Final = 1024

Notices: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Describe one rule that changed a document of an exchange.

    `kind` is that of the document, `name` its method or webhook as the program names it, and `version` the program's.
    `direction` is "up" where the rule led to a newer version. `notices` are the headers `Deprecation`, `Sunset` and
    `Legacy` of the answer.
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
    """Create the uses of documents in the terms of one program, and pass them to a listener."""

    version: str
    steps: dict[str, Version]
    on_use: OnUse
    _ready: dict[tuple[object, ...], tuple[Use, ...]] = field(default_factory=dict)

    def tell_uses(
        self, kind: DocumentKind, name: str, target: str, rules: tuple[str, ...], notices: Notices = ()
    ) -> None:
        """Pass the uses of the rules that changed a document on its way to the version `target`."""
        key = (kind, name, target, rules, notices)
        uses = self._ready.get(key)
        if uses is None:
            uses = self._create_uses(kind, name, Version(target), rules, notices)
            if len(self._ready) >= _MOST_KEPT:
                self._ready.clear()
            self._ready[key] = uses
        for use in uses:
            self.on_use(use)

    def _create_uses(
        self, kind: DocumentKind, name: str, target: Version, rules: tuple[str, ...], notices: Notices
    ) -> tuple[Use, ...]:
        return tuple(
            Use(rule, kind, "up" if target >= self.steps[rule] else "down", name, self.version, notices)
            for rule in dict.fromkeys(rules)
        )


def create_usage_source(translator: Translator, version: str, on_use: OnUse | None) -> UsageSource | None:
    """Return the source of the uses of a table; None without a listener, so that nothing is done for it."""
    if on_use is None:
        return None
    steps = {rule.id: step.target for step in translator.table.steps for rule in step.rules}
    return UsageSource(version, steps, on_use)


def find_notices(headers: Headers) -> Notices:
    """Return the headers that announce the end of a version."""
    return tuple((name.lower(), value) for name, value in headers if name.lower() in NOTICE_HEADERS)
