"""The rows of a chain as finders look them up: by old name, each with its name after the whole chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from migrator.matching.selection import SelectedChain
from migrator.matching.url_patterns import UrlPatterns
from migrator.matching.webhook_shape import classify_keys, describe_shape
from migrator.rules.json_path import parse_path
from migrator.rules.rule import METHOD_KINDS, Kind, Rule, Step
from migrator.rules.spellings import to_camel_case, to_pascal_case
from migrator.rules.table import Api, Envelope

Path = tuple[str | None, ...]

#: The kinds of rows after which code that reads a document has to read it in another way.
_READ_KINDS = (Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.UNNEST, Kind.MANUAL)


@dataclass(frozen=True, slots=True)
class RenamedName:
    """A name that a row changes, and its name after the whole chain; None when it was removed."""

    rule: Rule
    new: str | None


class Vocabulary:
    """The rows of one chain that take part, by the names that they change."""

    def __init__(self, chain: SelectedChain) -> None:
        self.chain = chain
        self.api: Api = chain.api
        self.envelope: Envelope | None = chain.api.envelope
        self.url_patterns = UrlPatterns(chain.api)
        self._requests: dict[tuple[str, tuple[Kind, ...]], tuple[tuple[Rule, Path], ...]] = {}

    @cached_property
    def methods(self) -> dict[str, RenamedName]:
        """The renamed and removed methods, by their older names."""
        return dict(self._find_names(tuple(METHOD_KINDS)))

    def look_up_method(self, name: str, version: str | None) -> RenamedName | None:
        """Return the row and new name of a method in a URL of a known version: only steps from that version on apply.

        A name that the version does not know counts as that of an older one.
        """
        if version not in self.known_versions:
            return self.methods.get(name)
        steps = self.chain.whole.steps
        sources = [str(step.source) for step in steps]
        first = sources.index(version) if version in sources else len(sources)
        renames = [_method_renames(step) for step in steps]
        if not any(name in step for step in renames[first:]):
            valid = {new for step in renames[:first] for new in step.values() if new is not None}
            return None if name in valid else self.methods.get(name)
        new: str | None = name
        for step in renames[first:]:
            new = step.get(new, new) if new is not None else None
        rows = (rule for step in self.chain.selected.steps[first:] for rule in step.rules)
        rule = next((rule for rule in rows if rule.kind in METHOD_KINDS and rule.old == name), None)
        return RenamedName(rule, new) if rule is not None else None

    def is_ambiguous(self, named: RenamedName, names: dict[str, RenamedName]) -> bool:
        """Return whether only the version distinguishes the older name from the newer: rows that swap names."""
        return named.new in names or named.rule.old in {other.new for other in names.values()}

    @cached_property
    def known_versions(self) -> frozenset[str]:
        """The versions of the chain."""
        return frozenset({str(step.source) for step in self.chain.whole.steps} | {self.target})

    @cached_property
    def webhooks(self) -> dict[str, RenamedName]:
        """The renamed and removed webhooks, by their older names."""
        return dict(self._find_names((Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)))

    def describe_removal(self, name: str) -> str:
        """Return the message about a removed webhook, with the successors that rows without effect name."""
        rows = (rule for rule in self.rows_of_kinds(Kind.RENAME_WEBHOOK) if rule.old == name and not rule.active)
        named = (f"the reference names `{rule.new}` as its successor" for rule in rows)
        return "; ".join(("it has no counterpart", *named))

    @cached_property
    def all_webhooks(self) -> frozenset[str]:
        """Every webhook of the API, under its older and its newer name."""
        new = {named.new for named in self.webhooks.values() if named.new}
        return self.api.webhooks | self.webhooks.keys() | new

    @cached_property
    def version_rules(self) -> dict[str, Rule]:
        """The row that raises each version below the target."""
        found: dict[str, Rule] = {}
        for step in self.chain.selected.steps:
            for rule in step.rules:
                if rule.kind is Kind.RAISE_VERSION:
                    found[str(step.source)] = rule
        return found

    @cached_property
    def reversed_rules(self) -> dict[str, Rule]:
        """The rows of the way up whose TODO comments are taken back, by id."""
        return {rule.id: rule for step in self.chain.selected.steps for rule in step.reversed_rules}

    @property
    def target(self) -> str:
        """The version that the chain leads to."""
        return str(self.chain.target)

    @cached_property
    def old_names(self) -> frozenset[str]:
        """Every old name, of methods and of webhooks."""
        return frozenset({*self.methods, *self.webhooks})

    @cached_property
    def all_methods(self) -> frozenset[str]:
        """Every method of the API, under its older and its newer name."""
        new = {named.new for named in self.methods.values() if named.new}
        return frozenset({*self.api.methods, *self.methods, *new})

    @cached_property
    def sdk_names(self) -> Mapping[str, RenamedName]:
        """The names that an SDK gives renamed methods and webhooks: in camel case, with and without a capital."""
        found = {**self.webhooks, **self.methods}
        return {spelt: named for name, named in found.items() for spelt in (to_camel_case(name), to_pascal_case(name))}

    def find_hint(self, text: str) -> str | None:
        """Return the word in a text that hints at the API without proving it."""
        lowered = text.lower()
        return next((word for word in self.api.words if word.lower() in lowered), None)

    def has_foreign_marks(self, text: str) -> bool:
        """Return whether a text has marks of a neighbouring API that uses the same names."""
        return any(mark in text for mark in self.api.foreign)

    def judge_keys(self, keys: Set[str], hint: str | None, foreign: bool = False) -> str | None:
        """Return why an object with these keys is a webhook or the body that registers one; None if nothing says so.

        `hint` is a word that hints at the API in the file, and `foreign` that the file has marks of another.
        """
        shape = classify_keys(self.envelope, keys, is_foreign=foreign) if self.envelope is not None else None
        if self.envelope is None or shape is None or not (shape.is_proof or hint):
            return None
        return describe_shape(self.envelope, keys, shape, f"the file says {hint!r}")

    def rows_of_kinds(self, *kinds: Kind) -> Iterator[Rule]:
        """Return the rows of some kinds that take part."""
        return self.chain.rules(*kinds)

    def rows_for_request(self, method: str, *kinds: Kind) -> tuple[tuple[Rule, Path], ...]:
        """Return the rows about requests of a method, called by its older or its newer name, with their paths."""
        if (method, kinds) not in self._requests:
            self._requests[method, kinds] = tuple(self._find_method_rows("request", method, kinds))
        return self._requests[method, kinds]

    def rows_for_response(self, method: str) -> Iterator[tuple[Rule, Path]]:
        """Yield the rows that change how the response to a method is read, with their paths."""
        yield from self._find_method_rows("response", method, _READ_KINDS)

    def _find_method_rows(self, document: str, method: str, kinds: tuple[Kind, ...]) -> Iterator[tuple[Rule, Path]]:
        for step, selected in zip(self.chain.whole.steps, self.chain.selected.steps, strict=True):
            renamed = _method_renames(step)
            names = {method, *(old for old, new in renamed.items() if new == method)}
            for rule in selected.rules:
                if rule.kind in kinds:
                    yield from _matching_paths(rule, document, names)
            method = renamed.get(method) or method

    def rows_for_webhook(self, *kinds: Kind, name: str | None = None) -> Iterator[tuple[Rule, Path]]:
        """Yield the rows about the envelope of webhooks, or of one webhook, with their paths."""
        for rule in self.rows_of_kinds(*kinds):
            yield from dict.fromkeys(_matching_paths(rule, "webhook", None if name is None else {name}))

    def answered_keys(self, method: str, rule: Rule) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """Yield the paths of removed keys that ask for what a changed behaviour does now anyway.

        With each come the values of the key for which nothing is left to be done.
        """
        for other, path in self.rows_for_request(method, Kind.REMOVE_KEY):
            if other.follow_up is not None and other.follow_up.method in rule.answered_by:
                yield path, other.follow_up.unless

    def request_webhook_paths(self, method: str) -> set[Path]:
        """Return the paths in the body of a method's request at which names of webhooks are found."""
        kinds = (Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK)
        return {path for _, path in self.rows_for_request(method, *kinds)}

    def response_webhook_paths(self, method: str) -> set[tuple[str, ...]]:
        """Return the paths in the response of a method at which names of webhooks are found."""
        found: set[tuple[str, ...]] = set()
        for rule in self.rows_of_kinds(Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK):
            for place in rule.where:
                named = self.methods.get(place.name or "")
                if place.document == "response" and method in (place.name, named.new if named else None):
                    found.add(tuple("[]" if step is None else step for step in parse_path(place.path)))
        return found

    def _find_names(self, kinds: tuple[Kind, ...]) -> Iterator[tuple[str, RenamedName]]:
        whole = [_group_by_old(step, kinds) for step in self.chain.whole.steps]
        seen: set[str] = set()
        for index, step in enumerate(self.chain.selected.steps):
            for old, rule in _group_by_old(step, kinds).items():
                if old not in seen:
                    seen.add(old)
                    yield old, RenamedName(rule, _follow_renames(rule.new, whole[index + 1 :]))


def _group_by_old(step: Step, kinds: tuple[Kind, ...]) -> dict[str, Rule]:
    return {rule.old: rule for rule in step.rules if rule.kind in kinds and rule.active and rule.old}


def _follow_renames(name: str | None, steps: list[dict[str, Rule]]) -> str | None:
    for step in steps:
        if name in step:
            name = step[name].new
    return name


def _method_renames(step: Step) -> dict[str, str | None]:
    return {rule.old: rule.new for rule in step.rules if rule.kind in METHOD_KINDS and rule.old}


def _matching_paths(rule: Rule, document: str, names: set[str] | None) -> Iterator[tuple[Rule, Path]]:
    for place in rule.where:
        if place.document == document and (names is None or place.name is None or place.name in names):
            yield rule, parse_path(place.path)
