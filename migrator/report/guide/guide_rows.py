"""One row of the table told to whoever plans a migration: what changes, where, what the codemod does, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.report.markdown.escape import code, prose, value
from migrator.report.phrases import place_name
from migrator.rules.rule import Argument, FollowUpCall, Kind, Place, Rule, Step

_EDITED = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RENAME_KEY, Kind.RAISE_VERSION})
_KEYS = frozenset({Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY, Kind.UNNEST})
_TOLD = {
    Kind.REMOVE_WEBHOOK: "The webhook {} is gone.",
    Kind.REMOVE_KEY: "{} is gone.",
    Kind.ADD_KEY: "{} is new.",
    Kind.UNNEST: "What {} held stands bare.",
    Kind.RAISE_VERSION: "The version is raised.",
    Kind.BEHAVIOUR: "{} behaves differently.",
    Kind.SCOPE: "The scope {} reaches further.",
    Kind.MANUAL: "{} changed.",
}


def active(step: Step) -> list[Rule]:
    """The rows of a step that change something by default."""
    return [rule for rule in step.rules if rule.active]


def is_edited(rule: Rule) -> bool:
    """Whether the codemod edits code for a row: names and versions, and what a request no longer takes."""
    sent = any(place.document == "request" for place in rule.where)
    return rule.active and (rule.kind in _EDITED or (rule.kind is Kind.REMOVE_KEY and sent))


def change(rule: Rule) -> str:
    """What a row changes, in a sentence."""
    if rule.old and rule.new:
        return f"{code(rule.old)} becomes {code(rule.new)}."
    return _TOLD[rule.kind].format(subject(rule))


def subject(rule: Rule) -> str:
    """What a row is about: its name, and if it is a key, whose."""
    owners = list(dict.fromkeys(place.name for place in rule.where if place.name))
    of = f" of {', '.join(map(code, owners))}" if owners and rule.kind in _KEYS else ""
    return code(rule.old or rule.new or "") + of


def place(where: Place) -> str:
    """A place of a document, and at its root the whole of it: ``the body of a request of ..., at ...``."""
    if where.path == "$" and where.document == "request" and where.name:
        return f"calls of {code(where.name)}"
    document = place_name(replace(where, path="$"))
    return f"{document}, at {code(where.path)}" if where.path != "$" else document


def condition(rule: Rule) -> str:
    """What must hold for a row to apply; nothing where nothing must."""
    guard = rule.guard
    return f"{code(guard.path)} of the {guard.document} is {value(guard.equals)}" if guard else ""


def source(rule: Rule) -> str:
    """Where a row was read."""
    item = f"item {rule.source.item}" if rule.source.item[:1].isdigit() else rule.source.item
    return prose(f"{rule.source.document} of {rule.source.version}, {item}")


def origin(rule: Rule) -> str:
    """The id of a row, and where the row was read."""
    return f"{code(rule.id)}, {source(rule)}"


def item(rule: Rule, box: str = "") -> Iterator[str]:
    """An item of a list: what changed and what to do, then where, under which condition, and what the codemod does."""
    yield f"- {box}**{change(rule)}** {prose(rule.advice)}\n"
    if rule.where:
        yield f"  - Where: {'; '.join(map(place, rule.where))}.\n"
    if rule.guard:
        yield f"  - Only if {condition(rule)}.\n"
    if rule.follow_up:
        yield from _follow_up(rule.follow_up)
    if rule.answered_by:
        yield f"  - Nothing to do where the code calls {' or '.join(map(code, rule.answered_by))}.\n"
    if is_edited(rule):
        left = " and leaves a comment that names the call" if rule.follow_up else ""
        yield f"  - The codemod takes the key out of requests{left}.\n"
    yield f"  - Rule: {origin(rule)}.\n"


def _follow_up(call: FollowUpCall) -> Iterator[str]:
    yield f"  - Then call {code(call.method)} of the {prose(call.api)} API, {code(call.url)}, with\n"
    for name, argument in call.arguments.items():
        yield f"    - {code(name)}: {_argument(argument)}\n"
        for old, new in call.values.items() if argument.origin == "value" else ():
            needless = old in call.unless
            yield f"      - {value(old)} {'needs no call' if needless else f'becomes {value(new)}'}\n"


def _argument(argument: Argument) -> str:
    if argument.origin == "value":
        return "the value that is taken away"
    return f"{code(argument.path or '$')} of the {argument.origin}"
