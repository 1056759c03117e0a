"""The table of one API: its description, its steps, and the chain of steps between two versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from migrator.rules.rule import Kind, Rule, RuleSource, Step
from migrator.rules.version import Version


class UnknownVersion(ValueError):
    """Report a version that no table has, or a pair of versions that no chain connects."""


@dataclass(frozen=True, slots=True)
class ApiClient:
    """Describe client classes of an API: dotted names (``*`` matches), their factories, and special parameters."""

    classes: tuple[str, ...]
    factories: tuple[str, ...] = ()
    version: str | None = None
    body: str | None = None

    def matches(self, dotted: str) -> bool:
        """Return whether a dotted name is one of these classes."""
        return any(fnmatchcase(dotted, pattern) for pattern in self.classes)


@dataclass(frozen=True, slots=True)
class Sdk:
    """Describe a library of an API in another language, by the packages that code imports (``*`` matches)."""

    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Describe the object in which a webhook is delivered: the key of its name, all keys, and the distinctive ones."""

    name: str
    keys: frozenset[str]
    distinctive: frozenset[str]
    body: frozenset[str]
    foreign: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameList:
    """List names that no row introduces: known from the version `since` on, up to `until` if that is given."""

    id: str
    since: Version
    until: Version | None
    methods: frozenset[str]
    webhooks: frozenset[str]
    source: RuleSource


@dataclass(frozen=True, slots=True)
class Api:
    """Hold the evidence by which code and documents of one API are recognised.

    `names` lists what only some versions know; without any list, the names of a version are not known completely.
    """

    id: str
    title: str
    hosts: tuple[str, ...]
    path: str
    legacy_paths: tuple[str, ...]
    methods: frozenset[str]
    webhooks: frozenset[str]
    words: tuple[str, ...]
    foreign: tuple[str, ...]
    envelope: Envelope | None
    clients: tuple[ApiClient, ...]
    sdks: tuple[Sdk, ...] = ()
    names: tuple[NameList, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Hold one API and its steps, lowest first, without a gap."""

    api: Api
    steps: tuple[Step, ...]

    @property
    def versions(self) -> tuple[Version, ...]:
        """Return every version of the table, lowest first."""
        return (*(step.source for step in self.steps), self.steps[-1].target)

    def chain(self, source: str | Version | None = None, target: str | Version | None = None) -> Chain:
        """Return the steps from `source` to `target`; by default from the lowest to the highest version.

        Raises UnknownVersion when a version is not in the table or `target` is not above `source`.
        """
        first = self.versions[0] if source is None else self._find_version(source)
        last = self.versions[-1] if target is None else self._find_version(target)
        if first >= last:
            raise UnknownVersion(f"{self.api.title}: there is no step from {first} up to {last}")
        return Chain(self.api, tuple(step for step in self.steps if first <= step.source and step.target <= last))

    def has_version(self, version: str | Version) -> bool:
        """Return whether the table contains a version."""
        return str(version) in map(str, self.versions)

    def _find_version(self, version: str | Version) -> Version:
        for known in self.versions:
            if str(known) == str(version):
                return known
        names = ", ".join(map(str, self.versions))
        raise UnknownVersion(f"{self.api.title}: version {version} is not in the table (known: {names})")


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold neighbouring steps of one API, lowest first, from `source` to `target`."""

    api: Api
    steps: tuple[Step, ...]

    @property
    def source(self) -> Version:
        """Return the first version."""
        return self.steps[0].source

    @property
    def target(self) -> Version:
        """Return the last version."""
        return self.steps[-1].target

    def rules(self, *kinds: Kind) -> Iterator[Rule]:
        """Yield the rows of all steps in order, of the given kinds or of every kind."""
        for step in self.steps:
            yield from (rule for rule in step.rules if not kinds or rule.kind in kinds)


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the tables of every loaded API."""

    tables: tuple[RuleTable, ...]

    def table(self, api: str | None = None) -> RuleTable:
        """Return the table of one API, by default the first. Raises KeyError for an unknown one."""
        for table in self.tables:
            if api in (None, table.api.id):
                return table
        raise KeyError(api)

    def all_rules(self) -> Iterator[Rule]:
        """Yield every row of every table."""
        for table in self.tables:
            for step in table.steps:
                yield from step.rules

    def chains(self, source: str | None = None, target: str | None = None) -> tuple[Chain, ...]:
        """Return one chain for each API that has the versions. Raises UnknownVersion when none has."""
        chains: list[Chain] = []
        refusals: list[str] = []
        for table in self.tables:
            try:
                chains.append(table.chain(source, target))
            except UnknownVersion as refusal:
                refusals.append(str(refusal))
        if not chains:
            raise UnknownVersion("\n".join(refusals) or "no table is loaded")
        return tuple(chains)
