"""Documents of every kind, drawn from the rows of a table: right ones, and ones with anything in its places."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from migrator.rules.json_path import EACH, parse_path
from migrator.rules.known_names import find_known_names
from migrator.rules.load import load_rules
from migrator.rules.rule import Kind

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

#: The tables that the laws are shown on: the one that is shipped, and that of an invented API with swaps and wrappers.
TABLES = (load_rules().tables[0], load_rules(SAMPLES / "tables", shipped=False).tables[0])
#: The value that a row of each of them takes.
CONTEXTS = {"livechat-configuration": {"license_id": 104130623}, "parcelwire": {"account": "A-1"}}

KEYS = st.sampled_from(
    ["status", "action", "event", "resource", "data", "payload", "name", "webhooks", "id", "a/b", "é"]
)
LEAVES = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-9, 9) | st.sampled_from(["", "chat", "x", "é", "\n"])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
OBJECTS = st.dictionaries(KEYS, JSON, max_size=4)


NAMINGS = {Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK}


@dataclass(frozen=True)
class Case:
    """A document on the way from `source` to `target`; `name` is that of its method or webhook."""

    source: str
    target: str
    kind: str
    name: str
    document: object

    def translate(self, translator):
        """What a translator makes of it."""
        return translated(translator, self.kind, self.name, self.document)


def translated(translator, kind, name, document):
    """The translation of a document of a kind; `name` is the method's."""
    if kind == "webhook":
        return translator.webhook(document)
    return translator.request(name, document) if kind == "request" else translator.response(name, document)


def foreign_words(table, kind, version):
    """The names and keys of a kind's rows that one of the table's versions does not know, though another does."""
    pairs = [
        [(rule.old, rule.new) for rule in step.rules if rule.active or rule.kind is Kind.ADD_KEY if _about(rule, kind)]
        for step in table.steps
    ]
    spoken = {word for step in pairs for pair in step for word in pair} - {None}
    alive = set()
    for step in reversed(pairs):
        alive = (alive - {new for _, new in step}) | {old for old, _ in step}
    for step in pairs[:version]:
        alive = (alive - {old for old, _ in step}) | {new for _, new in step}
    listed = [find_known_names(table, sort) for sort in ("method", "webhook")]
    others = {name for each in listed if each for names in each.known for name in names - each.known[version]}
    return (spoken - alive) | others


def _about(rule, kind):
    return rule.kind in NAMINGS or any(place.document == kind for place in rule.where)


def names(table, kind):
    """Names of methods or webhooks: those that rows speak of, and some that none does."""
    rows = [rule for step in table.steps for rule in step.rules]
    kinds = {Kind.RENAME_WEBHOOK, Kind.REMOVE_WEBHOOK} if kind == "webhook" else {Kind.RENAME_METHOD}
    spoken = {name for rule in rows if rule.kind in kinds for name in (rule.old, rule.new) if name}
    spoken |= {place.name for rule in rows for place in rule.where if place.document == kind and place.name}
    others = table.api.webhooks if kind == "webhook" else table.api.methods
    return sorted(spoken | others | {"unheard_of"})


@st.composite
def cases(draw, table, up, anything):
    """A case for a way up or down: with `anything`, whatever JSON in the places of the rows, else what fits there."""
    versions = [str(version) for version in table.versions]
    first = draw(st.integers(0, len(versions) - 2))
    last = draw(st.integers(first + 1, len(versions) - 1))
    source, target = (versions[first], versions[last]) if up else (versions[last], versions[first])
    kind = draw(st.sampled_from(["webhook", "request", "response"]))
    foreign = set() if anything else foreign_words(table, kind, first if up else last)
    name = draw(st.sampled_from([name for name in names(table, kind) if name not in foreign]))
    document = copy.deepcopy(draw(OBJECTS))
    places = [
        (rule, parse_path(place.path))
        for rule, place in _places(table, kind)
        if anything or place.name in {None, *_namesakes(table, name)}
    ]
    for _, path in places:
        document = document if anything else _cleared(document, path[0])
    for rule, path in sorted(places, key=lambda placed: len(placed[1])):
        if draw(st.sampled_from([True, True, False])):
            document = _placed(document, path, draw(_values(table, rule, foreign, anything)))
    for rule, path in places:
        if rule.kind is Kind.UNNEST and not anything and up and versions.index(source) <= _index(table, rule):
            document = _placed({}, path, draw(OBJECTS))
    if kind == "webhook" and isinstance(document, dict):
        document[table.api.envelope.name] = name
    if not anything:
        document = _without(_worded(document, table, kind, first if up else last), foreign)
    return Case(source, target, kind, name, document)


def _index(table, rule):
    return next(index for index, step in enumerate(table.steps) if rule in step.rules)


def _places(table, kind):
    return [
        (rule, place)
        for step in table.steps
        for rule in step.rules
        for place in rule.where
        if place.document == kind and place.path != "$"
    ]


def _namesakes(table, name):
    """What a method or webhook is called in any version."""
    pairs = {(rule.old, rule.new) for step in table.steps for rule in step.rules if rule.kind in NAMINGS}
    found = {name}
    for _ in table.steps:
        found |= {one for pair in pairs for one in pair if found & set(pair) and one}
    return found


def _worded(document, table, kind, version):
    """A document whose keys are called as they are in one of the table's versions."""
    for index, step in reversed([*enumerate(table.steps)]):
        for rule in step.rules:
            if rule.kind is Kind.RENAME_KEY and any(place.document == kind for place in rule.where):
                have, want = (rule.new, rule.old) if version <= index else (rule.old, rule.new)
                if isinstance(document, dict) and have in document:
                    document[want] = document.pop(have)
    return document


def _cleared(document, head):
    """A document into which a value whose path begins with `head` can be put: an array, or without the key."""
    if head is EACH:
        return document if isinstance(document, list) else []
    return {key: value for key, value in document.items() if key != head}


def _values(table, rule, foreign, anything):
    """What may stand in a place of a row."""
    if rule.kind in NAMINGS:
        fitting = st.sampled_from([name for name in names(table, "webhook") if name not in foreign])
    elif rule.kind in {Kind.RENAME_KEY, Kind.UNNEST}:
        fitting = OBJECTS
    elif rule.follow_up:
        fitting = st.sampled_from([*rule.follow_up.values] * 3 + ["unheard_of"])
    else:
        fitting = st.just(rule.guard.equals if rule.guard else rule.restore) | LEAVES
    return fitting | JSON if anything else fitting


def _placed(document, path, value):
    """The document with a value at a path; what stands in the way is replaced."""
    if not path:
        return value
    head, *rest = path
    if head is EACH:
        items = document if isinstance(document, list) else []
        return [_placed(item, rest, value) for item in items] or [_placed({}, rest, value)]
    found = document if isinstance(document, dict) else {}
    return {**found, head: _placed(found.get(head, {}), rest, value)}


def _without(document, keys):
    """The document without keys that the version does not know."""
    if isinstance(document, dict):
        return {key: _without(value, keys) for key, value in document.items() if key not in keys}
    return [_without(item, keys) for item in document] if isinstance(document, list) else document


def differences(one, other, at=""):
    """JSON Pointers to the places where two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            here = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in one or key not in other:
                yield here
            else:
                yield from differences(one[key], other[key], here)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}/{index}")
    elif type(one) is not type(other) or one != other:
        yield at
