"""The plans for documents of one kind, each worked out when its name is first seen."""

from __future__ import annotations

from migrator.payload.plan import Plan
from migrator.payload.way import Way
from migrator.rules.rule import DocumentKind


class Plans(dict[str, Plan]):
    """A plan for each name that a rule speaks of; all other names, however many come, share one."""

    __slots__ = ("kind", "known", "rest", "way")

    def __init__(self, way: Way, kind: DocumentKind) -> None:
        super().__init__()
        self.way = way
        self.kind = kind
        self.known = way.known_names()
        self.rest = way.plan(kind, None)

    def __missing__(self, name: str) -> Plan:
        if name not in self.known:
            return self.rest
        plan = self[name] = self.way.plan(self.kind, name)
        return plan
