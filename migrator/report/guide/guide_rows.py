"""Describe one rule for people who plan a migration: what changes, where, and what the codemod does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.report.markdown.escape import escape_prose, inline_code, json_code
from migrator.report.phrases import location_name
from migrator.rules.rule import CallArgument, FollowUpCall, Kind, Rule, RulePlace, Step

_EDITED = frozenset({Kind.RENAME_METHOD, Kind.RENAME_WEBHOOK, Kind.RAISE_VERSION})
_KEY_KINDS = frozenset({Kind.RENAME_KEY, Kind.REMOVE_KEY, Kind.ADD_KEY, Kind.UNNEST})
_SENTENCES = {
    Kind.REMOVE_METHOD: "The method {} was removed.",
    Kind.REMOVE_WEBHOOK: "The webhook {} was removed.",
    Kind.REMOVE_KEY: "{} was removed.",
    Kind.ADD_KEY: "{} was added.",
    Kind.UNNEST: "The contents of {} are no longer nested.",
    Kind.RAISE_VERSION: "The version is raised.",
    Kind.BEHAVIOUR: "{} behaves differently.",
    Kind.SCOPE: "The scope {} grants more.",
    Kind.MANUAL: "{} changed.",
}


def active_rules(step: Step) -> list[Rule]:
    """Return the rules of a step that are active by default."""
    return [rule for rule in step.rules if rule.active]


def is_edited(rule: Rule) -> bool:
    """Return whether the codemod edits code for a rule: names, versions, and keys of requests and webhooks.

    Keys that requests no longer accept are removed; what reads a response is manual.
    """
    documents = {place.document for place in rule.where}
    renamed = rule.kind is Kind.RENAME_KEY and documents != {"response"}
    removed = rule.kind is Kind.REMOVE_KEY and "request" in documents
    return rule.active and (rule.kind in _EDITED or renamed or removed)


def change_sentence(rule: Rule) -> str:
    """Return what a rule changes, as a sentence."""
    if rule.old and rule.new:
        return f"{inline_code(rule.old)} was renamed to {inline_code(rule.new)}."
    return _SENTENCES[rule.kind].format(rule_subject(rule))


def rule_subject(rule: Rule) -> str:
    """Return the name that a rule is about and, for a key, its owner."""
    owners = list(dict.fromkeys(place.name for place in rule.where if place.name))
    of = f" of {', '.join(map(inline_code, owners))}" if owners and rule.kind in _KEY_KINDS else ""
    return inline_code(rule.old or rule.new or "") + of


def location_phrase(where: RulePlace) -> str:
    """Return a location in a document as a phrase: ``the body of a request of ..., at ...``."""
    if where.path == "$" and where.document == "request" and where.name:
        return f"calls of {inline_code(where.name)}"
    document = location_name(replace(where, path="$"))
    return f"{document}, at {inline_code(where.path)}" if where.path != "$" else document


def guard_condition(rule: Rule) -> str:
    """Return the condition of a rule, or an empty string."""
    guard = rule.guard
    return f"{inline_code(guard.path)} of the {guard.document} is {json_code(guard.equals)}" if guard else ""


def source_reference(rule: Rule) -> str:
    """Return where a rule is documented."""
    item = f"item {rule.source.item}" if rule.source.item[:1].isdigit() else rule.source.item
    return escape_prose(f"{rule.source.document} of {rule.source.version}, {item}")


def rule_origin(rule: Rule) -> str:
    """Return the id of a rule and where it is documented."""
    return f"{inline_code(rule.id)}, {source_reference(rule)}"


def rule_item(rule: Rule, box: str = "") -> Iterator[str]:
    """Yield a list item: what changed and what to do, then where, under which condition, and what the codemod does."""
    yield f"- {box}**{change_sentence(rule)}** {escape_prose(rule.advice)}\n"
    if rule.where:
        yield f"  - Where: {'; '.join(map(location_phrase, rule.where))}.\n"
    if rule.guard:
        yield f"  - Only if {guard_condition(rule)}.\n"
    if rule.follow_up:
        yield from _follow_up(rule.follow_up)
    if rule.answered_by:
        yield f"  - Nothing to do where the code contains {' or '.join(map(inline_code, rule.answered_by))}.\n"
    if is_edited(rule):
        left = " and leaves a comment that names the call" if rule.follow_up else ""
        yield f"  - The codemod removes the key from requests{left}.\n"
    yield f"  - Rule: {rule_origin(rule)}.\n"


def _follow_up(call: FollowUpCall) -> Iterator[str]:
    called = f"{inline_code(call.method)} of the {escape_prose(call.api)} API"
    yield f"  - Then call {called}, {inline_code(call.url)}{_scope_phrase(call)}, with\n"
    for name, argument in call.arguments.items():
        yield f"    - {inline_code(name)}: {_argument_source(argument)}\n"
        for old, new in call.values.items() if argument.origin == "value" else ():
            needless = old in call.unless
            yield f"      - {json_code(old)} {'needs no call' if needless else f'becomes {json_code(new)}'}\n"


def _scope_phrase(call: FollowUpCall) -> str:
    """Return the scopes of which a call needs one, or an empty string."""
    scopes = " or ".join(map(inline_code, call.scopes))
    return f" (scope {scopes})" if scopes else ""


def _argument_source(argument: CallArgument) -> str:
    if argument.origin == "value":
        return "the removed value"
    return f"{inline_code(argument.path or '$')} of the {argument.origin}"
