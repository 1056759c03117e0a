"""Find the methods and webhooks that each version of a table knows, and suggest one for a name that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from migrator.rules.rule import METHOD_KINDS, WEBHOOK_KINDS, Kind, Rule, Step
from migrator.rules.table import RuleTable
from migrator.rules.version import Version

NameSort = Literal["method", "webhook"]

#: The kinds of rows after which a name is no longer that of a method or webhook, or is new.
NAMING_ROWS: Final[Mapping[NameSort, frozenset[Kind]]] = {
    "method": METHOD_KINDS,
    "webhook": WEBHOOK_KINDS,
}
#: The share of common letters from which difflib itself calls two words close.
_CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Hold the names of a sort that each version knows, lowest version first.

    `later` maps names that only versions beyond the table know to the first of these; `origins` maps a name to the id
    of the row or list that introduces it. `renamed` are pairs of an older and a newer name.
    """

    versions: tuple[Version, ...]
    known: tuple[frozenset[str], ...]
    later: Mapping[str, Version]
    origins: Mapping[str, str]
    renamed: tuple[tuple[str, str], ...]

    def get_names(self, version: str) -> frozenset[str]:
        """Return the names of a version in the table."""
        return self.known[[str(each) for each in self.versions].index(version)]

    def is_known_elsewhere(self, name: str) -> bool:
        """Return whether any version in the table knows a name."""
        return any(name in names for names in self.known)

    def find_versions(self, name: str) -> tuple[Version, ...]:
        """Return the versions that know a name; of versions beyond the table, the first."""
        found = tuple(version for version, names in zip(self.versions, self.known, strict=True) if name in names)
        return (*found, self.later[name]) if name in self.later else found

    def find_lost_names(self, step: Step, up: bool) -> Mapping[str, str]:
        """Map what the target of a step does not know to its origin: names that ended; on a way down, all later ones.

        Names that a row of the step changes are among them.
        """
        source, target = (step.source, step.target) if up else (step.target, step.source)
        gone = self.get_names(str(source)) - self.get_names(str(target))
        later = () if up else self.later
        return {name: self.origins[name] for name in sorted({*gone, *later}) if name in self.origins}

    def suggest_names(self, name: str, version: str) -> tuple[str, ...]:
        """Return names of a version for one that it does not know: the same under another name, else similar ones."""
        from difflib import get_close_matches

        known = self.get_names(version)
        same = {name}
        while grown := {other for pair in self.renamed if same & {*pair} for other in pair} - same:
            same |= grown
        return tuple(sorted(same & known)) or tuple(get_close_matches(name, sorted(known), 3, _CLOSE))


def find_known_names(table: RuleTable, sort: NameSort) -> KnownNames | None:
    """Find the names that each version knows: those of rows and of lists; None for a table without lists.

    A name that one version knows is known to the others, up to the row or list that ends it.
    """
    if not table.api.names:
        return None
    spread = _Spread(table, sort)
    for name in table.api.methods if sort == "method" else table.api.webhooks:
        spread.add_name(name, 0)
    for index, step in enumerate(table.steps):
        for rule in step.rules:
            for name in _find_mentioned_names(rule, sort):
                spread.add_name(name, index)
            if rule.kind in NAMING_ROWS[sort] and rule.new:
                spread.add_name(rule.new, index + 1)
    known = [{*names} for names in spread.known]
    later: dict[str, Version] = {}
    origins: dict[str, str] = {}
    for each in table.api.names:
        listed = each.methods if sort == "method" else each.webhooks
        origins.update(dict.fromkeys(listed, each.id))
        for version, names in zip(table.versions, known, strict=True):
            if each.since <= version and (each.until is None or version <= each.until):
                names.update(listed)
        if each.since > table.versions[-1]:
            later.update(dict.fromkeys(listed, each.since))
    rows = [rule for step in table.steps for rule in step.rules if rule.kind in NAMING_ROWS[sort]]
    origins.update({rule.new: rule.id for rule in rows if rule.new})
    renamed = tuple((rule.old, rule.new) for rule in rows if rule.old and rule.new)
    return KnownNames(table.versions, tuple(map(frozenset, known)), later, origins, renamed)


def _find_mentioned_names(rule: Rule, sort: NameSort) -> Iterator[str]:
    """Yield the names of the older version that a row mentions."""
    if rule.old and (rule.kind in NAMING_ROWS[sort] or (rule.kind is Kind.MANUAL and not rule.where)):
        yield rule.old
    for place in rule.where:
        if place.name and (place.document == "webhook") == (sort == "webhook"):
            yield place.name


class _Spread:
    """Spread names from the version of a row to the others, up to the row that ends or introduces them."""

    def __init__(self, table: RuleTable, sort: NameSort) -> None:
        rows = [[rule for rule in step.rules if rule.kind in NAMING_ROWS[sort]] for step in table.steps]
        self.ended = [_collect(rule.old for rule in step) for step in rows]
        self.begun = [_collect(rule.new for rule in step) for step in rows]
        self.known: list[set[str]] = [set() for _ in table.versions]

    def add_name(self, name: str, index: int) -> None:
        """Add a name to a version and to its neighbours."""
        last = index
        while last < len(self.ended) and name not in self.ended[last]:
            last += 1
        while index > 0 and name not in self.begun[index - 1]:
            index -= 1
        for names in self.known[index : last + 1]:
            names.add(name)


def _collect(names: Iterable[str | None]) -> set[str]:
    return {name for name in names if name}
